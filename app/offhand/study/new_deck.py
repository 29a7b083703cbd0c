"""A deck that was not known so far, stored a section at a time inside one transaction."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Section
from offhand.formats.deck_folder import DeckSource
from offhand.study.desk import Desk
from offhand.study.read_deck import ReadDeck, finish, rank

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.formats.yaml.written import Header


class NewDeck:
    """A deck on its way into the database; nothing of it holds before `finish` and the commit.

    `outline` are its sections so far without their cards. `position` is its place among the decks.
    """

    def __init__(
        self,
        desk: Desk,
        connection: "Connection",
        header: "Header",
        path: Path,
        position: int,
    ) -> None:
        from offhand.store import card_ids, library

        self.outline: list[Section] = []
        self._desk = desk
        self._connection = connection
        self._header = header
        self._position = position
        self._entries: dict[str, None] = {}
        library.keep_deck(connection, header.id, header.title, header.about, str(path), position)
        self._ids = card_ids.ids_in(connection, header.id)

    def add(self, section: Section) -> None:
        """Store the next section; one with an entry that is there already only enters the outline."""
        from offhand.store import library

        before = len(self._entries)
        self._entries |= dict.fromkeys(entry.id for entry in section.entries)
        if len(self._entries) == before + len(section.entries):
            # As they are learned unless an entry builds on a later one.
            ranks = [
                rank(self._position, learned, way)
                for learned, entry in enumerate(section.entries, before)
                for way in range(len(entry.cards))
            ]
            deck, place = self._header.id, len(self.outline)
            library.add_cards(self._connection, deck, place, section, self._ids, ranks)
        bare = tuple(replace(entry, cards=()) for entry in section.entries)
        self.outline.append(replace(section, entries=bare))

    def finish(self, source: DeckSource) -> None:
        """Store the rest, once the deck's files lie where they belong."""
        read = ReadDeck(source, self._header, [], self.outline, None)
        finish(self._desk, self._connection, read, self._position, list(self._entries))
