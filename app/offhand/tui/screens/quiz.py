"""The quiz: a question, an answer, and at once whether it is right and why."""

from collections.abc import Callable
from time import monotonic_ns
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Input, Static

from offhand.domain.event import Asked
from offhand.domain.quiz import Way
from offhand.domain.text import one_line
from offhand.domain.typed_answer import MOST_LETTERS, Part
from offhand.study.desk import Desk
from offhand.study.quiz import Outcome, Question, Quiz
from offhand.study.review import Shown
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.cardpane import CardPane
from offhand.tui.widgets.keybar import KeyBar

_PARTS = {Part.SAME: "", Part.MISSING: "bold underline $accent", Part.EXTRA: "strike $warning"}
_HINT = "Type it, then Enter; Enter alone when you do not know"
_TYPED = (Way.TYPED, Way.CLOZE)


class QuizScreen(Screen[None]):
    """One quiz, question by question. The schedule stays as it is."""

    app = getters.app(OffhandApp)
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                f"{letter},{place + 1}",
                f"choose({place})",
                "choose",
                key_display="a to d",
                show=place == 0,
                tooltip="Choose an option",
            )
            for place, letter in enumerate("abcd")
        ),
        Binding("space,enter", "reveal", "show", tooltip="Show the answer"),
        Binding("y,3", "grade(True)", "knew it", tooltip="You knew the answer"),
        Binding("n,1", "grade(False)", "missed it", tooltip="You did not know the answer"),
        Binding(
            "space,enter", "go_on", "next", tooltip="Page on, and at the end the next question"
        ),
        Binding("q,escape", "leave", "leave", tooltip="Leave; what was answered is kept"),
        Binding("down,j", "scroll(1)", "down", show=False, tooltip="Scroll a long answer"),
        Binding("up,k", "scroll(-1)", "up", show=False, tooltip="Scroll a long answer back"),
    ]

    def __init__(self, desk: Desk, quiz: Quiz) -> None:
        super().__init__()
        self.desk = desk
        self.quiz = quiz
        self.asked: Question | None = quiz.question
        self.outcome: Outcome | None = None
        self.revealed = False
        self._asked_at = monotonic_ns()

    def compose(self) -> ComposeResult:
        """From top to bottom, in the order that the eye takes."""
        with Horizontal(id="top"):
            yield Static(id="section")
            yield Static(id="progress")
        typed = Input(id="typed", max_length=MOST_LETTERS, placeholder=_HINT, compact=True)
        yield CardPane(Center(typed), Center(Static(id="verdict")))
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask the first question."""
        self._fit()

    def on_resize(self, event: Resize) -> None:
        """Fit the text to the width."""
        self._fit()

    def _fit(self) -> None:
        room = self.app.size
        self.set_class(room.height < 30, "-medium")
        self.set_class(room.height < 22, "-low")
        self.show()

    def show(self) -> None:
        """Draw the question as it stands, answered or not."""
        asked = self.asked
        if asked is None:
            return
        shown = Shown(asked.kept, Asked.QUIZ, {}, self.desk.today)
        title = Content.assemble(("Quiz", "bold"), "  ", one_line(asked.kept.section_title))
        self.query_one("#section", Static).update(title)
        self.query_one("#progress", Static).update(self._progress())
        chosen = self.outcome.chosen if self.outcome else None
        self.query_one(CardPane).show(shown, self.app.size, self.revealed, chosen)
        verdict = self.query_one("#verdict", Static)
        verdict.display = self.outcome is not None
        verdict.update(_verdict(self.outcome))
        typed = self.query_one("#typed", Input)
        typed.display = asked.way in _TYPED and not self.revealed
        if typed.display:
            typed.focus()
        else:
            self.set_focus(None)

    def _progress(self) -> Content:
        done = len(self.quiz.outcomes)
        at = done if self.outcome else done + 1
        right = sum(outcome.right for outcome in self.quiz.outcomes)
        return Content.styled(f"{at} of {len(self.quiz.questions)} · {right} right", "$quiet")

    # What the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do are not shown and do nothing."""
        way = self.asked.way if self.asked else None
        answered = self.outcome is not None
        match action:
            case "choose":
                options = self.asked.card.options if self.asked else ()
                return way is Way.CHOICE and not answered and parameters[0] in range(len(options))
            case "reveal":
                return way is Way.CARD and not self.revealed
            case "grade":
                return way is Way.CARD and self.revealed and not answered
            case "go_on":
                return answered
        return True

    def action_choose(self, place: int) -> None:
        """Choose an option, and see whether it is right."""
        self._answered(lambda took_ms: self.quiz.choose(place, took_ms))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed; nothing typed is an answer not known."""
        event.stop()
        self._answered(lambda took_ms: self.quiz.type(event.value, took_ms))

    def action_reveal(self) -> None:
        """Show the answer of a plain card, to be judged by the learner."""
        self.revealed = True
        self.show()
        self.refresh_bindings()

    def action_grade(self, knew: bool) -> None:
        """Say whether it was known, and go on: there is nothing more to see."""
        if self._answered(lambda took_ms: self.quiz.grade(knew, took_ms)):
            self._next()

    def _answered(self, answer: Callable[[int], Outcome]) -> bool:
        took_ms = (monotonic_ns() - self._asked_at) // 1_000_000
        found: list[Outcome] = []
        if not self.app.went_well(lambda: found.append(answer(took_ms))):
            return False
        self.outcome, self.revealed = found[0], True
        self.show()
        self.refresh_bindings()
        return True

    def action_go_on(self) -> None:
        """Page on in a long answer; at its end, ask the next question."""
        if not self.query_one(CardPane).page_on():
            self._next()

    def _next(self) -> None:
        self.outcome, self.revealed = None, False
        self.asked = self.quiz.question
        if self.asked is None:
            self._end()
            return
        self.query_one("#typed", Input).clear()
        self.query_one(CardPane).go_to_top()
        self.show()
        self.refresh_bindings()
        self._asked_at = monotonic_ns()

    def action_scroll(self, lines: int) -> None:
        """Scroll a long answer, or a long prompt before it."""
        self.query_one(CardPane).scroll_lines(lines)

    def action_leave(self) -> None:
        """Leave the quiz; what was answered is kept, and told."""
        if self.quiz.outcomes:
            self._end()
        else:
            self.app.leave(self)

    def _end(self) -> None:
        from offhand.tui.screens.quiz_end import QuizEndScreen

        self.app.replace(self, QuizEndScreen(self.desk, self.quiz))


def _verdict(outcome: Outcome | None) -> Content:
    """Right or not, and how what was typed differs."""
    if outcome is None:
        return Content()
    sign = ("✓ Right", "bold $accent") if outcome.right else ("✗ Not so", "bold $warning")
    verdict = outcome.verdict
    if verdict is None or not verdict.difference:
        return Content.assemble(sign, ".")
    told = Content("").join(Content.styled(text, _PARTS[part]) for part, text in verdict.difference)
    between = ", with a slip: " if outcome.right else ": "
    return Content.assemble(sign, between) + told
