"""What a note in a package was made from, kept in the note itself so that it can be restored.

Every note that Offhand writes has a last field `Offhand`, which no template shows. It holds one
JSON object, in ASCII and without `<`, `>`, `&` and `{{`, so that Anki leaves it as it is:

    {"offhand": 1,
     "deck": {"id": "backend", "title": "Backend", "about": "…", "reverse": true, "origin": "…"},
     "section": {"title": "Caching", "id": "caching"},
     "at": [0, 12, 3],               the places of section, entry and part: the order of the deck
     "entry": "ttl",                 the entry's part of its cards' keys
     "part": {…},                    the entry with only this part of it, see draft_json
     "ways": {"0": "term", "1": "reverse"},   what the card of each `ord` is called
     "media": {"a/b.png": "b-1f3c.png"},      names in the texts, and those in the package
     "seen": {"Term": "8c3f…", …}}   a digest of every other field as it was written

To read them: `read_imprint` of each note's last field, `changed` tells which other fields were
edited in Anki, `restoring.edited` puts those and the tags in, `restoring.decks_of` makes the decks
again of all imprints. A note that was deleted in Anki is missing in its entry.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offhand.domain.card import Place
from offhand.domain.text import digest, is_id
from offhand.formats.draft import DraftEntry
from offhand.formats.draft_json import entry_from, entry_json

FIELD = "Offhand"
_VERSION = 1
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class ImprintDeck:
    """The deck that a note comes from; see Draft for what its fields mean."""

    id: str
    title: str
    about: str = ""
    reverse: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a note was made from: see this module's docstring.

    `section_id` is empty where it comes from the section's title. `shared_edited` says that `part`
    has newer texts than the entry's other notes where these are of the whole entry.
    """

    deck: ImprintDeck
    section: str
    section_id: str
    at: tuple[int, int, int]
    entry: str
    part: DraftEntry
    ways: Mapping[int, str]
    media: Mapping[str, str]
    seen: Mapping[str, str]
    shared_edited: bool = False

    def changed(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Those of a note's fields, by name, that were edited since the note was written."""
        return {
            name: html
            for name, html in fields.items()
            if name in self.seen and self.seen[name] != seen_digest(html)
        }


def seen_digest(html: str) -> str:
    """The digest of a field's content, the same after Anki has normalised it."""
    return digest(unicodedata.normalize("NFC", html))[:_DIGITS]


def digests_of(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The digests of a note's fields, by name."""
    return {name: seen_digest(html) for name, html in fields}


def written_imprint(imprint: Imprint) -> str:
    """The content of a note's field `Offhand`."""
    deck = imprint.deck
    value = {
        "offhand": _VERSION,
        "deck": _filled(
            id=deck.id,
            title=deck.title,
            about=deck.about,
            reverse=deck.reverse,
            origin=deck.origin,
        ),
        "section": _filled(title=imprint.section, id=imprint.section_id),
        "at": list(imprint.at),
        "entry": imprint.entry,
        "part": entry_json(imprint.part),
        "ways": {str(ord_): way for ord_, way in imprint.ways.items()},
        "media": dict(imprint.media),
        "seen": dict(imprint.seen),
    }
    text = json.dumps(value, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # Two braces in a row stand in strings only; Anki would look for a cloze there.
    return text.replace("{{", "{\\u007b")


def read_imprint(text: str, source: Path) -> Imprint | None:
    """The imprint in a field, None where it holds none. `source` is the package's file."""
    if not text.startswith('{"offhand":'):
        return None
    try:
        return _read(json.loads(text), Place(source))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _read(found: dict[str, Any], place: Place) -> Imprint | None:
    if found["offhand"] != _VERSION:
        return None
    deck, section = found["deck"], found["section"]
    section_no, entry_no, part_no = map(int, found["at"])
    return Imprint(
        deck=ImprintDeck(
            _id(deck["id"]),
            _text(deck["title"]),
            _text(deck.get("about", "")),
            deck.get("reverse") is True,
            _text(deck.get("origin", "")),
        ),
        section=_text(section["title"]),
        section_id=_id(section.get("id", "")),
        at=(section_no, entry_no, part_no),
        entry=_text(found["entry"]),
        part=entry_from(found["part"], place),
        ways={int(number): _text(way) for number, way in found["ways"].items()},
        media={_text(name): _text(given) for name, given in found["media"].items()},
        seen={_text(name): _text(value) for name, value in found["seen"].items()},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _id(value: object) -> str:
    given = _text(value)
    return given if is_id(given) else ""


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
