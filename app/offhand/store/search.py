"""The index over the cards' texts: written with the copy of the decks, asked by pieces of words.

The index keeps no texts (SQLite's FTS5, contentless), so a card's text is taken out of it by giving
it once more. It keeps words, and Chinese, Japanese, Korean and Thai signs one by one. Measured on
100 000 cards of 330 letters: 59 MB and 2.9 s to write, where an index of all runs of three letters
(trigram), which finds no two signs, takes 120 MB and 7.2 s; signs in pairs take 105 MB and 12 s, one
by one 38 MB and 1.4 s, and a rare pair is found in 0.4 ms.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from offhand.domain.pieces import is_plain, parts, pieces
from offhand.domain.query import Fact, Stated, Words
from offhand.store.connection import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection

_GAP = "\ue000"
_SIGNS = {Fact.TAG: "\ue001", Fact.KIND: "\ue002", Fact.LEVEL: "\ue003"}
_COLUMNS = "id, number, kind, prompt, answer, more"
_BATCH = 5_000


def add(connection: "Connection", cards: Iterable[Mapping[str, Any]]) -> None:
    """Put cards into the index; they are rows of the table `cards`."""
    _write(connection, "INSERT INTO search (rowid, prompt, rest) VALUES (?, ?, ?)", cards)


def remove(connection: "Connection", cards: Iterable[Mapping[str, Any]]) -> None:
    """Take cards out of the index; they are rows of the table `cards` as they were put in."""
    sql = "INSERT INTO search (search, rowid, prompt, rest) VALUES ('delete', ?, ?, ?)"
    _write(connection, sql, cards)


def _write(connection: "Connection", sql: str, cards: Iterable[Mapping[str, Any]]) -> None:
    rows = ((card["number"], *indexed(card)) for card in cards)
    while some := list(islice(rows, _BATCH)):
        connection.exec_driver_sql(sql, some)


def rebuild(connection: "Connection") -> None:
    """Make the whole index anew from the cards."""
    clear(connection)
    connection.exec_driver_sql("UPDATE cards SET number = NULL")
    connection.exec_driver_sql("UPDATE cards SET number = rowid")
    found = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM cards WHERE NOT gone")
    add(connection, map(dict, found.mappings()))


def clear(connection: "Connection") -> None:
    """Take everything out of the index."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('delete-all')")


def indexed(card: Mapping[str, Any]) -> tuple[str, str]:
    """What the index holds of a card: the pieces of its prompt and names, and those of the rest."""
    stated = _stated(Fact.KIND, card["kind"])
    if not card["more"]:
        return _joined([card["prompt"]]), _joined([card["answer"]], [stated])
    more = _more(card["more"])
    tags = more.get("tags", ())
    rest = [card["answer"], more.get("extra", ""), *more.get("points", ()), *tags]
    rest += [text for option in more.get("options", ()) for text in (option[0], option[2])]
    facts = [_stated(Fact.TAG, tag) for tag in tags] + [stated]
    if "level" in more:
        facts.append(_stated(Fact.LEVEL, more["level"]))
    return _joined([card["prompt"], *more.get("aliases", ())]), _joined(rest, facts)


@lru_cache(maxsize=100)
def _more(text: str) -> Mapping[str, Any]:
    """What a card has besides its texts; mostly its tags, as many others have them."""
    found: Mapping[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=1000)
def _stated(fact: Fact, text: str) -> str:
    return " ".join(_SIGNS[fact] + piece for piece in pieces(text))


def _joined(texts: Sequence[str], further: Sequence[str] = ()) -> str:
    """The pieces of some texts, none of them next to those of another text."""
    found = []
    named: list[str] = []
    for text in texts:
        if text:
            found.append(text if is_plain(text) else " ".join(pieces(text)))
            named += parts(text)
    return f" {_GAP} ".join([*found, *named, *further])


def matching(db: Database, clauses: Sequence[Words | Stated]) -> Iterator[int]:
    """The numbers of the cards of which all clauses hold, at least one of them not negated."""
    asked = " AND ".join(_phrase(clause) for clause in clauses if not clause.negated)
    return _numbers(db, _without(asked, clauses))


def matching_any(db: Database, clauses: Sequence[Words | Stated]) -> Iterator[int]:
    """The numbers of the cards of which any of the clauses holds, negated or not."""
    return _numbers(db, " OR ".join(_phrase(clause) for clause in clauses))


def lots(db: Database, clauses: Sequence[Words | Stated]) -> Iterator[tuple[bool, Iterator[int]]]:
    """The same in lots, a card in each that it belongs to, and whether it has all words in its prompt.

    First those whose prompt has the words as they stand, then those in whose prompt they may go on,
    then all.
    """
    words = [c for c in clauses if isinstance(c, Words) and not c.negated]
    stated = [_phrase(c) for c in clauses if isinstance(c, Stated) and not c.negated]
    for whole in (True, False) if words else ():
        in_prompt = " AND ".join(_phrase(word, whole) for word in words)
        asked = " AND ".join([f"(prompt : ({in_prompt}))", *stated])
        yield True, _numbers(db, _without(asked, clauses))
    yield False, matching(db, clauses)


def _without(asked: str, clauses: Sequence[Words | Stated]) -> str:
    unwanted = " OR ".join(_phrase(clause) for clause in clauses if clause.negated)
    return f"({asked}) NOT ({unwanted})" if unwanted else asked


def _numbers(db: Database, asked: str) -> Iterator[int]:
    found = db.each("SELECT rowid FROM search WHERE search MATCH ?", [asked])
    return (row[0] for row in found)


def _phrase(clause: Words | Stated, whole: bool = False) -> str:
    # Pieces are letters and digits: nothing in them could end the quotes.
    sign = _SIGNS[clause.fact] if isinstance(clause, Stated) else ""
    ends = whole or (isinstance(clause, Words) and clause.whole)
    text = " ".join(sign + piece for piece in clause.pieces)
    return f'"{text}"' if ends else f'"{text}" *'
