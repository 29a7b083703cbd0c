"""The review: the card, and nothing else."""

from time import monotonic_ns
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from offhand.domain.event import Answer, Asked
from offhand.domain.text import one_line
from offhand.study.answering import Recorded
from offhand.study.desk import Desk
from offhand.study.present import buttons_shown
from offhand.study.review import Review, Shown
from offhand.tui.app import OffhandApp
from offhand.tui.card_text import pictures_of
from offhand.tui.widgets.cardpane import CardPane
from offhand.tui.widgets.gradebar import GradeBar, GradeButton
from offhand.tui.widgets.keybar import KeyBar

_SPACE = "Show the answer; then page on, and at its end Good"


class ReviewScreen(Screen[None]):
    """One sitting, card by card. Every answer is on disk before the next card shows."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "reveal", "show", tooltip=_SPACE),
        Binding("space,enter", "go_on", "good", tooltip=_SPACE),
        *(
            Binding(key, f"press('{key}')", "grade", show=False, tooltip="Grade the answer")
            for key in "012345"
        ),
        *(
            Binding(letter, f"choose({place})", "choose", show=False, tooltip="Choose an option")
            for place, letter in enumerate("abcd")
        ),
        Binding("u", "undo", "undo", tooltip="Take back the last thing done, again and again"),
        Binding("e", "edit", "edit", tooltip="Edit the card in your editor"),
        Binding("minus", "bury", "bury", key_display="-", tooltip="Put it aside until tomorrow"),
        Binding(
            "exclamation_mark",
            "suspend",
            "suspend",
            key_display="!",
            tooltip="Take it out of the schedule until you resume it",
        ),
        Binding(
            "asterisk", "flag", "flag", key_display="*", tooltip="Flag it, or take its flag off"
        ),
        Binding("o", "pictures", "picture", tooltip="Open the card's pictures outside"),
        Binding("i", "history", "why", tooltip="Its history, and why it is asked now"),
        Binding("f", "form", "form", tooltip="Edit the card in a form, here"),
        Binding("q,escape", "leave", "leave", tooltip="Leave; nothing is lost"),
        Binding("down,j", "scroll(1)", "down", show=False, tooltip="Scroll a long card"),
        Binding("up,k", "scroll(-1)", "up", show=False, tooltip="Scroll a long card back"),
    ]

    def __init__(self, desk: Desk, review: Review) -> None:
        super().__init__()
        self.desk = desk
        self.review = review
        self.revealed = False
        self.chosen: int | None = None
        self.buttons = buttons_shown(desk.settings.buttons)
        self._asked_at = 0
        self._room = Size()

    def compose(self) -> ComposeResult:
        """From top to bottom, in the order that the eye takes."""
        # Before there is anything whose styles depend on it.
        self._fit_height(self.app.size.height)
        with Horizontal(id="top"):
            yield Static(id="section")
            yield Static(id="progress")
        yield CardPane()
        yield GradeBar(self.buttons)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first card."""
        # With the terminal's size, before there is a layout: it is in the first paint then.
        self._fit(self.app.size)

    def on_resize(self, event: Resize) -> None:
        """Fit the text to the width."""
        if event.size != self._room:
            self._fit(event.size)

    def _fit(self, room: Size) -> None:
        self._room = room
        self._fit_height(room.height)
        self.show_card()

    def _fit_height(self, height: int) -> None:
        self.set_class(height < 30, "-medium")
        self.set_class(height < 22, "-low")

    # What is on screen

    def show_card(self) -> None:
        """Draw the current card as it stands, answered or not."""
        shown = self.review.shown
        if shown is None:
            return
        self.query_one("#section", Static).update(self._section(shown))
        self.query_one("#progress", Static).update(self._progress())
        self.query_one(CardPane).show(shown, self._room, self.revealed, self.chosen)
        bar = self.query_one(GradeBar)
        bar.visible = self.revealed
        if self.revealed:
            bar.show(shown, self.review.session.practice)

    def _section(self, shown: Shown) -> Content:
        parts = [Content.styled(one_line(shown.kept.section_title), "bold")]
        if self.review.session.practice:
            parts.append(Content.styled("practice", "$accent"))
        elif shown.asked is Asked.REPEAT:
            parts.append(Content.styled("once more", "$quiet"))
        elif shown.asked is Asked.EARLY:
            parts.append(Content.styled("early", "$quiet"))
        elif shown.is_new:
            parts.append(Content.styled("new", "$accent"))
        if shown.kept.state.flagged:
            parts.append(Content.styled("⚑ flagged", "$warning"))
        return Content("  ").join(parts)

    def _progress(self) -> Content:
        session = self.review.session
        first = min(session.done + 1, session.total)
        left = (
            f"{first} of {session.total}"
            if session.waiting
            else f"{session.total} of {session.total}"
        )
        again = f" · {len(session.again)} again" if session.again else ""
        return Content.styled(left + again, "$quiet")

    def _next(self) -> None:
        """Go on after something was done: the next card, or the end of the sitting."""
        self.revealed = False
        self.chosen = None
        if self.review.shown is None:
            self._end()
            return
        self.query_one(CardPane).go_to_top()
        self.show_card()
        self.refresh_bindings()
        self._asked_at = monotonic_ns()

    def on_show(self) -> None:
        """Time runs from when the prompt can be read."""
        if not self._asked_at:
            self._asked_at = monotonic_ns()

    # What the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do are not shown and do nothing."""
        match action:
            case "reveal":
                return not self.revealed
            case "choose":
                options = self.review.shown.kept.card.options if self.review.shown else ()
                return not self.revealed and parameters[0] in range(len(options))
            case "go_on":
                return self.revealed
            case "press":
                return self.revealed and parameters[0] in {button.key for button in self.buttons}
            case "undo":
                return self.review.can_undo
            case "pictures":
                return bool(self.review.shown and pictures_of(self.review.shown.kept.card))
            case "bury" | "suspend":
                return not self.review.session.practice
        return True

    def action_reveal(self) -> None:
        """Show the answer."""
        self.revealed = True
        self.show_card()
        self.refresh_bindings()

    def action_choose(self, place: int) -> None:
        """Choose an option, and see whether it is right."""
        self.chosen = place
        self.action_reveal()

    def action_go_on(self) -> None:
        """Page on in a long answer; at its end, call it good."""
        if self.query_one(CardPane).page_on():
            return
        good = next(button for button in self.buttons if button.word == "Good")
        self._grade(good.key)

    def action_press(self, key: str) -> None:
        """Grade the answer with a key of the bar."""
        self._grade(key)

    async def on_grade_button_pressed(self, message: GradeButton.Pressed) -> None:
        """Grade the answer with a click on the bar."""
        key = next(button.key for button in self.buttons if button.grade == message.grade)
        await self.run_action(f"press('{key}')")

    def _grade(self, key: str) -> None:
        if self.review.shown is None:
            # Its end could not be shown when it came.
            self._end()
            return
        button = next(button for button in self.buttons if button.key == key)
        took_ms = (monotonic_ns() - self._asked_at) // 1_000_000
        shown, recorded = self.review.shown, list[Recorded]()
        if not self.app.went_well(
            lambda: recorded.append(self.review.answer(button.grade, took_ms))
        ):
            return
        if recorded[0].leech and recorded[0].state.schedule is not None:
            from offhand.tui.mending import offer_mending

            lapses = recorded[0].state.schedule.lapses
            offer_mending(self.app, self.desk, self.review, shown.kept.id, lapses, self._next)
        else:
            self._next()

    def action_undo(self) -> None:
        """Take the last thing back, and return to its card."""
        undone = []
        if self.app.went_well(lambda: undone.append(self.review.undo())) and undone[0] is not None:
            self._next()
            what = "Answer" if isinstance(undone[0], Answer) else undone[0].mark.value.capitalize()
            # Several in a row would cover the card.
            self.app.clear_notifications()
            self.notify(f"{what} taken back.", timeout=2, markup=False)

    def action_bury(self) -> None:
        """Put the card aside until tomorrow."""
        if self.app.went_well(self.review.bury):
            self._next()

    def action_suspend(self) -> None:
        """Take the card out of the schedule."""
        if self.app.went_well(self.review.suspend):
            self._next()

    def action_flag(self) -> None:
        """Flag the card, or take its flag off."""
        if self.app.went_well(self.review.flag):
            self.show_card()
            self.refresh_bindings()

    def action_history(self) -> None:
        """Show the card's history."""
        from offhand.tui.screens.history import HistoryScreen

        if self.review.shown is not None:
            self.app.push_screen(HistoryScreen(self.desk, self.review.shown.kept.id))

    def action_pictures(self) -> None:
        """Open the card's pictures with what the system has for them."""
        if self.review.shown is not None:
            self.app.open_outside(pictures_of(self.review.shown.kept.card))

    def action_edit(self) -> None:
        """Edit the card in the learner's editor, and take the edit at once."""
        from offhand.tui.editing import edit_card

        shown, began = self.review.shown, monotonic_ns()
        if shown is not None and edit_card(self.app, self.desk, shown.kept.id):
            self._take_edit(shown, began)

    def action_form(self) -> None:
        """Edit the card in a form, and take the edit at once."""
        from offhand.tui.editing import edit_in_form

        shown, began = self.review.shown, monotonic_ns()
        if shown is not None:
            edit_in_form(
                self.app, self.desk, shown.kept.id, lambda _: self._take_edit(shown, began)
            )

    def _take_edit(self, shown: Shown, began: int) -> None:
        """Show the card as it is after an edit that began at a time."""
        # To write a card is not to think about its answer.
        self._asked_at += monotonic_ns() - began
        self.review.reload()
        if self.review.shown is None or self.review.shown.kept.id != shown.kept.id:
            self._next()
        else:
            self.show_card()
            self.refresh_bindings()

    def action_scroll(self, lines: int) -> None:
        """Scroll a long answer, or a long prompt before it."""
        self.query_one(CardPane).scroll_lines(lines)

    def on_click(self) -> None:
        """A click on the card shows its answer."""
        if not self.revealed:
            self.action_reveal()

    def action_leave(self) -> None:
        """Leave the sitting; what was answered is kept."""
        if self.review.session.turns:
            self._end()
        else:
            self.app.leave(self)

    def _end(self) -> None:
        from offhand.tui.screens.end import EndScreen

        self.app.replace(self, EndScreen(self.desk, self.review))
