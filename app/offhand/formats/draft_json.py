"""An entry as JSON allows, and back: only what the entry has, under the names of the deck format."""

from collections.abc import Callable
from typing import Any, TypeVar

from offhand.domain.card import Level, Place
from offhand.domain.text import is_id
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion

_Part = TypeVar("_Part")


def entry_json(entry: DraftEntry) -> dict[str, Any]:
    """The fields of an entry that are not empty, as docs/deck-format.md names them."""
    return _filled(
        id=entry.id,
        term=entry.term,
        definition=entry.definition,
        aliases=list(entry.aliases),
        level=entry.level and entry.level.value,
        tags=list(entry.tags),
        extra=entry.extra,
        sources=list(entry.sources),
        see=list(entry.see),
        questions=[_question_json(each) for each in entry.questions],
        choices=[_choice_json(each) for each in entry.choices],
        cloze=list(entry.cloze),
        contrast=[
            _filled(id=each.id) | {"with": each.other, "difference": each.difference}
            for each in entry.contrast
        ],
    ) | ({} if entry.reverse is None else {"reverse": entry.reverse})


def _question_json(each: DraftQuestion) -> dict[str, Any]:
    return _filled(
        id=each.id,
        question=each.question,
        answer=each.answer,
        points=list(each.points),
        level=each.level and each.level.value,
    )


def _choice_json(each: DraftChoice) -> dict[str, Any]:
    return _filled(
        id=each.id,
        question=each.question,
        right=each.right,
        # Pairs, as a mapping could not hold one option twice.
        wrong=[list(pair) for pair in each.wrong],
        why=each.why,
        level=each.level and each.level.value,
    )


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def entry_from(found: object, place: Place) -> DraftEntry:
    """The entry that `entry_json` made. Raises ValueError for anything else."""
    fields = _Fields(found)
    reverse = fields.value.get("reverse")
    if reverse is not None and not isinstance(reverse, bool | str):
        raise ValueError("reverse")
    return DraftEntry(
        place=place,
        id=fields.id(),
        term=fields.text("term"),
        definition=fields.text("definition"),
        reverse=reverse,
        questions=fields.each("questions", _question_from),
        choices=fields.each("choices", _choice_from),
        cloze=fields.texts("cloze"),
        contrast=fields.each("contrast", _contrast_from),
        aliases=fields.texts("aliases"),
        level=fields.level(),
        tags=fields.texts("tags"),
        sources=fields.texts("sources"),
        see=fields.texts("see"),
        extra=fields.text("extra"),
    )


class _Fields:
    """The fields of a JSON object, each of the type that it must have."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise ValueError("not an object")
        self.value: dict[str, object] = value

    def text(self, name: str) -> str:
        return _text(self.value.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(map(_text, _list(self.value.get(name, []))))

    def id(self) -> str:
        """The id, empty where it could not stand in a deck file."""
        given = self.text("id")
        return given if is_id(given) else ""

    def level(self) -> Level | None:
        given = self.text("level")
        return Level(given) if given else None

    def each(self, name: str, make: "Callable[[_Fields], _Part]") -> tuple[_Part, ...]:
        return tuple(make(_Fields(item)) for item in _list(self.value.get(name, [])))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _question_from(fields: _Fields) -> DraftQuestion:
    return DraftQuestion(
        fields.text("question"),
        fields.text("answer"),
        fields.texts("points"),
        fields.level(),
        fields.id(),
    )


def _choice_from(fields: _Fields) -> DraftChoice:
    pairs = [[_text(part) for part in _list(pair)] for pair in _list(fields.value.get("wrong", []))]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("not a pair")
    return DraftChoice(
        fields.text("question"),
        fields.text("right"),
        tuple((option, reason) for option, reason in pairs),
        fields.text("why"),
        fields.level(),
        fields.id(),
    )


def _contrast_from(fields: _Fields) -> DraftContrast:
    return DraftContrast(fields.text("with"), fields.text("difference"), fields.id())
