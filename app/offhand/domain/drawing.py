"""Drawing the questions of an interview: every section by its weight, nothing asked twice too soon."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from offhand.domain.card import Level

RECENT_DAYS = 14
"""What was asked in an interview less than this ago waits while others have not been."""
WEAK_WEIGHT = 2.0
"""How much more often a weak section is asked than another."""
USUAL_MS = 240_000
"""How long a question takes, as long as nothing is known of the person."""
_SHORTEST_MS, _LONGEST_MS = 90_000, 480_000
_HASTY_MS = 20_000
_KNOWN_FROM = 5

Where = tuple[str, str]
"""A section by its deck and its id."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be asked; `asked_on` is the day of the last interview that did."""

    card: str
    entry: str
    deck: str
    section: str
    level: Level | None = None
    asked_on: date | None = None

    @property
    def where(self) -> Where:
        """Its section."""
        return self.deck, self.section

    def is_recent(self, today: date) -> bool:
        """Whether it was asked within the last two weeks, or in a future that a clock once showed."""
        return self.asked_on is not None and (today - self.asked_on).days < RECENT_DAYS


def pace_ms(took_ms: Iterable[int]) -> int:
    """How long a question takes, from the times of the last ones, in ms."""
    times = sorted(took for took in took_ms if took >= _HASTY_MS)
    if len(times) < _KNOWN_FROM:
        return USUAL_MS
    return min(max(times[len(times) // 2], _SHORTEST_MS), _LONGEST_MS)


def how_many_fit(minutes: int, each_ms: int) -> int:
    """How many questions a time holds, at least one."""
    return max(round(minutes * 60_000 / each_ms), 1)


def draw(
    candidates: Iterable[Candidate],
    count: int,
    weights: Mapping[Where, float],
    today: date,
    seed: int,
) -> tuple[str, ...]:
    """The cards to ask, in their order: the same for the same candidates, day and seed.

    A section that `weights` does not name has the weight 1. Sections take turns by their weights;
    within one, another entry comes before a second question of the same. What was asked within two
    weeks comes after everything else, the longest ago first.
    """

    def lot(*of: str) -> float:
        text = "\n".join((str(seed), *of))
        return (
            int.from_bytes(blake2s(text.encode("utf-8", "surrogatepass"), digest_size=7).digest())
            / 256**7
        )

    fresh: dict[Where, list[Candidate]] = {}
    recent: dict[Where, list[Candidate]] = {}
    for each in sorted(candidates, key=lambda each: lot(each.card)):
        pool = recent if each.is_recent(today) else fresh
        pool.setdefault(each.where, []).append(each)
    for waiting in recent.values():
        waiting.sort(key=lambda each: (each.asked_on or today, lot(each.card)))
    credit = {where: lot(*where) * weights.get(where, 1.0) for where in sorted({*fresh, *recent})}
    drawn: list[str] = []
    entries: set[str] = set()
    for pool in (fresh, recent):
        while len(drawn) < count and pool:
            for where in pool:
                credit[where] += weights.get(where, 1.0)
            turn = max(sorted(pool), key=lambda where: credit[where])
            credit[turn] -= sum(weights.get(where, 1.0) for where in pool)
            waiting = pool[turn]
            chosen = next((each for each in waiting if each.entry not in entries), waiting[0])
            waiting.remove(chosen)
            if not waiting:
                del pool[turn]
            entries.add(chosen.entry)
            drawn.append(chosen.card)
    return tuple(drawn)
