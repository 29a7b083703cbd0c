"""Deck files for tests: written as a person writes them, read as Offhand reads them."""

from pathlib import Path
from textwrap import dedent

from offhand.domain.card import Card, Deck
from offhand.formats.fault import Fault
from offhand.formats.yaml.deck import check_deck, read_deck

NAME = "things.yaml"


def write_deck(folder: Path, text: str | bytes, name: str = NAME) -> Path:
    """Write a deck file below a folder; a text may be indented as a whole. Returns its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return path


def read(folder: Path, text: str | bytes) -> Deck:
    """The deck of a file with this text."""
    return read_deck(write_deck(folder, text))


def cards_of(deck: Deck) -> dict[str, Card]:
    """A deck's cards by their keys, in the order of the file."""
    entries = (entry for section in deck.sections for entry in section.entries)
    return {card.key: card for entry in entries for card in entry.cards}


def told(faults: list[Fault], folder: Path) -> list[str]:
    """Faults as they are shown, without the folder's own name."""
    return [str(fault).removeprefix(f"{folder}/") for fault in faults]


def faults_in(folder: Path, text: str | bytes) -> list[str]:
    """The faults of a file with this text, each as `line:column: what mend`."""
    path = write_deck(folder, text)
    return [str(fault).removeprefix(f"{path}:") for fault in check_deck(path).faults]
