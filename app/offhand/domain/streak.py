"""The streak: days in a row on which what was asked was done."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """`days` counts the days reviewed in the unbroken run up to today; `today` whether today counts.

    `lost` is the length of the run that ended last, when nothing has replaced it yet.
    """

    days: int
    today: bool
    lost: int = 0


def streak(today: date, reviewed: Set[date], rest: Set[date]) -> Streak:
    """The streak as of today.

    A day with a review counts. A day of rest (nothing was due, nothing new was left) does not
    count and does not break it. Today breaks nothing before it has ended.
    """
    days = _run(today if today in reviewed else today - _DAY, reviewed, rest)
    lost = 0
    if days == 0 and (earlier := [day for day in reviewed if day < today]):
        lost = _run(max(earlier), reviewed, rest)
    return Streak(days, today in reviewed, lost)


def _run(day: date, reviewed: Set[date], rest: Set[date]) -> int:
    days = 0
    while day in reviewed or day in rest:
        days += day in reviewed
        if day == date.min:
            break
        day -= _DAY
    return days


def rest_days(last: date, today: date, first_due: date | None, new_left: bool) -> tuple[date, ...]:
    """The days between the last active day and today on which nothing could be asked.

    `first_due` is the earliest due date as the last active day left it, `new_left` whether a new
    card could have been begun then.
    """
    if new_left:
        return ()
    end = today if first_due is None else min(today, first_due)
    return tuple(last + _DAY * n for n in range(1, (end - last).days))
