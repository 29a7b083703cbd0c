"""What the log adds up to: days, counts, weak sections. Plain SQL in, domain objects out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offhand.domain.card import Scope
from offhand.domain.forecast import LONGEST_ANSWER_MS
from offhand.domain.weakness import Tally
from offhand.store.clauses import ANSWERS, STANDS, within
from offhand.store.connection import Database


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The answers of one day.

    All, scheduled reviews (no first answers) and those passed, new cards, ms, cards asked early.
    """

    day: date
    answers: int
    reviews: int
    passed: int
    new: int
    took_ms: int
    early: int = 0


def day_counts(db: Database, since: date) -> list[DayCounts]:
    """What was answered on each day from `since` on, oldest first."""
    rows = db.rows(
        "SELECT day, count(*),"
        " coalesce(sum(kind = 'answer' AND interval > 0), 0),"
        " coalesce(sum(kind = 'answer' AND interval > 0 AND grade >= 3), 0),"
        " coalesce(sum(kind = 'answer' AND interval = 0), 0), coalesce(sum(min(took_ms, ?)), 0),"
        " coalesce(sum(kind = 'early'), 0)"
        f" FROM events e WHERE day >= ? AND kind IN {ANSWERS} AND {STANDS} GROUP BY day ORDER BY day",
        [LONGEST_ANSWER_MS, since.isoformat()],
    )
    return [DayCounts(date.fromisoformat(row[0]), *row[1:]) for row in rows]


def answers_total(db: Database) -> int:
    """How many answers stand in all, practice included."""
    row = db.row(f"SELECT count(*) FROM events e WHERE kind IN {ANSWERS} AND {STANDS}")
    return int(row[0]) if row else 0


def tallies(db: Database, since: date) -> Iterator[Tally]:
    """The scheduled reviews from `since` on, by section (`deck/section`) and day, one by one."""
    rows = db.each(
        "SELECT c.deck || '/' || c.section, e.day, count(*), sum(e.grade < 3)"
        " FROM events e JOIN cards c ON c.id = e.card"
        f" WHERE e.day >= ? AND e.kind = 'answer' AND e.interval > 0 AND NOT c.gone AND {STANDS}"
        " GROUP BY c.deck, c.section, e.day",
        [since.isoformat()],
    )
    for section, day, reviews, failed in rows:
        yield Tally(section, date.fromisoformat(day), reviews, failed)


def costly_cards(db: Database, scope: Scope, since: date, count: int) -> list[tuple[str, str, int]]:
    """The cards failed most since a day: id, prompt and how often."""
    clause, values = within(scope)
    rows = db.rows(
        "SELECT c.id, c.prompt, count(*) AS failed FROM events e JOIN cards c ON c.id = e.card"
        " WHERE e.day >= ? AND e.kind = 'answer' AND e.interval > 0 AND e.grade < 3"
        f" AND NOT c.gone AND {STANDS}{clause} GROUP BY c.id ORDER BY failed DESC, c.id LIMIT ?",
        [since.isoformat(), *values, count],
    )
    return [(row[0], row[1], row[2]) for row in rows]


def due_counts(db: Database, after: date, until: date) -> dict[date, int]:
    """How many cards are due on each day of a span, its first day not included."""
    rows = db.rows(
        "SELECT s.due, count(*) FROM states s JOIN cards c ON c.id = s.card"
        " WHERE s.due > ? AND s.due <= ? AND s.suspended = 0 AND NOT c.gone GROUP BY s.due",
        [after.isoformat(), until.isoformat()],
    )
    return {date.fromisoformat(day): count for day, count in rows}


def times_failed(db: Database, card: str) -> int:
    """How often a card was failed when it was due or new."""
    row = db.row(
        f"SELECT count(*) FROM events e WHERE card = ? AND kind = 'answer' AND grade < 3 AND {STANDS}",
        [card],
    )
    return int(row[0]) if row else 0
