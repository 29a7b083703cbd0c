"""What a deck was when it was imported last: the third side of every later comparison.

Kept for each deck as a file of JSON: of each entry short digests of its fields, so that it can be
told whether the learner or the source changed one since.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType

from offhand.domain.text import digest
from offhand.errors import OffhandError
from offhand.formats.draft import DraftEntry
from offhand.paths import Paths

FIELDS = (
    *("term", "definition", "reverse", "questions", "choices", "cloze", "contrast"),
    *("aliases", "level", "tags", "sources", "see", "extra"),
)
UNKNOWN = "?"
"""Stands for a field whose last imported state is not known: it is like no other."""
NO_MARKS: Mapping[str, str] = MappingProxyType({})
_values = attrgetter(*FIELDS)
_LETTERS = dict(zip(FIELDS, "abcdefghijklm", strict=True))
_NAMES = {letter: name for name, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """An entry as it was imported last.

    `id` is its id in the deck file, `section` the title that its source gave its section. `fields`
    are the digests of those that were not empty, packed. `marks` tell of each card that was suspended (`s`) or
    flagged (`f`) in the source. `gone` are the events that suspended its cards when it had left the
    source, None while it is there.
    """

    id: str
    section: str
    fields: str
    marks: Mapping[str, str]
    gone: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """A deck as it was imported last; `entries` are by the ids that the source gives them.

    `media` are the names in the media folder with digests of what was written there, by the names
    in the source; `folder` is that folder's name.
    """

    origin: str = ""
    entries: Mapping[str, Imported] = field(default_factory=dict)
    folder: str = ""
    media: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def digests_of(entry: DraftEntry) -> dict[str, str]:
    """Short digests of the fields that an entry has."""
    return {
        name: blake2s(repr(value).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        for name, value in zip(FIELDS, _values(entry), strict=True)
        if value or value is False  # as in `reverse: false`
    }


def packed(digests: Mapping[str, str]) -> str:
    """Digests as one text: a hundred thousand entries have to fit beside each other."""
    return " ".join([_LETTERS[name] + value for name, value in digests.items()])


def unpacked(text: str) -> dict[str, str]:
    """Digests that were packed."""
    return {_NAMES[each[0]]: each[1:] for each in text.split()}


def base_path(paths: Paths, deck: str) -> Path:
    """Where the base of a deck is kept."""
    return paths.imports / f"{digest(deck)[:16]}.json"


def load_base(paths: Paths, deck: str) -> Base | None:
    """The base of a deck, None where there is none. Raises OffhandError when it cannot be read."""
    path = base_path(paths, deck)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OffhandError(f"{path} cannot be read: {error.strerror or error}.") from None
    try:
        kept = json.loads(raw)
        entries = {
            source: Imported(
                ident, section, fields, marks or NO_MARKS, None if gone is None else tuple(gone)
            )
            for source, (ident, section, fields, marks, gone) in kept["entries"].items()
        }
        media = {name: (safe, held) for name, (safe, held) in kept["media"].items()}
        return Base(kept["origin"], entries, kept["folder"], media)
    except (ValueError, KeyError, TypeError, AttributeError):
        # Half a file, or one of another version: as if nothing had been imported yet.
        return None


def base_text(deck: str, base: Base) -> str:
    """The base of a deck as it is kept."""
    kept = {
        "deck": deck,
        "origin": base.origin,
        "folder": base.folder,
        "media": base.media,
        "entries": {
            source: [
                each.id,
                each.section,
                each.fields,
                dict(each.marks),
                each.gone,
            ]
            for source, each in base.entries.items()
        },
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def deck_of_origin(paths: Paths, origin: str) -> str | None:
    """The deck that was imported from an origin, as the bases know it."""
    start = f'"origin":{json.dumps(origin, ensure_ascii=False)},'
    for path in sorted(paths.imports.glob("*.json")):
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(2000)
        if start in head:
            found, _ = json.JSONDecoder().raw_decode(head, len('{"deck":'))
            return str(found)
    return None
