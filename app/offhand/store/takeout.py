"""What an export asks the database: the cards of a deck with their states, and what is left of others."""

from dataclasses import dataclass
from typing import cast

from offhand.domain.event import OtherEvent
from offhand.domain.fold import CardState
from offhand.store.connection import Database
from offhand.store.rows import EVENT_COLUMNS, STATE_COLUMNS, event_of, state_of


@dataclass(frozen=True, slots=True)
class CardOfDeck:
    """A card by its lasting id, as its deck calls it now; `gone` when its deck holds it no more."""

    id: str
    key: str
    state: CardState
    gone: bool


def cards_of_deck(db: Database, deck: str) -> list[CardOfDeck]:
    """The cards that a deck holds or once held, in its order."""
    columns = ", ".join(f"s.{name.strip()}" for name in STATE_COLUMNS.split(","))
    rows = db.rows(
        f"SELECT c.id, c.key, c.gone, {columns} FROM cards c JOIN states s ON s.card = c.id"
        " WHERE c.deck = ? ORDER BY c.position",
        [deck],
    )
    return [
        CardOfDeck(id_, key, state_of(tuple(rest)), bool(gone)) for id_, key, gone, *rest in rows
    ]


def lost_decks(db: Database) -> list[tuple[str, str, str]]:
    """The decks whose files are there no more, but cards of which have a past: id, title, about."""
    rows = db.rows(
        "SELECT id, title, about FROM decks d WHERE gone"
        " AND EXISTS (SELECT 1 FROM cards c WHERE c.deck = d.id) ORDER BY position"
    )
    return [(ident, title, about) for ident, title, about in rows]


def events_of_no_card(db: Database) -> list[OtherEvent]:
    """The events that belong to no card, oldest first."""
    rows = db.rows(f"SELECT {EVENT_COLUMNS} FROM events WHERE card IS NULL ORDER BY id")
    return [cast("OtherEvent", event_of(row)) for row in rows]
