"""Edits of the learner's deck files: all of their files or none, and taken back as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from offhand.formats.draft_changes import AlreadyThere, Change
from offhand.formats.fault import Faulty
from offhand.formats.yaml.editor import WouldBeFaulty, edit_deck
from offhand.formats.yaml.file_edit import Edit, undo_edit
from offhand.store import deck_reading
from offhand.study.desk import Desk
from offhand.study.library import deck_to_edit, find_deck, section_title
from offhand.study.refresh import refresh
from offhand.study.shipped_decks import is_shipped
from offhand.study.typed_card import Field, Unfit


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


def undo_edits(desk: Desk, done: Done) -> bool:
    """Put the files back as they were; what another program changed in other lines since is kept.

    Returns whether there was such. Raises CannotUndo, and changes nothing, when the same lines were
    changed.
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
    pairs = zip(undone, reversed(done.edits), strict=True)
    return any(now.before != edit.after for now, edit in pairs)


def all_or_none(steps: Iterable[tuple[Path, Sequence[Change]]]) -> tuple[Edit, ...]:
    """Edit decks one after another; when one cannot be, the others are put back.

    Raises Unfit where a field of an entry keeps it from being one.
    """
    edits: list[Edit] = []
    try:
        for path, changes in steps:
            edits.append(edit_deck(path, changes))
    except BaseException as error:
        for edit in reversed(edits):
            undo_edit(edit)
        if isinstance(error, AlreadyThere):
            raise Unfit(Field.PROMPT, error.title, error.mend) from None
        if isinstance(error, WouldBeFaulty) and "`see`" in error.message:
            raise Unfit(Field.SEE, error.message) from None
        raise
    return tuple(edits)


def path_to_edit(desk: Desk, deck: str) -> tuple[Path, list[str]]:
    """Where a deck may be edited, and what is to be told of that."""
    was_shipped = is_shipped(Path(deck_reading.deck_paths(desk.db)[deck]))
    path = deck_to_edit(desk, deck)
    return path, [
        f"The deck that came with Offhand is yours now, in {path}."
    ] if was_shipped else []


def new_section(desk: Desk, deck: str, section: str) -> list[str]:
    """What is to be told of a section of a deck to which entries come: that it is new, if it is."""
    known = find_deck(desk, deck)
    if known is None or section_title(known, section) in {each.title for each in known.sections}:
        return []
    return [f"A new section of {known.title}: {section}."]
