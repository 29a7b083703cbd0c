"""The files of an import: written out of sight first, in a hidden folder beside the decks."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from offhand.domain.text import slug
from offhand.errors import OffhandError
from offhand.formats.deck_folder import deck_at
from offhand.formats.draft import Draft
from offhand.formats.draft_changes import Add, Move, Replace
from offhand.formats.draft_changes import Change as Edit
from offhand.formats.draft_media import Media
from offhand.formats.yaml.editor import edit_deck
from offhand.formats.yaml.writer import deck_text
from offhand.study.imports.base import Base
from offhand.study.imports.journal import Ready, digest_of
from offhand.study.imports.plan import Change, Plan, What, writes
from offhand.study.imports.target import Target

_IN_ONE_FILE = 300
"""Entries up to which a deck is one file; larger ones read better as a folder."""
_HIDDEN = ".importing-"
_DAY_SECONDS = 86_400


@contextmanager
def hidden_folder(decks: Path, ident: str) -> Iterator[Path]:
    """A folder that no one sees, on the disk of the decks; it is gone afterwards, whatever happens."""
    folder = decks / f"{_HIDDEN}{ident}"
    was_there = decks.exists()
    try:
        folder.mkdir(parents=True)
        _clear_leftovers(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not was_there:
            with suppress(OSError):
                decks.rmdir()


def _clear_leftovers(new: Path) -> None:
    """Take away what an import left that was killed in its midst, a day before the folder just made."""
    with suppress(OSError):
        made = new.stat().st_mtime
        for folder in new.parent.glob(f"{_HIDDEN}*"):
            if made - folder.stat().st_mtime > _DAY_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def is_folder(target: Target, draft: Draft) -> bool:
    """Whether the deck has a file for each section, or is to have."""
    if target.lies_at is not None:
        return target.lies_at.is_dir()
    return len(draft.entries) > _IN_ONE_FILE


def write_new(draft: Draft, target: Target, hidden: Path) -> Ready:
    """Write a new deck as one file."""
    file = hidden / f"{target.path.name}.yaml"
    file.write_text(deck_text(replace(draft, id=target.deck)), "utf-8")
    return Ready(file, target.path.with_name(file.name))


def write_changed(
    target: Target, plan: Plan, source: Draft, hidden: Path
) -> tuple[list[Ready], list[Path]]:
    """Write a deck that is there with what changes in it; comments and layout stay.

    Returns the files that became others, and those that are no more.
    """
    assert target.lies_at is not None
    copy = hidden / target.lies_at.name
    files = [stamp.path for stamp in deck_at(target.lies_at).files]
    if target.lies_at.is_dir():
        copy.mkdir()
        for file in files:
            shutil.copyfile(file, copy / file.name)
    else:
        shutil.copyfile(target.lies_at, copy)
    edits, moves = _edits(target, plan, source)
    if edits:
        edit_deck(copy, edits)
    if moves:
        edit_deck(copy, moves)
    if not copy.is_dir():
        return ([Ready(copy, target.path)] if _differs(copy, target.path) else []), []
    now = [stamp.path for stamp in deck_at(copy).files]
    ready = [
        Ready(file, target.path / file.name)
        for file in now
        if _differs(file, target.path / file.name)
    ]
    names = {file.name for file in now}
    gone = [target.path / file.name for file in files if file.name not in names]
    return ready, [file for file in gone if file.exists()]


def _differs(new: Path, old: Path) -> bool:
    return digest_of(new) != digest_of(old)


def _edits(target: Target, plan: Plan, source: Draft) -> tuple[list[Edit], list[Edit]]:
    places = _Places(target, source)
    edits: list[Edit] = []
    moves: list[Edit] = []
    for change in plan.changes:
        if not writes(change):
            continue
        if change.what is What.NEW:
            edits.append(Add(change.entry, places.of(change)))
            continue
        if change.entry != target.own[change.id].entry:
            edits.append(Replace(change.id, change.entry))
        if change.moves and (section := places.of(change)) != target.own[change.id].section:
            moves.append(Move(change.id, section))
    return edits, moves


class _Places:
    """In which section of the deck file a section of the source is continued."""

    def __init__(self, target: Target, source: Draft) -> None:
        self.whole = target.whole
        self.found: dict[str, str] = {}
        known = target.base.entries.values() if target.base else ()
        for each in known:
            # The last one, as a section in parts goes on at its end.
            if each.id in target.own:
                self.found[each.section] = target.own[each.id].section
        if target.draft is not None:
            there = {slug(section.title): section.title for section in target.draft.sections}
            for section in source.sections:
                if slug(section.title) in there:
                    self.found.setdefault(section.title, there[slug(section.title)])

    def of(self, change: Change) -> str:
        return self.whole or self.found.get(change.section, change.section)


def write_media(
    media: Media,
    draft: Draft,
    target: Target,
    hidden: Path,
    told: Callable[[int], None],
) -> tuple[list[Ready], dict[str, tuple[str, str]]]:
    """Write the media that are new or changed. Returns them, and what is known of all of them then.

    They lie beside the files that point to them. One that the learner changed stays as it is.
    """
    if not media.files:
        return [], {}
    before = target.base.media if target.base else {}
    home = target.path if is_folder(target, draft) else target.path.parent
    beside = home / target.media_folder
    folder = hidden / target.media_folder
    folder.mkdir()
    source_name = {safe: name for name, safe in media.names.items()}
    ready, known = [], dict[str, tuple[str, str]]()
    for count, (safe, content) in enumerate(media.files.items(), 1):
        prepared = folder / safe
        prepared.write_bytes(content())
        new, there = digest_of(prepared), digest_of(beside / safe)
        _, imported = before.get(source_name[safe], ("", ""))
        if new != there and there in ("", imported):
            ready.append(Ready(prepared, beside / safe))
        else:
            prepared.unlink()
        known[source_name[safe]] = (safe, new)
        told(count)
    return ready, known


def refuse_full(error: OSError, where: Path) -> OffhandError:
    """What a failure to write means to a person."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OffhandError(
            "The disk is full: nothing was imported.",
            f"{where} could not be written.",
            "Make room.",
        )
    return OffhandError(
        f"The import cannot be written: {error.strerror or error}.",
        f"{error.filename or where}; nothing was imported.",
        "Check the rights of the folder.",
    )


def kept_media(base: Base | None, known: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """What is known of a deck's media after an import, those included that it did not have."""
    return {**(base.media if base else {}), **known}
