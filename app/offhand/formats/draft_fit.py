"""A draft made fit for a deck file: texts as they will be read back, every id once, nothing empty."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from offhand.domain.card import Place
from offhand.domain.text import fold, is_id, one_line, slug
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.draft_faults import entry_faults
from offhand.formats.draft_texts import with_texts
from offhand.formats.entry_cards import entry_id, entry_name
from offhand.formats.fault import Fault
from offhand.formats.yaml.fields import as_read

_LONGEST_ID = 90
_LONGEST_TITLE = 200
_NOWHERE = Place(Path())


def fitted(draft: Draft) -> Draft:
    """The draft as a deck file can hold it, every entry with an id that no other has.

    Entries that it cannot hold go to the faults; what stands there twice, and what names an entry
    that there is not, is left out and told of.
    """
    return _Fitting(draft).fitted()


class _Fitting:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.faults = list(draft.faults)
        self.left_out = list(draft.left_out)
        self.entries: dict[str, DraftEntry] = {}

    def fitted(self) -> Draft:
        """The fitted draft."""
        draft = self.draft
        title = _title(draft.title) or "Imported"
        sections: dict[str, tuple[str, str, list[str]]] = {}
        for section in draft.sections:
            name = _title(section.title) or title
            given = section.id if is_id(section.id) else ""
            ids = sections.setdefault(given or slug(name), (name, given, []))[2]
            ids += [ident for entry in section.entries if (ident := self._taken(entry))]
        self._mend_see()
        return replace(
            draft,
            title=title,
            id=draft.id if is_id(draft.id) else slug(draft.id) if draft.id else "",
            about=as_read(draft.about),
            sections=tuple(
                DraftSection(name, tuple(self.entries[ident] for ident in ids), given)
                for name, given, ids in sections.values()
                if ids
            ),
            faults=tuple(self.faults),
            left_out=tuple(self.left_out),
        )

    def _taken(self, entry: DraftEntry) -> str:
        """The id under which an entry was taken, empty when it was not."""
        entry = _with_filled_lists(with_texts(entry, as_read))
        if entry.id and not is_id(entry.id):
            entry = replace(entry, id=slug(entry.id))
        if faults := entry_faults(entry):
            self.faults += faults
            return ""
        ident = entry_id(entry)
        if (first := self.entries.get(ident)) is not None:
            if _said(first) == _said(entry):
                what = f"`{_called(entry)}` stands here again; first at {first.place}."
                self.left_out.append(Fault(entry.place, what, "It is taken once."))
                return ""
            ident = self._unused(ident[:_LONGEST_ID])
            entry = replace(entry, id=ident)
        self.entries[ident] = entry
        return ident

    def _unused(self, ident: str) -> str:
        count = 2
        while f"{ident}-{count}" in self.entries:
            count += 1
        return f"{ident}-{count}"

    def _mend_see(self) -> None:
        """Take out what `see` names and is not there: a deck that holds it would be refused."""
        if not any(entry.see for entry in self.entries.values()):
            return
        known = set()
        for ident, entry in self.entries.items():
            known |= {fold(ident), *map(fold, (_called(entry), *entry.aliases))}
        for ident, entry in self.entries.items():
            astray = [name for name in entry.see if fold(name) not in known]
            for name in astray:
                what = f"`{_called(entry)}` builds on `{name}`, which is not here."
                self.left_out.append(Fault(entry.place, what, "The reference is left out."))
            if astray:
                kept = tuple(name for name in entry.see if name not in astray)
                self.entries[ident] = replace(entry, see=kept)


def _title(text: str) -> str:
    return one_line(as_read(text))[:_LONGEST_TITLE].strip()


def _with_filled_lists(entry: DraftEntry) -> DraftEntry:
    """Without the texts of lists that turned out to be empty."""
    filled: dict[str, Any] = {
        name: tuple(filter(None, texts))
        for name in ("aliases", "tags", "sources", "see", "cloze")
        if not all(texts := getattr(entry, name))
    }
    if not all(all(asked.points) for asked in entry.questions):
        filled["questions"] = tuple(
            replace(asked, points=tuple(filter(None, asked.points))) for asked in entry.questions
        )
    return replace(entry, **filled) if filled else entry


def _said(entry: DraftEntry) -> DraftEntry:
    """An entry without where it stands and what it is called."""
    return replace(entry, place=_NOWHERE, id="", pasts={})


def _called(entry: DraftEntry) -> str:
    return one_line(entry_name(entry))[:60]
