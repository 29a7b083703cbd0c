"""Finding cards by what is typed, fast enough to be done at every key."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter

from offhand.domain.card import Scope
from offhand.domain.leech import FIRST_AT
from offhand.domain.listing import Condition, Listed, Sort, compared, in_order, standing, within
from offhand.domain.query import (
    Clause,
    Compared,
    Standing,
    Stated,
    Within,
    Words,
    parse,
    quoted,
)
from offhand.domain.text import fold
from offhand.store import listing, search
from offhand.store.connection import Database
from offhand.study.desk import Desk

_MANY = 3_000
"""From here on it is quicker to go through all cards in order than to order those found."""

_letters, _place = attrgetter("letters"), attrgetter("place")


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the cards that a query asks for, in order, and what to tell of the query.

    `total` counts all cards, `sort` is their order in fact: without words no card is more relevant.
    `complete` is False where a search that may stop early did so.
    """

    numbers: Sequence[int]
    total: int
    sort: Sort
    hints: tuple[str, ...] = ()
    complete: bool = True


class Finder:
    """Finds cards by their texts as they are, and by their figures as they were when it was loaded.

    Use it in one thread.
    """

    def __init__(self, db: Database, today: date, leech_at: int = FIRST_AT) -> None:
        self._db = db
        self._leech_at = leech_at
        self.load(today)

    def load(self, today: date) -> None:
        """Take the figures of all cards as they are on a day."""
        self._today = today
        self._cards, sections = listing.all_listed(self._db, today)
        self._by_number = {card.number: card for card in self._cards}
        titles = listing.section_names(self._db)
        self._sections = [_names(ids, titles[ids]) for ids in sections]
        self._orders: dict[tuple[Sort, bool], list[Listed]] = {}
        self._met: tuple[Sequence[Clause], Set[int]] = ([], self._by_number.keys())

    def close(self) -> None:
        """Close the database that it reads."""
        self._db.close()

    def find(
        self,
        text: str,
        sort: Sort = Sort.RELEVANCE,
        reverse: bool = False,
        most: int | None = None,
    ) -> Found:
        """The cards that a text asks for; all of them when it asks for nothing.

        `most` lets a search of many more cards than that stop early, where their order allows it.
        """
        query = parse(text, self._today)
        words = [c for c in query.clauses if isinstance(c, Words | Stated)]
        among = self._numbers_meeting([c for c in query.clauses if c not in words])
        complete = True
        if all(word.negated for word in words):
            sort = Sort.DECK if sort is Sort.RELEVANCE else sort
            if words:
                among = among - set(search.matching_any(self._db, words))
            found = self._in_order(among, sort, reverse)
        elif sort is Sort.RELEVANCE:
            most = None if reverse else most
            found = self._by_relevance(words, among, most)
            complete = most is None or len(found) < most
            found = found[::-1] if reverse else found
        else:
            among = among & set(search.matching(self._db, words))
            found = self._in_order(among, sort, reverse)
        return Found(found, len(self._cards), sort, query.hints, complete)

    def _by_relevance(
        self, words: Sequence[Words | Stated], among: Set[int], most: int | None
    ) -> list[int]:
        found: dict[int, None] = {}
        for in_prompt, lot in search.lots(self._db, words):
            new = (number for number in lot if number in among and number not in found)
            some = [self._by_number[n] for n in islice(new, most and most - len(found))]
            some.sort(key=_letters if in_prompt else _place)
            found |= dict.fromkeys(card.number for card in some)
        return list(found)

    def _in_order(self, numbers: Set[int], sort: Sort, reverse: bool) -> list[int]:
        if len(numbers) < _MANY:
            cards = sorted((self._by_number[number] for number in numbers), key=_place)
            return [card.number for card in in_order(cards, sort, reverse)]
        return [card.number for card in self._ordered(sort, reverse) if card.number in numbers]

    def _numbers_meeting(self, clauses: Sequence[Clause]) -> Set[int]:
        """The numbers of the cards that meet conditions; kept, as these stay while words are typed."""
        if self._met[0] != clauses:
            cards = self._cards
            for holds in map(self._condition, clauses):
                cards = [card for card in cards if holds(card)]
            self._met = clauses, {card.number for card in cards}
        return self._met[1]

    def _ordered(self, sort: Sort, reverse: bool) -> list[Listed]:
        """All cards in an order, made once."""
        if (sort, reverse) not in self._orders:
            self._orders[sort, reverse] = in_order(self._cards, sort, reverse)
        return self._orders[sort, reverse]

    def _condition(self, clause: Clause) -> Condition:
        match clause:
            case Compared():
                return compared(clause)
            case Standing():
                return standing(clause, self._today, self._leech_at)
            case Within():
                return within(clause, self._sections)
        raise TypeError(f"{clause} is asked of the index")


def _names(ids: tuple[str, str], titles: tuple[str, str]) -> tuple[str, str]:
    """By what a section, and its deck, may be called."""
    (deck, section), (title, deck_title) = ids, titles
    return fold(f"{title} {section}"), fold(f"{deck_title} {deck}")


def open_finder(desk: Desk) -> Finder:
    """A finder with a connection of its own, for another thread: there it is to be opened and closed."""
    return Finder(Database(desk.db.path), desk.today, desk.settings.leech_lapses)


def find_cards(desk: Desk, text: str, sort: Sort = Sort.RELEVANCE, reverse: bool = False) -> Found:
    """The cards that a text asks for, found once."""
    finder = Finder(desk.db, desk.today, desk.settings.leech_lapses)
    return finder.find(text, sort, reverse)


def query_of(desk: Desk, scope: Scope | None) -> str:
    """What to type for the cards of one section; nothing for any larger part."""
    if scope is None or scope.deck is None or scope.section is None:
        return ""
    title, _ = listing.section_names(desk.db)[scope.deck, scope.section]
    return f"section:{quoted(title)} "
