"""A card that was forgotten too often: told once, with what can be done about it."""

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from offhand.study.sentences import leech_sentence
from offhand.tui.widgets.choices import choices


class Mend(StrEnum):
    """What is to be done with a leech."""

    FORM = "form"
    EDITOR = "editor"
    SUSPEND = "suspend"
    NOTHING = "nothing"


class LeechScreen(ModalScreen[Mend]):
    """Offers to mend a card; what was chosen is the screen's result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", f"dismiss('{Mend.FORM}')", "write it anew here"),
        Binding("e", f"dismiss('{Mend.EDITOR}')", "in your editor"),
        Binding("exclamation_mark", f"dismiss('{Mend.SUSPEND}')", "suspend it", key_display="!"),
        Binding("space,enter,escape,q", f"dismiss('{Mend.NOTHING}')", "go on", key_display="space"),
    ]

    def __init__(self, prompt: str, lapses: int) -> None:
        super().__init__()
        self.prompt = prompt
        self.lapses = lapses

    def compose(self) -> ComposeResult:
        """What happened, what helps, the keys."""
        with Vertical(classes="sheet"):
            yield Static(Content.styled("A leech", "bold $warning"))
            yield Static(Content(f"\n{leech_sentence(self.prompt, self.lapses)}"))
            yield Static(
                Content.styled(
                    "\nSay it shorter, ask one thing of it, or add what tells it from its like.",
                    "$quiet",
                )
            )
            yield choices(self)

    def on_click(self) -> None:
        """A click goes on."""
        self.dismiss(Mend.NOTHING)
