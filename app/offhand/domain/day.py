"""The learner's day: the local calendar date, turning over some hours after midnight."""

import re
from datetime import date, datetime, timedelta

_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNT = re.compile("[-+]?[0-9]{1,7}")


def learners_day(moment: datetime, rollover: int) -> date:
    """The day that a moment belongs to for the learner.

    `moment` carries the local zone; `rollover` is the local hour (0 to 23) at which a day ends, so
    that a session after midnight still belongs to the evening before. Wall-clock time decides, so
    daylight saving neither lengthens nor doubles a day.
    """
    return (moment.replace(tzinfo=None) - timedelta(hours=rollover)).date()


def days_after(day: date, count: int) -> date:
    """The date `count` days later, or earlier where it is below 0, stopping at the calendar's ends."""
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))


def day_named(text: str, today: date) -> date | None:
    """The day that a person names: `today`, `tomorrow`, `yesterday`, `fri`, `+3`, `-2`, `2026-12-24`.

    A weekday is the next one, past today. None where the text names no day.
    """
    name = text.strip().lower()
    if (days := _NEAR.get(name)) is not None:
        return days_after(today, days)
    if _COUNT.fullmatch(name):
        return days_after(today, int(name))
    if len(name) >= 3:
        for weekday, known in enumerate(_WEEKDAYS):
            if known.startswith(name):
                return days_after(today, (weekday - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
