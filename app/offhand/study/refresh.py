"""Keeping the copy of the decks true to their files, reading only what changed."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offhand import __version__
from offhand.domain.text import digest
from offhand.formats.deck_folder import DeckSource, FileStamp, find_decks
from offhand.store import reading
from offhand.study.desk import Desk, note_rest_days
from offhand.study.shipped_decks import shipped_decks

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DECKS, _READER, _ORDER = "decks", "reader", "order"
_NO_RENAMES: Mapping[str, str] = {}


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
    from offhand.store import history
    from offhand.study.deck_pass import DeckPass

    note_rest_days(desk)
    complete = DeckPass(
        desk,
        sources,
        # Another version may make other cards of the same text.
        anew=facts.get(_READER) != __version__,
        reorders=facts.get(_ORDER) != desk.settings.new_sections,
        must_read=must_read,
        renames=renames,
        went_on=went_on,
    ).run()
    with desk.db.writing() as connection:
        history.keep_fact(connection, _DECKS, seen if complete else "")
        history.keep_fact(connection, _READER, __version__)
        history.keep_fact(connection, _ORDER, desk.settings.new_sections)


def look_anew(connection: "Connection") -> None:
    """Let the next refresh compare all files, whatever it saw last: the copy was written elsewhere."""
    from offhand.store import history

    history.keep_fact(connection, _DECKS, "")


def deck_folders(desk: Desk) -> list[Path]:
    """Where decks are looked for: the learner's own folder first, the shipped decks last."""
    beside = desk.paths.settings.parent
    further = [beside / Path(folder).expanduser() for folder in desk.settings.deck_folders]
    return [desk.paths.decks, *further, shipped_decks()]


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
