"""What a scheduler is, and what it says about a card."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from offhand.domain.event import Grade


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a card comes next, and what its scheduler needs to go on.

    `interval` is in days, counted from the day of the last answer; `ease` in hundredths;
    `repetitions` counts the passes in a row, `lapses` the failures after a pass.
    """

    due: date
    interval: int
    ease: int
    repetitions: int
    lapses: int


class Scheduler(Protocol):
    """Decides when a card comes next."""

    @property
    def signature(self) -> str:
        """Its name and settings: two schedulers with one signature give the same schedules."""
        ...

    def next(self, schedule: Schedule | None, grade: Grade, on: date, card: str = "") -> Schedule:
        """The schedule after an answer on a day; `schedule` is None for a new card."""
        ...


def preview(
    scheduler: Scheduler, schedule: Schedule | None, on: date, card: str = ""
) -> dict[Grade, Schedule]:
    """The schedule that each grade would give."""
    return {grade: scheduler.next(schedule, grade, on, card) for grade in Grade}
