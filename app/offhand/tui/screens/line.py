"""A question that one line answers."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static


class LineScreen(ModalScreen[str | None]):
    """Asks for a line of text, completed from `known`; the line, or None, is the screen's result."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(self, question: str, told: str, known: Sequence[str] = ()) -> None:
        super().__init__()
        self.question = question
        self.told = told
        self.known = known

    def compose(self) -> ComposeResult:
        """The question, the line, and what it may be."""
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.question, "bold"))
            line = Input(id="line")
            line.suggester = SuggestFromList(self.known, case_sensitive=False)
            yield line
            yield Static(Content.styled(self.told, "$quiet"))

    def on_input_submitted(self) -> None:
        """Take the line; an empty one is none."""
        if line := self.query_one(Input).value.strip():
            self.dismiss(line)
