"""Gathering decks for an export: their text from their files, their past from the log."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from offhand.domain.card import Scope
from offhand.domain.learning_order import entries_by_name
from offhand.domain.text import fold, slug
from offhand.errors import NotFound
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.draft_media import images_in, leads_out
from offhand.formats.draft_texts import texts_of
from offhand.formats.entry_cards import entry_of
from offhand.formats.takeout import TakenCard, TakenDeck, Takeout
from offhand.formats.yaml.draft import read_draft
from offhand.store import deck_reading, reading
from offhand.store import takeout as stored
from offhand.study.desk import Desk


@dataclass(frozen=True, slots=True)
class Gathered:
    """Decks on their way out, and what could not come along, in sentences."""

    takeout: Takeout
    told: tuple[str, ...]


def gather(desk: Desk, scope: Scope, tag: str = "", with_lost: bool = False) -> Gathered:
    """The decks of a scope; of a tag only the entries that bear it.

    `with_lost` also takes what is left of decks whose files are gone, and the events of no card.
    Raises NotFound when nothing is left, Faulty for a deck that cannot be read.
    """
    found = deck_reading.deck_list(desk.db, scope)
    told: list[str] = []
    is_part = bool(scope.section or tag)
    decks = []
    for each in found:
        if scope.deck not in (None, each.id):
            continue
        draft = read_draft(Path(each.path))
        if is_part:
            draft = _part(draft, each.id, scope.section, tag, told)
        if draft.entries:
            draft = _with_media(draft, Path(each.path), told)
            decks.append(_taken(desk, each.id, draft, with_gone=not is_part))
    if not decks:
        wanted = f"No entry bears the tag {tag!r}." if tag else "There is no deck to export."
        raise NotFound(wanted, mend="`offhand decks` lists what there is.")
    with_lost = with_lost and scope == Scope() and not tag
    if with_lost:
        decks += [
            _taken(desk, ident, Draft(title, (), about), with_gone=True)
            for ident, title, about in stored.lost_decks(desk.db)
        ]
    takeout = Takeout(
        tuple(decks),
        desk.today,
        desk.now,
        desk.settings.rollover,
        desk.scheduler,
        partial(reading.card_events, desk.db),
        tuple(stored.events_of_no_card(desk.db)) if with_lost else (),
    )
    return Gathered(takeout, tuple(told))


def _taken(desk: Desk, deck: str, draft: Draft, *, with_gone: bool) -> TakenDeck:
    cards = stored.cards_of_deck(desk.db, deck)
    there = {card.key: TakenCard(card.id, card.state) for card in cards if not card.gone}
    gone = {card.key: TakenCard(card.id, card.state) for card in cards if card.gone and with_gone}
    return TakenDeck(deck, draft, there, gone)


def _part(draft: Draft, deck: str, section: str | None, tag: str, told: list[str]) -> Draft:
    """The draft with only a section's entries, or only those of a tag."""
    taken = TakenDeck(deck, draft)
    sections = tuple(
        replace(each, entries=tuple(e for e in each.entries if not tag or _bears(e, tag)))
        for each in draft.sections
        if section is None or section in (taken.section_id(each), slug(each.title))
    )
    part = replace(draft, sections=tuple(each for each in sections if each.entries))
    if len(draft.sections) == 1:
        return _seeing_itself(part, deck, told)
    # Where only the section is left that the deck is called after, it would pass for all of it.
    named = tuple(
        replace(each, id=each.id or slug(each.title)) if each.title == draft.title else each
        for each in part.sections
    )
    return _seeing_itself(replace(part, sections=named), deck, told)


def _bears(entry: DraftEntry, tag: str) -> bool:
    return fold(tag) in map(fold, entry.tags)


def _seeing_itself(draft: Draft, deck: str, told: list[str]) -> Draft:
    """The draft without references to entries that it does not hold: no deck file may have such."""
    known = entries_by_name(entry_of(entry, deck) for entry in draft.entries)
    count = 0

    def seeing(entry: DraftEntry) -> DraftEntry:
        nonlocal count
        see = tuple(name for name in entry.see if fold(name) in known)
        count += see != entry.see
        return entry if see == entry.see else replace(entry, see=see)

    sections = tuple(
        DraftSection(each.title, tuple(map(seeing, each.entries)), each.id)
        for each in draft.sections
    )
    if count:
        entries = "1 entry builds" if count == 1 else f"{count} entries build"
        told.append(f"{entries} on others that are not exported; `see` names them no more.")
    return replace(draft, sections=sections)


def _with_media(draft: Draft, path: Path, told: list[str]) -> Draft:
    """The draft with the files that its images show; those that are not there are told of."""
    media, missing = {}, list[str]()
    for folder, name in dict.fromkeys(_images(draft)):
        file = _file(folder, name, path.parent)
        if file is not None:
            media[name] = file.read_bytes
        elif "://" not in name and not name.startswith("data:"):
            missing.append(name)
    if missing:
        shown = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
        images = "1 image is" if len(missing) == 1 else f"{len(missing)} images are"
        told.append(f"{images} not beside the deck and left out: {shown}.")
    return replace(draft, media=media)


def _images(draft: Draft) -> Iterator[tuple[Path, str]]:
    for entry in draft.entries:
        for text in texts_of(entry):
            if "![" in text:
                for name in images_in(text):
                    yield entry.place.path.parent, name


def _file(folder: Path, name: str, root: Path) -> Path | None:
    """The file of an image, if it is one below the deck's folder: no other is given away."""
    for called in (name, unquote(name)):
        if leads_out(called):
            continue
        try:
            file = (folder / called).resolve()
            if file.is_file() and file.is_relative_to(root.resolve()):
                return file
        except (OSError, ValueError):
            continue
    return None
