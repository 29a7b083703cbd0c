"""Every text of a draft's entry, to be changed or looked through at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion

_TEXTS = ("term", "definition", "extra")
_LISTS = ("cloze", "aliases", "tags", "sources", "see")


def texts_of(entry: DraftEntry) -> Iterator[str]:
    """The texts of an entry, as they may hold images; empty ones are left out."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    with_texts(entry, note)
    return iter(found)


def with_texts(entry: DraftEntry, change: Callable[[str], str]) -> DraftEntry:
    """The entry with each of its texts changed; the same object when none of them was."""
    new: dict[str, Any] = {}
    for name in _TEXTS:
        text = getattr(entry, name)
        if text and (changed := change(text)) != text:
            new[name] = changed
    for name in _LISTS:
        texts = getattr(entry, name)
        if texts and (many := tuple(map(change, texts))) != texts:
            new[name] = many
    if isinstance(entry.reverse, str) and (changed := change(entry.reverse)) != entry.reverse:
        new["reverse"] = changed
    for name, part_with in _PARTS.items():
        parts = getattr(entry, name)
        if parts and (many := tuple([part_with(part, change) for part in parts])) != parts:
            new[name] = many
    return replace(entry, **new) if new else entry


def _question(asked: DraftQuestion, change: Callable[[str], str]) -> DraftQuestion:
    question, answer = change(asked.question), change(asked.answer)
    points = tuple(map(change, asked.points))
    if (question, answer, points) == (asked.question, asked.answer, asked.points):
        return asked
    return replace(asked, question=question, answer=answer, points=points)


def _choice(asked: DraftChoice, change: Callable[[str], str]) -> DraftChoice:
    return replace(
        asked,
        question=change(asked.question),
        right=change(asked.right),
        wrong=tuple((change(text), change(why)) for text, why in asked.wrong),
        why=change(asked.why),
    )


def _contrast(contrast: DraftContrast, change: Callable[[str], str]) -> DraftContrast:
    return replace(contrast, other=change(contrast.other), difference=change(contrast.difference))


_PARTS: dict[str, Callable[[Any, Callable[[str], str]], Any]] = {
    "questions": _question,
    "choices": _choice,
    "contrast": _contrast,
}
