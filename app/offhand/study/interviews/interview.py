"""An interview under way: every step is in the log when its method returns."""

from collections.abc import Callable
from os import urandom
from time import monotonic_ns
from typing import Any

from offhand.domain.asking_aloud import points_to_say, prompt_aloud
from offhand.domain.event import InterviewStep
from offhand.domain.interview import (
    Asking,
    Change,
    Ending,
    Interview,
    Progress,
    Question,
    Step,
    fold_interview,
)
from offhand.domain.points import points_said
from offhand.errors import NotFound
from offhand.store import interviews, reading
from offhand.study.desk import Desk, next_stamp, note_rest_days
from offhand.study.interviews.plan import Wish, draw_questions
from offhand.study.interviews.stopwatch import Stopwatch

PULSE_MS = 15_000
"""How much of its time an interview loses at most when it is killed."""
_SEED_BYTES = 3


class InterviewUnderWay:
    """One interview. Time counts from `go_on` on, and not while it is paused."""

    def __init__(
        self, desk: Desk, interview: Interview, tick: Callable[[], int] = monotonic_ns
    ) -> None:
        self._desk = desk
        self._interview = interview
        self._watch = Stopwatch(interview.used_ms, tick)
        self._noted_ms = interview.used_ms

    @classmethod
    def begin(
        cls, desk: Desk, wish: Wish, tick: Callable[[], int] = monotonic_ns
    ) -> "InterviewUnderWay":
        """Draw the questions and put the first. Raises OffhandError when there is nothing to ask."""
        seed = int.from_bytes(urandom(_SEED_BYTES)) if wish.seed is None else wish.seed
        drawn = draw_questions(desk, wish, seed)
        data = {
            "minutes": wish.minutes,
            "seed": seed,
            "level": wish.level.value if wish.level else "",
            "scopes": [[scope.deck or "", scope.section or ""] for scope in wish.scopes],
            "cards": list(drawn.cards),
            "spare": list(drawn.spare),
        }
        begun = _record(desk, None, Step.BEGUN, data)
        interview = fold_interview([begun])
        assert interview is not None
        under_way = cls(desk, interview, tick)
        under_way.go_on()
        return under_way

    @classmethod
    def resume(
        cls, desk: Desk, interview: str, tick: Callable[[], int] = monotonic_ns
    ) -> "InterviewUnderWay":
        """Go on with an interview where it was left. Raises NotFound when it has ended."""
        found = fold_interview(interviews.steps_of(desk.db, interview))
        if found is None or found.ending is not None:
            raise NotFound("That interview has ended already.")
        under_way = cls(desk, found, tick)
        under_way.go_on_after_pause()
        return under_way

    @property
    def interview(self) -> Interview:
        """How it stands."""
        return self._interview

    @property
    def asking(self) -> Asking | None:
        """The question that is open or revealed; None when all were put, and at the end."""
        return self._interview.asking

    @property
    def question(self) -> Question:
        """The text of that question. Raises ValueError when there is none."""
        asking = self._interview.asking
        if asking is None or asking.question is None:
            raise ValueError("no question is open")
        return asking.question

    @property
    def is_revealed(self) -> bool:
        """Whether its model answer is shown."""
        asking = self._interview.asking
        return asking is not None and asking.progress is Progress.REVEALED

    @property
    def left_ms(self) -> int:
        """The time left now, in ms; negative when it runs over."""
        return self._interview.left_ms + self._interview.used_ms - self._watch.ms

    def type(self, text: str) -> None:
        """Keep what is typed so far."""
        asking = self._interview.asking
        if asking is not None and text != asking.typed:
            change = Change.between(asking.typed, text)
            data = {"keep": change.keep, "tail": change.tail, "text": change.text}
            self._note(Step.TYPED, data)

    def pulse(self) -> None:
        """Keep the time, when nothing else was kept for a while."""
        if self._watch.is_running and self._watch.ms - self._noted_ms >= PULSE_MS:
            self._note(Step.PULSE)

    def reveal(self, typed: str = "") -> None:
        """Show the model answer; the points that a typed answer plainly says are ticked beforehand."""
        question = self.question
        self.type(typed)
        said = points_said(question.points, typed, question.prompt, question.names)
        self._note(Step.REVEALED, {"said": sorted(said)})

    def tick(self, point: int) -> None:
        """Tick a point of the revealed question, or take its tick off."""
        asking = self._interview.asking
        if asking is not None and self.is_revealed and point in range(len(self.question.points)):
            self._note(Step.TICKED, {"point": point, "said": point not in asking.said})

    def done(self) -> None:
        """Leave the revealed question for the next one."""
        self._note(Step.DONE)
        self.go_on()

    def skip(self) -> None:
        """Leave the question for later."""
        self._note(Step.SKIPPED)
        self.go_on()

    def come_back(self) -> None:
        """Put a question that was skipped again; the one that is open waits for it."""
        skipped = self._interview.skipped_place
        if skipped is not None and not self.is_revealed:
            self._show(skipped)

    def one_more(self) -> None:
        """Take a question beyond those planned."""
        if self._interview.spare:
            self._note(Step.MORE)
            self.go_on()

    def pause(self) -> None:
        """Stop the time."""
        self._watch.stop()
        self._note(Step.PAUSED)

    def go_on_after_pause(self) -> None:
        """Let the time run again."""
        self._note(Step.RESUMED)
        self._watch.go()
        if self.asking is None:
            self.go_on()

    def go_on(self) -> None:
        """Put the next question; with the time over, or at the last one's end, end the interview."""
        self._watch.go()
        while (place := self._interview.next_place) is not None:
            if self.left_ms <= 0:
                self.end(Ending.TIME)
                return
            if self._show(place):
                return
        if not self._interview.spare or self.left_ms <= 0:
            self.end(Ending.DONE)

    def end(self, how: Ending | None = None) -> None:
        """End it; what was not put is not counted. Early, unless everything was asked."""
        all_asked = self.asking is None and self._interview.next_place is None
        how = how or (Ending.DONE if all_asked else Ending.EARLY)
        self._watch.stop()
        self._note(Step.ENDED, {"how": how.value})

    def _show(self, place: int) -> bool:
        asking = self._interview.askings[place]
        question = None if asking.question else _question(self._desk, asking.card)
        if asking.question is None and question is None:
            self._note(Step.GONE, {"place": place})
            return False
        data: dict[str, Any] = {"place": place, "card": asking.card}
        if question is not None:
            data["question"] = question.data
        self._note(Step.SHOWN, data)
        return True

    def _note(self, step: Step, data: dict[str, Any] | None = None) -> None:
        used = self._watch.ms
        event = _record(self._desk, self._interview.id, step, {**(data or {}), "used_ms": used})
        self._noted_ms = used
        changed = fold_interview([event], self._interview)
        assert changed is not None
        self._interview = changed


def _record(desk: Desk, interview: str | None, step: Step, data: dict[str, Any]) -> InterviewStep:
    """Put a step into the log; the first one names the interview by its own id."""
    from offhand.store import history

    note_rest_days(desk)
    with desk.db.writing() as connection:
        stamp = next_stamp(desk, connection)
        event = InterviewStep(
            **stamp, interview=interview or stamp["id"], step=step.value, data=data
        )
        history.append(connection, event)
    return event


def _question(desk: Desk, card: str) -> Question | None:
    """A card as an interviewer puts it; None when it has left its deck."""
    kept = reading.kept_card(desk.db, card)
    if kept is None or kept.gone:
        return None
    told = kept.card
    return Question(
        kept.id,
        kept.deck,
        kept.section,
        kept.section_title,
        prompt_aloud(told),
        told.answer,
        points_to_say(told),
        (*interviews.terms_of(desk.db, told.entry), *told.aliases),
        told.level.value if told.level else "",
    )
