"""A learner who answers as predicted, day by day: what a plan will ask, and how it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from statistics import fmean

from offhand.domain.event import Asked, Grade
from offhand.domain.plan import Limits, Plan, Waiting, plan
from offhand.domain.recall import Memory, Predictor
from offhand.domain.schedule.protocol import Schedule, Scheduler
from offhand.domain.target import Progress, Target, aims

_KNOWN_AT_FIRST = 0.7
_KNOWN_AT_REPEAT = 0.9


@dataclass(frozen=True, slots=True)
class Actor:
    """A card as a rehearsal begins with it; schedule and memory are None for a new one."""

    card: Waiting
    schedule: Schedule | None = None
    memory: Memory | None = None


class Rehearsal:
    """Cards and a learner, as they go from day to day.

    What the learner knows follows the predictor; a kind of learner of its own overrides `grade`,
    `remember` and `knows`.
    """

    def __init__(
        self, actors: Iterable[Actor], scheduler: Scheduler, predictor: Predictor, seed: int = 0
    ) -> None:
        actors = tuple(actors)
        self.cards = [actor.card for actor in actors]
        self.schedules = {a.card.card: a.schedule for a in actors if a.schedule}
        self.memories = {a.card.card: a.memory for a in actors if a.memory}
        self.asked: dict[str, list[date]] = {}
        self.answers = 0
        self.scheduler = scheduler
        self.predictor = predictor
        self.chance = Random(seed)

    def live(self, day: date, limits: Limits, targets: Sequence[Target] = ()) -> Plan:
        """Answer all that a day asks; the answers include those to what comes round again."""
        waiting = [self._waiting(card) for card in self.cards]
        known = [card for card in waiting if card.due is not None]
        new = [card for card in waiting if card.due is None]
        progress = Progress(
            known,
            new,
            asked=self.asked,
            recall=lambda card, on: self.predictor.recall(self.memories.get(card), on),
            apart=limits.siblings_apart,
        )
        aimed = aims(targets, day, progress)
        due = [card for card in known if card.due is not None and card.due <= day]
        others = [card for card in new if not aimed.holds(card)]
        planned = plan(day, due, others, (), set(), limits, aimed)
        for card in planned.queue:
            is_early = card.due is not None and card.due > day
            self.answer(card.card, day, Asked.EARLY if is_early else Asked.SCHEDULED)
        return planned

    def answer(self, card: str, day: date, asked: Asked = Asked.SCHEDULED) -> None:
        """Answer a card, and again until it is known."""
        self.asked.setdefault(card, []).append(day)
        while True:
            grade = self.grade(card, day, asked)
            self.answers += 1
            self.remember(card, grade, day)
            if asked is Asked.SCHEDULED or (asked is Asked.EARLY and not grade.passed):
                schedule = self.schedules.get(card)
                self.schedules[card] = self.scheduler.next(schedule, grade, day, card)
            if grade >= Grade.GOOD:
                return
            asked = Asked.REPEAT

    def grade(self, card: str, day: date, asked: Asked) -> Grade:
        """What the learner answers."""
        if asked is Asked.REPEAT:
            share = _KNOWN_AT_REPEAT
        elif card not in self.memories:
            share = _KNOWN_AT_FIRST
        else:
            share = self.knows(card, day)
        return Grade.GOOD if self.chance.random() < share else Grade.WRONG

    def remember(self, card: str, grade: Grade, day: date) -> None:
        """What an answer leaves."""
        self.memories[card] = self.predictor.answered(self.memories.get(card), grade, day)

    def knows(self, card: str, day: date) -> float:
        """How likely the learner is to recall a card."""
        return self.predictor.recall(self.memories.get(card), day)

    def known_on(self, day: date) -> float:
        """The share of all cards that is recalled on a day."""
        return fmean(self.knows(card.card, day) for card in self.cards) if self.cards else 0.0

    def _waiting(self, card: Waiting) -> Waiting:
        if (schedule := self.schedules.get(card.card)) is None:
            return card
        return replace(card, due=schedule.due, interval=schedule.interval)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a plan went: the cards asked on each day up to the date, and the share recalled on it."""

    asked: tuple[int, ...]
    recalled: float


def rehearse(
    actors: Sequence[Actor],
    target: Target,
    today: date,
    scheduler: Scheduler,
    predictor: Predictor,
    limits: Limits,
) -> Outcome:
    """Follow a target's plan to its date, no day missed, as a learner does whom the predictor knows."""
    rehearsal = Rehearsal(actors, scheduler, predictor)
    limits = replace(limits, new=0)
    days = [today + timedelta(days=n) for n in range((target.on - today).days)]
    asked = tuple(len(rehearsal.live(day, limits, [target]).queue) for day in days)
    return Outcome(asked, rehearsal.known_on(target.on))
