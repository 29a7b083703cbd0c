"""The imports made so far, each with what it left: the same one again need not read anything."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from offhand.domain.text import digest
from offhand.formats.deck_folder import deck_at
from offhand.study.desk import Desk
from offhand.study.imports.plan import What

_FILE = "seen.json"
_KEPT = 100
_LISTED = 5_000
"""A deck with more left to tell is compared anew each time."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in the list of what an import finds."""

    what: What
    id: str
    name: str
    section: str
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Left:
    """A deck as an import left it: `state` is that of its files, `items` are not just unchanged."""

    deck: str
    title: str
    path: str
    state: str
    counts: Mapping[str, int]
    items: tuple[Item, ...]


def state_of(path: Path) -> str:
    """A digest of when a deck's files were written last; empty where there is none."""
    with suppress(OSError):
        return digest("\n".join(str(stamp) for stamp in deck_at(path).files))
    return ""


def recall(desk: Desk, fingerprint: str) -> list[Left] | None:
    """What the same import left, if its decks are still as it left them."""
    found = _load(desk).get(fingerprint)
    with suppress(KeyError, TypeError, ValueError):
        decks = [
            Left(
                each["deck"],
                each["title"],
                each["path"],
                each["state"],
                each["counts"],
                tuple(Item(**{**item, "what": What(item["what"])}) for item in each["items"]),
            )
            for each in found or ()
        ]
        if decks and all(left.state == state_of(Path(left.path)) for left in decks):
            return decks
    return None


def remember(desk: Desk, fingerprint: str, decks: Iterable[Left]) -> None:
    """Note what an import left; without it the next one only takes longer."""
    left = [asdict(each) for each in decks]
    if any(len(each["items"]) > _LISTED for each in left):
        return
    known = _load(desk)
    known.pop(fingerprint, None)
    known[fingerprint] = left
    newest = dict(list(known.items())[-_KEPT:])
    with suppress(OSError):
        desk.paths.imports.mkdir(parents=True, exist_ok=True)
        draft = desk.paths.imports / f".{_FILE}"
        draft.write_text(json.dumps({"device": desk.device, "seen": newest}), "utf-8")
        draft.replace(desk.paths.imports / _FILE)


def forget_all(desk: Desk) -> None:
    """Forget every import: what they left is not there any more."""
    with suppress(OSError):
        (desk.paths.imports / _FILE).unlink()


def _load(desk: Desk) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        kept = json.loads((desk.paths.imports / _FILE).read_bytes())
        # Of another database its log says nothing.
        if isinstance(kept, dict) and kept.get("device") == desk.device:
            return dict(kept["seen"])
    return {}
