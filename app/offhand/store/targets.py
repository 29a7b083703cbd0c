"""What targets and predictions ask the database: plain SQL in, domain objects out."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import cast

from offhand.domain.event import CardEvent, TargetDropped, TargetSet
from offhand.domain.plan import Waiting
from offhand.domain.schedule.protocol import Schedule
from offhand.store.clauses import STANDS
from offhand.store.connection import Database
from offhand.store.reading import WAITING_COLUMNS, waiting_of
from offhand.store.rows import EVENT_COLUMNS, STATE_COLUMNS, event_of, state_of

Scopes = Collection[tuple[str, str]]
"""(deck, section) pairs, the section empty for a whole deck; none stand for everything."""


def target_events(db: Database) -> list[TargetSet | TargetDropped]:
    """All that was ever said of targets, oldest first."""
    rows = db.rows(
        f"SELECT {EVENT_COLUMNS} FROM events"
        " WHERE card IS NULL AND kind IN ('target', 'no target') ORDER BY id"
    )
    return [cast("TargetSet | TargetDropped", event_of(row)) for row in rows]


def cards_within(db: Database, scopes: Scopes) -> list[Waiting]:
    """The cards of some scopes that can be asked on one day or another, in the order of learning."""
    clause, values = _within_any(scopes)
    sql = (
        f"SELECT {WAITING_COLUMNS}"
        " FROM states s JOIN cards c ON c.id = s.card"
        f" WHERE s.suspended = 0 AND NOT c.gone{clause} ORDER BY s.rank"
    )
    return [waiting_of(row) for row in db.each(sql, values)]


def schedules_within(db: Database, scopes: Scopes) -> dict[str, Schedule]:
    """The schedules of the cards of some scopes that have one."""
    clause, values = _within_any(scopes)
    rows = db.rows(
        f"SELECT s.card, {STATE_COLUMNS} FROM states s JOIN cards c ON c.id = s.card"
        f" WHERE s.due IS NOT NULL AND s.suspended = 0 AND NOT c.gone{clause}",
        values,
    )
    states = {row[0]: state_of(row[1:]) for row in rows}
    return {card: state.schedule for card, state in states.items() if state.schedule}


def begun_on(db: Database, day: date) -> list[Waiting]:
    """The cards answered for the first time on a day."""
    rows = db.rows(
        f"SELECT {WAITING_COLUMNS}"
        " FROM states s JOIN cards c ON c.id = s.card"
        " WHERE s.answered_on = ? AND s.reviews = 1 AND s.suspended = 0 AND NOT c.gone",
        [day.isoformat()],
    )
    return [waiting_of(row) for row in rows]


def buried_on(db: Database, day: date) -> set[str]:
    """The cards put aside for a day."""
    return {
        row[0] for row in db.rows("SELECT card FROM states WHERE buried_on = ?", [day.isoformat()])
    }


def asked_since(db: Database, day: date) -> dict[str, list[date]]:
    """The days, oldest first, on which each card was asked as it was due, new or early, from `day` on."""
    found: dict[str, list[date]] = {}
    for card, asked in db.each(
        f"SELECT card, day FROM events e WHERE day >= ? AND kind IN ('answer', 'early') AND {STANDS}"
        " GROUP BY card, day ORDER BY day",
        [day.isoformat()],
    ):
        found.setdefault(card, []).append(date.fromisoformat(asked))
    return found


def was_asked_on(db: Database, card: str, day: date) -> bool:
    """Whether a card was asked on a day as it was due, new or early."""
    row = db.row(
        "SELECT 1 FROM events e WHERE card = ? AND day = ? AND kind IN ('answer', 'early')"
        f" AND {STANDS} LIMIT 1",
        [card, day.isoformat()],
    )
    return row is not None


def stamps_of(db: Database, cards: Iterable[str]) -> dict[str, tuple[str, int]]:
    """The newest event and the number of events of each card that has any: another log has others."""
    rows = db.rows(
        "SELECT card, max(id), count(*) FROM events"
        " WHERE card IN (SELECT value FROM json_each(?)) GROUP BY card",
        [json.dumps(list(cards))],
    )
    return {card: (newest, count) for card, newest, count in rows}


def events_of(db: Database, cards: Iterable[str]) -> Iterator[tuple[str, list[CardEvent]]]:
    """The events of each of some cards, oldest first."""
    rows = db.each(
        f"SELECT {EVENT_COLUMNS} FROM events WHERE card IN (SELECT value FROM json_each(?))"
        " ORDER BY card, id",
        [json.dumps(list(cards))],
    )
    events = (cast("CardEvent", event_of(row)) for row in rows)
    for card, held in groupby(events, key=lambda event: event.card):
        yield card, list(held)


def prompts_of(db: Database, cards: Iterable[str]) -> dict[str, str]:
    """What some cards ask."""
    rows = db.rows(
        "SELECT id, prompt FROM cards WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(cards))],
    )
    return {row[0]: row[1] for row in rows}


def _within_any(scopes: Scopes) -> tuple[str, list[str]]:
    if not scopes:
        return "", []
    parts, values = [], list[str]()
    for deck, section in sorted(scopes):
        parts.append("c.deck = ? AND c.section = ?" if section else "c.deck = ?")
        values += [deck, section] if section else [deck]
    return f" AND ({' OR '.join(parts)})", values
