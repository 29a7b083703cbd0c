"""Importing, the first step: which file or folder."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from offhand.domain.text import visible
from offhand.study.desk import Desk
from offhand.study.imports.source import Asked
from offhand.study.imports.undo import last_import, undo_import
from offhand.study.imports.words import undone_told
from offhand.tui.app import OffhandApp
from offhand.tui.typed_path import completed, continuations, typed_path
from offhand.tui.widgets.keybar import KeyBar

_WHAT = (
    "An Anki package (.apkg, .colpkg), a table (.csv, .tsv), Markdown notes or a folder of them, "
    "an outline, a Mnemosyne or Mochi package, hascard, Q:/A: text, or an Offhand deck. "
    "What it is, is seen from what is in it; nothing is written before you have seen what would be."
)


class ImportScreen(Screen[None]):
    """A line for a path, with what it may go on with."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", "look", priority=True, tooltip="Show what an import would do"),
        Binding("tab", "complete", "complete", priority=True, tooltip="Go on with the path"),
        Binding("ctrl+z", "undo", "undo the last import", tooltip="Take the newest import back"),
        Binding("escape", "leave", "back", key_display="esc", tooltip="Back; nothing is imported"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """The line, and what there is."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Import", "bold"), id="section")
            yield Static(id="progress")
        with Vertical(classes="page"):
            with Vertical(id="fields"), Horizontal(classes="field"):
                yield Static("File or folder")
                yield Input(placeholder="~/Downloads/…", id="path")
            yield Static(id="files")
            yield Static(Content.styled(_WHAT, "$quiet"))
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the line."""
        self.query_one(Input).focus()
        self.show()

    def on_screen_resume(self) -> None:
        """There may be something to take back now, or nothing any more."""
        self.refresh_bindings()

    def on_input_changed(self) -> None:
        """Show how the path may go on."""
        self.show()

    def on_resize(self) -> None:
        """Fit the names to the screen."""
        self.show()

    def show(self) -> None:
        """Draw the names that the path may go on with."""
        text = self.query_one(Input).value
        names = continuations(text) if text else []
        room = max(self.size.height - 14, 2)
        lines = [
            Content(visible(name)).truncate(max(self.size.width - 4, 10), ellipsis=True)
            for name in names[:room]
        ]
        if len(names) > room:
            lines.append(Content.styled(f"and {len(names) - room} more", "$quiet"))
        self.query_one("#files", Static).update(Content("\n").join(lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what was imported can be taken back."""
        return last_import(self.desk) is not None if action == "undo" else True

    def action_complete(self) -> None:
        """Go on with the path as far as there is only one way."""
        # After what was typed before, which may still be on its way to the line.
        self.query_one(Input).call_later(self._complete)

    def _complete(self) -> None:
        line = self.query_one(Input)
        line.value = completed(line.value)
        line.cursor_position = len(line.value)

    def action_look(self) -> None:
        """Show what an import would do."""
        self.query_one(Input).call_later(self._look)

    def _look(self) -> None:
        from offhand.tui.screens.import_preview import ImportPreviewScreen

        text = self.query_one(Input).value
        if text.strip():
            asked = Asked((typed_path(text),))
            self.app.push_screen(ImportPreviewScreen(self.desk, asked), self._looked)
        else:
            self.notify("Type or paste a path first.", timeout=4)

    def _looked(self, imported: bool | None) -> None:
        if imported:
            self.app.leave(self)

    def action_undo(self) -> None:
        """Take the newest import back."""
        undone = undo_import(self.desk)
        self.app.tell_notices()
        self.notify("\n".join(undone_told(undone)))
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)
