"""Anki's collection: its decks, note types, notes, cards and review log, of the old schema and the new."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from offhand.formats.anki.database import Database
from offhand.formats.anki.protobuf import fields_of, number, text

_IMAGE_OCCLUSION = 6
_DEFAULT_ROLLOVER = 4
_SETTINGS = ("creationOffset", "rollover")
_STUB = "Please update to the latest Anki version"
_DAYS = 86_400


def _whole(column: str) -> str:
    return f"IFNULL(CAST({column} AS INTEGER), 0)"


def _raw(column: str) -> str:
    return f"IFNULL(CAST({column} AS BLOB), x'')"


# Whatever stands in a column that Anki keeps numbers in, a number comes out.
_NOTES = (
    f"SELECT {_whole('id')}, {_raw('guid')}, {_whole('mid')}, {_raw('tags')}, {_raw('flds')}"
    " FROM notes ORDER BY id"
)
_CARD_COLUMNS = "nid id ord did odid type queue due odue ivl factor lapses flags"
_CARDS = f"SELECT {', '.join(map(_whole, _CARD_COLUMNS.split()))} FROM cards ORDER BY nid, ord, id"
_LOG_COLUMNS = "c.nid c.ord r.cid r.id r.ease r.lastIvl r.factor r.time r.type"
_LOG = (
    f"SELECT {', '.join(map(_whole, _LOG_COLUMNS.split()))}"
    " FROM cards c JOIN revlog r ON r.cid = c.id ORDER BY c.nid, c.ord, c.id, r.id"
)


@dataclass(frozen=True, slots=True)
class Template:
    """A card's two sides, as handlebars in HTML."""

    ord: int
    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """What notes of one kind have, and the cards made from them."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    is_occlusion: bool = False


class CardRow(NamedTuple):
    """A card, in Anki's own numbers."""

    note: int
    id: int
    ord: int
    deck: int
    home_deck: int
    """Of a card that is in a filtered deck, else 0."""
    type: int
    queue: int
    due: int
    home_due: int
    interval: int
    factor: int
    lapses: int
    flags: int


class NoteRow(NamedTuple):
    """A note; the texts are as they stand in the database, which need not be UTF-8."""

    id: int
    guid: bytes
    type: int
    tags: bytes
    fields: bytes


class LogRow(NamedTuple):
    """A line of the review log, with the note and the ord of its card."""

    note: int
    ord: int
    card: int
    at: int
    ease: int
    last_interval: int
    factor: int
    took: int
    kind: int


@dataclass(frozen=True, slots=True)
class Timing:
    """When the collection began: its day 0 as a moment in seconds, the zone it was made in, rollover.

    `minutes_west` is None where the collection does not say it.
    """

    created: int
    minutes_west: int | None
    rollover: int


class Collection:
    """An open collection. Raises OffhandError for one that is not Anki's or damaged."""

    def __init__(self, file: Path, told: Path) -> None:
        self._db = Database(file, told)
        try:
            missing = {"col", "notes", "cards"} - self._db.tables
            if missing:
                raise self._db.damaged("the database in it is not Anki's")
            self._is_new = "notetypes" in self._db.tables
            self.timing = self._timing()
            self.decks = self._decks()
            self.note_types = self._note_types()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._db.close()
            raise self._db.damaged("the collection in it is damaged") from None
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close it."""
        self._db.close()

    @property
    def is_stub(self) -> bool:
        """Whether it is the one that newer packages hold for an Anki that cannot read them."""
        first = list(self._db.rows("SELECT IFNULL(CAST(flds AS BLOB), x'') FROM notes LIMIT 2"))
        return len(first) == 1 and _bytes(first[0][0]).startswith(_STUB.encode())

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return next((_int(row[0]) for row in self._db.rows(f"SELECT count(*) FROM {table}")), 0)

    def notes(self) -> Iterator[tuple[NoteRow, list[CardRow]]]:
        """The notes in the order of their making, each with its cards."""
        cards = self._cards()
        card = next(cards, None)
        for row in self._db.rows(_NOTES):
            note = NoteRow._make(row)
            while card is not None and card.note < note.id:
                card = next(cards, None)
            own = []
            while card is not None and card.note == note.id:
                own.append(card)
                card = next(cards, None)
            yield note, own

    def log(self) -> Iterator[LogRow]:
        """The lines of the log that belong to a card, in the order of the notes, cards and time."""
        return map(LogRow._make, self._db.rows(_LOG)) if "revlog" in self._db.tables else iter(())

    def _cards(self) -> Iterator[CardRow]:
        return map(CardRow._make, self._db.rows(_CARDS))

    def _timing(self) -> Timing:
        created = next((_int(row[0]) for row in self._db.rows("SELECT crt FROM col")), 0)
        if self._is_new:
            rows = self._db.rows("SELECT KEY, CAST(val AS BLOB) FROM config")
            settings = {key: json.loads(_bytes(value)) for key, value in rows if key in _SETTINGS}
        else:
            settings = self._from_col("conf")
        west = settings.get("creationOffset")
        rollover = settings.get("rollover")
        return Timing(
            created,
            west if isinstance(west, int) and abs(west) < _DAYS // 60 else None,
            rollover if isinstance(rollover, int) and 0 <= rollover < 24 else _DEFAULT_ROLLOVER,
        )

    def _decks(self) -> dict[int, tuple[str, ...]]:
        """The decks by their ids, each with its name and those above it, the topmost first."""
        if self._is_new:
            rows = self._db.rows("SELECT id, CAST(name AS BLOB) FROM decks")
            return {_int(id_): tuple(_words(name).split("\x1f")) for id_, name in rows}
        return {int(id_): _path(deck["name"]) for id_, deck in self._from_col("decks").items()}

    def _note_types(self) -> dict[int, NoteType]:
        if not self._is_new:
            return {
                int(id_): _old_type(int(id_), it) for id_, it in self._from_col("models").items()
            }
        fields: dict[int, list[str]] = {}
        for id_, name in self._db.rows(
            "SELECT ntid, CAST(name AS BLOB) FROM fields ORDER BY ntid, ord"
        ):
            fields.setdefault(_int(id_), []).append(_words(name))
        templates: dict[int, list[Template]] = {}
        for id_, ord_, name, config in self._db.rows(
            "SELECT ntid, ord, CAST(name AS BLOB), config FROM templates ORDER BY ntid, ord"
        ):
            sides = fields_of(_bytes(config))
            made = Template(_int(ord_), _words(name), text(sides, 1), text(sides, 2))
            templates.setdefault(_int(id_), []).append(made)
        found = {}
        for row in self._db.rows("SELECT id, CAST(name AS BLOB), config FROM notetypes"):
            id_, config = _int(row[0]), fields_of(_bytes(row[2]))
            found[id_] = NoteType(
                id_,
                _words(row[1]),
                tuple(fields.get(id_, ())),
                tuple(templates.get(id_, ())),
                number(config, 1) == 1,
                number(config, 9) == _IMAGE_OCCLUSION,
            )
        return found

    def _from_col(self, column: str) -> dict[str, Any]:
        """The mapping in a column of the old schema's one row."""
        row = next(self._db.rows(f"SELECT CAST({column} AS BLOB) FROM col"), None)
        found = json.loads(_bytes(row[0])) if row else {}
        if not isinstance(found, dict):
            raise TypeError("no mapping")
        return found


def _old_type(id_: int, found: dict[str, Any]) -> NoteType:
    fields = sorted(found["flds"], key=lambda each: int(each["ord"]))
    templates = sorted(found["tmpls"], key=lambda each: int(each["ord"]))
    return NoteType(
        id_,
        str(found["name"]),
        tuple(str(each["name"]) for each in fields),
        tuple(
            Template(int(each["ord"]), str(each["name"]), str(each["qfmt"]), str(each["afmt"]))
            for each in templates
        ),
        found.get("type") == 1,
        found.get("originalStockKind") == _IMAGE_OCCLUSION,
    )


def _path(name: object) -> tuple[str, ...]:
    return tuple(str(name).split("::"))


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("no number")
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("no text")
    return value


def _words(value: object) -> str:
    return _bytes(value).decode("utf-8")
