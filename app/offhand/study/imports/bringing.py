"""Bringing the pasts of a deck's cards in, and suspending the cards that left their source."""

from collections.abc import Callable
from dataclasses import replace

from offhand.formats.entry_cards import entry_id
from offhand.study.imports.base import Imported
from offhand.study.imports.past import PastWriter
from offhand.study.imports.plan import What
from offhand.study.imports.preview import Work

_TELL_EVERY = 1000


def bring(work: Work, writer: PastWriter, told: Callable[[int], None]) -> dict[str, Imported]:
    """Write what is new of the deck's pasts. Returns what is known of its entries afterwards.

    `told` hears of entries done.
    """
    entries = dict(work.plan.base)
    _suspend_gone(work, writer, entries)
    deleted = {change.id for change in work.plan.changes if change.what is What.DELETED}
    for number, entry in enumerate(work.draft.entries):
        if number % _TELL_EVERY == 0:
            told(number)
        if not entry.pasts or (known := entries[entry_id(entry)]).id in deleted:
            continue
        marks = {
            way: marks
            for way, past in entry.pasts.items()
            if (marks := writer.bring(known.id, way, past, known.marks.get(way, "")))
        }
        if marks != known.marks:
            entries[entry_id(entry)] = replace(known, marks=marks)
    writer.flush()
    return entries


def _suspend_gone(work: Work, writer: PastWriter, entries: dict[str, Imported]) -> None:
    """Suspend the cards of entries that are gone, and resume those of entries that are back."""
    back = [change.id for change in work.plan.changes if change.back]
    gone = [c.id for c in work.plan.changes if c.what is What.GONE and not c.settled]
    if not back and not gone:
        return
    sources = {imported.id: source for source, imported in entries.items()}
    cards = writer.cards_of({*back, *gone})
    for entry in back:
        known = entries[sources[entry]]
        writer.resume(cards[entry], known.gone or ())
        entries[sources[entry]] = replace(known, gone=None)
    for entry in gone:
        known = entries[sources[entry]]
        entries[sources[entry]] = replace(known, gone=writer.suspend(cards[entry]))
    writer.flush()
