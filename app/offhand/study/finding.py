"""Finding cards by what is typed, fast enough to be done at every key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from offhand.domain.card import Scope
from offhand.domain.conditions import Met, both, turned
from offhand.domain.leech import FIRST_AT
from offhand.domain.listing import Sort
from offhand.domain.query import (
    Fact,
    Query,
    Stated,
    Within,
    Words,
    parse,
    quoted,
)
from offhand.store import listing, search
from offhand.store.connection import Database
from offhand.store.search import GoOn as GoOn
from offhand.store.search import on
from offhand.store.vocabulary import Vocabulary
from offhand.study.desk import Desk
from offhand.study.known_cards import KnownCards

_FEW = 5_000
"""Of so few cards all are found in a moment."""
_LOOKED_AT = 3_000
"""Cards with the words that an early search looks at for those that meet a condition too."""


_AT_ONCE = 10_000
"""Cards that are gone through before it is asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the cards that a query asks for, in order, and what to tell of the query.

    `total` counts all cards, `sort` is their order in fact: without words no card is more relevant.
    `complete` is False where an early search may have left some out.
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
        self._vocabulary = Vocabulary(db)
        self.load(today)

    def load(self, today: date) -> None:
        """Take the figures of all cards as they are on a day."""
        self._today = today
        self._vocabulary.forget_changed()
        self._cards = KnownCards(self._db, today, self._leech_at)

    def close(self) -> None:
        """Close the database that it reads."""
        self._db.close()

    def learn(self, go_on: GoOn = on) -> None:
        """Take the words of all texts now, so that no search has to: one may stand inside another."""
        self._vocabulary.learn(go_on)

    def find(
        self,
        text: str,
        sort: Sort = Sort.RELEVANCE,
        reverse: bool = False,
        most: int | None = None,
        go_on: GoOn = on,
    ) -> Found:
        """The cards that a text asks for; all of them when it asks for nothing.

        With `most` the search is an early one, where the cards are not few: it may stop at so many,
        and leaves out those that have a word only inside a longer one.
        """
        query = parse(text, self._today)
        early = most is not None and len(self._cards) > _FEW
        asked = [c for c in query.clauses if isinstance(c, Words | Stated)]
        # What is stated is a condition like others once all cards that meet it are known.
        asked = [c for c in asked if isinstance(c, Words) or (early and not self._cards.know(c))]
        met = self._cards.meeting([c for c in query.clauses if c not in asked], go_on)
        words = [c for c in asked if isinstance(c, Words) and not c.negated]
        sort = Sort.DECK if sort is Sort.RELEVANCE and not words else sort
        may_stand_inside = any(word.stands_inside for word in words)
        inside = may_stand_inside and not early
        if inside:
            self.learn(go_on)
        complete = True
        if all(clause.negated for clause in asked):
            if early and asked and sort is Sort.DECK and not reverse:
                met, complete = self._cards.first_of(met)
            places = self._cards.in_order(self._without(asked, met, go_on), sort, reverse)
        elif sort is Sort.RELEVANCE or (sort is Sort.DECK and not words):
            # What comes first when it is turned round is known when all is.
            enough = most if early and not reverse else None
            places, complete = self._by_relevance(asked, met, enough, inside, go_on)
            places = places[::-1] if reverse else places
        else:
            numbers = search.matching(self._db, asked, go_on)
            if inside:
                numbers += search.matching_inside(self._db, self._vocabulary, asked, go_on=go_on)
            places = self._cards.in_order(both(met, self._cards.found_in(numbers)), sort, reverse)
        complete = complete and (inside or not may_stand_inside)
        hints = query.hints if places or not complete else query.hints + self._lacking(query)
        return Found(self._cards.numbers(places), len(self._cards), sort, hints, complete)

    def _by_relevance(
        self,
        asked: Sequence[Words | Stated],
        met: Met,
        enough: int | None,
        inside: bool,
        go_on: GoOn,
    ) -> tuple[list[int], bool]:
        """The places of cards, and whether these are all: with `enough` not many more are looked at."""
        at_once = enough and (enough if met == self._cards.every else max(enough, _LOOKED_AT))
        found, listed = list[int](), bytearray(len(met))
        for in_prompt, numbers in self._lots(asked, at_once, inside, go_on):
            new = list[int]()
            for start in range(0, len(numbers), _AT_ONCE):
                go_on()
                places = self._cards.places(numbers[start : start + _AT_ONCE])
                new += [place for place in places if met[place] and not listed[place]]
            new.sort()
            if in_prompt:
                new.sort(key=self._cards.figures.letters.__getitem__)
            go_on()
            for place in new:
                listed[place] = 1
            found += new
            if enough and (len(numbers) == at_once or len(found) >= enough):
                return found[:enough], False
        return found, True

    def _lots(
        self,
        asked: Sequence[Words | Stated],
        at_once: int | None,
        inside: bool,
        go_on: GoOn,
    ) -> Iterator[tuple[bool, list[int]]]:
        """Cards, the most relevant first, and whether they have all words in their prompt."""
        for lot in search.lots(asked):
            yield lot.in_prompt, search.numbers(self._db, lot.match, at_once, go_on=go_on)
        for in_prompt in (True, False) if inside else ():
            numbers = search.matching_inside(self._db, self._vocabulary, asked, in_prompt, go_on)
            yield in_prompt, numbers

    def _without(self, clauses: Sequence[Words | Stated], met: Met, go_on: GoOn) -> Met:
        """The cards that meet conditions, without those of which any clause holds, negated or not."""
        if not clauses or not any(met):
            return met
        numbers = list(compress(self._cards.figures.numbers, met))
        between = min(numbers), max(numbers)
        unwanted = search.matching_any(self._db, clauses, among=between, go_on=go_on)
        return both(met, turned(self._cards.found_in(unwanted)))

    def _lacking(self, query: Query) -> tuple[str, ...]:
        """Hints for what no card has, as a section that there is not."""
        hints = []
        for clause in query.clauses:
            match clause:
                case Within(part=part, text=text, negated=False):
                    if not any(self._cards.meeting([clause])):
                        hints.append(f"There is no {part} with “{text}” in its title.")
                case Stated(fact=Fact.TAG, pieces=pieces, negated=False):
                    if not search.matching_any(self._db, [clause], most=1):
                        hints.append(f"There is no tag that begins with “{' '.join(pieces)}”.")
        return tuple(hints)


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
