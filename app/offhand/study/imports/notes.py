"""What is noted of an import: what its decks are now, and how the same import would find them."""

from dataclasses import replace
from pathlib import Path

from offhand.study.desk import Desk
from offhand.study.imports.base import Base, base_path, base_text
from offhand.study.imports.memory import Left, remember, state_of
from offhand.study.imports.plan import What
from offhand.study.imports.preview import DeckPreview, Preview
from offhand.whole_file import write_whole


def note_import(desk: Desk, planned: Preview) -> None:
    """Note what an import left, so that the same one again need not read anything."""
    if not planned.fingerprint or planned.faults or not all(deck.work for deck in planned.decks):
        return
    remember(desk, planned.fingerprint, [_left(deck, planned) for deck in planned.decks])


def note_bases(desk: Desk, planned: Preview) -> None:
    """Keep what is known of decks that stay as they are: a section may be called otherwise now."""
    for deck in planned.decks:
        if (work := deck.work) is None:
            continue
        before = work.target.base
        base = Base(
            work.draft.origin,
            work.plan.base,
            before.folder if before else "",
            before.media if before else {},
        )
        if base != before:
            write_whole(base_path(desk.paths, deck.deck), base_text(deck.deck, base).encode())


def path_now(deck: DeckPreview) -> Path:
    """Where a deck lies after its import: a new one got an ending, or became a folder."""
    file = deck.path.with_name(f"{deck.path.name}.yaml")
    return file if deck.is_new and not deck.path.is_dir() else deck.path


def _left(deck: DeckPreview, planned: Preview) -> Left:
    """How the same import would find the deck once more."""
    stays = [What.GONE]
    if planned.asked.take is None:
        stays += [What.DELETED, What.CONFLICT]
    items = tuple(replace(item, settled=True) for what in stays for item in deck.items(what))
    counts = {what.value: 0 for what in What}
    for what, count in deck.counts.items():
        counts[(what if what in stays else What.UNCHANGED).value] += count
    path = path_now(deck)
    return Left(deck.deck, deck.title, str(path), state_of(path), counts, items)
