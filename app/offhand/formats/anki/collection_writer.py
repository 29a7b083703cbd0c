"""Anki's database as every Anki since 2.0 opens it: the tables of its schema 11, filled row by row."""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha1
from html import unescape
from pathlib import Path
from typing import Any

from offhand.formats.anki.identity import stable_id
from offhand.formats.anki.note_types import NOTE_TYPES

_SCHEMA = """
CREATE TABLE col (
    id integer primary key, crt integer not null, mod integer not null, scm integer not null,
    ver integer not null, dty integer not null, usn integer not null, ls integer not null,
    conf text not null, models text not null, decks text not null, dconf text not null,
    tags text not null
);
CREATE TABLE notes (
    id integer primary key, guid text not null, mid integer not null, mod integer not null,
    usn integer not null, tags text not null, flds text not null, sfld integer not null,
    csum integer not null, flags integer not null, data text not null
);
CREATE TABLE cards (
    id integer primary key, nid integer not null, did integer not null, ord integer not null,
    mod integer not null, usn integer not null, type integer not null, queue integer not null,
    due integer not null, ivl integer not null, factor integer not null, reps integer not null,
    lapses integer not null, left integer not null, odue integer not null, odid integer not null,
    flags integer not null, data text not null
);
CREATE TABLE revlog (
    id integer primary key, cid integer not null, usn integer not null, ease integer not null,
    ivl integer not null, lastIvl integer not null, factor integer not null,
    time integer not null, type integer not null
);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""
_MEDIA_IN_TEXT = re.compile(r'<img[^>]*\bsrc="([^"]*)"[^>]*>')
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_FIELDS_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class Time:
    """How days are counted: from `first`, in the zone of `now`, each beginning at `rollover`."""

    first: date
    now: datetime
    rollover: int

    def day(self, day: date) -> int:
        """A day's number."""
        return (day - self.first).days

    @property
    def created(self) -> datetime:
        """The moment from which days are counted."""
        return datetime.combine(self.first, time(self.rollover), self.now.tzinfo)

    @property
    def minutes_west(self) -> int:
        """The zone, as Anki keeps it."""
        return -int((self.created.utcoffset() or timedelta()).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card's columns; the rest of them are as in any card that was never moved."""

    id: int
    ord: int
    deck: int
    type: int = 0
    queue: int = 0
    due: int = 0
    interval: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    flags: int = 0


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the review log: `at` in ms since 1970, intervals in days, `factor` in thousandths."""

    at: int
    ease: int
    interval: int
    interval_before: int
    factor: int
    took_ms: int
    type: int


class CollectionWriter:
    """Fills a new collection at a path."""

    def __init__(self, path: Path, counted: Time) -> None:
        self._time = counted
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._db.execute("BEGIN")
        self._decks: dict[int, dict[str, Any]] = {}
        self._ids: dict[str, set[int]] = {"note": set(), "card": set(), "log": set()}
        self._newest = 0

    def add_deck(self, name: str, ident: int, about: str = "") -> None:
        """Add a deck; `about` is a plain text shown above its cards."""
        self._decks[ident] = _deck(name, ident, about)

    def add_note(
        self,
        name: str,
        kind: str,
        guid: str,
        fields: Sequence[str],
        tags: Iterable[str],
        changed_s: int,
    ) -> int:
        """Add a note of a name that no other has, and of a note type. Returns its id."""
        ident = self._unused("note", stable_id(f"note {name}"))
        plain = _without_tags(fields[0])
        row = (
            *(ident, guid, NOTE_TYPES[kind].id, changed_s, -1, _tags(tags)),
            *(_FIELDS_APART.join(fields), plain, _checksum(plain), 0, ""),
        )
        self._db.execute(f"INSERT INTO notes VALUES ({_places(11)})", row)
        self._newest = max(self._newest, changed_s)
        return ident

    def add_card(self, note: int, card: CardRow, changed_s: int, log: Iterable[LogRow]) -> None:
        """Add a card of a note with its log."""
        ident = self._unused("card", card.id)
        listed = list(log)
        reviewed = [each.at // 1000 for each in listed if each.ease]
        # Newer versions of Anki keep the last review with the card too.
        data = json.dumps({"lrt": max(reviewed)}) if reviewed else ""
        row = (
            *(ident, note, card.deck, card.ord, changed_s, -1, card.type, card.queue, card.due),
            *(card.interval, card.factor, card.reps, card.lapses, 0, 0, 0, card.flags, data),
        )
        self._db.execute(f"INSERT INTO cards VALUES ({_places(18)})", row)
        rows = [
            (
                *(self._unused("log", each.at), ident, -1, each.ease, each.interval),
                *(each.interval_before, each.factor, each.took_ms, each.type),
            )
            for each in listed
        ]
        self._db.executemany(f"INSERT INTO revlog VALUES ({_places(9)})", rows)

    def finish(self, kinds: Iterable[str], notes: int) -> None:
        """Write what holds for the whole collection, and close it.

        `kinds` are the note types in it, `notes` the last place that a new card has.
        """
        with closing(self._db):
            ids = list(self._decks)
            self._decks[1] = _deck("Default", 1, "")
            models = {str(NOTE_TYPES[kind].id): NOTE_TYPES[kind].as_json(ids[0]) for kind in kinds}
            conf = _CONF | {
                "curDeck": ids[0],
                "activeDecks": ids[:1],
                "nextPos": notes + 1,
                "rollover": self._time.rollover,
                "creationOffset": self._time.minutes_west,
            }
            crt = int(self._time.created.timestamp())
            changed = self._newest * 1000
            texts: tuple[object, ...] = (conf, models, self._decks, {"1": _DECK_OPTIONS}, {})
            self._db.execute(
                f"INSERT INTO col VALUES ({_places(13)})",
                (1, crt, changed, changed, 11, 0, 0, 0, *map(json.dumps, texts)),
            )
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Give up: leave the file as it is."""
        self._db.close()

    def _unused(self, of: str, ident: int) -> int:
        used = self._ids[of]
        while ident in used:
            ident += 1
        used.add(ident)
        return ident


def _places(count: int) -> str:
    return ", ".join("?" * count)


def _tags(tags: Iterable[str]) -> str:
    joined = " ".join(tags)
    return f" {joined} " if joined else ""


def _without_tags(html: str) -> str:
    """A field as Anki compares and sorts it: without HTML, but with the names of its images."""
    if "<" not in html and "&" not in html:
        return html
    return unescape(_TAG.sub("", _MEDIA_IN_TEXT.sub(r" \1 ", html))).strip()


def _checksum(plain: str) -> int:
    return int(sha1(plain.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:8], 16)


def _deck(name: str, ident: int, about: str) -> dict[str, Any]:
    counts: Mapping[str, Any] = {
        each: [0, 0] for each in ("newToday", "revToday", "lrnToday", "timeToday")
    }
    return {
        "id": ident,
        "name": name,
        "desc": about,
        "mod": 0,
        "usn": -1,
        "conf": 1,
        "dyn": 0,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        **counts,
    }


_CONF: dict[str, Any] = {
    "schedVer": 2,
    "sched2021": True,
    "newSpread": 0,
    "collapseTime": 1200,
    "timeLim": 0,
    "estTimes": True,
    "dueCounts": True,
    "curModel": None,
    "sortType": "noteFld",
    "sortBackwards": False,
    "addToCur": True,
    "dayLearnFirst": False,
}
_DECK_OPTIONS: dict[str, Any] = {
    "id": 1,
    "name": "Default",
    "mod": 0,
    "usn": 0,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "dyn": False,
    "new": {
        "bury": True,
        "delays": [1.0, 10.0],
        "initialFactor": 2500,
        "ints": [1, 4, 0],
        "order": 1,
        "perDay": 20,
    },
    "rev": {
        "bury": True,
        "ease4": 1.3,
        "ivlFct": 1.0,
        "maxIvl": 36500,
        "perDay": 200,
        "hardFactor": 1.2,
    },
    "lapse": {
        "delays": [10.0],
        "leechAction": 1,
        "leechFails": 8,
        "minInt": 1,
        "mult": 0.0,
    },
}
