"""Importing decks as one step: files, cards and past, all of it or nothing."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.event import next_event_id
from offhand.errors import OffhandError
from offhand.formats.deck_folder import ENDINGS, find_decks
from offhand.formats.fault import Faulty
from offhand.study.desk import Desk, note_rest_days
from offhand.study.imports import journal as journals
from offhand.study.imports.base import Base, base_path, base_text
from offhand.study.imports.bringing import bring
from offhand.study.imports.files import (
    hidden_folder,
    is_folder,
    kept_media,
    refuse_full,
    write_changed,
    write_media,
    write_new,
)
from offhand.study.imports.journal import Journal, Placing, Ready
from offhand.study.imports.large_deck import LargeDeck
from offhand.study.imports.notes import note_bases, note_import, path_now
from offhand.study.imports.past import Brought, PastWriter
from offhand.study.imports.plan import What
from offhand.study.imports.preview import DeckPreview, Preview, Work
from offhand.study.imports.source import Progress, nobody
from offhand.study.refresh import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class DeckDone:
    """What an import did to one deck."""

    deck: str
    title: str
    path: Path
    counts: dict[What, int]
    brought: Brought = field(default_factory=Brought)


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did; `id` is empty when there was nothing to do."""

    id: str
    decks: tuple[DeckDone, ...]


def carry_out(desk: Desk, planned: Preview, progress: Progress = nobody) -> Done:
    """Do what a preview shows, all of it or nothing.

    Raises Faulty where cards cannot be read and are not to be skipped, OffhandError when something
    cannot be written; then everything is as before. `progress` may raise to stop it.
    """
    if planned.refused:
        raise Faulty(planned.faults)
    if planned.idle:
        note_bases(desk, planned)
        note_import(desk, planned)
        return Done("", tuple(_done(deck) for deck in planned.decks))
    newest = journals.newest(desk.paths)
    ident = next_event_id(newest, desk.now)
    try:
        with hidden_folder(desk.paths.decks, ident) as hidden:
            done = _Import(desk, planned, ident, hidden, progress).done()
    except OSError as error:
        raise refuse_full(error, desk.paths.decks) from None
    note_import(desk, planned)
    return done


class _Import:
    def __init__(
        self, desk: Desk, planned: Preview, ident: str, hidden: Path, progress: Progress
    ) -> None:
        self.desk = desk
        self.planned = planned
        self.hidden = hidden
        self.progress = progress
        self.bases: dict[str, Base] = {}
        self.ready: list[Ready] = []
        self.large = {
            deck.deck
            for deck in planned.decks
            if (work := deck.work) and deck.is_new and is_folder(work.target, work.draft)
        }
        self.placing = Placing(
            desk.paths,
            Journal(
                ident,
                desk.now.astimezone(UTC).isoformat(timespec="seconds"),
                tuple(str(path) for path in planned.asked.paths),
                tuple(deck.deck for deck in planned.decks),
            ),
        )

    def done(self) -> Done:
        """Do it."""
        desk = self.desk
        if self.large:
            note_rest_days(desk)
        try:
            # Only a deck that is stored while it is written keeps others from writing meanwhile.
            with desk.db.writing() if self.large else nullcontext() as connection:
                self._write(connection)
            self._store()
            return self._bring()
        except BaseException:
            self.placing.put_back()
            _refresh_quietly(desk)
            raise

    def _write(self, connection: "Connection | None") -> None:
        """Write all files out of sight, and put them in their places together."""
        large: list[LargeDeck] = []
        took_away: list[Path] = []
        for number, deck in enumerate(self.planned.decks):
            if (work := deck.work) is None:
                continue
            hidden = self.hidden / f"{number}"
            hidden.mkdir()
            self.progress(f"Writing {deck.title}", 0, len(work.draft.entries))
            if not work.target.is_new:
                if work.plan.writes:
                    changed, gone = write_changed(work.target, work.plan, work.draft, hidden)
                    self.ready += changed
                    took_away += gone
            elif connection is not None and deck.deck in self.large:
                new = LargeDeck(
                    self.desk, connection, work.target, hidden, self._position(work.target.path)
                )
                new.write(work.draft, self._telling(f"Writing {deck.title}", work))
                self.ready += new.ready
                large.append(new)
            else:
                self.ready.append(write_new(work.draft, work.target, hidden))
            self._write_media(deck, work, hidden)
        self.placing.put(self.ready, took_away)
        for new in large:
            new.finish()

    def _write_media(self, deck: DeckPreview, work: Work, hidden: Path) -> None:
        count = len(work.media.files)
        media, known = write_media(
            work.media,
            work.draft,
            work.target,
            hidden,
            lambda done: self.progress("Writing media", done, count),
        )
        self.bases[deck.deck] = Base(
            work.draft.origin,
            work.plan.base,
            work.target.media_folder if known or work.media.files else "",
            kept_media(work.target.base, known),
        )
        self.ready += media

    def _telling(self, what: str, work: Work) -> Callable[[int], None]:
        return lambda done: self.progress(what, done, len(work.draft.entries))

    def _position(self, path: Path) -> int:
        """The place of a new deck among the decks, which stand in the order of their names."""
        new = (deck.path.name for deck in self.planned.decks if deck.is_new)
        there = (source.path.name for source in find_decks(self.desk.paths.decks))
        return sum(name < path.name for name in {*new, *there})

    def _store(self) -> None:
        """Have Offhand's own reader read the rest of what was written; a fault in it ends the import."""
        files = sum(each.target.suffix == ".yaml" for each in self.ready)
        read = 0

        def went_on() -> None:
            nonlocal read
            read += 1
            self.progress("Storing", min(read, files), files)

        self.progress("Storing", 0, files)
        must_read = [
            parent
            for each in self.ready
            if each.target.suffix in ENDINGS
            for parent in (each.target, each.target.parent)
        ]
        refresh(self.desk, must_read, went_on)

    def _bring(self) -> Done:
        """Write the pasts and what is known of the decks now, as the import's end."""
        desk, ident = self.desk, self.placing.journal.id
        decks = []
        notes: list[Ready] = []
        with desk.db.writing() as connection:
            for deck in self.planned.decks:
                brought = Brought()
                if deck.work is not None:
                    writer = PastWriter(
                        desk, connection, deck.deck, ident, history=self.planned.asked.history
                    )
                    told = self._telling(f"Remembering {deck.title}", deck.work)
                    entries = bring(deck.work, writer, told)
                    base = replace(self.bases[deck.deck], entries=entries)
                    brought = writer.brought
                    file = self.hidden / f"{len(notes)}.base"
                    file.write_text(base_text(deck.deck, base), "utf-8")
                    notes.append(Ready(file, base_path(desk.paths, deck.deck), ours=True))
                decks.append(_done(deck, brought))
            did_something = self.placing.journal.files or any(d.brought.events for d in decks)
            self.placing.put(notes)
            if did_something:
                self.placing.finish()
        if not did_something:
            # All of the past was here already: there is nothing to take back.
            journals.forget(desk.paths, ident)
        return Done(ident if did_something else "", tuple(decks))


def _refresh_quietly(desk: Desk) -> None:
    if not desk.db.is_open:
        return  # An interrupt within SQLAlchemy closes it: the next start reads the decks anew.
    try:
        refresh(desk)
    except OffhandError as error:
        desk.notices.append(str(error))


def _done(deck: DeckPreview, brought: Brought | None = None) -> DeckDone:
    return DeckDone(deck.deck, deck.title, path_now(deck), deck.counts, brought or Brought())
