"""A quiz as plain lines on stdin and stdout: for a screen reader, a pipe, a dumb terminal."""

import sys
from time import monotonic

from offhand.cli.card_lines import answer_lines, prompt_lines
from offhand.cli.printing import say, table
from offhand.domain.event import Asked
from offhand.domain.quiz import Way
from offhand.domain.typed_answer import Part
from offhand.study.desk import Desk
from offhand.study.present import option_letter
from offhand.study.quiz import Outcome, Question, Quiz, QuizResult
from offhand.study.review import Shown
from offhand.study.sentences import quiz_sentence

_YES = ("y", "yes")
_NO = ("n", "no")


class _Left(Exception):
    """The learner left, or the input ended."""


def quiz_plainly(desk: Desk, quiz: Quiz) -> None:
    """Ask the questions of a quiz, line by line, until its end or until the learner leaves."""
    say("On a line of its own, /q leaves; what was answered is kept.", "")
    try:
        while (question := quiz.question) is not None:
            _ask(desk, quiz, question)
    except _Left:
        say("Left.", "")
    say(*_result_lines(quiz.result()))


def _ask(desk: Desk, quiz: Quiz, question: Question) -> None:
    shown = Shown(question.kept, Asked.QUIZ, {}, desk.today)
    at = f"{len(quiz.outcomes) + 1} of {len(quiz.questions)}"
    say(f"{question.kept.section_title}, question {at}.", "", *prompt_lines(shown), "")
    began = monotonic()
    outcome: Outcome | None = None
    match question.way:
        case Way.CHOICE:
            letters = [option_letter(i).lower() for i in range(len(question.card.options))]
            letter = _one_of(letters, f"Which one? {letters[0].upper()} to {letters[-1].upper()}")
            outcome = quiz.choose(letters.index(letter), _since(began))
        case Way.TYPED | Way.CLOZE:
            say("Type it; an empty line when you do not know.")
            outcome = quiz.type(_line(), _since(began))
        case Way.CARD:
            say("Enter shows the answer.")
            _line()
            say(*answer_lines(shown), "")
            knew = _one_of([*_YES, *_NO], "Did you know it? y or n") in _YES
            quiz.grade(knew, _since(began))
    if outcome is not None:
        say(_verdict_line(outcome), *answer_lines(shown), "")


def _verdict_line(outcome: Outcome) -> str:
    word = "Right" if outcome.right else "Wrong"
    verdict = outcome.verdict
    if outcome.right and verdict is not None and verdict.slips:
        return f"{word}, with a slip: it is spelled {verdict.answer}."
    if not outcome.right and verdict is not None and verdict.difference:
        signs = {Part.SAME: "{}", Part.MISSING: "[+{}]", Part.EXTRA: "[-{}]"}
        told = "".join(signs[part].format(text) for part, text in verdict.difference)
        return f"{word}: {told}"
    return f"{word}."


def _result_lines(result: QuizResult) -> list[str]:
    lines = [quiz_sentence(result)]
    rows = [(each.title, f"{each.right} of {each.asked}") for each in result.sections]
    lines += table(rows, "lr")
    if result.missed:
        lines += ["", "Missed:"]
        lines += [f"- {outcome.question.kept.id}" for outcome in result.missed]
    return lines


def _one_of(words: list[str], hint: str) -> str:
    while True:
        say(hint)
        if (word := _line().strip().lower()) in words:
            return word


def _line() -> str:
    """The next line of the input. Raises _Left at its end, and for /q."""
    sys.stdout.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line or line.strip().lower() == "/q":
        raise _Left
    return line.rstrip("\r\n")


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)
