"""Decks on their way out, for the tests of the writers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from offhand.domain.event import CardEvent
from offhand.domain.fold import fold
from offhand.domain.schedule.sm2 import SM2
from offhand.formats.draft import Draft
from offhand.formats.takeout import TakenCard, TakenDeck, Takeout

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def nobody(done: int, of: int) -> None:
    """Hear of progress, and do nothing."""


def taken(
    *drafts: Draft, events: Mapping[str, Sequence[CardEvent]] | None = None, now: datetime = NOW
) -> Takeout:
    """Drafts on their way out, each under its own id or as `deck`; `events` are by key of a card."""
    known = events or {}
    cards = {key: TakenCard(key, fold(SM2(), past)) for key, past in known.items()}
    decks = tuple(TakenDeck(draft.id or "deck", draft, cards) for draft in drafts)
    past_of: Callable[[str], Sequence[CardEvent]] = lambda card: known.get(card, ())  # noqa: E731
    return Takeout(decks, now.date(), now, 4, SM2(), past_of)
