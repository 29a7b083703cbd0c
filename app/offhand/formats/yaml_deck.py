"""Offhand's own format: a deck as one YAML file, or as a folder with one file a section.

docs/deck-format.md describes it for those who write decks, decks/deck.schema.json for editors.
"""

from dataclasses import dataclass, field
from pathlib import Path

from offhand.domain.card import Deck, Entry, Place, Section
from offhand.domain.learning_order import entries_by_name
from offhand.domain.text import fold, slug
from offhand.formats.deck_folder import HEADER, DeckSource, deck_at
from offhand.formats.fault import Fault, Faulty
from offhand.formats.yaml_entry import EntryReader
from offhand.formats.yaml_fields import FieldReader, meant_as_yes
from offhand.formats.yaml_tree import Fields, Items, Node, Text, read_tree

_DECK_FIELDS = ("deck", "id", "about", "reverse", "sections", "entries")
_HEADER_FIELDS = ("deck", "id", "about", "reverse")
_SECTION_FIELDS = ("section", "id", "entries")


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for a whole deck."""

    id: str
    title: str
    about: str
    reverse: bool


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
        what = f"There is no deck here: {error.strerror or error}."
        mend = (
            f"A folder is a deck when it holds a `{HEADER}`."
            if path.is_dir()
            else "Check the path."
        )
        return Reading(Header("", "", "", False), [], [Fault(Place(path), what, mend)])
    reading = read_source(source)
    reading.faults += faults_between(reading.sections)
    return reading


def read_source(source: DeckSource) -> Reading:
    """Read a deck's files, each fault noted; what its files say of each other is not compared."""
    if not source.is_folder:
        return _read_file(source)
    reading = read_header(source)
    for stamp in source.files[1:]:
        section, faults = read_section(stamp.path, reading.header)
        reading.faults += faults
        if section is not None:
            reading.sections.append(section)
    if not source.files[1:]:
        mend = "Add a file with `section:` and `entries:`."
        reading.faults.append(Fault(Place(source.files[0].path), "The deck has no sections.", mend))
    return reading


def read_header(source: DeckSource) -> Reading:
    """Read what holds for a whole deck, and leave its entries alone."""
    fields = FieldReader()
    root = _tree(source.files[0].path, fields)
    known = _HEADER_FIELDS if source.is_folder else _DECK_FIELDS
    return Reading(_header(root, source, fields, known), [], fields.faults)


def read_section(path: Path, header: Header) -> tuple[Section | None, list[Fault]]:
    """Read one section file of a folder deck, with every fault in it."""
    fields = FieldReader()
    root = _tree(path, fields)
    if root is None:
        return None, fields.faults
    section = _section(root, fields, header)
    return section, fields.faults


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


def _read_file(source: DeckSource) -> Reading:
    fields = FieldReader()
    root = _tree(source.path, fields)
    header = _header(root, source, fields, _DECK_FIELDS)
    sections = _sections(root, fields, header) if isinstance(root, Fields) else []
    return Reading(header, sections, fields.faults)


def _tree(path: Path, fields: FieldReader) -> Node | None:
    try:
        return read_tree(path, fields.faults)
    except Faulty as faulty:
        fields.faults += faulty.faults
        return None


def _header(
    root: Node | None, source: DeckSource, fields: FieldReader, known: tuple[str, ...]
) -> Header:
    if root is None:
        return Header(source.name, source.name, "", False)
    if not isinstance(root, Fields):
        fields.fault(root.place, "A deck begins with `deck: Title`.", "Add it as the first line.")
        return Header(source.name, source.name, "", False)
    found = fields.mapping(root, known, "a deck")
    title = fields.text(found, "deck", root.place, "a deck", required=True)
    given = fields.text(found, "id", root.place, "a deck")
    reverse = found.get("reverse")
    both_ways = meant_as_yes(reverse) if reverse else False
    if both_ways is None and reverse:
        fields.fault(reverse.place, "`reverse` of a deck is true or false.", "Write `true`.")
    return Header(
        fields.id(found.get("id"), given) or source.name,
        title or source.name,
        fields.text(found, "about", root.place, "a deck"),
        bool(both_ways),
    )


def _sections(root: Fields, fields: FieldReader, header: Header) -> list[Section]:
    found = {key.value: value for key, value in root.pairs}
    sections, entries = found.get("sections"), found.get("entries")
    if sections is not None and entries is not None:
        fields.fault(
            entries.place,
            "A deck has `sections` or `entries`, not both.",
            "Move these entries into a section.",
        )
    if sections is None:
        if entries is None:
            fields.fault(
                root.place, "The deck has no cards.", "Add `sections:` or `entries:` with some."
            )
            return []
        read = EntryReader(fields, header.id, header.reverse).entries(entries)
        return [Section(header.id, header.title, entries.place, read)]
    if isinstance(sections, Items) and sections.items:
        listed = [_section(item, fields, header) for item in sections.items]
        return [section for section in listed if section is not None]
    if isinstance(sections, Fields) and sections.pairs:
        reader = EntryReader(fields, header.id, header.reverse)
        return [_titled(key, value, fields, reader) for key, value in sections.pairs]
    fields.fault(
        sections.place, "`sections` holds no section.", "Write `Title:` with its entries below."
    )
    return []


def _titled(title: Text, entries: Node, fields: FieldReader, reader: EntryReader) -> Section:
    """A section of the short form."""
    shown = fields.shown(title)
    if not shown:
        fields.fault(title.place, "The section has no title.", "Write `Title:` before its entries.")
    return Section(slug(title.value), shown, title.place, reader.entries(entries))


def _section(node: Node, fields: FieldReader, header: Header) -> Section | None:
    if not isinstance(node, Fields):
        fields.fault(
            node.place, "A section begins with `section: Title`.", "Add it, and `entries:` below."
        )
        return None
    found = fields.mapping(node, _SECTION_FIELDS, "a section")
    title = fields.text(found, "section", node.place, "a section", required=True)
    given = fields.text(found, "id", node.place, "a section")
    entries = found.get("entries")
    if entries is None or (isinstance(entries, Text) and not entries.value):
        fields.fault(node.place, "The section has no entries.", "Add `entries:` with some.")
        return None
    read = EntryReader(fields, header.id, header.reverse).entries(entries)
    ident = fields.id(found.get("id"), given) or slug(title)
    return Section(ident, title, node.place, read)
