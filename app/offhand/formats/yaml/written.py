"""A deck of YAML files as it is written: its header, its sections, and their entries."""

from dataclasses import dataclass, field
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import slug
from offhand.formats.deck_folder import DeckSource
from offhand.formats.fault import Fault, Faulty
from offhand.formats.yaml.entry import EntryReader, WrittenEntry
from offhand.formats.yaml.fields import FieldReader, meant_as_yes
from offhand.formats.yaml.tree import Fields, Items, Node, Text, read_tree

_DECK_FIELDS = ("deck", "id", "about", "reverse", "origin", "sections", "entries")
_HEADER_FIELDS = ("deck", "id", "about", "reverse", "origin")
_SECTION_FIELDS = ("section", "id", "entries")


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for a whole deck. `origin` names what it was imported from, empty if nothing."""

    id: str
    title: str
    about: str
    reverse: bool
    origin: str = ""


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section; `given` is the id that it was given, empty where `id` comes from its title.

    `is_whole` says that it is all of a deck without sections, under the deck's own title and id.
    """

    id: str
    title: str
    place: Place
    entries: tuple[WrittenEntry, ...]
    given: str = ""
    is_whole: bool = False


@dataclass(slots=True)
class WrittenDeck:
    """What was read of a deck, and every fault in it; `given` is the id that it was given."""

    header: Header
    given: str = ""
    sections: list[WrittenSection] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_written(source: DeckSource) -> WrittenDeck:
    """Read a deck's files, each fault noted; what its files say of each other is not compared."""
    if not source.is_folder:
        return _read_file(source)
    read = read_written_header(source)
    for stamp in source.files[1:]:
        section, faults = read_written_section(stamp.path)
        read.faults += faults
        if section is not None:
            read.sections.append(section)
    if not source.files[1:]:
        mend = "Add a file with `section:` and `entries:`."
        read.faults.append(Fault(Place(source.files[0].path), "The deck has no sections.", mend))
    return read


def read_written_header(source: DeckSource) -> WrittenDeck:
    """Read what holds for a whole deck, and leave its entries alone."""
    fields = FieldReader()
    root = _tree(source.files[0].path, fields)
    known = _HEADER_FIELDS if source.is_folder else _DECK_FIELDS
    header, given = _header(root, source, fields, known)
    return WrittenDeck(header, given, [], fields.faults)


def read_written_section(
    path: Path, text: str | None = None
) -> tuple[WrittenSection | None, list[Fault]]:
    """Read one section file of a folder deck, with every fault in it.

    `text` is what the file will hold, for one that does not lie there yet.
    """
    fields = FieldReader()
    root = _tree(path, fields, text)
    if root is None:
        return None, fields.faults
    return _section(root, fields), fields.faults


def _read_file(source: DeckSource) -> WrittenDeck:
    fields = FieldReader()
    root = _tree(source.path, fields)
    header, given = _header(root, source, fields, _DECK_FIELDS)
    sections = _sections(root, fields, header) if isinstance(root, Fields) else []
    return WrittenDeck(header, given, sections, fields.faults)


def _tree(path: Path, fields: FieldReader, text: str | None = None) -> Node | None:
    try:
        return read_tree(path, fields.faults, text)
    except Faulty as faulty:
        fields.faults += faulty.faults
        return None


def _header(
    root: Node | None, source: DeckSource, fields: FieldReader, known: tuple[str, ...]
) -> tuple[Header, str]:
    if root is None:
        return Header(source.name, source.name, "", False), ""
    if not isinstance(root, Fields):
        fields.fault(root.place, "A deck begins with `deck: Title`.", "Add it as the first line.")
        return Header(source.name, source.name, "", False), ""
    found = fields.mapping(root, known, "a deck")
    title = fields.text(found, "deck", root.place, "a deck", required=True)
    given = fields.text(found, "id", root.place, "a deck")
    reverse = found.get("reverse")
    both_ways = meant_as_yes(reverse) if reverse else False
    if both_ways is None and reverse:
        fields.fault(reverse.place, "`reverse` of a deck is true or false.", "Write `true`.")
    header = Header(
        fields.id(found.get("id"), given) or source.name,
        title or source.name,
        fields.text(found, "about", root.place, "a deck"),
        bool(both_ways),
        fields.text(found, "origin", root.place, "a deck"),
    )
    return header, given


def _sections(root: Fields, fields: FieldReader, header: Header) -> list[WrittenSection]:
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
        read = EntryReader(fields).entries(entries)
        return [WrittenSection(header.id, header.title, entries.place, read, is_whole=True)]
    if isinstance(sections, Items) and sections.items:
        listed = [_section(item, fields) for item in sections.items]
        return [section for section in listed if section is not None]
    if isinstance(sections, Fields) and sections.pairs:
        reader = EntryReader(fields)
        return [_titled(key, value, fields, reader) for key, value in sections.pairs]
    fields.fault(
        sections.place, "`sections` holds no section.", "Write `Title:` with its entries below."
    )
    return []


def _titled(title: Text, entries: Node, fields: FieldReader, reader: EntryReader) -> WrittenSection:
    """A section of the short form."""
    shown = fields.shown(title)
    if not shown:
        fields.fault(title.place, "The section has no title.", "Write `Title:` before its entries.")
    return WrittenSection(slug(title.value), shown, title.place, reader.entries(entries))


def _section(node: Node, fields: FieldReader) -> WrittenSection | None:
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
    read = EntryReader(fields).entries(entries)
    ident = fields.id(found.get("id"), given) or slug(title)
    return WrittenSection(ident, title, node.place, read, given)
