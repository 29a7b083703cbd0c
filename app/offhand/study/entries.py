"""The entries that cards stand in, as their files have them now."""

from collections.abc import Iterable
from pathlib import Path

from offhand.errors import NotFound
from offhand.formats.draft import Draft, DraftEntry
from offhand.formats.entry_cards import entry_id
from offhand.formats.yaml.draft import read_draft, read_draft_section
from offhand.store import deck_reading, reading
from offhand.store.reading import Kept
from offhand.study.desk import Desk
from offhand.study.refresh import refresh


def kept_now(desk: Desk, cards: Iterable[str]) -> list[Kept]:
    """Some cards after their files were read anew, if they have changed.

    Raises NotFound for a card that no file holds, Faulty for a deck of theirs with faults.
    """
    cards = list(cards)
    paths = deck_reading.deck_paths(desk.db)
    found = [kept for card in cards if (kept := reading.kept_card(desk.db, card))]
    refresh(desk, must_read={Path(paths[kept.deck]) for kept in found if kept.deck in paths})
    were = {kept.id: kept.card.key for kept in found}
    return [_kept(desk, card, were.get(card)) for card in cards]


def entry_now(desk: Desk, kept: Kept) -> DraftEntry:
    """The entry of a card as its file has it now; of a deck in a folder no other file is read."""
    path, ident = kept.card.place.path, ident_of(kept)
    in_folder = path != Path(deck_reading.deck_paths(desk.db)[kept.deck])
    entries = read_draft_section(path).entries if in_folder else read_draft(path).entries
    for entry in entries:
        if entry_id(entry) == ident:
            return entry
    raise gone_from(kept.deck, ident)


def deck_now(desk: Desk, deck: str) -> Draft:
    """A deck as its files have it now. Raises Faulty for one with faults."""
    return read_draft(Path(deck_reading.deck_paths(desk.db)[deck]))


def ident_of(kept: Kept) -> str:
    """The id of a card's entry within its deck."""
    return kept.card.entry.partition("/")[2]


def gone_from(deck: str, ident: str) -> NotFound:
    """What is told of an entry that is not in its file any more."""
    return NotFound(
        f"{deck} holds no entry {ident!r} any more.", mend="Its file was changed; look again."
    )


def _kept(desk: Desk, card: str, was: str | None) -> Kept:
    kept = reading.kept_card(desk.db, card)
    if kept is not None and not kept.gone:
        return kept
    if was is None:
        raise NotFound(f"No deck file holds {card!r}.")
    raise NotFound(f"No deck file holds {was!r} any more.", mend="What was learned of it is kept.")
