"""The rows of a table that Offhand wrote: each is a card, and those of one entry make it again.

Such a row says in `kind` what it asks, and in `id` of which entry: `sigterm`, or `sigterm.cloze-15`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from offhand.domain.card import CardKind, Level, Place
from offhand.domain.contrast import contrasted
from offhand.domain.text import one_line
from offhand.formats.draft import DraftEntry
from offhand.formats.plain_parts import choice_of, contrast_of, joined, question_of, sentence_of

KINDS = frozenset(kind.value for kind in CardKind)
_WAY = re.compile(
    r"(?P<entry>.+)\.(?P<kind>reverse|question|choice|cloze|contrast)(?:-(?P<name>.+))?"
)


class OwnRows:
    """Takes rows, each as an entry with the one part that it asks; `entries` are made of all of them."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], list[DraftEntry]] = {}

    def add(self, section: str, part: DraftEntry) -> None:
        """Add a part, whose id is that of its entry; without one it is an entry by itself."""
        name = part.id or f"#{len(self._parts)}"
        self._parts.setdefault((section, name), []).append(part)

    def entries(self) -> Iterator[tuple[str, DraftEntry]]:
        """The entries, each with its section, in the order of their first rows."""
        for (section, _), parts in self._parts.items():
            terms = [part for part in parts if part.definition]
            first = terms[0] if terms else parts[0]
            own = [_with_level(part, first.level) for part in parts if part not in terms[1:]]
            for entry in (*joined(own), *terms[1:]):
                yield section, entry


def entry_and_name(ident: str) -> tuple[str, str]:
    """The entry of a row's id, and what its part of it is called there, empty for a whole one."""
    match = _WAY.fullmatch(ident)
    return (match["entry"], match["name"] or "") if match else (ident, "")


def part_of_row(
    kind: str, front: str, back: str, name: str, points: int, place: Place
) -> DraftEntry:
    """What a row asks, by the kind that it says; a question where its texts make none of that kind."""
    part = DraftEntry(place)
    if kind == CardKind.TERM:
        return replace(part, term=front, definition=back)
    if kind == CardKind.REVERSE:
        return replace(part, term=back, reverse=front)
    if kind == CardKind.CHOICE and (choice := choice_of(front, back, name)):
        return replace(part, choices=(choice,))
    if kind == CardKind.CONTRAST and (contrast := contrast_of(front, back, name)):
        term = contrasted(one_line(front))
        return replace(part, term=term[0] if term else "", contrast=(contrast,))
    if kind == CardKind.CLOZE:
        return replace(part, cloze=(sentence_of(front, name),))
    return replace(part, questions=(question_of(front, back, points, name),))


def _with_level(part: DraftEntry, level: Level | None) -> DraftEntry:
    """A part that is to be joined, with its own level in it where it is not that of all."""
    if part.level == level:
        return part
    return replace(
        part,
        questions=tuple(replace(each, level=part.level) for each in part.questions),
        choices=tuple(replace(each, level=part.level) for each in part.choices),
    )
