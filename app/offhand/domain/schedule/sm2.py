"""SM-2, exactly (P. A. Wozniak, "Optimization of learning", 1990, and "SuperMemo 2: Algorithm").

Where the published text is silent, the author's own Delphi listing decides. Ease is kept in whole
hundredths and intervals are computed in integers: floating ease drifts a day off within months.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from offhand.domain.event import Grade
from offhand.domain.schedule.protocol import Schedule

FIRST_EASE = 250
LOWEST_EASE = 130
FIRST_INTERVAL = 1
SECOND_INTERVAL = 6

_EASE_CHANGE = (0, 0, 0, -14, 0, 10)
_LAST_DAY = date.max.toordinal()
_FUZZ_FROM = 7
_FUZZ_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class SM2:
    """SM-2 with two practical settings, both off by default.

    `cap` is the longest interval in days (0: none). `fuzz` moves an interval of a week or more by
    up to 5 %, so that cards learned together part; the move depends on the card and the day alone,
    so a preview tells the truth.
    """

    cap: int = 0
    fuzz: bool = False

    @property
    def signature(self) -> str:
        """Its name and settings."""
        return f"sm2 cap={self.cap} fuzz={int(self.fuzz)}"

    def next(self, schedule: Schedule | None, grade: Grade, on: date, card: str = "") -> Schedule:
        """The schedule after an answer. Raises ValueError for a grade outside 0 to 5."""
        if not 0 <= grade <= 5:
            raise ValueError(f"a grade is 0 to 5, not {grade}")
        if schedule is None:
            ease, passes, lapses = FIRST_EASE, 0, 0
        else:
            ease, passes, lapses = schedule.ease, schedule.repetitions, schedule.lapses
        if grade < 3:
            interval = FIRST_INTERVAL
            lapses += passes > 0
            passes = 0
        else:
            if schedule is None or passes == 0:
                interval = FIRST_INTERVAL
            elif passes == 1:
                interval = SECOND_INTERVAL
            else:
                interval = -(-schedule.interval * ease // 100)
            passes += 1
            ease += _EASE_CHANGE[grade]
            if ease < LOWEST_EASE:
                ease = LOWEST_EASE
        if self.fuzz and interval >= _FUZZ_FROM:
            interval += round(interval * _FUZZ_SHARE * _between(card, on))
        if self.cap and interval > self.cap:
            interval = self.cap
        today = on.toordinal()
        if interval > _LAST_DAY - today:
            interval = max(_LAST_DAY - today, 1)
        return Schedule(
            date.fromordinal(min(today + interval, _LAST_DAY)), interval, ease, passes, lapses
        )


def _between(card: str, on: date) -> float:
    """A number from -1 to 1 that looks random and is the same for a card and a day."""
    drawn = blake2s(f"{card} {on.isoformat()}".encode(), digest_size=4).digest()
    return int.from_bytes(drawn, "big") / 0x7FFFFFFF - 1
