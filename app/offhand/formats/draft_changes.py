"""What a person changes in a deck, and the deck as it is meant to be afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from offhand.domain.card import Place
from offhand.domain.text import fold, one_line, slug
from offhand.errors import NotFound, OffhandError
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.entry_cards import entry_id, entry_name


@dataclass(frozen=True, slots=True)
class Add:
    """A new entry at the end of a section, which is made where there is none of this title."""

    entry: DraftEntry
    section: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Another text for the entry of an id."""

    id: str
    entry: DraftEntry


@dataclass(frozen=True, slots=True)
class Remove:
    """No entry of this id any more; a section that held no other goes with it."""

    id: str


@dataclass(frozen=True, slots=True)
class Move:
    """The entry of an id at the end of another section, which is made where there is none."""

    id: str
    section: str


Change = Add | Replace | Remove | Move
"""One thing to change; `section` is a section's title or id."""


class AlreadyThere(OffhandError):
    """An entry is called as another one is already."""

    def __init__(self, ident: str, name: str, place: Place) -> None:
        shown = one_line(name)[:60]
        at = f" on line {place.line} of {place.path}" if place.path.name else ""
        super().__init__(
            f"There is `{shown}` already{at}.",
            mend=f"Give one of the two another id than `{ident}`, or change what is there.",
        )
        self.id = ident


def is_called(section: DraftSection, name: str) -> bool:
    """Whether a section has this title or id."""
    return name in (section.id or slug(section.title), section.title)


def with_changes(draft: Draft, changes: Sequence[Change]) -> Draft:
    """The deck with some changes, each to an entry of its own.

    Raises NotFound for an entry that is not there, OffhandError when two would have one id, or none
    would be left.
    """
    replaced = {each.id: each.entry for each in changes if isinstance(each, Replace)}
    leaving = {each.id for each in changes if isinstance(each, Remove | Move)}
    entries = {entry_id(entry): entry for entry in draft.entries}
    for ident in (*replaced, *leaving):
        if ident not in entries:
            raise NotFound(f"There is no entry {ident!r} in the deck.")
    sections = [
        replace(
            section,
            entries=tuple(
                replaced.get(ident, entry)
                for entry in section.entries
                if (ident := entry_id(entry)) not in leaving
            ),
        )
        for section in draft.sections
    ]
    for each in changes:
        if isinstance(each, Add):
            _append(sections, each.section, each.entry)
        elif isinstance(each, Move):
            _append(sections, each.section, entries[each.id])
    _refuse_doubles(sections)
    sections = [section for section in sections if section.entries]
    if not sections:
        raise OffhandError(
            "A deck without cards cannot be read.",
            "This would take its last one.",
            "Delete the file, or add another card first.",
        )
    return replace(draft, sections=tuple(sections))


def completed(draft: Draft, changes: Sequence[Change]) -> list[Change]:
    """The changes, and those to entries that name in `see` what is renamed or removed by them."""
    after: dict[str, DraftEntry | None] = {
        each.id: None for each in changes if isinstance(each, Remove)
    }
    after |= {each.id: each.entry for each in changes if isinstance(each, Replace)}
    named = {
        fold(name): entry_id(entry)
        for entry in draft.entries
        if entry_id(entry) in after
        for name in _names(entry)
    }
    mended: dict[str, DraftEntry] = {}
    for old in draft.entries if named else ():
        entry = after.get(entry_id(old), old)
        if entry is None:
            continue
        see = tuple(
            mended_name
            for name in entry.see
            if (mended_name := _seen_as(name, after.get(named.get(fold(name), ""), entry), named))
        )
        if see != entry.see:
            mended[entry_id(old)] = replace(entry, see=see)
    kept = [each for each in changes if not (isinstance(each, Replace) and each.id in mended)]
    return [*kept, *(Replace(ident, entry) for ident, entry in mended.items())]


def _seen_as(name: str, target: DraftEntry | None, named: Mapping[str, str]) -> str:
    """What a name in `see` becomes when its target is as given; empty when that is no more."""
    if fold(name) not in named:
        return name
    if target is None:
        return ""
    return name if fold(name) in map(fold, _names(target)) else entry_name(target)


def _names(entry: DraftEntry) -> tuple[str, ...]:
    """By what others may call an entry."""
    return (entry_id(entry), entry_name(entry), *entry.aliases)


def _refuse_doubles(sections: Sequence[DraftSection]) -> None:
    seen: dict[str, DraftEntry] = {}
    for section in sections:
        for entry in section.entries:
            if (first := seen.setdefault(entry_id(entry), entry)) is not entry:
                raise AlreadyThere(entry_id(entry), entry_name(first), first.place)


def _append(sections: list[DraftSection], name: str, entry: DraftEntry) -> None:
    for index, section in enumerate(sections):
        if is_called(section, name):
            sections[index] = replace(section, entries=(*section.entries, entry))
            return
    sections.append(DraftSection(name, (entry,)))
