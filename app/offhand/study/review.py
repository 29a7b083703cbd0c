"""A sitting: the cards of today one by one, each answer on disk before the next card shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.event import Answer, Asked, Grade, Mark, Marked
from offhand.domain.fold import Standing
from offhand.domain.plan import BacklogOrder, Limits, NewOrder, Plan, Waiting, plan
from offhand.domain.schedule.protocol import Schedule, preview
from offhand.domain.session import Session
from offhand.store import reading, targets
from offhand.store.reading import Kept
from offhand.study.answering import WAITING, Recorded, asked_now, mark, record_answer, undo
from offhand.study.desk import Desk
from offhand.study.targets.lens import aims_today, targets_ahead


@dataclass(frozen=True, slots=True)
class Return:
    """In how many days a card comes back; `at_latest` where a target may ask it sooner."""

    days: int
    at_latest: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The card asked now: as kept, why it is asked, and the schedule that each grade would give.

    `returns` tells when it comes back after each grade, which is not its schedule's day alone.
    """

    kept: Kept
    asked: Asked
    outcomes: dict[Grade, Schedule]
    today: date
    returns: dict[Grade, Return] = field(default_factory=dict)

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
        new=max(settings.new_per_day - begun, 0),
        siblings_apart=settings.siblings_apart,
        backlog=BacklogOrder(settings.backlog_order),
        order=NewOrder(settings.new_order),
    )
    due = reading.due_cards(desk.db, today, scope)
    again = reading.again_cards(desk.db, today, scope)
    aims = aims_today(desk, scope)
    worth = None
    if limits.backlog is BacklogOrder.RECALL:
        from offhand.study.targets.prediction import worth_of

        worth = worth_of(desk, [card.card for card in due])
    # A target's new cards come on the days that it spreads them over, and others beside them.
    others = (c for c in reading.new_cards(desk.db, today, scope) if not aims.holds(c))
    planned = plan(today, due, others, again, seen, limits, aims, worth)
    if more_new:
        limits = replace(limits, new=planned.new + more_new)
        new = reading.new_cards(desk.db, today, scope)
        planned = plan(today, due, new, again, seen, limits, aims, worth)
    return planned


class Review:
    """One sitting. Every answer is in the log when its method returns."""

    def __init__(self, desk: Desk, session: Session, early: Iterable[str] = ()) -> None:
        self._desk = desk
        self._session = session
        self._early = frozenset(early)
        self._targets = targets_ahead(desk)
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
        early = (c.card for c in planned.queue if c.due is not None and c.due > desk.today)
        return cls(desk, Session(waiting, again), early)

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
        practice, early = self._session.practice, shown.asked is Asked.EARLY
        recorded = record_answer(self._desk, shown.kept.id, grade, took_ms, practice, early)
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

    def suspend_answered(self, card: str) -> None:
        """Take a card that was just answered out of the schedule."""
        event = mark(self._desk, card, Mark.SUSPEND)
        self._past.append((self._session, event))
        self._advance()

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
                self._shown = self._show(kept)
                return
            self._session = self._session.put_aside()
        self._shown = None

    def _waits(self, kept: Kept) -> bool:
        """Whether a card is still to be asked: its deck or another Offhand may have taken it away."""
        if kept.gone:
            return False
        standing = kept.state.on(self._desk.today)
        if standing is Standing.LATER and kept.id in self._early:
            return not targets.was_asked_on(self._desk.db, kept.id, self._desk.today)
        return self._session.practice or standing in WAITING

    def _show(self, kept: Kept) -> Shown:
        schedule, today = kept.state.schedule, self._desk.today
        early = kept.id in self._early
        asked = asked_now(kept.state, today, self._session.practice, early)
        outcomes = preview(self._desk.scheduler, schedule, today, kept.id)
        if schedule is not None and asked in (Asked.REPEAT, Asked.EARLY):
            leaves = [g for g in outcomes if asked is Asked.REPEAT or g.passed]
            outcomes |= dict.fromkeys(leaves, schedule)
        latest = self._latest_day(kept)
        returns = {grade: _return(today, found.due, latest) for grade, found in outcomes.items()}
        return Shown(kept, asked, outcomes, today, returns)

    def _latest_day(self, kept: Kept) -> date | None:
        """The day by which a target asks a card again, whatever its grade."""
        if not self._targets:
            return None
        from offhand.domain.target import latest_day

        card = Waiting(kept.id, kept.card.entry, kept.deck, kept.section)
        return latest_day(self._targets, card, self._desk.today)


def _return(today: date, due: date, latest: date | None) -> Return:
    if latest is None or due <= latest:
        return Return((due - today).days)
    return Return((latest - today).days, at_latest=True)


def next_card(desk: Desk, scope: Scope = EVERYTHING) -> Shown | None:
    """The card that a sitting begun now would show first."""
    return Review.today(desk, scope, limit=1).shown
