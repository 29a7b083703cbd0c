"""What interviews ask the database: the steps in the log, and the cards that could be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from offhand.domain.card import CardKind, Level, Scope
from offhand.domain.event import InterviewStep
from offhand.store.clauses import within
from offhand.store.connection import Database
from offhand.store.rows import EVENT_COLUMNS, event_of

# One seek a day, however many answers a day has: interviews are few in a long log.
_STEPS = (
    "WITH RECURSIVE days(day) AS (SELECT max(day) FROM events UNION ALL"
    " SELECT (SELECT max(day) FROM events WHERE day < days.day) FROM days WHERE day IS NOT NULL)"
    f" SELECT {EVENT_COLUMNS} FROM events"
    " WHERE day IN (SELECT day FROM days) AND kind = 'interview'"
)


@dataclass(frozen=True, slots=True)
class Askable:
    """A card that an interview could ask."""

    card: str
    entry: str
    deck: str
    section: str
    kind: CardKind
    level: Level | None


def steps_of(db: Database, interview: str) -> list[InterviewStep]:
    """All steps of one interview, oldest first."""
    rows = db.rows(f"{_STEPS} AND key = ? ORDER BY id", [interview])
    return [cast("InterviewStep", event_of(row)) for row in rows]


def telling_steps(db: Database) -> list[InterviewStep]:
    """The steps of all interviews, oldest first, without those of time and of typing."""
    rows = db.rows(
        f"{_STEPS} AND json_extract(data, '$.step') NOT IN ('pulse', 'typed') ORDER BY id"
    )
    return [cast("InterviewStep", event_of(row)) for row in rows]


def last_asked(db: Database) -> dict[str, date]:
    """When an interview asked each card last."""
    rows = db.rows(
        f"SELECT json_extract(data, '$.data.card'), max(day) FROM ({_STEPS})"
        " WHERE json_extract(data, '$.step') = 'shown' GROUP BY 1"
    )
    return {card: date.fromisoformat(day) for card, day in rows if card is not None}


def askable_cards(db: Database, scopes: Iterable[Scope]) -> list[Askable]:
    """The questions and terms of some scopes, each once, in the order of the decks."""
    found: dict[str, Askable] = {}
    for scope in scopes:
        clause, values = within(scope)
        for card, entry, deck, section, kind, level in db.rows(
            "SELECT c.id, c.entry, c.deck, c.section, c.kind,"
            " CASE c.more WHEN '' THEN NULL ELSE json_extract(c.more, '$.level') END"
            " FROM cards c JOIN states s ON s.card = c.id"
            " WHERE c.kind IN ('question', 'term') AND NOT c.gone AND s.suspended = 0"
            f"{clause} ORDER BY c.deck, c.position",
            values,
        ):
            found[card] = Askable(
                card, entry, deck, section, CardKind(kind), Level(level) if level else None
            )
    return list(found.values())


def terms_of(db: Database, entry: str) -> list[str]:
    """The term that an entry defines, if it does."""
    rows = db.rows(
        "SELECT prompt FROM cards WHERE entry = ? AND kind = 'term' AND NOT gone", [entry]
    )
    return [row[0] for row in rows]
