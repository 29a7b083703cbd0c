"""What the database knows of the decks, their sections and their files."""

from dataclasses import dataclass

from offhand.domain.card import EVERYTHING, Scope
from offhand.store.clauses import within
from offhand.store.connection import Database


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A deck file as it was when it was read last; `outline` tells its entries without their cards."""

    path: str
    source: str
    deck: str
    size: int
    mtime_ns: int
    ctime_ns: int
    outline: str = "[]"


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """A section by its id and title."""

    deck: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class DeckTitle:
    """A deck and its sections by their ids and titles."""

    id: str
    title: str
    about: str
    sections: tuple[SectionTitle, ...]


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """A section and what it holds."""

    deck: str
    id: str
    title: str
    entries: int
    cards: int


@dataclass(frozen=True, slots=True)
class DeckCounts:
    """A deck and its sections."""

    id: str
    title: str
    about: str
    path: str
    sections: tuple[SectionCounts, ...]


def known_files(db: Database) -> list[KnownFile]:
    """The deck files as they were when they were read last."""
    columns = "path, source, deck, size, mtime_ns, ctime_ns"
    return [KnownFile(*row) for row in db.rows(f"SELECT {columns} FROM files")]


def outlines(db: Database, source: str) -> dict[str, str]:
    """The outlines of a deck's files, by path."""
    return {
        row[0]: row[1]
        for row in db.rows("SELECT path, outline FROM files WHERE source = ?", [source])
    }


def deck_paths(db: Database) -> dict[str, str]:
    """Where each deck was read from."""
    return {row[0]: row[1] for row in db.rows("SELECT id, path FROM decks WHERE NOT gone")}


def deck_positions(db: Database) -> dict[str, int]:
    """The place of each deck among the decks."""
    return dict(db.rows("SELECT id, position FROM decks WHERE NOT gone"))


def has_cards(db: Database, deck: str) -> bool:
    """Whether there are cards of a deck, be they gone."""
    return db.row("SELECT 1 FROM cards WHERE deck = ? LIMIT 1", [deck]) is not None


def deck_titles(db: Database, scope: Scope = EVERYTHING) -> list[DeckTitle]:
    """The decks with their sections that hold cards, in the order of the files; nothing is counted."""
    clause, values = within(scope)
    sections: dict[str, list[SectionTitle]] = {}
    for deck, ident, title in db.rows(
        "SELECT t.deck, t.id, t.title FROM sections t WHERE EXISTS (SELECT 1 FROM cards c"
        f" WHERE c.deck = t.deck AND c.section = t.id AND NOT c.gone{clause}) ORDER BY t.position",
        values,
    ):
        sections.setdefault(deck, []).append(SectionTitle(deck, ident, title))
    rows = db.rows("SELECT id, title, about FROM decks WHERE NOT gone ORDER BY position")
    return [
        DeckTitle(ident, title, about, tuple(sections[ident]))
        for ident, title, about in rows
        if ident in sections
    ]


def deck_list(db: Database, scope: Scope = EVERYTHING) -> list[DeckCounts]:
    """The decks with their sections and what these hold, in the order of the files."""
    clause, values = within(scope)
    sections: dict[str, list[SectionCounts]] = {}
    for deck, ident, title, entries, cards in db.rows(
        "SELECT c.deck, t.id, t.title, count(DISTINCT c.entry), count(*) FROM cards c"
        " JOIN sections t ON t.deck = c.deck AND t.id = c.section"
        f" WHERE NOT c.gone{clause} GROUP BY c.deck, t.id ORDER BY t.position",
        values,
    ):
        sections.setdefault(deck, []).append(SectionCounts(deck, ident, title, entries, cards))
    rows = db.rows("SELECT id, title, about, path FROM decks WHERE NOT gone ORDER BY position")
    return [
        DeckCounts(ident, title, about, path, tuple(sections[ident]))
        for ident, title, about, path in rows
        if ident in sections
    ]
