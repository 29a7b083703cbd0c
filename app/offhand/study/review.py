"""A sitting: the cards of today one by one, each answer on disk before the next card shows."""

from dataclasses import dataclass
from datetime import date

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.event import Answer, Asked, Grade, Mark, Marked
from offhand.domain.plan import BacklogOrder, Limits, NewOrder, Plan, plan
from offhand.domain.schedule.protocol import Schedule, preview
from offhand.domain.session import Session
from offhand.store import reading
from offhand.store.reading import Kept
from offhand.study.answering import WAITING, Recorded, asked_now, mark, record_answer, undo
from offhand.study.desk import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    """The card asked now: as kept, why it is asked, and the schedule that each grade would give."""

    kept: Kept
    asked: Asked
    outcomes: dict[Grade, Schedule]
    today: date

    @property
    def is_new(self) -> bool:
        """Whether it was never answered before."""
        return self.kept.state.schedule is None


def plan_today(desk: Desk, scope: Scope = EVERYTHING, more_new: int = 0) -> Plan:
    """What today asks of a scope. `more_new` cards are begun beyond the setting."""
    settings, today = desk.settings, desk.today
    seen, reviewed, begun = reading.entries_answered(desk.db, today)
    limits = Limits(
        reviews=max(settings.reviews_per_day - reviewed, 0),
        new=max(settings.new_per_day - begun, 0) + more_new,
        siblings_apart=settings.siblings_apart,
        backlog=BacklogOrder(settings.backlog_order),
        order=NewOrder(settings.new_order),
    )
    return plan(
        today,
        reading.due_cards(desk.db, today, scope),
        reading.new_cards(desk.db, today, scope),
        reading.again_cards(desk.db, today, scope),
        seen,
        limits,
    )


class Review:
    """One sitting. Every answer is in the log when its method returns."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self._session = session
        self._past: list[tuple[Session, Answer | Marked]] = []
        self._shown: Shown | None = None
        self._advance()

    @classmethod
    def today(
        cls, desk: Desk, scope: Scope = EVERYTHING, limit: int | None = None, more_new: int = 0
    ) -> "Review":
        """A sitting with what today asks of a scope, `limit` cards at most."""
        planned = plan_today(desk, scope, more_new)
        waiting = tuple(card.card for card in planned.queue)
        again = tuple(card.card for card in planned.again)
        if limit is not None:
            waiting, again = waiting[:limit], again[: max(limit - len(waiting), 0)]
        return cls(desk, Session(waiting, again))

    @classmethod
    def practice(cls, desk: Desk, scope: Scope, limit: int | None = None) -> "Review":
        """A drill of a scope's cards, the hardest first, that leaves the schedule alone."""
        return cls.practice_of(desk, tuple(reading.section_cards(desk.db, scope))[:limit])

    @classmethod
    def practice_of(cls, desk: Desk, cards: tuple[str, ...]) -> "Review":
        """A drill of some cards that leaves the schedule alone."""
        return cls(desk, Session(cards, practice=True))

    @property
    def session(self) -> Session:
        """How the sitting stands."""
        return self._session

    @property
    def shown(self) -> Shown | None:
        """The card asked now; None at the end."""
        return self._shown

    @property
    def can_undo(self) -> bool:
        """Whether there is something of this sitting to take back."""
        return bool(self._past)

    def answer(self, grade: Grade, took_ms: int) -> Recorded:
        """Record the answer to the current card and go on to the next."""
        shown = self._current()
        practice = self._session.practice
        recorded = record_answer(self._desk, shown.kept.id, grade, took_ms, practice)
        self._past.append((self._session, recorded.event))
        self._session = self._session.answered(grade, took_ms, shown.is_new)
        self._advance()
        return recorded

    def bury(self) -> None:
        """Put the current card aside until tomorrow and go on to the next."""
        self._put_aside(Mark.BURY)

    def suspend(self) -> None:
        """Take the current card out of the schedule until it is resumed, and go on to the next."""
        self._put_aside(Mark.SUSPEND)

    def flag(self) -> bool:
        """Flag the current card, or take its flag off. Returns whether it has one now."""
        shown = self._current()
        flagged = not shown.kept.state.flagged
        event = mark(self._desk, shown.kept.id, Mark.FLAG if flagged else Mark.UNFLAG)
        self._past.append((self._session, event))
        self._advance()
        return flagged

    def undo(self) -> Answer | Marked | None:
        """Take back the last thing done in this sitting, and return to its card. Returns what it was."""
        if not self._past:
            return None
        session, event = self._past[-1]
        undo(self._desk, event)
        self._past.pop()
        self._session = session
        self._advance()
        return event

    def reload(self) -> None:
        """Take the current card as its file has it now; go on to the next when it is gone."""
        self._advance()

    def _put_aside(self, how: Mark) -> None:
        event = mark(self._desk, self._current().kept.id, how)
        self._past.append((self._session, event))
        self._session = self._session.put_aside()
        self._advance()

    def _current(self) -> Shown:
        if self._shown is None:
            raise ValueError("the session has ended")
        return self._shown

    def _advance(self) -> None:
        while (card := self._session.current) is not None:
            kept = reading.kept_card(self._desk.db, card)
            if kept is not None and self._waits(kept):
                self._shown = _show(self._desk, kept, self._session.practice)
                return
            self._session = self._session.put_aside()
        self._shown = None

    def _waits(self, kept: Kept) -> bool:
        """Whether a card is still to be asked: its deck or another Offhand may have taken it away."""
        if kept.gone:
            return False
        return self._session.practice or kept.state.on(self._desk.today) in WAITING


def _show(desk: Desk, kept: Kept, practice: bool) -> Shown:
    schedule, today = kept.state.schedule, desk.today
    asked = asked_now(kept.state, today, practice)
    outcomes = preview(desk.scheduler, schedule, today, kept.id)
    if asked is Asked.REPEAT and schedule is not None:
        outcomes = dict.fromkeys(outcomes, schedule)
    return Shown(kept, asked, outcomes, today)


def next_card(desk: Desk, scope: Scope = EVERYTHING) -> Shown | None:
    """The card that a sitting begun now would show first."""
    return Review.today(desk, scope, limit=1).shown
