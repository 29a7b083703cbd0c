"""The log: everything that a person ever did to a card, one event each, never changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from hashlib import blake2s
from os import urandom
from typing import Any, TypedDict


class Grade(IntEnum):
    """The quality of recall of SM-2, 0 (blackout) to 5 (perfect)."""

    BLACKOUT = 0
    WRONG = 1
    NEARLY = 2
    HARD = 3
    GOOD = 4
    PERFECT = 5

    @property
    def passed(self) -> bool:
        """Whether the card was recalled."""
        return self >= Grade.HARD


class Asked(StrEnum):
    """Why a card was asked, which decides what its answer may change."""

    SCHEDULED = "answer"
    """It was due or new: the answer moves the schedule."""
    REPEAT = "repeat"
    """It came round again on the day of its answer: only ends or prolongs the coming round."""
    EARLY = "early"
    """A target asked it before it was due: a failure moves the schedule, a pass leaves it alone."""
    PRACTICE = "practice"
    """It was drilled: changes nothing."""
    QUIZ = "quiz"
    """It was examined: changes nothing, and counts in no figure but the quiz's own."""


class Mark(StrEnum):
    """What a person may do to a card besides answering it."""

    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"
    FLAG = "flag"
    UNFLAG = "unflag"
    RESET = "reset"


class Stamp(TypedDict):
    """What the log gives to a new event: see Event."""

    id: str
    at: datetime
    day: date
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events share.

    `id` is a ULID: unique across devices and in the order of the log. `at` is the moment in UTC,
    `day` the learner's day.
    """

    id: str
    at: datetime
    day: date
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Event):
    """A card was answered. `interval` (days) is what it had when it was asked, 0 for a new card."""

    card: str
    grade: Grade
    asked: Asked
    took_ms: int
    interval: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Event):
    """A card was suspended, flagged, buried for the day, and so on."""

    card: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Event):
    """The event `target` of the same card is taken back: it counts as never done."""

    card: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(Event):
    """The card `card` is from now on the one that its deck file calls `key`."""

    card: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Event):
    """The card comes on `due` instead; its interval and ease stay as they are."""

    card: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Event):
    """The card's schedule was brought along from another program, as it stood there.

    `interval` is in days, `ease` in hundredths; the counts are those of a Schedule.
    """

    card: str
    due: date
    interval: int
    ease: int
    repetitions: int
    lapses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest(Event):
    """On `day` nothing was due and nothing new was left: no answer was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet(Event):
    """The learner wants to be ready on a date. A later one of the same `name` takes its place.

    `scopes` are (deck, section) pairs, the section empty for a whole deck; none stand for
    everything. `minutes` are those of a day, 0 for no limit.
    """

    name: str
    on: date
    scopes: tuple[tuple[str, str], ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDropped(Event):
    """The target of that name holds no more."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewStep(Event):
    """One step of the mock interview `interview`; `data` is what that step keeps, as JSON allows."""

    interview: str
    step: str
    data: dict[str, Any] = field(hash=False)


CardEvent = Answer | Marked | Undo | Renamed | Moved | Carried
OtherEvent = Rest | TargetSet | TargetDropped | InterviewStep
AnyEvent = CardEvent | OtherEvent


# Crockford's base 32, the alphabet of ULIDs (github.com/ulid/spec).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_RANDOM_BITS = 80


def _random_bits(count: int) -> int:
    # What `secrets` does, which costs as much to import as all of the domain.
    return int.from_bytes(urandom((count + 7) // 8)) >> (-count % 8)


def next_event_id(
    after: str | None, at: datetime, random: Callable[[int], int] = _random_bits
) -> str:
    """A new ULID for an event at `at`, greater than `after`, the newest id in the log.

    The order of ids is the order of the log even when a clock is set back: then the time of the
    newest id is kept and its random part counts up.
    """
    since_1970_ms = max(int(at.timestamp() * 1000), 0)
    value = (since_1970_ms << _RANDOM_BITS) | random(_RANDOM_BITS)
    if after is not None and value <= (newest := _decoded(after)):
        value = newest + 1 + random(32)
    # Two letters at a time: a log that is imported has a million of them.
    return "".join([_PAIRS[(value >> shift) & 1023] for shift in range(120, -1, -10)])


def next_event_id_of(after: str | None, at: datetime, what: str) -> str:
    """The ULID of an event at `at` that is known by `what` it says, greater than `after`.

    It is the same everywhere: an event that is imported twice, or on two devices, is one.
    """
    drawn = blake2s(what.encode("utf-8", "surrogatepass"), digest_size=_RANDOM_BITS // 8).digest()
    bits = int.from_bytes(drawn)
    return next_event_id(after, at, lambda count: bits >> (_RANDOM_BITS - count))


def _decoded(ulid: str) -> int:
    value = 0
    for letter in ulid:
        value = value * 32 + _ALPHABET.index(letter)
    return value
