"""A list of cards: the figures of all of them, and in which order they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from offhand.domain.fold import CardState


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of all cards, a column each, in the order of the decks.

    A card is told by its place in that order, and `numbers` names it in the index over the texts.
    `due` has ordinals of days; it, `interval`, `ease` and `repetitions` are None where a card was never
    answered.
    `section` is the place of its section among all; `letters` counts those of its prompt; `again` and
    `buried` are told of today.
    """

    numbers: Sequence[int]
    section: Sequence[int]
    letters: Sequence[int]
    due: Sequence[int | None]
    interval: Sequence[int | None]
    ease: Sequence[int | None]
    repetitions: Sequence[int | None]
    lapses: Sequence[int]
    reviews: Sequence[int]
    again: Sequence[int]
    buried: Sequence[int]
    suspended: Sequence[int]
    flagged: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card as a line of a list; `prompt` is its beginning."""

    number: int
    id: str
    deck: str
    section: str
    section_title: str
    prompt: str
    state: CardState


class Sort(StrEnum):
    """What a list of cards is ordered by."""

    RELEVANCE = "relevance"
    """Where the words stand: in the prompt, and how much of it they are; then as in the decks."""
    DECK = "deck"
    DUE = "due"
    EASE = "ease"
    """The lowest first."""
    LAPSES = "lapses"
    """The most first."""
    INTERVAL = "interval"


def in_order(
    cards: Figures, places: Sequence[int], sort: Sort, reverse: bool = False
) -> Sequence[int]:
    """Places, given in the order of the decks, in another; cards without the figure stand last."""
    match sort:
        case Sort.RELEVANCE | Sort.DECK:
            return places[::-1] if reverse else places
        case Sort.DUE:
            column = cards.due
        case Sort.EASE:
            column = cards.ease
        case Sort.INTERVAL:
            column = cards.interval
        case Sort.LAPSES:
            column, reverse = cards.lapses, not reverse
    figures = [(figure, place) for place in places if (figure := column[place]) is not None]
    figures.sort(key=lambda pair: pair[0], reverse=reverse)
    return [place for _, place in figures] + [p for p in places if column[p] is None]
