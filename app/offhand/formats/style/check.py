"""Style of a deck: what is read without a fault and still makes a poor card, with how to mend it.

The rules work on any language; where one of them needs words that it cannot know, it stays silent.
Where the right option of a multiple choice stands is no matter of style: a deck file keeps it
apart from the wrong ones, and they are shuffled whenever they are shown.
"""

from collections.abc import Iterator, Sequence
from math import sqrt

from offhand.domain.card import Card, CardKind, Place, Section
from offhand.domain.text import fold, one_line
from offhand.domain.wording import words
from offhand.formats.fault import Fault
from offhand.formats.style.cards import faults_of_card
from offhand.formats.style.entries import faults_of_names

_FEWEST_CHOICES = 4
_SURELY = 1.64
"""How many standard deviations above chance are no chance any more: one in twenty."""
_PLACES_NAMED = 4
_SHORT_PROMPT = 3


def check_style(sections: Sequence[Section]) -> list[Fault]:
    """Everything in the style of one deck's sections that should be mended, in reading order."""
    entries = [entry for section in sections for entry in section.entries]
    cards = [card for entry in entries for card in entry.cards]
    faults = [fault for entry in entries for fault in faults_of_names(entry)]
    faults += [fault for card in cards for fault in faults_of_card(card)]
    faults += _same_prompts(cards)
    faults += _longest_is_right(cards)
    return sorted(faults, key=lambda fault: _reading_order(fault.place))


def _reading_order(place: Place) -> tuple[str, int, int]:
    return str(place.path), place.line, place.column


def _same_prompts(cards: Sequence[Card]) -> Iterator[Fault]:
    first_with: dict[str, Card] = {}
    for card in cards:
        first = first_with.setdefault(_asked(card), card)
        if first is not card:
            yield Fault(
                card.place,
                f"This card's prompt is that of {_near(first.place, card.place)} again.",
                "Ask for what only this card answers, or delete one of the two.",
            )


def _asked(card: Card) -> str:
    """The prompt without what makes no difference; A from B is B from A."""
    if card.kind is CardKind.CONTRAST:
        return " ".join(sorted(words(card.prompt)))
    # In a short prompt the case may be all that tells two commands apart.
    short = len(words(card.prompt)) <= _SHORT_PROMPT
    return one_line(card.prompt) if short else fold(card.prompt)


def _near(first: Place, second: Place) -> str:
    return f"line {first.line}" if first.path == second.path else str(first)


def _longest_is_right(cards: Sequence[Card]) -> Iterator[Fault]:
    choices = [card for card in cards if card.kind is CardKind.CHOICE]
    told = sorted((c for c in choices if _lead(c) > 0), key=_lead, reverse=True)
    chances = [1 / len(card.options) for card in choices]
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    by_chance = sum(chances) + _SURELY * spread
    if len(choices) < _FEWEST_CHOICES or len(told) <= max(len(choices) / 2, by_chance):
        return
    worst = told[0].place
    others = "; ".join(_near(card.place, worst) for card in told[1:_PLACES_NAMED])
    yield Fault(
        worst,
        f"In {len(told)} of the deck's {len(choices)} choices the right option is the longest.",
        f"Shorten it, or make a wrong one as long, here and elsewhere ({others} come next).",
    )


def _lead(card: Card) -> int:
    """By how many signs the right option is longer than every wrong one."""
    right = [len(option.text) for option in card.options if option.right]
    return max(right) - max(len(option.text) for option in card.options if not option.right)
