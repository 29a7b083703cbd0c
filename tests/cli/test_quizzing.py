"""`offhand quiz`."""

import pytest

from command_line import CommandLine
from offhand.domain.event import Asked


def test_a_quiz_in_plain_lines_asks_judges_and_tells_the_result(quiz: CommandLine) -> None:
    done = quiz("quiz", "--plain", "--ways", "cloze", typed="9\n")
    assert done.code == 0
    assert done.out.endswith("1 of 1 right (100 %) · 0 s\nQuiz  1 of 1\n")
    assert "SIGKILL is number […]." in done.out
    assert "\nRight.\nAnswer:\n9\n" in done.out
    events = quiz("history", "quiz/sigkill-is-number-9/cloze-9", "--json").json["events"]
    assert [(event["kind"], event["grade"]) for event in events] == [(Asked.QUIZ.value, 4)]


def test_a_wrong_answer_is_told_with_what_differs_and_named_at_the_end(quiz: CommandLine) -> None:
    done = quiz("quiz", "--plain", "--ways", "cloze", typed="8\n")
    assert "\nWrong: [-8][+9]\nAnswer:\n9\n" in done.out
    assert done.out.endswith("Missed:\n- quiz/sigkill-is-number-9/cloze-9\n")


def test_a_choice_takes_a_letter_and_asks_again_for_anything_else(quiz: CommandLine) -> None:
    done = quiz("quiz", "--plain", "--ways", "choice", typed="x\n\nb\n")
    assert done.out.count("Which one? A to C") == 3
    assert done.code == 0


def test_a_plain_card_is_judged_by_oneself(quiz: CommandLine) -> None:
    done = quiz("quiz", "--plain", "--ways", "card", typed="\nmaybe\nyes\n")
    assert done.out.count("Did you know it? y or n") == 2
    assert "1 of 1 right" in done.out


@pytest.mark.parametrize("typed", ["", "/q\n"])
def test_leaving_keeps_what_was_answered(quiz: CommandLine, typed: str) -> None:
    done = quiz("quiz", "--plain", "--ways", "cloze", typed=typed)
    assert done.code == 0
    assert done.out.endswith("Left.\n\n0 of 0 right · 0 s\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--ways", "rhyme"], "'rhyme' is none of choice, typed, cloze, card."),
        (["--ways", ","], "name some of choice, typed, cloze, card."),
        (["--count", "0"], "0 is not in the range"),
        (["--sections", "nowhere"], "There is no section 'nowhere'."),
        (["--weak"], "No section is known to be weak."),
        (["--weak", "--deck", "quiz"], "--weak chooses the sections"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    quiz: CommandLine, arguments: list[str], told: str
) -> None:
    done = quiz("quiz", "--plain", *arguments)
    assert done.code != 0
    assert told in done.err
    assert done.out == ""


def test_without_a_terminal_the_plain_way_is_named(quiz: CommandLine) -> None:
    done = quiz("quiz")
    assert done.code == 1
    assert "--plain" in done.err
