"""Where decks lie: the files and folders of a decks folder that are decks."""

import os
from dataclasses import dataclass
from pathlib import Path

from offhand.domain.text import slug

HEADER = "deck.yaml"
ENDINGS = (".yaml", ".yml")
"""How the names of deck files end."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file and what changes when it is written: cheap to compare, nothing is read."""

    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class DeckSource:
    """A deck as it lies on disk; `path` is its file or folder, `files` are in reading order."""

    path: Path
    files: tuple[FileStamp, ...]

    @property
    def name(self) -> str:
        """The deck's id where its file gives none."""
        return slug(self.path.name if self.is_folder else self.path.stem)

    @property
    def is_folder(self) -> bool:
        """Whether it has one file a section."""
        return self.files[0].path != self.path


def find_decks(folder: Path) -> list[DeckSource]:
    """The decks directly in a folder, in the order of their names; none when it does not exist."""
    found = []
    for entry in _listed(folder):
        path = folder / entry.name
        if entry.is_dir():
            if (path / HEADER).is_file():
                found.append(deck_at(path))
        elif entry.name.endswith(ENDINGS) and entry.is_file():
            found.append(DeckSource(path, (_stamp(path, entry.stat()),)))
    return found


def deck_at(path: Path) -> DeckSource:
    """The deck at a path, a file or a folder. Raises OSError when nothing is there."""
    if not path.is_dir():
        return DeckSource(path, (_stamp(path, path.stat()),))
    header = path / HEADER
    sections = [
        _stamp(path / entry.name, entry.stat())
        for entry in _listed(path)
        if entry.name.endswith(ENDINGS) and entry.name != HEADER and entry.is_file()
    ]
    return DeckSource(path, (_stamp(header, header.stat()), *sections))


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            shown = [entry for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(shown, key=lambda entry: entry.name)


def _stamp(path: Path, stat: os.stat_result) -> FileStamp:
    return FileStamp(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
