"""A sitting as plain lines on stdin and stdout: for a screen reader, a pipe, a dumb terminal."""

import sys
from collections.abc import Callable
from time import monotonic

from offhand.cli.card_lines import answer_lines, prompt_lines
from offhand.cli.printing import say
from offhand.cli.summary_lines import summary_lines
from offhand.domain.event import Answer, Asked, Grade, Marked
from offhand.study.desk import Desk
from offhand.study.present import (
    Button,
    buttons_shown,
    grade_word,
    interval_text,
    option_letter,
    options_shown,
)
from offhand.study.review import Return, Review, Shown
from offhand.study.sentences import counted, leech_sentence
from offhand.study.summary import sum_up

_HELP = (
    "Enter shows the answer; on a choice, its letter does too.",
    "Then a number grades the card.",
    "u or undo: take the last thing back.",
    "b or bury: put the card aside until tomorrow.",
    "s or suspend: ask the card no more.",
    "f or flag: flag the card, or take its flag off.",
    "q or quit: leave; every answer is saved already.",
    "A letter that names an option picks it: write the word then.",
)


class _Left(Exception):
    """The learner left, or the input ended."""


class _Moved(Exception):
    """The sitting is at another card, or at its end."""


def review_plainly(desk: Desk, review: Review) -> None:
    """Ask the cards of a sitting, line by line, until its end or until the learner leaves."""
    sitting = _PlainSitting(desk, review)
    try:
        sitting.run()
    except _Left:
        left = len(review.session.waiting) + len(review.session.again)
        say(f"Left with {counted(left, 'card')} to go; every answer is saved.", "")
    say(*summary_lines(sum_up(desk, review.session)))


class _PlainSitting:
    def __init__(self, desk: Desk, review: Review) -> None:
        self.review = review
        self.buttons = buttons_shown(desk.settings.buttons)
        self.commands: dict[str, Callable[[], None]] = {
            "u": self.undo,
            "undo": self.undo,
            "b": self.bury,
            "bury": self.bury,
            "s": self.suspend,
            "suspend": self.suspend,
            "f": self.flag,
            "flag": self.flag,
            "q": self.leave,
            "quit": self.leave,
            "?": self.help,
            "help": self.help,
        }

    def run(self) -> None:
        """Ask card after card."""
        while (shown := self.review.shown) is not None:
            try:
                self.ask(shown)
            except _Moved:
                continue

    def ask(self, shown: Shown) -> None:
        """Ask one card up to its grade."""
        began = monotonic()
        say(self.head(shown), "", *prompt_lines(shown), "")
        self.wait_for_answer(shown)
        say(*answer_lines(shown), "")
        button = self.grade_given(shown)
        took_ms = round((monotonic() - began) * 1000)
        recorded = self.review.answer(button.grade, took_ms)
        back = _return_text(shown.returns[button.grade])
        if shown.asked is Asked.PRACTICE:
            say(f"{button.word}.", "")
        elif button.grade < Grade.GOOD:
            say(f"{button.word}: once more today, then in {back}.", "")
        else:
            say(f"{button.word}: next in {back}.", "")
        if recorded.leech and recorded.state.schedule is not None:
            place, card = shown.kept.card.place, shown.kept.id
            say(
                leech_sentence(shown.kept.card.prompt, recorded.state.schedule.lapses),
                f"It stands in {place.path}, line {place.line};"
                f" `offhand mark {card} suspend` takes it out of the schedule.",
                "",
            )

    def head(self, shown: Shown) -> str:
        """The section and how far the sitting is."""
        session = self.review.session
        if shown.asked is Asked.REPEAT:
            left = len(session.again)
            return f"{shown.kept.section_title}, again, {left} left."
        new = ", new" if shown.is_new else ", early" if shown.asked is Asked.EARLY else ""
        flagged = ", flagged" if shown.kept.state.flagged else ""
        at = f"card {session.done + 1} of {session.total}"
        return f"{shown.kept.section_title}, {at}{new}{flagged}."

    def wait_for_answer(self, shown: Shown) -> None:
        """Wait until the answer is to be shown."""
        options = options_shown(shown.kept.card, shown.today)
        letters = {option_letter(i).lower(): option for i, option in enumerate(options)}
        if letters:
            hint = "A letter picks an option, Enter shows the answer."
        else:
            hint = "Enter shows the answer."
        say(hint)
        while word := _line():
            if option := letters.get(word):
                say("Right." if option.right else "Wrong.")
                return
            if command := self.commands.get(word):
                command()
            else:
                say(f"{hint} ? lists the commands.")

    def grade_given(self, shown: Shown) -> Button:
        """Wait for a grade."""
        by_key = {button.key: button for button in self.buttons}
        by_word = {button.word.lower(): button for button in self.buttons}
        while True:
            say(self.grade_line(shown))
            word = _line()
            if button := by_key.get(word) or by_word.get(word):
                return button
            if command := self.commands.get(word):
                command()

    def grade_line(self, shown: Shown) -> str:
        """What each grade is called, and when the card comes next after it."""
        parts = []
        for button in self.buttons:
            part = f"{button.key} {button.word.lower()}"
            if shown.asked is not Asked.PRACTICE:
                part += f" {_return_text(shown.returns[button.grade])}"
            parts.append(part)
        return ", ".join(parts)

    def undo(self) -> None:
        """Take the last thing back and return to its card."""
        event = self.review.undo()
        if event is None:
            say("There is nothing to take back.")
            return
        say(f"Taken back: {self.called(event)}.", "")
        raise _Moved

    def called(self, event: Answer | Marked) -> str:
        """What was done, in a word."""
        if isinstance(event, Answer):
            return grade_word(event.grade, len(self.buttons))
        return event.mark.value

    def bury(self) -> None:
        """Put the card aside until tomorrow."""
        self.review.bury()
        say("Buried until tomorrow.", "")
        raise _Moved

    def suspend(self) -> None:
        """Take the card out of the schedule."""
        self.review.suspend()
        say("Suspended.", "")
        raise _Moved

    def flag(self) -> None:
        """Flag the card or take its flag off."""
        say("Flagged." if self.review.flag() else "Flag taken off.")

    def leave(self) -> None:
        """Leave the sitting."""
        raise _Left

    def help(self) -> None:
        """Say what can be typed."""
        say(*_HELP)


def _return_text(back: Return) -> str:
    """In how many days a card comes back."""
    return f"at most {interval_text(back.days)}" if back.at_latest else interval_text(back.days)


def _line() -> str:
    """The next line of the input. Raises _Left at its end."""
    sys.stdout.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        raise _Left
    return line.strip().lower()
