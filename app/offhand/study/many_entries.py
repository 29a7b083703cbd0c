"""The entries of many cards tagged, moved and deleted at once, in the learner's deck files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from offhand.domain.text import one_line
from offhand.formats.draft import DraftEntry
from offhand.formats.draft_changes import Change, Move, Remove, Replace
from offhand.formats.entry_cards import card_ways, entry_id
from offhand.formats.yaml.fields import as_read
from offhand.study.desk import Desk
from offhand.study.entries import deck_now, gone_from, ident_of, kept_now
from offhand.study.entry_edits import Done, all_or_none, new_section, path_to_edit
from offhand.study.refresh import refresh


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
            made += new_section(desk, deck, section) if section else []
            steps.append((deck, changes))
    paths = [(path_to_edit(desk, deck), changes) for deck, changes in steps]
    edits = all_or_none((path, changes) for (path, _), changes in paths)
    refresh(desk)
    told = [each for (_, copied), _ in paths for each in copied]
    count = sum(len(changes) for _, changes in steps)
    return Done(edits, count, made=(*told, *made), lost=lost)
