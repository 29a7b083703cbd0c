"""The index over the cards' texts: written with the copy of the decks, asked by pieces of words.

The index keeps no texts (SQLite's FTS5, contentless), so a card's text is taken out of it by giving
it once more. It keeps words, and Chinese, Japanese, Korean and Thai signs one by one. Measured on
100 000 cards of 330 letters: 59 MB and 2.9 s to write, where an index of all runs of three letters
(trigram), which finds no two signs, takes 120 MB and 7.2 s; signs in pairs take 105 MB and 12 s, one
by one 38 MB and 1.4 s, and a rare pair is found in 0.4 ms.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from offhand.domain.pieces import is_plain, parts, pieces
from offhand.domain.query import Fact, Stated, Words
from offhand.store.connection import Database
from offhand.store.vocabulary import Vocabulary

if TYPE_CHECKING:
    from sqlalchemy import Connection

_GAP = "\ue000"
_SIGNS = {Fact.TAG: "\ue001", Fact.KIND: "\ue002", Fact.LEVEL: "\ue003"}
_ADDRESS = re.compile(r"(!\[[^\[\]\n]*\])\([^()\n]*\)|(?<=\])\([a-z]+:(?:[^()\s]|\([^()\s]*\))*\)")
"""Where an image lies or a link leads, in Markdown: nobody sees it on the card."""
_COLUMNS = "id, number, kind, prompt, answer, more"
_BATCH = 5_000
_PROMPT = "prompt : "
_ANY_OF = 30
_AT_ONCE = 25_000
_LAST = 2**62


GoOn = Callable[[], None]
"""Called often while a search works; what it raises ends the search."""


def on() -> None:
    """Go on to the end."""


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
            seen = _ADDRESS.sub(r"\1 ", text) if "](" in text else text
            found.append(seen if is_plain(seen) else " ".join(pieces(seen)))
            named += parts(seen)
    return f" {_GAP} ".join([*found, *named, *further])


class Lot(NamedTuple):
    """Cards that belong together: what to ask the index, and whether their prompt has all the words."""

    match: str
    in_prompt: bool = False


def numbers(
    db: Database,
    match: str,
    most: int | None = None,
    among: tuple[int, int] = (0, _LAST),
    go_on: GoOn = on,
) -> list[int]:
    """The numbers of the cards that the index gives, `among` two; the first, of more than `most`.

    `go_on` is called often, and what it raises ends the search.
    """
    # As one text: one row after another takes twice as long, and holds up other threads.
    sql = (
        "SELECT json_group_array(rowid) FROM (SELECT rowid FROM search"
        " WHERE search MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
    )
    found, (first, last) = list[int](), among
    while most is None or len(found) < most:
        go_on()
        limit = _AT_ONCE if most is None else min(most - len(found), _AT_ONCE)
        ((told,),) = db.rows(sql, [match, first, last, limit])
        some = json.loads(told)
        found += some
        if len(some) < limit:
            break
        first = found[-1] + 1
    return found


def matching(db: Database, clauses: Sequence[Words | Stated], go_on: GoOn = on) -> list[int]:
    """The numbers of the cards of which all clauses hold, at least one of them not negated."""
    return numbers(db, _all_of(clauses), go_on=go_on)


def matching_any(
    db: Database,
    clauses: Sequence[Words | Stated],
    most: int | None = None,
    among: tuple[int, int] = (0, _LAST),
    go_on: GoOn = on,
) -> list[int]:
    """The numbers of the cards of which any of the clauses holds, negated or not; else as `numbers`."""
    match = " OR ".join(_phrase(clause) for clause in clauses)
    return numbers(db, match, most, among, go_on)


def lots(clauses: Sequence[Words | Stated]) -> Iterator[Lot]:
    """The same in lots, a card in each that it belongs to.

    First those whose prompt has the words as they stand, then those in whose prompt they may go on,
    then all.
    """
    words = [c for c in clauses if isinstance(c, Words) and not c.negated]
    stated = [_phrase(c) for c in clauses if isinstance(c, Stated) and not c.negated]
    for whole in (True, False) if words else ():
        in_prompt = " AND ".join(_phrase(word, whole) for word in words)
        asked = " AND ".join([f"({_PROMPT}({in_prompt}))", *stated])
        yield Lot(_without(asked, clauses), in_prompt=True)
    yield Lot(_all_of(clauses))


def matching_inside(
    db: Database,
    vocabulary: Vocabulary,
    clauses: Sequence[Words | Stated],
    in_prompt: bool = False,
    go_on: GoOn = on,
) -> list[int]:
    """The numbers of the cards of which all clauses hold when words may stand inside longer ones.

    None where no longer word has any of them. With `in_prompt`, of the cards whose prompt has them all.
    """
    where = _PROMPT if in_prompt else ""
    inside = [c for c in clauses if isinstance(c, Words) and c.stands_inside]
    longer = {word: phrases for word in inside if (phrases := _longer(vocabulary, word))}
    if not longer:
        return []
    found: set[int] | None = None
    if rest := [clause for clause in clauses if clause not in longer and not clause.negated]:
        found = set(numbers(db, _all_of(rest, where), go_on=go_on))
    # The rarest first: where it is nowhere, the others need not be looked for.
    for word in sorted(longer, key=lambda word: len(longer[word])):
        # Of a word alone, the cards that the index finds by it need not be asked for once more.
        asked = [_phrase(word)] if len(longer) > 1 else []
        holding = set[int]()
        for match in [*asked, *_some_of(longer[word])]:
            holding.update(numbers(db, f"{where}({match})", go_on=go_on))
        found = holding if found is None else found & holding
        if not found:
            return []
    if unwanted := [clause for clause in clauses if clause.negated]:
        found = (found or set()).difference(matching_any(db, unwanted, go_on=go_on))
    return sorted(found or ())


def _longer(vocabulary: Vocabulary, clause: Words) -> list[str]:
    """What to ask for the longer words in which a clause stands."""
    first, *others = clause.pieces
    if not others:
        return [f'"{word}"' for word in vocabulary.having(first)]
    return [_quoted([word, *others], goes_on=True) for word in vocabulary.ending(first)]


def _some_of(phrases: Sequence[str]) -> Iterator[str]:
    """Any of some phrases, a few at once: of many, each card that is found is compared with all."""
    for start in range(0, len(phrases), _ANY_OF):
        yield " OR ".join(phrases[start : start + _ANY_OF])


def _all_of(clauses: Sequence[Words | Stated], where: str = "") -> str:
    wanted = [clause for clause in clauses if not clause.negated]
    asked = " AND ".join((where if isinstance(c, Words) else "") + _phrase(c) for c in wanted)
    return _without(asked, clauses)


def _without(asked: str, clauses: Sequence[Words | Stated]) -> str:
    unwanted = " OR ".join(_phrase(clause) for clause in clauses if clause.negated)
    return f"({asked}) NOT ({unwanted})" if unwanted else asked


def _phrase(clause: Words | Stated, whole: bool = False) -> str:
    sign = _SIGNS[clause.fact] if isinstance(clause, Stated) else ""
    goes_on = not (whole or clause.whole)
    return _quoted([sign + piece for piece in clause.pieces], goes_on)


def _quoted(pieces: Sequence[str], goes_on: bool) -> str:
    # Pieces are letters and digits: nothing in them could end the quotes.
    return f'"{" ".join(pieces)}"' + (" *" if goes_on else "")
