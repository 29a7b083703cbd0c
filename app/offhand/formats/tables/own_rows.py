"""The rows of a table that Offhand wrote: each is a card, and those of one entry make it again.

Such a row says in `kind` what it asks, and in `id` of which entry: `sigterm`, or `sigterm.cloze-15`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from offhand.domain.card import CardKind
from offhand.formats.draft import DraftEntry
from offhand.formats.plain_parts import entries_of

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

    @property
    def are_both_ways(self) -> bool:
        """Whether every term is asked both ways: then it is the deck that says so."""
        terms = [
            part.reverse for parts in self._parts.values() for part in parts if part.definition
        ]
        return bool(terms) and all(each is True for each in terms)

    def entries(self) -> Iterator[tuple[str, DraftEntry]]:
        """The entries, each with its section, in the order of their first rows."""
        both_ways = self.are_both_ways
        for (section, _), parts in self._parts.items():
            for entry in entries_of(parts):
                yield section, replace(entry, reverse=None) if both_ways else entry


def entry_and_name(ident: str) -> tuple[str, str]:
    """The entry of a row's id, and what its part of it is called there, empty for a whole one."""
    match = _WAY.fullmatch(ident)
    return (match["entry"], match["name"] or "") if match else (ident, "")
