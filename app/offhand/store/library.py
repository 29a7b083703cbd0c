"""Writing the copy of the decks: which cards there are, and in which order they are learned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from offhand.domain.card import CardKind, Section
from offhand.store import search
from offhand.store.card_ids import ids_for
from offhand.store.deck_reading import KnownFile
from offhand.store.rows import row_of_card
from offhand.store.tables import cards, decks, events, files, sections, states

SECTION_SPAN = 1_000_000
"""A card's position is its section's place times this, plus its place there."""
_AT_ONCE = 5_000
_NO_RENAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Rename:
    """A card that was recognised under its new name; `card` is its lasting id."""

    card: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deck's new text did to the cards."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    renamed: tuple[Rename, ...] = ()


def keep_deck(
    connection: Connection, ident: str, title: str, about: str, path: str, position: int
) -> None:
    """Store what is known of a deck as a whole."""
    values = {"title": title, "about": about, "path": path, "position": position, "gone": 0}
    row = upsert(decks).values(id=ident, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))


def keep_files(connection: Connection, known: Iterable[KnownFile]) -> None:
    """Remember the files as read."""
    for file in known:
        values = {name: getattr(file, name) for name in file.__slots__ if name != "path"}
        row = upsert(files).values(path=file.path, **values)
        connection.execute(row.on_conflict_do_update(index_elements=["path"], set_=values))


def forget_files(connection: Connection, paths: Iterable[str]) -> None:
    """Forget files that are there no more, or are to be read anew."""
    for path in paths:
        connection.execute(delete(files).where(files.c.path == path))


def keep_cards(
    connection: Connection,
    deck: str,
    read: Sequence[tuple[int, Section]],
    read_files: Sequence[str] | None,
    renames: Mapping[str, str] = _NO_RENAMES,
) -> Changes:
    """Store the cards of the sections just read, each with its place in the deck.

    `read_files` are the files they come from: cards that these held and hold no more are gone; None
    stands for every file of the deck. A card keeps its id through every edit: it is found by its
    key, or by the new one that `renames` gives for it, or else by its rest among the cards that lost
    theirs.
    """
    for place, section in read:
        keep_section(connection, deck, place, section)
    rows = {row["key"]: row for place, section in read for row in _rows(deck, place, section)}
    before = _cards_before(connection, deck, rows, read_files)
    renamed = _recognised(before, rows, renames)
    by_old_key = {rename.before: rename for rename in renamed}
    by_new_key = {rename.after: rename for rename in renamed}
    present = {row["key"] for row in before.values() if not row["gone"]}
    lost = [
        row
        for key, row in before.items()
        if not row["gone"] and key not in rows and key not in by_old_key
    ]
    added, changed = [], []
    for key, row in rows.items():
        old_key = by_new_key[key].before if key in by_new_key else key
        if (old := before.get(old_key)) is None:
            added.append(row)
        elif any(old[name] != value for name, value in row.items()):
            changed.append((old, row))
    _update_cards(connection, changed)
    _insert_cards(connection, added)
    _lose_cards(connection, lost)
    texts = sum(_text_changed(old, row) for old, row in changed if row["key"] in present)
    return Changes(len(added), texts, len(lost), tuple(renamed))


def keep_section(connection: Connection, deck: str, place: int, section: Section) -> None:
    """Store what is known of a section as a whole."""
    values = {"title": section.title, "position": place}
    named = upsert(sections).values(deck=deck, id=section.id, **values)
    connection.execute(named.on_conflict_do_update(index_elements=["deck", "id"], set_=values))


def next_number(connection: Connection) -> int:
    """The number of the next card that is added; a row of the index has it too."""
    number: int | None = connection.scalar(select(func.max(cards.c.number)))
    if number is None:
        # The cards may have been thrown away to be made again, and the index not.
        search.clear(connection)
        return 1
    return number + 1


def _rows(deck: str, place: int, section: Section) -> list[dict[str, Any]]:
    """The rows of a section's cards, but for what is no business of their file."""
    first = place * SECTION_SPAN
    of_deck = {"deck": deck, "section": section.id, "gone": 0}
    in_order = (card for entry in section.entries for card in entry.cards)
    return [
        row_of_card(card) | of_deck | {"position": position}
        for position, card in enumerate(in_order, first)
    ]


def move_deck(connection: Connection, ident: str, position: int) -> None:
    """Give a deck another place among the decks."""
    connection.execute(update(decks).where(decks.c.id == ident).values(position=position))


def lose_deck(connection: Connection, ident: str) -> int:
    """Put a deck aside whose files are there no more; its history stays. Returns its cards' number."""
    there = select(cards).where(cards.c.deck == ident, cards.c.gone == 0)
    lost = [dict(row) for row in connection.execute(there).mappings()]
    _lose_cards(connection, lost)
    connection.execute(update(decks).where(decks.c.id == ident).values(gone=1))
    return len(lost)


def keep_ranks(connection: Connection, ranks: Iterable[tuple[str, int]]) -> None:
    """Store the order of learning, a rank for each card."""
    rows = ((rank, card) for card, rank in ranks)
    while some := list(islice(rows, _AT_ONCE)):
        connection.exec_driver_sql("UPDATE states SET rank = ? WHERE card = ?", some)


def _cards_before(
    connection: Connection, deck: str, rows: dict[str, Any], read_files: Sequence[str] | None
) -> dict[str, dict[str, Any]]:
    """The cards that the files held so far, and those of the same keys wherever they stood."""
    if read_files is None:
        of_deck = select(cards).where(cards.c.deck == deck)
        return {row["key"]: dict(row) for row in connection.execute(of_deck).mappings()}
    found: dict[str, dict[str, Any]] = {}
    # Not asked for by deck as well: SQLite would then look through all of its cards.
    for column, values in ((cards.c.key, list(rows)), (cards.c.path, read_files)):
        for some in _batches(values):
            there = connection.execute(select(cards).where(column.in_(some))).mappings()
            found |= {row["key"]: dict(row) for row in there if row["deck"] == deck}
    return found


_DESCRIBED_BY_REST = frozenset(CardKind) - {CardKind.CLOZE}


def _recognised(
    before: dict[str, dict[str, Any]], rows: dict[str, dict[str, Any]], renames: Mapping[str, str]
) -> list[Rename]:
    """Which of the new keys are old cards: as the edit said, or those whose rest is the same alone."""
    lost = {key: row for key, row in before.items() if key not in rows and not row["gone"]}
    new = {key: row for key, row in rows.items() if key not in before}
    renamed = [
        Rename(lost.pop(old)["id"], old, new.pop(key)["key"])
        for old, key in renames.items()
        if old in lost and key in new
    ]
    lost_by_rest, new_by_rest = _by_rest(lost), _by_rest(new)
    for rest, news in new_by_rest.items():
        olds = lost_by_rest.get(rest, [])
        if len(olds) == len(news) == 1 and _plausible(olds[0], news[0]):
            renamed.append(Rename(olds[0]["id"], olds[0]["key"], news[0]["key"]))
    return renamed


def _by_rest(rows: dict[str, dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows.values():
        found.setdefault((row["kind"], row["rest"]), []).append(row)
    return found


def _plausible(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """A short rest ("5", "yes") proves little: then the prompts must resemble each other too."""
    rest = new["answer"] if new["kind"] != CardKind.REVERSE else new["prompt"]
    if new["kind"] in _DESCRIBED_BY_REST and len(rest) >= 24:
        return True
    return SequenceMatcher(None, old["prompt"], new["prompt"]).ratio() >= 0.6


def _text_changed(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return any(old[name] != new[name] for name in ("prompt", "answer", "more"))


def _reads_anew(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a card is found by other words than before."""
    return _text_changed(old, new) or bool(old["kind"] != new["kind"])


def _update_cards(
    connection: Connection, changed: Sequence[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    """Give cards, as they were, what their file says now."""
    if changed:
        names = list(changed[0][1])
        statement = update(cards).where(cards.c.id == bindparam("b_id"))
        values: dict[str, Any] = {name: bindparam(f"b_{name}") for name in names}
        rows = [{"b_id": old["id"]} | {f"b_{n}": row[n] for n in names} for old, row in changed]
        connection.execute(statement.values(values), rows)
        anew = [(old, row) for old, row in changed if old["gone"] or _reads_anew(old, row)]
        search.remove(connection, [old for old, _ in anew if not old["gone"]])
        search.add(connection, [row | {"number": old["number"]} for old, row in anew])


def _insert_cards(connection: Connection, added: list[dict[str, Any]]) -> None:
    if not added:
        return
    ids = ids_for(connection, [row["key"] for row in added])
    for number, row in enumerate(added, next_number(connection)):
        row["number"] = number
        row["id"] = ids.of(row["key"])
    names = ", ".join(f'"{name}"' for name in added[0])
    marks = ", ".join("?" * len(added[0]))
    # Many rows as plain tuples: to make statements of them takes SQLAlchemy as long as the rest.
    connection.exec_driver_sql(
        f"INSERT INTO cards ({names}) VALUES ({marks})", [tuple(row.values()) for row in added]
    )
    connection.exec_driver_sql(
        "INSERT INTO states (card, rank) VALUES (?, 0)", [(row["id"],) for row in added]
    )
    search.add(connection, added)


def _lose_cards(connection: Connection, lost: Sequence[dict[str, Any]]) -> None:
    """Cards without a past are deleted; the others wait with it for their return."""
    search.remove(connection, lost)
    ids = [row["id"] for row in lost]
    has_past = exists().where(events.c.card == cards.c.id)
    for some in _batches(ids):
        connection.execute(delete(cards).where(cards.c.id.in_(some), ~has_past))
        connection.execute(update(cards).where(cards.c.id.in_(some)).values(gone=1))


def cards_to_fold(connection: Connection, deck: str) -> Sequence[str]:
    """The cards of a deck that the log knows, but whose state nobody folded yet."""
    has_past = exists().where(events.c.card == states.c.card)
    found = select(states.c.card).join(cards, cards.c.id == states.c.card)
    fresh = found.where(
        cards.c.deck == deck, states.c.reviews == 0, states.c.due.is_(None), has_past
    )
    return connection.scalars(fresh).all()


def _batches(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
