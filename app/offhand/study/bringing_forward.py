"""Bringing cards forward: what was missed in an examination comes again tomorrow."""

from collections.abc import Iterable

from offhand.domain.day import days_after
from offhand.domain.event import Moved
from offhand.domain.fold import fold
from offhand.store import reading
from offhand.study.desk import Desk, next_stamp, note_rest_days


def bring_forward(desk: Desk, cards: Iterable[str]) -> tuple[str, ...]:
    """Let cards come tomorrow that would come later; their intervals and ease stay as they are.

    New cards stay new, and suspended ones suspended. Returns those moved, all in one transaction.
    """
    from offhand.store import history

    note_rest_days(desk)
    moved = []
    with desk.db.writing() as connection:
        tomorrow = days_after(desk.today, 1)
        for card in dict.fromkeys(cards):
            kept = reading.kept_card(desk.db, card)
            if kept is None or kept.gone or kept.state.suspended:
                continue
            if kept.state.schedule is not None and kept.state.schedule.due > tomorrow:
                event = Moved(**next_stamp(desk, connection), card=card, due=tomorrow)
                history.append(connection, event)
                history.keep_state(connection, card, fold(desk.scheduler, [event], kept.state))
                moved.append(card)
    return tuple(moved)
