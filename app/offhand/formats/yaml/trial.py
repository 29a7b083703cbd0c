"""A deck read with drafts in place of some of its files: whether an edit means what it should."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import slug
from offhand.formats.deck_folder import DeckSource, FileStamp
from offhand.formats.draft import Draft, DraftSection
from offhand.formats.fault import Faulty
from offhand.formats.yaml.draft import draft_from, read_draft_section, section_faults

_NOWHERE = Place(Path())


def one_file(path: Path) -> DeckSource:
    """The source of a deck in one file, whatever the file is called."""
    return DeckSource(path, (FileStamp(path, 0, 0, 0),))


def read_with(source: DeckSource, known: Draft, drafts: Mapping[Path, Path | None]) -> Draft:
    """A deck with drafts in place of some files; the others are `known`. Raises Faulty with every fault."""
    if not source.is_folder:
        return draft_from(one_file(drafts.get(source.path) or source.path))
    pairs = zip(source.files[1:], known.sections, strict=True)
    by_path: dict[Path, DraftSection | None] = {stamp.path: each for stamp, each in pairs}
    for path, draft in drafts.items():
        by_path[path] = None if draft is None else read_draft_section(draft)
    sections = tuple(section for section in by_path.values() if section is not None)
    if faults := section_faults(sections):
        raise Faulty(faults)
    return replace(known, sections=sections)


def compared(draft: Draft) -> Draft:
    """A draft without what an edit may move: where entries stand, and which ids are written."""
    sections = tuple(
        replace(
            section,
            id=section.id or slug(section.title),
            entries=tuple(replace(entry, place=_NOWHERE) for entry in section.entries),
        )
        for section in draft.sections
    )
    return replace(draft, sections=sections)
