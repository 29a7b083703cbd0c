"""A deck that was not known so far, stored a section at a time inside one transaction."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Entry, Section
from offhand.formats.deck_folder import DeckSource
from offhand.study.desk import Desk
from offhand.study.read_deck import ReadDeck, finish, rank

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.formats.yaml.written import Header


class NewDeck:
    """A deck on its way into the database; nothing of it holds before `finish` and the commit.

    `outline` are its sections without their cards. `position` is its place among the decks.
    """

    def __init__(
        self, desk: Desk, connection: "Connection", header: "Header", path: Path, position: int
    ) -> None:
        self.outline: list[Section] = []
        self._desk = desk
        self._connection = connection
        self._header = header
        self._path = path
        self._position = position
        self._entries: dict[str, None] = {}

    def keep(self, sections: Iterable[Section]) -> None:
        """Store the deck's sections, each as soon as it comes."""
        from offhand.store import library
        from offhand.store.new_cards import NewCards

        header = self._header
        library.keep_deck(
            self._connection,
            header.id,
            header.title,
            header.about,
            str(self._path),
            self._position,
        )
        with NewCards(self._connection, header.id) as cards:
            for section in sections:
                learned = len(self._entries)
                self._entries |= dict.fromkeys(entry.id for entry in section.entries)
                if len(self._entries) == learned + len(section.entries):
                    cards.add(len(self.outline), section, self._ranks(section, learned))
                # Else an entry was there already: a fault, which whoever stores the deck tells.
                self.outline.append(_without_cards(section))

    def finish(self, source: DeckSource) -> None:
        """Store the rest, once the deck's files lie where they belong."""
        read = ReadDeck(source, self._header, [], self.outline, None)
        finish(self._desk, self._connection, read, self._position, list(self._entries))

    def _ranks(self, section: Section, learned: int) -> list[int]:
        """The cards as they are learned unless an entry builds on a later one."""
        return [
            rank(self._position, place, way)
            for place, entry in enumerate(section.entries, learned)
            for way in range(len(entry.cards))
        ]


def _without_cards(section: Section) -> Section:
    bare = tuple(Entry(each.id, each.place, each.names, each.see) for each in section.entries)
    return replace(section, entries=bare)
