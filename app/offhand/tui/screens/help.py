"""What every key of a screen does, taken from the same bindings as the bottom line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

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
            yield Static(self._grades())

    def _keys(self) -> Content:
        actions: dict[str, tuple[list[str], str]] = {}
        for active in self.below.active_bindings.values():
            # Textual's own keys have no tooltip, all of ours do.
            binding = active.binding
            if not binding.tooltip:
                continue
            keys, _ = actions.setdefault(binding.action, ([], binding.tooltip))
            keys.append(self.app.get_key_display(binding))
        grades = [keys[0] for action, (keys, _) in actions.items() if action.startswith("press")]
        lines = [
            _line(" ".join(keys[:2]), told)
            for action, (keys, told) in actions.items()
            if not action.startswith("press")
        ]
        if grades:
            lines.insert(1, _line(f"{min(grades)} - {max(grades)}", "Grade the answer"))
        return Content("\n").join(lines)

    def _grades(self) -> Content:
        heading = Content.styled("\nGrades", "bold")
        lines = [_line(word, told) for word, told in _GRADES]
        note = Content.styled(
            "\n↻ marks a grade after which the card comes round again today, until it gets a Good.",
            "$quiet",
        )
        return Content("\n").join([heading, *lines, note])


def _line(key: str, told: str) -> Content:
    return Content.assemble((f"{key:<14}", "bold $accent"), told)
