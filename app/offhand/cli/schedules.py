"""Days and schedules, as more than one command writes them."""

from datetime import date

from offhand.domain.schedule.protocol import Schedule
from offhand.study.present import interval_text


def day_text(day: date) -> str:
    """A day as `Sun 22 Nov 2026`."""
    return f"{day:%a %d %b %Y}"


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
