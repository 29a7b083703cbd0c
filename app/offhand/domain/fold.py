"""What a card's events make of it: the fold of the log."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from offhand.domain.event import (
    Answer,
    Asked,
    CardEvent,
    Carried,
    Grade,
    Mark,
    Marked,
    Moved,
    Undo,
)
from offhand.domain.schedule.protocol import Schedule, Scheduler


class Standing(StrEnum):
    """What a card asks for on a day."""

    NEW = "new"
    DUE = "due"
    AGAIN = "again"
    """Answered today below 4: comes round again until it gets a 4 or better."""
    LATER = "later"
    BURIED = "buried"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class CardState:
    """A card as its history left it.

    `schedule` is None for a card never answered. `answered_on` is the day of its last scheduled
    answer; `again_on` the day on which it still has to come round; `buried_on` the day on which it
    is put aside; `reviews` counts its scheduled answers.
    """

    schedule: Schedule | None = None
    answered_on: date | None = None
    again_on: date | None = None
    buried_on: date | None = None
    suspended: bool = False
    flagged: bool = False
    reviews: int = 0

    def on(self, day: date) -> Standing:
        """What the card asks for on a day."""
        if self.suspended:
            return Standing.SUSPENDED
        if self.buried_on == day:
            return Standing.BURIED
        if self.again_on == day:
            return Standing.AGAIN
        if self.schedule is None:
            return Standing.NEW
        return Standing.DUE if self.schedule.due <= day else Standing.LATER


NEW = CardState()
_IDLE = (Asked.PRACTICE, Asked.QUIZ)


def fold(scheduler: Scheduler, events: Iterable[CardEvent], state: CardState = NEW) -> CardState:
    """The state of one card after its events, oldest first; undone events count as never done.

    An event can only undo one of those given: to take back an older one, fold all of them anew.
    """
    events = tuple(events)
    undone = {event.target for event in events if isinstance(event, Undo)}
    schedule, answered_on, again_on = state.schedule, state.answered_on, state.again_on
    buried_on, suspended, flagged = state.buried_on, state.suspended, state.flagged
    reviews = state.reviews
    for event in events:
        if undone and event.id in undone:
            continue
        if isinstance(event, Answer):
            if event.asked in _IDLE:
                continue
            again_on = event.day if event.grade < Grade.GOOD else None
            if event.asked is Asked.SCHEDULED or (
                event.asked is Asked.EARLY and not event.grade.passed
            ):
                schedule = scheduler.next(schedule, event.grade, event.day, event.card)
                answered_on = event.day
                reviews += 1
        elif isinstance(event, Marked):
            match event.mark:
                case Mark.SUSPEND:
                    suspended = True
                case Mark.RESUME:
                    suspended = False
                case Mark.FLAG:
                    flagged = True
                case Mark.UNFLAG:
                    flagged = False
                case Mark.BURY:
                    buried_on = event.day
                case Mark.RESET:
                    schedule, answered_on, again_on, reviews = None, None, None, 0
        elif isinstance(event, Moved):
            schedule = replace(schedule, due=event.due) if schedule else None
        elif isinstance(event, Carried):
            schedule = Schedule(
                event.due, event.interval, event.ease, event.repetitions, event.lapses
            )
            again_on, reviews = None, max(reviews, 1)
    return CardState(schedule, answered_on, again_on, buried_on, suspended, flagged, reviews)
