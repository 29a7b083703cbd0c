"""Writing to the log: answers, marks, and taking them back, each one transaction."""

from dataclasses import dataclass
from datetime import date

from offhand.domain.event import Answer, Asked, Grade, Mark, Marked, Undo
from offhand.domain.fold import CardState, Standing, fold
from offhand.domain.leech import calls_for_mending
from offhand.errors import NotFound, OffhandError
from offhand.store import reading, targets
from offhand.store.reading import Kept
from offhand.study.desk import Desk, next_stamp, note_rest_days
from offhand.study.targets.lens import asks_early


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as it went into the log, and what it made of its card.

    `leech` says that the card slipped once more, so often now that mending it is to be offered.
    """

    event: Answer
    state: CardState
    leech: bool = False


WAITING = (Standing.NEW, Standing.DUE, Standing.AGAIN)


def asked_now(state: CardState, today: date, practice: bool, early: bool = False) -> Asked:
    """What an answer given now counts as; `early` when a target asks for it though it is not due."""
    if practice:
        return Asked.PRACTICE
    if state.schedule is None or state.schedule.due <= today:
        return Asked.SCHEDULED
    return Asked.EARLY if early and state.again_on != today else Asked.REPEAT


def record_answer(
    desk: Desk,
    card: str,
    grade: Grade,
    took_ms: int = 0,
    practice: bool = False,
    early: bool = False,
) -> Recorded:
    """Put an answer into the log together with what it makes of the card, as one transaction.

    `early` when a target asks for the card. An answer to one that is neither new nor due nor asked
    for early, as another Offhand was quicker, is kept as a repeat: no answer is lost, and none moves
    a schedule twice. Raises NotFound for no card.
    """
    from offhand.store import history

    note_rest_days(desk)
    with desk.db.writing() as connection:
        kept = _kept(desk, card)
        schedule = kept.state.schedule
        early = early and not targets.was_asked_on(desk.db, card, desk.today)
        event = Answer(
            **next_stamp(desk, connection),
            card=card,
            grade=grade,
            asked=asked_now(kept.state, desk.today, practice, early),
            took_ms=max(took_ms, 0),
            interval=schedule.interval if schedule else 0,
        )
        history.append(connection, event)
        state = fold(desk.scheduler, [event], kept.state)
        history.keep_state(connection, card, state)
    before, after = (s.lapses if s else 0 for s in (schedule, state.schedule))
    leech = after > before and calls_for_mending(after, desk.settings.leech_lapses)
    return Recorded(event, state, leech)


def answer_card(desk: Desk, name: str, grade: Grade, practice: bool = False) -> Recorded:
    """Answer a card by its name, outside of a sitting.

    Raises NotFound for no card, OffhandError for one that is not waiting unless it is `practice`.
    """
    kept = find_card(desk, name)
    standing = kept.state.on(desk.today)
    early = not practice and standing is Standing.LATER and asks_early(desk, kept.id)
    if not practice and not early and standing not in WAITING:
        when = f"due on {kept.state.schedule.due}" if kept.state.schedule else "new"
        reason = {
            Standing.LATER: f"It is {when}.",
            Standing.BURIED: "It is buried until tomorrow.",
            Standing.SUSPENDED: "It is suspended.",
        }[standing]
        raise OffhandError(
            f"{kept.id} is not due.",
            reason,
            "Add --practice to answer it and leave the schedule alone.",
        )
    return record_answer(desk, kept.id, grade, practice=practice, early=early)


def undo_last(desk: Desk) -> Answer:
    """Take back the newest answer in the log. Raises NotFound when there is none."""
    if (event := reading.last_answer(desk.db)) is None:
        raise NotFound("There is no answer to take back.")
    undo(desk, event)
    return event


def mark(desk: Desk, card: str, how: Mark) -> Marked:
    """Suspend, flag, bury, … a card. Returns the event. Raises NotFound for no card."""
    from offhand.store import history

    note_rest_days(desk)
    with desk.db.writing() as connection:
        kept = _kept(desk, card)
        event = Marked(**next_stamp(desk, connection), card=card, mark=how)
        history.append(connection, event)
        history.keep_state(connection, card, fold(desk.scheduler, [event], kept.state))
    return event


def marked_cards(desk: Desk) -> list[Kept]:
    """The cards that are suspended, flagged, or buried today."""
    cards = (reading.kept_card(desk.db, card) for card in reading.marked(desk.db, desk.today))
    return [kept for kept in cards if kept is not None]


def undo(desk: Desk, event: Answer | Marked) -> CardState:
    """Take an event back: its card is as if it had never been. Returns the card's state."""
    from offhand.store import history

    with desk.db.writing() as connection:
        taken_back = Undo(**next_stamp(desk, connection), card=event.card, target=event.id)
        history.append(connection, taken_back)
        state = fold(desk.scheduler, reading.card_events(desk.db, event.card))
        history.keep_state(connection, event.card, state)
    return state


def find_card(desk: Desk, name: str) -> Kept:
    """The card of an id. Raises NotFound, with some ids that resemble it."""
    ident = reading.card_named(desk.db, name)
    kept = reading.kept_card(desk.db, ident) if ident else None
    if kept is None:
        near = reading.cards_like(desk.db, name)
        mend = f"Did you mean {', '.join(near)}?" if near else "`offhand next` names the next one."
        raise NotFound(f"There is no card {name!r}.", mend=mend)
    return kept


def _kept(desk: Desk, card: str) -> Kept:
    if (kept := reading.kept_card(desk.db, card)) is None:
        raise NotFound(f"There is no card {card!r}.")
    return kept
