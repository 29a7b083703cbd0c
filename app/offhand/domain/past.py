"""A card's past, step by step: each event with the state that it left."""

from collections.abc import Iterable
from dataclasses import dataclass

from offhand.domain.event import Answer, CardEvent, Carried, Marked, Moved, Renamed, Undo
from offhand.domain.fold import NEW, CardState, fold
from offhand.domain.schedule.protocol import Scheduler


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a card's past and the state it left; `undone` when it was taken back."""

    event: Answer | Marked | Moved | Carried
    state: CardState
    undone: bool


def steps_of(scheduler: Scheduler, events: Iterable[CardEvent]) -> tuple[Step, ...]:
    """The steps of one card's events, oldest first."""
    events = tuple(events)
    undone = {event.target for event in events if isinstance(event, Undo)}
    steps, state = [], NEW
    for event in events:
        taken_back = event.id in undone
        if not taken_back:
            state = fold(scheduler, [event], state)
        if not isinstance(event, Undo | Renamed):
            steps.append(Step(event, state, taken_back))
    return tuple(steps)
