"""A date to be ready by, simulated: the target's plan beside plain SM-2 and cramming.

`python -m benchmarks deadline`: 300 new cards, 30 or 60 days to go. The learners follow FSRS-6 with
parameters of their own, which the plan does not know (it predicts with the default ones), miss an
eighth of the days, call what they know hard or easy now and then, and press a wrong button at times.

Plain SM-2 begins as many new cards a day as take it through the deck by five days before (12 in 30
days), but no fewer than the default setting of 10, which does for 60. Where they differ, the default
is shown as well, and the pace that allows for the days missed.
Cramming asks everything on the last day, and again until it is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from random import Random
from statistics import fmean

from benchmarks.figures import heading
from offhand.domain.event import Asked, Grade
from offhand.domain.plan import Limits, Waiting
from offhand.domain.recall import FSRS6, Memory
from offhand.domain.rehearsal import Actor, Rehearsal
from offhand.domain.schedule.sm2 import SM2
from offhand.domain.target import PASS_DAYS, Target

_CARDS = 300
_START = date(2026, 1, 5)
_MISSED_DAYS = 1 / 8
_WRONG_BUTTON = 0.03
_FIRST = (Grade.WRONG, Grade.HARD, Grade.GOOD, Grade.PERFECT), (0.30, 0.12, 0.48, 0.10)
_PASSED = (Grade.HARD, Grade.GOOD, Grade.PERFECT), (0.12, 0.76, 0.12)
_NEW_PER_DAY = 10
_REVIEWS = 200


def _parameters(first: float, **others: float) -> tuple[float, ...]:
    """FSRS-6's defaults, the first four (stability after the first answer) times `first`."""
    from fsrs.scheduler import DEFAULT_PARAMETERS

    found = list(DEFAULT_PARAMETERS)
    found[:4] = [each * first for each in found[:4]]
    for name, value in others.items():
        found[int(name[1:])] = value
    return tuple(found)


def learners() -> dict[str, FSRS6]:
    """The kinds of learners by name."""
    return {
        "a learner as FSRS-6 has it": FSRS6(),
        "one who forgets sooner": FSRS6(_parameters(0.5, w8=1.5)),
        "one who forgets later": FSRS6(_parameters(1.5, w8=2.0)),
        "one who forgets steeply": FSRS6(_parameters(1.2, w8=1.6, w20=0.4)),
        "one who finds it hard": FSRS6(_parameters(0.8, w4=8.0)),
    }


class Simulated(Rehearsal):
    """A learner whose memory follows parameters that the plan does not know."""

    def __init__(self, truth: FSRS6, predictor: FSRS6, seed: int, cards: int = _CARDS) -> None:
        names = (f"deck/{n}" for n in range(cards))
        actors = [Actor(Waiting(name, name, "deck", "section")) for name in names]
        super().__init__(actors, SM2(), predictor, seed)
        self.truth = truth
        self.truly: dict[str, Memory] = {}

    def grade(self, card: str, day: date, asked: Asked) -> Grade:
        """What the learner answers, by mistake at times."""
        if asked is not Asked.REPEAT and self.chance.random() < _WRONG_BUTTON:
            return self.chance.choice(_FIRST[0])
        if asked is Asked.REPEAT:
            return Grade.GOOD if self.chance.random() < 0.9 else Grade.WRONG
        if card not in self.truly:
            return self.chance.choices(*_FIRST)[0]
        if self.chance.random() < self.knows(card, day):
            return self.chance.choices(*_PASSED)[0]
        return Grade.WRONG

    def remember(self, card: str, grade: Grade, day: date) -> None:
        """What an answer leaves, in the learner and in what the plan believes."""
        super().remember(card, grade, day)
        self.truly[card] = self.truth.answered(self.truly.get(card), grade, day)

    def knows(self, card: str, day: date) -> float:
        """How likely the learner is to recall a card."""
        return self.truth.recall(self.truly.get(card), day)


Way = Callable[[Simulated, Sequence[date], date], None]


def plain(new: int) -> Way:
    """SM-2 with so many new cards a day."""

    def go(learner: Simulated, days: Sequence[date], _: date) -> None:
        for day in days:
            learner.live(day, Limits(_REVIEWS, new))

    return go


def planned(learner: Simulated, days: Sequence[date], on: date) -> None:
    """The target's plan."""
    target = Target("exam", on, days[0])
    for day in days:
        learner.live(day, Limits(_REVIEWS, _NEW_PER_DAY), [target])


def crammed(learner: Simulated, _: Sequence[date], on: date) -> None:
    """Everything on the last day."""
    for card in learner.cards:
        learner.answer(card.card, on - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Result:
    """The share recalled on the day and the answers given, means over learners."""

    recalled: float
    answers: float


def measure(truth: FSRS6, predictor: FSRS6, way: Way, days: int, seeds: int) -> Result:
    """What a way of learning leads to for one kind of learner."""
    ends = []
    for seed in range(seeds):
        chance = Random(f"{seed} {days}")
        learner = Simulated(truth, predictor, seed)
        on = _START + timedelta(days=days)
        all_days = [_START + timedelta(days=n) for n in range(days)]
        there = [day for day in all_days if day == _START or chance.random() >= _MISSED_DAYS]
        way(learner, there, on)
        ends.append((learner.known_on(on), learner.answers))
    return Result(fmean(end[0] for end in ends), fmean(end[1] for end in ends))


def run(data: Path, small: bool) -> None:  # noqa: ARG001
    """Measure and print."""
    compare(4 if small else 20)


def compare(seeds: int) -> dict[tuple[int, str], tuple[Result, Result]]:
    """Measure and print. Returns plain SM-2 and the plan, by days to go and kind of learner."""
    heading(f"A date to be ready by: {_CARDS} cards, {seeds} learners of each kind")
    predictor, found = FSRS6(), dict[tuple[int, str], tuple[Result, Result]]()
    for days in (30, 60):
        enough = max(ceil(_CARDS / (days - PASS_DAYS)), _NEW_PER_DAY)
        ways: dict[str, Way] = {
            f"SM-2, {enough} new a day": plain(enough),
            "target's plan": planned,
        }
        if enough > _NEW_PER_DAY:
            for new in (_NEW_PER_DAY, ceil(enough / (1 - _MISSED_DAYS))):
                ways[f"SM-2, {new} new a day"] = plain(new)
        ways["crammed on the last day"] = crammed
        for kind, truth in learners().items():
            results = {
                name: measure(truth, predictor, way, days, seeds) for name, way in ways.items()
            }
            base, *_ = results.values()
            print(f"{days} days to go, {kind}")
            for name, result in results.items():
                points = (result.recalled - base.recalled) * 100
                print(
                    f"  {name:<24} {result.recalled:6.1%} recalled  {result.answers:6.0f} answers"
                    f"  {points:+5.1f} points  {result.answers / base.answers:5.2f}x",
                    flush=True,
                )
            found[days, kind] = base, results["target's plan"]
    _conclude(list(found.values()))
    return found


def _conclude(pairs: Sequence[tuple[Result, Result]]) -> None:
    gains = [(aimed.recalled - base.recalled) * 100 for base, aimed in pairs]
    costs = [aimed.answers / base.answers for base, aimed in pairs]
    print(
        f"the plan over plain SM-2: {min(gains):+.1f} to {max(gains):+.1f} points"
        f" (mean {fmean(gains):+.1f}), {min(costs):.2f} to {max(costs):.2f} times the answers"
    )
    for what, met in (
        ("at least 3 points more on the day, on the average", fmean(gains) >= 3),
        ("at least 3 points more for every kind of learner", min(gains) >= 3),
        ("at most 1.25 times the answers for every kind", max(costs) <= 1.25),
        ("never fewer recalled than with SM-2", min(gains) >= 0),
    ):
        print(f"aim: {what}: {'met' if met else 'missed'}")
