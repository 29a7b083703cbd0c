"""A card's state and past as Anki keeps them."""

from collections.abc import Iterable, Iterator

from offhand.domain.event import Answer, Asked, Grade, Mark, Marked
from offhand.domain.fold import CardState
from offhand.domain.past import Step
from offhand.domain.schedule.protocol import Schedule
from offhand.formats.anki.collection_writer import CardRow, LogRow, Time

_NEW, _REVIEW = 0, 2
_SUSPENDED = -1
_LEARNED, _REVIEWED, _RELEARNED, _FILTERED, _BY_HAND = 0, 1, 2, 3, 4
_BUTTONS = {
    Grade.BLACKOUT: 1,
    Grade.WRONG: 1,
    Grade.NEARLY: 1,
    Grade.HARD: 2,
    Grade.GOOD: 3,
    Grade.PERFECT: 4,
}
_FIRST_FACTOR = 2500
_CRAMMED = 0
"""The ease of an answer in a filtered deck that left the schedule alone."""
_LONGEST = 36_500
"""Anki knows no longer interval, in days."""


def card_row(
    ident: int, ord_: int, deck: int, state: CardState, counted: Time, new: int
) -> CardRow:
    """A card with its schedule, suspended and flagged as it is; `new` is its place among the new ones."""
    schedule = state.schedule
    kind = _NEW if schedule is None else _REVIEW
    queue = _SUSPENDED if state.suspended else kind
    flags = 1 if state.flagged else 0
    if schedule is None:
        return CardRow(ident, ord_, deck, kind, queue, new, flags=flags)
    return CardRow(
        ident,
        ord_,
        deck,
        kind,
        queue,
        counted.day(schedule.due),
        _interval(schedule),
        _factor(schedule),
        max(state.reviews, schedule.repetitions, 1),
        schedule.lapses,
        flags,
    )


def log_rows(steps: Iterable[Step]) -> Iterator[LogRow]:
    """What stands of a card's past, oldest first, as rows of the review log: answers and resets."""
    before: Schedule | None = None
    for step in steps:
        if step.undone:
            continue
        event, after = step.event, step.state.schedule
        at = int(event.at.timestamp() * 1000)
        if isinstance(event, Marked) and event.mark is Mark.RESET:
            yield LogRow(at, 0, 0, _interval(before), 0, 0, _BY_HAND)
        if isinstance(event, Answer) and event.asked is not Asked.QUIZ:
            yield LogRow(
                at,
                _BUTTONS[event.grade],
                _interval(after),
                min(event.interval, _LONGEST),
                _CRAMMED if _is_crammed(event, before, after) else _factor(after),
                event.took_ms,
                _kind(event, before),
            )
        before = after


def _is_crammed(event: Answer, before: Schedule | None, after: Schedule | None) -> bool:
    return event.asked in (Asked.PRACTICE, Asked.EARLY) and before == after


def _kind(event: Answer, before: Schedule | None) -> int:
    if event.asked in (Asked.PRACTICE, Asked.EARLY):
        return _FILTERED
    if event.asked is Asked.REPEAT:
        return _RELEARNED if before and before.lapses else _LEARNED
    return _LEARNED if before is None else _REVIEWED


def _interval(schedule: Schedule | None) -> int:
    return min(schedule.interval, _LONGEST) if schedule else 0


def _factor(schedule: Schedule | None) -> int:
    return schedule.ease * 10 if schedule else _FIRST_FACTOR
