"""The library: all cards, searched as one types, and what can be done to one or to many."""

from asyncio import sleep
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from offhand.domain.listing import Sort
from offhand.domain.query import parse
from offhand.errors import OffhandError
from offhand.study.answering import find_card
from offhand.study.browsing import ids, lines
from offhand.study.desk import Desk
from offhand.study.finding import Found
from offhand.study.review import Review
from offhand.tui.card_edits import CardEdits
from offhand.tui.deeds import Deeds
from offhand.tui.list_text import Columns, count_text, heading_text
from offhand.tui.screens.browse_keys import KEYS, SEARCH_LINE
from offhand.tui.searching import Searcher
from offhand.tui.widgets.cardlist import CardList
from offhand.tui.widgets.keybar import KeyBar
from offhand.tui.widgets.preview import Preview, pattern_of

AT_FIRST = 2_000
"""Cards that are listed at once where many more are found; the rest follows when it is known."""
_RESTED = 0.15
"""Seconds without a key after which the rest is looked for."""
_PRACTISED = 50
_BESIDE_FROM, _BELOW_FROM, _HIGH_FROM = 110, 70, 20
_PLACEHOLDER = 'words, "a phrase", section: tag: kind: level: is:due ease<2 lapses>3 due<7'
_NO_CARDS = "There are no cards yet. Put a deck into your decks folder: `offhand where` names it."
_NOTHING = (
    "No card has all of this. A word is found by its beginning, and all that is typed must be met:"
    " take something away, or begin anew with ctrl+u."
)


class BrowseScreen(CardEdits):
    """All cards, or those that a query asks for."""

    MORE_HELP = SEARCH_LINE
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, desk: Desk, query: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.deeds = Deeds(desk)
        self.searcher = Searcher(desk)
        self.sort, self.reverse = Sort.RELEVANCE, False
        self.found: Found | None = None
        self._first_query = query
        self._listed: tuple[str, Sort, bool] | None = None
        """What the listed cards were found by."""
        self._stale = True
        """Whether the searcher is to take the cards as they are now."""

    def compose(self) -> ComposeResult:
        """The search above, the cards below it, one of them beside or below these."""
        with Horizontal(id="top"):
            yield Static(Content.styled("Library", "bold"), id="section")
            yield Static(id="progress")
        yield Input(self._first_query, _PLACEHOLDER, id="query", select_on_focus=False)
        yield Static(id="hints")
        with Container(id="library"):
            with Vertical(id="listing"):
                yield Static(id="columns")
                yield CardList(lambda numbers: lines(self.desk, numbers), lambda: self.desk.today)
                yield Static(id="nothing")
            yield Preview()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with what may be typed."""
        self._fit()
        query = self.query_one(Input)
        query.cursor_position = len(query.value)
        query.focus()

    def on_screen_resume(self) -> None:
        """Come back with what has changed meanwhile."""
        self._stale = True
        self._search()

    def on_unmount(self) -> None:
        """Let the search end."""
        self.searcher.close()

    def on_resize(self) -> None:
        """Show a card beside the list, below it, or not at all, as there is room."""
        self._fit()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self.show()
        self._preview()

    def _fit(self) -> None:
        width, height = self.app.size
        beside = width >= _BESIDE_FROM
        self.set_class(beside, "-beside")
        self.set_class(not beside and (width < _BELOW_FROM or height < _HIGH_FROM), "-alone")

    # Searching

    def on_input_changed(self) -> None:
        """Search at every key."""
        self._search()

    def on_input_submitted(self) -> None:
        """Go on to the cards."""
        self.action_list()

    @work(exclusive=True, group="search")
    async def _search(self) -> None:
        """List what the line asks for. The newest search takes the place of one still going on."""
        asked = (self.query_one(Input).value, self.sort, self.reverse)
        try:
            if self._stale:
                await self.searcher.reload()
                self._stale = False
            found = await self.searcher.find(*asked, AT_FIRST)
            self._list(found, asked)
            if not found.complete:
                # Whoever types on need not wait for a search that nobody asks for any more.
                await sleep(_RESTED)
                found = await self.searcher.find(*asked, None)
                self._list(found, asked)
        except OffhandError as error:
            self.app.tell(error)

    def _list(self, found: Found, asked: tuple[str, Sort, bool]) -> None:
        """Show what was found; asked for the same once more, the cursor stays on its card or place."""
        cards = self.query_one(CardList)
        place = 0
        if asked == self._listed:
            place = cards.cursor
            if place < len(cards.numbers) and cards.numbers[place] in found.numbers:
                place = found.numbers.index(cards.numbers[place])
        elif self._listed is None or asked[0] != self._listed[0]:
            cards.marks = set()
        if cards.marks and found.complete:
            cards.marks &= set(found.numbers)
        self.found, self._listed = found, asked
        self.query_one(Preview).sought = pattern_of(parse(asked[0], self.desk.today))
        cards.show(found.numbers, place)
        self.show()

    # What is on screen

    def show(self) -> None:
        """Draw what stands around the cards."""
        found, cards = self.found, self.query_one(CardList)
        if found is None:
            return
        hints = self.query_one("#hints", Static)
        hints.display = bool(found.hints)
        hints.update(Content.styled("\n".join(found.hints[:2]), "$quiet"))
        width = cards.scrollable_content_region.width
        cards.columns = Columns(width, found.sort, self.reverse, self.desk.settings.leech_lapses)
        cards.refresh()
        self.query_one("#columns", Static).update(heading_text(cards.columns))
        nothing = self.query_one("#nothing", Static)
        nothing.display = not found.numbers
        cards.display = self.query_one("#columns").display = bool(found.numbers)
        nothing.update(Content(_NOTHING if found.total else _NO_CARDS))
        self.set_class(not found.numbers, "-empty")
        if not found.numbers:
            self.query_one(Input).focus()
        self._show_count()
        self.refresh_bindings()

    def _show_count(self) -> None:
        found, marked = self.found, len(self.query_one(CardList).marks)
        if found is None:
            return
        text = count_text(len(found.numbers) if found.complete else None, found.total, marked)
        by = f" · by {found.sort}{', turned round' if self.reverse else ''}"
        self.query_one("#progress", Static).update(text + Content.styled(by, "$quiet"))

    def on_card_list_moved(self) -> None:
        """Show the card under the cursor when the cursor has come to rest."""
        self.call_after_refresh(self._preview)

    def _preview(self) -> None:
        preview, line = self.query_one(Preview), self.query_one(CardList).current
        if not preview.display:
            return
        if line is None:
            preview.clear()
            return
        kept = find_card(self.desk, line.id)
        preview.show(
            kept.card,
            kept.state,
            kept.section_title,
            self.desk.today,
            self.desk.settings.leech_lapses,
        )

    # What the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done; in the search line, only to go to the cards or back."""
        if not self.is_mounted:
            return False
        there = self.found is not None and bool(self.found.numbers)
        match action:
            case "leave" | "search":
                return action == "leave" or not self.query_one(Input).has_focus
            case "list":
                return there and self.query_one(Input).has_focus
            case "undo":
                return self.deeds.can_undo
            case _ if action.startswith("app."):
                return True
        return there and not self.query_one(Input).has_focus

    def on_descendant_focus(self) -> None:
        """The keys are others in the search line than on the cards."""
        self.refresh_bindings()

    def action_search(self) -> None:
        """Go to the search line."""
        self.query_one(Input).focus()

    def action_list(self) -> None:
        """Go to the cards."""
        if self.found is not None and self.found.numbers:
            self.query_one(CardList).focus()

    def action_mark(self) -> None:
        """Mark the card, or take its mark off."""
        self.query_one(CardList).toggle_mark()
        self._show_count()

    def action_mark_all(self) -> None:
        """Mark all that are listed, or none."""
        self.query_one(CardList).toggle_all()
        self._show_count()

    def action_sort(self) -> None:
        """Order by the next figure."""
        orders = list(Sort)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self.reverse = False
        self._search()

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.reverse = not self.reverse
        self._search()

    def action_history(self) -> None:
        """Show the card's history."""
        from offhand.tui.screens.history import HistoryScreen

        if (line := self.query_one(CardList).current) is not None:
            self.app.push_screen(HistoryScreen(self.desk, line.id))

    def on_card_list_opened(self) -> None:
        """A second click on a card shows its history."""
        self.action_history()

    def action_practise(self) -> None:
        """Drill the marked cards, or those from the cursor on; the schedule stays as it is."""
        from offhand.tui.screens.review import ReviewScreen

        cards = self.query_one(CardList)
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
        return ids(self.desk, self.query_one(CardList).chosen)

    def changed(self) -> None:
        """Show the cards as they are now; the list follows."""
        self.query_one(CardList).read_again()
        self._preview()
        self.refresh_bindings()
        self._stale = True
        self._search()
