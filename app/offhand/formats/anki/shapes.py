"""What becomes of a note: told by the shape of its note type, never by its text.

One template: a question. Two that mirror each other: a term and its definition, asked both ways.
Cloze: a sentence with holes. Anything else: a group of questions, one for each card.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from offhand.formats.anki.cloze_marks import numbers_of, only_number, sentences_of
from offhand.formats.anki.collection import CardRow, NoteType, Template
from offhand.formats.anki.html import HtmlReader
from offhand.formats.anki.sides import Back, ClozeBack, Front
from offhand.formats.anki.templates import Nodes, TemplateError, fields_asked, parsed, replacements
from offhand.formats.draft import DraftQuestion

_CARD = "Card"
"""The special field that holds a template's name."""


class Loss(Enum):
    """Why a card is not taken."""

    NO_FRONT = "would be empty"
    UNSEEN_FRONT = "ask with nothing that a text can show"
    NO_BACK = "have an empty back"
    NO_HOLE = "have no hole that holds a text"
    OCCLUSION = "hide parts of an image, which a text cannot"
    TEMPLATE = "have a template that cannot be read"
    NO_CARD = "have no cards"


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its texts read; `values` are its fields by name, and Anki's special ones."""

    values: Mapping[str, str]
    cards: Sequence[CardRow]


@dataclass(slots=True)
class Made:
    """What a note became: the parts of its entry, what each card (by `ord`) is called, what is lost."""

    parts: dict[str, Any] = field(default_factory=dict)
    ways: dict[int, str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)


class Shape(Protocol):
    """Makes entries of the notes of one type. `told` says of what kind."""

    told: str

    def made(self, note: Note, html: HtmlReader, /) -> Made:
        """What becomes of a note."""
        ...


def shape_of(kind: NoteType) -> Shape:
    """What becomes of the notes of a type."""
    if kind.is_occlusion or {"Question Mask", "Answer Mask"} <= set(kind.fields):
        return _Lost(Loss.OCCLUSION)
    try:
        sides = [_Sides(template) for template in kind.templates]
    except TemplateError:
        return _Lost(Loss.TEMPLATE)
    if not sides:
        return _Lost(Loss.NO_CARD)
    if kind.is_cloze:
        return _Cloze(kind.templates[0])
    if len(sides) == 1:
        return _Question(sides[0])
    if len(sides) == 2 and (both := _mirrored(sides)):
        return _Term(sides, *both)
    return _Group({side.template.ord: side for side in sides})


class _Sides:
    """One template's two sides."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.front = Front(parsed(template.front))
        back = parsed(template.back)
        self.back = Back(back, self.front)
        self._asks_for_name = _CARD in fields_asked((*self.front.nodes, *back))

    def question(self, note: Note, html: HtmlReader) -> tuple[str, str] | Loss:
        """What it asks and answers of a note."""
        values = note.values
        if self._asks_for_name:
            values = {**values, _CARD: self.template.name}
        if not self.front.shows(values):
            return Loss.NO_FRONT
        question = self.front.markdown(values, html)
        answer = self.back.markdown(values, html)
        if not question:
            return Loss.UNSEEN_FRONT
        return (question, answer) if answer else Loss.NO_BACK


class _Lost:
    told = "nothing"

    def __init__(self, loss: Loss) -> None:
        self._loss = loss

    def made(self, note: Note, _: HtmlReader) -> Made:
        return Made(losses=[self._loss] * max(len(note.cards), 1))


class _Question:
    told = "questions with their answers"

    def __init__(self, sides: _Sides) -> None:
        self._sides = sides

    def made(self, note: Note, html: HtmlReader) -> Made:
        if not note.cards:
            return Made(losses=[Loss.NO_CARD])
        found = self._sides.question(note, html)
        if isinstance(found, Loss):
            return Made(losses=[found])
        parts: dict[str, Any] = {"questions": (DraftQuestion(*found),)}
        if self._sides.back.hints and (hints := _hints(self._sides.back, note, html)):
            parts["extra"] = hints
        return Made(parts, {note.cards[0].ord: "question"})


class _Term:
    told = "terms with their definitions, asked both ways where Anki does"

    def __init__(self, sides: list[_Sides], term: str, definition: str) -> None:
        self._sides, self._term, self._definition = sides, term, definition

    def made(self, note: Note, html: HtmlReader) -> Made:
        ords = {card.ord for card in note.cards}
        term = html.markdown(note.values.get(self._term, ""))
        definition = html.markdown(note.values.get(self._definition, ""))
        if 0 not in ords or not term or not definition:
            return self._one_way(note, html)
        parts: dict[str, Any] = {"term": term, "definition": definition}
        if 1 not in ords:
            return Made(parts, {0: "term"})
        if not self._sides[1].front.shows(note.values):
            return Made(parts, {0: "term"}, [Loss.NO_FRONT])
        return Made({**parts, "reverse": True}, {0: "term", 1: "reverse"})

    def _one_way(self, note: Note, html: HtmlReader) -> Made:
        """A note with only one of its sides: whichever card there is, as a question."""
        made = Made(losses=[] if note.cards else [Loss.NO_CARD])
        for card in note.cards:
            sides = self._sides[card.ord] if card.ord < 2 else None
            found = sides.question(note, html) if sides else Loss.NO_FRONT
            if isinstance(found, Loss):
                made.losses.append(found)
            else:
                made.parts = {"questions": (DraftQuestion(*found),)}
                made.ways = {card.ord: "question"}
        return made


class _Group:
    told = "groups of questions, one for each card"

    def __init__(self, sides: Mapping[int, _Sides]) -> None:
        self._sides = sides

    def made(self, note: Note, html: HtmlReader) -> Made:
        made = Made(losses=[] if note.cards else [Loss.NO_CARD])
        questions: list[DraftQuestion] = []
        hints: list[str] = []
        for card in note.cards:
            sides = self._sides.get(card.ord)
            found = sides.question(note, html) if sides else Loss.NO_FRONT
            if isinstance(found, Loss) or sides is None:
                made.losses.append(found if isinstance(found, Loss) else Loss.NO_FRONT)
                continue
            name = str(card.ord + 1)
            questions.append(DraftQuestion(*found, id=name))
            made.ways[card.ord] = f"question-{name}"
            if sides.back.hints and (more := _hints(sides.back, note, html)) not in hints:
                hints.append(more)
        if questions:
            made.parts["questions"] = tuple(questions)
            if any(hints):
                made.parts["extra"] = "\n\n".join(filter(None, hints))
        return made


class _Cloze:
    told = "sentences with holes"

    def __init__(self, template: Template) -> None:
        self._template = template
        nodes = _without_typed(parsed(template.front))
        self._front = Front(nodes)
        self._back = ClozeBack(parsed(template.back), self._front)
        self._by_number = _shows_by_number(nodes)

    def made(self, note: Note, html: HtmlReader) -> Made:
        values = {_CARD: self._template.name, **note.values}
        text = "".join(values.get(each.field, "") for each in replacements(self._front.nodes))
        if "image-occlusion:" in text:
            return Made(losses=[Loss.OCCLUSION] * max(len(note.cards), 1))
        sentences = self._sentences(values, html)
        asked = {number - 1 for each in sentences for number in numbers_of(each)}
        losses = [Loss.NO_HOLE for card in note.cards if card.ord not in asked]
        if not sentences:
            return Made(losses=losses or [Loss.NO_HOLE])
        parts: dict[str, Any] = {"cloze": sentences}
        hints = _hints(self._back, note, html)
        if extra := "\n\n".join(filter(None, (hints, self._back.markdown(values, html)))):
            parts["extra"] = extra
        return Made(parts, {ord_: f"cloze-{ord_ + 1}" for ord_ in sorted(asked)}, losses)

    def _sentences(self, values: Mapping[str, str], html: HtmlReader) -> tuple[str, ...]:
        if not self._by_number:
            return sentences_of(self._front.markdown(values, html))
        found: list[str] = []
        numbers = numbers_of("".join(values.values()))
        for number in sorted(numbers):
            own = {name: only_number(text, number) for name, text in values.items()}
            own[f"c{number}"] = "1"
            found += sentences_of(self._front.markdown(own, html))
        return tuple(found)


def _without_typed(nodes: Nodes) -> Nodes:
    """A cloze's front without the field for its answer, unless nothing else shows the sentence."""
    clozes = [each for each in replacements(nodes) if "cloze" in each.filters]
    typed = [each for each in clozes if "type" in each.filters]
    return (
        nodes if len(typed) == len(clozes) else tuple(each for each in nodes if each not in typed)
    )


def _shows_by_number(nodes: Nodes) -> bool:
    """Whether the cards of a cloze show more than their holes differently."""
    only = any("cloze-only" in each.filters for each in replacements(nodes))
    return only or any(name[:1] == "c" and name[1:].isdecimal() for name in fields_asked(nodes))


def _mirrored(sides: Sequence[_Sides]) -> tuple[str, str] | None:
    """The two fields of templates of which each asks for what the other shows."""
    term, definition = (side.front.field for side in sides)
    answers = [side.back.sole for side in sides]
    if not term or not definition or term == definition:
        return None
    if sides[0].template.ord != 0 or sides[1].template.ord != 1:
        return None
    wanted = (definition, term)
    for found, field_ in zip(answers, wanted, strict=True):
        if found is None or found.field != field_ or set(found.filters) - {"type"}:
            return None
    return term, definition


def _hints(back: Back | ClozeBack, note: Note, html: HtmlReader) -> str:
    """What a front shows only when it is asked to."""
    shown = [(name, html.markdown(note.values.get(name, ""))) for name in back.hints]
    return "\n\n".join(f"{name}: {text}" for name, text in shown if text)


def special_fields(kind: NoteType) -> frozenset[str]:
    """The names that templates of a type use and that are no fields of its notes."""
    try:
        nodes = [node for each in kind.templates for node in parsed(each.front + each.back)]
    except TemplateError:
        return frozenset()
    return frozenset(fields_asked(nodes)) - {*kind.fields, "FrontSide", _CARD}
