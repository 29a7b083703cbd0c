"""Weak sections: where the learner fails more than elsewhere, and the evidence holds.

Recent reviews weigh more: a review's weight halves every 30 days. A section is called weak only
where the lower bound of Wilson's score interval (E. B. Wilson, 1927) for its failure rate lies
above the learner's overall rate; the reviews it rests on are counted as Kish's effective sample
size (L. Kish, "Survey Sampling", 1965), as weighted reviews carry less evidence than they number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

HALF_LIFE_DAYS = 30
WINDOW_DAYS = 180
"""Older reviews weigh less than 2 % and are left out."""
ENOUGH_REVIEWS = 20
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Tally:
    """The scheduled reviews of one section on one day; a card's first answer is not a review."""

    section: str
    day: date
    reviews: int
    failed: int


@dataclass(frozen=True, slots=True)
class Weakness:
    """How a section stands. `reviews` and `failed` are plain counts, the rates are weighted.

    `weak` is None where the reviews are too few to tell.
    """

    section: str
    reviews: int
    failed: int
    failure_rate: float
    lower_bound: float
    upper_bound: float
    weak: bool | None


def weaknesses(tallies: Iterable[Tally], today: date) -> list[Weakness]:
    """Every section with reviews, the highest failure rate first, those with too few reviews last."""
    sections: dict[str, _Sum] = {}
    overall = _Sum()
    for tally in tallies:
        for total in (sections.setdefault(tally.section, _Sum()), overall):
            total.add(tally, today)
    found = [_judged(section, total, overall.rate) for section, total in sections.items()]
    return sorted(found, key=lambda w: (w.weak is None, -w.failure_rate, -w.reviews, w.section))


class _Sum:
    def __init__(self) -> None:
        self.reviews = self.failed = 0
        self.weight = self.failed_weight = self.squares = 0.0

    def add(self, tally: Tally, today: date) -> None:
        weight = 0.5 ** (max((today - tally.day).days, 0) / HALF_LIFE_DAYS)
        self.reviews += tally.reviews
        self.failed += tally.failed
        self.weight += weight * tally.reviews
        self.failed_weight += weight * tally.failed
        self.squares += weight * weight * tally.reviews

    @property
    def rate(self) -> float:
        return self.failed_weight / self.weight if self.weight else 0.0

    @property
    def effective(self) -> float:
        return self.weight**2 / self.squares if self.squares else 0.0


def _judged(section: str, total: _Sum, overall: float) -> Weakness:
    low, high = wilson(total.rate, total.effective)
    weak = low > overall if total.effective >= ENOUGH_REVIEWS else None
    return Weakness(section, total.reviews, total.failed, total.rate, low, high, weak)


def wilson(rate: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % score interval for a rate seen in `n` trials; (0, 1) without trials."""
    if n <= 0:
        return 0.0, 1.0
    centre = (rate + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n * n))
    # Rounding must not lift the bound of a rate of 0 above it.
    low = max(centre - half, 0.0) if rate > 0 else 0.0
    high = min(centre + half, 1.0) if rate < 1 else 1.0
    return low, high
