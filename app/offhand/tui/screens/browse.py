"""The library: all cards, searched as one types, and what can be done to one or to many."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from offhand.domain.query import parse
from offhand.study.answering import find_card
from offhand.study.browsing import ids, lines
from offhand.study.desk import Desk
from offhand.study.review import Review
from offhand.tui.card_edits import CardEdits
from offhand.tui.deeds import Deeds
from offhand.tui.screens.browse_keys import KEYS, SEARCH_LINE
from offhand.tui.widgets.cardlist import CardList
from offhand.tui.widgets.foundlist import FoundList
from offhand.tui.widgets.keybar import KeyBar
from offhand.tui.widgets.preview import Preview, pattern_of

_PRACTISED = 50
_BESIDE_FROM, _BELOW_FROM, _HIGH_FROM = 110, 70, 20
_PLACEHOLDER = 'words, "a phrase", section: tag: kind: level: is:due ease<2 lapses>3 due<7'


class BrowseScreen(CardEdits):
    """All cards, or those that a query asks for."""

    MORE_HELP = SEARCH_LINE
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, desk: Desk, query: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.deeds = Deeds(desk)
        self._first_query = query

    def compose(self) -> ComposeResult:
        """The search above, the cards below it, one of them beside or below these."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Library", "bold"), id="section")
            yield Static(id="progress")
        yield Input(self._first_query, _PLACEHOLDER, id="query", select_on_focus=False)
        with Container(id="library"):
            yield FoundList(self.desk, lambda numbers: lines(self.desk, numbers))
            yield Preview()
        yield KeyBar()

    @property
    def listing(self) -> FoundList:
        """The cards that are found."""
        return self.query_one(FoundList)

    @property
    def line(self) -> Input:
        """The search line."""
        return self.query_one(Input)

    def on_mount(self) -> None:
        """Begin with what may be typed."""
        self._fit()
        self.line.cursor_position = len(self.line.value)
        self.line.focus()
        self.listing.ask(self.line.value)

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self.changed()

    def on_resize(self) -> None:
        """Show a card beside the list, below it, or not at all, as there is room."""
        self._fit()
        self.call_after_refresh(self._fill)

    def _fit(self) -> None:
        width, height = self.app.size
        beside = width >= _BESIDE_FROM
        self.set_class(beside, "-beside")
        self.set_class(not beside and (width < _BELOW_FROM or height < _HIGH_FROM), "-alone")

    def _fill(self) -> None:
        self.listing.fit()
        self._preview()

    # What is on screen

    def on_input_changed(self) -> None:
        """Search at every key."""
        self.listing.ask(self.line.value)

    def on_input_submitted(self) -> None:
        """Go on to the cards."""
        self.action_list()

    def on_found_list_listed(self) -> None:
        """Tell what is listed now."""
        self.query_one(Preview).sought = pattern_of(parse(self.line.value, self.desk.today))
        self.set_class(self.listing.is_empty, "-empty")
        if self.listing.is_empty:
            self.line.focus()
        self._show_count()
        self.refresh_bindings()

    def _show_count(self) -> None:
        self.query_one("#progress", Static).update(self.listing.told)

    def on_card_list_moved(self) -> None:
        """Show the card under the cursor when the cursor has come to rest."""
        self.call_after_refresh(self._preview)

    def _preview(self) -> None:
        preview, line = self.query_one(Preview), self.listing.cards.current
        if not preview.display:
            return
        if line is None:
            preview.clear()
            return
        kept = find_card(self.desk, line.id)
        leech_at = self.desk.settings.leech_lapses
        preview.show(kept.card, kept.state, kept.section_title, self.desk.today, leech_at)

    # What the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done; in the search line, only to go to the cards or back."""
        if not self.is_mounted:
            return False
        match action:
            case "leave":
                return True
            case "search":
                return not self.line.has_focus
            case "list":
                return self.line.has_focus and not self.listing.is_empty
            case "undo":
                return self.deeds.can_undo and not self.line.has_focus
            case "take_back":
                return self.deeds.can_undo and self.line.has_focus
        # Nothing is done to a card that only stands there until the search comes back.
        return not (self.line.has_focus or self.listing.is_empty or self.listing.is_behind)

    def on_descendant_focus(self) -> None:
        """The keys are others in the search line than on the cards."""
        self.refresh_bindings()

    def action_search(self) -> None:
        """Go to the search line."""
        self.line.focus()

    def action_list(self) -> None:
        """Go to the cards."""
        if not self.listing.is_empty:
            self.listing.cards.focus()

    def action_mark(self) -> None:
        """Mark the card, or take its mark off."""
        self.listing.cards.toggle_mark()
        self._show_count()

    def action_mark_all(self) -> None:
        """Mark all that are listed, or none."""
        self.listing.cards.toggle_all()
        self._show_count()

    def action_sort(self) -> None:
        """Order by the next figure."""
        self.listing.order_by_next()

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.listing.turn_round()

    def action_history(self) -> None:
        """Show the card's history."""
        from offhand.tui.screens.history import HistoryScreen

        if self.card_here is not None:
            self.app.push_screen(HistoryScreen(self.desk, self.card_here))

    def on_card_list_opened(self) -> None:
        """A second click on a card shows its history."""
        self.action_history()

    def action_take_back(self) -> None:
        """Take the last thing back, also where it left no card in the list."""
        self.action_undo()

    def action_practise(self) -> None:
        """Drill the marked cards, or those from the cursor on; the schedule stays as it is."""
        from offhand.tui.screens.review import ReviewScreen

        cards = self.listing.cards
        chosen = cards.chosen if cards.marks else cards.numbers[cards.cursor :]
        review = Review.practice_of(self.desk, tuple(ids(self.desk, chosen[:_PRACTISED])))
        if review.shown is not None:
            self.app.push_screen(ReviewScreen(self.desk, review))

    def action_scroll(self, lines: int) -> None:
        """Scroll the card that is shown."""
        self.query_one(Preview).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back to where it was opened."""
        self.app.leave(self)

    @property
    def card_here(self) -> str | None:
        """The card under the cursor."""
        line = self.query_one(CardList).current
        return None if line is None else line.id

    @property
    def cards_chosen(self) -> list[str]:
        """The marked cards, or the one under the cursor."""
        return ids(self.desk, self.listing.cards.chosen)

    def changed(self) -> None:
        """Show the cards as they are now; the list follows."""
        self.listing.ask_anew()
        self._preview()
        self.refresh_bindings()
