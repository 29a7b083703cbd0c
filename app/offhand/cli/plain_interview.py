"""An interview as plain lines on stdin and stdout: for a screen reader, a pipe, a dumb terminal."""

import re
import sys
from collections.abc import Callable

from offhand.cli.printing import say
from offhand.cli.scorecard_lines import card_lines
from offhand.domain.interview import Interview, Progress
from offhand.study.desk import Desk
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.study.interviews.listing import scorecard_of, unfinished
from offhand.study.interviews.plan import Wish, offer
from offhand.study.interviews.words import (
    aloud_sentence,
    clock_text,
    offer_sentence,
    unfinished_sentence,
)
from offhand.study.sentences import counted

_COMMAND = re.compile(r"/[a-z?]+")
_HELP = (
    "Answer aloud, then Enter; or type it, as many lines as you like, and an empty one at the end.",
    "Then the number of a point ticks it or takes its tick off, and Enter goes on.",
    "On a line of its own:",
    "/skip leaves the question for later, /back comes back to one that was skipped.",
    "/pause stops the clock, /time tells it.",
    "/end ends the interview with its scorecard, /quit leaves it to go on later.",
)


class _Left(Exception):
    """The person left, or the input ended."""


class _Moved(Exception):
    """The interview is at another question, or at its end."""


def hold_plainly(desk: Desk, wish: Wish, resumed: Interview | None = None) -> None:
    """Hold an interview line by line: a new one, or one that was left."""
    try:
        if resumed is None and (left := unfinished(desk)) is not None:
            say(unfinished_sentence(left))
            resumed = left if _asked("Go on with it?") else None
        if resumed is not None:
            under_way = InterviewUnderWay.resume(desk, resumed.id)
        else:
            told = offer(desk, wish)
            under_way = InterviewUnderWay.begin(desk, wish)
            say(*filter(None, (offer_sentence(told), aloud_sentence(told))))
    except _Left:
        return
    say("/? tells what can be typed.", "")
    try:
        _PlainInterview(under_way).run()
    except _Left:
        if not under_way.interview.paused:
            under_way.pause()
        say("", "Left. `offhand interview --resume` goes on with it.")
        return
    say(*card_lines(scorecard_of(desk, under_way.interview)))


class _PlainInterview:
    def __init__(self, under_way: InterviewUnderWay) -> None:
        self.under_way = under_way
        self.commands: dict[str, Callable[[], None]] = {
            "/skip": self.skip,
            "/back": self.back,
            "/pause": self.pause,
            "/time": self.time,
            "/end": self.end,
            "/quit": self.leave,
            "/?": self.help,
        }

    def run(self) -> None:
        """Ask question after question."""
        while self.under_way.interview.ending is None:
            try:
                if self.under_way.asking is None:
                    self.ask_for_more()
                else:
                    self.ask()
            except _Moved:
                continue

    def ask(self) -> None:
        """Ask one question up to its ticks."""
        under_way, question = self.under_way, self.under_way.question
        interview = under_way.interview
        number = len(interview.places(Progress.DONE)) + 1
        level = f", {question.level}" if question.level else ""
        left = clock_text(under_way.left_ms)
        say(f"{question.title}, question {number} of {len(interview.askings)}{level}. {left}.", "")
        say(question.prompt, "")
        if not under_way.is_revealed:
            typed = self.typed_answer()
            under_way.reveal(typed)
        say("Model answer:", question.answer, "")
        self.tick_points()
        say("")
        under_way.done()

    def typed_answer(self) -> str:
        """The answer as it is typed, each line kept at once; empty where it was said aloud."""
        asking = self.under_way.asking
        lines = asking.typed.split("\n") if asking and asking.typed else []
        if lines:
            say("Typed so far:", *lines, "")
        say("Enter shows the answer; or type yours, and an empty line at its end.")
        while line := self.line():
            lines.append(line)
            self.under_way.type("\n".join(lines))
        return "\n".join(lines)

    def tick_points(self) -> None:
        """Show the points, and take the ticks until the person goes on."""
        say("Key points:")
        self.say_points()
        asking = self.under_way.asking
        if asking is not None and asking.suggested:
            say(f"{counted(len(asking.suggested), 'point')} ticked from what you typed.")
        say("Numbers tick what you said or take ticks off; Enter goes on.")
        while line := self.line():
            numbers = line.replace(",", " ").split()
            points = len(self.under_way.question.points)
            if not all(each.isdecimal() and 1 <= int(each[:9]) <= points for each in numbers):
                say(f"Give numbers from 1 to {points}, or Enter.")
                continue
            for number in dict.fromkeys(numbers):
                self.under_way.tick(int(number) - 1)
            self.say_points()

    def say_points(self) -> None:
        """The points with their numbers."""
        asking = self.under_way.asking
        assert asking is not None
        for place, point in enumerate(self.under_way.question.points):
            say(f"{place + 1}. {'said' if place in asking.said else 'not said'}: {point}")

    def ask_for_more(self) -> None:
        """Everything was asked and time is left."""
        say(f"All questions were asked. {clock_text(self.under_way.left_ms)}.")
        if _asked("One more?"):
            self.under_way.one_more()
        else:
            self.under_way.end()

    def line(self) -> str:
        """The next line of an answer, when it is no command. Raises _Left at the end of the input."""
        while True:
            line = _line()
            word = line.strip().lower()
            if command := self.commands.get(word):
                command()
            elif _COMMAND.fullmatch(word):
                say("There is no such command. /? tells what can be typed.")
            else:
                return line

    def skip(self) -> None:
        """Leave the question for later."""
        if self.under_way.is_revealed:
            say("Its answer is shown: Enter goes on.")
            return
        self.under_way.skip()
        say("Skipped.", "")
        raise _Moved

    def back(self) -> None:
        """Come back to a skipped question."""
        interview = self.under_way.interview
        skipped = interview.skipped_place
        if skipped is None or self.under_way.is_revealed:
            say("No question was skipped." if skipped is None else "Enter first.")
            return
        self.under_way.come_back()
        raise _Moved

    def pause(self) -> None:
        """Stop the clock until the next line."""
        self.under_way.pause()
        say(f"Paused with {clock_text(self.under_way.left_ms)}. Enter goes on.")
        _line()
        self.under_way.go_on_after_pause()
        say("The clock runs.")

    def time(self) -> None:
        """Tell the time left."""
        say(clock_text(self.under_way.left_ms))

    def end(self) -> None:
        """End it early."""
        self.under_way.end()
        raise _Moved

    def leave(self) -> None:
        """Leave it as it is."""
        raise _Left

    def help(self) -> None:
        """Say what can be typed."""
        say(*_HELP)


def _asked(question: str) -> bool:
    while True:
        say(f"{question} y or n")
        match _line().strip().lower():
            case "y" | "yes":
                return True
            case "n" | "no":
                return False


def _line() -> str:
    """The next line of the input without its end. Raises _Left when there is none."""
    sys.stdout.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        raise _Left
    return line.rstrip("\r\n")
