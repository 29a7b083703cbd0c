"""One pass over all decks: what changed is read and stored, and what is lost is put aside."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.formats.deck_folder import DeckSource, FileStamp
from offhand.store import deck_reading
from offhand.store.deck_reading import KnownFile
from offhand.study.deck_store import DeckStore
from offhand.study.desk import Desk
from offhand.study.outline import outline_of
from offhand.study.read_deck import ReadDeck
from offhand.study.shipped_decks import is_shipped

if TYPE_CHECKING:
    from offhand.formats.fault import Fault


class DeckPass:
    """Brings the copy of the decks up to date with `sources`.

    `anew` reads every file, `reorders` gives every deck its order again. For a fault in one of
    `must_read` Faulty is raised. `renames` and `went_on` are those of a DeckStore.
    """

    def __init__(
        self,
        desk: Desk,
        sources: Sequence[DeckSource],
        *,
        anew: bool,
        reorders: bool,
        must_read: Collection[Path],
        renames: Mapping[str, str],
        went_on: Callable[[], None] | None,
    ) -> None:
        self.desk = desk
        self.sources = sources
        self.anew = anew
        self.reorders = reorders
        self.must_read = must_read
        self.store = DeckStore(desk, renames, went_on)
        self.known = {file.path: file for file in deck_reading.known_files(desk.db)}
        self.paths = deck_reading.deck_paths(desk.db)
        self.positions = deck_reading.deck_positions(desk.db)
        self.complete = True

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
        from offhand.formats.yaml.deck import read_header

        read = read_header(source)
        header = read.header
        if read.faults:
            # What it was before the fault; its faults are told of when it is read whole.
            paths = {path: deck for deck, path in self.paths.items()}
            return paths.get(str(source.path), header.id)
        return header.id

    def _tell_of_second(self, deck: str, first: DeckSource, second: DeckSource) -> None:
        if is_shipped(second.path):
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
                    self.store.keep_order(deck, self.paths[deck], position)
                return
        if (
            source.is_folder
            and len(source.files) > 1
            and not deck_reading.has_cards(self.desk.db, deck)
        ):
            faults = self.store.keep_by_sections(source, position)
        else:
            read, faults = self._read(source, moved)
            if not faults:
                self.store.keep(read, position)
        if faults:
            if source.path in self.must_read:
                from offhand.formats.fault import Faulty

                raise Faulty(faults)
            self.complete = False
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            now = "stays as it was" if deck in self.paths else "is left out"
            self.desk.notices.append(f"{faults[0]}{more} The deck {now}.")

    def _read(self, source: DeckSource, moved: bool) -> "tuple[ReadDeck, list[Fault]]":
        from offhand.formats.yaml.deck import (
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
            return ReadDeck(source, reading_.header, sections, reading_.sections, None), faults
        header = read_header(source).header
        outlines = deck_reading.outlines(self.desk.db, str(source.path))
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
        return ReadDeck(source, header, sections, outline, read_files), faults + faults_between(
            outline
        )

    def _unchanged(self, stamp: FileStamp) -> KnownFile | None:
        """What is known of a file that is as it was when it was read."""
        file = None if self.anew else self.known.get(str(stamp.path))
        if file is None or replace(stamp, path=Path(file.path)) != FileStamp(
            Path(file.path), file.size, file.mtime_ns, file.ctime_ns
        ):
            return None
        return file
