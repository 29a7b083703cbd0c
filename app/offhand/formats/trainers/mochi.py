"""Mochi's `.mochi`: a zip of `data.json` (Transit) or `data.edn`, and attachments.

It holds decks within decks; each that lies in none becomes a deck, those within it sections. As
Mochi's documentation has it ("Mochi format reference").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from offhand.domain.card import Place
from offhand.domain.event import Grade
from offhand.errors import OffhandError
from offhand.formats.archive import Archive
from offhand.formats.draft import Draft, Past, PastAnswer, PastSchedule, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.fault import Fault, Faulty
from offhand.formats.trainers.edn import from_edn
from offhand.formats.trainers.mochi_cards import CardReader, Template, WrittenCard
from offhand.formats.trainers.transit import from_transit

_EASE = 250
"""SM-2's ease for a card that never was hard: Mochi has none."""
_MEND = "In Mochi, Export writes decks as `.mochi`; a card has `---` between its sides."
_DEEPEST = 50
_UNNAMED = "#"
"""What the ids begin with that are made up here."""


@dataclass(slots=True)
class _Deck:
    name: str
    parent: str
    both_ways: bool
    gone: bool
    cards: list[Mapping[str, Any]] = field(default_factory=list)


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The decks of such a file."""
    archive = Archive(path, options.limits)
    data = _data(archive)
    decks = _decks(data)
    templates = {_text(each, "id"): _template(each) for each in _mappings(data.get("templates"))}
    names = {
        _text(card, "id"): _text(card, "name") for deck in decks.values() for card in deck.cards
    }
    drafts = []
    for root in decks:
        if _root(root, decks) != root:
            continue
        found = DraftBuilder(path, options, decks[root].name)
        reader = CardReader(archive, found, templates, names)
        reviewed = 0
        for ident, deck in decks.items():
            if _root(ident, decks) != root or deck.gone:
                continue
            section = " / ".join(_path(ident, decks)[1:])
            for card in deck.cards:
                written = _written(card, deck, options.history)
                reviewed += bool(card.get("reviews") or card.get("cloze/reviews"))
                if not card.get("trashed?"):
                    reader.add(section, written)
        if reviewed and not options.history:
            which = "1 card was" if reviewed == 1 else f"{reviewed:,} cards were"
            found.taken.append(f"{which} reviewed in Mochi; --history brings the answers.")
        if found.count or found.faults or found.left_out:
            drafts.append((found, root))
    with_cards = [(found, root) for found, root in drafts if found.count or found.faults]
    if not with_cards:
        found = drafts[0][0] if drafts else DraftBuilder(path, options)
        return [found.draft(_MEND)]
    return [found.draft(_MEND, origin=_origin(root)) for found, root in with_cards]


def _origin(root: str) -> str:
    return "" if root.startswith(_UNNAMED) else f"mochi:{root}"


def _data(archive: Archive) -> Mapping[str, Any]:
    name = "data.json" if "data.json" in archive else "data.edn"
    if name not in archive:
        raise OffhandError(
            f"{archive.path} is no Mochi package.", "There is no data.json in it.", _MEND
        )
    try:
        text = archive.read(name).decode("utf-8-sig")
        data = from_transit(text) if name == "data.json" else from_edn(text)
    except ValueError as error:
        what = f"`{name}` in it cannot be read: {error}."
        raise Faulty([Fault(Place(archive.path), what, "Export it from Mochi again.")]) from None
    if not isinstance(data, Mapping):
        what = f"`{name}` in it holds no decks."
        raise Faulty([Fault(Place(archive.path), what, "Export it from Mochi again.")])
    return data


def _decks(data: Mapping[str, Any]) -> dict[str, _Deck]:
    """The decks by their ids, each with its cards."""
    decks: dict[str, _Deck] = {}
    for each in _mappings(data.get("decks")):
        decks[_text(each, "id") or f"{_UNNAMED}{len(decks)}"] = _Deck(
            _text(each, "name") or "Mochi",
            _text(each, "parent-id"),
            each.get("review-reverse?") is True,
            each.get("trashed?") not in (None, False),
            list(_mappings(each.get("cards"))),
        )
    for card in _mappings(data.get("cards")):
        ident = _text(card, "deck-id")
        decks.setdefault(ident, _Deck("Mochi", "", False, False)).cards.append(card)
    for deck in decks.values():
        deck.cards.sort(key=lambda card: _text(card, "pos"))
    return decks


def _path(ident: str, decks: Mapping[str, _Deck]) -> list[str]:
    """The names of a deck and of those that it lies in, the outermost first."""
    names: list[str] = []
    while ident in decks and len(names) < _DEEPEST:
        names.insert(0, decks[ident].name)
        ident = decks[ident].parent
    return names


def _root(ident: str, decks: Mapping[str, _Deck]) -> str:
    """The deck that a deck lies in and that lies in none."""
    for _ in range(_DEEPEST):
        if decks[ident].parent not in decks:
            break
        ident = decks[ident].parent
    return ident


def _template(written: Mapping[str, Any]) -> Template:
    fields = written.get("fields")
    names = {
        ident: _text(each, "name") or ident
        for ident, each in (fields.items() if isinstance(fields, Mapping) else ())
        if isinstance(each, Mapping)
    }
    return Template(_text(written, "content"), names)


def _written(card: Mapping[str, Any], deck: _Deck, history: bool) -> WrittenCard:
    fields = card.get("fields")
    values = {
        ident: _text(each, "value") if isinstance(each, Mapping) else str(each or "")
        for ident, each in (fields.items() if isinstance(fields, Mapping) else ())
    }
    asked = card.get("cloze/reviews")
    return WrittenCard(
        id=_text(card, "id"),
        name=_text(card, "name"),
        content=_text(card, "content"),
        template=_text(card, "template-id"),
        values=values,
        tags=tuple(str(tag) for tag in card.get("tags") or () if isinstance(tag, str)),
        both_ways=deck.both_ways,
        past=_past(card.get("reviews"), card.get("archived?") is True, history),
        holes={
            str(number): past
            for number, reviews in (asked.items() if isinstance(asked, Mapping) else ())
            if (past := _past(reviews, False, history))
        },
    )


def _past(reviews: object, archived: bool, history: bool) -> Past | None:
    found = (
        [r for r in _mappings(reviews) if isinstance(r.get("date"), datetime)] if history else []
    )
    found.sort(key=lambda review: review["date"])
    answers: list[PastAnswer] = []
    interval = repetitions = lapses = 0
    for review in found:
        kept = review.get("remembered?") is True
        spent = review.get("duration")
        took_ms = int(spent) if isinstance(spent, (int, float)) and spent > 0 else 0
        grade = Grade.GOOD if kept else Grade.WRONG
        answers.append(PastAnswer(review["date"], grade, took_ms, interval))
        lapses += not kept and repetitions > 0
        repetitions = repetitions + 1 if kept else 0
        interval = _interval(review)
    if not answers and not archived:
        return None
    schedule = None
    if found:
        due = found[-1].get("due")
        last = due if isinstance(due, datetime) else found[-1]["date"]
        schedule = PastSchedule(last.date(), interval, _EASE, repetitions, lapses)
    return Past(tuple(answers), schedule, suspended=archived)


def _interval(review: Mapping[str, Any]) -> int:
    given, due = review.get("interval"), review.get("due")
    if isinstance(given, (int, float)) and 0 <= given < 100_000:
        return max(1, round(given))
    if isinstance(due, datetime):
        days: int = (due.date() - review["date"].date()).days
        return max(1, days)
    return 1


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (each for each in value if isinstance(each, Mapping))


def _text(mapping: Mapping[str, Any], name: str) -> str:
    value = mapping.get(name)
    return value if isinstance(value, str) else ""
