"""Which deck a source goes to, and what that deck holds now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from offhand.domain.text import digest, is_id, slug
from offhand.errors import OffhandError
from offhand.formats.deck_folder import deck_at
from offhand.formats.draft import Draft
from offhand.formats.entry_cards import entry_id
from offhand.formats.yaml.draft import read_draft
from offhand.store import deck_reading, reading
from offhand.study.desk import Desk
from offhand.study.imports.base import Base, deck_of_origin, load_base
from offhand.study.imports.plan import Own
from offhand.study.shipped_decks import is_shipped

_LONGEST_NAME = 150
"""Bytes of a file's name before its ending: most file systems allow 255 with it."""
_ENDINGS = ("", ".yaml", ".yml", ".media")


@dataclass(frozen=True, slots=True)
class Target:
    """The deck that a source goes to.

    `path` is where it will lie, without an ending while it is not there; `lies_at` where it lies now, None when it is not there yet: a
    shipped deck lies elsewhere, as it is never changed where it is installed. `own` are its
    entries by their ids, `renamed` the ids of those that the learner gave another name. `whole` is
    the only section of a deck without sections, empty for one that has some.
    """

    deck: str
    path: Path
    lies_at: Path | None = None
    draft: Draft | None = None
    own: Mapping[str, Own] = field(default_factory=dict)
    base: Base | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""

    @property
    def media_folder(self) -> str:
        """The name of the folder beside the deck that holds its media."""
        if self.base is not None and self.base.folder:
            return self.base.folder
        name = self.path.name if self.is_new or self.path.is_dir() else self.path.stem
        return f"{name if is_id(name) else slug(name)}.media"

    @property
    def is_new(self) -> bool:
        """Whether there is no such deck yet."""
        return self.lies_at is None


def find_target(desk: Desk, draft: Draft, named: str, taken: Collection[str] = ()) -> Target:
    """The deck for a draft: the one `named`, that of its origin, or that of its id.

    `taken` are the decks that other drafts of the same import go to. Raises OffhandError for a name
    that cannot be an id, and for a deck file with faults.
    """
    paths = deck_reading.deck_paths(desk.db)
    if named:
        if not is_id(named):
            raise OffhandError(
                f"{named!r} cannot be a deck's id.",
                mend="Use letters, digits, `-`, `_` and `.`, up to 100.",
            )
        return _target(desk, named, paths)
    if draft.origin:
        known = deck_of_origin(desk.paths, draft.origin) or _written_origin(paths, draft.origin)
        if known in paths and known not in taken:
            return _target(desk, known, paths)
    ident = wanted = draft.id or slug(draft.title)
    count = 1
    while ident in taken or (ident in paths and not _is_of(desk, ident, paths, draft.origin)):
        count += 1
        ident = f"{wanted[:90]}-{count}"
    return _target(desk, ident, paths)


def _is_of(desk: Desk, deck: str, paths: Mapping[str, str], origin: str) -> bool:
    """Whether a deck there is comes from an origin, or like the draft from nowhere."""
    base = load_base(desk.paths, deck)
    there = base.origin if base is not None else _origin_at(Path(paths[deck]))
    return there == origin


def _written_origin(paths: Mapping[str, str], origin: str) -> str | None:
    """The deck whose file says that it comes from an origin."""
    for deck, path in paths.items():
        if _origin_at(Path(path), origin) == origin:
            return deck
    return None


def _origin_at(path: Path, like: str = "origin:") -> str:
    """The origin that a deck's file names; it is read as YAML only where its text holds `like`."""
    from offhand.formats.yaml.written import read_written_header

    try:
        source = deck_at(path)
        if like.encode() not in source.files[0].path.read_bytes():
            return ""
    except OSError:
        return ""
    return read_written_header(source).header.origin


def _target(desk: Desk, deck: str, paths: Mapping[str, str]) -> Target:
    if deck not in paths:
        return Target(deck, _new_path(desk, deck))
    lies_at = path = Path(paths[deck])
    if is_shipped(path):
        path = desk.paths.decks / path.name
        if path.exists():
            path = _new_path(desk, deck)
    draft = read_draft(lies_at)
    own = {
        entry_id(entry): Own(entry, section.title)
        for section in draft.sections
        for entry in section.entries
    }
    only = draft.sections[0] if len(draft.sections) == 1 else None
    whole = only.title if only and only.title == draft.title and not lies_at.is_dir() else ""
    renamed = reading.renamed_entries(desk.db, deck)
    base = load_base(desk.paths, deck)
    return Target(deck, path, lies_at, draft, own, base, renamed, whole)


def _new_path(desk: Desk, deck: str) -> Path:
    """A place in the learner's decks where nothing is."""
    name = deck.lstrip(".")
    while len(name.encode()) > _LONGEST_NAME:
        name = f"{name[: len(name) // 2]}-{digest(deck)[:8]}"
    try:
        there = {entry.name.casefold() for entry in desk.paths.decks.iterdir()}
    except FileNotFoundError:
        there = set()
    except OSError as error:
        raise OffhandError(
            f"{desk.paths.decks} cannot be read: {error.strerror or error}.",
            mend="Check the rights of the folder.",
        ) from None
    count, found = 1, name
    while any(f"{found}{ending}".casefold() in there for ending in _ENDINGS):
        count += 1
        found = f"{name}-{count}"
    return desk.paths.decks / found
