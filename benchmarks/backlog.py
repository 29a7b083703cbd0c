"""In which order to work off a backlog: the setting `backlog_order`, simulated.

A learner (see benchmarks.deadline) learns 800 cards with SM-2 in eighty days, stays away for forty,
and then gives the due cards forty answers a day, repeats included, for a month. Shown is the share of
all cards that would be recalled after each week of it.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean

from benchmarks.deadline import Simulated, learners
from benchmarks.figures import heading
from offhand.domain.plan import BacklogOrder, Limits, Waiting, plan
from offhand.domain.recall import FSRS6, lift

_CARDS = 800
_LEARNED_DAYS, _AWAY_DAYS, _BACK_DAYS = 80, 40, 28
_ANSWERS_A_DAY = 40
_MONTH = timedelta(days=30)
_START = date(2026, 1, 5)


def worth(learner: Simulated, day: date) -> Callable[[str], float]:
    """What a review of a card raises, as the product reckons it."""
    predictor, memories = learner.predictor, learner.memories
    return lambda card: lift(predictor, memories.get(card), day, day + _MONTH)


def returned(truth: FSRS6, predictor: FSRS6, seed: int) -> Simulated:
    """A learner on the day of coming back."""
    learner = Simulated(truth, predictor, seed, _CARDS)
    for n in range(_LEARNED_DAYS):
        learner.live(_START + timedelta(days=n), Limits(reviews=9999, new=12))
    return learner


def worked_off(learner: Simulated, order: BacklogOrder) -> list[float]:
    """The share recalled after each week of working off the backlog in an order."""
    learner, shares = deepcopy(learner), []
    for n in range(_BACK_DAYS):
        day = _START + timedelta(days=_LEARNED_DAYS + _AWAY_DAYS + n)
        end = learner.answers + _ANSWERS_A_DAY
        due = [
            replace(Waiting(card, card, "deck", "section"), due=s.due, interval=s.interval)
            for card, s in learner.schedules.items()
            if s.due <= day
        ]
        limits = Limits(reviews=len(due), new=0, backlog=order)
        for each in plan(day, due, (), (), set(), limits, worth=worth(learner, day)).queue:
            if learner.answers >= end:
                break
            learner.answer(each.card, day)
        if n % 7 == 6:
            shares.append(learner.known_on(day + timedelta(days=1)))
    return shares


def run(data: Path, small: bool) -> None:  # noqa: ARG001
    """Measure and print."""
    seeds = 1 if small else 4
    heading(f"Working off a backlog: {_CARDS} cards, {seeds} learners of each kind")
    predictor = FSRS6()
    for kind, truth in learners().items():
        print(f"{kind:<28} " + "  ".join(f"week {n + 1}" for n in range(_BACK_DAYS // 7)))
        back = [returned(truth, predictor, seed) for seed in range(seeds)]
        for order in BacklogOrder:
            weeks = zip(*(worked_off(learner, order) for learner in back), strict=True)
            print(f"  {order.value:<26} " + "  ".join(f"{fmean(week):6.1%}" for week in weeks))
