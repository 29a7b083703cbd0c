"""A card as a person types it, in a form or on the command line, and the entry that it makes."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from offhand.domain.card import CardKind, Level, Place
from offhand.errors import OffhandError
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.draft_faults import entry_faults
from offhand.formats.entry_cards import Part, is_question
from offhand.formats.yaml.fields import as_read, meant_as_yes
from offhand.formats.yaml.tree import Text


class Field(StrEnum):
    """What of a card can be typed, by its name in TypedCard; and where the card belongs."""

    DECK = "deck"
    SECTION = "section"
    PROMPT = "prompt"
    ANSWER = "answer"
    POINTS = "points"
    WRONG = "wrong"
    WHY = "why"
    REVERSE = "reverse"
    LEVEL = "level"
    ALIASES = "aliases"
    TAGS = "tags"
    EXTRA = "extra"
    SOURCES = "sources"
    SEE = "see"


LABELS = {
    CardKind.TERM: {
        Field.PROMPT: "Term",
        Field.ANSWER: "Definition",
        Field.REVERSE: "Both ways",
    },
    CardKind.QUESTION: {
        Field.PROMPT: "Question",
        Field.ANSWER: "Answer",
        Field.POINTS: "Key points",
    },
    CardKind.CHOICE: {
        Field.PROMPT: "Question",
        Field.ANSWER: "Right option",
        Field.WRONG: "Wrong options",
        Field.WHY: "Why it is right",
    },
    CardKind.CLOZE: {Field.PROMPT: "Sentence"},
    CardKind.CONTRAST: {Field.PROMPT: "Confused with", Field.ANSWER: "The difference"},
}
"""What a card of each kind has of its own, by what it is called there."""

SHARED = {
    Field.LEVEL: "Level",
    Field.ALIASES: "Other names",
    Field.TAGS: "Tags",
    Field.EXTRA: "Extra",
    Field.SOURCES: "Sources",
    Field.SEE: "Builds on",
}
"""What the cards of an entry have together, by what it is called; a question may have its own level."""

NEW_KINDS = (CardKind.TERM, CardKind.QUESTION, CardKind.CHOICE, CardKind.CLOZE)
"""The kinds of which a card can be added."""

_NEEDED = (Field.PROMPT, Field.ANSWER)


class Unfit(OffhandError):
    """What was typed in a field cannot be; the title says why, in one sentence."""

    def __init__(self, field: Field, why: str, mend: str = "") -> None:
        super().__init__(why, mend=mend)
        self.field = field


@dataclass(frozen=True, slots=True)
class TypedCard:
    """What is typed of a card: its own texts, and what it shares with the others of its entry.

    `wrong` are pairs of option and reason. `reverse` is as in DraftEntry.
    """

    kind: CardKind = CardKind.TERM
    prompt: str = ""
    answer: str = ""
    points: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    why: str = ""
    reverse: bool | str | None = None
    level: Level | None = None
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    extra: str = ""
    sources: tuple[str, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing but tags was typed."""
        return self == TypedCard(self.kind, tags=self.tags)


def has_holes(text: str) -> bool:
    """Whether a text is a sentence with {{holes}}."""
    return bool(cloze.holes(as_read(text)))


def has_own_level(entry: DraftEntry, part: Part) -> bool:
    """Whether a card's level is its own, and not that of its entry."""
    asked = _asked(entry, part)
    return asked is not None and (not is_question(entry) or asked.level is not None)


def typed_card(entry: DraftEntry, part: Part) -> TypedCard:
    """What is to be seen of a card before it is edited; a reverse card is its term's."""
    shared: dict[str, Any] = {name: getattr(entry, name) for name in SHARED}
    if (asked := _asked(entry, part)) and has_own_level(entry, part):
        shared["level"] = asked.level
    texts: dict[str, Any]
    match part.kind:
        case CardKind.QUESTION:
            question = entry.questions[part.index]
            texts = {"prompt": question.question, "answer": question.answer}
            texts["points"] = question.points
        case CardKind.CHOICE:
            choice = entry.choices[part.index]
            texts = {"prompt": choice.question, "answer": choice.right, "why": choice.why}
            texts["wrong"] = choice.wrong
        case CardKind.CLOZE:
            texts = {"prompt": entry.cloze[part.index]}
        case CardKind.CONTRAST:
            contrast = entry.contrast[part.index]
            texts = {"prompt": contrast.other, "answer": contrast.difference}
        case _:
            texts = {"prompt": entry.term, "answer": entry.definition, "reverse": entry.reverse}
    kind = CardKind.TERM if part.kind is CardKind.REVERSE else part.kind
    return TypedCard(kind, **{**shared, **texts})


def new_entry(typed: TypedCard) -> DraftEntry:
    """The entry of a card that is added, of one of NEW_KINDS. Raises OffhandError for what it lacks."""
    return changed_entry(_BLANK[typed.kind], Part(typed.kind), typed)


def changed_entry(entry: DraftEntry, part: Part, typed: TypedCard) -> DraftEntry:
    """An entry with what was typed of one of its cards. Raises OffhandError for what it lacks."""
    prompt, answer = as_read(typed.prompt), as_read(typed.answer)
    _refuse_unfit(typed)
    level: dict[str, Any] = {"level": typed.level}
    own_level = level if has_own_level(entry, part) else {}
    texts: dict[str, Any]
    entry = replace(
        entry,
        aliases=typed.aliases,
        tags=typed.tags,
        extra=as_read(typed.extra),
        sources=typed.sources,
        see=typed.see,
        **({} if own_level else level),
    )
    match typed.kind:
        case CardKind.QUESTION:
            texts = {"question": prompt, "answer": answer, "points": typed.points, **own_level}
            entry = replace(entry, questions=_with(entry.questions, part.index, **texts))
        case CardKind.CHOICE:
            texts = {"question": prompt, "right": answer, "wrong": typed.wrong, **own_level}
            texts["why"] = as_read(typed.why)
            entry = replace(entry, choices=_with(entry.choices, part.index, **texts))
        case CardKind.CLOZE:
            sentences = (*entry.cloze[: part.index], prompt, *entry.cloze[part.index + 1 :])
            entry = replace(entry, cloze=sentences)
        case CardKind.CONTRAST:
            changed_ones = _with(entry.contrast, part.index, other=prompt, difference=answer)
            entry = replace(entry, contrast=changed_ones)
        case _:
            reverse = typed.reverse
            reverse = as_read(reverse) if isinstance(reverse, str) else reverse
            entry = replace(entry, term=prompt, definition=answer, reverse=reverse)
    for fault in entry_faults(entry):
        raise OffhandError(fault.what, mend=fault.mend)
    return entry


def merged(typed: TypedCard, was: TypedCard, now: TypedCard) -> tuple[TypedCard, list[Field]]:
    """What was typed over a card that has become another one since, and what both changed otherwise."""
    fields = [Field(name) for name in (*LABELS[typed.kind], *SHARED)]
    taken, torn = {}, []
    for field in fields:
        mine, before, theirs = (getattr(each, field) for each in (typed, was, now))
        if mine == before:
            taken[field.value] = theirs
        elif theirs not in (before, mine):
            torn.append(field)
    return replace(typed, **taken), torn


def _refuse_unfit(typed: TypedCard) -> None:
    """Raise Unfit for the first field that keeps what was typed from being a card."""
    labels = LABELS[typed.kind]
    for field in _NEEDED:
        if field in labels and not as_read(getattr(typed, field)):
            raise Unfit(field, f"{labels[field]}: there is nothing yet.")
    if typed.kind is CardKind.CLOZE:
        holes = cloze.holes(as_read(typed.prompt))
        if not holes or not all(answer for hole in holes for answer in hole.answers):
            raise Unfit(Field.PROMPT, "Put what is asked in {{two braces}}.")
    if typed.kind is CardKind.CHOICE:
        options = [text for text, _ in typed.wrong]
        if not options or not all(options):
            raise Unfit(Field.WRONG, "Write an option that is wrong.")
        if as_read(typed.answer) in options:
            raise Unfit(Field.WRONG, "The right option stands among the wrong ones.")
        if len(set(options)) < len(options):
            raise Unfit(Field.WRONG, "An option stands there twice.")
    if typed.kind is CardKind.TERM and isinstance(typed.reverse, str):
        prompt = as_read(typed.reverse)
        if not prompt:
            raise Unfit(Field.REVERSE, "Write the prompt, or choose another way.")
        if meant_as_yes(Text(_NOWHERE, prompt)) is not None:
            raise Unfit(
                Field.REVERSE, f"Write more than `{prompt}`, which would be read as yes or no."
            )


_NOWHERE = Place(Path())
_BLANK = {
    CardKind.TERM: DraftEntry(_NOWHERE),
    CardKind.QUESTION: DraftEntry(_NOWHERE, questions=(DraftQuestion("", ""),)),
    CardKind.CHOICE: DraftEntry(_NOWHERE, choices=(DraftChoice("", "", ()),)),
    CardKind.CLOZE: DraftEntry(_NOWHERE, cloze=("",)),
}

_Asked = TypeVar("_Asked", DraftQuestion, DraftChoice, DraftContrast)


def _asked(entry: DraftEntry, part: Part) -> DraftQuestion | DraftChoice | None:
    match part.kind:
        case CardKind.QUESTION:
            return entry.questions[part.index]
        case CardKind.CHOICE:
            return entry.choices[part.index]
    return None


def _with(parts: tuple[_Asked, ...], index: int, **texts: Any) -> tuple[_Asked, ...]:
    return tuple(
        replace(part, **texts) if place == index else part for place, part in enumerate(parts)
    )
