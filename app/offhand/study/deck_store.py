"""Storing what was read of decks: those that are new, that changed, and that only moved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Section
from offhand.domain.event import Renamed
from offhand.domain.text import one_line
from offhand.formats.deck_folder import DeckSource
from offhand.store import deck_reading, reading
from offhand.study.desk import Desk, next_stamp
from offhand.study.new_deck import NewDeck
from offhand.study.outline import outline_of
from offhand.study.read_deck import ReadDeck, finish, keep_ranks, order_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.formats.fault import Fault
    from offhand.store.library import Rename


class DeckStore:
    """Stores decks, each in one transaction.

    `renames` are known from an edit: new keys of cards by their old ones. `went_on` is called after
    each part that was stored, and may raise to stop.
    """

    def __init__(
        self,
        desk: Desk,
        renames: Mapping[str, str],
        went_on: Callable[[], None] | None,
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
            finish(desk, connection, read, position)
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

        read = read_header(source)
        header, faults = read.header, read.faults

        def sections() -> Iterator[Section]:
            for stamp in source.files[1:]:
                section, found = read_section(stamp.path, header)
                faults.extend(found)
                if section is not None:
                    yield section
                self.went_on()

        new = NewDeck(self.desk, connection, header, source.path, position)
        new.keep(sections())
        if faults := faults + faults_between(new.outline):
            raise Faulty(faults)
        new.finish(source)

    def keep_order(self, deck: str, path: str, position: int) -> None:
        """Give a deck that did not change another place among the decks."""
        from offhand.store import library

        outlines = deck_reading.outlines(self.desk.db, path)
        sections = [
            s for file, text in sorted(outlines.items()) for s in outline_of(text, Path(file))
        ]
        with self.desk.db.writing() as connection:
            library.move_deck(connection, deck, position)
            keep_ranks(self.desk, connection, deck, position, order_of(self.desk, sections))


def _nobody_waits() -> None:
    """Nobody asked to be told how far it is."""


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
