"""The interviews so far: read back from the log, found by name, and their scorecards."""

from collections.abc import Iterable, Sequence
from itertools import islice

from offhand.domain.event import InterviewStep
from offhand.domain.interview import Interview, Progress, fold_interview
from offhand.domain.scorecard import Scorecard, scorecard
from offhand.errors import NotFound, OffhandError
from offhand.store import interviews
from offhand.study.desk import Desk

LAST = "last"
_PACE_QUESTIONS = 20
_SHORTEST_PREFIX = 6


def past_interviews(desk: Desk) -> list[Interview]:
    """All interviews, the oldest first, those that are not finished included."""
    steps: dict[str, list[InterviewStep]] = {}
    for step in interviews.telling_steps(desk.db):
        steps.setdefault(step.interview, []).append(step)
    found = (fold_interview(each) for each in steps.values())
    return [each for each in found if each is not None]


def unfinished(desk: Desk) -> Interview | None:
    """The newest interview, if it was left before its end."""
    past = past_interviews(desk)
    if not past or past[-1].ending is not None:
        return None
    return fold_interview(interviews.steps_of(desk.db, past[-1].id))


def number_of(desk: Desk, interview: Interview) -> int:
    """The number by which an interview is called: the first is 1."""
    return 1 + [each.id for each in past_interviews(desk)].index(interview.id)


def find_interview(desk: Desk, name: str) -> Interview:
    """An interview by its number, its id or the beginning of it, or `last`.

    Raises NotFound when there is none.
    """
    return _found(past_interviews(desk), name)


def scorecard_of(desk: Desk, interview: Interview) -> Scorecard:
    """How an interview went, beside those that were held before it."""
    past = past_interviews(desk)
    earlier = [each for each in past if each.id < interview.id and each.ending is not None]
    whole = fold_interview(interviews.steps_of(desk.db, interview.id))
    return scorecard(whole or interview, earlier)


def scorecard_named(desk: Desk, name: str) -> Scorecard:
    """The scorecard of an interview by its name. Raises OffhandError while it is not finished."""
    interview = find_interview(desk, name)
    if interview.ending is None:
        raise OffhandError(
            "That interview is not finished.",
            "It has no scorecard yet; what was said so far is kept.",
            "`offhand interview` goes on with it, or ends it.",
        )
    return scorecard_of(desk, interview)


def answered_ms(past: Sequence[Interview]) -> Iterable[int]:
    """How long each of the last questions took that were answered to their end."""
    newest = (
        asking.took_ms
        for interview in reversed(past)
        for asking in reversed(interview.askings)
        if asking.progress is Progress.DONE
    )
    return islice(newest, _PACE_QUESTIONS)


def _found(past: Sequence[Interview], name: str) -> Interview:
    if past and name == LAST:
        return past[-1]
    if name.isdecimal() and len(name) < _SHORTEST_PREFIX and 1 <= int(name) <= len(past):
        return past[int(name) - 1]
    named = [each for each in past if each.id.startswith(name.upper())]
    if len(named) == 1 and len(name) >= _SHORTEST_PREFIX:
        return named[0]
    mend = "`offhand interview` begins the first."
    if past:
        mend = f"There are 1 to {len(past)}, and {LAST}." if len(past) > 1 else "There is 1."
    raise NotFound(f"There is no interview {name!r}.", mend=mend)
