"""A card as a person types it, in a form or on the command line, and the entry that it makes."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from offhand.domain.card import CardKind, Place
from offhand.errors import OffhandError
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.draft_faults import entry_faults
from offhand.formats.entry_cards import Part
from offhand.formats.yaml.fields import as_read

_REASON = " :: "


class Field(StrEnum):
    """A text of a card that can be typed."""

    PROMPT = "prompt"
    ANSWER = "answer"
    WRONG = "wrong"


LABELS = {
    CardKind.TERM: {Field.PROMPT: "Term", Field.ANSWER: "Definition"},
    CardKind.REVERSE: {Field.PROMPT: "Prompt", Field.ANSWER: "Term"},
    CardKind.QUESTION: {Field.PROMPT: "Question", Field.ANSWER: "Answer"},
    CardKind.CHOICE: {
        Field.PROMPT: "Question",
        Field.ANSWER: "Right option",
        Field.WRONG: f"Wrong options, one a line; a reason after{_REASON}".rstrip(),
    },
    CardKind.CLOZE: {Field.PROMPT: "Sentence with {{holes}}"},
    CardKind.CONTRAST: {Field.PROMPT: "Confused with", Field.ANSWER: "What tells them apart"},
}
"""The texts that a card of each kind has, by what they are called there."""

NEW_KINDS = (CardKind.TERM, CardKind.QUESTION, CardKind.CLOZE)
"""The kinds of which a card can be added."""


@dataclass(frozen=True, slots=True)
class TypedCard:
    """What is typed of a card: its own texts, and what it shares with the others of its entry."""

    kind: CardKind = CardKind.TERM
    prompt: str = ""
    answer: str = ""
    wrong: str = ""
    tags: tuple[str, ...] = ()
    extra: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no text was typed."""
        return not any(map(as_read, (self.prompt, self.answer, self.wrong, self.extra)))


def has_holes(text: str) -> bool:
    """Whether a text is a sentence with {{holes}}."""
    return bool(cloze.holes(as_read(text)))


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a line, with commas between them; each once."""
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := as_read(part))))


def typed_card(entry: DraftEntry, part: Part) -> TypedCard:
    """What is to be seen of a card before it is edited."""
    kind, prompt, answer, wrong = part.kind, "", "", ""
    if kind is CardKind.REVERSE and not isinstance(entry.reverse, str):
        kind = CardKind.TERM
    match kind:
        case CardKind.TERM:
            prompt, answer = entry.term, entry.definition
        case CardKind.REVERSE:
            prompt, answer = str(entry.reverse), entry.term
        case CardKind.QUESTION:
            prompt, answer = (
                entry.questions[part.index].question,
                entry.questions[part.index].answer,
            )
        case CardKind.CHOICE:
            choice = entry.choices[part.index]
            prompt, answer = choice.question, choice.right
            wrong = "\n".join(_REASON.join(filter(None, pair)) for pair in choice.wrong)
        case CardKind.CLOZE:
            prompt = entry.cloze[part.index]
        case CardKind.CONTRAST:
            prompt, answer = entry.contrast[part.index].other, entry.contrast[part.index].difference
    return TypedCard(kind, prompt, answer, wrong, entry.tags, entry.extra)


def new_entry(typed: TypedCard) -> DraftEntry:
    """The entry of a card that is added, of one of NEW_KINDS. Raises OffhandError for what it lacks."""
    return changed_entry(_BLANK[typed.kind], Part(typed.kind), typed)


def changed_entry(entry: DraftEntry, part: Part, typed: TypedCard) -> DraftEntry:
    """An entry with what was typed of one of its cards. Raises OffhandError for what it lacks."""
    prompt, answer = as_read(typed.prompt), as_read(typed.answer)
    for field, text in ((Field.PROMPT, prompt), (Field.ANSWER, answer)):
        label = LABELS[typed.kind].get(field)
        if label and not text:
            raise OffhandError(f"{label}: there is nothing yet.", mend="Write it.")
    entry = replace(entry, tags=typed.tags, extra=as_read(typed.extra))
    match typed.kind:
        case CardKind.TERM:
            entry = replace(entry, term=prompt, definition=answer)
        case CardKind.REVERSE:
            entry = replace(entry, reverse=prompt, term=answer)
        case CardKind.QUESTION:
            entry = replace(
                entry,
                questions=_with(entry.questions, part.index, question=prompt, answer=answer),
            )
        case CardKind.CHOICE:
            wrong = tuple(_option(line) for line in typed.wrong.splitlines() if as_read(line))
            changed = _with(entry.choices, part.index, question=prompt, right=answer, wrong=wrong)
            entry = replace(entry, choices=changed)
        case CardKind.CLOZE:
            sentences = (*entry.cloze[: part.index], prompt, *entry.cloze[part.index + 1 :])
            entry = replace(entry, cloze=sentences)
        case CardKind.CONTRAST:
            changed_ones = _with(entry.contrast, part.index, other=prompt, difference=answer)
            entry = replace(entry, contrast=changed_ones)
    for fault in entry_faults(entry):
        raise OffhandError(fault.what, mend=fault.mend)
    return entry


_NOWHERE = Place(Path())
_BLANK = {
    CardKind.TERM: DraftEntry(_NOWHERE),
    CardKind.QUESTION: DraftEntry(_NOWHERE, questions=(DraftQuestion("", ""),)),
    CardKind.CLOZE: DraftEntry(_NOWHERE, cloze=("",)),
}

_Asked = TypeVar("_Asked", DraftQuestion, DraftChoice, DraftContrast)


def _with(parts: tuple[_Asked, ...], index: int, **texts: Any) -> tuple[_Asked, ...]:
    return tuple(
        replace(part, **texts) if place == index else part for place, part in enumerate(parts)
    )


def _option(line: str) -> tuple[str, str]:
    text, _, why = line.partition(_REASON)
    return as_read(text), as_read(why)
