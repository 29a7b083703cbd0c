"""A card in a form: to be added, or edited in place."""

from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from offhand.domain.card import EVERYTHING, CardKind, Scope
from offhand.domain.text import one_line
from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.editing import (
    ChangedMeanwhile,
    Opened,
    add_card,
    open_card,
    save_card,
)
from offhand.study.entry_edits import Done, undo_edits
from offhand.study.library import decks, find_deck
from offhand.study.typed_card import NEW_KINDS, Field, TypedCard, Unfit, merged
from offhand.study.unsaved import NEW, Unsaved, drop_unsaved, keep_unsaved, unsaved_of
from offhand.tui.app import OffhandApp
from offhand.tui.screens.leave_form import LeaveFormScreen, Leaving
from offhand.tui.widgets.cardfields import CardFields
from offhand.tui.widgets.fields import LineRow, Pick, Row
from offhand.tui.widgets.keybar import KeyBar

_RESTORED = "What you typed last time and did not save is here again. f8 drops it."
_TORN = "It has changed in the file since, too; ^s puts yours in its place, f8 takes the file's."


class CardFormScreen(Screen[Done | None]):
    """A form for one card; the result is the edit that was saved, None where there was none."""

    app = getters.app(OffhandApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", priority=True, tooltip="Write it into the deck's file"),
        # Before the field that has the focus, so that what is typed ahead goes to the next one.
        Binding("tab", "app.focus_next", "next", priority=True, tooltip="To the next field"),
        Binding(
            "shift+tab",
            "app.focus_previous",
            show=False,
            priority=True,
            tooltip="To the field before",
        ),
        Binding("ctrl+t", "kind", "kind", priority=True, tooltip="Term, question, choice or cloze"),
        Binding("f8", "drop", "start over", priority=True, tooltip="Drop what was typed"),
        Binding("f9", "take_back", "take back", priority=True, tooltip="Undo the last card added"),
        Binding(
            "escape",
            "leave",
            "leave",
            key_display="esc",
            tooltip="Leave; asks where all is not saved",
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
        self.torn: list[Field] = []
        shown = self._restored(self.was_kept) if self.was_kept else self.first
        self.card = CardFields(
            shown.typed, card is None, bool(self.opened and self.opened.has_own_level)
        )
        known = decks(desk)
        titles = [one_line(each.title) for each in known]
        self.deck = LineRow(
            Field.DECK, "Deck", shown.deck, "its title, or that of a new one", titles
        )
        deck = find_deck(desk, shown.deck)
        sections = deck.sections if deck else [s for each in known for s in each.sections]
        titles = [*dict.fromkeys(one_line(section.title) for section in sections)]
        self.section = LineRow(Field.SECTION, "Section", shown.section, ", ".join(titles), titles)
        self.added: list[Done] = []
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

    def _restored(self, kept: Unsaved) -> Unsaved:
        """What was typed last time, over what the card has become since."""
        if self.opened is None or kept.was is None or kept.typed.kind != self.first.typed.kind:
            return kept
        typed, self.torn = merged(kept.typed, kept.was, self.first.typed)
        return replace(kept, typed=typed)

    def compose(self) -> ComposeResult:
        """Where it belongs, its texts, and what it has besides."""
        with Horizontal(id="top"):
            title = "New card" if self.opened is None else "Edit card"
            yield Static(Content.styled(title, "bold"), id="section")
            yield Static(id="progress")
        with VerticalScroll(id="form", can_focus=False):
            if self.opened is None:
                yield self.card.kinds
                yield self.deck
            yield self.section
            yield from self.card.own()
            if self.opened is not None and self.opened.siblings > 1:
                told = f"For all {self.opened.siblings} cards of its entry"
                yield Static(Content.styled(told, "$quiet"), id="siblings")
            yield from self.card.shared()
        yield Static(id="outcome")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin where something is missing."""
        self._show_kind()
        self._row(self._begin()).filled_in.focus()
        if self.was_kept is not None:
            self._tell(_RESTORED)
        self._blame(self.torn, _TORN)

    def _begin(self) -> Field:
        if self.opened is None and not self.first.section:
            return Field.SECTION if self.first.deck else Field.DECK
        kind = self.opened.part.kind if self.opened else None
        return Field.REVERSE if kind is CardKind.REVERSE else Field.PROMPT

    # What is typed

    @property
    def now(self) -> Unsaved:
        """What the form holds."""
        deck = self.deck.line.value if self.opened is None else self.first.deck
        was = None if self.opened is None else self.first.typed
        return Unsaved(self.card.typed, deck, self.section.line.value, was)

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed that is not saved."""
        now = self.now
        if self.opened is None:
            return not now.typed.is_empty
        return (now.typed, now.section) != (self.first.typed, self.first.section)

    def _fill(self, unsaved: Unsaved) -> None:
        """Put texts into the fields."""
        self.card.fill(unsaved.typed)
        self.section.line.value = unsaved.section
        self._show_kind()

    # What is on screen

    def _show_kind(self) -> None:
        """Name the fields that a card of this kind has, and leave out the others."""
        self.card.show()
        kind = self.card.kind
        told = "" if self.opened is None else f"{kind} · its history stays"
        self.query_one("#progress", Static).update(Content.styled(told, "$quiet"))
        self.refresh_bindings()

    def _tell(self, text: str, style: str = "$quiet") -> None:
        self.query_one("#outcome", Static).update(Content.styled(one_line(text), style))

    def _row(self, field: Field) -> Row:
        return {Field.DECK: self.deck, Field.SECTION: self.section}.get(field) or self.card.row(
            field
        )

    def _blame(self, fields: list[Field], why: str) -> None:
        """Say at some fields what is wrong there, and go to the first."""
        for field in fields:
            self._row(field).blame(why)
        if fields:
            self._row(fields[0]).filled_in.focus()

    def _absolve(self) -> None:
        for row in self.query(Row):
            row.blame("")
        self._tell("")

    def on_pick_picked(self, event: Pick.Picked) -> None:
        """Follow the kind and the ways that are chosen."""
        self.card.picked(event.pick)
        self._show_kind()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep a text that has grown in sight."""
        if event.text_area.has_focus:
            self.call_after_refresh(event.text_area.scroll_visible, animate=False)

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.focus_next()

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
        self.card.kind = NEW_KINDS[(NEW_KINDS.index(self.card.kind) + 1) % len(NEW_KINDS)]
        self._show_kind()

    def action_save(self) -> None:
        """Write the card; what keeps it from being one is told, and the form stays."""
        now = self.now
        self._absolve()
        try:
            if self.opened is None:
                self._add(now)
            else:
                self._leave_with(save_card(self.desk, self.opened, now.typed, now.section))
        except ChangedMeanwhile as error:
            self.opened = error.opened
            self.first = self._first(EVERYTHING)
            self._fill(replace(now, typed=error.typed))
            self._blame(error.fields, _TORN)
        except Unfit as error:
            self._blame([error.field], error.title)
        except OffhandError as error:
            parts = (error.title, error.message, error.mend)
            self._tell(" ".join(part for part in parts if part), "$error")

    def _add(self, now: Unsaved) -> None:
        done = add_card(self.desk, now.typed, now.deck, now.section)
        self.added.append(done)
        drop_unsaved(self.desk, self.kept_as)
        cards = ", ".join(done.cards)
        self._tell(" ".join([*done.made, f"Added: {cards}."]), "$success")
        self._fill(replace(now, typed=TypedCard(now.typed.kind, tags=now.typed.tags)))
        self._row(Field.PROMPT).filled_in.focus()

    def action_take_back(self) -> None:
        """Undo the last card that was added here."""
        undo_edits(self.desk, self.added[-1])
        done = self.added.pop()
        self._tell(f"Taken back: {', '.join(done.cards)}.")
        self.refresh_bindings()

    def action_drop(self) -> None:
        """Drop what was typed: the card as it was, or an empty form."""
        drop_unsaved(self.desk, self.kept_as)
        self._absolve()
        self._fill(self.first)

    def action_leave(self) -> None:
        """Leave; where something is not saved, ask what is to become of it."""
        if self.is_changed:
            self.app.push_screen(LeaveFormScreen(), self._leave)
            return
        drop_unsaved(self.desk, self.kept_as)
        self._leave_with(None)

    def _leave(self, leaving: Leaving | None) -> None:
        match leaving:
            case Leaving.SAVE:
                self.action_save()
                # A form for new cards stays open for the next one.
                if self.opened is None and not self.is_changed:
                    self._leave_with(None)
            case Leaving.KEEP:
                if self.app.went_well(self._keep):
                    self.notify("What you typed is kept: the form has it next time.", timeout=4)
                    self._leave_with(None)
            case Leaving.DROP:
                drop_unsaved(self.desk, self.kept_as)
                self._leave_with(None)

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
        self.dismiss(done or (self.added[-1] if self.added else None))

    def on_unmount(self) -> None:
        """Keep what was typed also when Offhand is left from here."""
        if not self.is_left and self.is_changed:
            with suppress(OffhandError):
                self._keep()
