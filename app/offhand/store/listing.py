"""What a list of all cards asks the database: plain SQL in, domain objects out."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar, cast

from offhand.domain.event import CardEvent
from offhand.domain.fold import CardState
from offhand.domain.listing import CardLine, Figures
from offhand.store.connection import Database
from offhand.store.rows import EVENT_COLUMNS, STATE_COLUMNS, event_of, state_of

_T = TypeVar("_T")
_LETTERS = 300
_AT_ONCE = 500


def all_figures(db: Database, today: date) -> tuple[Figures, list[tuple[str, str]]]:
    """The figures of every card of the decks, and the ids of their decks and sections."""
    rows = db.rows(
        "SELECT c.deck, c.section, s.due, c.number, length(c.prompt), s.interval, s.ease,"
        " s.repetitions, coalesce(s.lapses, 0), s.reviews,"
        " s.again_on IS ?, s.buried_on IS ?, s.suspended, s.flagged"
        " FROM cards c JOIN states s ON s.card = c.id JOIN decks d ON d.id = c.deck"
        " WHERE NOT c.gone ORDER BY d.position, c.position",
        [today.isoformat(), today.isoformat()],
    )
    ordinals, sections = _Ordinals(), dict[tuple[str, str], int]()
    decks, names, due, numbers, letters, *figures = zip(*rows, strict=True) if rows else [()] * 14
    section = [sections.setdefault(both, len(sections)) for both in zip(decks, names, strict=True)]
    days = [ordinals[day] for day in due]
    return Figures(numbers, section, letters, days, *figures), list(sections)


class _Ordinals(dict[str | None, int | None]):
    """The ordinals of days as the database writes them, each read once."""

    def __missing__(self, day: str | None) -> int | None:
        self[day] = ordinal = None if day is None else date.fromisoformat(day).toordinal()
        return ordinal


def section_names(db: Database) -> dict[tuple[str, str], tuple[str, str]]:
    """The titles of every section and of its deck, by both ids."""
    rows = db.rows(
        "SELECT t.deck, t.id, t.title, d.title"
        " FROM sections t JOIN decks d ON d.id = t.deck WHERE NOT d.gone"
    )
    return {(deck, section): (title, deck_title) for deck, section, title, deck_title in rows}


def lines(db: Database, numbers: Sequence[int]) -> dict[int, CardLine]:
    """The lines of some cards by their numbers; those that are gone are left out."""
    found = {}
    for some in _batches(numbers):
        states = ", ".join(f"s.{name.strip()}" for name in STATE_COLUMNS.split(","))
        rows = db.rows(
            "SELECT c.number, c.id, c.deck, c.section, t.title,"
            f" substr(c.prompt, 1, {_LETTERS}), {states}"
            " FROM cards c JOIN states s ON s.card = c.id"
            " JOIN sections t ON t.deck = c.deck AND t.id = c.section"
            f" WHERE c.number IN ({', '.join('?' * len(some))}) AND NOT c.gone",
            some,
        )
        for number, ident, deck, section, title, prompt, *state in rows:
            found[number] = CardLine(
                number, ident, deck, section, title, prompt, state_of(tuple(state))
            )
    return found


def ids(db: Database, numbers: Sequence[int]) -> list[str]:
    """The ids of some cards, in the order of their numbers; those that are gone are left out."""
    found: dict[int, str] = {}
    for some in _batches(numbers):
        marks = ", ".join("?" * len(some))
        found.update(
            db.rows(f"SELECT number, id FROM cards WHERE number IN ({marks}) AND NOT gone", some)
        )
    return [found[number] for number in numbers if number in found]


def states(db: Database, cards: Sequence[str]) -> dict[str, CardState]:
    """The states of some cards."""
    found = {}
    for some in _batches(cards):
        marks = ", ".join("?" * len(some))
        rows = db.rows(f"SELECT card, {STATE_COLUMNS} FROM states WHERE card IN ({marks})", some)
        found.update({row[0]: state_of(row[1:]) for row in rows})
    return found


def events(db: Database, cards: Sequence[str]) -> Iterator[tuple[str, list[CardEvent]]]:
    """The events of some cards, card by card, each oldest first."""
    for some in _batches(cards):
        marks = ", ".join("?" * len(some))
        rows = db.rows(
            f"SELECT {EVENT_COLUMNS} FROM events WHERE card IN ({marks}) ORDER BY card, id", some
        )
        found = (cast("CardEvent", event_of(row)) for row in rows)
        for card, past in groupby(found, key=lambda event: event.card):
            yield card, list(past)


def _batches(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
