"""The interviews so far, the newest first."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offhand.domain.interview import Interview
from offhand.domain.scorecard import scorecard
from offhand.study.desk import Desk
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.study.interviews.listing import past_interviews
from offhand.tui.app import OffhandApp
from offhand.tui.scorecard_text import interview_line
from offhand.tui.widgets.keybar import KeyBar


class InterviewsScreen(Screen[None]):
    """A line for each interview."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "open", "scorecard", tooltip="Show how it went"),
        Binding("space,enter", "go_on", "continue", tooltip="Go on with it"),
        Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
        Binding("j", "down", "down", show=False, tooltip="Next interview"),
        Binding("k", "up", "up", show=False, tooltip="Interview before"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.interviews: list[Interview] = []

    def compose(self) -> ComposeResult:
        """A list, and a word when there is none."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Interviews", "bold"), id="section")
            yield Static(id="progress")
        with Vertical(classes="page"):
            yield Static(Content.styled("No interview yet.", "$quiet"), id="none")
            yield OptionList(id="list", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self.app.went_well(self.load)

    def on_resize(self) -> None:
        """Fit the bars to the width."""
        self.show()

    def load(self) -> None:
        """Read the interviews, and show them."""
        self.interviews = past_interviews(self.desk)[::-1]
        self.show()

    def show(self) -> None:
        """Draw a line for each."""
        listed = self.query_one(OptionList)
        at, count = listed.highlighted or 0, len(self.interviews)
        width = max(self.size.width - 10, 20)
        lines = [
            interview_line(count - n, each, scorecard(each).score, width)
            for n, each in enumerate(self.interviews)
        ]
        listed.set_options([Option(line) for line in lines])
        self.query_one("#none").display = not lines
        listed.display = bool(lines)
        if lines:
            listed.highlighted = min(at, count - 1)
            listed.focus()
        self.refresh_bindings()

    @property
    def marked(self) -> Interview | None:
        """The interview under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self.interviews[at] if at is not None and at < len(self.interviews) else None

    def on_option_list_option_highlighted(self) -> None:
        """What can be done with it depends on whether it has ended."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A scorecard is there at the end, and not before."""
        if action in ("open", "go_on") and self.is_mounted:
            marked = self.marked
            return marked is not None and (marked.ending is None) == (action == "go_on")
        return True

    async def on_option_list_option_selected(self) -> None:
        """A click on a line, or Enter, opens it."""
        marked = self.marked
        await self.run_action("go_on" if marked and marked.ending is None else "open")

    def action_open(self) -> None:
        """Show the scorecard of the marked interview."""
        from offhand.tui.screens.scorecard import ScorecardScreen

        if (marked := self.marked) is not None:
            self.app.push_screen(ScorecardScreen(self.desk, marked))

    def action_go_on(self) -> None:
        """Go on with the marked interview."""
        from offhand.tui.screens.interview import InterviewScreen

        if (marked := self.marked) is not None:
            under_way = InterviewUnderWay.resume(self.desk, marked.id)
            self.app.replace(self, InterviewScreen(self.desk, under_way))

    def action_down(self) -> None:
        """Mark the next interview."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Mark the interview before."""
        self.query_one(OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)
