"""An outline that has headings: those with text below them are terms, those above them sections."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from offhand.formats.notes.lines import replaced
from offhand.formats.outlines.blocks import Block, Kind, written
from offhand.formats.outlines.found import Outline
from offhand.formats.outlines.names import bare_name
from offhand.formats.outlines.terms import Term, Terms, terms_in

_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.)、．:]\s*|(?<=\.\d)\s+|(?<=\.\d\d)\s+)(?=\S)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_AROUND = re.compile(r"<[^<>]+>|\{#[^}]*\}|¶")
_DECK_TAG = re.compile(r"(?:^|\s+)#flashcards?(?:/\S*)?$", re.IGNORECASE)
_FEW = 7
"""How many terms may stand within a definition; more make a section."""


@dataclass(slots=True)
class _Heading:
    title: str
    level: int
    block: Block | None = None
    body: list[Block] = field(default_factory=list)
    below: list["_Heading"] = field(default_factory=list)

    def all_below(self) -> Iterator["_Heading"]:
        for each in self.below:
            yield each
            yield from each.all_below()


def by_headings(blocks: Sequence[Block]) -> Outline:
    """The outline that headings make."""
    return _Reading(_tree(blocks)).outline()


def _tree(blocks: Sequence[Block]) -> _Heading:
    root = _Heading("", 0)
    path = [root]
    for block in blocks:
        if block.kind is not Kind.HEADING:
            path[-1].body.append(block)
            continue
        while path[-1].level >= block.level:
            path.pop()
        title = replaced(_LINK, block.text, lambda match: match[1])
        title = bare_name(_DECK_TAG.sub("", replaced(_AROUND, title, lambda _: "")).strip())
        heading = _Heading(title or block.text, block.level, block)
        path[-1].below.append(heading)
        path.append(heading)
    for heading in (root, *root.all_below()):
        _take_numbers_off(heading.below)
    return root


def _take_numbers_off(headings: Sequence[_Heading]) -> None:
    """Take off what numbers headings one after the other; a version is no such number."""
    numbered = [(each, match) for each in headings if (match := _NUMBER.match(each.title))]
    counts = [int(match[1].rpartition(".")[2]) for _, match in numbered]
    if counts and counts == list(range(counts[0], counts[0] + len(counts))) and counts[0] < 2:
        for heading, match in numbered:
            heading.title = heading.title[match.end() :]


class _Reading:
    def __init__(self, root: _Heading) -> None:
        self.root = root
        self.found = Outline()
        self.ways: Counter[str] = Counter()
        self.lists: dict[int, Terms] = {}

    def outline(self) -> Outline:
        top, intro = self.root, list(self.root.body)
        if len(self.root.below) == 1:
            top = self.root.below[0]
            self.found.title = top.title
            intro += top.body
        if top.below:
            self._introduction(intro)
            self._walk_below(top, ())
        elif terms := terms_in(intro):
            self._take("", terms)
        else:
            self._take_heading("", top)
        self._tell()
        return self.found

    def _introduction(self, intro: list[Block]) -> None:
        if terms := terms_in(intro):
            self.found.introduce(terms.others)
            self.ways[terms.how] += len(terms.found)
            self.found.add("", terms.found)
        else:
            self.found.introduce(intro)

    def _walk_below(self, heading: _Heading, path: tuple[str, ...]) -> None:
        leaves = [each for each in heading.below if not each.below]
        listed = sum(bool(self._list(each)) for each in leaves)
        for each in heading.below:
            here = (*path, each.title)
            terms = self._list(each)
            if not each.below and terms and listed * 2 <= len(leaves) and _explains(terms):
                terms = Terms()
            if terms:
                self._take(" / ".join(here), terms)
            elif _says(each.body):
                self._take_heading(" / ".join(here if each.below else path), each)
            elif not each.below and each.block is not None:
                self.found.leave_out([each.block], "Nothing stands below it.")
            self._walk_below(each, here)

    def _list(self, heading: _Heading) -> Terms:
        if id(heading) not in self.lists:
            unfolds = any(block.unfolds for block in heading.body)
            self.lists[id(heading)] = Terms() if unfolds else terms_in(heading.body)
        return self.lists[id(heading)]

    def _take(self, section: str, terms: Terms) -> None:
        self.ways[terms.how] += len(terms.found)
        self.found.add(section, terms.found)
        self.found.leave_out(terms.others, "It belongs to none of the terms.")

    def _take_heading(self, section: str, heading: _Heading) -> None:
        unfolds = next((at for at, block in enumerate(heading.body) if block.unfolds), 0)
        asked, definition = written(heading.body[:unfolds]), written(heading.body[unfolds:])
        if heading.block is not None and definition:
            self.ways["headings"] += 1
            term = Term(heading.title, definition, heading.block.line, asked=asked)
            self.found.add(section, [term])

    def _tell(self) -> None:
        for way, count in self.ways.most_common():
            if way == "headings":
                told = "Headings are terms, and the text below them their definitions"
            else:
                told = f"Below some headings, {way} are terms"
            self.found.how.append(f"{told}: {count:,}.")
        titles = [title for title in self.found.sections if title]
        if titles:
            self.found.how.append(f"Headings above terms are sections: {len(titles):,}.")


def _says(blocks: Sequence[Block]) -> bool:
    return any(block.kind is not Kind.NOISE for block in blocks)


def _explains(terms: Terms) -> bool:
    """Whether a few terms stand within a text that says something itself."""
    prose = [block for block in terms.others if block.kind is Kind.TEXT]
    return len(terms.found) <= _FEW and any(
        not block.lines[-1].rstrip().endswith((":", "：")) for block in prose
    )
