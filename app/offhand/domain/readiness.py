"""Readiness: the share of a target's cards that will be recalled on its date, as things stand.

As if nothing more were answered until then: so it rises with every review, and falls with a day
missed only by what that day would have brought. A card never answered counts as not recalled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from offhand.domain.recall import Memory, Predictor

CALIBRATION_ERROR = 0.3
"""By how much all predictions of a learner are off together, in log-odds, as a standard deviation.

On the log that benchmarks/recall.py was made with, of which 78 % was recalled, the mean prediction
over 300 to 600 reviews missed by .03 to .06 beyond what chance explains: by .3 in log-odds.
"""
_Z = 1.96

Changes = Sequence[tuple[date, Memory | None]]
"""The days on which a card's memory changed, and what it was then, oldest first."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The share that will be recalled, with its 95 % interval.

    The interval covers chance (the cards are as many coins, each with its own likelihood: the
    variance of Poisson's binomial) and the error that the predictions have in common.
    """

    share: float
    low: float
    high: float


def readiness(recalls: Sequence[float]) -> Readiness:
    """The readiness that likelihoods of recall on the date amount to; 0 for new cards."""
    if not recalls:
        return Readiness(0.0, 0.0, 0.0)
    count = len(recalls)
    share = sum(recalls) / count
    chance = sum(p * (1 - p) for p in recalls) / count**2
    error = CALIBRATION_ERROR * chance * count
    half = _Z * sqrt(chance + error**2)
    return Readiness(share, max(share - half, 0.0), min(share + half, 1.0))


def curve(
    predictor: Predictor, cards: Iterable[Changes], on: date, since: date, today: date
) -> tuple[tuple[date, float], ...]:
    """The readiness at the end of each day from `since` to today, for the cards that are held now."""
    gained: dict[date, float] = {}
    count = 0
    for changes in cards:
        count += 1
        before = 0.0
        for day, memory in changes:
            after = predictor.recall(memory, on)
            at = min(max(day, since), today)
            gained[at] = gained.get(at, 0.0) + after - before
            before = after
    share, points = 0.0, []
    for n in range((today - since).days + 1):
        day = since + timedelta(days=n)
        share += gained.get(day, 0.0)
        points.append((day, min(max(share / count, 0.0), 1.0) if count else 0.0))
    return tuple(points)


@dataclass(frozen=True, slots=True)
class Lift:
    """A section and what reviewing some of its cards today adds to the readiness."""

    deck: str
    section: str
    cards: tuple[str, ...]
    gain: float


def lifts(
    gains: Mapping[str, float], sections: Mapping[str, tuple[str, str]], cards: int, most: int
) -> list[Lift]:
    """The sections by what today's review of their `most` best cards adds, the best first.

    `gains` tells how much more likely a review today makes each card's recall on the date, `cards`
    how many the target has.
    """
    held: dict[tuple[str, str], list[str]] = {}
    for card in sorted(gains, key=lambda card: (-gains[card], card)):
        if gains[card] > 0:
            held.setdefault(sections[card], []).append(card)
    found = [
        Lift(*section, tuple(best[:most]), sum(gains[card] for card in best[:most]) / cards)
        for section, best in held.items()
    ]
    return sorted(found, key=lambda lift: (-lift.gain, lift.deck, lift.section))
