"""The file of a section, and the section that will be read from it, told while it is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from offhand.domain.card import Place, Section
from offhand.domain.text import slug
from offhand.formats.draft import DraftEntry, DraftSection
from offhand.formats.entry_cards import Places, entry_of, is_question
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import read_section
from offhand.formats.yaml.writer import (
    STEP,
    are_pairs,
    listed_lines,
    pairs_lines,
    section_head,
    section_lines,
)
from offhand.formats.yaml.written import Header

_AT_DASH = len(STEP) + 1
_BEHIND_DASH = _AT_DASH + len("- ")
_SENTENCE = _BEHIND_DASH + len("cloze: ")


@dataclass(frozen=True, slots=True)
class SectionFile:
    """What a section's file holds, and the section with its cards as the reader would tell it."""

    text: str
    section: Section


def section_file(section: DraftSection, path: Path, header: Header) -> SectionFile:
    """The file of a section that will lie at `path`, in a deck of this header.

    The entries are such as `draft_fit.fitted` gives them: their texts are as the reader would give
    them. Raises Faulty for those that it would refuse, where it had to be asked.
    """
    if all(map(_is_plain, section.entries)):
        return _told(section, path, header)
    text = "\n".join(section_lines(section, "")) + "\n"
    read, faults = read_section(path, header, text)
    if faults or read is None:
        raise Faulty(faults)
    return SectionFile(text, read)


def _is_plain(entry: DraftEntry) -> bool:
    """Whether all of an entry stands where it begins, so that nothing need be looked for."""
    if entry.see or entry.contrast or isinstance(entry.reverse, str):
        return False
    if entry.term:
        return not (entry.questions or entry.choices or entry.cloze)
    if is_question(entry):
        return not any(asked.level for asked in entry.questions)
    return len(entry.cloze) == 1


def _told(section: DraftSection, path: Path, header: Header) -> SectionFile:
    head = "\n".join(section_head(section, ""))
    if are_pairs(section.entries):
        blocks = list(map("\n".join, pairs_lines(section.entries, STEP)))
        between, column = "\n", _AT_DASH
    else:
        blocks = ["\n".join(listed_lines(entry, STEP)) for entry in section.entries]
        between, column = "\n\n", _BEHIND_DASH
    lines = _lines(blocks, head.count("\n") + 2, len(between))
    entries = tuple(
        entry_of(entry, header.id, header.reverse, _places(entry, Place(path, line, column)))
        for entry, line in zip(section.entries, lines, strict=True)
    )
    ident = section.id or slug(section.title)
    return SectionFile(
        f"{head}\n{between.join(blocks)}\n", Section(ident, section.title, Place(path), entries)
    )


def _lines(blocks: list[str], first: int, between: int) -> Iterator[int]:
    """The lines on which blocks begin, that lie so many line ends apart."""
    line = first
    for block in blocks:
        yield line
        line += block.count("\n") + between


def _places(entry: DraftEntry, place: Place) -> Places:
    sentences = (Place(place.path, place.line, _SENTENCE),) if entry.cloze else ()
    return Places(place, cloze=sentences)
