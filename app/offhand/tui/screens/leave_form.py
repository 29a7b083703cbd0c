"""What is to become of what was typed in a form and not saved."""

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from offhand.tui.widgets.choices import choices


class Leaving(StrEnum):
    """What to do with what was typed."""

    SAVE = "save"
    KEEP = "keep"
    DROP = "drop"
    STAY = "stay"


class LeaveFormScreen(ModalScreen[Leaving]):
    """Asks before a form is left; what was chosen is the screen's result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", f"dismiss('{Leaving.SAVE}')", "save it"),
        Binding("k", f"dismiss('{Leaving.KEEP}')", "keep it for later"),
        Binding("d", f"dismiss('{Leaving.DROP}')", "drop it"),
        Binding("escape", f"dismiss('{Leaving.STAY}')", "go on", key_display="esc"),
    ]

    def compose(self) -> ComposeResult:
        """The question, and the keys."""
        with Vertical(classes="sheet"):
            yield Static(Content.styled("What you typed is not saved.", "bold"))
            yield choices(self)
