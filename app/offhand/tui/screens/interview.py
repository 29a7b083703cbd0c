"""The mock interview: one question, the clock in sight, then the model answer to tick off."""

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import OptionList, Static

from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.tui.app import OffhandApp
from offhand.tui.interview_text import (
    all_asked_text,
    clock_content,
    paused_text,
    section_text,
    time_bar,
)
from offhand.tui.screens.interview_keys import KEYS, WHEN, Mode
from offhand.tui.widgets.answerbox import MOST_LETTERS, AnswerBox
from offhand.tui.widgets.interviewpane import InterviewPane
from offhand.tui.widgets.keybar import KeyBar
from offhand.tui.widgets.pointlist import PointList

_BEAT_SECONDS = 0.5
_BEATS_TO_KEEP = 4


class InterviewScreen(Screen[None]):
    """One interview. Every step of it is on disk when it shows."""

    app = getters.app(OffhandApp)
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, desk: Desk, under_way: InterviewUnderWay) -> None:
        super().__init__()
        self.desk = desk
        self.under_way = under_way
        self.pane = InterviewPane()
        self._beats = 0
        self._told_time_is_up = under_way.left_ms <= 0
        self._room = Size()

    def compose(self) -> ComposeResult:
        """The clock above everything."""
        with Horizontal(id="top"):
            yield Static(id="section")
            yield Static(id="progress")
        yield Static(id="time")
        yield self.pane
        yield KeyBar()

    def on_mount(self) -> None:
        """Show where the interview stands, and keep it."""
        self._fit(self.app.size)
        self.show_question()
        self.set_interval(_BEAT_SECONDS, self._beat)

    def on_unmount(self) -> None:
        """However the app is left, the interview waits as it is."""
        if self.under_way.interview.ending is None and not self.under_way.interview.paused:
            with suppress(OffhandError):
                self._keep_typed()
                self.under_way.pause()

    def on_resize(self, event: Resize) -> None:
        """Fit the text to the width."""
        if event.size != self._room:
            self._fit(event.size)
            self.show()

    def _fit(self, room: Size) -> None:
        self._room = room
        self.set_class(room.height < 30, "-medium")
        self.set_class(room.height < 22, "-low")

    # What is on screen

    @property
    def mode(self) -> Mode:
        """What can be done now."""
        under_way = self.under_way
        if under_way.interview.paused:
            return Mode.PAUSED
        if under_way.asking is None:
            return Mode.ALL_ASKED
        if under_way.is_revealed:
            return Mode.REVEALED
        return Mode.TYPING if self.pane.box.has_focus else Mode.OPEN

    def show_question(self) -> None:
        """Put the question that is open, as it was left."""
        asking = self.under_way.asking
        self.pane.go_to_top()
        self.pane.box.show_text(asking.typed if asking else "")
        self.show()

    def show(self) -> None:
        """Draw everything as it stands."""
        under_way, pane = self.under_way, self.pane
        asking = under_way.asking
        self.query_one("#section", Static).update(section_text(asking))
        if self.mode is Mode.PAUSED:
            pane.show_instead(paused_text(under_way.left_ms))
        elif asking is None:
            pane.show_instead(all_asked_text(under_way.interview))
        else:
            pane.show(asking, self._room)
        self._show_clock()
        self.refresh_bindings()

    def _show_clock(self) -> None:
        interview, left = self.under_way.interview, self.under_way.left_ms
        self.query_one("#progress", Static).update(clock_content(interview, left))
        width = max(self._room.width - 4, 1)
        self.query_one("#time", Static).update(time_bar(interview, left, width), layout=False)

    def _beat(self) -> None:
        """Let the clock go on, and keep what was typed."""
        if self.mode is Mode.PAUSED or self.under_way.interview.ending is not None:
            return
        self._show_clock()
        self._beats += 1
        if self._beats % _BEATS_TO_KEEP == 0:
            self.app.went_well(self._keep_typed)
            self.app.went_well(self.under_way.pulse)
        if self.under_way.left_ms <= 0 and not self._told_time_is_up:
            self._told_time_is_up = True
            self.notify("Finish this one; then comes the scorecard.", title="The time is up.")

    def _keep_typed(self) -> None:
        if self.mode in (Mode.OPEN, Mode.TYPING):
            self.under_way.type(self.pane.box.text)

    def on_descendant_focus(self) -> None:
        """The keys are others while one types."""
        self.refresh_bindings()

    def on_descendant_blur(self) -> None:
        """The keys are others when one has typed."""
        self.refresh_bindings()

    def on_answer_box_refused(self, message: AnswerBox.Refused) -> None:
        """Say why a paste was not taken."""
        self.notify(
            f"{message.letters:,} letters are more than an answer holds ({MOST_LETTERS:,})."
            " What you typed stays.",
            title="Not pasted",
            severity="warning",
        )

    # What the person does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        if not self.is_mounted or action not in WHEN:
            return True
        if self.mode not in WHEN[action]:
            return False
        asking, interview = self.under_way.asking, self.under_way.interview
        match action:
            case "tick":
                return parameters[0] in range(len(self.under_way.question.points))
            case "back":
                skipped = interview.skipped_place
                return skipped is not None and skipped != interview.current
            case "skip":
                return asking is not None
        return True

    def _do(self, step: Callable[[], None]) -> None:
        """Take a step, and show where it led: to another question, or to the end."""
        before = self.under_way.interview.current
        if not self.app.went_well(step):
            return
        if self.under_way.interview.ending is not None:
            self._show_scorecard()
        elif self.under_way.interview.current != before:
            self.set_focus(None)
            self.show_question()
        else:
            self.show()

    def action_reveal(self) -> None:
        """Show the model answer; what was typed is ticked off beforehand."""
        text = self.pane.box.text
        self.set_focus(None)
        self._do(lambda: self.under_way.reveal(text))

    def action_reveal_typed(self) -> None:
        """The same while typing."""
        self.action_reveal()

    def action_tick(self, place: int) -> None:
        """Tick a point, or take its tick off."""
        self._do(lambda: self.under_way.tick(place))

    def action_tick_marked(self) -> None:
        """Tick the point under the cursor; the first press shows the cursor."""
        points = self.query_one(PointList)
        if points.highlighted is None:
            points.highlighted = 0
        else:
            self.action_tick(points.highlighted)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A click on a point ticks it."""
        self.action_tick(message.option_index)

    def action_next(self) -> None:
        """On to the next question."""
        self._do(self.under_way.done)

    def action_skip(self) -> None:
        """Skip the question for now."""
        self._keep_typed_and(self.under_way.skip)

    def action_back(self) -> None:
        """Come back to a question that was skipped."""
        self._keep_typed_and(self.under_way.come_back)

    def _keep_typed_and(self, step: Callable[[], None]) -> None:
        if self.app.went_well(self._keep_typed):
            self._do(step)

    def action_more(self) -> None:
        """One more question."""
        self._do(self.under_way.one_more)

    def action_type(self) -> None:
        """Let the keys go into the box."""
        self.pane.box.focus()

    def action_stop_typing(self) -> None:
        """Let the keys work again."""
        self.set_focus(None)

    def action_pause(self) -> None:
        """Stop the clock; the question is out of sight meanwhile."""
        self._keep_typed_and(self.under_way.pause)

    def action_go_on(self) -> None:
        """Let the clock run again."""
        self._do(self.under_way.go_on_after_pause)

    def action_end(self) -> None:
        """End it, after a question whether to."""
        from offhand.tui.screens.sure import SureScreen

        if self.mode is Mode.ALL_ASKED:
            self._end()
            return
        told = "The scorecard counts what was answered and skipped so far."
        sure = SureScreen("End the interview?", told)
        self.app.push_screen(sure, lambda yes: self._end() if yes else None)

    def _end(self) -> None:
        self._keep_typed_and(self.under_way.end)

    def action_leave(self) -> None:
        """Leave it as it is: it waits, and its clock with it."""
        if self.mode is not Mode.PAUSED and not self.app.went_well(self._pause_to_leave):
            return
        self.app.leave(self)

    def _pause_to_leave(self) -> None:
        self._keep_typed()
        self.under_way.pause()

    def action_mark(self, by: int) -> None:
        """Move the cursor among the points."""
        self.pane.mark(by)

    def action_scroll(self, by: int) -> None:
        """Page in the model answer."""
        self.pane.scroll_answer(by)

    def _show_scorecard(self) -> None:
        from offhand.tui.screens.scorecard import ScorecardScreen

        self.app.replace(self, ScorecardScreen(self.desk, self.under_way.interview))
