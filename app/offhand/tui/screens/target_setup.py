"""Setting a date to be ready by: its name, the day, the minutes of a day, and the sections."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from offhand.domain.card import Scope
from offhand.domain.day import day_named
from offhand.domain.text import one_line
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.sentences import counted
from offhand.study.targets.target import Added, read_date, read_minutes, set_target
from offhand.study.targets.words import day_name
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.keybar import KeyBar

_FIELDS = {
    "name": ("For what", "Acme on-site"),
    "on": ("When", "2026-12-10, +21, fri"),
    "minutes": ("Minutes a day", "no limit"),
}


class TargetSetupScreen(Screen[Added | None]):
    """What the next target is to be; the result is what was set."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "set", "set it", priority=True, tooltip="Set the target"),
        Binding("tab", "app.focus_next", "next", tooltip="To the next field"),
        Binding("space", "mark", "mark", priority=True, tooltip="Mark a section; none means all"),
        Binding("escape", "leave", "back", key_display="esc", tooltip="Back; nothing is set"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """The lines to fill in, the sections below."""
        with Horizontal(id="top"):
            yield Static(Content.styled("A date to be ready by", "bold"), id="section")
            yield Static(Content.styled(day_name(self.desk.today), "$quiet"), id="progress")
        with Vertical(classes="page"):
            with Vertical(id="fields"):
                for name, (label, hint) in _FIELDS.items():
                    with Horizontal(classes="field"):
                        yield Static(label)
                        yield Input(placeholder=hint, id=name)
            yield Static(id="told")
            yield SelectionList[Scope](*self._selections(), id="scopes")
        yield KeyBar()

    def _selections(self) -> list[Selection[Scope]]:
        listed = decks(self.desk)
        named = len(listed) > 1
        return [
            Selection(
                Content(f"{one_line(deck.title)}: " if named else "") + Content(one_line(s.title)),
                Scope(deck.id, s.id),
            )
            for deck in listed
            for s in deck.sections
        ]

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name", Input).focus()
        self.show()

    def on_input_changed(self) -> None:
        """Tell what the day means."""
        self.show()

    def on_selection_list_selected_changed(self) -> None:
        """Tell what was marked."""
        self.show()

    def on_descendant_focus(self) -> None:
        """A key may mean something in one field alone."""
        self.refresh_bindings()

    @property
    def scopes(self) -> list[Scope]:
        """What is marked; nothing stands for everything."""
        marked: list[Scope] = self.query_one(SelectionList).selected
        return marked

    def show(self) -> None:
        """Say what was understood."""
        marked, today = len(self.scopes), self.desk.today
        parts = [counted(marked, "section") if marked else "all sections"]
        if (day := day_named(self._typed("on"), today)) is not None:
            away = f", in {counted((day - today).days, 'day')}" if day > today else ""
            parts.insert(0, day_name(day) + away)
        self.query_one("#told", Static).update(Content.styled(" · ".join(parts), "$quiet"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sections are marked in their list alone: in a line, a space is a space."""
        if action == "mark":
            return isinstance(self.focused, SelectionList)
        return True

    def action_mark(self) -> None:
        """Mark the section under the cursor, or take its mark off."""
        self.query_one(SelectionList).action_select()

    def action_set(self) -> None:
        """Set the target; what cannot be is told, and the screen stays."""
        today = self.desk.today
        on = read_date(self._typed("on"), today)
        minutes = read_minutes(self._typed("minutes"))
        self.dismiss(set_target(self.desk, self._typed("name"), on, self.scopes, minutes))

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value
