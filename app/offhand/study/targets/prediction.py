"""Predicted recall of the learner's cards, each card's events folded once as long as they stay."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import cache

from offhand.domain.readiness import Changes
from offhand.domain.recall import FSRS6, Memory, Predictor, lift, memories
from offhand.store import targets
from offhand.study.desk import Desk

_WORTH_AFTER = timedelta(days=30)


@cache
def predictor() -> Predictor:
    """What predicts recall."""
    return FSRS6()


def changes_of(desk: Desk, cards: Collection[str]) -> dict[str, Changes]:
    """How the memory of each of some cards changed over its days; nothing for cards never answered."""
    stamps = targets.stamps_of(desk.db, cards)
    kept = desk.memories
    stale = [card for card, stamp in stamps.items() if kept.get(card, (None,))[0] != stamp]
    for card, events in targets.events_of(desk.db, stale):
        kept[card] = stamps[card], tuple(memories(predictor(), events))
    return {card: kept[card][1] for card in stamps}


def memories_of(desk: Desk, cards: Collection[str]) -> dict[str, Memory]:
    """What the learner has in memory of some cards."""
    found = {card: changes[-1][1] for card, changes in changes_of(desk, cards).items() if changes}
    return {card: memory for card, memory in found.items() if memory is not None}


def worth_of(desk: Desk, cards: Collection[str]) -> Callable[[str], float]:
    """By how much a review today raises the recall of each of some cards a month on.

    Of the orders tried in benchmarks/backlog.py, the greatest first keeps the most in the weeks in
    which a backlog is worked off.
    """
    known, today = memories_of(desk, cards), desk.today
    return lambda card: lift(predictor(), known.get(card), today, today + _WORTH_AFTER)


def recalls_on(desk: Desk, cards: Collection[str]) -> Callable[[str, date], float]:
    """How likely each of some cards is to be recalled on a day."""
    known = memories_of(desk, cards)
    return lambda card, day: predictor().recall(known.get(card), day)
