"""Anki packages that a test builds piece by piece: whole ones, and such as Anki would never write."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import zstandard

CREATED = 1_760_000_400
"""2025-10-09 09:00 in UTC: the day 0 of a collection made here."""

_TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer, mod integer, scm integer, ver integer,
  dty integer, usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer,
  tags text, flds text, sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer,
  usn integer, type integer, queue integer, due integer, ivl integer, factor integer, reps integer,
  lapses integer, left integer, odue integer, odid integer, flags integer, data text);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer,
  lastIvl integer, factor integer, time integer, type integer);
"""
_NEW_TABLES = """
CREATE TABLE config (KEY text PRIMARY KEY, usn integer, mtime_secs integer, val blob);
CREATE TABLE decks (id integer PRIMARY KEY, name text, mtime_secs integer, usn integer,
  common blob, kind blob);
CREATE TABLE notetypes (id integer PRIMARY KEY, name text, mtime_secs integer, usn integer,
  config blob);
CREATE TABLE fields (ntid integer, ord integer, name text, config blob, PRIMARY KEY (ntid, ord));
CREATE TABLE templates (ntid integer, ord integer, name text, mtime_secs integer, usn integer,
  config blob, PRIMARY KEY (ntid, ord));
"""


@dataclass(frozen=True)
class Kind:
    """A note type; `sides` are the front and the back of each of its templates."""

    name: str
    fields: Sequence[str]
    sides: Sequence[tuple[str, str]]
    cloze: bool = False
    stock: int = 0


BASIC = Kind(
    "Basic", ("Front", "Back"), [("{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}")]
)
REVERSED = Kind(
    "Reversed",
    ("Front", "Back"),
    [
        ("{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"),
        ("{{Back}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Front}}"),
    ],
)
CLOZE = Kind(
    "Cloze",
    ("Text", "Back Extra"),
    [("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}")],
    cloze=True,
)


@dataclass(frozen=True)
class Line:
    """A line of the review log; `at` in ms."""

    at: int
    ease: int
    last: int = 0
    factor: int = 2500
    took: int = 1000
    kind: int = 1


@dataclass(frozen=True)
class ACard:
    """A card, in Anki's numbers."""

    ord: int = 0
    type: int = 0
    queue: int = 0
    due: int = 1
    interval: int = 0
    factor: int = 0
    lapses: int = 0
    home_due: int = 0
    home_deck: int = 0
    flags: int = 0
    log: Sequence[Line] = ()


@dataclass(frozen=True)
class ANote:
    """A note; texts may be bytes, so that they can be what no text is."""

    fields: Sequence[str | bytes]
    kind: Kind = BASIC
    deck: str = "Signals"
    guid: str = ""
    tags: str = ""
    cards: Sequence[ACard] = (ACard(),)


@dataclass
class Parts:
    """All of a package; `version` is 1, 2 or 3, `statements` are run on its database at the end."""

    notes: Sequence[ANote] = ()
    version: int = 2
    media: Mapping[str, bytes] = field(default_factory=dict)
    conf: Mapping[str, object] = field(default_factory=lambda: {"creationOffset": 0, "rollover": 4})
    statements: Sequence[str] = ()
    members: Mapping[str, bytes] = field(default_factory=dict)
    """Members that are added to the package, or replace those that it would have."""


def package(path: Path, notes: Sequence[ANote] = (), **parts: object) -> Path:
    """Write a package; see Parts for what else it may have."""
    made = Parts(notes, **parts)  # type: ignore[arg-type]
    members = _members(made) | dict(made.members)
    with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return path


def collection(path: Path, notes: Sequence[ANote] = (), **parts: object) -> Path:
    """Write a collection as it lies in Anki's own folder."""
    path.write_bytes(_database(Parts(notes, **parts)))  # type: ignore[arg-type]
    return path


def _members(parts: Parts) -> dict[str, bytes]:
    database, names = _database(parts), list(parts.media)
    stub = _database(Parts([ANote(["Please update to the latest Anki version, then import.", ""])]))
    media = {str(at): data for at, data in enumerate(parts.media.values())}
    if parts.version < 3:
        name = "collection.anki21" if parts.version == 2 else "collection.anki2"
        found = {"collection.anki2": stub, name: database, **media}
        if parts.version == 2:
            found["meta"] = message((1, 2))
        return found | {"media": json.dumps(dict(enumerate(names))).encode()}
    entries = b"".join(message((1, message((1, name.encode()), (2, 3)))) for name in names)
    return {
        "meta": message((1, 3)),
        "collection.anki2": stub,
        "collection.anki21b": zstandard.compress(database),
        "media": zstandard.compress(entries),
        **{name: zstandard.compress(data) for name, data in media.items()},
    }


def message(*fields: tuple[int, int | bytes]) -> bytes:
    """A protobuf message."""
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts.append(_varint(number << 3) + _varint(value))
        else:
            parts.append(_varint(number << 3 | 2) + _varint(len(value)) + value)
    return b"".join(parts)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _database(parts: Parts) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, "collection")
        db = sqlite3.connect(file)
        db.executescript(_TABLES)
        _fill(db, parts)
        for statement in parts.statements:
            db.executescript(statement)
        db.commit()
        db.close()
        return file.read_bytes()


def _fill(db: sqlite3.Connection, parts: Parts) -> None:
    kinds = {kind.name: (1000 + at, kind) for at, kind in enumerate(_kinds(parts.notes))}
    names = dict.fromkeys(
        "::".join(note.deck.split("::")[: depth + 1])
        for note in parts.notes
        for depth in range(note.deck.count("::") + 1)
    )
    decks = {name: at for at, name in enumerate(names, 1)}
    conf = models = tree = "{}"
    if parts.version == 3:
        _fill_new(db, parts, kinds, decks)
    else:
        conf = json.dumps(dict(parts.conf))
        models = json.dumps({str(id_): _model(id_, kind) for id_, kind in kinds.values()})
        tree = json.dumps({str(id_): {"id": id_, "name": name} for name, id_ in decks.items()})
    db.execute(
        "INSERT INTO col VALUES (1, ?, 0, 0, 11, 0, 0, 0, ?, ?, ?, '{}', '{}')",
        (CREATED, conf, models, tree),
    )
    card_id = 5000
    for note_id, note in enumerate(parts.notes, 100):
        flds = b"\x1f".join(f if isinstance(f, bytes) else f.encode() for f in note.fields)
        db.execute(
            "INSERT INTO notes VALUES (?, ?, ?, 0, 0, ?, CAST(? AS TEXT), 0, 0, 0, '')",
            (note_id, note.guid or f"guid{note_id}", kinds[note.kind.name][0], note.tags, flds),
        )
        for card in note.cards:
            card_id += 1
            _insert_card(db, card_id, note_id, decks[note.deck], card)


def _insert_card(db: sqlite3.Connection, id_: int, note: int, deck: int, card: ACard) -> None:
    db.execute(
        "INSERT INTO cards VALUES (?,?,?,?,0,0,?,?,?,?,?,0,?,0,?,?,?,'')",
        (
            *(id_, note, deck, card.ord, card.type, card.queue, card.due, card.interval),
            *(card.factor, card.lapses, card.home_due, card.home_deck, card.flags),
        ),
    )
    for line in card.log:
        db.execute(
            "INSERT INTO revlog VALUES (?,?,0,?,0,?,?,?,?)",
            (line.at, id_, line.ease, line.last, line.factor, line.took, line.kind),
        )


def _kinds(notes: Sequence[ANote]) -> list[Kind]:
    return list({note.kind.name: note.kind for note in notes}.values())


def _model(id_: int, kind: Kind) -> dict[str, object]:
    return {
        "id": id_,
        "name": kind.name,
        "type": int(kind.cloze),
        "originalStockKind": kind.stock,
        "flds": [{"name": name, "ord": at} for at, name in enumerate(kind.fields)],
        "tmpls": [
            {"name": f"Card {at + 1}", "ord": at, "qfmt": front, "afmt": back}
            for at, (front, back) in enumerate(kind.sides)
        ],
    }


def _fill_new(
    db: sqlite3.Connection,
    parts: Parts,
    kinds: Mapping[str, tuple[int, Kind]],
    decks: Mapping[str, int],
) -> None:
    db.executescript(_NEW_TABLES)
    for key, value in parts.conf.items():
        db.execute("INSERT INTO config VALUES (?, 0, 0, ?)", (key, json.dumps(value).encode()))
    for name, id_ in decks.items():
        row = (id_, name.replace("::", "\x1f"))
        db.execute("INSERT INTO decks VALUES (?, ?, 0, 0, x'', x'')", row)
    for id_, kind in kinds.values():
        config = message((1, int(kind.cloze)), (9, kind.stock))
        db.execute("INSERT INTO notetypes VALUES (?, ?, 0, 0, ?)", (id_, kind.name, config))
        for at, name in enumerate(kind.fields):
            db.execute("INSERT INTO fields VALUES (?, ?, ?, x'')", (id_, at, name))
        for at, (front, back) in enumerate(kind.sides):
            sides = message((1, front.encode()), (2, back.encode()))
            row_ = (id_, at, f"Card {at + 1}", sides)
            db.execute("INSERT INTO templates VALUES (?, ?, ?, 0, 0, ?)", row_)
