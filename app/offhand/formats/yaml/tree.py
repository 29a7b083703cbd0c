"""YAML as a tree of texts, lists and mappings that remember where they stand.

Only what a deck needs is read: every scalar stays the text that was typed (`no` is no), and
anchors, aliases, tags, doubled keys and deep nesting are refused. The tree is built from the
parser's events, so that a hostile file is stopped before it has grown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from offhand.domain.card import Place
from offhand.domain.text import visible
from offhand.formats.fault import Fault, Faulty
from offhand.formats.garbage import collector_paused

_DEEPEST = 20
_MOST_FAULTS = 1000
_LARGEST = 64 * 1024 * 1024

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What libyaml and PyYAML say, and what it means to the person who wrote the file.
_MEANINGS = (
    (
        "mapping values are not allowed",
        "A colon followed by a space stands inside a text.",
        "Put the text in quotes, or under `|` on lines of its own.",
    ),
    (
        "found character that cannot start any token",
        "A text begins with a character that YAML keeps for itself (tab, @, ` or %).",
        "Put the text in quotes; indent with spaces.",
    ),
    (
        "did not find expected key",
        "The indentation does not fit, or a quoted text ends too early.",
        "Line the keys up with those above; double the quotes inside a quoted text.",
    ),
    (
        "could not find expected ':'",
        "A line has no `key:`.",
        "Indent it as part of the text above, or give it a key.",
    ),
    (
        "found unexpected end of stream",
        "A quoted text or a bracket is never closed.",
        "Close it, or put the text under `|`.",
    ),
    (
        "did not find expected '-' indicator",
        "A list and something else stand at one indentation.",
        "Begin every item with `- `, lined up.",
    ),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as typed."""

    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: list["Node"]


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping, in the order of the file."""

    place: Place
    pairs: list[tuple[Text, "Node"]]


Node = Text | Items | Fields


def read_tree(path: Path, faults: list[Fault] | None = None, text: str | None = None) -> Node:
    """The file's content. Raises Faulty where it is not the YAML of a deck.

    Where `faults` are given, doubled keys are added to them, and the rest is returned, so that its
    faults can be told too. `text` is what the file will hold, for one that does not lie there yet.
    """
    builder = _Builder(path)
    with collector_paused():
        root = builder.build(_text_of(path) if text is None else text)
    if faults is None and builder.noted:
        raise Faulty(builder.noted)
    if faults is not None:
        faults += builder.noted
    return root


def tree_of(text: str, path: Path) -> Node:
    """What a piece of YAML in a file says; places count from its first line. Raises Faulty."""
    builder = _Builder(path)
    root = builder.build(text)
    if builder.noted:
        raise Faulty(builder.noted)
    return root


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise Faulty(
                [Fault(Place(path), "The file is over 64 MiB.", "Split it into a folder.")]
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Faulty(
            [
                Fault(
                    Place(path), f"The file cannot be read: {reason}.", "Check its path and rights."
                )
            ]
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_after(error.object[: error.start].decode("utf-8"), path)
        raise Faulty([Fault(place, "The file is not UTF-8.", "Save it as UTF-8.")]) from None


def _place_after(before: str, path: Path) -> Place:
    line_start = before.rfind("\n") + 1
    return Place(path, before.count("\n") + 1, len(before) - line_start + 1)


class _Builder:
    """Builds the tree. A doubled key is noted, as the rest still says what it says; all else stops it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.noted: list[Fault] = []

    def build(self, text: str) -> Node:
        try:
            # What `yaml.parse` does, without two calls more for each event.
            events = iter(LOADER(text).get_event, None)
            root: Node | None = None
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if root is not None:
                        self.refuse(event, "A second document begins.", "Keep one deck to a file.")
                    root = self.node(next(events), events, 0)
        except yaml.reader.ReaderError as error:
            raise Faulty([*self.noted, self.unreadable(text, error)]) from None
        except yaml.MarkedYAMLError as error:
            raise Faulty([*self.noted, self.malformed(error)]) from None
        if root is None or (isinstance(root, Text) and not root.value.strip()):
            raise Faulty(
                [Fault(Place(self.path), "The file is empty.", "Begin with `deck: Title`.")]
            )
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if (
            type(event) is yaml.ScalarEvent
            and not (event.anchor or event.tag)
            and depth <= _DEEPEST
        ):
            return Text(self.place(event.start_mark), event.value)
        if depth > _DEEPEST:
            self.refuse(event, f"Nested deeper than {_DEEPEST} levels.", "A deck needs five.")
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"A YAML alias (`*{event.anchor}`).", "Write the text out.")
        if event.anchor:
            self.refuse(event, f"A YAML anchor (`&{event.anchor}`).", "Put the text in quotes.")
        if event.tag:
            tag = visible(event.tag[:60])
            self.refuse(event, f"A YAML tag (`{tag}`).", "Put the text in quotes.")
        place = self.place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return Text(place, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self.node(item, events, depth + 1))
            return Items(place, items)
        pairs: dict[str, tuple[Text, Node]] = {}
        while not isinstance(part := next(events), yaml.MappingEndEvent):
            key = self.node(part, events, depth + 1)
            if not isinstance(key, Text):
                self.refuse(part, "A key is a list or a mapping.", "Put the key in quotes.")
                continue
            value = self.node(next(events), events, depth + 1)
            if (first := pairs.get(key.value)) is not None:
                name, line = visible(key.value[:60]), first[0].place.line
                self.note(
                    part,
                    f"`{name}` stands here a second time; first on line {line}.",
                    "Keep one of the two.",
                )
            else:
                pairs[key.value] = (key, value)
        return Fields(place, list(pairs.values()))

    def place(self, mark: Any) -> Place:
        return Place(self.path, mark.line + 1, mark.column + 1)

    def note(self, event: Any, what: str, mend: str) -> None:
        self.noted.append(Fault(self.place(event.start_mark), what, mend))
        if len(self.noted) == _MOST_FAULTS:
            raise Faulty(self.noted)

    def refuse(self, event: Any, what: str, mend: str) -> None:
        raise Faulty([*self.noted, Fault(self.place(event.start_mark), what, mend)])

    def malformed(self, error: yaml.MarkedYAMLError) -> Fault:
        mark = error.problem_mark or error.context_mark
        place = self.place(mark) if mark else Place(self.path)
        problem = error.problem or "cannot be parsed"
        for said, what, mend in _MEANINGS:
            if said in problem:
                return Fault(place, what, mend)
        return Fault(place, f"Not YAML: {problem}.", "Check the quotes and the indentation here.")

    def unreadable(self, text: str, error: Any) -> Fault:
        code = error.character if isinstance(error.character, int) else ord(error.character)
        # The parser counts bytes here and not characters.
        place = _place_after(text.partition(chr(code))[0], self.path)
        return Fault(
            place,
            f"A control character (U+{code:04X}).",
            f'Delete it, or write it as "\\x{code:02x}" in double quotes.',
        )
