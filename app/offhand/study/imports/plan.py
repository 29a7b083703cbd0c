"""What an import would do to a deck: its source, the deck file and the last import compared.

Nothing here reads or writes anything. An entry is known by its id. What only the source changed is
taken, what only the learner changed stays, what both changed is a conflict: field by field, so that
a tag added here and a definition mended there go together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from offhand.domain.text import one_line, slug
from offhand.formats.draft import Draft, DraftEntry
from offhand.formats.draft_faults import entry_faults
from offhand.formats.entry_cards import entry_id, entry_name
from offhand.study.imports.base import (
    FIELDS,
    NO_MARKS,
    UNKNOWN,
    Base,
    Imported,
    digests_of,
    packed,
    unpacked,
)

_DESCRIBES = 24
"""A definition of so many letters tells its entry from all others, whatever it is called."""
_ALIKE = 0.6


class What(StrEnum):
    """What an import finds of an entry."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    """The source does not hold it any more: it is kept, its cards are suspended."""
    CONFLICT = "conflict"
    """The source and the learner changed the same field to different things."""
    DELETED = "deleted"
    """The learner took it out of the deck; it stays out."""


class Take(StrEnum):
    """Whose text stands after a conflict; without a choice mine does, and the conflict remains."""

    MINE = "mine"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Change:
    """An entry, and what becomes of it.

    `id` is its id in the deck file; `entry` is as it will stand there, or for one that is not there
    as its source has it; `section` is the title of its section in the source, or of a gone one in
    the file. `settled` says that nothing is left to be done for it, `back` that it had been gone.
    `moves` says that the source put it into another section.
    """

    what: What
    id: str
    entry: DraftEntry
    section: str
    settled: bool = False
    back: bool = False
    moves: bool = False

    @property
    def name(self) -> str:
        """What it is called, on one line."""
        return one_line(entry_name(self.entry)) or self.id


@dataclass(frozen=True, slots=True)
class Own:
    """An entry as it stands in the deck file now, with the title of its section."""

    entry: DraftEntry
    section: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do to one deck; `base` is what is known of its entries afterwards."""

    changes: tuple[Change, ...]
    base: Mapping[str, Imported]

    @property
    def counts(self) -> dict[What, int]:
        """How many entries there are of each kind."""
        counts = dict.fromkeys(What, 0)
        for change in self.changes:
            counts[change.what] += 1
        return counts

    @property
    def writes(self) -> bool:
        """Whether the deck file would be another one afterwards."""
        return any(writes(change) for change in self.changes)


def writes(change: Change) -> bool:
    """Whether a change is one of the deck file's text."""
    return not change.settled and change.what in (What.NEW, What.CHANGED, What.CONFLICT)


def compared(
    source: Draft,
    own: Mapping[str, Own],
    base: Base | None,
    take: Take | None = None,
    renamed: Mapping[str, str] | None = None,
) -> Plan:
    """What an import of `source` would do to the deck file that holds `own`.

    The ids of the source's entries are all different. `own` are the file's entries by their ids;
    `renamed` tells under which id an entry stands that the learner gave another name.
    """
    return _Comparison(source, own, base, take, renamed or {}).plan()


class _Comparison:
    def __init__(
        self,
        source: Draft,
        own: Mapping[str, Own],
        base: Base | None,
        take: Take | None,
        renamed: Mapping[str, str],
    ) -> None:
        self.source = source
        self.own = own
        self.before: Mapping[str, Imported] = base.entries if base else {}
        self.take = take
        self.renamed = renamed
        self.after: dict[str, Imported] = {}

    def plan(self) -> Plan:
        entries = {
            entry_id(entry): (entry, section.title)
            for section in self.source.sections
            for entry in section.entries
        }
        gone = self._gone(entries)
        again = self._under_new_names(entries, gone)
        changes = [
            self._change(ident, entry, section, again.get(ident))
            for ident, (entry, section) in entries.items()
        ]
        taken_up = set(again.values())
        for ident, known in gone.items():
            if ident not in taken_up:
                own = self.own[known.id]
                settled = known.gone is not None
                changes.append(Change(What.GONE, known.id, own.entry, own.section, settled))
                self.after[ident] = known
        return Plan(tuple(changes), self.after)

    def _gone(self, entries: Mapping[str, Any]) -> dict[str, Imported]:
        """What was imported, is still in the file, and is no more in the source."""
        found = {}
        for ident, known in self.before.items():
            if ident not in entries and (there := self._there(known.id)) is not None:
                found[ident] = replace(known, id=there)
        return found

    def _there(self, ident: str) -> str | None:
        """The id under which an entry stands in the file, None when it does not."""
        if ident in self.own:
            return ident
        name = self.renamed.get(ident)
        return name if name in self.own else None

    def _under_new_names(
        self, entries: Mapping[str, tuple[DraftEntry, str]], gone: Mapping[str, Imported]
    ) -> dict[str, str]:
        """Which of the source's new entries are gone ones under another name, and only theirs."""
        if not gone:
            return {}
        news: dict[str, list[str]] = {}
        for ident, (entry, _) in entries.items():
            if ident not in self.before and ident not in self.own and (rest := _rest(entry)):
                news.setdefault(rest, []).append(ident)
        olds: dict[str, list[str]] = {}
        for ident, known in gone.items():
            if known.gone is None and (rest := _rest(self.own[known.id].entry)):
                olds.setdefault(rest, []).append(ident)
        return {
            new[0]: old[0]
            for rest, new in news.items()
            if len(new) == len(old := olds.get(rest, [])) == 1
            and _plausible(entries[new[0]][0], self.own[gone[old[0]].id].entry)
        }

    def _change(self, ident: str, entry: DraftEntry, section: str, before: str | None) -> Change:
        known = self.before.get(before or ident)
        there = self._there(known.id if known else ident)
        if there is None:
            return self._missing(ident, entry, section, known)
        own = self.own[there]
        result, conflicts, fields = self._merged(entry, own.entry, known)
        moves = known is not None and known.section != section and _at_home(own, known)
        back = known is not None and known.gone is not None
        self.after[ident] = Imported(
            there,
            section,
            packed(fields),
            known.marks if known else NO_MARKS,
            known.gone if known else None,
        )
        if entry_id(result) != there:
            result = replace(result, id=there)
        same = _said(result) == _said(own.entry) and not moves
        what = What.CONFLICT if conflicts else What.UNCHANGED if same and not back else What.CHANGED
        return Change(what, there, result, section, same and not back, back, moves)

    def _missing(
        self, ident: str, entry: DraftEntry, section: str, known: Imported | None
    ) -> Change:
        """An entry that the deck file does not hold: new, or taken out by the learner."""
        if known is not None and self.take is not Take.SOURCE:
            self.after[ident] = known
            return Change(What.DELETED, known.id, entry, section, settled=True)
        there = known.id if known else ident
        marks = known.marks if known else NO_MARKS
        self.after[ident] = Imported(there, section, packed(digests_of(entry)), marks)
        if there != ident:
            entry = replace(entry, id=there)
        return Change(What.NEW, there, entry, section)

    def _merged(
        self, entry: DraftEntry, own: DraftEntry, known: Imported | None
    ) -> tuple[DraftEntry, list[str], dict[str, str]]:
        """The entry as both make it, the fields in conflict, and what is known of all fields then."""
        theirs, mine = digests_of(entry), digests_of(own)
        if theirs == mine:
            return own, [], theirs
        before = unpacked(known.fields) if known else dict.fromkeys(FIELDS, UNKNOWN)
        taken: dict[str, Any] = {}
        conflicts = []
        for name in FIELDS:
            new, has = theirs.get(name), mine.get(name)
            if new == has or new == before.get(name):
                continue
            if before.get(name) == UNKNOWN and (new is None or has is None):
                # Nobody knows who left it out: what one of the two says stands.
                if has is not None:
                    continue
            elif has != before.get(name):
                conflicts.append(name)
                if self.take is not Take.SOURCE:
                    continue
            taken[name] = getattr(entry, name)
        merged = replace(own, **taken) if taken else own
        if taken and entry_faults(merged):
            # The two do not go together: one of them has to stand as a whole.
            conflicts = conflicts or sorted(taken)
            merged = _with_texts_of(own, entry) if self.take is Take.SOURCE else own
        if self.take is None and conflicts:
            theirs = _remaining(theirs, before, conflicts)
        return merged, conflicts, theirs


def _remaining(
    theirs: dict[str, str], before: Mapping[str, str], conflicts: list[str]
) -> dict[str, str]:
    """What is known where nobody has decided yet: in the fields in conflict what was known before."""
    kept = {name: value for name, value in theirs.items() if name not in conflicts}
    return kept | {name: before[name] for name in conflicts if name in before}


def _with_texts_of(own: DraftEntry, entry: DraftEntry) -> DraftEntry:
    return replace(own, **{name: getattr(entry, name) for name in FIELDS})


def _said(entry: DraftEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in FIELDS)


def _at_home(own: Own, known: Imported) -> bool:
    """Whether an entry stands where the import put it, and not where the learner moved it."""
    return slug(own.section) == slug(known.section)


def _rest(entry: DraftEntry) -> str:
    """What an entry says besides its name, empty where that does not tell what it is."""
    if entry.term:
        return f"term {entry.definition}"
    if len(entry.questions) == 1 and not entry.choices:
        return f"question {entry.questions[0].answer}"
    return ""


def _plausible(new: DraftEntry, old: DraftEntry) -> bool:
    """A short rest ("5", "yes") proves little: then the names must resemble each other too."""
    if len(_rest(new)) >= _DESCRIBES + len("question "):
        return True
    return SequenceMatcher(None, entry_name(old), entry_name(new)).ratio() >= _ALIKE


def listed(plan: Plan, what: What) -> Iterator[Change]:
    """The entries of one kind."""
    return (change for change in plan.changes if change.what is what)
