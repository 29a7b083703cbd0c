"""What the log knows of a card already, held against what a source says of its past."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from operator import attrgetter

from offhand.domain.event import Answer, Asked, CardEvent, Mark, Marked, Moved, Undo
from offhand.formats.draft import PastAnswer

IMPORT = "import "
"""How the device of an imported event begins; which import it was follows."""
_MOVED_ON = timedelta(seconds=60)


def given_elsewhere(
    answers: Iterable[PastAnswer], known: Sequence[CardEvent], undone: Collection[str]
) -> list[PastAnswer]:
    """The answers without those that were given here, and have been to another program and back.

    There an answer may have become a little later, as no two in its log have one moment.
    """
    here = [e.at for e in known if isinstance(e, Answer) and e.id not in undone]
    left = []
    for past in answers:
        if past.at in here:
            here.remove(past.at)
        else:
            left.append(past)
    new = []
    for past in left:
        twin = next((at for at in here if timedelta() < past.at - at <= _MOVED_ON), None)
        if twin is None:
            new.append(past)
        else:
            here.remove(twin)
    return new


def standing(events: Sequence[CardEvent]) -> Iterator[CardEvent]:
    """The events that were not taken back."""
    undone = {event.target for event in events if isinstance(event, Undo)}
    return (e for e in events if e.id not in undone and not isinstance(e, Undo))


def moves_here(event: CardEvent) -> bool:
    """Whether an event moved its card's schedule here, and not in the program it comes from."""
    if event.device.startswith(IMPORT):
        return False
    if isinstance(event, Answer):
        return event.asked in (Asked.SCHEDULED, Asked.EARLY)
    return isinstance(event, Moved) or (isinstance(event, Marked) and event.mark is Mark.RESET)


def last_word(events: Sequence[CardEvent]) -> Marked | None:
    """The last event that suspended or resumed a card."""
    found = [
        event
        for event in standing(events)
        if isinstance(event, Marked) and event.mark in (Mark.SUSPEND, Mark.RESUME)
    ]
    return max(found, key=attrgetter("id"), default=None)
