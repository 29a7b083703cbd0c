"""The cards that are made from an entry, and what they are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import TypeVar

from offhand.domain.card import Card, CardKind, Entry, Level, Option, Place
from offhand.domain.contrast import contrast_prompt
from offhand.domain.text import digest, slug
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Places:
    """Where an entry stands and where its parts do, each in the order of the entry's own.

    Parts of which no place is given stand where the entry does, and the entry where it says itself.
    """

    entry: Place | None = None
    questions: tuple[Place, ...] = ()
    choices: tuple[Place, ...] = ()
    cloze: tuple[Place, ...] = ()
    contrast: tuple[Place, ...] = ()
    see: tuple[Place, ...] = ()


NO_PLACES = Places()


def entry_of(
    written: DraftEntry, deck: str, reverse: bool = False, places: Places = NO_PLACES
) -> Entry:
    """The entry with its cards, in a deck of this id.

    `reverse` says whether the deck asks its terms both ways.
    """
    bare = entry_without_cards(written, places)
    cards = _Cards(written, f"{deck}/{bare.id}", bare.place).made(reverse, places)
    return Entry(bare.id, bare.place, bare.names, bare.see, tuple(cards.values()))


def entry_without_cards(written: DraftEntry, places: Places = NO_PLACES) -> Entry:
    """The entry with its names, and with those that it builds on."""
    name = entry_name(written)
    place = places.entry or written.place
    return Entry(
        written.id or slug(name),
        place,
        (name, *written.aliases) if written.term else (name,),
        tuple(zip(written.see, places.see or repeat(place), strict=False)) if written.see else (),
    )


def card_ways(written: DraftEntry, reverse: bool = False) -> tuple[str, ...]:
    """The last parts of the keys of an entry's cards, in their order: `term`, `cloze-1`, ….

    `reverse` says whether the deck asks its terms both ways.
    """
    return tuple(_Cards(written, "", written.place).made(reverse))


@dataclass(frozen=True, slots=True)
class Part:
    """What of an entry a card asks: the term, or the question, … of an index."""

    kind: CardKind
    index: int = 0


def part_of(written: DraftEntry, way: str) -> Part | None:
    """What of an entry is asked by the card whose key ends in `way`; None when there is no such card."""
    return _Cards(written, "", written.place).parts(reverse=True).get(way)


def entry_id(written: DraftEntry) -> str:
    """The entry's part of its cards' keys: the id given to it, or what its first text makes."""
    return written.id or slug(entry_name(written))


def is_question(written: DraftEntry) -> bool:
    """Whether an entry is one question or one choice, and not a term or a group."""
    if written.term:
        return False
    parts: tuple[DraftQuestion | DraftChoice, ...] = written.questions + written.choices
    return len(parts) == 1 and not parts[0].id


def entry_name(written: DraftEntry) -> str:
    """What an entry is called by: its term, its first question, or its sentence."""
    if written.term:
        return written.term
    if written.questions:
        return written.questions[0].question
    if written.choices:
        return written.choices[0].question
    return cloze.filled(written.cloze[0]) if written.cloze else ""


class _Cards:
    """The cards of an entry in the making, by the last parts of their keys."""

    def __init__(self, written: DraftEntry, entry: str, place: Place) -> None:
        self.written = written
        self.entry = entry
        self.place = place
        self.alone = is_question(written)
        self.cards: dict[str, Card] = {}

    def made(self, reverse: bool, places: Places = NO_PLACES) -> dict[str, Card]:
        """All of them."""
        written = self.written
        if written.term:
            self._term(reverse)
        for question, place in self._each(written.questions, places.questions):
            self._question(question, place)
        for choice, place in self._each(written.choices, places.choices):
            self._choice(choice, place)
        for sentence, place in self._each(written.cloze, places.cloze):
            self._holes(sentence, place)
        for contrast, place in self._each(written.contrast, places.contrast):
            self._contrast(contrast, place)
        return self.cards

    def parts(self, reverse: bool) -> dict[str, Part]:
        """What of the entry each of them asks."""
        written = self.written
        found: list[Part] = []
        counted = {
            CardKind.QUESTION: (1,) * len(written.questions),
            CardKind.CHOICE: (1,) * len(written.choices),
            CardKind.CLOZE: tuple(len(cloze.holes(sentence)) for sentence in written.cloze),
            CardKind.CONTRAST: (1,) * len(written.contrast),
        }
        for kind, counts in counted.items():
            for index, cards in enumerate(counts):
                found += [Part(kind, index)] * cards
        made = self.made(reverse)
        first = [Part(card.kind) for card in made.values()][: len(made) - len(found)]
        return dict(zip(made, first + found, strict=True))

    def _term(self, reverse: bool) -> None:
        term, definition, place = self.written.term, self.written.definition, self.place
        self._add(CardKind.TERM, "term", term, definition, definition, place)
        both_ways = reverse if self.written.reverse is None else self.written.reverse
        if both_ways:
            prompt = both_ways if isinstance(both_ways, str) else definition
            self._add(CardKind.REVERSE, "reverse", prompt, term, definition, place)

    def _question(self, asked: DraftQuestion, place: Place) -> None:
        way = "question" if self.alone else f"question-{asked.id or slug(asked.question)}"
        self._add(
            CardKind.QUESTION,
            way,
            asked.question,
            asked.answer,
            asked.answer,
            place,
            level=asked.level,
            points=asked.points,
        )

    def _choice(self, asked: DraftChoice, place: Place) -> None:
        wrong = [Option(text, False, why) for text, why in asked.wrong]
        self._add(
            CardKind.CHOICE,
            "choice" if self.alone else f"choice-{asked.id or slug(asked.question)}",
            asked.question,
            asked.right,
            "\n".join([asked.right, *(option.text for option in wrong)]),
            place,
            level=asked.level,
            options=(Option(asked.right, True, asked.why), *wrong),
        )

    def _holes(self, sentence: str, place: Place) -> None:
        """A card for each hole, called by its answer, or by its number where it has one."""
        by_number = self.written.id and not self.written.term
        for hole in cloze.holes(sentence):
            answer = ", ".join(hole.answers)
            way = f"cloze-{(by_number and hole.number) or slug(hole.answers[0])}"
            self._add(CardKind.CLOZE, way, hole.prompt, answer, answer, place)

    def _contrast(self, contrast: DraftContrast, place: Place) -> None:
        prompt = contrast_prompt(self.written.term, contrast.other)
        way = f"contrast-{contrast.id or slug(contrast.other)}"
        self._add(CardKind.CONTRAST, way, prompt, contrast.difference, contrast.difference, place)

    def _add(
        self,
        kind: CardKind,
        way: str,
        prompt: str,
        answer: str,
        rest: str,
        place: Place,
        *,
        level: Level | None = None,
        points: tuple[str, ...] = (),
        options: tuple[Option, ...] = (),
    ) -> None:
        """Add a card. A second one of the same way gets a number, as two holes may be one word."""
        count, name = 1, way
        while name in self.cards:
            count += 1
            name = f"{way}-{count}"
        written = self.written
        self.cards[name] = Card(
            key=f"{self.entry}/{name}",
            kind=kind,
            entry=self.entry,
            prompt=prompt,
            answer=answer,
            place=place,
            rest=digest(kind + " " + rest),
            points=points,
            options=options,
            aliases=written.aliases,
            sources=written.sources,
            tags=written.tags,
            level=level or written.level,
            extra=written.extra,
        )

    def _each(
        self, parts: tuple[_Part, ...], places: tuple[Place, ...]
    ) -> Iterable[tuple[_Part, Place]]:
        return zip(parts, places or repeat(self.place), strict=False) if parts else ()
