"""What an import would do, as lines for people and as a value for scripts."""

from typing import TYPE_CHECKING, Any

from offhand.cli.printing import short
from offhand.study.imports.plan import What
from offhand.study.imports.words import besides, conclusion, deck_head, kinds_told

if TYPE_CHECKING:
    from offhand.formats.fault import Fault
    from offhand.study.imports.importing import Done
    from offhand.study.imports.preview import DeckPreview, Preview

_SHOWN = 5
"""How many of what was left out, or is gone or in conflict, are named without being asked for."""
_NAMED = (What.GONE, What.CONFLICT)


def preview_lines(planned: "Preview", listed: What | None) -> list[str]:
    """The preview; of the kind `listed` every entry is named."""
    lines: list[str] = []
    if planned.formats:
        files = ", ".join(str(path) for path in planned.asked.paths)
        lines += [f"{files}: {', '.join(planned.formats)}.", ""]
    for deck in planned.decks:
        lines += [*_deck_lines(deck, listed), ""]
    if planned.taken:
        lines += [*planned.taken, ""]
    if left_out := planned.left_out:
        lines.append(f"Left out, {len(left_out)} in all:")
        lines += [f"  {fault}" for fault in left_out[:_SHOWN]]
        if more := len(left_out) - _SHOWN:
            lines += [f"  … and {more} more"] if more > 0 else []
        lines.append("")
    if planned.faults and planned.asked.skip_bad:
        lines.append(f"Skipped, as they cannot be read, {len(planned.faults)} in all:")
        lines += [f"  {fault}" for fault in planned.faults]
        lines.append("")
    if not planned.refused and (told := conclusion(planned)):
        lines.append(told)
    return lines


def _deck_lines(deck: "DeckPreview", listed: What | None) -> list[str]:
    lines = [deck_head(deck)]
    lines += [f"  {count:>7}  {words}" for count, words in kinds_told(deck)]
    lines += [f"           {words}" for words in besides(deck)]
    if listed is not None:
        items = list(deck.items(listed))
        lines += [f"  {item.id}  {short(item.name)}  ({short(item.section, 30)})" for item in items]
        return lines
    for what in _NAMED:
        items = list(deck.items(what))
        lines += [f"    {what.value}: {short(item.name)}" for item in items[:_SHOWN]]
        if len(items) > _SHOWN:
            lines.append(f"    and {len(items) - _SHOWN} more: --list {what.value}")
    return lines


def preview_json(planned: "Preview", done: "Done | None") -> dict[str, Any]:
    """The preview, and what came of it."""
    return {
        "imported": bool(done and done.id),
        "id": done.id if done and done.id else None,
        "refused": planned.refused,
        "formats": list(planned.formats),
        "decks": [_deck_json(deck) for deck in planned.decks],
        "taken": list(planned.taken),
        "left_out": [_fault_json(fault) for fault in planned.left_out],
        "faults": [_fault_json(fault) for fault in planned.faults],
    }


def _deck_json(deck: "DeckPreview") -> dict[str, Any]:
    return {
        "deck": deck.deck,
        "title": deck.title,
        "new_deck": deck.is_new,
        "counts": {what.value: deck.counts[what] for what in What},
        **{
            what.value: [
                {"id": item.id, "name": item.name, "section": item.section}
                for item in deck.items(what)
            ]
            for what in What
            if what is not What.UNCHANGED
        },
    }


def _fault_json(fault: "Fault") -> dict[str, Any]:
    place = fault.place
    return {
        "path": str(place.path),
        "line": place.line,
        "column": place.column,
        "what": fault.what,
        "mend": fault.mend,
    }
