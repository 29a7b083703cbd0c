"""A learner's desk: settings, clock and database, and what every use case does with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import import_module
from typing import TYPE_CHECKING

from offhand.clock import Clock
from offhand.domain.day import learners_day
from offhand.domain.event import CardEvent, OtherEvent, Rest, Stamp, next_event_id
from offhand.domain.fold import CardState, fold
from offhand.domain.schedule.protocol import Scheduler
from offhand.domain.schedule.sm2 import SM2
from offhand.paths import Paths
from offhand.settings import Settings
from offhand.store import active_days, reading
from offhand.store.connection import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.domain.readiness import Changes

SCHEDULER = "scheduler"
"""The fact that says which scheduler folded the states."""


@dataclass(slots=True)
class Desk:
    """Everything that a use case needs."""

    paths: Paths
    settings: Settings
    clock: Clock
    db: Database
    device: str = ""
    notices: list[str] = field(default_factory=list)
    """What the learner should be told once: renamed cards, decks that could not be read."""
    memories: "dict[str, tuple[tuple[str, int], Changes]]" = field(default_factory=dict)
    """What study/targets/prediction.py has made of cards' events so far, with what tells those events."""

    @property
    def now(self) -> datetime:
        """The present in the learner's zone."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The learner's day."""
        return learners_day(self.clock.now(), self.settings.rollover)

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler that the settings ask for."""
        return SM2(cap=self.settings.interval_cap, fuzz=self.settings.fuzz)

    def take_notices(self) -> list[str]:
        """The notices not yet told, which are told hereby."""
        notices, self.notices = self.notices, []
        return notices

    def close(self) -> None:
        """Close the database."""
        self.db.close()


def make_ready() -> None:
    """Import what the first answer needs: done in the background, it keeps nobody waiting."""
    import_module("offhand.store.history")


def next_stamp(desk: Desk, connection: "Connection") -> Stamp:
    """What the next event of the log is to bear; inside `connection`'s transaction."""
    from offhand.store import history

    now = desk.now
    return Stamp(
        id=next_event_id(history.newest_event(connection), now),
        at=now.astimezone(UTC),
        day=learners_day(now, desk.settings.rollover),
        device=desk.device,
    )


def note_rest_days(desk: Desk) -> None:
    """Log the days since the last active one on which nothing could be asked.

    To be called before cards or answers change, as it is told from the state that those days had,
    and before the streak is told, as a desk may stay open over night.
    """
    last, today = active_days.last_day(desk.db), desk.today
    if last is None or (today - last).days < 2:
        return
    from offhand.domain.streak import rest_days

    new_left = desk.settings.new_per_day > 0 and any(
        True for _ in reading.new_cards(desk.db, today)
    )
    rested = rest_days(last, today, active_days.first_due(desk.db), new_left)
    if not rested:
        return
    from offhand.store import history

    with desk.db.writing() as connection:
        for day in rested:
            stamp = next_stamp(desk, connection)
            stamp["day"] = day
            history.append(connection, Rest(**stamp))


def refold(desk: Desk) -> list[str]:
    """Fold every card's state anew from the log. Returns the cards whose state was another."""
    from offhand.store import history

    scheduler = desk.scheduler
    with desk.db.writing() as connection:
        states = reading.all_states(desk.db)
        folded = {card: CardState() for card in states}
        for card, events in _by_card(desk):
            if card in states:
                folded[card] = fold(scheduler, events)
        changed = [card for card, state in folded.items() if state != states[card]]
        history.keep_states(connection, ((card, folded[card]) for card in changed))
        history.keep_fact(connection, SCHEDULER, scheduler.signature)
    return changed


def _by_card(desk: Desk) -> Iterator[tuple[str, list[CardEvent]]]:
    card, events = "", list[CardEvent]()
    for event in reading.all_events(desk.db):
        if isinstance(event, OtherEvent):
            continue
        if event.card != card:
            if events:
                yield card, events
            card, events = event.card, []
        events.append(event)
    if events:
        yield card, events
