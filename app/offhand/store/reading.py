"""What the use cases ask the database: plain SQL in, domain objects out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from offhand.domain.card import EVERYTHING, Card, Scope
from offhand.domain.event import Answer, AnyEvent, CardEvent
from offhand.domain.fold import CardState
from offhand.domain.plan import Waiting
from offhand.store.clauses import ANSWERS, STANDS, within
from offhand.store.connection import Database, Row
from offhand.store.rows import (
    CARD_COLUMNS,
    EVENT_COLUMNS,
    STATE_COLUMNS,
    card_of,
    event_of,
    state_of,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A card as the database keeps it: under its lasting id, with its state."""

    id: str
    deck: str
    section: str
    section_title: str
    card: Card
    state: CardState
    gone: bool = False


WAITING_COLUMNS = "s.card, c.entry, c.deck, c.section, s.due, s.interval"


def waiting_of(row: Row) -> Waiting:
    """The card in a row of WAITING_COLUMNS of states `s` and cards `c`."""
    card, entry, deck, section, due, interval = row
    return Waiting(
        card, entry, deck, section, None if due is None else date.fromisoformat(due), interval or 0
    )


def due_cards(db: Database, day: date, scope: Scope = EVERYTHING) -> list[Waiting]:
    """The cards due on a day, in no order."""
    clause, values = within(scope)
    sql = (
        f"SELECT {WAITING_COLUMNS} FROM states s JOIN cards c ON c.id = s.card"
        " WHERE s.due IS NOT NULL AND s.due <= ? AND s.suspended = 0"
        f" AND s.buried_on IS NOT ? AND NOT c.gone{clause}"
    )
    today = day.isoformat()
    return [waiting_of(row) for row in db.rows(sql, [today, today, *values])]


def new_cards(db: Database, day: date, scope: Scope = EVERYTHING) -> Iterator[Waiting]:
    """The cards never answered, in the order of learning; read as far as it is needed."""
    clause, values = within(scope)
    sql = (
        f"SELECT {WAITING_COLUMNS} FROM states s JOIN cards c ON c.id = s.card"
        f" WHERE s.due IS NULL AND s.suspended = 0 AND s.buried_on IS NOT ? AND NOT c.gone{clause}"
        " ORDER BY s.rank"
    )
    return (waiting_of(row) for row in db.each(sql, [day.isoformat(), *values]))


def again_cards(db: Database, day: date, scope: Scope = EVERYTHING) -> list[Waiting]:
    """The cards that still come round again on a day, in the order of their answers."""
    clause, values = within(scope)
    sql = (
        f"SELECT {WAITING_COLUMNS} FROM states s JOIN cards c ON c.id = s.card"
        " WHERE s.again_on = ? AND s.suspended = 0 AND s.buried_on IS NOT ? AND NOT c.gone"
        f"{clause} ORDER BY (SELECT max(e.id) FROM events e WHERE e.card = s.card)"
    )
    today = day.isoformat()
    return [waiting_of(row) for row in db.rows(sql, [today, today, *values])]


def entries_answered(db: Database, day: date) -> tuple[set[str], int, int]:
    """The entries of which a card was answered on a day; how many reviews, how many new cards."""
    rows = db.rows(
        "SELECT c.entry, s.reviews FROM states s JOIN cards c ON c.id = s.card WHERE s.answered_on = ?"
        # What was passed early is no answer of the schedule's, and was answered all the same.
        " UNION ALL SELECT c.entry, 0 FROM events e JOIN cards c ON c.id = e.card"
        f" WHERE e.day = ? AND e.kind = 'early' AND e.grade >= 3 AND {STANDS}",
        [day.isoformat(), day.isoformat()],
    )
    begun = sum(reviews == 1 for _, reviews in rows)
    return {entry for entry, _ in rows}, len(rows) - begun, begun


def marked(db: Database, day: date) -> list[str]:
    """The cards that are suspended, flagged, or buried on a day, in the order of the decks."""
    rows = db.rows(
        "SELECT s.card FROM states s JOIN cards c ON c.id = s.card"
        " WHERE (s.suspended OR s.flagged OR s.buried_on = ?) AND NOT c.gone"
        " ORDER BY c.deck, c.position",
        [day.isoformat()],
    )
    return [row[0] for row in rows]


def section_cards(db: Database, scope: Scope) -> list[str]:
    """The cards of a scope that have been answered at least once, for practice: hardest first."""
    clause, values = within(scope)
    sql = (
        "SELECT s.card FROM states s JOIN cards c ON c.id = s.card"
        f" WHERE s.due IS NOT NULL AND s.suspended = 0 AND NOT c.gone{clause}"
        " ORDER BY s.ease, s.lapses DESC, c.position"
    )
    return [row[0] for row in db.rows(sql, values)]


def kept_card(db: Database, card: str) -> Kept | None:
    """A card by its id."""
    row = db.row(
        "SELECT c.id, c.deck, c.section, t.title, c.gone,"
        f" {_of('c', CARD_COLUMNS)}, {_of('s', STATE_COLUMNS)}"
        " FROM cards c JOIN states s ON s.card = c.id"
        " JOIN sections t ON t.deck = c.deck AND t.id = c.section WHERE c.id = ?",
        [card],
    )
    if row is None:
        return None
    ident, deck, section, title, gone, *rest = row
    card_row, state_row = tuple(rest[:9]), tuple(rest[9:])
    return Kept(ident, deck, section, title, card_of(card_row), state_of(state_row), bool(gone))


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column.strip()}" for column in columns.split(","))


def card_named(db: Database, name: str) -> str | None:
    """The id of the card of an id or of a key."""
    row = db.row(
        "SELECT id FROM cards WHERE id = ? OR key = ? ORDER BY id <> ? LIMIT 1", [name] * 3
    )
    return None if row is None else str(row[0])


def is_gone(db: Database, key: str) -> bool:
    """Whether a key is that of a card whose deck file holds it no more."""
    return db.row("SELECT 1 FROM cards WHERE key = ? AND gone", [key]) is not None


def keys_of_entry(db: Database, entry: str) -> list[str]:
    """The keys of the cards that an entry, by its name on a card, has in its file."""
    rows = db.rows("SELECT key FROM cards WHERE entry = ? AND NOT gone ORDER BY position", [entry])
    return [row[0] for row in rows]


def cards_like(db: Database, name: str) -> list[str]:
    """Some ids that contain a text, for a hint."""
    rows = db.rows(
        "SELECT id FROM cards WHERE NOT gone AND instr(id, ?) ORDER BY length(id), id LIMIT 3",
        [name],
    )
    return [row[0] for row in rows]


def card_events(db: Database, card: str) -> list[CardEvent]:
    """The events of a card, oldest first."""
    rows = db.rows(f"SELECT {EVENT_COLUMNS} FROM events WHERE card = ? ORDER BY id", [card])
    return [cast("CardEvent", event_of(row)) for row in rows]


def all_events(db: Database) -> Iterator[AnyEvent]:
    """The whole log, card by card, each oldest first; events of no card come first."""
    for row in db.each(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY card, id"):
        yield event_of(row)


def cards_by_key(db: Database, deck: str) -> dict[str, str]:
    """The ids of a deck's cards by what its file calls them."""
    rows = db.rows("SELECT key, id FROM cards WHERE deck = ? AND NOT gone", [deck])
    # Mostly the two are one text, which then is kept once.
    return {key: key if key == ident else ident for key, ident in rows}


def cards_with_past(db: Database, deck: str) -> set[str]:
    """The cards of a deck that the log knows."""
    rows = db.each(
        "SELECT id FROM cards c WHERE deck = ? AND NOT gone"
        " AND EXISTS (SELECT 1 FROM events e WHERE e.card = c.id)",
        [deck],
    )
    return {row[0] for row in rows}


def events_of_device(db: Database, device: str) -> list[tuple[str, str, bool]]:
    """The events of cards that a device logged, oldest first: id, card, whether it still stands."""
    rows = db.rows(
        f"SELECT e.id, e.card, {STANDS} FROM events e"
        " WHERE e.device = ? AND e.card IS NOT NULL ORDER BY e.id",
        [device],
    )
    return [(ident, card, bool(stands)) for ident, card, stands in rows]


def last_answer(db: Database) -> Answer | None:
    """The newest answer that stands."""
    row = db.row(
        f"SELECT {EVENT_COLUMNS} FROM events e WHERE kind IN {ANSWERS} AND {STANDS}"
        " ORDER BY id DESC LIMIT 1"
    )
    return None if row is None else cast("Answer", event_of(row))


def all_states(db: Database) -> dict[str, CardState]:
    """The state of every card."""
    return {
        row[0]: state_of(row[1:]) for row in db.rows(f"SELECT card, {STATE_COLUMNS} FROM states")
    }


def facts(db: Database) -> dict[str, str]:
    """The facts about the database itself, by name."""
    return {row[0]: row[1] for row in db.rows("SELECT name, value FROM meta")}


def renamed_entries(db: Database, deck: str) -> dict[str, str]:
    """Under which id the entries stand in a deck's file now that were called otherwise before."""
    rows = db.rows("SELECT id, key FROM cards WHERE deck = ? AND id <> key AND NOT gone", [deck])
    return {ident.split("/")[1]: key.split("/")[1] for ident, key in rows if ident.count("/") > 1}


def cards_in_order(db: Database, deck: str) -> Iterator[tuple[str, str]]:
    """The cards of a deck with their entries, in the order of its files."""
    rows = db.each(
        "SELECT id, entry FROM cards WHERE deck = ? AND NOT gone ORDER BY position", [deck]
    )
    return ((row[0], row[1]) for row in rows)
