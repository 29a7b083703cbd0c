import pytest

from command_line import SIGNALS, CommandLine


def deck(offhand: CommandLine, name: str = "signals.yaml") -> str:
    return (offhand.paths.decks / name).read_text()


def test_a_card_is_added_and_can_be_learned_at_once(signals: CommandLine) -> None:
    done = signals("add", "--deck", "signals", "--section", "everyday", "SIGINT", "Ctrl+C: stop.")
    path = signals.paths.decks / "signals.yaml"
    assert (done.code, done.out) == (0, f"signals/sigint/term added to {path}.\n")
    line = "    SIGKILL: Ends a process at once.\n"
    assert deck(signals) == SIGNALS.replace(line, f'{line}    SIGINT: "Ctrl+C: stop."\n')
    assert signals("answer", "signals/sigint/term", "good").code == 0


def test_all_that_a_card_can_have_is_written(signals: CommandLine) -> None:
    options = ["--tag", "a,b", "--tag", "c", "--extra", "See man.", "--id", "int", "--reverse"]
    told = signals(
        "add",
        "--deck",
        "Signals",
        "--section",
        "Job control",
        *options,
        "SIGINT",
        "Stop.",
        "--json",
    ).json
    assert told == {
        "cards": ["signals/int/term", "signals/int/reverse"],
        "path": str(signals.paths.decks / "signals.yaml"),
        "made": [],
    }
    assert deck(signals).endswith(
        "    SIGINT:\n      id: int\n      definition: Stop.\n      reverse: true\n"
        "      tags: [a, b, c]\n      extra: See man.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "typed", "written"),
    [
        (["kill", "-"], "Sends a signal.\n\nBy number.\n", "kill: |\n      Sends a signal.\n\n      By number."),
        (["-"], "kill\nSends a\nsignal.\n", "kill: |\n      Sends a\n      signal."),
        (["-", "A command"], "kill\n", "kill: A command"),
        (["--", "-9", "Kill."], "", "- -9: Kill.".removeprefix("- ")),
    ],
    ids=["definition", "both", "term", "dash"],
)  # fmt: skip
def test_a_text_is_read_from_the_input(
    signals: CommandLine, arguments: list[str], typed: str, written: str
) -> None:
    place = ["--deck", "signals", "--section", "job-control"]
    assert signals("add", *place, *arguments, typed=typed).code == 0
    assert deck(signals).endswith(f"    {written}\n")


def test_holes_make_a_cloze_and_the_option_a_question(offhand: CommandLine) -> None:
    offhand("add", "--deck", "Numbers", "SIGKILL is {{9}}.")
    offhand("add", "--deck", "numbers", "--question", "Why 9?", "Nobody knows.")
    assert deck(offhand, "numbers.yaml") == (
        "deck: Numbers\nentries:\n  - cloze: SIGKILL is {{9}}.\n"
        "  - question: Why 9?\n    answer: Nobody knows.\n"
    )


def test_a_deck_and_a_section_that_are_made_are_said(signals: CommandLine) -> None:
    made = signals("add", "--deck", "Networks", "--section", "Links", "MTU", "The largest frame.")
    assert made.lines[0] == f"A new deck, {signals.paths.decks / 'networks.yaml'}."
    made = signals("add", "--deck", "networks", "--section", "Paths", "TTL", "Hops.")
    assert made.lines[0] == "A new section of Networks: Paths."
    assert deck(signals, "networks.yaml") == (
        "deck: Networks\nsections:\n  Links:\n    MTU: The largest frame.\n  Paths:\n    TTL: Hops.\n"
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (["--deck", "signal"], "There is no deck 'signal'.\n  Did you mean signals? Or add --new"),
        (["--deck", "signals", "--section", "everday"], "Did you mean everyday?"),
        (
            ["--deck", "signals"],
            "Signals has several sections: name one of everyday, job-control.",
        ),
    ],
    ids=["deck", "section", "no section"],
)
def test_a_likely_slip_is_refused(signals: CommandLine, place: list[str], told: str) -> None:
    done = signals("add", *place, "a", "b")
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert deck(signals) == SIGNALS
    assert [path.name for path in signals.paths.decks.iterdir()] == ["signals.yaml"]


def test_a_slip_that_is_none_is_taken_with_new(signals: CommandLine) -> None:
    assert signals("add", "--deck", "signal", "--new", "a", "b").code == 0
    assert deck(signals, "signal.yaml") == "deck: signal\nentries:\n  a: b\n"


def test_a_term_that_is_there_is_told_with_its_line(signals: CommandLine) -> None:
    done = signals("add", "--deck", "signals", "--section", "everyday", "sigkill", "Again.")
    assert done.code == 1
    assert f"There is `SIGKILL` already on line 6 of {signals.paths.decks}" in done.err
    assert deck(signals) == SIGNALS


def test_a_term_without_a_definition_is_a_question_of_usage(signals: CommandLine) -> None:
    done = signals("add", "--deck", "signals", "--section", "everyday", "SIGINT")
    assert done.code == 2
    assert "What is the DEFINITION?" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a", "b", "--id", "no spaces"], "`no spaces` cannot be an id."),
        ([" ", "b"], "Term: there is nothing yet."),
        (["a", "b", "--section", "\n"], "Signals has several sections"),
        (["a", "b", "--deck", " "], "Which deck is it for?"),
    ],
    ids=["id", "empty", "section", "deck"],
)
def test_what_cannot_be_a_card_is_refused(
    signals: CommandLine, arguments: list[str], told: str
) -> None:
    done = signals("add", "--deck", "signals", "--section", "everyday", *arguments)
    assert (done.code, deck(signals)) == (1, SIGNALS)
    assert told in done.err


def test_a_deck_with_a_fault_is_not_written(signals: CommandLine) -> None:
    signals("due")
    signals.write("signals.yaml", SIGNALS + "oops: 1\n")
    done = signals("add", "--deck", "signals", "--section", "everyday", "a", "b")
    assert done.code == 1
    assert "There is no field `oops`" in done.err
    assert deck(signals) == SIGNALS + "oops: 1\n"


def test_a_file_that_is_no_deck_is_not_written_over(offhand: CommandLine) -> None:
    offhand.write("notes.yaml", "just notes")
    done = offhand("add", "--deck", "Notes", "a", "b")
    assert done.code == 1
    assert "notes.yaml is there already." in done.err
    assert deck(offhand, "notes.yaml") == "just notes"


def test_control_characters_are_written_as_they_are_shown(signals: CommandLine) -> None:
    signals("add", "--deck", "signals", "--section", "everyday", "\x1b[2J", "a\u202eb")
    assert "    ␛[2J: a<U+202E>b\n" in deck(signals)


def test_an_input_without_text_is_told(signals: CommandLine) -> None:
    done = signals("add", "--deck", "signals", "--section", "everyday", "-", typed=" \n")
    assert (done.code, deck(signals)) == (2, SIGNALS)
    assert "There is no text on stdin." in done.err
