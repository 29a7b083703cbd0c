"""Edits of a deck's files that leave all else to the byte: comments, order, quotes, layout, line ends.

The new text of an entry is put between the parser's marks of the old one. A library that writes the
whole file anew from a tree does not keep it: ruamel.yaml 0.19 rewrote 222 lines of two of the nine
shipped files without any edit, narrows a four-space indentation, joins wrapped texts, and needs 31 s
for 100 000 entries.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import slug
from offhand.errors import OffhandError
from offhand.formats.deck_folder import deck_at
from offhand.formats.draft import Draft, DraftEntry
from offhand.formats.draft_changes import (
    Add,
    Change,
    Move,
    Remove,
    Replace,
    completed,
    is_called,
    with_changes,
)
from offhand.formats.entry_cards import entry_id
from offhand.formats.fault import Fault, Faulty
from offhand.formats.garbage import collector_paused
from offhand.formats.yaml.draft import draft_from, read_draft
from offhand.formats.yaml.entry_edit import (
    comments_of,
    entry_at,
    put_fields,
    put_in_brackets,
    put_whole,
)
from offhand.formats.yaml.file_edit import Edit, replace_files, unwritten
from offhand.formats.yaml.layout import (
    Arriving,
    append_entries,
    elsewhere,
    put_above,
    remove_parts,
)
from offhand.formats.yaml.sections import (
    append_section,
    entry_lists,
    make_sections,
    new_section,
    remove_sections,
)
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Form, Span, spans_of
from offhand.formats.yaml.trial import compared, one_file, read_with
from offhand.formats.yaml.writer import deck_text

_NONE: Mapping[Path, bytes | None] = {}


def edit_deck(path: Path, changes: Sequence[Change]) -> Edit:
    """Change entries of the deck at a path, a file or a folder; each change to an entry of its own.

    Entries that name in `see` what is renamed or removed follow.
    Raises Faulty for a deck with faults, NotFound for an entry that is not there, OffhandError when
    the deck cannot be changed like this; nothing is written then.
    """
    with collector_paused():
        return _Editor(path, changes).edit()


def create_deck(path: Path, draft: Draft) -> Edit:
    """Write a new deck as one file. Raises OffhandError when something is there, or it cannot be written."""
    for there in (path, path.with_suffix("")):
        if there.exists():
            raise OffhandError(
                f"{there} is there already.", mend="`offhand check` tells if it cannot be read."
            )
    edit = Edit({path: None}, {path: deck_text(draft).encode()})
    replace_files(edit.before, edit.after, _reads)
    return edit


def _reads(drafts: Mapping[Path, Path | None]) -> bool:
    """Whether drafts of decks read without a fault. Raises OffhandError with the first that they have."""
    for draft in drafts.values():
        if draft is not None:
            try:
                draft_from(one_file(draft))
            except Faulty as faulty:
                raise WouldBeFaulty(faulty.faults[0]) from None
    return True


class WouldBeFaulty(OffhandError):
    """An edit after which the deck could not be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__("The deck would have a fault.", fault.what, fault.mend)


@dataclass(frozen=True, slots=True)
class _File:
    """A file in the making; `lists` hold the entries of its sections."""

    sheet: Sheet
    root: Span
    lists: list[Span]


class _Editor:
    """One edit of one deck."""

    def __init__(self, path: Path, changes: Sequence[Change]) -> None:
        try:
            self.source = deck_at(path)
            self.raw = {stamp.path: stamp.path.read_bytes() for stamp in self.source.files}
        except OSError as error:
            raise unwritten(path, error) from None
        self.draft = read_draft(path)
        self.changes = completed(self.draft, changes)
        self.meant = with_changes(self.draft, self.changes)
        self.base = dict(self.raw)
        self.fault: Fault | None = None
        self.at = {
            entry_id(entry): (section, index)
            for section, each in enumerate(self.draft.sections)
            for index, entry in enumerate(each.entries)
        }

    def edit(self) -> Edit:
        """Do it: put what changed, or whole entries where that does not read as it is meant."""
        for whole in (False, True):
            with suppress(TooOdd):
                self._make_sections()
                after = self._with_more(whole)
                after |= self._with_less(after)
                after = {path: raw for path, raw in after.items() if raw != self.raw.get(path)}
                before = {path: self.raw.get(path) for path in after}
                if replace_files(before, after, self._reads_as_meant):
                    return Edit(before, after)
        if self.fault is not None:
            raise WouldBeFaulty(self.fault)
        raise OffhandError(
            "This deck is laid out in a way that Offhand cannot change.",
            str(self._place()),
            "Change it in an editor.",
        )

    def _make_sections(self) -> None:
        """Give a deck without sections its first one, where it is to get another."""
        path = self.source.path
        if self.source.is_folder or len(self.draft.sections) == len(self.meant.sections):
            return
        file = _read_file(self.raw[path])
        if file.root.field("sections") is not None:
            return
        first, *others = self.meant.sections
        ident = self.draft.id or self.source.name
        make_sections(file.sheet, file.root, first.title, ident)
        self.base[path] = file.sheet.written()
        self.meant = replace(self.meant, sections=(replace(first, id=ident), *others))

    def _place(self) -> Place:
        """Where the first entry stands that was to be changed."""
        for each in self.changes:
            if not isinstance(each, Add):
                return self._entry(each.id).place
        return Place(self.source.path)

    def _entry(self, ident: str) -> DraftEntry:
        section, index = self.at[ident]
        return self.draft.sections[section].entries[index]

    def _with_more(self, whole: bool) -> dict[Path, bytes | None]:
        """The files with entries put anew, and with those that a section gets."""
        files: dict[Path, _File] = {}
        created: dict[Path, bytes | None] = {}
        for each in self.changes:
            if isinstance(each, Replace):
                file, listed = self._list_of(files, self.at[each.id][0])
                self._put(file.sheet, listed, each, whole)
        for name, arriving in self._arriving(files, whole).items():
            sections = self.draft.sections
            index = next((i for i, each in enumerate(sections) if is_called(each, name)), None)
            if index is not None:
                file, listed = self._list_of(files, index)
                append_entries(file.sheet, listed, arriving)
            elif self.source.is_folder:
                path = self._new_file(name, len(sections) + len(created) + 1)
                created[path] = ("\n".join(new_section(name, arriving, "")) + "\n").encode()
            else:
                file = self._file(files, self.source.path)
                append_section(file.sheet, file.root, name, arriving)
        return {path: file.sheet.written() for path, file in files.items()} | created

    def _put(self, sheet: Sheet, listed: Span, change: Replace, whole: bool) -> None:
        index = self.at[change.id][1]
        at = entry_at(listed, index)
        in_list = bool(listed.items)
        already = len(sheet.replaced)
        if listed.form is Form.BRACKETS or (at.key is None and at.value.form is Form.BRACKETS):
            put_in_brackets(sheet, at, change.entry, in_list)
        elif whole:
            put_whole(sheet, at, change.entry, in_list)
        else:
            put_fields(sheet, at, self._entry(change.id), change.entry)
        lost = [comments_of(sheet, at, *place) for place in sheet.replaced[already:]]
        put_above(sheet, listed, index, [*chain.from_iterable(lost)])

    def _arriving(self, files: dict[Path, _File], whole: bool) -> dict[str, list[Arriving]]:
        """The entries that sections get, by the names of these."""
        arriving: dict[str, list[Arriving]] = {}
        for each in self.changes:
            if isinstance(each, Add):
                arriving.setdefault(each.section, []).append(Arriving(each.entry))
            elif isinstance(each, Move):
                section, index = self.at[each.id]
                file, listed = self._list_of(files, section)
                entry = elsewhere(file.sheet, listed, index, self._entry(each.id), anew=whole)
                arriving.setdefault(each.section, []).append(entry)
        return arriving

    def _with_less(self, grown: Mapping[Path, bytes | None]) -> dict[Path, bytes | None]:
        """The files, as far as they have grown, without the entries that left their sections."""
        leaving: dict[int, set[int]] = {}
        for each in self.changes:
            if isinstance(each, Remove | Move):
                section, index = self.at[each.id]
                leaving.setdefault(section, set()).add(index)
        files: dict[Path, _File] = {}
        emptied: list[int] = []
        removed: dict[Path, bytes | None] = {}
        for section, indexes in leaving.items():
            file, listed = self._list_of(files, section, grown)
            if len(indexes) < len(listed.items or listed.pairs):
                remove_parts(file.sheet, listed, indexes)
            elif self.source.is_folder:
                removed[self._path_of(section)] = None
            else:
                emptied.append(section)
        if emptied:
            file = files[self.source.path]
            remove_sections(file.sheet, file.root, emptied)
        return {path: file.sheet.written() for path, file in files.items()} | removed

    def _list_of(
        self, files: dict[Path, _File], section: int, grown: Mapping[Path, bytes | None] = _NONE
    ) -> tuple[_File, Span]:
        """The file of a section, and what holds its entries there."""
        file = self._file(files, self._path_of(section), grown)
        return file, file.lists[0 if self.source.is_folder else section]

    def _file(
        self, files: dict[Path, _File], path: Path, grown: Mapping[Path, bytes | None] = _NONE
    ) -> _File:
        if path not in files:
            files[path] = _read_file(grown.get(path) or self.base[path])
        return files[path]

    def _path_of(self, section: int) -> Path:
        return self.source.files[section + 1 if self.source.is_folder else 0].path

    def _new_file(self, title: str, number: int) -> Path:
        """A file for a new section that comes after those of the folder, if these are numbered."""
        last = self.source.files[-1].path.name
        digits = len(last) - len(last.lstrip("0123456789"))
        name = f"{number:0{digits}}-{slug(title)}" if digits else slug(title)
        path = self.source.path / f"{name}.yaml"
        if path.exists():
            raise OffhandError(f"{path} is there already.", mend="Give the section another title.")
        return path

    def _reads_as_meant(self, drafts: Mapping[Path, Path | None]) -> bool:
        """Whether the deck is what it is meant to be with drafts in place of some files."""
        try:
            found = read_with(self.source, self.draft, drafts)
        except Faulty as faulty:
            self.fault = faulty.faults[0]
            return False
        return compared(found) == compared(self.meant)


def _read_file(raw: bytes) -> _File:
    sheet = Sheet(raw)
    root = spans_of(sheet.text)
    return _File(sheet, root, entry_lists(root))
