"""Keeping the copy of the decks true to their files, reading only what changed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from offhand import __version__
from offhand.domain.card import Section
from offhand.domain.event import Renamed
from offhand.domain.fold import fold
from offhand.domain.learning_order import learning_order
from offhand.domain.text import digest, one_line
from offhand.formats.deck_folder import DeckSource, FileStamp, find_decks
from offhand.resources import shipped
from offhand.store import reading
from offhand.store.reading import KnownFile
from offhand.study.desk import Desk, next_stamp, note_rest_days
from offhand.study.outline import outline_of, outline_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.formats.fault import Fault
    from offhand.formats.yaml_written import Header
    from offhand.store.library import Rename

_DECKS, _READER, _ORDER = "decks", "reader", "order"
_DECK_SPAN = 1_000_000_000
_ENTRY_SPAN = 1_000
_NO_RENAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Read:
    """A deck as just read. `sections` are those read anew, with their places; `outline` is all of it.

    `read_files` are None when the whole deck was read.
    """

    source: DeckSource
    header: "Header"
    sections: list[tuple[int, Section]]
    outline: list[Section]
    read_files: list[str] | None


def refresh(
    desk: Desk,
    must_read: Collection[Path] = (),
    went_on: Callable[[], None] | None = None,
    renames: Mapping[str, str] = _NO_RENAMES,
) -> None:
    """Bring the copy of the decks up to date with their files.

    One comparison when nothing changed. A deck with a fault stays as it was, and is told of in the
    desk's notices, as are cards recognised under a new name; for one of `must_read` Faulty is
    raised. `went_on` is called after each file that was read, and may raise to stop. `renames` are
    known from the edit: new keys of cards by their old ones.
    """
    sources = _sources(desk)
    stamps = [str(stamp) for source in sources for stamp in source.files]
    seen = digest("\n".join([__version__, desk.settings.new_sections, *stamps]))
    facts = reading.facts(desk.db)
    if facts.get(_DECKS) == seen:
        return
    note_rest_days(desk)
    # Another version may make other cards of the same text.
    run = _Refresh(desk, sources, anew=facts.get(_READER) != __version__)
    run.reorders = facts.get(_ORDER) != desk.settings.new_sections
    run.must_read, run.went_on = must_read, went_on or _nobody_waits
    run.renames = renames
    complete = run.run()
    with desk.db.writing() as connection:
        from offhand.store import history

        history.keep_fact(connection, _DECKS, seen if complete else "")
        history.keep_fact(connection, _READER, __version__)
        history.keep_fact(connection, _ORDER, desk.settings.new_sections)


def _nobody_waits() -> None:
    """Nobody asked to be told how far it is."""


def deck_folders(desk: Desk) -> list[Path]:
    """Where decks are looked for: the learner's own folder first, the shipped decks last."""
    beside = desk.paths.settings.parent
    further = [beside / Path(folder).expanduser() for folder in desk.settings.deck_folders]
    return [desk.paths.decks, *further, shipped("decks")]


def _sources(desk: Desk) -> list[DeckSource]:
    sources: dict[Path, DeckSource] = {}
    for folder in deck_folders(desk):
        try:
            found = find_decks(folder)
        except OSError as error:
            desk.notices.append(f"{folder} cannot be read: {error.strerror or error}.")
            continue
        for source in found:
            if all(map(_has_name, source.files)):
                sources[source.path] = source
            else:
                desk.notices.append(f"{source.path} is left out: a name in it is not UTF-8.")
    return list(sources.values())


def _has_name(stamp: FileStamp) -> bool:
    """Whether a file's name is text: a database can keep no other."""
    try:
        str(stamp.path).encode()
    except UnicodeEncodeError:
        return False
    return True


class _Refresh:
    """One pass over all decks."""

    def __init__(self, desk: Desk, sources: Sequence[DeckSource], anew: bool) -> None:
        self.desk = desk
        self.sources = sources
        self.anew = anew
        self.known = {file.path: file for file in reading.known_files(desk.db)}
        self.paths = reading.deck_paths(desk.db)
        self.positions = reading.deck_positions(desk.db)
        self.complete = True
        self.reorders = True
        self.must_read: Collection[Path] = ()
        self.went_on: Callable[[], None] = _nobody_waits
        self.renames = _NO_RENAMES

    def run(self) -> bool:
        """Store what changed. Returns whether every deck could be read."""
        from offhand.store import library

        winners: dict[str, DeckSource] = {}
        for source in self.sources:
            deck = self._deck_of(source)
            if (first := winners.setdefault(deck, source)) is not source:
                self._tell_of_second(deck, first, source)
        for position, (deck, source) in enumerate(winners.items()):
            self._keep(deck, source, position)
        with self.desk.db.writing() as connection:
            for deck in self.paths.keys() - winners.keys():
                library.lose_deck(connection, deck)
            there = {str(stamp.path) for source in self.sources for stamp in source.files}
            library.forget_files(connection, self.known.keys() - there)
        return self.complete

    def _deck_of(self, source: DeckSource) -> str:
        """The id of the deck that a source holds."""
        if (file := self._unchanged(source.files[0])) is not None:
            return file.deck
        from offhand.formats.yaml_deck import read_header

        read = read_header(source)
        header = read.header
        if read.faults:
            # What it was before the fault; its faults are told of when it is read whole.
            paths = {path: deck for deck, path in self.paths.items()}
            return paths.get(str(source.path), header.id)
        return header.id

    def _tell_of_second(self, deck: str, first: DeckSource, second: DeckSource) -> None:
        if second.path.is_relative_to(shipped("decks")):
            return
        self.desk.notices.append(
            f"{second.path} is left out: {first.path} is the deck {deck!r} already. "
            "Give one of them another `id:`."
        )

    def _keep(self, deck: str, source: DeckSource, position: int) -> None:
        moved = self.paths.get(deck) != str(source.path)
        if not moved and all(self._unchanged(stamp) for stamp in source.files):
            old = {path for path, file in self.known.items() if file.source == str(source.path)}
            if old == {str(stamp.path) for stamp in source.files}:
                if self.reorders or self.positions.get(deck) != position:
                    self._keep_order(deck, position)
                return
        if source.is_folder and len(source.files) > 1 and not reading.has_cards(self.desk.db, deck):
            faults = self._store_by_sections(source, position)
        else:
            read, faults = self._read(source, moved)
            if not faults:
                self._store(read, position)
        if faults:
            if source.path in self.must_read:
                from offhand.formats.fault import Faulty

                raise Faulty(faults)
            self.complete = False
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            now = "stays as it was" if deck in self.paths else "is left out"
            self.desk.notices.append(f"{faults[0]}{more} The deck {now}.")

    def _read(self, source: DeckSource, moved: bool) -> "tuple[_Read, list[Fault]]":
        from offhand.formats.yaml_deck import (
            faults_between,
            read_header,
            read_section,
            read_source,
        )

        stale = [stamp for stamp in source.files if self._unchanged(stamp) is None]
        old = {path for path, file in self.known.items() if file.source == str(source.path)}
        same_files = old == {str(stamp.path) for stamp in source.files}
        if moved or not source.is_folder or not same_files or source.files[0] in stale:
            reading_ = read_source(source)
            faults = reading_.faults + faults_between(reading_.sections)
            sections = list(enumerate(reading_.sections))
            return _Read(source, reading_.header, sections, reading_.sections, None), faults
        header = read_header(source).header
        outlines = reading.outlines(self.desk.db, str(source.path))
        outline, sections, faults = [], [], []
        for place, stamp in enumerate(source.files[1:]):
            if stamp not in stale:
                outline += outline_of(outlines[str(stamp.path)], stamp.path)
                continue
            section, found = read_section(stamp.path, header)
            faults += found
            if section is not None:
                outline.append(section)
                sections.append((place, section))
        read_files = [str(stamp.path) for stamp in stale]
        return _Read(source, header, sections, outline, read_files), faults + faults_between(
            outline
        )

    def _store(self, read: _Read, position: int) -> None:
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

    def _store_by_sections(self, source: DeckSource, position: int) -> "list[Fault]":
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
        from offhand.formats.yaml_deck import faults_between, read_header, read_section
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
        self._finish(connection, _Read(source, header, [], outline, None), position, in_order)

    def _finish(
        self,
        connection: "Connection",
        read: _Read,
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

    def _files(self, read: _Read) -> Iterator[KnownFile]:
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

    def _keep_order(self, deck: str, position: int) -> None:
        from offhand.store import library

        outlines = reading.outlines(self.desk.db, self.paths[deck])
        sections = [
            s for path, text in sorted(outlines.items()) for s in outline_of(text, Path(path))
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

    def _unchanged(self, stamp: FileStamp) -> KnownFile | None:
        """What is known of a file that is as it was when it was read."""
        file = None if self.anew else self.known.get(str(stamp.path))
        if file is None or replace(stamp, path=Path(file.path)) != FileStamp(
            Path(file.path), file.size, file.mtime_ns, file.ctime_ns
        ):
            return None
        return file


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
