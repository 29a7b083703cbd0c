"""The cards that a text asks for, listed as it is typed."""

from asyncio import sleep

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from offhand.domain.listing import Sort
from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.finding import Found
from offhand.tui.app import OffhandApp
from offhand.tui.list_text import Columns, count_text, heading_text
from offhand.tui.searching import Searcher
from offhand.tui.widgets.cardlist import CardList, Read

AT_FIRST = 300
"""Cards that are listed at once where many more are found; the rest follows when it is known."""
_RESTED = 0.15
"""Seconds without a key after which the rest is looked for."""
_NO_CARDS = "There are no cards yet. Put a deck into your decks folder: `offhand where` names it."
_NOTHING = (
    "No card has all of this. All that is typed must be met: take something away, or begin anew with"
    " ctrl+u."
)


class FoundList(Vertical):
    """Cards below the names of their columns; hints above, or what to try where none is found."""

    app = getters.app(OffhandApp)

    class Listed(Message):
        """Other cards are listed, or the same ones as they are now."""

    def __init__(self, desk: Desk, read: Read) -> None:
        super().__init__(id="listing")
        self.found: Found | None = None
        self._desk = desk
        self._read = read
        self._searcher = Searcher(desk)
        self._text, self._sort, self._reverse = "", Sort.RELEVANCE, False
        self._listed: tuple[str, Sort, bool] | None = None
        """What the listed cards were found by."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static(id="hints")
        yield Static(id="columns")
        yield CardList(self._read, lambda: self._desk.today)
        yield Static(id="nothing")

    def on_unmount(self) -> None:
        """Let the search end."""
        self._searcher.close()

    @property
    def cards(self) -> CardList:
        """The list itself."""
        return self.query_one(CardList)

    @property
    def is_empty(self) -> bool:
        """Whether no card is listed."""
        return self.found is None or not self.found.numbers

    @property
    def is_behind(self) -> bool:
        """Whether other cards were asked for than those that are listed still."""
        return self._listed != self._asked

    @property
    def told(self) -> Content:
        """How many cards are listed, of how many, and by what they are ordered."""
        if self.found is None:
            return Content()
        listed = len(self.found.numbers) if self.found.complete else None
        count = count_text(listed, self.found.total, len(self.cards.marks))
        by = f" · by {self.found.sort}{', turned round' if self._reverse else ''}"
        return count + Content.styled(by, "$quiet")

    @property
    def _asked(self) -> tuple[str, Sort, bool]:
        return self._text, self._sort, self._reverse

    def ask(self, text: str) -> None:
        """List what a text asks for."""
        self._text = text
        self._search()

    def ask_anew(self) -> None:
        """List what is asked for as it is now; the cursor keeps its place."""
        self.cards.read_again()
        if self._listed is not None:
            self._searcher.renew()
        self._search()

    def order_by_next(self) -> None:
        """Order the cards by the next figure."""
        orders = list(Sort)
        self._sort = orders[(orders.index(self._sort) + 1) % len(orders)]
        self._reverse = False
        self._search()

    def turn_round(self) -> None:
        """Turn the order round."""
        self._reverse = not self._reverse
        self._search()

    @work(exclusive=True, group="search")
    async def _search(self) -> None:
        """Search in the background. The newest search takes the place of one still going on."""
        asked = self._asked
        try:
            # Asked for once more, all of them are needed to keep the place.
            most = None if asked == self._listed else AT_FIRST
            found = await self._searcher.find(*asked, most)
            if found.numbers or found.complete:
                self._list(found, asked)
            if not found.complete:
                if found.numbers:
                    # Whoever types on need not wait for a search that nobody asks for any more.
                    await sleep(_RESTED)
                self._list(await self._searcher.find(*asked, None), asked)
            await self._searcher.learn()
        except OffhandError as error:
            self.app.tell(error)

    def _list(self, found: Found, asked: tuple[str, Sort, bool]) -> None:
        """Show what was found; asked for once more, the cursor stays on its card, or in its place."""
        cards, place = self.cards, 0
        if asked == self._listed:
            if self.found and not self.found.complete and cards.all_marked:
                cards.marks = set(found.numbers)
            place = cards.cursor
            if place < len(cards.numbers) and cards.numbers[place] in found.numbers:
                place = found.numbers.index(cards.numbers[place])
        elif self._listed is None or asked[0] != self._listed[0]:
            cards.marks = set()
        if cards.marks and found.complete:
            cards.marks &= set(found.numbers)
        self.found, self._listed = found, asked
        self.fit()
        cards.show(found.numbers, place)
        self.post_message(self.Listed())

    def fit(self) -> None:
        """Draw what stands around the cards, in the width there is."""
        found, cards = self.found, self.cards
        if found is None:
            return
        hints, nothing = self.query_one("#hints", Static), self.query_one("#nothing", Static)
        hints.display = bool(found.hints)
        hints.update(Content.styled("\n".join(found.hints[:2]), "$quiet"))
        width, leech_at = cards.scrollable_content_region.width, self._desk.settings.leech_lapses
        cards.columns = Columns(width, found.sort, self._reverse, leech_at)
        cards.refresh()
        self.query_one("#columns", Static).update(heading_text(cards.columns))
        nothing.update(Content(_NOTHING if found.total else _NO_CARDS))
        nothing.display = self.is_empty
        cards.display = self.query_one("#columns").display = not self.is_empty
