"""Which days the log and the schedule know."""

from datetime import date

from offhand.store.clauses import ANSWERS, STANDS
from offhand.store.connection import Database


def days_reviewed(db: Database) -> tuple[set[date], set[date]]:
    """The days on which anything was answered, and the days of rest."""
    # One seek a day, however many answers a day has.
    rows = db.rows(
        "WITH RECURSIVE days(day) AS (SELECT max(day) FROM events UNION ALL"
        " SELECT (SELECT max(day) FROM events WHERE day < days.day) FROM days WHERE day IS NOT NULL)"
        " SELECT day,"
        f" EXISTS (SELECT 1 FROM events e WHERE e.day = days.day AND kind IN {ANSWERS} AND {STANDS}),"
        " EXISTS (SELECT 1 FROM events e WHERE e.day = days.day AND kind = 'rest')"
        " FROM days WHERE day IS NOT NULL"
    )
    reviewed = {date.fromisoformat(day) for day, answered, _ in rows if answered}
    return reviewed, {date.fromisoformat(day) for day, _, rest in rows if rest}


def last_day(db: Database) -> date | None:
    """The newest day on which something was answered, or that is known as a day of rest."""
    row = db.row(
        f"SELECT day FROM events WHERE kind = 'rest' OR kind IN {ANSWERS} ORDER BY day DESC LIMIT 1"
    )
    return date.fromisoformat(row[0]) if row else None


def first_due(db: Database) -> date | None:
    """The earliest due date of all cards that can be asked."""
    row = db.row(
        "SELECT s.due FROM states s JOIN cards c ON c.id = s.card"
        " WHERE s.due IS NOT NULL AND s.suspended = 0 AND NOT c.gone ORDER BY s.due LIMIT 1"
    )
    return date.fromisoformat(row[0]) if row else None
