"""A list of cards: the figures of each, which conditions they meet, and in which order they stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter, eq, ge, gt, itemgetter, le, lt
from typing import NamedTuple

from offhand.domain.fold import CardState
from offhand.domain.leech import FIRST_AT, is_leech
from offhand.domain.query import Compared, Is, Part, Standing, Within

YOUNG_DAYS = 21
_LEARNT = 2
"""Passes in a row: SM-2's first two intervals are the same for every card."""


class Listed(NamedTuple):
    """The figures of a card. `due` is a day's ordinal; it, interval and ease are None without answers.

    `place` is the card's in the order of the decks, `number` names it in the index over the texts,
    `section` is the place of its section among all; `letters` counts those of its prompt; `again` and
    `buried` are told of today.
    """

    place: int
    number: int
    section: int
    letters: int
    due: int | None
    interval: int | None
    ease: int | None
    repetitions: int
    lapses: int
    reviews: int
    again: int
    buried: int
    suspended: int
    flagged: int


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


Condition = Callable[[Listed], bool]


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


_KEYS: Mapping[Sort, Callable[[Listed], int | None]] = {
    Sort.DUE: lambda card: card.due,
    Sort.EASE: lambda card: card.ease,
    Sort.LAPSES: lambda card: -card.lapses,
    Sort.INTERVAL: lambda card: card.interval,
}


def in_order(cards: list[Listed], sort: Sort, reverse: bool = False) -> list[Listed]:
    """Cards, given in the order of the decks, in another; those without the figure stand last."""
    if (key := _KEYS.get(sort)) is None:
        return cards[::-1] if reverse else cards
    figures = [(figure, card) for card in cards if (figure := key(card)) is not None]
    figures.sort(key=itemgetter(0), reverse=reverse)
    return [card for _, card in figures] + [card for card in cards if key(card) is None]


_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
}


def compared(clause: Compared) -> Condition:
    """Whether a card's figure compares as it should; one that it lacks does not."""
    figure: Callable[[Listed], float | None] = attrgetter(clause.figure.value)
    compare, value, wanted = _COMPARE[clause.sign], clause.value, not clause.negated

    def holds(card: Listed) -> bool:
        beside = figure(card)
        return (beside is not None and compare(beside, value)) is wanted

    return holds


def standing(clause: Standing, today: date, leech_at: int = FIRST_AT) -> Condition:
    """Whether a card is what it should be, on a day; a leech is one from `leech_at` lapses on."""
    conditions = [_is(each, today.toordinal(), leech_at) for each in clause.any_of]
    wanted = not clause.negated
    if len(conditions) == 1:
        only = conditions[0]
        return only if wanted else lambda card: not only(card)
    return lambda card: any(holds(card) for holds in conditions) is wanted


def _is(what: Is, today: int, leech_at: int) -> Condition:
    match what:
        case Is.DUE:
            return lambda card: (
                not (card.suspended or card.buried)
                and bool(card.again or (card.due is not None and card.due <= today))
            )
        case Is.NEW:
            return lambda card: card.due is None
        case Is.AGAIN:
            return lambda card: bool(card.again) and not (card.suspended or card.buried)
        case Is.LEARNING:
            return lambda card: card.due is not None and card.repetitions < _LEARNT
        case Is.YOUNG:
            return lambda card: card.interval is not None and card.interval < YOUNG_DAYS
        case Is.MATURE:
            return lambda card: card.interval is not None and card.interval >= YOUNG_DAYS
        case Is.SUSPENDED:
            return lambda card: bool(card.suspended)
        case Is.BURIED:
            return lambda card: bool(card.buried)
        case Is.FLAGGED:
            return lambda card: bool(card.flagged)
        case Is.LEECH:
            return lambda card: is_leech(card.lapses, leech_at)


def within(clause: Within, sections: Sequence[tuple[str, str]]) -> Condition:
    """Whether a card lies in a section, or a deck, of that name.

    `sections` are the folded names of every section and of its deck.
    """
    at = 0 if clause.part is Part.SECTION else 1
    wanted = not clause.negated
    inside = {n for n, named in enumerate(sections) if (clause.text in named[at]) is wanted}
    return lambda card: card.section in inside
