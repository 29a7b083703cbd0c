"""A deck file as a draft: every entry as it is written, with ids only where they are given."""

from collections.abc import Iterable
from pathlib import Path

from offhand.domain.card import Section
from offhand.domain.text import slug
from offhand.formats.deck_folder import DeckSource, deck_at
from offhand.formats.draft import Draft, DraftSection
from offhand.formats.entry_cards import entry_without_cards
from offhand.formats.fault import Fault, Faulty
from offhand.formats.garbage import collector_paused
from offhand.formats.yaml.deck import faults_between, no_deck_at, without_cards
from offhand.formats.yaml.written import (
    WrittenDeck,
    WrittenSection,
    read_written,
    read_written_section,
)


def read_draft(path: Path) -> Draft:
    """The deck at a path, a file or a folder, as it is written. Raises Faulty with every fault in it."""
    try:
        source = deck_at(path)
    except OSError as error:
        raise Faulty([no_deck_at(path, error)]) from None
    return draft_from(source)


def read_draft_section(path: Path) -> DraftSection:
    """One section file of a deck in a folder, as it is written. Raises Faulty with every fault in it."""
    section, faults = read_written_section(path)
    if faults or section is None:
        raise Faulty(faults)
    return _section(section, "")


def section_faults(sections: Iterable[DraftSection]) -> list[Fault]:
    """What is wrong between the entries of the sections of one deck."""
    return faults_between(
        [
            Section(
                section.id or slug(section.title),
                section.title,
                section.entries[0].place,
                tuple(map(entry_without_cards, section.entries)),
            )
            for section in sections
        ]
    )


def draft_from(source: DeckSource) -> Draft:
    """The deck of some files, as it is written. Raises Faulty with every fault in it."""
    with collector_paused():
        return _draft_from(source)


def _draft_from(source: DeckSource) -> Draft:
    written = read_written(source)
    sections = [without_cards(section) for section in written.sections]
    if faults := written.faults + faults_between(sections):
        raise Faulty(faults)
    return _draft(written, source.is_folder)


def _draft(written: WrittenDeck, in_folder: bool) -> Draft:
    header = written.header
    alone = len(written.sections) == 1 and not in_folder
    return Draft(
        header.title,
        tuple(_section(each, header.title if alone else "") for each in written.sections),
        header.about,
        written.given,
        header.reverse,
        header.origin,
    )


def _section(section: WrittenSection, whole: str) -> DraftSection:
    """A section. One that is titled `whole` stands for a deck without sections, if it has no id."""
    given = section.given
    if section.title == whole and not section.is_whole:
        given = given or slug(whole)
    return DraftSection(section.title, tuple(each.entry for each in section.entries), given)
