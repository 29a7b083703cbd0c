"""A card's log, written the way a learner makes one, for tests of the domain."""

from datetime import UTC, date, datetime, time
from typing import Any

from offhand.domain.event import (
    Answer,
    Asked,
    Carried,
    Grade,
    Mark,
    Marked,
    Moved,
    Stamp,
    Undo,
)

DAY = date(2026, 3, 2)


class Log:
    """Makes the events of one card, each with the next id of the log."""

    def __init__(self, card: str = "deck/entry/term", device: str = "desk") -> None:
        self.card = card
        self.device = device
        self._count = 0

    def answer(self, grade: int, day: date = DAY, asked: Asked = Asked.SCHEDULED) -> Answer:
        """The card was answered on a day."""
        stamp = self._stamp(day)
        return Answer(**stamp, card=self.card, grade=Grade(grade), asked=asked, took_ms=4000)

    def mark(self, mark: Mark, day: date = DAY) -> Marked:
        """The card was suspended, flagged, … on a day."""
        return Marked(**self._stamp(day), card=self.card, mark=mark)

    def move(self, due: date, day: date = DAY) -> Moved:
        """The card was given another due date by hand."""
        return Moved(**self._stamp(day), card=self.card, due=due)

    def carry(self, day: date = DAY, **schedule: Any) -> Carried:
        """The card's schedule was brought along from another program."""
        return Carried(**self._stamp(day), card=self.card, **schedule)

    def undo(self, target: str, day: date = DAY) -> Undo:
        """The event with an id was taken back."""
        return Undo(**self._stamp(day), card=self.card, target=target)

    def _stamp(self, day: date) -> Stamp:
        self._count += 1
        at = datetime.combine(day, time(9), UTC)
        return Stamp(id=f"{self._count:026}", at=at, day=day, device=self.device)
