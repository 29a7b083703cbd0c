"""The journal of imports: what each one put in place of what, so that it can be put back.

Each import has a folder of its own with `journal.json` and copies of the files that it replaced.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path

from offhand.formats.deck_folder import ENDINGS, HEADER
from offhand.paths import Paths
from offhand.whole_file import on_disk

_KEPT = 20
"""How many imports can be undone, one after another."""
_NOTE = "journal.json"


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that an import wrote: its digest, and the copy of what had stood there, if anything had.

    `ours` marks the import's own notes, which nobody edits.
    """

    path: str
    digest: str
    before: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Journal:
    """One import: its id, when it was, what it read and into which decks, and the files it wrote.

    `folders` are those that it made. `done` tells that it came to its end.
    """

    id: str
    at: str
    sources: tuple[str, ...]
    decks: tuple[str, ...]
    files: tuple[Placed, ...] = ()
    folders: tuple[str, ...] = ()
    done: bool = False


def folder_of(paths: Paths, ident: str) -> Path:
    """Where the journal of an import is kept."""
    return paths.imports / "journal" / ident


def keep(paths: Paths, journal: Journal) -> None:
    """Write a journal whole, and forget the oldest ones. Raises OSError."""
    folder = folder_of(paths, journal.id)
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{_NOTE}"
    draft.write_text(json.dumps(asdict(journal), ensure_ascii=False), "utf-8")
    draft.replace(folder / _NOTE)
    if journal.done:
        for old in _folders(paths)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)


def forget(paths: Paths, ident: str) -> None:
    """Take a journal away with its copies."""
    shutil.rmtree(folder_of(paths, ident), ignore_errors=True)


def last(paths: Paths) -> Journal | None:
    """The journal of the newest import that was not undone, be it one that was killed in its midst."""
    for folder in reversed(_folders(paths)):
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads((folder / _NOTE).read_bytes())
            return Journal(
                kept["id"],
                kept["at"],
                tuple(kept["sources"]),
                tuple(kept["decks"]),
                tuple(Placed(**file) for file in kept["files"]),
                tuple(kept["folders"]),
                kept["done"],
            )
    return None


def newest(paths: Paths) -> str | None:
    """The id of the newest import of which there is a journal."""
    folders = _folders(paths)
    return folders[-1].name if folders else None


def _folders(paths: Paths) -> list[Path]:
    with suppress(OSError):
        return sorted(each for each in (paths.imports / "journal").iterdir() if each.is_dir())
    return []


def digest_of(path: Path) -> str:
    """A digest of a file's content, empty where there is none."""
    found = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    except OSError:
        return ""
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Ready:
    """A file prepared out of sight, and where it belongs."""

    prepared: Path
    target: Path
    ours: bool = False


class Placing:
    """Puts prepared files in their places, and puts everything back when one of them fails."""

    def __init__(self, paths: Paths, journal: Journal) -> None:
        self.paths = paths
        self.journal = journal
        self._next = 0

    def put(self, ready: Sequence[Ready], took_away: Sequence[Path] = ()) -> None:
        """Put files in place, and take others away. Raises OSError; then `put_back` is to be called."""
        before = folder_of(self.paths, self.journal.id) / "before"
        before.mkdir(parents=True, exist_ok=True)
        files = list(self.journal.files)
        for each in ready:
            kept = self._copied(each.target, before)
            files.append(Placed(str(each.target), digest_of(each.prepared), kept, each.ours))
        files += [Placed(str(path), "", self._copied(path, before)) for path in took_away]
        made = [str(path) for path in _missing(each.target.parent for each in ready)]
        self.journal = replace(
            self.journal, files=tuple(files), folders=(*self.journal.folders, *made)
        )
        keep(self.paths, self.journal)
        for each in ready:
            if each.target.suffix in ENDINGS:
                on_disk(each.prepared)
            each.target.parent.mkdir(parents=True, exist_ok=True)
            _moved(each.prepared, each.target)
        for path in took_away:
            path.unlink()

    def put_back(self) -> None:
        """Make everything as it was before, and forget the import."""
        restore(self.journal)
        forget(self.paths, self.journal.id)

    def finish(self) -> None:
        """Note that the import came to its end."""
        self.journal = replace(self.journal, done=True)
        keep(self.paths, self.journal)

    def _copied(self, path: Path, to: Path) -> str:
        if not path.exists():
            return ""
        self._next += 1
        copy = to / f"{self._next:05d}-{path.name[-80:]}"
        shutil.copy2(path, copy)
        return str(copy)


def restore(journal: Journal) -> None:
    """Make the files of an import as they were before it. Raises OSError."""
    for file in reversed(journal.files):
        path = Path(file.path)
        if file.before:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name[-80:]}.restored")
            shutil.copy2(file.before, draft)
            draft.replace(path)
        else:
            path.unlink(missing_ok=True)
    for folder in reversed(journal.folders):
        with suppress(OSError):
            Path(folder).rmdir()


def edited_since(journal: Journal) -> list[Path]:
    """The files of an import that are not any more as it left them, and those put beside them."""
    found = []
    for file in journal.files:
        now = digest_of(Path(file.path))
        as_before = digest_of(Path(file.before)) if file.before else ""
        if not file.ours and now not in (file.digest, as_before):
            found.append(Path(file.path))
    own = {file.path for file in journal.files}
    for folder in journal.folders:
        if str(Path(folder) / HEADER) in own:
            found += [each for each in sorted(Path(folder).glob("*.y*ml")) if str(each) not in own]
    return found


def _missing(folders: Iterable[Path]) -> Iterator[Path]:
    """The folders that have to be made, outer ones first."""
    seen: set[Path] = set()
    for folder in dict.fromkeys(folders):
        for each in reversed((folder, *folder.parents)):
            if each not in seen and not each.exists():
                yield each
            seen.add(each)


def _moved(source: Path, target: Path) -> None:
    """Move a file over another, at once also where the two lie on different disks."""
    try:
        source.replace(target)
    except OSError:
        draft = target.with_name(f".{target.name[-80:]}.new")
        try:
            shutil.copy2(source, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
