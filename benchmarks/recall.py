"""How well recall is predicted, on a review log: `python -m benchmarks recall --log FILE.csv`.

The log is CSV with a line of names: `card_id`, `review_rating` (1 Again, 2 Hard, 3 Good, 4 Easy),
`review_time` (ISO 8601 with its zone), `review_duration` (ms; not used). As a log in UTC does not tell
where its learner lives, days turn over in the middle of the learner's night, which is the longest
run of hours with the fewest answers. Every review is predicted from the answers before it alone. A review is a card's first answer on
a day, its first ever left out: repeats of the same day are no test of memory. The last 40 % of the
reviews by time are scored; the first 60 % are there for what has to be fitted, the constant mean.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

from benchmarks.figures import heading
from offhand.domain.day import learners_day
from offhand.domain.event import Grade
from offhand.domain.recall import FSRS6, Memory, Predictor
from offhand.domain.schedule.protocol import Schedule
from offhand.domain.schedule.sm2 import SM2

_TRAINED_SHARE = 0.6
_GRADES = {1: Grade.WRONG, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.PERFECT}


@dataclass(frozen=True, slots=True)
class Review:
    """An answer to a card on a day."""

    card: str
    grade: Grade
    day: date


@dataclass(frozen=True, slots=True)
class Scored:
    """A prediction and what came; the bin is that of reviews with a like past."""

    predicted: float
    recalled: bool
    bin: tuple[float, float, float]


def read_log(path: Path) -> list[Review]:
    """The answers of a log in the order of time."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = [
            (datetime.fromisoformat(row["review_time"]), row["card_id"], int(row["review_rating"]))
            for row in csv.DictReader(file)
        ]
    rows.sort(key=lambda row: row[0])
    turn = night([moment.astimezone(UTC).hour for moment, _, _ in rows])
    return [
        Review(card, _GRADES[rating], learners_day(moment.astimezone(UTC), turn))
        for moment, card, rating in rows
    ]


def night(hours: Iterable[int]) -> int:
    """The hour, UTC, in the middle of the quietest time of the day."""
    answers = Counter(hours)
    least = min(answers[hour] for hour in range(24))
    quiet = [answers[hour] == least for hour in range(24)]
    runs = [
        next((length for length in range(24) if not quiet[(start + length) % 24]), 24)
        for start in range(24)
    ]
    start = max(range(24), key=lambda hour: runs[hour])
    return (start + runs[start] // 2) % 24


class SM2Curve:
    """SM-2 read as a forgetting curve: `base ** (days / interval) ** power`, 90 % after its interval.

    The intervals are those that SM-2 would have given, whatever the log's program gave; repeats of
    the same day change them no more than they do in Offhand.
    """

    def __init__(self, base: float = 0.9, power: float = 1.0) -> None:
        self.base, self.power = base, power
        self._schedules: dict[str, tuple[Schedule, date]] = {}

    def predict(self, review: Review) -> float:
        """The likelihood of recall before the answer."""
        schedule, last = self._schedules[review.card]
        share: float = ((review.day - last).days / schedule.interval) ** self.power
        return self.base**share

    def learn(self, review: Review) -> None:
        """Take the answer."""
        schedule, last = self._schedules.get(review.card, (None, None))
        if last != review.day:
            found = SM2().next(schedule, review.grade, review.day)
            self._schedules[review.card] = found, review.day


def fitted_curve(reviews: Sequence[Review]) -> SM2Curve:
    """SM-2's curve with the base and the power that suit the first part of the log best."""

    class Shares(SM2Curve):
        def predict(self, review: Review) -> float:
            schedule, last = self._schedules[review.card]
            return (review.day - last).days / schedule.interval

    found = predictions(reviews, Shares())
    first = found[: _split(len(found))]

    def loss(curve: tuple[float, float]) -> float:
        base, power = curve
        return log_loss(
            [Scored(base**each.predicted**power, each.recalled, each.bin) for each in first]
        )

    tried = product([b / 50 for b in range(25, 49)], [p / 20 for p in range(1, 31)])
    return SM2Curve(*min(tried, key=loss))


class Predicted:
    """A predictor of the product, card by card."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self._memories: dict[str, Memory] = {}

    def predict(self, review: Review) -> float:
        """The likelihood of recall before the answer."""
        return self._predictor.recall(self._memories[review.card], review.day)

    def learn(self, review: Review) -> None:
        """Take the answer."""
        before = self._memories.get(review.card)
        self._memories[review.card] = self._predictor.answered(before, review.grade, review.day)


class Constant:
    """The share recalled in the first part of the log."""

    _mean = 0.5

    def __init__(self, reviews: Sequence[Review]) -> None:
        found = predictions(reviews, self)
        first = found[: _split(len(found))]
        self._mean = sum(each.recalled for each in first) / len(first) if first else 0.5

    def predict(self, _: Review) -> float:
        """The likelihood of recall before the answer."""
        return self._mean

    def learn(self, _: Review) -> None:
        """Take the answer."""


Model = SM2Curve | Predicted | Constant


def scored(reviews: Sequence[Review], model: Model) -> list[Scored]:
    """What a model predicted of the last part of a log."""
    found = predictions(reviews, model)
    return found[_split(len(found)) :]


def predictions(reviews: Sequence[Review], model: Model) -> list[Scored]:
    """What a model predicts of every review of a log, each from what came before it."""
    last, count, missed = dict[str, date](), defaultdict[str, int](int), defaultdict[str, int](int)
    found = []
    for review in reviews:
        before = last.get(review.card)
        if before is not None and review.day > before:
            elapsed = (review.day - before).days
            place = _bin(elapsed, count[review.card], missed[review.card])
            found.append(Scored(model.predict(review), review.grade.passed, place))
        if before != review.day:
            count[review.card] += 1
            missed[review.card] += before is not None and not review.grade.passed
        model.learn(review)
        last[review.card] = review.day
    return found


def _split(reviews: int) -> int:
    return int(reviews * _TRAINED_SHARE)


def _bin(elapsed: int, reviews: int, missed: int) -> tuple[float, float, float]:
    """The bin of reviews with about as many days, reviews and misses behind them.

    Bins grow geometrically, as in the benchmark of open-spaced-repetition, whose RMSE(bins) this is.
    """
    return (
        2.48 * 3.62 ** math.floor(math.log(elapsed, 3.62)),
        1.99 * 1.89 ** math.floor(math.log(reviews, 1.89)),
        1.65 * 1.73 ** math.floor(math.log(missed, 1.73)) if missed else 0.0,
    )


def log_loss(found: Iterable[Scored]) -> float:
    """The mean of -ln of the likelihood given to what came; less is better."""
    losses = [
        -math.log(min(max(each.predicted if each.recalled else 1 - each.predicted, 1e-15), 1))
        for each in found
    ]
    return sum(losses) / len(losses)


def rmse_bins(found: Iterable[Scored]) -> float:
    """How far predicted and seen shares lie apart, over bins weighted by their reviews."""
    bins = defaultdict(list)
    for each in found:
        bins[each.bin].append(each)
    total = sum(len(held) for held in bins.values())
    squares = sum(
        len(held)
        * (sum(e.predicted for e in held) / len(held) - sum(e.recalled for e in held) / len(held))
        ** 2
        for held in bins.values()
    )
    return math.sqrt(squares / total)


def auc(found: Iterable[Scored]) -> float:
    """How often a review that was recalled had the higher prediction than one that was not."""
    ordered = sorted(found, key=lambda each: each.predicted)
    ranks, at = 0.0, 0
    while at < len(ordered):
        until = at
        while until < len(ordered) and ordered[until].predicted == ordered[at].predicted:
            until += 1
        middle = (at + 1 + until) / 2
        ranks += middle * sum(each.recalled for each in ordered[at:until])
        at = until
    passed = sum(each.recalled for each in ordered)
    missed = len(ordered) - passed
    return (ranks - passed * (passed + 1) / 2) / (passed * missed) if passed and missed else 0.5


def calibration(found: Sequence[Scored]) -> float:
    """The mean prediction less the share recalled."""
    return sum(each.predicted - each.recalled for each in found) / len(found)


def models(reviews: Sequence[Review]) -> dict[str, Callable[[], Model]]:
    """What is compared, by name."""
    return {
        "constant mean": lambda: Constant(reviews),
        "SM-2 as 0.9^(days/interval)": SM2Curve,
        "SM-2, that curve fitted": lambda: fitted_curve(reviews),
        "FSRS-6, default parameters": lambda: Predicted(FSRS6()),
    }


def run_on(path: Path) -> dict[str, tuple[float, float, float]]:
    """Measure on a log and print. Returns log loss, RMSE(bins) and AUC by model."""
    reviews = read_log(path)
    heading(f"Predicted recall on {len(reviews)} answers")
    measured = {}
    print(f"{'':<28}  log loss  RMSE(bins)    AUC    bias")
    for name, model in models(reviews).items():
        found = scored(reviews, model())
        measured[name] = log_loss(found), rmse_bins(found), auc(found)
        loss, rmse, area = measured[name]
        print(f"{name:<28}  {loss:8.4f}  {rmse:10.3f}  {area:5.3f}  {calibration(found):+.3f}")
    print(
        f"{len(found)} reviews scored: the last {1 - _TRAINED_SHARE:.0%}, same-day answers left out"
    )
    return measured
