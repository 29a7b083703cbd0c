"""Importing: what it would do, doing it in the background, and what it did."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import ClassVar, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.imports.importing import Done, carry_out
from offhand.study.imports.plan import Take
from offhand.study.imports.preview import Preview, preview
from offhand.study.imports.source import Asked, Progress
from offhand.study.imports.undo import undo_import
from offhand.study.imports.words import undone_told
from offhand.tui.app import OffhandApp
from offhand.tui.background import in_background
from offhand.tui.import_text import Row, done_text, row_text, rows_of, work_text
from offhand.tui.widgets.keybar import KeyBar

_Result = TypeVar("_Result")
_NEXT_TAKE = {None: Take.SOURCE, Take.SOURCE: Take.MINE, Take.MINE: None}


class _Phase(Enum):
    LOOKING = "looking"
    SEEN = "seen"
    WORKING = "working"
    STOPPING = "stopping"
    DONE = "done"


_BUSY = (_Phase.LOOKING, _Phase.WORKING, _Phase.STOPPING)


class ImportPreviewScreen(Screen[bool]):
    """What an import would do; Enter does it. The result is whether anything was imported."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "import", "import", priority=True, tooltip="Do it, as one step"),
        Binding("h", "history", "history", tooltip="With answers and schedules, or without"),
        Binding("s", "skip", "skip bad", tooltip="Take the rest where cards cannot be read"),
        Binding(
            "t",
            "take",
            "settle conflicts",
            tooltip="Whose text stands: the source's, mine, or mine for now",
        ),
        Binding("u", "undo", "undo", tooltip="Take the import back"),
        Binding(
            "escape", "stop", "stop", key_display="esc", tooltip="Stop; nothing is left behind"
        ),
        Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
        Binding("j", "down", "down", show=False, tooltip="Next line"),
        Binding("k", "up", "up", show=False, tooltip="Line before"),
    ]

    def __init__(self, desk: Desk, asked: Asked) -> None:
        super().__init__()
        self.desk = desk
        self.asked = asked
        self.phase = _Phase.LOOKING
        self.planned: Preview | None = None
        self.done: Done | None = None
        self.rows: list[Row] = []
        self._told = ("", 0, 0)

    def compose(self) -> ComposeResult:
        """The counts above, what the marked line counts below."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Import", "bold"), id="section")
            yield Static(id="progress")
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(id="work")
            yield OptionList(id="bars", markup=False)
            yield Static(id="entries")
        yield KeyBar()

    def on_mount(self) -> None:
        """Look at once."""
        self.set_interval(0.1, self._show_work)
        self.look()

    def look(self) -> None:
        """See what an import would do."""
        asked = self.asked
        self._begin(_Phase.LOOKING, lambda desk, told: preview(desk, asked, told), self._seen)

    def _begin(
        self,
        phase: _Phase,
        do: Callable[[Desk, Progress], _Result],
        then: Callable[[_Result], None],
    ) -> None:
        """Do something in the background, on a desk of its own."""
        self.phase = phase
        self._told = ("", 0, 0)
        in_background(
            self,
            self.desk,
            do,
            heard=self._heard,
            then=then,
            failed=self._failed,
            stopped=self._stopped,
        )
        self.show()

    def _heard(self, what: str, done: int, of: int) -> None:
        self._told = (what, done, of)

    def _seen(self, planned: Preview) -> None:
        self.planned, self.phase = planned, _Phase.SEEN
        self.app.tell_notices()
        self.show()
        self.query_one(OptionList).focus()

    def _failed(self, error: OffhandError) -> None:
        self.app.tell(error)
        if self.phase is _Phase.LOOKING:
            self._leave()
        else:
            self.phase = _Phase.SEEN
            self.show()

    def _stopped(self) -> None:
        if self.phase is _Phase.STOPPING:
            self.phase = _Phase.SEEN
            self.notify("Stopped: nothing was imported.", timeout=4)
            self.show()

    def _finished(self, done: Done) -> None:
        self.done, self.phase = done, _Phase.DONE
        self.app.tell_notices()
        self.show()

    def show(self) -> None:
        """Draw what is known."""
        files = ", ".join(path.name for path in self.asked.paths)
        self.query_one("#section", Static).update(Content.styled(f"Import {files}", "bold"))
        planned = self.planned
        formats = ", ".join(planned.formats) if planned else ""
        if self.asked.history:
            formats = f"{formats}, with history".lstrip(", ")
        self.query_one("#progress", Static).update(Content.styled(formats, "$quiet"))
        seen = self.phase is _Phase.SEEN and planned is not None
        bars = self.query_one(OptionList)
        bars.display = seen
        self.query_one("#work").display = self.phase in _BUSY
        if seen and planned is not None:
            self.rows = rows_of(planned)
            at = bars.highlighted or 0
            width = self.size.width - 5
            bars.set_options([Option(row_text(row, width)) for row in self.rows])
            bars.highlighted = min(at, len(self.rows) - 1)
            self._show_entries()
        elif self.done is not None and self.phase is _Phase.DONE:
            self.query_one("#entries", Static).update(done_text(self.done))
        else:
            self.query_one("#entries", Static).update("")
        self.refresh_bindings()

    def _show_work(self) -> None:
        if self.phase in _BUSY:
            told = ("Stopping", 0, 0) if self.phase is _Phase.STOPPING else self._told
            self.query_one("#work", Static).update(work_text(*told))

    def _show_entries(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self.rows):
            self.query_one("#entries", Static).update(self.rows[at].told(self.size.width - 6))

    def on_option_list_option_highlighted(self) -> None:
        """Show what the marked line counts."""
        self._show_entries()

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        planned = self.planned
        seen = self.phase is _Phase.SEEN and planned is not None
        match action:
            case "import":
                return seen and planned is not None and not (planned.idle or planned.refused)
            case "history":
                return seen
            case "skip":
                return seen and planned is not None and bool(planned.faults)
            case "take":
                return seen and planned is not None and planned.has_conflicts
            case "undo":
                return self.phase is _Phase.DONE and bool(self.done and self.done.id)
            case "stop":
                return self.phase in (_Phase.LOOKING, _Phase.WORKING)
            case "leave":
                return self.phase in (_Phase.SEEN, _Phase.DONE)
        return True

    def action_import(self) -> None:
        """Do it."""
        if (planned := self.planned) is not None:
            self._begin(
                _Phase.WORKING, lambda desk, told: carry_out(desk, planned, told), self._finished
            )

    def action_history(self) -> None:
        """Look again, with the past of the cards or without."""
        self.asked = replace(self.asked, history=not self.asked.history)
        self.look()

    def action_skip(self) -> None:
        """Look again, with bad cards left out or not."""
        self.asked = replace(self.asked, skip_bad=not self.asked.skip_bad)
        self.look()

    def action_take(self) -> None:
        """Look again, with conflicts settled otherwise."""
        self.asked = replace(self.asked, take=_NEXT_TAKE[self.asked.take])
        self.look()

    def action_stop(self) -> None:
        """Stop what is being done."""
        self.workers.cancel_node(self)
        if self.phase is _Phase.WORKING:
            # What was written until now has to be taken away first.
            self.phase = _Phase.STOPPING
            self.show()
        else:
            self._leave()

    def action_undo(self) -> None:
        """Take the import back."""
        undone = undo_import(self.desk)
        self.app.tell_notices()
        self.notify("\n".join(undone_told(undone)))
        self._leave()

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self._leave()

    def _leave(self) -> None:
        self.dismiss(self.phase is _Phase.DONE)

    def action_down(self) -> None:
        """Mark the next line."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Mark the line before."""
        self.query_one(OptionList).action_cursor_up()
