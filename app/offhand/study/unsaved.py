"""What was typed into a form and not saved: kept, so that leaving it loses nothing."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from offhand.domain.card import CardKind, Level
from offhand.study.desk import Desk
from offhand.study.typed_card import TypedCard
from offhand.study.typed_lines import options_as_lines, options_of
from offhand.whole_file import write_whole

NEW = "new"
"""The name under which a card that is to be added is kept; others are kept by their ids."""
_TEXTS = ("prompt", "answer", "why", "extra")
_LISTS = ("points", "aliases", "tags", "sources", "see")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a form held when it was left; `was` is what the card was before it was typed over."""

    typed: TypedCard
    deck: str
    section: str
    was: TypedCard | None = None


def keep_unsaved(desk: Desk, name: str, unsaved: Unsaved) -> None:
    """Keep what was typed. Raises OSError when it cannot be written."""
    kept = _all(desk)
    kept[name] = asdict(unsaved)
    _write(desk, kept)


def unsaved_of(desk: Desk, name: str) -> Unsaved | None:
    """What was typed and not saved; None when there is nothing."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        found = _all(desk)[name]
        was = found.get("was")
        return Unsaved(
            _typed(found["typed"]),
            str(found["deck"]),
            str(found["section"]),
            _typed(was) if was else None,
        )
    return None


def _typed(found: dict[str, Any]) -> TypedCard:
    """What was typed of a card; what another version did not keep is empty."""
    texts: dict[str, Any] = {name: str(found.get(name, "")) for name in _TEXTS}
    texts |= {name: tuple(map(str, found.get(name, ()))) for name in _LISTS}
    wrong = found.get("wrong") or ()
    if not isinstance(wrong, str):
        wrong = options_as_lines((str(option), str(why)) for option, why in wrong)
    reverse, level = found.get("reverse"), found.get("level")
    return TypedCard(
        CardKind(found["kind"]),
        **texts,
        wrong=options_of(wrong),
        reverse=reverse if isinstance(reverse, bool | str) else None,
        level=Level(level) if level else None,
    )


def drop_unsaved(desk: Desk, name: str) -> None:
    """Forget what was typed, as it is saved or not wanted any more."""
    kept = _all(desk)
    if kept.pop(name, None) is not None:
        with suppress(OSError):
            _write(desk, kept)


def _all(desk: Desk) -> dict[str, Any]:
    try:
        kept = json.loads(desk.paths.unsaved.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(desk: Desk, kept: dict[str, Any]) -> None:
    if kept:
        write_whole(desk.paths.unsaved, json.dumps(kept, ensure_ascii=True, indent=1).encode())
    else:
        desk.paths.unsaved.unlink(missing_ok=True)
