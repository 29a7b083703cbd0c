"""What an import would do and did, in words: the same on screen and in plain lines."""

from collections.abc import Sequence
from datetime import datetime

from offhand.study.imports.importing import DeckDone, Done
from offhand.study.imports.past import Brought
from offhand.study.imports.plan import What
from offhand.study.imports.preview import DeckPreview, Preview
from offhand.study.imports.undo import Undone
from offhand.study.sentences import counted

KINDS = {
    What.NEW: "new",
    What.CHANGED: "changed in the source",
    What.UNCHANGED: "unchanged",
    What.GONE: "gone from the source: kept, and not asked",
    What.CONFLICT: "in conflict: changed in the source and by you",
    What.DELETED: "deleted by you: they stay so",
}
"""What each kind of entry is called, behind its number."""


def deck_head(deck: DeckPreview) -> str:
    """Which deck takes it."""
    if deck.work is None:
        return f"{deck.title}: imported before, and not changed since"
    return f"{deck.title}: a new deck, {deck.deck}" if deck.is_new else f"{deck.title}: {deck.deck}"


def kinds_told(deck: DeckPreview) -> list[tuple[int, str]]:
    """The numbers of entries, each with its words; only what there is."""
    return [(count, KINDS[what]) for what in What if (count := deck.counts[what])]


def besides(deck: DeckPreview) -> list[str]:
    """What an import brings to a deck besides its entries."""
    told = []
    if deck.answers:
        told.append(f"with a past of {counted(deck.answers, 'answer')}")
    if deck.schedules:
        told.append(f"{counted(deck.schedules, 'schedule')} to go on with")
    if deck.marks:
        told.append(f"{counted(deck.marks, 'card')} suspended, resumed or flagged as in the source")
    if deck.media:
        told.append(counted(deck.media, "media file"))
    return told


def conclusion(
    preview: Preview, skip: str = "--skip-bad", settle: str = "--take mine or --take source"
) -> str:
    """What is to be done about a preview, in one sentence.

    `skip` is how bad cards are left out, `settle` how conflicts are settled.
    """
    if preview.refused:
        cards = counted(len(preview.faults), "card cannot", "cards cannot")
        rest = sum(deck.counts[what] for deck in preview.decks for what in What)
        takes = f" {skip} takes the other {rest}." if rest else ""
        return f"{cards} be read: nothing is imported.{takes}"
    if preview.idle and preview.has_conflicts and preview.asked.take is None:
        return f"Nothing else is to be done: {settle} settles what is in conflict."
    if preview.idle:
        return "Nothing is to be done: the decks hold it all."
    return ""


def done_told(done: Done) -> list[str]:
    """What an import did, a line a deck."""
    if not done.id:
        return ["Nothing was to be done: the decks hold it all."]
    return [_deck_told(deck) for deck in done.decks]


def _deck_told(deck: DeckDone) -> str:
    counts = deck.counts
    parts = [
        f"{counts[what]} {word}"
        for what, word in (
            (What.NEW, "new"),
            (What.CHANGED, "changed"),
            (What.UNCHANGED, "unchanged"),
            (What.GONE, "gone"),
            (What.CONFLICT, "in conflict"),
        )
        if counts[what]
    ]
    return f"{deck.title}: {', '.join([*parts, *_brought_told(deck.brought)])}."


def _brought_told(brought: Brought) -> list[str]:
    told = []
    if brought.answers:
        told.append(counted(brought.answers, "past answer"))
    if brought.schedules:
        told.append(f"{counted(brought.schedules, 'schedule')} carried on")
    if brought.suspended:
        told.append(f"{brought.suspended} suspended")
    if brought.resumed:
        told.append(f"{brought.resumed} resumed")
    if brought.future:
        told.append(f"{counted(brought.future, 'answer')} from the future left out")
    if brought.unknown:
        told.append(f"the past of {counted(brought.unknown, 'card')} not known here left out")
    return told


def undone_told(undone: Undone) -> list[str]:
    """What was taken back."""
    journal = undone.journal
    when = datetime.fromisoformat(journal.at).astimezone()
    what = f"the import of {_named(journal.sources)} on {when:%d %b %Y, %H:%M}"
    lines = [f"Taken back: {what} into {_named(journal.decks)}."]
    if undone.events:
        lines.append(f"{counted(undone.events, 'event')} undone; nothing is deleted from the log.")
    if undone.aside:
        lines.append(f"Your edited files are in {undone.aside}.")
    return lines


def _named(names: Sequence[str], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
