"""The question of an interview: the box to type in below it, later the points and the model answer."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from offhand.domain.interview import Asking, Progress
from offhand.tui.interview_text import model_rule, model_text, points_rule
from offhand.tui.markdown import shown
from offhand.tui.widgets.answerbox import AnswerBox
from offhand.tui.widgets.cardpane import COLUMN
from offhand.tui.widgets.pointlist import PointList

_MARGINS = 5
"""Two cells at each side, and one for the scroll bar."""


class InterviewPane(Vertical):
    """One question, as far as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.box = AnswerBox()
        self._width = 0

    def compose(self) -> ComposeResult:
        """The question, the box, the points, the model answer."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Static(id="prompt")
        yield self.box
        yield Static(id="rule")
        yield PointList()
        yield Static(id="model-rule")
        with VerticalScroll(id="tell", can_focus=False):
            yield Static(id="answer")

    def on_mount(self) -> None:
        """Keep the line above the model answer true to how far is scrolled."""
        part = self.query_one("#tell")
        self.watch(part, "scroll_y", self._show_model_rule, init=False)
        self.watch(part, "virtual_size", self._show_model_rule, init=False)

    def show(self, asking: Asking, room: Size) -> None:
        """Draw a question on a screen of `room`."""
        assert asking.question is not None
        width = min(COLUMN, room.width - _MARGINS)
        self._width = max(min(room.width, COLUMN + _MARGINS) - 4, 1)
        revealed = asking.progress is Progress.REVEALED
        self._arrange(revealed, with_box=not revealed)
        self._show_prompt(shown(asking.question.prompt, width))
        if revealed:
            points = self.query_one(PointList)
            points.show(asking.question.points, asking.said, width)
            self.query_one("#rule", Static).update(points_rule(asking, self._width))
            self.query_one("#answer", Static).update(model_text(asking, width))
            self._show_model_rule()
            self.call_after_refresh(self._show_model_rule)

    def show_instead(self, told: Content) -> None:
        """Show a word in place of a question."""
        self._arrange(revealed=False, with_box=False)
        self._show_prompt(told)

    def mark(self, by: int) -> None:
        """Move the cursor among the points."""
        points = self.query_one(PointList)
        if by > 0:
            points.action_cursor_down()
        else:
            points.action_cursor_up()

    def scroll_answer(self, by: int) -> None:
        """Page in the model answer."""
        part = self.query_one("#tell", VerticalScroll)
        part.scroll_relative(y=by * max(part.size.height - 1, 1), animate=False)

    def go_to_top(self) -> None:
        """Show the beginning of everything, for the next question."""
        self.query_one(PointList).highlighted = None
        for part in self.query(VerticalScroll):
            part.scroll_home(animate=False)

    def _arrange(self, revealed: bool, with_box: bool) -> None:
        self.set_class(revealed, "-revealed")
        self.set_class(not revealed and not with_box, "-alone")
        self.box.display = with_box
        for name in ("#rule", "#points", "#model-rule", "#tell"):
            self.query_one(name).display = revealed

    def _show_prompt(self, text: Content) -> None:
        prompt = self.query_one("#prompt", Static)
        # One line stands in the middle; more of them read better from a straight edge.
        prompt.set_class("\n" in text.plain, "-left")
        prompt.update(text)

    def _show_model_rule(self) -> None:
        part = self.query_one("#tell", VerticalScroll)
        below = round(part.max_scroll_y - part.scroll_y)
        rule = self.query_one("#model-rule", Static)
        rule.update(model_rule(self._width, below), layout=False)
