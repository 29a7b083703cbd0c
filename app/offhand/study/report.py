"""What the learner wants to know of the past: the streak, the weak sections, how a card went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from offhand.domain.card import Scope
from offhand.domain.event import Answer, Carried, Marked, Moved
from offhand.domain.fold import NEW, Standing
from offhand.domain.forecast import DayAhead, days_ahead, minutes
from offhand.domain.past import Step, steps_of
from offhand.domain.streak import Streak, streak
from offhand.domain.weakness import WINDOW_DAYS, Weakness, weaknesses
from offhand.store import active_days, counting, deck_reading, reading
from offhand.store.counting import DayCounts
from offhand.store.reading import Kept
from offhand.study.answering import find_card
from offhand.study.desk import Desk, note_rest_days
from offhand.study.targets.lens import asks_early, moved_days

RETENTION_DAYS = 30
_PACE_DAYS = 30
_AHEAD_DAYS = 7
_HEAT_WEEKS = 26


@dataclass(frozen=True, slots=True)
class WeakSection:
    """How a section stands, with its names."""

    deck: str
    section: str
    title: str
    weakness: Weakness


@dataclass(frozen=True, slots=True)
class Figures:
    """The learner's figures. `retention` is the share of scheduled reviews passed, None without any.

    `heat` holds the answers of each day of the last half year that has any.
    """

    day: date
    streak: Streak
    retention: float | None
    reviews: int
    answers_today: int
    new_today: int
    heat: dict[date, int]
    ahead: tuple[DayAhead, ...]
    minutes_per_card: float

    def minutes_for(self, cards: int) -> int:
        """How many minutes some cards take at the learner's pace, repeats included."""
        return max(round(cards * self.minutes_per_card), 1) if cards else 0


@dataclass(frozen=True, slots=True)
class Past:
    """A card with all that was ever done to it, and one sentence on why it is asked when it is."""

    kept: Kept
    steps: tuple[Step, ...]
    why: str


def figures(desk: Desk) -> Figures:
    """The streak, the retention of the last 30 days, the days of the last half year and of the next week."""
    note_rest_days(desk)
    day = desk.today
    counts = counting.day_counts(desk.db, day - timedelta(weeks=_HEAT_WEEKS))
    recent = [c for c in counts if c.day > day - timedelta(days=RETENTION_DAYS)]
    reviews = sum(c.reviews for c in recent)
    retention = sum(c.passed for c in recent) / reviews if reviews else None
    now = next((c for c in counts if c.day == day), DayCounts(day, 0, 0, 0, 0, 0))
    due_on = _due_on(desk, day, day + timedelta(days=_AHEAD_DAYS))
    reviewed, rest = active_days.days_reviewed(desk.db)
    return Figures(
        day,
        streak(day, reviewed, rest),
        retention,
        reviews,
        now.answers,
        now.new,
        {c.day: c.answers for c in counts},
        days_ahead(due_on, day, _AHEAD_DAYS),
        _pace([c for c in counts if c.day > day - timedelta(days=_PACE_DAYS)]),
    )


def _due_on(desk: Desk, after: date, until: date) -> dict[date, int]:
    """How many cards come on each day of a span: when they are due, or when a target asks them."""
    due_on = counting.due_counts(desk.db, after, until)
    for due, asked in moved_days(desk, until):
        for day, change in ((due, -1), (asked, 1)):
            if after < day <= until:
                due_on[day] = due_on.get(day, 0) + change
    return due_on


def _pace(recent: list[DayCounts]) -> float:
    spent = sum(c.took_ms for c in recent)
    return minutes(1000, spent, sum(c.reviews + c.new + c.early for c in recent)) / 1000


def weak_sections(desk: Desk) -> list[WeakSection]:
    """Every section with reviews, the weakest first; those with too few reviews to tell come last."""
    day = desk.today
    tallies = counting.tallies(desk.db, day - timedelta(days=WINDOW_DAYS))
    titles = {
        f"{section.deck}/{section.id}": section
        for deck in deck_reading.deck_titles(desk.db)
        for section in deck.sections
    }
    return [
        WeakSection(titles[w.section].deck, titles[w.section].id, titles[w.section].title, w)
        for w in weaknesses(tallies, day)
        if w.section in titles
    ]


def costly_cards(desk: Desk, scope: Scope, count: int = 5) -> list[tuple[str, str, int]]:
    """The cards of a scope failed most in the last half year: id, prompt, how often."""
    return counting.costly_cards(desk.db, scope, desk.today - timedelta(days=WINDOW_DAYS), count)


def answers_total(desk: Desk) -> int:
    """How many answers stand in the log."""
    return counting.answers_total(desk.db)


def past_of(desk: Desk, name: str) -> Past:
    """A card's past, and why it is due when it is. Raises NotFound for no card."""
    kept = find_card(desk, name)
    events = reading.card_events(desk.db, kept.id)
    steps = steps_of(desk.scheduler, events)
    return Past(kept, steps, _why(desk, kept, steps))


def _why(desk: Desk, kept: Kept, steps: Sequence[Step]) -> str:
    state, day = kept.state, desk.today
    if kept.gone:
        return "Its deck file does not hold it any more; its history is kept."
    match state.on(day):
        case Standing.SUSPENDED:
            return "It is suspended: it is not asked until it is resumed."
        case Standing.BURIED:
            return "It is buried: it waits until tomorrow."
        case Standing.AGAIN:
            return "It was answered below Good today, and comes round until it gets a Good."
        case Standing.NEW:
            return "It is new: it has not been answered yet."
    assert state.schedule is not None
    answered = [s.event for s in steps if isinstance(s.event, Answer) and not s.undone]
    last = state.answered_on or (answered[-1].day if answered else day)
    interval, due = state.schedule.interval, state.schedule.due
    days = "1 day" if interval == 1 else f"{interval} days"
    earlier = NEW.schedule
    set_by: Answer | Marked | Moved | Carried | None = None
    for step in steps:
        if step.state.schedule != earlier:
            earlier, set_by = step.state.schedule, step.event
    if isinstance(set_by, Moved):
        told = f"Moved by hand on {set_by.day:%d %b %Y}: due on {due:%d %b %Y}"
    elif isinstance(set_by, Carried):
        told = f"Brought along with an interval of {days}: due on {due:%d %b %Y}"
    else:
        told = f"Answered on {last:%d %b %Y}, interval {days}: due on {due:%d %b %Y}"
    if due > day and asks_early(desk, kept.id):
        return f"{told}; asked before that, as a target is near."
    if (late := (day - due).days) > 0:
        return f"{told}, {'1 day' if late == 1 else f'{late} days'} ago."
    return f"{told}, today." if late == 0 else f"{told}."
