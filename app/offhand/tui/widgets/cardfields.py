"""The rows of a card in a form: what of it is typed or chosen there, and what that means."""

from collections.abc import Iterable, Iterator
from typing import Any

from offhand.domain.card import CardKind, Level
from offhand.study.typed_card import LABELS, NEW_KINDS, SHARED, Field, TypedCard
from offhand.study.typed_lines import (
    as_lines,
    items_of,
    options_as_lines,
    options_of,
    tags_of,
)
from offhand.tui.widgets.fields import Area, AreaRow, Pick, PickRow, Row

HINTS = {
    Field.POINTS: "what a good answer says, one a line",
    Field.WRONG: "one a line, its reason after ::",
    Field.WHY: "the reason, shown with the answer",
    Field.ALIASES: "that a typed answer may use, one a line",
    Field.TAGS: "one a line",
    Field.EXTRA: "shown below the answer; a picture is ![what](file)",
    Field.SOURCES: "one a line",
    Field.SEE: "terms of this deck, one a line",
}
_SENTENCE = "with {{what is asked}} in two braces"
_OWN = (Field.PROMPT, Field.ANSWER, Field.WHY, Field.WRONG, Field.POINTS)
_LEVELS: tuple[Level | None, ...] = (None, *Level)
_WAYS: tuple[bool | None, ...] = (None, False, True)
_WAY_WORDS = ("as the deck", "no", "yes", "own prompt")


class CardFields:
    """The rows of one card; `typed` is what they hold."""

    def __init__(self, typed: TypedCard, is_new: bool, has_own_level: bool) -> None:
        self.kind = typed.kind
        self._is_new = is_new
        self._known_tags = typed.tags
        self._texts: dict[Field, AreaRow] = {
            field: AreaRow(field, "", _shown(field, typed), HINTS.get(field, ""))
            for field in (*_OWN, *SHARED)
            if field is not Field.LEVEL
        }
        words = ["as its entry" if has_own_level else "none", *Level]
        self._level = PickRow(Field.LEVEL, "", words, _LEVELS.index(typed.level))
        self._has_own_level = has_own_level
        self._ways = PickRow(Field.REVERSE, "", _WAY_WORDS, _way(typed))
        own = typed.reverse if isinstance(typed.reverse, str) else ""
        self._own_prompt = AreaRow("own-prompt", "Asked as", own, "what is asked for the term")
        kinds = [str(kind) for kind in NEW_KINDS]
        chosen = NEW_KINDS.index(typed.kind) if is_new else 0
        self.kinds = PickRow("kind", "Kind", kinds, chosen)

    def own(self) -> Iterator[Row]:
        """The rows of what the card has of its own."""
        yield from (self._texts[field] for field in _OWN)
        yield self._ways
        yield self._own_prompt
        if self._has_own_level:
            yield self._level

    def shared(self) -> Iterator[Row]:
        """The rows of what it shares with its siblings."""
        if not self._has_own_level:
            yield self._level
        yield from (self._texts[field] for field in SHARED if field is not Field.LEVEL)

    def row(self, field: Field) -> Row:
        """The row of a field."""
        if field is Field.REVERSE:
            return self._own_prompt if self._ways.pick.chosen == len(_WAYS) else self._ways
        return self._level if field is Field.LEVEL else self._texts[field]

    @property
    def areas(self) -> Iterable[Area]:
        """All texts."""
        return [row.area for row in (*self._texts.values(), self._own_prompt)]

    @property
    def typed(self) -> TypedCard:
        """What is typed and chosen."""
        values: dict[str, Any] = {
            field.value: self._value(field)
            for field in (*LABELS[self.kind], *SHARED)
            if field in self._texts
        }
        if self.kind is CardKind.TERM:
            way = self._ways.pick.chosen
            values["reverse"] = _WAYS[way] if way < len(_WAYS) else self._own_prompt.area.text
        return TypedCard(self.kind, level=_LEVELS[self._level.pick.chosen], **values)

    def fill(self, typed: TypedCard) -> None:
        """Put a card's texts into the rows."""
        self.kind = typed.kind
        self._known_tags = typed.tags
        for field, row in self._texts.items():
            row.area.text = _shown(field, typed)
        self._own_prompt.area.text = typed.reverse if isinstance(typed.reverse, str) else ""
        self._level.pick.choose(_LEVELS.index(typed.level))
        self._ways.pick.choose(_way(typed))
        self.show()

    def show(self) -> None:
        """Name the rows that a card of this kind has, and leave out the others."""
        labels = {**LABELS[self.kind], **SHARED}
        rows: dict[Field, Row] = {Field.LEVEL: self._level, Field.REVERSE: self._ways}
        rows.update(self._texts)
        for field, row in rows.items():
            row.display = field in labels
            row.call(labels.get(field, ""))
        self._own_prompt.display = Field.REVERSE in labels and self._ways.pick.chosen == len(_WAYS)
        if self._is_new:
            self.kinds.pick.choose(NEW_KINDS.index(self.kind))

    def picked(self, pick: Pick) -> None:
        """Follow what was chosen."""
        if pick is self.kinds.pick:
            self.kind = NEW_KINDS[pick.chosen]
        self.show()

    def _value(self, field: Field) -> object:
        text = self._texts[field].area.text
        match field:
            case Field.TAGS:
                return tags_of(text, self._known_tags)
            case Field.WRONG:
                return options_of(text)
            case Field.POINTS | Field.ALIASES | Field.SOURCES | Field.SEE:
                return items_of(text)
        return text


def _shown(field: Field, typed: TypedCard) -> str:
    if field is Field.WRONG:
        return options_as_lines(typed.wrong)
    value: str | tuple[str, ...] = getattr(typed, field)
    return value if isinstance(value, str) else as_lines(value)


def _way(typed: TypedCard) -> int:
    return len(_WAYS) if isinstance(typed.reverse, str) else _WAYS.index(typed.reverse)
