"""What the next days bring, and how long today takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_PACE_MS = 20_000
"""The pace of a learner whose own is not known yet, in ms a card, repeats included."""
LONGEST_ANSWER_MS = 120_000
"""Time on one card past this is a walk to the kettle, and does not count."""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A coming day and how many cards are due on it as things stand."""

    day: date
    due: int


def days_ahead(due_on: Mapping[date, int], today: date, count: int) -> tuple[DayAhead, ...]:
    """The next `count` days after today, as far as the calendar goes."""
    left = (date.max - today).days
    days = (today + timedelta(days=n) for n in range(1, min(count, left) + 1))
    return tuple(DayAhead(day, due_on.get(day, 0)) for day in days)


def minutes(cards: int, spent_ms: int, answered: int) -> int:
    """How many minutes `cards` will take at the pace of the last `answered` cards in `spent_ms`.

    A learner with fewer than ten answers is given the first pace. At least one minute for a card.
    """
    pace = spent_ms / answered if answered >= 10 else FIRST_PACE_MS
    return max(round(cards * pace / 60_000), 1) if cards else 0
