"""The decks that come with the program: where they lie, and whether a deck is one of them."""

from pathlib import Path

from offhand.resources import shipped


def shipped_decks() -> Path:
    """The folder of the shipped decks."""
    return shipped("decks")


def is_shipped(path: Path) -> bool:
    """Whether a deck came with the program: it is never changed where it is installed."""
    return path.is_relative_to(shipped_decks())
