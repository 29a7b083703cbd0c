"""`offhand target`: a date is set, told and dropped from a shell."""

import pytest

from command_line import CommandLine


def test_a_target_is_set_with_what_it_asks(signals: CommandLine) -> None:
    added = signals("target", "add", "Acme on-site", "--date", "2026-03-30")
    assert (added.code, added.err) == (0, "")
    assert added.lines == [
        "Acme on-site: Mon 30 Mar 2026, in 28 days, 3 cards.",
        "3 new, about 1 a day until Sun 22 Mar; the last pass begins on Wed 25 Mar.",
        "The busiest day asks about 3 cards, 1 minute; with no day missed 99 % will be recalled.",
    ]


def test_a_target_is_told_with_its_readiness_and_what_lifts_it(signals: CommandLine) -> None:
    signals("target", "add", "Acme on-site", "--date", "2026-03-30")
    signals("answer", "signals/sigterm/term", "good")
    signals.now = "2026-03-03T09:00"
    ahead = "2 new, about 1 a day until Sun 22 Mar; the last pass begins on Wed 25 Mar."
    assert signals("target").lines == [
        "Acme on-site, Mon 30 Mar 2026, in 27 days",
        "  Ready for 22 % (0 to 53 %); 1 of 3 cards seen.",
        "  ▂▂",
        f"  Today asks 2 cards, 1 of them new. {ahead}",
        "  Reviewed today, this lifts it most:",
        "    Everyday     2 cards, 1 new  +26.0 points",
        "    Job control  1 card, 1 new   +22.6 points",
    ]


def test_scripts_get_the_readiness_and_the_curve(signals: CommandLine) -> None:
    signals(
        *("target", "add", "exam", "--date", "2026-03-12"),
        *("--sections", "everyday", "--minutes-a-day", "25"),
    )
    signals("answer", "signals/sigterm/term", "good")
    (found,) = signals("target", "--json").json
    share = found["readiness"]
    assert 0.35 < share < 0.5
    assert found["low"] < share < found["high"]
    assert found["curve"] == [{"day": "2026-03-02", "readiness": share}]
    gains = {each["card"]: each["gain"] for each in found["lifts"]["cards"]}
    assert gains.keys() == {"signals/sigkill/term"}
    assert found["lifts"]["sections"] == [
        {
            "deck": "signals",
            "section": "everyday",
            "title": "Everyday",
            "cards": 1,
            "new": 1,
            "gain": gains["signals/sigkill/term"] / 2,
        }
    ]
    told = ("name", "date", "since", "days_left", "minutes_a_day", "scopes", "pass_from")
    assert {name: found[name] for name in told} == {
        "name": "exam",
        "date": "2026-03-12",
        "since": "2026-03-02",
        "days_left": 10,
        "minutes_a_day": 25,
        "scopes": [{"deck": "signals", "section": "everyday"}],
        "pass_from": "2026-03-07",
    }
    counts = ("cards", "seen", "new_a_day", "new_until", "today")
    assert {name: found[name] for name in counts} == {
        "cards": 2,
        "seen": 1,
        "new_a_day": 1,
        "new_until": "2026-03-06",
        "today": {"cards": 0, "new": 0},
    }


def test_what_was_set_is_told_to_scripts_with_what_would_fit(offhand: CommandLine) -> None:
    entries = "".join(f"    term {n}: What {n} stands for.\n" for n in range(60))
    offhand.write("many.yaml", f"deck: Many\nsections:\n  One:\n{entries}  Two: {{a: b}}\n")
    arguments = ("--date", "2026-03-12", "--minutes-a-day", "2", "--json")
    found = offhand("target", "add", "exam", *arguments).json
    assert (found["replaced"], found["cards"], found["new"], found["fits"]) == (
        False,
        61,
        61,
        False,
    )
    assert found["would_fit"]["minutes_a_day"] == found["busiest_day"]["minutes"] > 2
    assert found["would_fit"]["date"] is None
    again = offhand("target", "add", "EXAM", "--date", "2026-04-20")
    assert "It takes the place of the one on Thu 12 Mar 2026." in again.lines


def test_minutes_that_do_not_hold_it_are_told_at_once(offhand: CommandLine) -> None:
    entries = "".join(f"    term {n}: What {n} stands for.\n" for n in range(60))
    offhand.write("many.yaml", f"deck: Many\nsections:\n  One:\n{entries}  Two: {{a: b}}\n")
    told = offhand("target", "add", "exam", "--date", "2026-03-12", "--minutes-a-day", "2")
    assert told.code == 0
    assert told.lines[-1].startswith("2 minutes a day do not hold it: ")
    assert told.lines[-1].endswith(" minutes would.")


def test_without_a_target_it_says_how_to_set_one(signals: CommandLine) -> None:
    assert signals("target").lines == [
        "No target is set.",
        '`offhand target add "Acme on-site" --date 2026-12-10` sets one.',
    ]
    assert signals("target", "--json").json == []


def test_a_date_that_has_passed_is_told_as_it_was(signals: CommandLine) -> None:
    signals("target", "add", "exam", "--date", "2026-03-03")
    signals("answer", "signals/sigterm/term", "good")
    signals.now = "2026-03-09T09:00"
    assert signals("target").lines == [
        "exam, Tue 3 Mar 2026, passed",
        "  Was ready for 32 % (17 to 46 %); 1 of 3 cards seen.",
    ]


def test_a_target_is_dropped_by_its_name(signals: CommandLine) -> None:
    signals("target", "add", "exam", "--date", "2026-03-30")
    assert signals("target", "drop", "Exam").lines == [
        "exam is dropped; every card comes when it is due."
    ]
    assert signals("target", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("--date", "2026-03-02"),
            "2026-03-02 is today: there is no day left to prepare on.\n  Give a date to come.",
        ),
        (
            ("--date", "2025-01-01"),
            "2025-01-01 is past: there is no day left to prepare on.\n  Give a date to come.",
        ),
        (
            ("--date", "soon"),
            "'soon' is no day.\n  Write it as 2026-12-24, or as +21 for in three weeks.",
        ),
        (
            ("--date", "2026-03-30", "--sections", "everyday,nosuch"),
            "There is no section 'nosuch'.\n  There are: everyday, job-control.",
        ),
        (
            ("--date", "2026-03-30", "--minutes-a-day", "0"),
            "0 minutes a day cannot be.\n  Give 1 to 1440, or none for no limit.",
        ),
        (
            ("--date", "2026-03-30", "--minutes-a-day", "9" * 20),
            f"{'9' * 20} minutes a day cannot be.\n  Give 1 to 1440, or none for no limit.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    signals: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    found = signals("target", "add", "exam", *arguments)
    assert (found.code, found.out, found.err) == (1, "", f"offhand: {told}\n")
    assert signals("target", "--json").json == []


def test_a_target_without_cards_is_refused(offhand: CommandLine) -> None:
    found = offhand("target", "add", "exam", "--date", "2026-03-30")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("offhand: The target has no cards.\n")


def test_a_name_that_is_not_there_is_told_with_those_that_are(signals: CommandLine) -> None:
    found = signals("target", "drop", "exam")
    assert (found.code, found.err) == (
        1,
        "offhand: There is no target 'exam'.\n  There are: none.\n",
    )


def test_a_home_may_be_named_behind_the_command_below(signals: CommandLine) -> None:
    elsewhere = str(signals.home)
    added = signals("target", "add", "exam", "--date", "+9", "--home", elsewhere)
    assert added.code == 0
    assert len(signals("target", "--json", "--home", elsewhere).json) == 1


def test_control_characters_in_a_name_are_made_visible(signals: CommandLine) -> None:
    signals("target", "add", "a\x1b[2J[b]c\n", "--date", "2026-03-30")
    assert "\x1b" not in signals("target").out
    assert "[b]c" in signals("target").out
