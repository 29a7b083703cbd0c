"""An entry as fields by their names: what is written of it, and what an edit compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Union

from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.entry_cards import is_question

_YES_OR_NO = {True: "true", False: "false", None: ""}
_COMMON = ("aliases", "level", "tags", "extra", "sources", "see")
_common_of = attrgetter(*_COMMON)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Wrong options, each with its reason, which may be empty."""

    pairs: tuple[tuple[str, str], ...]


Value = Union[str, tuple[str, ...], Reasons, "list[dict[str, Value]]"]
"""What a field holds: a text, texts, wrong options, or mappings."""


def fields_of(entry: DraftEntry) -> dict[str, Value]:
    """The fields of an entry by their names, in the order in which they are written."""
    common = {name: value for name, value in zip(_COMMON, _common_of(entry), strict=True) if value}
    found: dict[str, Value]
    if entry.term:
        reverse = entry.reverse
        found = {
            "term": entry.term,
            "id": entry.id,
            "definition": entry.definition,
            "reverse": reverse if isinstance(reverse, str) else _YES_OR_NO[reverse],
            **common,
            "questions": [_given(_question(each)) for each in entry.questions],
            "choices": [_given(_choice(each)) for each in entry.choices],
            "cloze": entry.cloze,
            "contrast": [_given(_contrast(each)) for each in entry.contrast],
        }
    elif is_question(entry) and not (entry.questions and entry.questions[0].level):
        alone = _question(entry.questions[0]) if entry.questions else _choice(entry.choices[0])
        found = {**_given(alone), "id": entry.id, **common}
        found["level"] = alone["level"] or entry.level or ""
    elif entry.questions:
        questions = [_given(_question(each)) for each in entry.questions]
        found = {"id": entry.id, "questions": questions, **common}
    else:
        found = {"cloze": entry.cloze, "id": entry.id, **common}
    return _given(found)


def _question(asked: DraftQuestion) -> dict[str, Value]:
    return {
        "question": asked.question,
        "id": asked.id,
        "answer": asked.answer,
        "points": asked.points,
        "level": asked.level or "",
    }


def _choice(asked: DraftChoice) -> dict[str, Value]:
    return {
        "question": asked.question,
        "id": asked.id,
        "right": asked.right,
        "wrong": Reasons(asked.wrong),
        "why": asked.why,
        "level": asked.level or "",
    }


def _contrast(contrast: DraftContrast) -> dict[str, Value]:
    return {"with": contrast.other, "id": contrast.id, "difference": contrast.difference}


def _given(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value}
