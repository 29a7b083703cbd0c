"""What a source knows of its cards' past, as events of the log.

An answer becomes the same event wherever and whenever it is imported, so that a second import adds
nothing and the logs of two devices join by union. A schedule that the answers alone do not give is
carried over as it stood, unless the learner has answered the card here meanwhile.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from offhand.domain.day import learners_day
from offhand.domain.event import (
    Answer,
    Asked,
    CardEvent,
    Carried,
    Mark,
    Marked,
    Stamp,
    Undo,
    next_event_id,
    next_event_id_of,
)
from offhand.domain.fold import CardState, fold
from offhand.domain.schedule.protocol import Schedule
from offhand.formats.draft import Past, PastAnswer, PastSchedule
from offhand.store import reading
from offhand.study.desk import Desk
from offhand.study.imports.known_past import (
    IMPORT,
    given_elsewhere,
    last_word,
    moves_here,
    standing,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

SUSPENDED, FLAGGED = "s", "f"
_LOWEST_EASE = 130
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What was added to the log: answers, schedules carried over, cards suspended, resumed, flagged.

    `future` counts answers that lie in the future and were left out, `unknown` the pasts of cards
    that the deck does not have.
    """

    answers: int = 0
    schedules: int = 0
    suspended: int = 0
    resumed: int = 0
    flagged: int = 0
    future: int = 0
    unknown: int = 0

    @property
    def events(self) -> int:
        """How many events were added."""
        return self.answers + self.schedules + self.suspended + self.resumed + self.flagged


class PastWriter:
    """Writes the pasts of a deck's cards, inside one transaction, some at once.

    Between two words on one card, and at the end, `flush` is to be called.
    """

    def __init__(
        self, desk: Desk, connection: "Connection", deck: str, name: str, history: bool
    ) -> None:
        from offhand.store.history import newest_event

        self.desk = desk
        self.connection = connection
        self.deck = deck
        self.device = IMPORT + name
        self.history = history
        self._counted: Counter[str] = Counter()
        self._newest = newest_event(connection)
        self._now = desk.now
        self._events: list[CardEvent] = []
        self._states: list[tuple[str, CardState]] = []

    @cached_property
    def cards(self) -> dict[str, str]:
        """The deck's cards by what its file calls them; not asked for when none has a past."""
        return reading.cards_by_key(self.desk.db, self.deck)

    @cached_property
    def known(self) -> set[str]:
        """The deck's cards that the log knows."""
        return reading.cards_with_past(self.desk.db, self.deck)

    def card_of(self, entry: str, way: str) -> str | None:
        """The card of an entry of the deck file, by its way of asking."""
        return self.cards.get(f"{self.deck}/{entry}/{way}")

    def cards_of(self, entries: Collection[str]) -> dict[str, list[str]]:
        """The cards of some entries of the deck file."""
        found: dict[str, list[str]] = {entry: [] for entry in entries}
        if entries:
            for key, card in self.cards.items():
                if (entry := key.split("/")[1]) in found:
                    found[entry].append(card)
        return found

    def bring(self, entry: str, way: str, past: Past, marks: str) -> str:
        """Add what is new of a card's past. `marks` are those of the import before; returns today's."""
        card = self.card_of(entry, way)
        if card is None:
            self._counted["unknown"] += 1
            return marks
        known = self._known(card)
        new: list[CardEvent] = []
        if self.history:
            new += self._answers(card, past.answers, known)
        state = self._folded([*known, *new])
        if self.history and past.schedule is not None:
            carried = self._carried(card, past.schedule, [*known, *new], state)
            if carried is not None:
                new.append(carried)
                state = self._folded([*known, *new])
        marked = self._marked(card, past, marks, state)
        if marked:
            new += marked
            state = self._folded([*known, *new])
        if new:
            self._keep(card, new, state)
        return SUSPENDED * past.suspended + FLAGGED * past.flagged

    def suspend(self, cards: Iterable[str]) -> tuple[str, ...]:
        """Suspend cards that are not suspended already. Returns the events that did it."""
        done = []
        for card in cards:
            known = self._known(card)
            if self._folded(known).suspended:
                continue
            event = self._mark(card, Mark.SUSPEND)
            self._keep(card, [event], self._folded([*known, event]))
            self._counted["suspended"] += 1
            done.append(event.id)
        return tuple(done)

    def resume(self, cards: Iterable[str], suspended_by: Sequence[str]) -> None:
        """Resume those cards that one of the events suspended, and nobody else since."""
        for card in cards:
            known = self._known(card)
            last = last_word(known)
            if last is None or last.id not in suspended_by:
                continue
            event = self._mark(card, Mark.RESUME)
            self._keep(card, [event], self._folded([*known, event]))
            self._counted["resumed"] += 1

    def flush(self) -> None:
        """Write what waits to be written."""
        from offhand.store import history

        history.append_all(self.connection, self._events)
        history.keep_states(self.connection, self._states)
        self._events, self._states = [], []

    def _known(self, card: str) -> list[CardEvent]:
        return reading.card_events(self.desk.db, card) if card in self.known else []

    def _folded(self, events: Iterable[CardEvent]) -> CardState:
        return fold(self.desk.scheduler, sorted(events, key=_by_id))

    def _keep(self, card: str, events: Iterable[CardEvent], state: CardState) -> None:
        self._events += events
        self._states.append((card, state))
        if len(self._events) >= _AT_ONCE:
            self.flush()

    @property
    def brought(self) -> Brought:
        """What was added so far."""
        return Brought(**self._counted)

    def _answers(
        self, card: str, answers: Iterable[PastAnswer], known: Sequence[CardEvent]
    ) -> Iterator[Answer]:
        there = {event.id for event in known}
        undone = {event.target for event in known if isinstance(event, Undo)}
        taken: set[str] = set()
        clock, rollover = self.desk.clock, self.desk.settings.rollover
        for past in given_elsewhere(answers, known, undone):
            if past.at > self._now:
                self._counted["future"] += 1
                continue
            asked = Asked.SCHEDULED if past.scheduled else Asked.REPEAT
            said = f"{card} {asked} {int(past.grade)}"
            # One that was taken back by undoing its import returns as another event.
            count, ident = 0, next_event_id_of(None, past.at, said)
            while ident in undone or ident in taken:
                count += 1
                ident = next_event_id_of(None, past.at, f"{said} {count}")
            taken.add(ident)
            if ident in there:
                continue
            self._counted["answers"] += 1
            yield Answer(
                id=ident,
                at=past.at.astimezone(UTC),
                day=learners_day(clock.local(past.at), rollover),
                device=self.device,
                card=card,
                grade=past.grade,
                asked=asked,
                took_ms=max(past.took_ms, 0),
                interval=max(past.interval, 0),
            )

    def _carried(
        self, card: str, past: "PastSchedule", events: Sequence[CardEvent], state: CardState
    ) -> Carried | None:
        """The schedule as it stood, None where it stands so already or the learner went on here."""
        wanted = Schedule(
            past.due,
            max(past.interval, 1),
            max(past.ease, _LOWEST_EASE),
            max(past.repetitions, 0),
            max(past.lapses, 0),
        )
        if _agree(state.schedule, wanted) or any(moves_here(event) for event in standing(events)):
            return None
        clock = self.desk.clock
        imported = [event for event in events if isinstance(event, Answer | Carried)]
        last = max(imported, key=_by_id, default=None)
        if last is not None:
            at = last.at + timedelta(milliseconds=1)
        else:
            learned = past.due - timedelta(days=wanted.interval)
            noon = datetime.combine(learned, time(12), self._now.tzinfo)
            at = min(noon, self._now)
        self._counted["schedules"] += 1
        return Carried(
            id=next_event_id_of(last.id if last else None, at, f"{card} {wanted}"),
            at=at.astimezone(UTC),
            day=learners_day(clock.local(at), self.desk.settings.rollover),
            device=self.device,
            card=card,
            due=wanted.due,
            interval=wanted.interval,
            ease=wanted.ease,
            repetitions=wanted.repetitions,
            lapses=wanted.lapses,
        )

    def _marked(self, card: str, past: Past, before: str, state: CardState) -> list[Marked]:
        """The marks that the source has set or taken off since the import before."""
        marked = []
        if past.suspended != (SUSPENDED in before) and past.suspended != state.suspended:
            marked.append(self._mark(card, Mark.SUSPEND if past.suspended else Mark.RESUME))
            self._counted["suspended" if past.suspended else "resumed"] += 1
        if past.flagged != (FLAGGED in before) and past.flagged != state.flagged:
            marked.append(self._mark(card, Mark.FLAG if past.flagged else Mark.UNFLAG))
            self._counted["flagged"] += 1
        return marked

    def _mark(self, card: str, how: Mark) -> Marked:
        return Marked(**self._stamp(), card=card, mark=how)

    def _stamp(self) -> Stamp:
        self._newest = next_event_id(self._newest, self._now)
        return Stamp(
            id=self._newest,
            at=self._now.astimezone(UTC),
            day=self.desk.today,
            device=self.device,
        )


def _agree(here: Schedule | None, there: Schedule) -> bool:
    """Whether two schedules go on alike. How often a card was passed and failed, its answers know best."""
    return here is not None and (here.due, here.interval, here.ease) == (
        there.due,
        there.interval,
        there.ease,
    )


def _by_id(event: CardEvent) -> str:
    return event.id
