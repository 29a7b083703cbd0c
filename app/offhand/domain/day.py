"""The learner's day: the local calendar date, turning over some hours after midnight."""

from datetime import date, datetime, timedelta


def learners_day(moment: datetime, rollover: int) -> date:
    """The day that a moment belongs to for the learner.

    `moment` carries the local zone; `rollover` is the local hour (0 to 23) at which a day ends, so
    that a session after midnight still belongs to the evening before. Wall-clock time decides, so
    daylight saving neither lengthens nor doubles a day.
    """
    return (moment.replace(tzinfo=None) - timedelta(hours=rollover)).date()


def days_after(day: date, count: int) -> date:
    """The date `count` days later, stopping at the calendar's last day."""
    return date.fromordinal(min(day.toordinal() + count, date.max.toordinal()))
