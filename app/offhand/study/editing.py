"""Changing what decks say: cards added, changed, tagged, moved and deleted in the learner's files.

Every edit leaves the rest of a file as it is, can be undone, and keeps the history of its cards.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from offhand.domain.card import CardKind
from offhand.domain.text import is_id, one_line, slug
from offhand.errors import NotFound, OffhandError
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.draft_changes import Add, Change, Move, Remove, Replace
from offhand.formats.draft_faults import entry_faults
from offhand.formats.entry_cards import Part, card_ways, entry_id, entry_of, part_of
from offhand.formats.yaml.draft import read_draft, read_draft_section
from offhand.formats.yaml.editor import create_deck, edit_deck
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.file_edit import Edit, undo_edit
from offhand.store import deck_reading, reading
from offhand.store.reading import Kept
from offhand.study.desk import Desk
from offhand.study.library import deck_to_edit, find_deck, section_title
from offhand.study.refresh import refresh
from offhand.study.typed_card import TypedCard, changed_entry, new_entry, typed_card


@dataclass(frozen=True, slots=True)
class Done:
    """An edit as it was done: `entries` says of how many, `made` what was new besides, in sentences.

    `cards` are the keys of an added entry's cards.
    """

    edits: tuple[Edit, ...]
    entries: int = 1
    renames: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A card as it stands in its file, to be edited."""

    card: str
    deck: str
    section: str
    typed: TypedCard
    entry: DraftEntry
    part: Part


def open_card(desk: Desk, card: str) -> Opened:
    """A card's texts as its file has them now.

    Raises NotFound for a card that its file does not hold, Faulty for a deck with faults.
    """
    kept = _kept(desk, card)
    entry = _entry(desk, kept)
    part = part_of(entry, kept.card.key.rpartition("/")[2])
    if part is None:
        raise NotFound(f"{kept.card.place.path} does not hold {card!r}.")
    return Opened(card, kept.deck, kept.section_title, typed_card(entry, part), entry, part)


def save_card(desk: Desk, opened: Opened, typed: TypedCard, section: str = "") -> Done | None:
    """Write what was typed of a card; in another section where one is named. None when all is as it was.

    Its history stays, whatever was changed. Raises OffhandError, and writes nothing, for what cannot
    be a card.
    """
    kept = _kept(desk, opened.card)
    ident = _entry_of(kept)
    moves, changes = section not in ("", opened.section), typed != opened.typed
    if not moves and not changes:
        return None
    now = _entry(desk, kept)
    if replace(now, place=opened.entry.place) != opened.entry:
        raise OffhandError(
            "The card has changed in its file meanwhile.",
            mend="Copy what you typed, leave, and open it again.",
        )
    entry: DraftEntry = now
    renames: Mapping[str, str] = {}
    if changes:
        entry, renames = _with_history(desk, kept.deck, now, changed_entry(now, opened.part, typed))
    path = deck_to_edit(desk, kept.deck)
    steps: list[Change] = [Replace(ident, entry)] if changes else []
    steps += [Move(entry_id(entry), section)] if moves else []
    edits = _all_or_none((path, [step]) for step in steps)
    refresh(desk, renames=renames)
    return Done(edits, renames=renames)


def add_card(
    desk: Desk,
    typed: TypedCard,
    deck: str,
    section: str = "",
    ident: str = "",
    reverse: bool = False,
) -> Done:
    """Add a card to a section of a deck, each by its title or id and made where it is missing.

    Without a section it is the deck's only one. `reverse` asks a term both ways. Raises OffhandError,
    and writes nothing, for what cannot be a card, or is there already.
    """
    deck, section = one_line(as_read(deck)), one_line(as_read(section))
    if not deck:
        raise OffhandError(
            "Which deck is it for?", mend="Give its id or title, or that of a new one."
        )
    entry = replace(new_entry(typed), id=ident, reverse=reverse or None)
    if faults := entry_faults(entry):
        raise OffhandError(faults[0].what, mend=faults[0].mend)
    known = find_deck(desk, deck)
    if known is None:
        path = desk.paths.decks / f"{slug(deck)}.yaml"
        draft = Draft(deck, (DraftSection(section or deck, (entry,)),))
        edits: tuple[Edit, ...] = (create_deck(path, draft),)
        name = slug(path.stem)
        made = [f"A new deck, {path}."]
    else:
        title = section_title(known, section)
        is_new = title not in {each.title for each in known.sections}
        made = [f"A new section of {known.title}: {title}."] if is_new else []
        edits = _all_or_none([(deck_to_edit(desk, known.id), [Add(entry, title)])])
        name = known.id
    refresh(desk)
    cards = tuple(f"{name}/{entry_id(entry)}/{way}" for way in card_ways(entry))
    return Done(edits, made=tuple(made), cards=cards)


def tag_cards(
    desk: Desk, cards: Iterable[str], add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Done:
    """Tag the entries of some cards, and take tags off them; those that have them so are left alone."""

    def retagged(ident: str, entry: DraftEntry) -> Change | None:
        kept = [tag for tag in entry.tags if tag not in remove]
        tags = tuple(dict.fromkeys([*kept, *add]))
        return Replace(ident, replace(entry, tags=tags)) if tags != entry.tags else None

    return _change_each(desk, cards, retagged)


def delete_cards(desk: Desk, cards: Iterable[str]) -> Done:
    """Delete the entries of some cards, with all of these's cards; their history is kept.

    Raises OffhandError when a deck would have no card left.
    """
    return _change_each(desk, cards, lambda ident, _: Remove(ident))


def move_cards(desk: Desk, cards: Iterable[str], section: str) -> Done:
    """Move the entries of some cards to the end of another section of their decks."""
    return _change_each(desk, cards, lambda ident, _: Move(ident, section))


def undo_edits(desk: Desk, done: Done) -> None:
    """Put the files back as they were. Raises OffhandError when one has changed since."""
    for edit in reversed(done.edits):
        undo_edit(edit)
    refresh(desk, renames={new: old for old, new in done.renames.items()})


def _change_each(
    desk: Desk, cards: Iterable[str], change: Callable[[str, DraftEntry], Change | None]
) -> Done:
    """Change the entries of some cards, in every deck or in none."""
    wanted: dict[str, dict[str, None]] = {}
    for card in cards:
        kept = _kept(desk, card)
        wanted.setdefault(kept.deck, {})[_entry_of(kept)] = None
    steps: list[tuple[Path, list[Change]]] = []
    for deck, idents in wanted.items():
        entries = _entries(desk, deck)
        if strays := [ident for ident in idents if ident not in entries]:
            raise _stray(strays[0], deck)
        changes = [made for ident in idents if (made := change(ident, entries[ident]))]
        if changes:
            steps.append((deck_to_edit(desk, deck), changes))
    edits = _all_or_none(steps)
    refresh(desk)
    return Done(edits, sum(len(changes) for _, changes in steps))


def _all_or_none(steps: Iterable[tuple[Path, Sequence[Change]]]) -> tuple[Edit, ...]:
    """Edit decks one after another; when one cannot be, the others are put back."""
    edits: list[Edit] = []
    try:
        for path, changes in steps:
            edits.append(edit_deck(path, changes))
    except BaseException:
        for edit in reversed(edits):
            undo_edit(edit)
        raise
    return tuple(edits)


def _with_history(
    desk: Desk, deck: str, old: DraftEntry, new: DraftEntry
) -> tuple[DraftEntry, Mapping[str, str]]:
    """An entry as it is to be written, and the new keys of its cards by their old ones."""
    renames = _renames(deck, old, new)
    if any(reading.is_gone(desk.db, key) for key in renames.values()) and is_id(entry_id(old)):
        # A card of that name was deleted, and its history is another one.
        new = replace(new, id=entry_id(old))
        renames = _renames(deck, old, new)
    return new, renames


def _renames(deck: str, old: DraftEntry, new: DraftEntry) -> dict[str, str]:
    """The keys that cards lose in an edit, and those that take their place, by kind and order."""
    before, after = (entry_of(each, deck, reverse=True).cards for each in (old, new))
    kept = {card.key for card in before} & {card.key for card in after}
    renames: dict[str, str] = {}
    for kind in CardKind:
        lost = [card.key for card in before if card.kind is kind and card.key not in kept]
        found = [card.key for card in after if card.kind is kind and card.key not in kept]
        if len(lost) == len(found):
            renames |= zip(lost, found, strict=True)
    return renames


def _entry(desk: Desk, kept: Kept) -> DraftEntry:
    """The entry of a card as its file has it now; of a deck in a folder no other file is read."""
    path, ident = kept.card.place.path, _entry_of(kept)
    in_folder = path != Path(deck_reading.deck_paths(desk.db)[kept.deck])
    entries = read_draft_section(path).entries if in_folder else read_draft(path).entries
    for entry in entries:
        if entry_id(entry) == ident:
            return entry
    raise _stray(ident, kept.deck)


def _stray(ident: str, deck: str) -> NotFound:
    return NotFound(
        f"{deck} holds no entry {ident!r} any more.", mend="Its file was changed; look again."
    )


def _entries(desk: Desk, deck: str) -> dict[str, DraftEntry]:
    """The entries of a deck's files by their ids, as they are now. Raises Faulty for a deck with faults."""
    draft = read_draft(Path(deck_reading.deck_paths(desk.db)[deck]))
    return {entry_id(entry): entry for entry in draft.entries}


def _kept(desk: Desk, card: str) -> Kept:
    kept = reading.kept_card(desk.db, card)
    if kept is None or kept.gone:
        raise NotFound(f"No deck file holds {card!r}.")
    return kept


def _entry_of(kept: Kept) -> str:
    return kept.card.entry.partition("/")[2]
