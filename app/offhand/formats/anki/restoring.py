"""The decks that Offhand's own notes were made from, with what was edited in Anki meanwhile."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from offhand.domain.card import Level
from offhand.domain.contrast import contrasted
from offhand.domain.text import is_id, one_line
from offhand.formats import cloze
from offhand.formats.anki.imprint import Imprint
from offhand.formats.anki.notes import NO_REASON, level_of, tags_of
from offhand.formats.anki.tags import level_tag, tag_of
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.entry_cards import entry_id, is_question
from offhand.formats.plain_parts import joined
from offhand.formats.style.option_order import option_order

_SHARED = frozenset({"Extra", "Also", "Sources"})
"""The fields that belong to the whole entry."""
_ANKIS_TAGS = frozenset({"marked", "leech"})
_ITEM = re.compile(r"^(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)


def edited(
    imprint: Imprint, edits: Mapping[str, str], tags: Iterable[str]
) -> tuple[Imprint, list[str]]:
    """What a note was made from, with what was edited in Anki since.

    `edits` are the fields that `Imprint.changed` names, as Markdown; `tags` those of the note. Gives
    also the names of the fields whose edits cannot be taken: there the old text stays.
    """
    part, refused = imprint.part, list[str]()
    order = option_order(part.choices[0]) if part.choices else []
    for name, text in edits.items():
        for original, given in imprint.media.items():
            text = text.replace(f"]({given})", f"]({original})")
        taken = _with_edit(part, order, name, text.strip())
        if taken is None:
            refused.append(name)
        else:
            part = taken
    shared_edited = any(name in _SHARED and name not in refused for name in edits)
    part = _retagged(_with_old_name(part, imprint), tags)
    return replace(imprint, part=part, shared_edited=shared_edited), refused


def _with_old_name(part: DraftEntry, imprint: Imprint) -> DraftEntry:
    """The part under the id that its card had: it would come from the text that was edited."""
    kind, _, name = imprint.ways.get(0, "").partition("-")
    old = imprint.part
    if not is_id(name):
        return part
    if kind == "question" and part.questions and part.questions != old.questions:
        question = part.questions[0]
        if question.question != old.questions[0].question and not question.id:
            return replace(part, questions=(replace(question, id=name),))
    if kind == "choice" and part.choices and part.choices != old.choices:
        choice = part.choices[0]
        if choice.question != old.choices[0].question and not choice.id:
            return replace(part, choices=(replace(choice, id=name),))
    if kind == "contrast" and part.contrast and part.contrast != old.contrast:
        contrast = part.contrast[0]
        if contrast.other != old.contrast[0].other and not contrast.id:
            return replace(part, contrast=(replace(contrast, id=name),))
    return part


def _with_edit(part: DraftEntry, order: list[int], name: str, text: str) -> DraftEntry | None:
    if name == "Extra":
        return replace(part, extra=text)
    if name == "Reverse" and part.definition:
        return replace(part, reverse=text or False)
    if name == "Also":
        return replace(part, aliases=tuple(each for each in text.split(", ") if each))
    if name == "Sources":
        lines = (line.rstrip("\\ ") for line in text.splitlines())
        return replace(part, sources=tuple(line for line in lines if line))
    if name == "Points" and part.questions:
        return replace(part, questions=(replace(part.questions[0], points=_items(text)),))
    if not text:
        return None
    if name == "Term" and part.definition:
        return replace(part, term=text)
    if name == "Definition" and part.definition:
        return replace(part, definition=text)
    if name == "Text" and part.cloze:
        return replace(part, cloze=(text,)) if cloze.holes(text) else None
    if part.questions:
        return _with_edited_question(part, name, text)
    if part.choices:
        return _with_edited_choice(part, order, name, text)
    return _with_edited_contrast(part, name, text) if part.contrast else None


def _with_edited_question(part: DraftEntry, name: str, text: str) -> DraftEntry | None:
    asked = part.questions[0]
    if name == "Question":
        return replace(part, questions=(replace(asked, question=text),))
    return replace(part, questions=(replace(asked, answer=text),)) if name == "Answer" else None


def _with_edited_choice(
    part: DraftEntry, order: list[int], name: str, text: str
) -> DraftEntry | None:
    choice = part.choices[0]
    if name == "Question":
        return replace(part, choices=(replace(choice, question=text),))
    if name == "Right":
        return replace(part, choices=(replace(choice, right=text),))
    shown = _items(text)
    if len(shown) != len(order):
        return None
    by_option = dict(zip(order, shown, strict=True))
    if name == "Options":
        wrong = tuple((by_option[n], why) for n, (_, why) in enumerate(choice.wrong, 1))
        return replace(part, choices=(replace(choice, wrong=wrong, right=by_option[0]),))
    if name == "Reasons":
        reasons = {n: "" if why == NO_REASON else why for n, why in by_option.items()}
        wrong = tuple((option, reasons[n]) for n, (option, _) in enumerate(choice.wrong, 1))
        return replace(part, choices=(replace(choice, wrong=wrong, why=reasons[0]),))
    return None


def _with_edited_contrast(part: DraftEntry, name: str, text: str) -> DraftEntry | None:
    contrast = part.contrast[0]
    if name == "Difference":
        return replace(part, contrast=(replace(contrast, difference=text),))
    if name == "Prompt" and (asked := contrasted(one_line(text))):
        return replace(part, contrast=(replace(contrast, other=asked[1]),))
    return None


def _items(text: str) -> tuple[str, ...]:
    """The items of a Markdown list."""
    return tuple(each.strip() for each in _ITEM.split(text) if each.strip())


def _retagged(part: DraftEntry, tags: Iterable[str]) -> DraftEntry:
    """A note's part of its entry with the tags that the note bears in Anki."""
    there = {_folded(tag): tag for tag in tags if _folded(tag) not in _ANKIS_TAGS}
    if there.keys() == set(map(_folded, tags_of(part))):
        return part
    kept = [tag for tag in part.tags if there.pop(_folded(tag_of(tag)), None) is not None]
    level = level_of(part)
    levels = {level_tag(each): each for each in Level}
    found = [levels[tag] for tag in list(there) if tag in levels and there.pop(tag)]
    part = replace(part, tags=(*kept, *there.values()))
    if level in found or (not found and level is None):
        return part
    changed = found[0] if found else None
    if part.questions and part.questions[0].level:
        return replace(part, questions=(replace(part.questions[0], level=changed),))
    if part.choices and part.choices[0].level:
        return replace(part, choices=(replace(part.choices[0], level=changed),))
    return replace(part, level=changed)


def _folded(tag: str) -> str:
    """A tag as Anki compares it."""
    return unicodedata.normalize("NFC", tag).casefold()


def decks_of(imprints: Iterable[Imprint]) -> list[Draft]:
    """The decks that notes were made from, each entry made of the parts that are there."""
    found = sorted(imprints, key=lambda each: (each.deck.id, each.at))
    return [_deck(list(notes)) for _, notes in groupby(found, key=lambda each: each.deck.id)]


def _deck(notes: list[Imprint]) -> Draft:
    sections: dict[tuple[str, str], dict[str, list[Imprint]]] = defaultdict(dict)
    for note in notes:
        entries = sections[note.section, note.section_id]
        entries.setdefault(note.entry, []).append(note)
    deck = notes[0].deck
    return Draft(
        deck.title,
        tuple(
            DraftSection(
                title, tuple(e for parts in entries.values() for e in _entries(parts)), given
            )
            for (title, given), entries in sections.items()
        ),
        about=deck.about,
        id=deck.id,
        reverse=deck.reverse,
        origin=deck.origin,
    )


def _entries(notes: list[Imprint]) -> list[DraftEntry]:
    """The entry of some notes; more than one where the note that held them together is gone."""
    parts = [note.part for note in notes]
    shared = next((note.part for note in notes if note.shared_edited), None)
    shared = shared or next((part for part in parts if part.definition), parts[0])
    tags = _united([part.tags for part in parts])
    first, *more = joined([replace(part, extra=shared.extra, tags=tags) for part in parts])
    if not first.id and entry_id(first) != notes[0].entry and is_id(notes[0].entry):
        # Its name was edited: its cards keep theirs.
        first = replace(first, id=notes[0].entry)
    if is_question(first) and first.questions and (name := _name_in_group(notes)):
        first = replace(first, questions=(replace(first.questions[0], id=name),))
    return [first, *more]


def _united(tags: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The tags of an entry, all of them where one of its notes was given others."""
    first, *others = tags
    if all(each == first for each in others):
        return first
    return tuple(dict.fromkeys(tag for each in tags for tag in each))


def _name_in_group(notes: list[Imprint]) -> str:
    """What the one question that is left of a group was called there."""
    name = next(note.ways.get(0, "") for note in notes if note.part.questions)
    name = name.removeprefix("question").removeprefix("-")
    return name if is_id(name) else ""
