"""How likely a card is to be recalled on a day: a prediction from its events.

SM-2 says when a card comes, and nothing of how well it is known. What is asked here is only ever
used to look ahead and to put cards in an order; it never moves SM-2's schedule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, Protocol

from offhand.domain.event import Answer, Asked, CardEvent, Carried, Grade, Mark, Marked, Undo

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTED = (Asked.SCHEDULED, Asked.REPEAT, Asked.EARLY)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a card's answers have left.

    `stability` is the number of days after `last`, the day of the last answer, in which the
    likelihood of recall falls to 90 %; `difficulty` goes from 1 to 10.
    """

    stability: float
    difficulty: float
    last: date


class Predictor(Protocol):
    """Predicts recall. A memory of None is that of a card never answered."""

    def answered(self, memory: Memory | None, grade: Grade, day: date) -> Memory:
        """What a memory becomes by an answer on a day."""
        ...

    def carried(self, interval: int, ease: int, last: date) -> Memory:
        """What may be made of a schedule (days, hundredths) without the answers that led to it."""
        ...

    def recall(self, memory: Memory | None, day: date) -> float:
        """The likelihood, 0 to 1, that a card is recalled on a day; 0 for one never answered."""
        ...


def memories(
    predictor: Predictor, events: Iterable[CardEvent]
) -> Iterator[tuple[date, Memory | None]]:
    """The days on which the memory of one card changed, and what it was then; oldest event first.

    Answers that were undone, drilled or examined leave no trace; a reset makes the card new.
    """
    events = tuple(events)
    undone = {event.target for event in events if isinstance(event, Undo)}
    memory: Memory | None = None
    for event in events:
        if event.id in undone:
            continue
        if isinstance(event, Answer):
            if event.asked not in _COUNTED:
                continue
            memory = predictor.answered(memory, event.grade, event.day)
        elif isinstance(event, Carried) and memory is None:
            last = date.fromordinal(max(event.due.toordinal() - event.interval, 1))
            memory = predictor.carried(event.interval, event.ease, min(last, event.day))
        elif isinstance(event, Marked) and event.mark is Mark.RESET:
            memory = None
        else:
            continue
        yield event.day, memory


def memory_of(predictor: Predictor, events: Iterable[CardEvent]) -> Memory | None:
    """What a card's events have left, oldest first; None for one never answered."""
    memory = None
    for _, memory in memories(predictor, events):  # noqa: B007
        pass
    return memory


def lift(predictor: Predictor, memory: Memory | None, today: date, day: date) -> float:
    """By how much a review today is expected to raise the recall on a later day.

    A card that is missed today comes round again until it is known; a new one is thought to be
    known at once, as little as that tells.
    """
    known = predictor.answered(memory, Grade.GOOD, today)
    if memory is None:
        return predictor.recall(known, day)
    missed = predictor.answered(memory, Grade.WRONG, today)
    missed = predictor.answered(missed, Grade.GOOD, today)
    share = predictor.recall(memory, today)
    after = share * predictor.recall(known, day) + (1 - share) * predictor.recall(missed, day)
    return after - predictor.recall(memory, day)


# Any day will do: only the days between two answers count.
_NOON = datetime(1, 1, 1, 12, tzinfo=UTC)
_LONGEST_DAYS = 1_000_000


class FSRS6:
    """FSRS-6 (github.com/open-spaced-repetition) through the package `fsrs`, in learner's days.

    With default parameters unless others are given. Every answer counts as given at noon UTC of
    its day: fed with times of the clock, the package's days of 24 hours would take an answer of
    the next morning for one of the same day.
    """

    def __init__(self, parameters: "Sequence[float] | None" = None) -> None:
        from fsrs import Scheduler
        from fsrs.scheduler import DEFAULT_PARAMETERS

        self._parameters = tuple(DEFAULT_PARAMETERS if parameters is None else parameters)
        self._scheduler = Scheduler(
            self._parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        self._decay = -self._parameters[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        # SM-2's first intervals are the same for all cards: most steps are those of another card.
        self._step = lru_cache(maxsize=1 << 16)(self._step_anew)

    def answered(self, memory: Memory | None, grade: Grade, day: date) -> Memory:
        """What a memory becomes by an answer on a day."""
        rating = _RATINGS[grade]
        if memory is None:
            return Memory(*self._step(None, None, 0, rating), day)
        elapsed = max((day - memory.last).days, 0)
        found = self._step(memory.stability, memory.difficulty, elapsed, rating)
        return Memory(*found, max(day, memory.last))

    def carried(self, interval: int, ease: int, last: date) -> Memory:
        """A memory as stable as the interval is long.

        And as difficult as makes a pass after that interval multiply it by the ease.
        """
        w, stability = self._parameters, max(float(interval), 1.0)
        grown = exp(w[8]) * stability ** -w[9] * (exp(0.1 * w[10]) - 1)
        difficulty = 11 - (ease / 100 - 1) / grown
        return Memory(stability, min(max(difficulty, 1.0), 10.0), last)

    def recall(self, memory: Memory | None, day: date) -> float:
        """The likelihood, 0 to 1, that a card is recalled on a day; 0 for one never answered."""
        if memory is None:
            return 0.0
        elapsed = max((day - memory.last).days, 0)
        return float((1 + self._factor * elapsed / memory.stability) ** self._decay)

    def _step_anew(
        self, stability: float | None, difficulty: float | None, elapsed: int, rating: int
    ) -> tuple[float, float]:
        from fsrs import Card, Rating, State

        card = Card(card_id=1, due=_NOON)
        if stability is not None:
            card = Card(1, State.Review, None, stability, difficulty, _NOON, _NOON)
        at = _NOON + timedelta(days=min(elapsed, _LONGEST_DAYS))
        card, _ = self._scheduler.review_card(card, Rating(rating), at)
        assert card.stability is not None
        assert card.difficulty is not None
        return card.stability, card.difficulty


_RATINGS = {
    Grade.BLACKOUT: 1,
    Grade.WRONG: 1,
    Grade.NEARLY: 1,
    Grade.HARD: 2,
    Grade.GOOD: 3,
    Grade.PERFECT: 4,
}
"""What FSRS calls Again, Hard, Good and Easy."""
