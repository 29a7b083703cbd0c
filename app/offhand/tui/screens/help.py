"""What every key of a screen does, taken from the same bindings as the bottom line."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from offhand.study.present import Button

_GRADES = (
    ("Again", "not recalled: 1 day, and once more today"),
    ("Hard", "recalled with trouble: once more today"),
    ("Good", "recalled"),
    ("Easy", "recalled at once: the ease rises"),
)


class HelpScreen(ModalScreen[None]):
    """The keys of the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,space", "dismiss", "close", key_display="esc"),
    ]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self.below = below

    def compose(self) -> ComposeResult:
        """One line a key."""
        with VerticalScroll(classes="sheet") as sheet:
            sheet.border_title = "Keys"
            yield Static(self._keys())
            yield Static(self._notes())

    def _keys(self) -> Content:
        told: dict[str, list[str]] = {}
        for binding in (*self._bindings_of(self.below), *self._bindings_of(self.app)):
            # Textual's own keys have no tooltip, all of ours do.
            if binding.tooltip:
                told.setdefault(binding.tooltip, []).append(self.app.get_key_display(binding))
        told["All commands, by name"] = ["^p"]
        return Content("\n").join([_line(_keys_text(keys), text) for text, keys in told.items()])

    def _bindings_of(self, node: DOMNode) -> Iterator[Binding]:
        for binding in Binding.make_bindings(node.BINDINGS):
            fits = not binding.action.startswith("press") or binding.key in self._grade_keys
            if fits:
                yield binding

    @property
    def _grade_keys(self) -> set[str]:
        buttons: Sequence[Button] = getattr(self.below, "buttons", ())
        return {button.key for button in buttons}

    def _notes(self) -> Content:
        """What the screen has to say besides its keys: `MORE_HELP`, a heading and lines; else the grades."""
        heading, lines = getattr(self.below, "MORE_HELP", ("", ()))
        if not heading:
            return self._grades()
        return Content("\n").join(
            [Content.styled(f"\n{heading}", "bold"), *(_line(word, told) for word, told in lines)]
        )

    def _grades(self) -> Content:
        heading = Content.styled("\nGrades", "bold")
        lines = [_line(word, told) for word, told in _GRADES]
        note = Content.styled(
            "\n↻ marks a grade after which the card comes round again today, until it gets a Good.",
            "$quiet",
        )
        return Content("\n").join([heading, *lines, note])


def _keys_text(keys: Sequence[str]) -> str:
    keys = list(dict.fromkeys(keys))
    is_run = len(keys) > 2 and all(len(key) == 1 for key in keys)
    return f"{keys[0]} - {keys[-1]}" if is_run else " ".join(keys)


def _line(key: str, told: str) -> Content:
    return Content.assemble((f"{key:<14}", "bold $accent"), told)
