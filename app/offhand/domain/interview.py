"""A mock interview as the fold of its steps: what was asked, said and ticked, and how long it took."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from offhand.domain.event import InterviewStep

_MS_A_MINUTE = 60_000
_MOST_SKIPS = 2


class Step(StrEnum):
    """What a step of an interview is."""

    BEGUN = "begun"
    """It was drawn: settings, the cards to ask, and some more in case time is left."""
    SHOWN = "shown"
    """A question was put; its text as it was then."""
    TYPED = "typed"
    """What the typed answer changed to: see `Change`."""
    REVEALED = "revealed"
    """The model answer was shown; `said` are the points ticked beforehand."""
    TICKED = "ticked"
    DONE = "done"
    """The person went on from a revealed question."""
    SKIPPED = "skipped"
    GONE = "gone"
    """The card has left its deck before it was asked."""
    MORE = "more"
    """One of the spare questions was taken, as time was left."""
    PAUSED = "paused"
    RESUMED = "resumed"
    PULSE = "pulse"
    """Nothing happened but time."""
    ENDED = "ended"


class Progress(StrEnum):
    """How far a question is."""

    WAITING = "waiting"
    OPEN = "open"
    REVEALED = "revealed"
    DONE = "done"
    SKIPPED = "skipped"
    GONE = "gone"


class Ending(StrEnum):
    """How an interview ended."""

    DONE = "done"
    TIME = "time"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class Question:
    """An open question as it was put; `names` are those of its term, `level` may be empty."""

    card: str
    deck: str
    section: str
    title: str
    prompt: str
    answer: str
    points: tuple[str, ...]
    names: tuple[str, ...] = ()
    level: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """The question as JSON allows."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Question":
        """The question of such data."""
        known = {each.name: data[each.name] for each in fields(cls)}
        return cls(**known | {name: tuple(known[name]) for name in ("points", "names")})


@dataclass(frozen=True, slots=True)
class Change:
    """What was typed: the first `keep` and the last `tail` letters stay, `text` stands between."""

    keep: int
    tail: int
    text: str

    @classmethod
    def between(cls, before: str, after: str) -> "Change":
        """What makes one text of another."""
        shorter = min(len(before), len(after))
        keep = _alike(lambda size: before[:size] == after[:size], shorter)
        tail = _alike(
            lambda size: before[len(before) - size :] == after[len(after) - size :], shorter - keep
        )
        return cls(keep, tail, after[keep : len(after) - tail])

    def of(self, before: str) -> str:
        """The text after the change."""
        return before[: self.keep] + self.text + before[max(len(before) - self.tail, self.keep) :]


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of an interview; `suggested` are the points that were ticked beforehand."""

    card: str
    question: Question | None = None
    progress: Progress = Progress.WAITING
    typed: str = ""
    said: frozenset[int] = frozenset()
    suggested: frozenset[int] = frozenset()
    took_ms: int = 0
    skips: int = 0


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview as its steps left it.

    `at` is the moment of its begin in UTC, `day` the learner's day. `used_ms` is the time that it ran, pauses not counted. `current` is the place of the question
    that is open or revealed. `spare` are cards to go on with when time is left.
    """

    id: str
    at: datetime
    day: date
    minutes: int
    seed: int
    level: str
    scopes: tuple[tuple[str, str], ...]
    askings: tuple[Asking, ...]
    spare: tuple[str, ...] = ()
    current: int | None = None
    used_ms: int = 0
    paused: bool = False
    ending: Ending | None = None

    @property
    def left_ms(self) -> int:
        """The time left, in ms; negative when it runs over."""
        return self.minutes * _MS_A_MINUTE - self.used_ms

    @property
    def asking(self) -> Asking | None:
        """The question that is open or revealed."""
        return None if self.current is None else self.askings[self.current]

    @property
    def next_place(self) -> int | None:
        """The question to put next: one that waits or was left open, then those skipped, once more."""
        for place, asking in enumerate(self.askings):
            if asking.progress in (Progress.WAITING, Progress.OPEN):
                return place
        skipped = self.skipped_place
        once = skipped is not None and self.askings[skipped].skips < _MOST_SKIPS
        return skipped if once else None

    @property
    def skipped_place(self) -> int | None:
        """The question to come back to: of those skipped, the one skipped least often."""
        skipped = self.places(Progress.SKIPPED)
        return min(skipped, key=lambda place: (self.askings[place].skips, place), default=None)

    def places(self, progress: Progress) -> tuple[int, ...]:
        """The places of the questions that are this far."""
        return tuple(n for n, each in enumerate(self.askings) if each.progress is progress)


def fold_interview(
    steps: Iterable[InterviewStep], interview: Interview | None = None
) -> Interview | None:
    """The interview that some steps make, oldest first, of nothing or of the interview before them.

    A step that fits nothing, as one of a newer version, changes nothing but the time. After its end
    nothing changes any more.
    """
    for step in steps:
        if interview is None:
            interview = _begun(step) if step.step == Step.BEGUN else None
        elif interview.ending is None:
            interview = _after(_with_time(interview, step.data), step)
    return interview


def _begun(step: InterviewStep) -> Interview:
    data = step.data
    return Interview(
        step.interview,
        step.at,
        step.day,
        data["minutes"],
        data["seed"],
        data["level"],
        tuple((deck, section) for deck, section in data["scopes"]),
        tuple(Asking(card) for card in data["cards"]),
        tuple(data["spare"]),
    )


def _with_time(interview: Interview, data: Mapping[str, Any]) -> Interview:
    """The time up to a step belongs to the question that was on; it never runs backwards."""
    used = max(int(data.get("used_ms", 0)), interview.used_ms)
    passed, asking = used - interview.used_ms, interview.asking
    interview = replace(interview, used_ms=used)
    return interview if asking is None else _changed(interview, took_ms=asking.took_ms + passed)


def _after(interview: Interview, step: InterviewStep) -> Interview:
    data, asking = step.data, interview.asking
    match step.step:
        case Step.SHOWN if data.get("place") in range(len(interview.askings)):
            return _shown(interview, data)
        case Step.GONE if data.get("place") in range(len(interview.askings)):
            return _changed(replace(interview, current=data["place"]), progress=Progress.GONE)
        case Step.MORE if interview.spare:
            more = (*interview.askings, Asking(interview.spare[0]))
            return replace(interview, askings=more, spare=interview.spare[1:])
        case Step.PAUSED:
            return replace(interview, paused=True)
        case Step.RESUMED:
            return replace(interview, paused=False)
        case Step.ENDED:
            return replace(interview, ending=Ending(data["how"]), paused=False)
    return interview if asking is None else _asked(interview, asking, step)


def _asked(interview: Interview, asking: Asking, step: InterviewStep) -> Interview:
    data = step.data
    match step.step:
        case Step.TYPED:
            change = Change(data["keep"], data["tail"], data["text"])
            return _changed(interview, typed=change.of(asking.typed))
        case Step.REVEALED:
            said = frozenset(data["said"])
            return _changed(interview, progress=Progress.REVEALED, said=said, suggested=said)
        case Step.TICKED:
            said = asking.said - {data["point"]}
            return _changed(interview, said=said | {data["point"]} if data["said"] else said)
        case Step.DONE:
            return replace(_changed(interview, progress=Progress.DONE), current=None)
        case Step.SKIPPED:
            changed = _changed(interview, progress=Progress.SKIPPED, skips=asking.skips + 1)
            return replace(changed, current=None)
    return interview


def _shown(interview: Interview, data: Mapping[str, Any]) -> Interview:
    interview = replace(interview, current=data["place"])
    asking = interview.asking
    assert asking is not None
    question = Question.of(data["question"]) if data.get("question") else asking.question
    return _changed(interview, question=question, progress=Progress.OPEN)


def _changed(interview: Interview, **change: Any) -> Interview:
    """The interview with its current question changed."""
    place = interview.current
    assert place is not None
    asking = replace(interview.askings[place], **change)
    if asking.progress is Progress.GONE:
        interview = replace(interview, current=None)
    askings = (*interview.askings[:place], asking, *interview.askings[place + 1 :])
    return replace(interview, askings=askings)


def _alike(is_alike: Callable[[int], bool], most: int) -> int:
    """The largest size up to `most` that is alike; found by halving, as texts may be long."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if is_alike(middle):
            low = middle
        else:
            high = middle - 1
    return low
