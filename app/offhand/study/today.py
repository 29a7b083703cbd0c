"""What today asks, and of which sections: known without a look at the past."""

from dataclasses import dataclass
from datetime import date

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.plan import Plan
from offhand.store import deck_reading
from offhand.store.deck_reading import DeckTitle
from offhand.study.desk import Desk
from offhand.study.review import plan_today


@dataclass(frozen=True, slots=True)
class SectionToday:
    """A section and what today asks of it."""

    deck: str
    id: str
    title: str
    due: int
    new: int


@dataclass(frozen=True, slots=True)
class DeckToday:
    """A deck and what today asks of it."""

    id: str
    title: str
    about: str
    sections: tuple[SectionToday, ...]

    @property
    def due(self) -> int:
        """Due cards of all its sections."""
        return sum(section.due for section in self.sections)

    @property
    def new(self) -> int:
        """New cards of all its sections."""
        return sum(section.new for section in self.sections)


@dataclass(frozen=True, slots=True)
class Today:
    """What today asks, and of which sections."""

    day: date
    due: int
    new: int
    backlog: int
    decks: tuple[DeckToday, ...]


def today(desk: Desk, scope: Scope = EVERYTHING) -> Today:
    """What today asks of a scope, section by section. The counts are those that a sitting shows."""
    planned = plan_today(desk, scope)
    due, new = _by_section(planned)
    decks = tuple(_deck_today(deck, due, new) for deck in deck_reading.deck_titles(desk.db, scope))
    return Today(desk.today, planned.due, planned.new, planned.backlog, decks)


def _by_section(planned: Plan) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    due: dict[tuple[str, str], int] = {}
    new: dict[tuple[str, str], int] = {}
    for card in (*planned.again, *planned.queue):
        counts = new if card.due is None else due
        where = (card.deck, card.section)
        counts[where] = counts.get(where, 0) + 1
    return due, new


def _deck_today(
    deck: DeckTitle, due: dict[tuple[str, str], int], new: dict[tuple[str, str], int]
) -> DeckToday:
    sections = tuple(
        SectionToday(s.deck, s.id, s.title, due.get((s.deck, s.id), 0), new.get((s.deck, s.id), 0))
        for s in deck.sections
    )
    return DeckToday(deck.id, deck.title, deck.about, sections)
