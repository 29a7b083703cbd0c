"""What is done to cards that were found, to one or to many at once, and taken back as one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from offhand.domain.event import Mark, Marked, Moved, Stamp, Undo, next_event_id
from offhand.domain.fold import CardState, fold
from offhand.domain.listing import CardLine
from offhand.store import listing
from offhand.study.desk import Desk, next_stamp, note_rest_days

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done to some cards; `events` has one for each card that it changed."""

    events: tuple[Marked | Moved, ...]

    @property
    def cards(self) -> tuple[str, ...]:
        """The cards that it changed."""
        return tuple(event.card for event in self.events)


_OPPOSITE = {Mark.SUSPEND: Mark.RESUME, Mark.FLAG: Mark.UNFLAG}


def lines(desk: Desk, numbers: Sequence[int]) -> dict[int, CardLine]:
    """What a list shows of some cards, by their numbers; those that are gone are left out."""
    return listing.lines(desk.db, numbers)


def ids(desk: Desk, numbers: Sequence[int]) -> list[str]:
    """The ids of some cards in the same order; those that are gone are left out."""
    return listing.ids(desk.db, numbers)


def mark_all(desk: Desk, cards: Sequence[str], how: Mark) -> Deed:
    """Mark cards, as one transaction; those for which it would change nothing are left alone."""

    def event_for(stamp: Stamp, card: str, state: CardState) -> Marked | None:
        return Marked(**stamp, card=card, mark=how) if _changes(state, how, stamp["day"]) else None

    return _do(desk, cards, event_for)


def toggle_all(desk: Desk, cards: Sequence[str], how: Mark) -> tuple[Mark, Deed]:
    """Suspend or flag cards; where all are so already, the opposite. Returns what was done."""
    today = desk.today
    if not any(_changes(state, how, today) for state in listing.states(desk.db, cards).values()):
        how = _OPPOSITE[how]
    return how, mark_all(desk, cards, how)


def move_all(desk: Desk, cards: Sequence[str], due: date) -> Deed:
    """Let cards come on a day, as one transaction; intervals and ease stay, and new cards stay new."""

    def event_for(stamp: Stamp, card: str, state: CardState) -> Moved | None:
        moves = state.schedule is not None and state.schedule.due != due
        return Moved(**stamp, card=card, due=due) if moves else None

    return _do(desk, cards, event_for)


def undo_deed(desk: Desk, deed: Deed) -> None:
    """Take a deed back, as one transaction: its cards are as if it had never been done."""
    from offhand.store import history

    with desk.db.writing() as connection:
        stamps = _stamps(desk, connection)
        history.append_all(
            connection,
            [Undo(**next(stamps), card=event.card, target=event.id) for event in deed.events],
        )
        folded = listing.events(desk.db, deed.cards)
        history.keep_states(
            connection, ((card, fold(desk.scheduler, events)) for card, events in folded)
        )


def _changes(state: CardState, how: Mark, today: date) -> bool:
    match how:
        case Mark.SUSPEND | Mark.RESUME:
            return state.suspended is (how is Mark.RESUME)
        case Mark.FLAG | Mark.UNFLAG:
            return state.flagged is (how is Mark.UNFLAG)
        case Mark.BURY:
            return state.buried_on != today
        case Mark.RESET:
            return state.schedule is not None or state.again_on is not None


def _do(
    desk: Desk,
    cards: Sequence[str],
    event_for: Callable[[Stamp, str, CardState], Marked | Moved | None],
) -> Deed:
    from offhand.store import history

    note_rest_days(desk)
    events, folded = list[Marked | Moved](), list[tuple[str, CardState]]()
    with desk.db.writing() as connection:
        stamps = _stamps(desk, connection)
        stamp = next(stamps)
        for card, state in listing.states(desk.db, list(dict.fromkeys(cards))).items():
            if (event := event_for(stamp, card, state)) is not None:
                events.append(event)
                folded.append((card, fold(desk.scheduler, [event], state)))
                stamp = next(stamps)
        history.append_all(connection, events)
        history.keep_states(connection, folded)
    return Deed(tuple(events))


def _stamps(desk: Desk, connection: "Connection") -> Iterator[Stamp]:
    """What the next events of the log are to bear, one after another."""
    stamp = next_stamp(desk, connection)
    while True:
        yield stamp
        stamp = Stamp(**{**stamp, "id": next_event_id(stamp["id"], stamp["at"])})
