"""What is learned: decks, their sections, their entries, and the cards made from an entry."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class CardKind(StrEnum):
    """The way in which a card asks."""

    TERM = "term"
    REVERSE = "reverse"
    QUESTION = "question"
    CHOICE = "choice"
    CLOZE = "cloze"
    CONTRAST = "contrast"


class Level(StrEnum):
    """Whom an interviewer asks this."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a deck file; lines and columns count from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a multiple-choice card; `why` tells why it is right or wrong."""

    text: str
    right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One prompt and its answer, both Markdown that is safe to show.

    `key` is what the deck file makes of the card, `deck/entry/way`; the id under which its history
    is kept is the library's business, as it outlives a rename. `entry` is shared by siblings.
    `rest` is a digest of the card without its name, by which a rename is recognised. `extra` is
    shown below the answer, and is no part of it.
    """

    key: str
    kind: CardKind
    entry: str
    prompt: str
    answer: str
    place: Place
    rest: str = ""
    points: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    level: Level | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term, question or sentence as it is written, with the cards made from it.

    `names` are the texts by which another entry may refer to it; `see` are the names that it
    builds on, each with its place.
    """

    id: str
    place: Place
    names: tuple[str, ...] = ()
    see: tuple[tuple[str, Place], ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a deck that reads in one sitting."""

    id: str
    title: str
    place: Place
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A set of sections that belong together; `path` is its file or folder."""

    id: str
    title: str
    path: Path
    about: str = ""
    sections: tuple[Section, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of all cards: everything, one deck, or one section of it."""

    deck: str | None = None
    section: str | None = None

    def holds(self, deck: str, section: str) -> bool:
        """Whether a section lies in it."""
        return self.deck in (None, deck) and self.section in (None, section)


EVERYTHING = Scope()
