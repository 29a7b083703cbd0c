"""Taking an import back: files as they were before it, its events undone, nothing deleted."""

import shutil
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from offhand.domain.event import Stamp, Undo, next_event_id
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.desk import Desk, refold
from offhand.study.imports import journal as journals
from offhand.study.imports.files import refuse_full
from offhand.study.imports.journal import Journal
from offhand.study.imports.known_past import IMPORT
from offhand.study.imports.memory import forget_all
from offhand.study.refresh import refresh

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the import, how many events, and where edited files were put aside."""

    journal: Journal
    events: int
    aside: Path | None = None


def last_import(desk: Desk) -> Journal | None:
    """The newest import that can be taken back."""
    return journals.last(desk.paths)


def undo_import(desk: Desk, force: bool = False) -> Undone:
    """Take the newest import back.

    Raises NotFound when there is none, OffhandError when its files were edited since: with `force`
    the edited ones are put aside among the backups first.
    """
    if (journal := last_import(desk)) is None:
        raise NotFound("There is no import to take back.")
    edited = journals.edited_since(journal)
    if edited and not force:
        named = ", ".join(map(str, edited[:_NAMED])) + (", …" if len(edited) > _NAMED else "")
        raise OffhandError(
            "Files of this import were edited since.",
            f"{named}; taking it back would undo these edits too.",
            "`offhand import --undo --force` puts them into the backups first, and takes it back.",
        )
    try:
        aside = _put_aside(desk, journal, edited)
        journals.restore(journal)
    except OSError as error:
        raise refuse_full(error, desk.paths.decks) from None
    refresh(desk)
    events = _take_back(desk, IMPORT + journal.id)
    journals.forget(desk.paths, journal.id)
    forget_all(desk)
    return Undone(journal, events, aside)


def _put_aside(desk: Desk, journal: Journal, edited: list[Path]) -> Path | None:
    there = [path for path in edited if path.exists()]
    if not there:
        return None
    folder = desk.paths.backups / f"before-undo-{journal.id}"
    for path in there:
        # Below the name of its folder, as two sections may bear one name.
        kept = folder / path.parent.name / path.name
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, kept)
    return folder


def _take_back(desk: Desk, device: str) -> int:
    """Undo the events of an import that still stand. Returns how many."""
    from offhand.store import history

    with desk.db.writing() as connection:
        found = reading.events_of_device(desk.db, device)
        newest, now, today = history.newest_event(connection), desk.now, desk.today
        taken_back = []
        for ident, card, stands in found:
            if stands:
                newest = next_event_id(newest, now)
                stamp = Stamp(id=newest, at=now.astimezone(UTC), day=today, device=desk.device)
                taken_back.append(Undo(**stamp, card=card, target=ident))
        history.append_all(connection, taken_back)
    if found:
        refold(desk)
    return len(taken_back)
