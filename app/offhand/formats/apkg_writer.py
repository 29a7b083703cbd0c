"""Decks as an Anki package: notes that update themselves when a newer package is imported.

The layout is the one that every Anki opens: `collection.anki2` of schema 11, a media map in JSON,
media by numbers. Note types, notes, cards and decks are known by what they are made from, so their
ids are the same in every package. A note counts as changed when its deck file was.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from errno import EIO, ENOSPC
from hashlib import sha256
from math import ceil
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from offhand.domain.fold import NEW
from offhand.domain.past import steps_of
from offhand.domain.text import one_line, slug
from offhand.formats.anki.collection_writer import CollectionWriter, LogRow, Time
from offhand.formats.anki.identity import guid_of, stable_id
from offhand.formats.anki.imprint import Imprint, ImprintDeck, digests_of, written_imprint
from offhand.formats.anki.notes import MadeNote, notes_of
from offhand.formats.anki.rendering import FieldRenderer
from offhand.formats.anki.scheduling import card_row, log_rows
from offhand.formats.draft import DraftEntry
from offhand.formats.entry_cards import entry_id
from offhand.formats.takeout import Progress, TakenDeck, Takeout

_COLLECTION, _MEDIA = "collection.anki2", "media"
_LONGEST_NAME = 60
_ELSEWHERE = re.compile(r"(?:https?|data):", re.IGNORECASE)


def write_apkg(takeout: Takeout, path: Path, history: bool, progress: Progress) -> None:
    """Write the decks as a package; `history` takes the schedule and the review log along.

    Raises OSError where it cannot be written.
    """
    with TemporaryDirectory(prefix="offhand-") as folder:
        collection = Path(folder) / _COLLECTION
        media = _written_collection(takeout, collection, history, progress)
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            package.write(collection, _COLLECTION)
            names = {str(number): name for number, name in enumerate(media)}
            package.writestr(_MEDIA, json.dumps(names))
            for number, read in enumerate(media.values()):
                # Images are packed already.
                package.writestr(str(number), read(), ZIP_STORED)


def _written_collection(
    takeout: Takeout, path: Path, history: bool, progress: Progress
) -> Mapping[str, Callable[[], bytes]]:
    """Write the collection. Returns the media that its notes need, by their names in the package."""
    states = [card.state for deck in takeout.decks for card in deck.cards.values()]
    dues = [state.schedule.due for state in states if state.schedule]
    first = min([takeout.day, *dues]) if history else takeout.day
    counted = Time(first, takeout.now, takeout.rollover)
    writer = CollectionWriter(path, counted)
    filling = _Filling(takeout, writer, counted, history)
    try:
        done, total = 0, sum(len(deck.draft.entries) for deck in takeout.decks)
        for deck in takeout.decks:
            for _ in filling.add(deck):
                done += 1
                progress(done, total)
        writer.finish(filling.kinds, filling.notes)
    except sqlite3.OperationalError as error:
        raise OSError(ENOSPC if "full" in str(error) else EIO, str(error)) from error
    finally:
        writer.close()
    return filling.media


class _Filling:
    """Fills a collection with decks."""

    def __init__(
        self, takeout: Takeout, writer: CollectionWriter, counted: Time, history: bool
    ) -> None:
        self.takeout = takeout
        self.writer = writer
        self.counted = counted
        self.history = history
        self.kinds: dict[str, None] = {}
        self.media: dict[str, Callable[[], bytes]] = {}
        self.notes = 0
        self._deck_names = {"default"}
        self._changed: dict[Path, int] = {}

    def add(self, deck: TakenDeck) -> Iterator[DraftEntry]:
        """Add a deck, entry by entry."""
        draft = deck.draft
        images = _Images(draft.media)
        render = FieldRenderer(images.name)
        top = self._unused(_deck_part(draft.title), deck.id)
        top_id = stable_id(f"deck {deck.id}")
        self.writer.add_deck(top, top_id, render.html(draft.about))
        header = ImprintDeck(deck.id, draft.title, draft.about, draft.reverse, draft.origin)
        for section_at, section in enumerate(draft.sections):
            below = top_id
            if len(draft.sections) > 1 or section.title != draft.title:
                ident = section.id or slug(section.title)
                name = self._unused(f"{top}::{_deck_part(section.title)}", ident)
                below = stable_id(f"section {deck.id}/{ident}")
                self.writer.add_deck(name, below)
            for entry_at, entry in enumerate(section.entries):
                images.used = {}
                for part_at, note in enumerate(notes_of(entry, draft.reverse, render)):
                    imprint = Imprint(
                        deck=header,
                        section=section.title,
                        section_id=section.id,
                        at=(section_at, entry_at, part_at),
                        entry=entry_id(entry),
                        part=note.part,
                        ways=note.ways,
                        media=images.used,
                        seen=digests_of(note.fields),
                    )
                    self._add_note(deck, note, imprint, below)
                yield entry
        self.media |= images.found

    def _add_note(self, deck: TakenDeck, note: MadeNote, imprint: Imprint, below: int) -> None:
        self.kinds[note.kind] = None
        cards = {ord_: deck.card(imprint.entry, way) for ord_, way in note.ways.items()}
        name = next(iter(cards.values())).id
        changed = self._changed_s(note.part.place.path)
        fields = [*(html for _, html in note.fields), written_imprint(imprint)]
        ident = self.writer.add_note(name, note.kind, guid_of(name), fields, note.tags, changed)
        self.notes += 1
        for ord_, card in cards.items():
            state, log = (card.state, self._log(card.id)) if self.history else (NEW, ())
            card_id = stable_id(f"card {card.id}")
            row = card_row(card_id, ord_, below, state, self.counted, self.notes)
            self.writer.add_card(ident, row, changed, log)

    def _log(self, card: str) -> Iterator[LogRow]:
        return log_rows(steps_of(self.takeout.scheduler, self.takeout.events(card)))

    def _unused(self, name: str, ident: str) -> str:
        if name.casefold() in self._deck_names:
            name = f"{name} ({ident})"
        self._deck_names.add(name.casefold())
        return name

    def _changed_s(self, path: Path) -> int:
        """When a deck file was changed, in whole seconds: a later change never has an earlier one."""
        if path not in self._changed:
            try:
                self._changed[path] = ceil(path.stat().st_mtime)
            except OSError:
                self._changed[path] = int(self.takeout.now.timestamp())
        return self._changed[path]


class _Images:
    """Names for the images of a deck: what one shows is in its name, so that two never clash."""

    def __init__(self, media: Mapping[str, Callable[[], bytes]]) -> None:
        self._media = media
        self._names: dict[str, str] = {}
        self.found: dict[str, Callable[[], bytes]] = {}
        self.used: dict[str, str] = {}

    def name(self, target: str) -> str | None:
        """The name in the package of an image that a text points to, if there is one."""
        source = next((each for each in (target, unquote(target)) if each in self._media), None)
        if source is None:
            return target if _ELSEWHERE.match(target) else None
        if source not in self._names:
            read = self._media[source]
            file = PurePosixPath(source)
            mark = sha256(read()).hexdigest()[:10]
            name = f"{slug(file.stem)[:_LONGEST_NAME]}-{mark}{file.suffix.lower()}"
            self._names[source] = name
            self.found[name] = read
        self.used[source] = self._names[source]
        return self._names[source]


def _deck_part(title: str) -> str:
    """A title as one part of a deck's name."""
    return one_line(title).replace("::", "∷")
