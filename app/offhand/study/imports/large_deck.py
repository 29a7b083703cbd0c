"""A new deck too large for one file: a folder with a file a section, stored while it is written.

What each file says is told by its writer and not read back from it, which would take longer than all
the rest; that the two agree is `formats.yaml.section_file`'s promise.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Section
from offhand.domain.text import slug
from offhand.formats.deck_folder import HEADER, deck_at
from offhand.formats.draft import Draft, DraftSection
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import faults_between, read_header
from offhand.formats.yaml.section_file import section_file
from offhand.formats.yaml.writer import header_lines
from offhand.formats.yaml.written import Header
from offhand.store import deck_reading
from offhand.study.desk import Desk
from offhand.study.imports.journal import Ready
from offhand.study.imports.target import Target
from offhand.study.new_deck import NewDeck
from offhand.study.refresh import look_anew

if TYPE_CHECKING:
    from sqlalchemy import Connection

_IN_ONE_SECTION = 5_000
"""Entries up to which a section is one file: reading and editing it takes no second."""


class LargeDeck:
    """A deck to be written to `hidden`, out of sight, and to be stored in `connection`'s transaction.

    `position` is its place among the decks, as far as that is known. A deck of which the database
    has cards from before is left to the reader, who finds them again with their history.
    """

    def __init__(
        self, desk: Desk, connection: "Connection", target: Target, hidden: Path, position: int
    ) -> None:
        self.ready: list[Ready] = []
        self._desk = desk
        self._connection = connection
        self._target = target
        self._folder = hidden / target.path.name
        self._position = position
        self._new: NewDeck | None = None

    def write(self, draft: Draft, told: Callable[[int], None]) -> None:
        """Write its files and store its cards. `told` hears of entries done. Raises Faulty.

        `ready` are its files then.
        """
        draft = replace(draft, id=self._target.deck, sections=tuple(_in_parts(draft.sections)))
        self._folder.mkdir()
        self._put(HEADER, "\n".join(header_lines(draft)) + "\n")
        read = read_header(deck_at(self._folder))
        if read.faults:
            raise Faulty(read.faults)
        sections = self._sections(draft, read.header, told)
        if deck_reading.has_cards(self._desk.db, self._target.deck):
            for _ in sections:
                pass
            return
        path = self._target.path
        self._new = NewDeck(self._desk, self._connection, read.header, path, self._position)
        self._new.keep(sections)
        if faults := faults_between(self._new.outline):
            raise Faulty(faults)

    def _sections(
        self, draft: Draft, header: Header, told: Callable[[int], None]
    ) -> Iterator[Section]:
        """The sections as they will be read, each when its file is written."""
        digits = max(len(str(len(draft.sections))), 2)
        done = 0
        for number, section in enumerate(draft.sections, 1):
            name = f"{number:0{digits}}-{slug(section.title)}.yaml"
            file = section_file(section, self._target.path / name, header)
            self._put(name, file.text)
            yield file.section
            done += len(section.entries)
            told(done)

    def finish(self) -> None:
        """Store the rest, once its files lie where they belong."""
        if self._new is not None:
            self._new.finish(deck_at(self._target.path))
            look_anew(self._connection)

    def _put(self, name: str, text: str) -> None:
        file = self._folder / name
        file.write_text(text, "utf-8")
        self.ready.append(Ready(file, self._target.path / name))


def _in_parts(sections: tuple[DraftSection, ...]) -> Iterator[DraftSection]:
    """The sections, the largest ones in parts, each small enough for a file."""
    for section in sections:
        count = -(-len(section.entries) // _IN_ONE_SECTION)
        if count < 2:
            yield section
            continue
        size = -(-len(section.entries) // count)
        for number in range(count):
            yield DraftSection(
                f"{section.title} {number + 1}",
                section.entries[number * size : (number + 1) * size],
                f"{(section.id or slug(section.title))[:90]}-part-{number + 1}",
            )
