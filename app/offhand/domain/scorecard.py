"""How an interview went: points said, by question and by section, beside the interviews before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offhand.domain.drawing import Where
from offhand.domain.interview import Asking, Interview, Progress, Question
from offhand.domain.text import fold

_BESIDE = 3
"""How many interviews before it one is held against."""
_WEAK_SHARE = 0.6
_WEAK_SECTIONS = 3
_SCORED = (Progress.DONE, Progress.REVEALED, Progress.SKIPPED)


@dataclass(frozen=True, slots=True)
class Score:
    """How many of some points were said."""

    said: int = 0
    points: int = 0

    @property
    def share(self) -> float | None:
        """The share said; None without points."""
        return self.said / self.points if self.points else None

    @property
    def is_weak(self) -> bool:
        """Whether too little was said."""
        return self.share is not None and self.share < _WEAK_SHARE

    def __add__(self, other: "Score") -> "Score":
        return Score(self.said + other.said, self.points + other.points)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A point that was not said; `times` counts the interviews that asked for it in vain, all so far."""

    question: Question
    point: str
    times: int


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """How a question went; `before` is its score in the last interview that asked it."""

    question: Question
    progress: Progress
    score: Score
    said: tuple[bool, ...]
    typed: str
    took_ms: int
    before: Score | None = None


@dataclass(frozen=True, slots=True)
class SectionScore:
    """How a section went; `before` is its score in the last interview that asked it."""

    deck: str
    section: str
    title: str
    score: Score
    questions: int
    took_ms: int
    before: Score | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How an interview went.

    `questions` are those that were put, `unasked` counts those that time did not reach. `before` is
    the score of the interviews before it, `beside` of them. `unsaid` are the points that no interview
    heard so far, those asked for most often first. `each_ms` is the time for a question.
    """

    interview: Interview
    score: Score
    questions: tuple[QuestionScore, ...]
    sections: tuple[SectionScore, ...]
    unasked: int
    unsaid: tuple[Unsaid, ...]
    each_ms: int
    before: Score
    before_each_ms: int
    beside: int

    @property
    def weakest(self) -> tuple[SectionScore, ...]:
        """The sections to study first."""
        return tuple(each for each in self.sections if each.score.is_weak)[:_WEAK_SECTIONS]

    @property
    def missed(self) -> tuple[str, ...]:
        """The cards of the questions that went badly."""
        return tuple(q.question.card for q in self.questions if q.score.is_weak)


def scorecard(interview: Interview, earlier: Sequence[Interview] = ()) -> Scorecard:
    """The scorecard of an interview, beside those before it, oldest first."""
    scored = list(_scored(interview))
    beside = [each for each in earlier if any(_scored(each))][-_BESIDE:]
    before = [asking for each in beside for asking in _scored(each)]
    return Scorecard(
        interview,
        score=_score(scored),
        questions=tuple(_questions(interview, earlier)),
        sections=tuple(_sections(scored, earlier)),
        unasked=len(interview.places(Progress.WAITING)),
        unsaid=tuple(_unsaid(scored, earlier)),
        each_ms=_each_ms(scored),
        before=_score(before),
        before_each_ms=_each_ms(before),
        beside=len(beside),
    )


def _scored(interview: Interview) -> Iterable[Asking]:
    """The questions that count: those skipped too, as an interviewer would hear nothing."""
    return (each for each in interview.askings if each.question and each.progress in _SCORED)


def _score(askings: Iterable[Asking]) -> Score:
    return sum((_score_of(each) for each in askings), Score())


def _score_of(asking: Asking) -> Score:
    assert asking.question is not None
    if asking.progress not in _SCORED:
        return Score()
    size = len(asking.question.points)
    said = sum(0 <= place < size for place in asking.said)
    return Score(0 if asking.progress is Progress.SKIPPED else said, size)


def _each_ms(askings: Sequence[Asking]) -> int:
    answered = [each.took_ms for each in askings if each.progress is not Progress.SKIPPED]
    return sum(answered) // len(answered) if answered else 0


def _questions(interview: Interview, earlier: Sequence[Interview]) -> Iterable[QuestionScore]:
    for asking in interview.askings:
        if (question := asking.question) is None:
            continue
        heard = asking.progress in (Progress.DONE, Progress.REVEALED)
        said = tuple(heard and place in asking.said for place in range(len(question.points)))
        before = [a for each in earlier for a in _scored(each) if a.card == asking.card]
        yield QuestionScore(
            question,
            asking.progress,
            _score_of(asking),
            said,
            asking.typed,
            asking.took_ms,
            _score_of(before[-1]) if before else None,
        )


def _sections(scored: Sequence[Asking], earlier: Sequence[Interview]) -> list[SectionScore]:
    """The weakest first."""
    by_section: dict[Where, list[Asking]] = {}
    for asking in scored:
        by_section.setdefault(_where(asking), []).append(asking)
    found = []
    for where, askings in by_section.items():
        last: list[Asking] = []
        for each in earlier:
            last = [asking for asking in _scored(each) if _where(asking) == where] or last
        question = askings[0].question
        assert question is not None
        took_ms = sum(each.took_ms for each in askings)
        before = _score(last) if last else None
        found.append(
            SectionScore(*where, question.title, _score(askings), len(askings), took_ms, before)
        )
    return sorted(found, key=lambda each: (_share(each.score), -each.score.points, each.title))


def _where(asking: Asking) -> Where:
    assert asking.question is not None
    return asking.question.deck, asking.question.section


def _share(score: Score) -> float:
    return 1.0 if score.share is None else score.share


def _unsaid(scored: Sequence[Asking], earlier: Sequence[Interview]) -> list[Unsaid]:
    found = []
    for asking in scored:
        assert asking.question is not None
        past = [a for each in earlier for a in _scored(each) if a.card == asking.card]
        for point in asking.question.points:
            heard = [_heard(point, each) for each in (*past, asking)]
            if True not in heard:
                found.append(Unsaid(asking.question, point, heard.count(False)))
    return sorted(found, key=lambda each: -each.times)


def _heard(point: str, asking: Asking) -> bool | None:
    """Whether a point was said; None where it was not asked for. An edit of its text is another point."""
    assert asking.question is not None
    for place, each in enumerate(asking.question.points):
        if fold(each) == fold(point):
            return asking.progress is not Progress.SKIPPED and place in asking.said
    return None
