"""Offhand's own format: a deck as one YAML file, or as a folder with one file a section.

docs/deck-format.md describes it for those who write decks, decks/deck.schema.json for editors.
"""

from dataclasses import dataclass, field
from pathlib import Path

from offhand.domain.card import Deck, Entry, Place, Section
from offhand.domain.learning_order import entries_by_name
from offhand.domain.text import fold
from offhand.formats.deck_folder import HEADER, DeckSource, deck_at
from offhand.formats.entry_cards import entry_of, entry_without_cards
from offhand.formats.fault import Fault, Faulty
from offhand.formats.yaml.written import (
    Header,
    WrittenSection,
    read_written,
    read_written_header,
    read_written_section,
)


@dataclass(slots=True)
class Reading:
    """What was read of a deck, and every fault in it."""

    header: Header
    sections: list[Section] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def deck(self, path: Path) -> Deck:
        """The deck. Raises Faulty when there is a fault in it."""
        if self.faults:
            raise Faulty(self.faults)
        header = self.header
        return Deck(header.id, header.title, path, header.about, tuple(self.sections))


def read_deck(path: Path) -> Deck:
    """The deck at a path, a file or a folder. Raises Faulty with every fault in it."""
    reading = check_deck(path)
    return reading.deck(path)


def check_deck(path: Path) -> Reading:
    """Everything that can be read of the deck at a path, with every fault found."""
    try:
        source = deck_at(path)
    except OSError as error:
        return Reading(Header("", "", "", False), [], [no_deck_at(path, error)])
    reading = read_source(source)
    reading.faults += faults_between(reading.sections)
    return reading


def no_deck_at(path: Path, error: OSError) -> Fault:
    """The fault of a path where no deck is, as the system says it."""
    what = f"There is no deck here: {error.strerror or error}."
    is_folder = path.is_dir()
    mend = f"A folder is a deck when it holds a `{HEADER}`." if is_folder else "Check the path."
    return Fault(Place(path), what, mend)


def read_source(source: DeckSource) -> Reading:
    """Read a deck's files, each fault noted; what its files say of each other is not compared."""
    written = read_written(source)
    header = written.header
    sections = [with_cards(section, header) for section in written.sections]
    return Reading(header, sections, written.faults)


def read_header(source: DeckSource) -> Reading:
    """Read what holds for a whole deck, and leave its entries alone."""
    written = read_written_header(source)
    return Reading(written.header, [], written.faults)


def read_section(
    path: Path, header: Header, text: str | None = None
) -> tuple[Section | None, list[Fault]]:
    """Read one section file of a folder deck, with every fault in it.

    `text` is what the file will hold, for one that does not lie there yet.
    """
    written, faults = read_written_section(path, text)
    return (with_cards(written, header) if written else None), faults


def with_cards(section: WrittenSection, header: Header) -> Section:
    """A section with the cards made from its entries."""
    entries = (
        entry_of(each.entry, header.id, header.reverse, each.places) for each in section.entries
    )
    return Section(section.id, section.title, section.place, tuple(entries))


def without_cards(section: WrittenSection) -> Section:
    """A section with its entries' names alone."""
    entries = (entry_without_cards(each.entry, each.places) for each in section.entries)
    return Section(section.id, section.title, section.place, tuple(entries))


def faults_between(sections: list[Section]) -> list[Fault]:
    """What is wrong between the entries of one deck: names used twice, `see` astray or in a circle."""
    faults = []
    seen_sections: dict[str, Section] = {}
    entries: dict[str, Entry] = {}
    for section in sections:
        if (first_section := seen_sections.setdefault(section.id, section)) is not section:
            what = f"A second section `{section.id}`; the first is at {first_section.place}."
            faults.append(Fault(section.place, what, "Give one of them another `id:`."))
        for entry in section.entries:
            if (first := entries.setdefault(entry.id, entry)) is not entry:
                what = f"A second entry `{entry.id}`; the first is at {_near(first, entry)}."
                mend = "Delete one, or give one of them another `id:`."
                faults.append(Fault(entry.place, what, mend))
    return faults + _faults_of_see(entries)


def _near(first: Entry, second: Entry) -> str:
    if first.place.path == second.place.path:
        return f"line {first.place.line}"
    return str(first.place)


def _faults_of_see(entries: dict[str, Entry]) -> list[Fault]:
    if not any(entry.see for entry in entries.values()):
        return []
    by_name = entries_by_name(entries.values())
    faults = []
    builds_on: dict[str, list[tuple[str, Place]]] = {}
    for entry in entries.values():
        for name, place in entry.see:
            target = by_name.get(fold(name))
            if target is None:
                what = f"`see` names `{name}`, which is no entry of this deck."
                faults.append(Fault(place, what, "Write another entry's term or id."))
            else:
                builds_on.setdefault(entry.id, []).append((target.id, place))
    return faults + _circles(builds_on)


def _circles(builds_on: dict[str, list[tuple[str, Place]]]) -> list[Fault]:
    faults = []
    done: set[str] = set()
    for start in builds_on:
        path: list[str] = []
        todo: list[tuple[str, Place | None, bool]] = [(start, None, False)]
        while todo:
            name, place, leaving = todo.pop()
            if leaving:
                path.pop()
                done.add(name)
            elif name in path:
                circle = " -> ".join([*path[path.index(name) :], name])
                where = place or Place(Path())
                faults.append(
                    Fault(where, f"`see` runs in a circle: {circle}.", "Take one of these out.")
                )
            elif name not in done:
                path.append(name)
                todo.append((name, place, True))
                todo += [(target, at, False) for target, at in builds_on.get(name, ())]
    return faults
