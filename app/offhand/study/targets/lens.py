"""What targets make of today, and of the days until their dates."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.plan import NO_AIMS, Aims
from offhand.store import reading, targets
from offhand.study.desk import Desk

if TYPE_CHECKING:
    from offhand.domain.target import Progress, Target


def targets_ahead(desk: Desk) -> "list[Target]":
    """The targets whose date is still to come, the nearest first."""
    if not (events := targets.target_events(desk.db)):
        return []
    from offhand.domain.target import targets_set

    today = desk.today
    return [target for target in targets_set(events) if target.is_ahead(today)]


def aims_today(desk: Desk, scope: Scope = EVERYTHING) -> Aims:
    """What the targets ask of today in a scope, besides what is due."""
    if not (ahead := targets_ahead(desk)):
        return NO_AIMS
    from offhand.domain.target import aims

    found = aims(ahead, desk.today, _progress(desk, ahead))
    return Aims(
        tuple(card for card in found.asked if scope.holds(card.deck, card.section)),
        tuple(card for card in found.begun if scope.holds(card.deck, card.section)),
        found.holds,
    )


def asks_early(desk: Desk, card: str) -> bool:
    """Whether a target asks a card today that is not due."""
    return any(each.card == card for each in aims_today(desk).asked)


def moved_days(desk: Desk, until: date) -> Iterator[tuple[date, date]]:
    """For each card that a last pass begun by `until` asks before it is due: when due, when asked."""
    ahead = [target for target in targets_ahead(desk) if target.pass_from <= until]
    if ahead:
        from offhand.domain.target import moved

        progress = _progress(desk, ahead, whole=True)
        due = {card.card: card.due for card in progress.known}
        for card, day in moved(ahead, desk.today, progress).items():
            if (sm2 := due[card]) is not None:
                yield sm2, day


def _progress(desk: Desk, ahead: "list[Target]", whole: bool = False) -> "Progress":
    from offhand.domain.target import Progress

    today = desk.today
    pass_from = min(target.pass_from for target in ahead)
    in_pass = whole or today >= pass_from
    scopes = set() if any(not t.scopes for t in ahead) else {s for t in ahead for s in t.scopes}
    cards = targets.cards_within(desk.db, scopes)
    away = targets.buried_on(desk.db, today)
    known = [card for card in cards if card.due is not None and (in_pass or card.due <= today)]
    seen, _, _ = reading.entries_answered(desk.db, today)
    progress = Progress(
        known,
        [card for card in cards if card.due is None and card.card not in away],
        targets.begun_on(desk.db, today),
        away,
        seen=seen,
        apart=desk.settings.siblings_apart,
    )
    if not in_pass:
        return progress
    from offhand.study.targets.prediction import recalls_on

    asked = targets.asked_since(desk.db, pass_from)
    return replace(progress, asked=asked, recall=recalls_on(desk, [c.card for c in known]))
