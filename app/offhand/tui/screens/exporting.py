"""Exporting from the app: which file, in which format, and how far it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from offhand.domain.card import Scope
from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.exporting import Exported, Wanted, export, exported_sentence
from offhand.study.imports.source import Progress
from offhand.tui.app import OffhandApp
from offhand.tui.background import in_background
from offhand.tui.import_text import work_text
from offhand.tui.screens.sure import SureScreen
from offhand.tui.typed_path import completed, typed_path
from offhand.tui.widgets.keybar import KeyBar


@dataclass(frozen=True, slots=True)
class _Choice:
    """A line to choose: a format by its ending, and what is said of it."""

    ending: str
    title: str
    told: str
    history: bool = False


_CHOICES = (
    _Choice(".apkg", "Anki", "notes, tags and images; every card new"),
    _Choice(".apkg", "Anki, with history", "and schedule, flags, review log", history=True),
    _Choice(".yaml", "YAML", "one deck, as Offhand keeps it"),
    _Choice(".csv", "Table", "a row a card, for spreadsheets"),
    _Choice(".md", "Markdown", "a page to read"),
    _Choice(".json", "JSON", "everything, with every event of the log"),
)
_TITLE = 20


class ExportScreen(Screen[None]):
    """A line for the file, and the formats to choose from."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "export", priority=True, tooltip="Write the file"),
        Binding("down", "choose(1)", "format", priority=True, tooltip="The next format"),
        Binding("up", "choose(-1)", "format", priority=True, show=False, tooltip="The one before"),
        Binding("tab", "complete", "complete", priority=True, tooltip="Go on with the path"),
        Binding("escape", "stop", "back", key_display="esc", tooltip="Back, or stop what is done"),
    ]

    def __init__(self, desk: Desk, scope: Scope, what: str) -> None:
        super().__init__()
        self.desk = desk
        self.scope = scope
        self.what = what
        self.chosen = 0
        self.working = False
        self._told = ("", 0, 0)

    def compose(self) -> ComposeResult:
        """The line, the formats below, and how far it is."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Export", "bold"), id="section")
            yield Static(Content.styled(self.what, "$quiet"), id="progress")
        with Vertical(classes="page"):
            with Vertical(id="fields"), Horizontal(classes="field"):
                yield Static("File")
                yield Input(f"~/{self._stem}{_CHOICES[0].ending}", id="path")
            yield Static(id="formats")
            yield Static(id="work")
        yield KeyBar()

    @property
    def _stem(self) -> str:
        return self.scope.section or self.scope.deck or "offhand"

    def on_mount(self) -> None:
        """Begin with the line."""
        self.query_one(Input).focus()
        self.set_interval(0.1, self._show_work)
        self.show()

    def on_input_changed(self) -> None:
        """Another ending is another format."""
        ending = Path(self.query_one(Input).value).suffix.lower()
        if ending != _CHOICES[self.chosen].ending:
            found = [at for at, choice in enumerate(_CHOICES) if choice.ending == ending]
            self.chosen = found[0] if found else self.chosen
        self.show()

    def show(self) -> None:
        """Draw the formats."""
        lines = []
        for at, choice in enumerate(_CHOICES):
            marked = at == self.chosen
            sign = "▸ " if marked else "  "
            title = Content.styled(f"{sign}{choice.title:<{_TITLE}}", "$accent" if marked else "")
            line = title + Content.styled(choice.told, "$quiet")
            lines.append(line.truncate(max(self.size.width - 4, 10), ellipsis=True))
        self.query_one("#formats", Static).update(Content("\n").join(lines))

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self.show()

    def _show_work(self) -> None:
        if self.working:
            self.query_one("#work", Static).update(work_text(*self._told))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is written it can only be stopped."""
        return action == "stop" if self.working else True

    def action_choose(self, by: int) -> None:
        """Take another format, and give the file its ending."""
        self.chosen = (self.chosen + by) % len(_CHOICES)
        line = self.query_one(Input)
        path = line.value
        ending = Path(path).suffix
        if ending.lower() in {choice.ending for choice in _CHOICES}:
            path = path[: -len(ending)]
        line.value = path + _CHOICES[self.chosen].ending
        line.cursor_position = len(line.value)
        self.show()

    def action_complete(self) -> None:
        """Go on with the path as far as there is only one way."""
        # After what was typed before, which may still be on its way to the line.
        self.query_one(Input).call_later(self._complete)

    def _complete(self) -> None:
        line = self.query_one(Input)
        line.value = completed(line.value)
        line.cursor_position = len(line.value)

    def action_export(self) -> None:
        """Write the file; ask first where one is there."""
        self.query_one(Input).call_later(self._export)

    def _export(self) -> None:
        path = typed_path(self.query_one(Input).value)
        if path.is_file():
            told = f"{path} is there already."
            self.app.push_screen(SureScreen("Write over it?", told), self._sure)
        else:
            self._begin(force=False)

    def _sure(self, sure: bool | None) -> None:
        if sure:
            self._begin(force=True)

    def _begin(self, *, force: bool) -> None:
        choice = _CHOICES[self.chosen]
        path = typed_path(self.query_one(Input).value)
        wanted = Wanted(path, self.scope, history=choice.history, force=force)

        def do(desk: Desk, told: Progress) -> Exported:
            return export(desk, wanted, lambda done, of: told(f"Writing {path.name}", done, of))

        self.working = True
        self._told = ("", 0, 0)
        in_background(
            self,
            self.desk,
            do,
            heard=self._heard,
            then=self._done,
            failed=self._failed,
            stopped=self._stopped,
        )
        self.query_one(Input).disabled = True
        self.refresh_bindings()

    def _heard(self, what: str, done: int, of: int) -> None:
        self._told = (what, done, of)

    def _done(self, done: Exported) -> None:
        self.notify("\n".join([exported_sentence(done), *done.told]))
        self.app.leave(self)

    def _failed(self, error: OffhandError) -> None:
        self.app.tell(error)
        self._rest()

    def _stopped(self) -> None:
        self.notify("Stopped: nothing was exported.", timeout=4)
        self._rest()

    def _rest(self) -> None:
        self.working = False
        self.query_one("#work", Static).update("")
        line = self.query_one(Input)
        line.disabled = False
        line.focus()
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stop what is being written, or go back."""
        if self.working:
            self.workers.cancel_node(self)
        else:
            self.app.leave(self)
