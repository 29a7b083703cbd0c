"""A deck between two formats: what every reader makes of a source, and every writer takes.

A draft is a deck as a person would write it: entries with their ways of asking, not cards. It
carries besides what its source knows of each card's past.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from offhand.domain.card import Level, Place
from offhand.domain.event import Grade
from offhand.formats.fault import Fault


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer given in another program; `scheduled` says whether it moved the schedule there.

    `at` bears its zone. `interval` is what the card had when it was asked, in days, 0 for a new one.
    """

    at: datetime
    grade: Grade
    took_ms: int = 0
    interval: int = 0
    scheduled: bool = True


@dataclass(frozen=True, slots=True)
class PastSchedule:
    """A card's schedule as it stood in another program: days, ease in hundredths, counts."""

    due: date
    interval: int
    ease: int
    repetitions: int
    lapses: int


@dataclass(frozen=True, slots=True)
class Past:
    """What a source knows of one card."""

    answers: tuple[PastAnswer, ...] = ()
    schedule: PastSchedule | None = None
    suspended: bool = False
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question with its answer; `id` is the one given to it."""

    question: str
    answer: str
    points: tuple[str, ...] = ()
    level: Level | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class DraftChoice:
    """A multiple choice; `wrong` are pairs of option and reason, the reason may be empty."""

    question: str
    right: str
    wrong: tuple[tuple[str, str], ...]
    why: str = ""
    level: Level | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class DraftContrast:
    """What a term is confused with, and what tells them apart."""

    other: str
    difference: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """An entry as docs/deck-format.md describes it; what it does not have is empty.

    With a `term` it is a term and may hold all the rest. Without one it is a question (exactly one
    of `questions`), a group of questions, a choice (exactly one of `choices`), or a `cloze`.
    `reverse` is True, False, None (as its deck says), or the reverse card's prompt. `id` is empty
    where it is derived from the text; a source that has stable ids gives one. `place` is where it
    stands in its source. `pasts` are by the last part of a card's key: "term", "reverse",
    "question", "choice", "cloze-1", "question-…".
    """

    place: Place
    id: str = ""
    term: str = ""
    definition: str = ""
    reverse: bool | str | None = None
    questions: tuple[DraftQuestion, ...] = ()
    choices: tuple[DraftChoice, ...] = ()
    cloze: tuple[str, ...] = ()
    contrast: tuple[DraftContrast, ...] = ()
    aliases: tuple[str, ...] = ()
    level: Level | None = None
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    extra: str = ""
    pasts: Mapping[str, Past] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section and its entries; `id` is empty where it is derived from the title."""

    title: str
    entries: tuple[DraftEntry, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A deck as read from a source.

    `origin` names the deck within its source for good ("anki:1612345678901"), empty where it has
    no such name. `media` are by the names that the texts use in Markdown images, `![alt](name)`,
    each with a function that gives its bytes. `taken` says in sentences what was taken for what,
    `left_out` what was not taken and why; `faults` are the cards that cannot be read: by default
    they refuse the whole.
    """

    title: str
    sections: tuple[DraftSection, ...]
    about: str = ""
    id: str = ""
    reverse: bool = False
    origin: str = ""
    media: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    left_out: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def entries(self) -> tuple[DraftEntry, ...]:
        """The entries of all sections."""
        return tuple(entry for section in self.sections for entry in section.entries)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a source may hold before it is refused; sizes in bytes once unpacked."""

    file_size: int = 1_000_000_000
    unpacked_size: int = 2_000_000_000
    ratio: int = 200
    files: int = 200_000
    text_size: int = 5_000_000
    """Of one field of a card."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person may say of a source.

    `columns` names the columns of a table. `history` asks for the pasts. `encoding` is guessed when
    it is empty. `title` takes the place of the source's own.
    """

    columns: tuple[str, ...] = ()
    history: bool = False
    encoding: str = ""
    title: str = ""
    limits: Limits = Limits()
    progress: Callable[[int, int], None] | None = None
    """Called now and then with how much is done of how much; may raise to cancel."""


Reader = Callable[[Path, ReadOptions], list[Draft]]
"""Reads the decks of a source. Raises OffhandError for one that cannot be read at all."""
