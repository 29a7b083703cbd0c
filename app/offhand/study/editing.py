"""Changing what decks say: a card added or changed in the learner's files.

Every edit leaves the rest of a file as it is, can be undone, and keeps the history of its cards.
"""

from dataclasses import dataclass, replace

from offhand.domain.card import CardKind
from offhand.domain.text import is_id, one_line, slug
from offhand.errors import NotFound, OffhandError
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.draft_changes import Add, Change, Move, Replace
from offhand.formats.draft_faults import entry_faults
from offhand.formats.entry_cards import Part, entry_id, entry_of, part_of
from offhand.formats.yaml.editor import create_deck
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.file_edit import Edit
from offhand.store import reading
from offhand.store.reading import Kept
from offhand.study.desk import Desk
from offhand.study.entries import entry_now, ident_of, kept_now
from offhand.study.entry_edits import Done, all_or_none, new_section, path_to_edit
from offhand.study.library import find_deck, section_title
from offhand.study.refresh import refresh
from offhand.study.sentences import counted
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
    siblings = len(reading.keys_of_entry(desk.db, kept.card.entry))
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
    made = new_section(desk, kept.deck, section) if moves else []
    path, copied = path_to_edit(desk, kept.deck)
    steps: list[Change] = [Replace(ident_of(kept), entry)] if changes else []
    steps += [Move(entry_id(entry), section)] if moves else []
    if now.typed != opened.typed:
        made.append(_BOTH_KEPT)
    edits = all_or_none((path, [step]) for step in steps)
    refresh(desk, renames=renames)
    keys = reading.keys_of_entry(desk.db, f"{kept.deck}/{entry_id(entry)}")
    made += _more_or_less(len(keys) - now.siblings)
    return Done(edits, renames=renames, made=(*copied, *made))


def _more_or_less(cards: int) -> list[str]:
    """What is to be told of an entry that has more or fewer cards than before."""
    if cards > 0:
        return [f"It has {counted(cards, 'card')} more now."]
    less = f"It has {counted(-cards, 'card')} less now; what was learned of it is kept."
    return [less] if cards else []


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
        made = new_section(desk, known.id, title)
        path, copied = path_to_edit(desk, known.id)
        edits = all_or_none([(path, [Add(entry, title)])])
        made = [*copied, *made]
        name = known.id
    refresh(desk)
    cards = reading.keys_of_entry(desk.db, f"{name}/{entry_id(entry)}")
    return Done(edits, made=tuple(made), cards=tuple(cards))


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
