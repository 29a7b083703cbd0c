"""What a day asks for: which cards, how many, in which order."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2s
from itertools import islice


class BacklogOrder(StrEnum):
    """Which due cards come first when more are due than a day holds."""

    OLDEST = "oldest"
    """Longest overdue first."""
    SHORTEST = "shortest"
    """Shortest interval first: what is forgotten soonest."""
    RANDOM = "random"
    RECALL = "recall"
    """First where a review is expected to raise the recall a month on the most."""


class NewOrder(StrEnum):
    """Where new cards stand among the due ones."""

    MIXED = "mixed"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that could be asked; `due` is None for a new one, `interval` is in days."""

    card: str
    entry: str
    deck: str
    section: str
    due: date | None = None
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a day holds, and in which order."""

    reviews: int
    new: int
    siblings_apart: bool = True
    backlog: BacklogOrder = BacklogOrder.OLDEST
    order: NewOrder = NewOrder.MIXED


@dataclass(frozen=True, slots=True)
class Aims:
    """What targets make of a day: see offhand.domain.target.

    `asked` are the cards of their last pass, weakest first, which no limit keeps from the day, and
    `begun` the new cards. `holds` tells whether a card is one of a target that is ahead: of the due
    ones these come first.
    """

    asked: tuple[Waiting, ...] = ()
    begun: tuple[Waiting, ...] = ()
    holds: Callable[[Waiting], bool] = lambda _: False


NO_AIMS = Aims()


@dataclass(frozen=True, slots=True)
class Plan:
    """The cards of a day in the order of asking; `again` still come round from earlier the same day.

    `backlog` counts the due cards that the day does not hold.
    """

    queue: tuple[Waiting, ...]
    again: tuple[Waiting, ...] = ()
    backlog: int = 0

    @property
    def due(self) -> int:
        """How many due cards it asks, those that come round again included."""
        return len(self.again) + sum(card.due is not None for card in self.queue)

    @property
    def new(self) -> int:
        """How many new cards it brings."""
        return sum(card.due is None for card in self.queue)


def plan(
    day: date,
    due: Iterable[Waiting],
    new: Iterable[Waiting],
    again: Iterable[Waiting],
    seen: Set[str],
    limits: Limits,
    aims: Aims = NO_AIMS,
    worth: Callable[[str], float] | None = None,
) -> Plan:
    """Choose and order what is asked on `day`.

    `seen` are the entries of which a card was answered on the day already: their other cards wait.
    `limits` hold what is left of the day. `new` comes in the order of learning, and only as far as
    it is needed. While due cards are left over, no new ones are begun but those of targets.
    `worth` is what a review of a card raises, for the backlog's order of that name.
    """
    asked = {card.card for card in (*aims.asked, *aims.begun)}
    taken = set(seen) | {card.entry for card in aims.asked}
    again = tuple(again)
    ordered = _ordered(day, due, limits.backlog, worth or (lambda _: 0.0))
    ordered.sort(key=aims.holds, reverse=True)
    fitting = _apart((card for card in ordered if card.card not in asked), taken, limits)
    reviews = (*aims.asked, *islice(fitting, max(limits.reviews - len(aims.asked), 0)))
    backlog = sum(1 for _ in fitting)
    begun = aims.begun
    taken |= {card.entry for card in begun}
    if not backlog:
        others = _apart((card for card in new if card.card not in asked), taken, limits)
        begun = (*begun, *islice(others, max(limits.new - len(begun), 0)))
    return Plan(_joined(reviews, begun, limits.order), again, backlog)


def _apart(cards: Iterable[Waiting], taken: set[str], limits: Limits) -> Iterator[Waiting]:
    for card in cards:
        if limits.siblings_apart:
            if card.entry in taken:
                continue
            taken.add(card.entry)
        yield card


def _ordered(
    day: date, due: Iterable[Waiting], order: BacklogOrder, worth: Callable[[str], float]
) -> list[Waiting]:
    def shuffled(card: Waiting) -> bytes:
        return blake2s(f"{day.isoformat()} {card.card}".encode(), digest_size=8).digest()

    match order:
        case BacklogOrder.OLDEST:
            return sorted(due, key=lambda card: (card.due or day, shuffled(card)))
        case BacklogOrder.SHORTEST:
            return sorted(due, key=lambda card: (card.interval, shuffled(card)))
        case BacklogOrder.RANDOM:
            return sorted(due, key=shuffled)
        case BacklogOrder.RECALL:
            return sorted(due, key=lambda card: (-worth(card.card), shuffled(card)))


def _joined(
    reviews: tuple[Waiting, ...], begun: tuple[Waiting, ...], order: NewOrder
) -> tuple[Waiting, ...]:
    if order is NewOrder.FIRST:
        return begun + reviews
    if order is NewOrder.LAST or not begun or not reviews:
        return reviews + begun
    places = [((i + 0.5) / len(reviews), card) for i, card in enumerate(reviews)]
    places += [((i + 0.5) / len(begun), card) for i, card in enumerate(begun)]
    return tuple(card for _, card in sorted(places, key=lambda place: place[0]))
