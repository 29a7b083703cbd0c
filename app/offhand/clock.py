"""The one place that the present comes from."""

import os
from datetime import datetime, timedelta
from typing import Protocol

from offhand.errors import OffhandError

# Near the ends of the calendar there is no day before or week after, and no local time.
_FIRST_YEAR, _LAST_YEAR = 1970, 9000


class Clock(Protocol):
    """Tells the present moment in the learner's time zone."""

    def now(self) -> datetime:
        """The present, with its zone."""
        ...

    def local(self, moment: datetime) -> datetime:
        """Another moment as the learner's zone shows it."""
        ...


class SystemClock:
    """The machine's clock, set off by a fixed time where one is given."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The present in the zone of the machine, with its zone."""
        moment = datetime.now()
        return (moment + self._offset if self._offset else moment).astimezone()

    def local(self, moment: datetime) -> datetime:
        """Another moment in the zone of the machine, by the rules that hold there on its day."""
        return moment.astimezone()


def system_clock(shown: str | None = None) -> SystemClock:
    """The machine's clock, or one that starts at `shown` (ISO, by default `OFFHAND_NOW`) and runs on.

    Raises OffhandError when `shown` is not a moment.
    """
    shown = os.environ.get("OFFHAND_NOW") if shown is None else shown
    if not shown:
        return SystemClock()
    try:
        moment = datetime.fromisoformat(shown)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError
    except ValueError:
        raise OffhandError(
            f"OFFHAND_NOW is not a moment: {shown!r}.",
            mend="Write it as 2026-12-24T09:00, or unset it.",
        ) from None
    local = moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment
    return SystemClock(local - datetime.now())
