"""A deck on its way out: what every writer takes, the deck's text and its cards' past."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from offhand.domain.event import CardEvent, OtherEvent
from offhand.domain.fold import NEW, CardState
from offhand.domain.schedule.protocol import Scheduler
from offhand.domain.text import slug
from offhand.formats.draft import Draft, DraftSection

Progress = Callable[[int, int], None]
"""Told now and then how many entries are written of how many; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class TakenCard:
    """A card as the library keeps it: `id` is for good, as its history is kept under it."""

    id: str
    state: CardState = NEW


@dataclass(frozen=True, slots=True)
class TakenDeck:
    """A deck on its way out.

    `id` is the deck's part of its cards' keys, which `draft` may leave to its file's name. `cards`
    are by key; a card that is missing was never asked. `gone` are cards that the deck once had,
    which left their history.
    """

    id: str
    draft: Draft
    cards: Mapping[str, TakenCard] = field(default_factory=dict)
    gone: Mapping[str, TakenCard] = field(default_factory=dict)

    def card(self, entry: str, way: str) -> TakenCard:
        """The card of an entry's id and the last part of its key."""
        key = f"{self.id}/{entry}/{way}"
        return self.cards.get(key) or TakenCard(key)

    def section_id(self, section: DraftSection) -> str:
        """The id of a section of it; a deck without sections is one under its own id."""
        draft = self.draft
        is_whole = section.title == draft.title and len(draft.sections) == 1
        return section.id or (self.id if is_whole else slug(section.title))


@dataclass(frozen=True, slots=True)
class Takeout:
    """Decks on their way out.

    `events` gives all that was ever done to a card, by its id and oldest first; `scheduler` makes
    states of them. `day` is the learner's, `now` bears their zone, `rollover` is the hour at which
    their day turns over. `other_events` are those of no card.
    """

    decks: tuple[TakenDeck, ...]
    day: date
    now: datetime
    rollover: int
    scheduler: Scheduler
    events: Callable[[str], Sequence[CardEvent]]
    other_events: Sequence[OtherEvent] = ()

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(len(deck.draft.entries) for deck in self.decks)
