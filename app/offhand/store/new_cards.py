"""The cards of a deck that is not known so far: SQLite stores some while the next are made ready.

A batch is one statement over a JSON text, in which SQLite works outside of Python's lock, and so
beside Python. With a statement for each row the two would wait for each other at every one.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from operator import itemgetter
from types import TracebackType
from typing import Any

from sqlalchemy import Connection

from offhand.domain.card import Section
from offhand.store.card_ids import ids_in
from offhand.store.library import SECTION_SPAN, keep_section, next_number
from offhand.store.rows import row_of_card
from offhand.store.search import indexed

_LETTERS = 4_000_000
"""Of a batch, about: a text of SQLite's ends at a thousand million bytes."""
_OF_CARD = ("id", "key", "entry", "kind", "prompt", "answer", "more", "rest", "line")
_of_card = itemgetter(*_OF_CARD)
_RANK, _PROMPT, _REST = (f"json_extract(value, '$[{len(_OF_CARD) + at}]')" for at in range(3))
_EACH = ", ".join(f"json_extract(value, '$[{at}]')" for at in range(len(_OF_CARD)))
# Of the first card of the batch: ?2 is its number, ?6 its position.
_CARDS = (
    f"INSERT INTO cards ({', '.join(_OF_CARD)}, number, deck, section, path, position, gone)"
    f" SELECT {_EACH}, ?2 + key, ?3, ?4, ?5, ?6 + key, 0 FROM json_each(?1)"
)
_STATES = f"INSERT INTO states (card, rank) SELECT json_extract(value, '$[0]'), {_RANK} FROM json_each(?1)"
_INDEX = (
    "INSERT INTO search (rowid, prompt, rest)"
    f" SELECT ?2 + key, {_PROMPT}, {_REST} FROM json_each(?1)"
)


class NewCards:
    """Stores the cards of a new deck in a transaction; entered for as long as that takes.

    While it is entered the connection is its own. Afterwards all that was added is stored.
    """

    def __init__(self, connection: Connection, deck: str) -> None:
        self._connection = connection
        self._deck = deck
        self._ids = ids_in(connection, deck)
        self._number = next_number(connection)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._storing: Future[None] | None = None

    def __enter__(self) -> "NewCards":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._worker.shutdown()
        if error is None:
            self._wait()

    def add(self, place: int, section: Section, ranks: Sequence[int]) -> None:
        """Store the cards of the deck's next section, with their ranks in the order of learning."""
        rows = [row_of_card(card) for entry in section.entries for card in entry.cards]
        first = 0
        is_kept = False
        for batch in _batches(rows):
            text = self._text(batch, ranks[first:])
            self._wait()
            if not is_kept:
                keep_section(self._connection, self._deck, place, section)
                is_kept = True
            at = (str(section.place.path), place * SECTION_SPAN + first)
            self._storing = self._worker.submit(self._store, text, self._number, section.id, *at)
            first += len(batch)
            self._number += len(batch)

    def _wait(self) -> None:
        """Wait for what is being stored. Raises what went wrong there."""
        storing, self._storing = self._storing, None
        if storing is not None:
            storing.result()

    def _text(self, batch: Sequence[dict[str, Any]], ranks: Sequence[int]) -> str:
        found = []
        for row, rank in zip(batch, ranks, strict=False):
            row["id"] = self._ids.of(row["key"])
            found.append((*_of_card(row), rank, *indexed(row)))
        return json.dumps(found, ensure_ascii=False)

    def _store(self, text: str, number: int, section: str, path: str, position: int) -> None:
        connection = self._connection.connection.driver_connection
        assert connection is not None
        connection.execute(_CARDS, (text, number, self._deck, section, path, position))
        connection.execute(_STATES, (text,))
        connection.execute(_INDEX, (text, number))


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    letters = 0
    for row in rows:
        batch.append(row)
        letters += len(row["prompt"]) + len(row["answer"]) + len(row["more"])
        if letters > _LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch
