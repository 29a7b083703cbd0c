"""What a person asks to import, and what is read of it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from offhand import __version__
from offhand.errors import OffhandError
from offhand.formats.draft import Draft, Limits, ReadOptions
from offhand.formats.draft_fit import fitted
from offhand.formats.recognise import format_named, read, recognised
from offhand.settings import Settings
from offhand.study.imports.plan import Take

Progress = Callable[[str, int, int], None]
"""Told now and then what is being done, how much of it is done, and of how much; may raise to stop."""

_MIB = 1_000_000


def nobody(what: str, done: int, of: int) -> None:
    """The Progress of who does not want to be told."""


class Stopped(Exception):
    """Raised by a Progress to stop the work; everything is as before then."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be imported, and how.

    `format` and `encoding` are found out where they are empty. `deck` is the id of the deck that
    takes it, `title` names it. `history` asks for the past of the cards, `skip_bad` takes the rest
    where some cards cannot be read. `take` settles conflicts.
    """

    paths: tuple[Path, ...]
    format: str = ""
    deck: str = ""
    title: str = ""
    columns: tuple[str, ...] = ()
    encoding: str = ""
    history: bool = False
    skip_bad: bool = False
    take: Take | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source as read: its format's title, and its decks, fit to be written."""

    path: Path
    format: str
    drafts: tuple[Draft, ...]


def limits_of(settings: Settings) -> Limits:
    """How much a source may hold, as the settings say."""
    return Limits(
        file_size=settings.import_megabytes * _MIB,
        unpacked_size=settings.import_megabytes_unpacked * _MIB,
        ratio=settings.import_ratio,
        files=settings.import_files,
    )


def read_sources(asked: Asked, limits: Limits, progress: Progress) -> list[Source]:
    """Read all that is asked for. Raises OffhandError for what cannot be read at all."""
    sources = [_read_source(asked, path, limits, progress) for path in asked.paths]
    drafts = [draft for source in sources for draft in source.drafts]
    if len(drafts) > 1 and (asked.deck or asked.title):
        named = "--deck" if asked.deck else "--title"
        raise OffhandError(
            f"{named} names one deck, and there are {len(drafts)}.",
            ", ".join(draft.title for draft in drafts[:8]) + ("…" if len(drafts) > 8 else "."),
            f"Import one of them at a time, or leave {named} out.",
        )
    return sources


def _read_source(asked: Asked, path: Path, limits: Limits, progress: Progress) -> Source:
    def told(done: int, of: int) -> None:
        progress(f"Reading {path.name}", done, of)

    name = asked.format or recognised(path)
    options = ReadOptions(asked.columns, asked.history, asked.encoding, asked.title, limits, told)
    told(0, 0)
    drafts = [fitted(draft) for draft in read(path, options, name)]
    if asked.title:
        drafts = [replace(draft, title=asked.title) for draft in drafts]
    if not any(draft.sections or draft.faults for draft in drafts):
        raise OffhandError(
            f"No cards were found in {path}.",
            f"It was read as {format_named(name).title}.",
            "`offhand help import-formats` tells what each format looks like; --format names another.",
        )
    return Source(path, format_named(name).title, tuple(drafts))


def fingerprint(asked: Asked) -> str:
    """A digest of everything that an import reads and is told: the same for the same import."""
    found = blake2b(digest_size=16)
    said = replace(asked, paths=())
    found.update(f"{__version__} {said!r}".encode("utf-8", "surrogatepass"))
    for path in asked.paths:
        for file in _files(path):
            found.update(f"\0{os.fspath(file)}\0".encode("utf-8", "surrogatepass"))
            try:
                with file.open("rb") as opened:
                    while block := opened.read(1 << 20):
                        found.update(block)
            except OSError:
                # Told when it is read.
                found.update(b"unreadable")
    return found.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for folder, names, files in os.walk(path):
            names[:] = sorted(name for name in names if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))
    else:
        yield path
