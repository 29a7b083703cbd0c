"""The learner's decks: what there is, and editing a card in its file."""

import errno
import os
import shutil
from pathlib import Path

from offhand.domain.card import EVERYTHING, Place, Scope
from offhand.domain.text import fold
from offhand.errors import NotFound, OffhandError
from offhand.store import deck_reading, reading
from offhand.store.deck_reading import DeckCounts
from offhand.study.desk import Desk
from offhand.study.refresh import refresh
from offhand.study.shipped_decks import is_shipped, shipped_decks


def decks(desk: Desk, scope: Scope = EVERYTHING) -> list[DeckCounts]:
    """The decks with their sections."""
    return deck_reading.deck_list(desk.db, scope)


def find_deck(desk: Desk, name: str) -> DeckCounts | None:
    """The deck of an id or a title; None where there is none."""
    known = decks(desk)
    by_title = {fold(deck.title): deck for deck in reversed(known)}
    return {deck.id: deck for deck in known}.get(name) or by_title.get(fold(name))


def section_title(deck: DeckCounts, name: str) -> str:
    """The title of the section of an id or a title; the name itself where there is none.

    Without a name it is the deck's only section. Raises OffhandError when there are several.
    """
    if not name:
        if len(deck.sections) == 1:
            return deck.sections[0].title
        there = ", ".join(section.id for section in deck.sections)
        raise OffhandError(f"{deck.title} has several sections.", mend=f"Name one of {there}.")
    by_title = {fold(section.title): section.title for section in reversed(deck.sections)}
    by_id = {section.id: section.title for section in deck.sections}
    return by_id.get(name) or by_title.get(fold(name)) or name


def place_to_edit(desk: Desk, card: str) -> Place:
    """Where a card may be edited. A shipped deck is copied to the learner's decks first.

    Raises NotFound for a card that no file holds, OffhandError when the copy cannot be made.
    """
    kept = reading.kept_card(desk.db, card)
    if kept is None or kept.gone:
        raise NotFound(f"No deck file holds {card!r}.")
    place = kept.card.place
    if not is_shipped(place.path):
        return place
    source = Path(deck_reading.deck_paths(desk.db)[kept.deck])
    target = deck_to_edit(desk, kept.deck)
    return Place(target / place.path.relative_to(source) if source.is_dir() else target, place.line)


def deck_to_edit(desk: Desk, deck: str) -> Path:
    """The file or folder in which a deck may be edited. A shipped one is copied to the learner's first.

    Raises NotFound for no deck, OffhandError when the copy cannot be made.
    """
    if (found := deck_reading.deck_paths(desk.db).get(deck)) is None:
        raise NotFound(f"There is no deck {deck!r}.")
    source = Path(found)
    if not is_shipped(source):
        return source
    target = desk.paths.decks / source.name
    try:
        desk.paths.decks.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        # Half a copy must not take the deck's place.
        draft = target.with_name(f".{target.name}")
        if source.is_dir():
            # An installed deck may be read-only; the learner's is there to be written.
            draft.mkdir(exist_ok=True)
            for file in source.iterdir():
                shutil.copyfile(file, draft / file.name)
            schema = shipped_decks() / "deck.schema.json"
            if schema.exists():
                shutil.copyfile(schema, desk.paths.decks / schema.name)
        else:
            shutil.copyfile(source, draft)
        draft.rename(target)
    except OSError as error:
        raise OffhandError(
            "The shipped deck could not be copied to your decks.",
            f"{target}: {error.strerror or error}.",
            "Move what is there out of the way, and edit again.",
        ) from None
    refresh(desk)
    return target
