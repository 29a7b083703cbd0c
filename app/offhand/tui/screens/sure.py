"""A question before something that cannot be taken back."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from offhand.tui.widgets.choices import choices


class SureScreen(ModalScreen[bool]):
    """Asks once more; the answer is the screen's result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss(True)", "yes", key_display="y"),
        Binding("n,escape,q", "dismiss(False)", "no", key_display="n"),
    ]

    def __init__(self, question: str, told: str) -> None:
        super().__init__()
        self.question = question
        self.told = told

    def compose(self) -> ComposeResult:
        """The question, what follows, the keys."""
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.question, "bold"))
            yield Static(Content(self.told))
            yield choices(self)
