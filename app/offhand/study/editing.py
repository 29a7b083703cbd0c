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
from offhand.formats.fault import Faulty
from offhand.formats.yaml.editor import WouldBeFaulty, create_deck, edit_deck
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.file_edit import Edit, undo_edit
from offhand.store import deck_reading, reading
from offhand.store.deck_reading import DeckCounts
from offhand.store.reading import Kept
from offhand.study.desk import Desk
from offhand.study.entries import deck_now, entry_now, gone_from, ident_of, kept_now
from offhand.study.library import deck_to_edit, find_deck, is_shipped, section_title
from offhand.study.refresh import refresh
from offhand.study.typed_card import (
    Field,
    TypedCard,
    Unfit,
    changed_entry,
    has_own_level,
    merged,
    new_entry,
    typed_card,
)

_BOTH_KEPT = "It had changed in its file meanwhile; that is kept too."


@dataclass(frozen=True, slots=True)
class Done:
    """An edit as it was done: `entries` says of how many, `made` what was new besides, in sentences.

    `cards` are the keys of an added entry's cards; `lost` counts those of deleted entries.
    """

    edits: tuple[Edit, ...]
    entries: int = 1
    renames: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A card as it stands in its file, to be edited; `siblings` counts the cards of its entry."""

    card: str
    deck: str
    section: str
    typed: TypedCard
    entry: DraftEntry
    part: Part
    siblings: int = 1

    @property
    def has_own_level(self) -> bool:
        """Whether its level is its own, and not that of its entry."""
        return has_own_level(self.entry, self.part)


class ChangedMeanwhile(OffhandError):
    """A card was changed in its file in the same `fields` as here; `opened` is what it is there now.

    `typed` is what was typed here, with what was changed there alone.
    """

    def __init__(self, opened: Opened, typed: TypedCard, fields: list[Field]) -> None:
        super().__init__(
            "The card has changed in its file meanwhile, where you changed it too.",
            mend="Save again to put yours in its place.",
        )
        self.opened = opened
        self.typed = typed
        self.fields = fields


def open_card(desk: Desk, card: str) -> Opened:
    """A card's texts as its file has them now.

    Raises NotFound for a card that its file does not hold, Faulty for a deck with faults.
    """
    (kept,) = kept_now(desk, [card])
    return _opened(desk, card, kept)


def _opened(desk: Desk, card: str, kept: Kept) -> Opened:
    entry = entry_now(desk, kept)
    part = part_of(entry, kept.card.key.rpartition("/")[2])
    if part is None:
        raise NotFound(f"{kept.card.place.path} does not hold {card!r}.")
    siblings = reading.cards_of_entry(desk.db, kept.card.entry)
    typed = typed_card(entry, part)
    return Opened(card, kept.deck, kept.section_title, typed, entry, part, siblings)


def save_card(desk: Desk, opened: Opened, typed: TypedCard, section: str = "") -> Done | None:
    """Write what was typed of a card; in another section where one is named. None when all is as it was.

    Its history stays, whatever was changed; so does what another program changed in it meanwhile.
    Raises ChangedMeanwhile where both changed the same, Unfit or another OffhandError for what cannot
    be a card; nothing is written then.
    """
    section = one_line(as_read(section))
    moves, changes = section not in ("", opened.section), typed != opened.typed
    if not moves and not changes:
        return None
    (kept,) = kept_now(desk, [opened.card])
    now = _opened(desk, opened.card, kept)
    both, torn = merged(typed, opened.typed, now.typed)
    if torn:
        raise ChangedMeanwhile(now, both, torn)
    entry, renames = now.entry, dict[str, str]()
    if changes := both != now.typed:
        new = changed_entry(now.entry, now.part, both)
        entry, renames = _with_history(desk, kept.deck, now.entry, new)
    made = _made(desk, kept.deck, section) if moves else []
    path, copied = _path_to_edit(desk, kept.deck)
    steps: list[Change] = [Replace(ident_of(kept), entry)] if changes else []
    steps += [Move(entry_id(entry), section)] if moves else []
    with_told = [*copied, *made, *([_BOTH_KEPT] if now.typed != opened.typed else [])]
    edits = _all_or_none((path, [step]) for step in steps)
    refresh(desk, renames=renames)
    return Done(edits, renames=renames, made=tuple(with_told))


def add_card(desk: Desk, typed: TypedCard, deck: str, section: str = "", ident: str = "") -> Done:
    """Add a card to a section of a deck, each by its title or id and made where it is missing.

    Without a section it is the deck's only one. Raises Unfit or another OffhandError, and writes
    nothing, for what cannot be a card, or is there already.
    """
    deck, section = one_line(as_read(deck)), one_line(as_read(section))
    if not deck:
        raise Unfit(Field.DECK, "Which deck is it for? Give its title, or that of a new one.")
    entry = replace(new_entry(typed), id=ident)
    if faults := entry_faults(entry):
        raise OffhandError(faults[0].what, mend=faults[0].mend)
    refresh(desk)
    known = find_deck(desk, deck)
    if known is None:
        path = desk.paths.decks / f"{slug(deck)}.yaml"
        draft = Draft(deck, (DraftSection(section or deck, (entry,)),))
        edits: tuple[Edit, ...] = (create_deck(path, draft),)
        name = slug(path.stem)
        made = [f"A new deck, {path}."]
    else:
        if not section and len(known.sections) != 1:
            there = ", ".join(each.id for each in known.sections)
            why = f"{known.title} has several sections: name one of {there}."
            raise Unfit(Field.SECTION, why)
        title = section_title(known, section)
        made = _made(desk, known.id, title)
        path, copied = _path_to_edit(desk, known.id)
        edits = _all_or_none([(path, [Add(entry, title)])])
        made = [*copied, *made]
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
    section = one_line(as_read(section))
    return _change_each(desk, cards, lambda ident, _: Move(ident, section), section)


def undo_edits(desk: Desk, done: Done) -> None:
    """Put the files back as they were; what another program changed in other lines since is kept.

    Raises OffhandError, and changes nothing, when the same lines were changed.
    """
    undone: list[Edit] = []
    try:
        undone.extend(map(undo_edit, reversed(done.edits)))
        paths = {path for edit in undone for file in edit.after for path in (file, file.parent)}
        renames = {new: old for old, new in done.renames.items()}
        refresh(desk, must_read=paths, renames=renames)
    except BaseException as error:
        for edit in reversed(undone):
            undo_edit(edit)
        if isinstance(error, Faulty):
            raise WouldBeFaulty(error.faults[0]) from None
        raise


def _change_each(
    desk: Desk,
    cards: Iterable[str],
    change: Callable[[str, DraftEntry], Change | None],
    section: str = "",
) -> Done:
    """Change the entries of some cards, in every deck or in none; `section` is one that they go to."""
    wanted: dict[str, dict[str, None]] = {}
    for kept in kept_now(desk, cards):
        wanted.setdefault(kept.deck, {})[ident_of(kept)] = None
    steps: list[tuple[str, list[Change]]] = []
    lost, made = 0, list[str]()
    for deck, idents in wanted.items():
        draft = deck_now(desk, deck)
        entries = {entry_id(entry): entry for entry in draft.entries}
        if strays := [ident for ident in idents if ident not in entries]:
            raise gone_from(deck, strays[0])
        changes = [each for ident in idents if (each := change(ident, entries[ident]))]
        lost += sum(
            len(card_ways(entries[each.id], draft.reverse))
            for each in changes
            if isinstance(each, Remove)
        )
        if changes:
            made += _made(desk, deck, section) if section else []
            steps.append((deck, changes))
    paths = [(_path_to_edit(desk, deck), changes) for deck, changes in steps]
    edits = _all_or_none((path, changes) for (path, _), changes in paths)
    refresh(desk)
    told = [each for (_, copied), _ in paths for each in copied]
    count = sum(len(changes) for _, changes in steps)
    return Done(edits, count, made=(*told, *made), lost=lost)


def _path_to_edit(desk: Desk, deck: str) -> tuple[Path, list[str]]:
    """Where a deck may be edited, and what is to be told of that."""
    was_shipped = is_shipped(Path(deck_reading.deck_paths(desk.db)[deck]))
    path = deck_to_edit(desk, deck)
    return path, [
        f"The deck that came with Offhand is yours now, in {path}."
    ] if was_shipped else []


def _made(desk: Desk, deck: str, section: str) -> list[str]:
    """What is to be told of a section of a deck to which entries come: that it is new, if it is."""
    known: DeckCounts | None = find_deck(desk, deck)
    if known is None or section_title(known, section) in {each.title for each in known.sections}:
        return []
    return [f"A new section of {known.title}: {section}."]


def _all_or_none(steps: Iterable[tuple[Path, Sequence[Change]]]) -> tuple[Edit, ...]:
    """Edit decks one after another; when one cannot be, the others are put back."""
    edits: list[Edit] = []
    try:
        for path, changes in steps:
            edits.append(edit_deck(path, changes))
    except BaseException as error:
        for edit in reversed(edits):
            undo_edit(edit)
        if isinstance(error, WouldBeFaulty) and "`see`" in error.message:
            raise Unfit(Field.SEE, error.message) from None
        raise
    return tuple(edits)


def _with_history(
    desk: Desk, deck: str, old: DraftEntry, new: DraftEntry
) -> tuple[DraftEntry, dict[str, str]]:
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
