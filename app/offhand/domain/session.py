"""One sitting: which card is asked now, which come round again, and how it went so far.

A session is a value: every step gives a new one, so taking a step back is keeping the old one.
"""

from dataclasses import dataclass, replace

from offhand.domain.event import Asked, Grade


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer of the sitting; `fresh` when the card was new."""

    card: str
    grade: Grade
    asked: Asked
    took_ms: int
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """The queue of one sitting.

    `waiting` are the cards not yet asked, `again` those that come round again afterwards, until
    each got a 4 or better. In practice the schedule is left alone, and nothing comes round twice.
    """

    waiting: tuple[str, ...]
    again: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    practice: bool = False

    @property
    def current(self) -> str | None:
        """The card asked now; None at the end."""
        if self.waiting:
            return self.waiting[0]
        return self.again[0] if self.again else None

    @property
    def asked(self) -> Asked:
        """Why the current card is asked."""
        if self.practice:
            return Asked.PRACTICE
        return Asked.SCHEDULED if self.waiting else Asked.REPEAT

    @property
    def done(self) -> int:
        """How many cards were asked for the first time."""
        return sum(turn.asked is not Asked.REPEAT for turn in self.turns)

    @property
    def total(self) -> int:
        """How many cards the sitting asks, repeats not counted."""
        return self.done + len(self.waiting)

    @property
    def took_ms(self) -> int:
        """The time spent on answers, in ms."""
        return sum(turn.took_ms for turn in self.turns)

    @property
    def kept(self) -> tuple[str, ...]:
        """The cards passed at their first asking."""
        return tuple(t.card for t in self.turns if t.asked is not Asked.REPEAT and t.grade.passed)

    @property
    def missed(self) -> tuple[str, ...]:
        """The cards failed at their first asking."""
        return tuple(
            t.card for t in self.turns if t.asked is not Asked.REPEAT and not t.grade.passed
        )

    def answered(self, grade: Grade, took_ms: int, fresh: bool = False) -> "Session":
        """The session after the current card got a grade. Raises ValueError at the end."""
        card = self._current()
        turn = Turn(card, grade, self.asked, took_ms, fresh)
        rest = self._without_current()
        again = rest.again
        if not self.practice and grade < Grade.GOOD:
            again = (*again, card)
        return replace(rest, again=again, turns=(*self.turns, turn))

    def put_aside(self) -> "Session":
        """The session without the current card: buried, suspended, or gone from its deck."""
        self._current()
        return self._without_current()

    def _current(self) -> str:
        if (card := self.current) is None:
            raise ValueError("the session has ended")
        return card

    def _without_current(self) -> "Session":
        if self.waiting:
            return replace(self, waiting=self.waiting[1:])
        return replace(self, again=self.again[1:])
