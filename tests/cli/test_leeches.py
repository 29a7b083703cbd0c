"""A leech in plain lines: told when it becomes one, and at the end of the sitting."""

from datetime import datetime, timedelta

from command_line import CommandLine

CARD = "signals/sigterm/term"


def almost_leech(offhand: CommandLine) -> None:
    """Let the first card lapse seven times, and be due."""
    now = datetime.fromisoformat(offhand.now)
    for grade in (["good", "again"] * 7) + ["good"]:
        offhand.now = now.isoformat(timespec="minutes")
        assert offhand("answer", CARD, grade).code == 0
        now += timedelta(days=1)
    offhand.now = now.isoformat(timespec="minutes")


def test_a_new_leech_is_told_with_its_place_and_what_helps(signals: CommandLine) -> None:
    almost_leech(signals)
    signals("settings", "new_per_day", "0")
    out = signals("review", "--plain", typed="\n1\n\n1\nq\n").out
    told = "“SIGTERM” was forgotten 8 times. Another text helps it more than another review.\n"
    path = signals.paths.decks / "signals.yaml"
    assert told + f"It stands in {path}, line 5; `offhand mark {CARD} suspend` takes it" in out
    assert out.count("was forgotten") == 1
    assert "SIGTERM (Everyday, a leech)" in out


def test_a_leech_is_found_from_the_lapses_of_the_setting_on(signals: CommandLine) -> None:
    almost_leech(signals)
    found = {}
    for lapses in ("8", "7", "0"):
        signals("settings", "leech_lapses", lapses)
        found[lapses] = signals("find", "is:leech", "--json").json["found"]
    assert found == {"8": 0, "7": 1, "0": 0}
