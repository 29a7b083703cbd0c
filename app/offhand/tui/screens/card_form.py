"""A card in a form: to be added, or edited in place."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.text import one_line
from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.editing import Done, Opened, add_card, open_card, save_card, undo_edits
from offhand.study.library import decks, find_deck
from offhand.study.typed_card import LABELS, NEW_KINDS, Field, TypedCard, tags_of
from offhand.study.unsaved import NEW, Unsaved, drop_unsaved, keep_unsaved, unsaved_of
from offhand.tui.app import OffhandApp
from offhand.tui.widgets.fields import AreaField, LineField
from offhand.tui.widgets.keybar import KeyBar

_RESTORED = "What you typed last time and did not save is here again. f8 drops it."


class CardFormScreen(Screen[Done | None]):
    """A form for one card; the result is the edit that was saved, None where there was none."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", priority=True, tooltip="Write it into the deck's file"),
        # Before the field that has the focus, so that what is typed ahead goes to the next one.
        Binding("tab", "app.focus_next", "next field", priority=True, tooltip="To the next field"),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("ctrl+t", "kind", "other kind", priority=True, tooltip="Term, question, or cloze"),
        Binding("f8", "drop", "start over", priority=True, tooltip="Drop what was typed"),
        Binding("f9", "take_back", "take back", priority=True, tooltip="Undo the last card added"),
        Binding(
            "escape", "leave", "leave", key_display="esc", tooltip="Leave; what is typed is kept"
        ),
        Binding("f1", "help", "help", tooltip="What every key does"),
        # In a field it is a letter.
        Binding("question_mark", "help", show=False),
    ]

    def __init__(self, desk: Desk, card: str | None = None, scope: Scope = EVERYTHING) -> None:
        """A form for a card, or for a new one in a scope. Raises OffhandError where it cannot be edited."""
        super().__init__()
        self.desk = desk
        self.opened: Opened | None = None if card is None else open_card(desk, card)
        self.kept_as = card or NEW
        self.first = self._first(scope)
        self.was_kept = unsaved_of(desk, self.kept_as)
        self.kind = (self.was_kept or self.first).typed.kind
        self.added: list[Done] = []
        # They are asked also when they are taken off the screen.
        self.areas: list[TextArea] = []
        self.lines: list[Input] = []
        self.is_left = False

    def _first(self, scope: Scope) -> Unsaved:
        """What the form holds before anything is typed."""
        if self.opened is not None:
            return Unsaved(self.opened.typed, self.opened.deck, self.opened.section)
        known = decks(self.desk, scope) or decks(self.desk)
        if not known:
            return Unsaved(TypedCard(), "", "")
        deck = known[0]
        section = deck.sections[0].title if len(deck.sections) == 1 else ""
        return Unsaved(TypedCard(), deck.title, section)

    def compose(self) -> ComposeResult:
        """Where it belongs, its texts, and what it has besides."""
        shown = self.was_kept or self.first
        with Horizontal(id="top"):
            title = "New card" if self.opened is None else "Edit card"
            yield Static(Content.styled(title, "bold"), id="section")
            yield Static(id="progress")
        with VerticalScroll(id="form", can_focus=False):
            yield from self._fields(shown)
        yield Static(id="outcome")
        yield KeyBar()

    def _fields(self, shown: Unsaved) -> Iterator[Widget]:
        known = decks(self.desk)
        deck = find_deck(self.desk, shown.deck)
        if self.opened is None:
            titles = tuple(one_line(each.title) for each in known)
            yield LineField(
                "deck", "Deck", shown.deck, "the title of a deck, or of a new one", titles
            )
        sections = deck.sections if deck else [s for each in known for s in each.sections]
        titles = tuple(dict.fromkeys(one_line(section.title) for section in sections))
        hint = ", ".join(titles)
        yield LineField("place", "Section", shown.section, hint, titles)
        typed = shown.typed
        for field in Field:
            yield AreaField(_id(field), "", getattr(typed, field))
        yield LineField("tags", "Tags", ", ".join(typed.tags), "with commas between")
        yield AreaField("extra", "Extra", typed.extra)

    def on_mount(self) -> None:
        """Begin where something is missing."""
        self.areas, self.lines = list(self.query(TextArea)), list(self.query(Input))
        self._show_kind()
        begin = _id(Field.PROMPT)
        if self.opened is None and not self.first.section:
            begin = "place" if self.first.deck else "deck"
        self.query_one(f"#{begin}").focus()
        if self.was_kept is not None:
            self._tell(_RESTORED)

    # What is typed

    @property
    def now(self) -> Unsaved:
        """What the form holds."""
        texts = {area.id: area.text for area in self.areas}
        lines = {line.id: line.value for line in self.lines}
        has = LABELS[self.kind]
        typed = TypedCard(
            self.kind,
            **{field.value: texts[_id(field)] if field in has else "" for field in Field},
            tags=tags_of(lines["tags"]),
            extra=texts["extra"],
        )
        return Unsaved(typed, lines.get("deck", self.first.deck), lines["place"])

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed that is not saved."""
        now = self.now
        if self.opened is None:
            return not now.typed.is_empty
        return now != self.first

    def _fill(self, unsaved: Unsaved) -> None:
        """Put texts into the fields."""
        self.kind = unsaved.typed.kind
        for field in Field:
            self.query_one(f"#{_id(field)}", TextArea).text = getattr(unsaved.typed, field)
        self.query_one("#extra", TextArea).text = unsaved.typed.extra
        self.query_one("#tags", Input).value = ", ".join(unsaved.typed.tags)
        self.query_one("#place", Input).value = unsaved.section
        self._show_kind()

    # What is on screen

    def _show_kind(self) -> None:
        """Name the fields that a card of this kind has, and leave out the others."""
        for field in Field:
            row = self.query_one(f"#{_id(field)}-field", AreaField)
            row.display = field in LABELS[self.kind]
            row.call(LABELS[self.kind].get(field, ""))
        told = str(self.kind) if self.opened is None else f"{self.kind} · its history stays"
        self.query_one("#progress", Static).update(Content.styled(told, "$quiet"))
        self.refresh_bindings()

    def _tell(self, text: str, style: str = "$quiet") -> None:
        self.query_one("#outcome", Static).update(Content.styled(one_line(text), style))

    # What the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        match action:
            case "kind":
                return self.opened is None
            case "take_back":
                return bool(self.added)
        return True

    def action_help(self) -> None:
        """Show what every key does."""
        self.app.action_help()

    def action_kind(self) -> None:
        """Let the new card be of the next kind."""
        self.kind = NEW_KINDS[(NEW_KINDS.index(self.kind) + 1) % len(NEW_KINDS)]
        self._show_kind()

    def action_save(self) -> None:
        """Write the card; what keeps it from being one is told, and the form stays."""
        now = self.now
        try:
            if self.opened is None:
                self._add(now)
            else:
                done = save_card(self.desk, self.opened, now.typed, one_line(now.section))
                self._leave_with(done)
        except OffhandError as error:
            parts = (error.title, error.message, error.mend)
            self._tell(" ".join(part for part in parts if part), "$error")

    def _add(self, now: Unsaved) -> None:
        done = add_card(self.desk, now.typed, now.deck, now.section)
        self.added.append(done)
        drop_unsaved(self.desk, self.kept_as)
        cards = ", ".join(done.cards)
        self._tell(" ".join([*done.made, f"Added: {cards}."]), "$success")
        self._fill(replace(now, typed=TypedCard(self.kind, tags=now.typed.tags)))
        self.query_one(f"#{_id(Field.PROMPT)}").focus()

    def action_take_back(self) -> None:
        """Undo the last card that was added here."""
        undo_edits(self.desk, self.added[-1])
        done = self.added.pop()
        self._tell(f"Taken back: {', '.join(done.cards)}.")
        self.refresh_bindings()

    def action_drop(self) -> None:
        """Drop what was typed: the card as it was, or an empty form."""
        drop_unsaved(self.desk, self.kept_as)
        self._fill(self.first)
        self._tell("")

    def action_leave(self) -> None:
        """Leave; what was typed and not saved is kept for the next time."""
        if self.is_changed:
            self._keep()
            self.notify("What you typed is kept: the form has it again next time.", timeout=4)
        else:
            drop_unsaved(self.desk, self.kept_as)
        self._leave_with(self.added[-1] if self.added else None)

    def _keep(self) -> None:
        try:
            keep_unsaved(self.desk, self.kept_as, self.now)
        except OSError as error:
            path = self.desk.paths.unsaved
            raise OffhandError(
                "What you typed cannot be kept.",
                f"{path}: {error.strerror or error}.",
                "Save it, or copy it.",
            ) from None

    def _leave_with(self, done: Done | None) -> None:
        self.is_left = True
        if self.opened is not None and done is not None:
            drop_unsaved(self.desk, self.kept_as)
        self.dismiss(done)

    def on_unmount(self) -> None:
        """Keep what was typed also when Offhand is left from here."""
        if not self.is_left and self.areas and self.is_changed:
            with suppress(OffhandError):
                self._keep()


def _id(field: Field) -> str:
    return f"typed-{field}"
