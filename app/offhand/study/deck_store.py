"""Storing what was read of a deck: its cards, its files, and the order in which it is learned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Section
from offhand.domain.event import Renamed
from offhand.domain.fold import fold
from offhand.domain.learning_order import learning_order
from offhand.domain.text import one_line
from offhand.formats.deck_folder import DeckSource
from offhand.store import reading
from offhand.store.reading import KnownFile
from offhand.study.desk import Desk, next_stamp
from offhand.study.outline import outline_of, outline_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.formats.fault import Fault
    from offhand.formats.yaml.written import Header
    from offhand.store.library import Rename

_DECK_SPAN = 1_000_000_000
_ENTRY_SPAN = 1_000
NO_RENAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A deck as just read. `sections` are those read anew, with their places; `outline` is all of it.

    `read_files` are None when the whole deck was read.
    """

    source: DeckSource
    header: "Header"
    sections: list[tuple[int, Section]]
    outline: list[Section]
    read_files: list[str] | None


class DeckStore:
    """Stores decks, each in one transaction.

    `renames` are known from an edit: new keys of cards by their old ones. `went_on` is called after
    each part that was stored, and may raise to stop.
    """

    def __init__(
        self,
        desk: Desk,
        renames: Mapping[str, str] = NO_RENAMES,
        went_on: Callable[[], None] | None = None,
    ) -> None:
        self.desk = desk
        self.renames = renames
        self.went_on = went_on or _nobody_waits

    def keep(self, read: ReadDeck, position: int) -> None:
        """Store a deck of which some files, or all, were read."""
        from offhand.store import history, library

        desk, header = self.desk, read.header
        with desk.db.writing() as connection:
            path = str(read.source.path)
            library.keep_deck(connection, header.id, header.title, header.about, path, position)
            changes = library.keep_cards(
                connection, header.id, read.sections, read.read_files, self.renames
            )
            for rename in changes.renamed:
                stamp = next_stamp(desk, connection)
                event = Renamed(**stamp, card=rename.card, key=rename.after)
                history.append(connection, event)
            self._finish(connection, read, position)
        recognised = [each for each in changes.renamed if each.before not in self.renames]
        desk.notices += _told(desk, recognised)
        self.went_on()

    def keep_by_sections(self, source: DeckSource, position: int) -> "list[Fault]":
        """Store a deck that was not known so far, holding one of its sections at a time.

        Returns its faults; when there are any, nothing is stored.
        """
        from offhand.formats.fault import Faulty

        try:
            with self.desk.db.writing() as connection:
                self._keep_sections(connection, source, position)
        except Faulty as faulty:
            return list(faulty.faults)
        return []

    def _keep_sections(self, connection: "Connection", source: DeckSource, position: int) -> None:
        from offhand.formats.fault import Faulty
        from offhand.formats.yaml.deck import faults_between, read_header, read_section
        from offhand.store import library

        read = read_header(source)
        header, faults = read.header, read.faults
        path = str(source.path)
        library.keep_deck(connection, header.id, header.title, header.about, path, position)
        outline: list[Section] = []
        learned = 0
        for place, stamp in enumerate(source.files[1:]):
            section, found = read_section(stamp.path, header)
            faults += found
            if section is not None:
                if not faults:
                    # As they are learned unless an entry builds on a later one.
                    ranks = {
                        card.key: _rank(position, learned + index, way)
                        for index, entry in enumerate(section.entries)
                        for way, card in enumerate(entry.cards)
                    }
                    learned += len(section.entries)
                    library.keep_cards(
                        connection,
                        header.id,
                        [(place, section)],
                        [str(stamp.path)],
                        ranks=ranks,
                    )
                entries = tuple(replace(entry, cards=()) for entry in section.entries)
                outline.append(replace(section, entries=entries))
            self.went_on()
        if faults := faults + faults_between(outline):
            raise Faulty(faults)
        in_order = [entry.id for section in outline for entry in section.entries]
        self._finish(connection, ReadDeck(source, header, [], outline, None), position, in_order)

    def _finish(
        self,
        connection: "Connection",
        read: ReadDeck,
        position: int,
        ranked: Sequence[str] | None = None,
    ) -> None:
        """What is to be stored once the cards are; `ranked` is the order that they have already."""
        from offhand.store import history, library

        desk, deck = self.desk, read.header.id
        library.keep_files(connection, self._files(read))
        for card in library.cards_to_fold(connection, deck):
            state = fold(desk.scheduler, reading.card_events(desk.db, card))
            history.keep_state(connection, card, state)
        order = self._order(read.outline)
        if order != ranked:
            self._keep_ranks(connection, deck, position, order)

    def _files(self, read: ReadDeck) -> Iterator[KnownFile]:
        sections: dict[Path, list[Section]] = {}
        for section in read.outline:
            sections.setdefault(section.place.path, []).append(section)
        for stamp in read.source.files:
            if read.read_files is None or str(stamp.path) in read.read_files:
                yield KnownFile(
                    str(stamp.path),
                    str(read.source.path),
                    read.header.id,
                    stamp.size,
                    stamp.mtime_ns,
                    stamp.ctime_ns,
                    outline_text(sections.get(stamp.path, [])),
                )

    def keep_order(self, deck: str, path: str, position: int) -> None:
        """Give a deck that did not change another place among the decks."""
        from offhand.store import library

        outlines = reading.outlines(self.desk.db, path)
        sections = [
            s for file, text in sorted(outlines.items()) for s in outline_of(text, Path(file))
        ]
        with self.desk.db.writing() as connection:
            library.move_deck(connection, deck, position)
            self._keep_ranks(connection, deck, position, self._order(sections))

    def _order(self, outline: Sequence[Section]) -> list[str]:
        """The ids of a deck's entries as they are learned."""
        mixed = self.desk.settings.new_sections == "mixed"
        return learning_order([section.entries for section in outline], mixed)

    def _keep_ranks(
        self, connection: "Connection", deck: str, position: int, order: Sequence[str]
    ) -> None:
        from offhand.store import library

        place = {entry: index for index, entry in enumerate(order)}

        def ranks() -> Iterator[tuple[str, int]]:
            ways: dict[str, int] = {}
            for card, key in reading.cards_in_order(self.desk.db, deck):
                entry = key[len(deck) + 1 :]
                ways[entry] = way = ways.get(entry, -1) + 1
                yield card, _rank(position, place.get(entry, 0), way)

        library.keep_ranks(connection, ranks())


def _nobody_waits() -> None:
    """Nobody asked to be told how far it is."""


def _rank(deck: int, entry: int, way: int) -> int:
    """The place of a card in the order of learning, from the places of its deck, entry and way."""
    return deck * _DECK_SPAN + entry * _ENTRY_SPAN + way


def _told(desk: Desk, renamed: Sequence["Rename"]) -> list[str]:
    """One line for each entry that got another name."""
    entries: dict[str, str] = {}
    for rename in renamed:
        kept = reading.kept_card(desk.db, rename.card)
        if kept is not None:
            before = rename.before.rsplit("/", 1)[0]
            was = f", before {before}" if before != kept.card.entry else ""
            entries.setdefault(kept.card.entry, f'"{one_line(kept.card.prompt)[:60]}"{was}')
    return [f"Renamed, with its history: {line}." for line in entries.values()]
