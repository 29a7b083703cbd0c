"""What is stored of a deck besides its cards: its files, their outlines, the order of learning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.domain.card import Section
from offhand.domain.fold import fold
from offhand.domain.learning_order import learning_order
from offhand.formats.deck_folder import DeckSource
from offhand.store import reading
from offhand.store.deck_reading import KnownFile
from offhand.study.desk import Desk
from offhand.study.outline import outline_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from offhand.formats.yaml.written import Header

_DECK_SPAN = 1_000_000_000
_ENTRY_SPAN = 1_000


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A deck as just read. `sections` are those read anew, with their places; `outline` is all of it.

    `read_files` are None when the whole deck was read.
    """

    source: DeckSource
    header: "Header"
    sections: list[tuple[int, Section]]
    outline: list[Section]
    read_files: list[str] | None


def finish(
    desk: Desk,
    connection: "Connection",
    read: ReadDeck,
    position: int,
    ranked: Sequence[str] | None = None,
) -> None:
    """Store what is to be stored once the cards are; `ranked` is the order that they have already."""
    from offhand.store import history, library

    deck = read.header.id
    library.keep_files(connection, _files(read))
    for card in library.cards_to_fold(connection, deck):
        state = fold(desk.scheduler, reading.card_events(desk.db, card))
        history.keep_state(connection, card, state)
    order = order_of(desk, read.outline)
    if order != ranked:
        keep_ranks(desk, connection, deck, position, order)


def _files(read: ReadDeck) -> Iterator[KnownFile]:
    sections: dict[Path, list[Section]] = {}
    for section in read.outline:
        sections.setdefault(section.place.path, []).append(section)
    for stamp in read.source.files:
        if read.read_files is None or str(stamp.path) in read.read_files:
            yield KnownFile(
                str(stamp.path),
                str(read.source.path),
                read.header.id,
                stamp.size,
                stamp.mtime_ns,
                stamp.ctime_ns,
                outline_text(sections.get(stamp.path, [])),
            )


def order_of(desk: Desk, outline: Sequence[Section]) -> list[str]:
    """The ids of a deck's entries as they are learned."""
    mixed = desk.settings.new_sections == "mixed"
    return learning_order([section.entries for section in outline], mixed)


def rank(deck: int, entry: int, way: int) -> int:
    """The place of a card in the order of learning, from the places of its deck, entry and way."""
    return deck * _DECK_SPAN + entry * _ENTRY_SPAN + way


def keep_ranks(
    desk: Desk, connection: "Connection", deck: str, position: int, order: Sequence[str]
) -> None:
    """Store the order in which a deck's cards are learned."""
    from offhand.store import library

    place = {entry: index for index, entry in enumerate(order)}

    def ranks() -> Iterator[tuple[str, int]]:
        ways: dict[str, int] = {}
        for card, key in reading.cards_in_order(desk.db, deck):
            entry = key[len(deck) + 1 :]
            ways[entry] = way = ways.get(entry, -1) + 1
            yield card, rank(position, place.get(entry, 0), way)

    library.keep_ranks(connection, ranks())
