"""The terms in a stretch of an outline: numbered, bulleted, or at the head of a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import dedent

from offhand.formats.outlines.blocks import Block, Kind, goes_on, written
from offhand.formats.outlines.names import bare_name, is_name, is_title, split_term


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what is said of it; `body` are the blocks that its definition is made of.

    `asked` is what is asked below its name, where its definition is an answer that unfolds.
    """

    name: str
    definition: str
    line: int
    source: str = ""
    body: tuple[Block, ...] = ()
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a stretch, how they were told, and the blocks that belong to none of them."""

    found: tuple[Term, ...] = ()
    how: str = ""
    others: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.found)


_MOST = 2 / 3
_SIGNED = re.compile(
    r"(?P<name>\S(?:[^.!?。！？]|\.(?=\w))*?)(?P<sign>：|:(?=\s)|\s(?:[-–—=→]|->|=>|:)(?=\s))\s*(?P<says>\S.*)"
)
_BOLD = re.compile(r"(\*\*|__)(?:(?!\1).)+\1[:：]?")
_RULE = re.compile(r":?-+:?$")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_DEFINED = re.compile(r":[ \t]+(\S.*)")


def terms_in(blocks: Sequence[Block]) -> Terms:
    """The terms of a stretch below one title, told in the first way that most of it follows."""
    for way in (_numbered, _bulleted, _tabled, _defined, _indented, _lines, _paragraphs):
        if terms := way(blocks):
            return terms
    return Terms()


def item_terms(items: Sequence[tuple[Block, tuple[Block, ...]]]) -> Iterator[Term | None]:
    """For each list item with the blocks below it its term, or None where it has none."""
    for item, below in items:
        first, rest = _title_and_rest(item)
        definition = "\n\n".join(
            part for part in ("\n".join(rest).strip("\n"), written(below)) if part
        )
        if definition and (
            is_title(first) or first.endswith(("?", "？")) or _BOLD.fullmatch(first)
        ):
            yield Term(bare_name(first), definition, item.line, "", below)
        elif split := split_term("\n".join([first, *rest]) if rest else first):
            name, says, source = split
            definition = "\n\n".join(part for part in (says.strip("\n"), written(below)) if part)
            yield Term(name, definition, item.line, source, below)
        else:
            yield None


def _title_and_rest(item: Block) -> tuple[str, tuple[str, ...]]:
    """The first line of an item and what stands below it: a wrapped sentence is all first line."""
    rest = item.rest
    until, first = 0, item.text
    while until < len(rest) and goes_on(rest[until - 1] if until else first, rest[until]):
        until += 1
    return "\n".join([first, *rest[:until]]), rest[until:]


def _numbered(blocks: Sequence[Block]) -> Terms:
    start = next((i for i, block in enumerate(blocks) if block.kind is Kind.NUMBERED), len(blocks))
    if start == len(blocks) or blocks[start].number[-1] not in (0, 1):
        return Terms()
    lazy = all(b.number == blocks[start].number for b in blocks if b.kind is Kind.NUMBERED)
    items: list[tuple[Block, list[Block]]] = []
    for block in blocks[start:]:
        follows = not items or block.number == (
            *items[-1][0].number[:-1],
            items[-1][0].number[-1] + 1,
        )
        if block.kind is Kind.NUMBERED and (follows or lazy):
            items.append((block, []))
        else:
            items[-1][1].append(block)
    return _mostly(
        [(item, tuple(below)) for item, below in items], "numbered lines", blocks[:start]
    )


def _bulleted(blocks: Sequence[Block]) -> Terms:
    items = [(block, ()) for block in blocks if block.kind is Kind.BULLET]
    others = [block for block in blocks if block.kind is not Kind.BULLET]
    return _mostly(items, "list items", others)


def _mostly(
    items: Sequence[tuple[Block, tuple[Block, ...]]], how: str, others: Sequence[Block]
) -> Terms:
    """The terms of items when most of these have one; the other items are left over."""
    if len(items) < 2:
        return Terms()
    found = list(item_terms(items))
    terms = tuple(term for term in found if term is not None)
    if len(terms) < 2 or len(terms) < _MOST * len(items):
        return Terms()
    left = [block for (block, _), term in zip(items, found, strict=True) if term is None]
    return Terms(terms, how, (*others, *left))


def _tabled(blocks: Sequence[Block]) -> Terms:
    """A table of two columns, and nothing besides."""
    said = [block for block in blocks if block.kind is not Kind.NOISE]
    rows = [_cells(line) for line in said[0].lines] if len(said) == 1 else []
    if len(rows) < 4 or any(len(row) != 2 for row in rows) or not all(map(_RULE.match, rows[1])):
        return Terms()
    terms = [
        Term(bare_name(name), says, line)
        for line, (name, says) in enumerate(rows[2:], said[0].line + 2)
        if name and says
    ]
    return Terms(tuple(terms), "rows of a table") if len(terms) > 1 else Terms()


def _cells(line: str) -> list[str]:
    """The cells of a row of a table."""
    bare = line.strip()
    bare = bare.removeprefix("|").removesuffix("|") if bare.startswith("|") else ""
    return [cell.strip().replace("\\|", "|") for cell in _BETWEEN_CELLS.split(bare)]


def _defined(blocks: Sequence[Block]) -> Terms:
    """Definition lists: a term, and below it lines that begin with a colon."""
    terms, others = [], []
    for block in blocks:
        names = [line for line in block.lines if not _DEFINED.match(line.lstrip())]
        says = [match[1] for line in block.lines if (match := _DEFINED.match(line.lstrip()))]
        if block.kind is Kind.TEXT and says and len(names) == 1 and names[0] is block.lines[0]:
            terms.append(Term(bare_name(names[0]), "\n".join(says), block.line))
        else:
            others.append(block)
    return Terms(tuple(terms), "definition lists", tuple(others)) if terms else Terms()


def _indented(blocks: Sequence[Block]) -> Terms:
    """Titles with their definitions indented below them."""
    terms: list[Term] = []
    others: list[Block] = []
    for block in blocks:
        if block.kind is Kind.TEXT and _is_indented(block.lines[1:]) and is_title(block.lines[0]):
            terms.append(
                Term(bare_name(block.text), dedent("\n".join(block.lines[1:])), block.line)
            )
        elif terms and _is_indented(block.lines):
            last = terms.pop()
            text = f"{last.definition}\n\n{dedent(written([block]))}"
            terms.append(Term(last.name, text, last.line))
        else:
            others.append(block)
    if len(terms) < 2 or len(terms) < _MOST * sum(b.kind is not Kind.NOISE for b in blocks):
        return Terms()
    return Terms(tuple(terms), "lines with indented text below them", tuple(others))


def _is_indented(lines: Sequence[str]) -> bool:
    return bool(lines) and all(line[:1] in " \t" for line in lines if line)


def _lines(blocks: Sequence[Block]) -> Terms:
    """Lines that each begin with their term and a sign, the same one in all of them."""
    terms: list[Term] = []
    others: list[Block] = []
    signs: set[str] = set()
    is_listed = False
    for block in blocks:
        found = _terms_of_lines(block, signs) if block.kind is Kind.TEXT else []
        is_listed |= len(found) > 1
        terms += found
        if not found:
            others.append(block)
    texts = sum(block.kind is Kind.TEXT for block in others)
    is_one = len(signs) == 1 and len({term.name for term in terms}) == len(terms)
    if not is_listed or not is_one or len(terms) < _MOST * (len(terms) + texts):
        return Terms()
    return Terms(tuple(terms), "lines that begin with a term", tuple(others))


def _terms_of_lines(block: Block, signs: set[str]) -> list[Term]:
    """The terms of a paragraph's lines, none unless all lines have one; adds the signs behind them."""
    terms: list[Term] = []
    found: set[str] = set()
    for line, text in enumerate(block.lines, block.line):
        if terms and text[:1] in " \t":
            last = terms.pop()
            terms.append(replace(last, definition=f"{last.definition}\n{text.strip()}"))
        elif (match := _SIGNED.fullmatch(text.strip())) and is_name(match["name"]):
            found.add(match["sign"].strip())
            name, says, source = split_term(text) or (bare_name(match["name"]), match["says"], "")
            terms.append(Term(name, says, line, source))
        else:
            return []
    signs |= found
    return terms


def _paragraphs(blocks: Sequence[Block]) -> Terms:
    """Paragraphs that begin with their term and a colon; what follows them belongs to them."""
    paragraphs = [block for block in blocks if block.kind is Kind.TEXT]
    split = [split_term("\n".join(block.lines)) for block in paragraphs]
    count = sum(each is not None for each in split)
    if count < 2 or count < _MOST * len(paragraphs):
        return Terms()
    named = {block.line: each for block, each in zip(paragraphs, split, strict=True) if each}
    terms: list[Term] = []
    others: list[Block] = []
    for block in blocks:
        if found := named.get(block.line):
            terms.append(Term(found[0], found[1].strip("\n"), block.line, found[2]))
        elif terms and block.kind is not Kind.NOISE:
            last = terms.pop()
            text = f"{last.definition}\n\n{written([block])}"
            terms.append(Term(last.name, text, last.line, last.source))
        else:
            others.append(block)
    return Terms(tuple(terms), "paragraphs that begin with a term", tuple(others))
