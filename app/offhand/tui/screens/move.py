"""On which day a card is to come: asked in a line."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from offhand.domain.day import day_named

_WAYS = "today, tomorrow, fri, +3 for three days on, or a date such as 2026-12-24"


class MoveScreen(ModalScreen[date | None]):
    """Asks for a day, from today on; the day, or None, is the screen's result."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(self, what: str, today: date) -> None:
        super().__init__()
        self.what = what
        self.today = today

    def compose(self) -> ComposeResult:
        """The question, the line, and what it may be."""
        with Vertical(classes="sheet"):
            yield Static(Content.styled(f"When is {self.what} to come?", "bold"))
            yield Input("tomorrow", id="line", select_on_focus=True)
            yield Static(id="meant")

    def on_mount(self) -> None:
        """Tell what the line means as it stands."""
        self.on_input_changed()

    @property
    def day(self) -> date | None:
        """The day that is typed; None where it is none, or lies in the past."""
        day = day_named(self.query_one(Input).value, self.today)
        return day if day is not None and day >= self.today else None

    def on_input_changed(self) -> None:
        """Tell which day the line means."""
        if (day := self.day) is not None:
            told = Content.styled(f"{day:%A} {day.day} {day:%B %Y}. ", "$accent")
            told += Content.styled("The interval and the ease stay as they are.", "$quiet")
        else:
            told = Content.styled(_WAYS, "$quiet")
        self.query_one("#meant", Static).update(told)

    def on_input_submitted(self) -> None:
        """Take the day; where it is none, stay."""
        if self.day is not None:
            self.dismiss(self.day)
