"""A quiz: which entries it asks and how, and what distractors a choice gets that has none.

Everything is drawn from one seed, so that a quiz can be asked again as it was.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from offhand.domain.card import CardKind, Option
from offhand.domain.text import fold, one_line

OPTIONS = 4
"""How many options a choice has that is made for a quiz."""
LONGEST_TYPED = 60
"""Letters of an answer that one may be asked to type."""


class Way(StrEnum):
    """How a quiz asks."""

    CHOICE = "choice"
    TYPED = "typed"
    CLOZE = "cloze"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Askable:
    """A card that a quiz may ask; `letters` is the length of its answer."""

    card: str
    entry: str
    section: str
    kind: CardKind
    letters: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card that a quiz asks, and how."""

    card: str
    way: Way


def draw(cards: Iterable[Askable], count: int, ways: Collection[Way], seed: int) -> list[Drawn]:
    """Up to `count` cards, each of another entry, the sections in turn, each in a way it allows."""
    random = Random(seed)
    entries: dict[str, dict[str, list[Askable]]] = {}
    for card in cards:
        entries.setdefault(card.section, {}).setdefault(card.entry, []).append(card)
    sections = list(entries.values())
    random.shuffle(sections)
    queues = []
    for section in sections:
        asked = list(section.values())
        random.shuffle(asked)
        queues.append(asked)
    drawn: list[Drawn] = []
    while queues and len(drawn) < count:
        for queue in list(queues):
            if len(drawn) == count:
                break
            if not queue:
                queues.remove(queue)
            elif (found := _way_of(queue.pop(), ways, random)) is not None:
                drawn.append(found)
    random.shuffle(drawn)
    return drawn


def _way_of(entry: Sequence[Askable], ways: Collection[Way], random: Random) -> Drawn | None:
    found: dict[Way, list[str]] = {}
    kinds = {card.kind for card in entry}
    for card in entry:
        for way in _ways(card, kinds):
            if way in ways:
                found.setdefault(way, []).append(card.card)
    if not found:
        return None
    way = random.choice(sorted(found))
    return Drawn(random.choice(found[way]), way)


def _ways(card: Askable, kinds: Collection[CardKind]) -> tuple[Way, ...]:
    """How a card may be asked, one of an entry with these kinds."""
    can_be_typed = card.letters <= LONGEST_TYPED
    match card.kind:
        case CardKind.CHOICE:
            return (Way.CHOICE,)
        case CardKind.CLOZE:
            return (Way.CLOZE,) if can_be_typed else (Way.CARD,)
        case CardKind.REVERSE:
            # Its answer is the term: it can be named, or picked among others.
            made = () if CardKind.CHOICE in kinds else (Way.CHOICE,)
            return (*made, Way.TYPED) if can_be_typed else made
        case CardKind.TERM:
            if CardKind.REVERSE in kinds:
                return (Way.CARD,)
            made = () if CardKind.CHOICE in kinds else (Way.CHOICE,)
            return (*made, Way.TYPED, Way.CARD)
        case CardKind.QUESTION:
            return (Way.CARD, Way.TYPED) if card.letters <= LONGEST_TYPED // 2 else (Way.CARD,)
    return (Way.CARD,)


def options_for(
    term: str,
    why: str,
    aliases: Collection[str],
    contrasts: Mapping[str, str],
    others: Mapping[str, str],
    seed: str,
) -> tuple[Option, ...]:
    """Terms to pick the right one from: what it is confused with first, then others of its section.

    `why` tells why the right one is right; `contrasts` and `others` are by name, and tell why that
    one is wrong. Empty when there is nothing to pick from.
    """
    taken = {fold(name) for name in (term, *aliases)}
    rest = sorted(others.items())
    Random(seed).shuffle(rest)
    options = [Option(one_line(term), True, why)]
    for name, reason in [*contrasts.items(), *rest]:
        if fold(name) not in taken and len(options) < OPTIONS:
            taken.add(fold(name))
            options.append(Option(one_line(name), False, reason))
    return tuple(options) if len(options) > 1 else ()


def without_names(text: str, names: Iterable[str]) -> str:
    """A definition in which the names that it defines are gaps, so that it can be asked for them."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


_SENTENCE_END = re.compile(r"(?<=[.!?。！？])(?<!\be\.g\.)(?<!\bi\.e\.)\s+(?=\S)")


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    return _SENTENCE_END.split(one_line(text), maxsplit=1)[0]
