"""All cards as they were when they were taken: which meet what a query asks, and in which order."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress, islice

from offhand.domain.conditions import Met, both, compared, standing, turned, within
from offhand.domain.listing import Sort, in_order
from offhand.domain.query import Clause, Compared, Standing, Stated, Within, Words
from offhand.domain.text import fold
from offhand.store import listing, search
from offhand.store.connection import Database
from offhand.store.search import GoOn, on

_MANY = 3_000
"""From here on it is quicker to go through all cards in order than to order those found."""
_FIRST = 1_000
"""Cards that an early search looks at for those without a word."""
_CONDITIONS_KEPT = 50


class KnownCards:
    """The cards by their places in the order of the decks.

    `figures` has the figures of all, and `every` is the condition that each of them meets.
    """

    def __init__(self, db: Database, today: date, leech_at: int) -> None:
        self._db = db
        self._today = today
        self._leech_at = leech_at
        self.figures, sections = listing.all_figures(db, today)
        self.every: Met = b"\1" * len(self.figures)
        self._place_of = {number: place for place, number in enumerate(self.figures.numbers)}
        titles = listing.section_names(db)
        self._sections = [_names(ids, titles[ids]) for ids in sections]
        self._met: dict[Clause, Met] = {}
        self._orders: dict[tuple[Sort, bool], Sequence[int]] = {}

    def __len__(self) -> int:
        return len(self.figures)

    def places(self, numbers: Iterable[int]) -> list[int]:
        """The places of the cards of these numbers, without those that came since."""
        return [place for n in numbers if (place := self._place_of.get(n)) is not None]

    def numbers(self, places: Sequence[int]) -> Sequence[int]:
        """The numbers of the cards at these places."""
        every = self.figures.numbers
        return every if places == range(len(every)) else [every[place] for place in places]

    def found_in(self, numbers: Iterable[int]) -> Met:
        """Which cards have these numbers."""
        found = bytearray(len(self))
        for place in self.places(numbers):
            found[place] = 1
        return bytes(found)

    def first_of(self, met: Met) -> tuple[Met, bool]:
        """The first of the cards that meet conditions, and whether these are all."""
        few = list(islice(compress(range(len(met)), met), _FIRST))
        end = few[-1] + 1 if few else 0
        return met[:end].ljust(len(met), b"\0"), len(few) < _FIRST

    def in_order(self, met: Met, sort: Sort, reverse: bool) -> Sequence[int]:
        """The places of the cards that meet the conditions, in an order."""
        if sort is Sort.DECK or met.count(1) < _MANY:
            every = range(len(met))
            places = every if met == self.every else list(compress(every, met))
            return in_order(self.figures, places, sort, reverse)
        if (sort, reverse) not in self._orders:
            self._orders[sort, reverse] = in_order(self.figures, range(len(met)), sort, reverse)
        return [place for place in self._orders[sort, reverse] if met[place]]

    def know(self, clause: Clause) -> bool:
        """Whether it is known which cards meet a condition."""
        return clause in self._met

    def meeting(self, clauses: Sequence[Clause], go_on: GoOn = on) -> Met:
        """The cards that meet all conditions; kept, as these stay while words are typed."""
        met = self.every
        for clause in clauses:
            if clause not in self._met:
                go_on()
                if len(self._met) >= _CONDITIONS_KEPT:
                    self._met.clear()
                self._met[clause] = self._meeting_one(clause, go_on)
            met = both(met, self._met[clause])
        return met

    def _meeting_one(self, clause: Clause, go_on: GoOn) -> Met:
        match clause:
            case Compared():
                return compared(clause, self.figures)
            case Standing():
                return standing(clause, self.figures, self._today, self._leech_at)
            case Within():
                return within(clause, self.figures, self._sections)
            case Words() | Stated():
                held = self.found_in(search.matching_any(self._db, [clause], go_on=go_on))
                return turned(held) if clause.negated else held


def _names(ids: tuple[str, str], titles: tuple[str, str]) -> tuple[str, str]:
    """By what a section, and its deck, may be called."""
    (deck, section), (title, deck_title) = ids, titles
    return fold(f"{title} {section}"), fold(f"{deck_title} {deck}")
