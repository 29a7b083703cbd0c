"""Checking deck files that are being written, before any of them is learned from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Section
from offhand.formats.deck_folder import HEADER, find_decks

if TYPE_CHECKING:
    from offhand.formats.fault import Fault


@dataclass(frozen=True, slots=True)
class Checked:
    """A deck as its files say it is.

    `faults` keep it from being read; `style` is what could be better, empty unless it was asked for.
    """

    path: Path
    id: str
    title: str
    sections: tuple[Section, ...]
    faults: "tuple[Fault, ...]"
    style: "tuple[Fault, ...]" = ()

    @property
    def entries(self) -> int:
        """How many entries were read."""
        return sum(len(section.entries) for section in self.sections)

    @property
    def cards(self) -> int:
        """How many cards were read."""
        return sum(len(entry.cards) for section in self.sections for entry in section.entries)


def check_files(paths: Iterable[Path], style: bool = False) -> list[Checked]:
    """Check the decks at some paths, each deck once.

    A path is a deck's file or folder, one section file of a folder, which stands for its whole
    deck, or a folder of decks. `style` also asks for what could be better in a deck without faults.
    """
    decks = dict.fromkeys(deck for path in paths for deck in _decks_at(path))
    return [_checked(deck, style) for deck in decks]


def _decks_at(path: Path) -> Iterator[Path]:
    if (path.parent / HEADER).is_file() and not path.is_dir():
        yield path.parent
    elif path.is_dir() and not (path / HEADER).exists() and (found := find_decks(path)):
        yield from (source.path for source in found)
    else:
        yield path


def _checked(path: Path, style: bool) -> Checked:
    from offhand.formats.yaml.deck import check_deck

    read = check_deck(path)
    found: tuple[Fault, ...] = ()
    if style and not read.faults:
        from offhand.formats.style.check import check_style

        found = tuple(check_style(read.sections))
    header = read.header
    return Checked(path, header.id, header.title, tuple(read.sections), tuple(read.faults), found)
