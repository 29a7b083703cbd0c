"""Sentences and numbers that more than one command says."""

from collections.abc import Sequence
from datetime import date

from offhand.domain.forecast import DayAhead
from offhand.domain.schedule.protocol import Schedule
from offhand.domain.streak import Streak
from offhand.study.present import interval_text

_DAYS_NAMED = 3


def counted(count: int, thing: str, things: str = "") -> str:
    """A number of things: `1 card`, `2 cards`."""
    return f"{count} {thing if count == 1 else things or f'{thing}s'}"


def percent(share: float) -> str:
    """A share as `84 %`."""
    return f"{round(share * 100)} %"


def day_text(day: date) -> str:
    """A day as `Sun 22 Nov 2026`."""
    return f"{day:%a %d %b %Y}"


def ahead_text(ahead: Sequence[DayAhead]) -> str:
    """What the next days bring, as in "Tomorrow 17, Tue 9, Wed 21"."""
    names = ["Tomorrow", *(f"{coming.day:%a}" for coming in ahead[1:_DAYS_NAMED])]
    return (
        ", ".join(f"{name} {coming.due}" for name, coming in zip(names, ahead, strict=False)) + "."
    )


def streak_text(streak: Streak) -> str:
    """The streak in a sentence."""
    if streak.days:
        return f"Streak {counted(streak.days, 'day')}."
    if streak.lost:
        return f"The streak ended after {counted(streak.lost, 'day')}."
    return "No streak yet."


def ease_text(schedule: Schedule) -> str:
    """An ease as `2.50`."""
    return f"{schedule.ease / 100:.2f}"


def schedule_json(schedule: Schedule | None) -> dict[str, object]:
    """When a card comes next, for scripts: all null for a card that was never answered."""
    if schedule is None:
        return {"interval_days": None, "ease": None, "due": None}
    return {
        "interval_days": schedule.interval,
        "ease": schedule.ease / 100,
        "due": schedule.due.isoformat(),
    }


def next_text(schedule: Schedule) -> str:
    """When a card comes next, as `next in 6 days, on Sun 22 Nov 2026`."""
    return f"next in {interval_text(schedule.interval)}, on {day_text(schedule.due)}"
