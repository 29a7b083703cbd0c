"""Whether the minutes of a day hold a target, and what would fit when they do not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from offhand.domain.plan import Limits
from offhand.domain.rehearsal import Actor, Outcome, rehearse
from offhand.domain.target import Target, last_day_for_new, new_a_day
from offhand.store import targets
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.report import figures

_SAMPLE = 100
"""Of more cards than about this a part is rehearsed: each of many differs little from the others."""
_LATER_DAYS = 180


@dataclass(frozen=True, slots=True)
class Fit:
    """What a target asks, as it goes by a rehearsal of its plan in which no day is missed.

    `minutes` and `busiest` are the minutes and the cards of the day that asks most, `recalled` the
    share recalled on the date. `late` when it is too near for new cards to be seen five days before.
    Where the minutes of a day do not hold it, `enough` would, `later` is the first date that fits and
    `without` are the titles of sections to leave out; None and empty where that alone does not help.
    """

    cards: int
    new: int
    new_a_day: int
    new_until: date
    minutes: int
    busiest: int
    recalled: float
    late: bool = False
    fits: bool = True
    enough: int | None = None
    later: date | None = None
    without: tuple[str, ...] = ()


def fit_of(desk: Desk, target: Target) -> Fit:
    """How a target's plan goes, and whether its minutes hold it."""
    return _Fitting(desk, target).fit()


class _Fitting:
    def __init__(self, desk: Desk, target: Target) -> None:
        from offhand.study.targets.prediction import memories_of

        self.desk, self.target, self.today = desk, target, desk.today
        cards = targets.cards_within(desk.db, target.scopes)
        schedules = targets.schedules_within(desk.db, target.scopes)
        memories = memories_of(desk, list(schedules))
        self.actors = [
            Actor(card, schedules.get(card.card), memories.get(card.card)) for card in cards
        ]
        self.pace = figures(desk).minutes_per_card

    def fit(self) -> Fit:
        """The target as it was set, and what would fit where it does not."""
        target, new = self.target, sum(actor.schedule is None for actor in self.actors)
        outcome, scale = self._rehearsed(target, self.actors)
        busiest = max(outcome.asked) * scale
        found = Fit(
            len(self.actors),
            new,
            new_a_day(target, self.today, new),
            last_day_for_new(target, self.today),
            ceil(busiest * self.pace),
            round(busiest),
            outcome.recalled,
            late=bool(new) and target.pass_from < self.today,
        )
        if not target.minutes or found.minutes <= target.minutes:
            return found
        enough = found.minutes
        return replace(
            found, fits=False, enough=enough, later=self._later(), without=self._without()
        )

    def _rehearsed(self, target: Target, actors: Sequence[Actor]) -> tuple[Outcome, float]:
        from offhand.study.targets.prediction import predictor

        # Whole entries: siblings kept apart make a plan what it is.
        entries = list(dict.fromkeys(actor.card.entry for actor in actors))
        kept = set(entries[:: -(-len(actors) // _SAMPLE) or 1])
        part = [actor for actor in actors if actor.card.entry in kept]
        limits = Limits(reviews=10**9, new=0, siblings_apart=self.desk.settings.siblings_apart)
        outcome = rehearse(part, target, self.today, self.desk.scheduler, predictor(), limits)
        return outcome, len(actors) / len(part) if part else 0.0

    def _holds(self, target: Target, actors: Sequence[Actor]) -> bool:
        outcome, scale = self._rehearsed(target, actors)
        return ceil(max(outcome.asked) * scale * self.pace) <= target.minutes

    def _later(self) -> date | None:
        on = self.target.on
        days = _first(
            _LATER_DAYS,
            lambda n: self._holds(replace(self.target, on=on + timedelta(days=n)), self.actors),
        )
        return None if days is None else on + timedelta(days=days)

    def _without(self) -> tuple[str, ...]:
        held = {(actor.card.deck, actor.card.section) for actor in self.actors}
        sections = [
            (section.deck, section.id, section.title)
            for deck in decks(self.desk)
            for section in deck.sections
            if (section.deck, section.id) in held
        ]

        def holds(left_out: int) -> bool:
            kept = {(deck, section) for deck, section, _ in sections[:-left_out]}
            actors = [a for a in self.actors if (a.card.deck, a.card.section) in kept]
            return self._holds(self.target, actors)

        # What is learned last is the easiest to do without.
        count = _first(len(sections) - 1, holds)
        return () if count is None else tuple(title for _, _, title in sections[-count:])


def _first(most: int, holds: Callable[[int], bool]) -> int | None:
    """The least number from 1 to `most` for which something holds, if it then goes on to hold."""
    if most < 1 or not holds(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
