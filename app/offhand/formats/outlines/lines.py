"""An outline without headings: title lines above numbered terms, or above paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import replace

from offhand.formats.outlines.blocks import Block, Kind, goes_on, written
from offhand.formats.outlines.found import Outline
from offhand.formats.outlines.names import bare_name, is_heading, split_term
from offhand.formats.outlines.terms import Term, item_terms, terms_in

_MOST = 2 / 3
_ENDS = (".", "!", "?", "。", "！", "？")
_CHAPTER = re.compile(
    r"(?:chapter|part|section|unit|lesson|module|kapitel|teil|chapitre|partie|cap[ií]tulo|parte|"
    r"глава|часть|раздел)\s+(?:\d{1,3}|[ivxlc]{1,6}|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"\b\s*[.:：–—-]?\s*|第\s*[\d一二三四五六七八九十百]{1,4}\s*[章节節部编編篇]\s*[：:、.]?\s*|[一二三四五六七八九十]{1,3}[、．.]\s*",
    re.IGNORECASE,
)


def by_lines(blocks: Sequence[Block]) -> Outline:
    """The outline that title lines, numbers and paragraphs make."""
    blocks = _with_titles(blocks)
    for way in (_numbered, _listed, _titled):
        outline = way(blocks)
        if outline.sections:
            return outline
    return Outline()


def _with_titles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with what is plainly a title made one.

    That is `Chapter 3: Title`, a number above numbers of its own (`1` above `1.1`), and the last line
    of a paragraph right above a list that begins.
    """
    made: list[Block] = []
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind is Kind.TEXT and len(block.lines) == 1 and (m := _CHAPTER.match(block.text)):
            made.append(replace(block, kind=Kind.HEADING, text=block.text[m.end() :] or block.text))
        elif (
            block.kind is Kind.NUMBERED
            and following is not None
            and following.kind is Kind.NUMBERED
            and following.number[:-1] == block.number
        ):
            made.append(replace(block, kind=Kind.HEADING))
        elif (
            block.kind is Kind.TEXT
            and len(block.lines) > 1
            and following is not None
            and following.kind is Kind.NUMBERED
            and not following.apart
            and is_heading(block.lines[-1])
            and block.lines[-2].rstrip().endswith(_ENDS)
        ):
            made.append(replace(block, lines=block.lines[:-1]))
            title = block.lines[-1].strip()
            made.append(
                Block(Kind.HEADING, block.last_line, (block.lines[-1],), title, apart=False)
            )
        else:
            made.append(block)
    return made


class _Run:
    """The terms of one section in the making."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.items: list[tuple[Block, list[Block]]] = []


def _numbered(blocks: Sequence[Block]) -> Outline:
    outline = Outline()
    runs: list[_Run] = []
    before: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        items = runs[-1].items if runs else []
        expected = (items[-1][0].number[-1] if items else 0) + 1
        title = _title_before(blocks, at, expected)
        if title is not None:
            runs.append(_Run(title))
        elif block.kind is Kind.NUMBERED and not runs and block.number[-1] in (0, 1):
            runs.append(_Run(""))
            continue
        elif (
            block.kind is Kind.NUMBERED
            and runs
            and (not items or expected <= block.number[-1] <= expected + 1)
            and not _nested(blocks, at, items)
        ):
            items.append((block, []))
        elif items:
            items[-1][1].append(block)
        else:
            before.append(block)
        at += 1
    return _of_runs(runs, before, outline)


def _title_before(blocks: Sequence[Block], at: int, expected: int) -> str | None:
    """The title of the section that begins with the next block, if this one is its title."""
    block = blocks[at]
    if block.kind is Kind.HEADING:
        return block.text
    if at + 1 == len(blocks) or blocks[at + 1].kind is not Kind.NUMBERED:
        return None
    if blocks[at + 1].number[-1] not in (0, 1, expected):
        return None
    alone = block.kind is Kind.TEXT and len(block.lines) == 1
    return block.text if alone and is_heading(block.text) else None


def _nested(blocks: Sequence[Block], at: int, items: list[tuple[Block, list[Block]]]) -> bool:
    """Whether a number goes on with a list inside a definition, and not with the terms."""
    if not items or not items[-1][1]:
        return False
    last = items[-1][1][-1]
    return (
        last.kind is Kind.NUMBERED
        and last.number[-1] + 1 == blocks[at].number[-1]
        and not blocks[at].apart
    )


def _title_of(outline: Outline, before: list[Block], runs: list[_Run]) -> None:
    """Give the outline its title: the first line, or the one title of all its terms."""
    outline.title = _title(before)
    if not before and len(runs) == 1 and runs[0].title:
        outline.title, runs[0].title = runs[0].title, ""


def _of_runs(runs: list[_Run], before: list[Block], outline: Outline) -> Outline:
    items = [item for run in runs for item in run.items]
    if _are_sections(items):
        return _numbers_as_sections(runs, before, _cut_trailing(items))
    terms = list(item_terms([(item, tuple(below)) for item, below in items]))
    if len(items) < 2 or sum(term is not None for term in terms) < _MOST * len(items):
        return Outline()
    after = _cut_trailing(items)
    _title_of(outline, before, runs)
    outline.introduce(before)
    for run in runs:
        found = []
        for (item, _), term in zip(
            run.items, item_terms([(i, tuple(b)) for i, b in run.items]), strict=True
        ):
            if term is None:
                outline.leave_out([item], "Nothing stands below it.")
            else:
                found.append(term)
        outline.add(outline.call(run.title) if run.title else "", found)
    outline.leave_out(after, "After the last term.")
    count = sum(map(len, outline.sections.values()))
    outline.how.append(
        f"Numbered lines are terms, and what stands below their definitions: {count:,}."
    )
    titled = [title for title in outline.sections if title]
    if titled:
        outline.how.append(f"Lines before a number that begins are sections: {len(titled):,}.")
    return outline


def _cut_trailing(items: list[tuple[Block, list[Block]]]) -> list[Block]:
    """Take from the last term what does not look like its definition any more.

    That is what follows a title line, and more paragraphs than any other term has.
    """
    item, last = items[-1]
    is_defined = bool(item.rest) or split_term(item.text) is not None
    end = next(
        (i for i, b in enumerate(last) if (i or is_defined) and _is_title_line(b)), len(last)
    )
    if len(items) > 3:
        most = max(1 - is_defined, *(_length(below) for _, below in items[:-1]))
        while _length(last[:end]) > most:
            end -= 1
    after = last[end:]
    del last[end:]
    return after


def _length(below: Sequence[Block]) -> int:
    """How many blocks a definition has, not counting the terms that are explained within it."""
    return sum(not (_ends(b) and split_term("\n".join(b.lines))) for b in below)


def _ends(block: Block) -> bool:
    return block.kind is Kind.TEXT and block.lines[-1].rstrip().endswith(_ENDS)


def _is_title_line(block: Block) -> bool:
    return block.kind is Kind.HEADING or (
        block.kind is Kind.TEXT and len(block.lines) == 1 and is_heading(block.text)
    )


def _are_sections(items: list[tuple[Block, list[Block]]]) -> bool:
    """Whether the numbered lines are titles, and the terms are listed below them."""
    listed = sum(
        len([b for b in below if b.kind is Kind.BULLET]) > 1 and bool(terms_in(below))
        for _, below in items
    )
    return listed * 2 > len(items)


def _numbers_as_sections(runs: list[_Run], before: list[Block], after: list[Block]) -> Outline:
    outline = Outline()
    _title_of(outline, before, runs)
    outline.introduce(before)
    for item, below in (item for run in runs for item in run.items):
        terms = terms_in(below)
        outline.add(outline.call(bare_name(item.text)), terms.found)
        outline.leave_out(terms.others, "It belongs to none of the terms.")
    outline.leave_out(after, "After the last term.")
    outline.how.append(f"Numbered lines are sections: {len(outline.sections):,}.")
    return outline


def _title(before: list[Block]) -> str:
    first = next((block for block in before if block.kind is not Kind.NOISE), None)
    return first.text if first is not None and _is_title_line(first) else ""


def _listed(blocks: Sequence[Block]) -> Outline:
    """Lists or paragraphs of terms, below title lines or below nothing."""
    outline = Outline()
    stretches: list[tuple[str, list[Block]]] = [("", [])]
    for at, block in enumerate(blocks):
        follows = at + 1 < len(blocks) and blocks[at + 1].kind in (Kind.BULLET, Kind.TEXT)
        if follows and _is_title_line(block):
            stretches.append((block.text, []))
        else:
            stretches[-1][1].append(block)
    found = [(title, terms_in(stretch)) for title, stretch in stretches]
    said = sum(len(stretch) for _, stretch in stretches)
    taken = sum(len(terms.found) for _, terms in found)
    if not taken or taken * 2 < said:
        return outline
    if len(found) > 1 and not found[0][1] and not found[1][1]:
        outline.title = found[1][0]
    if [title for title, terms in found if terms] == [blocks[0].text]:
        outline.title = blocks[0].text
    for (title, stretch), (_, terms) in zip(stretches, found, strict=True):
        if terms:
            alone = title == outline.title
            outline.add(outline.call(title) if title and not alone else "", terms.found)
            outline.leave_out(terms.others, "It belongs to none of the terms.")
            outline.how.append(f"{terms.how.capitalize()} are terms: {len(terms.found):,}.")
        else:
            outline.leave_out(stretch, "No terms are in it.")
    return outline


def _titled(blocks: Sequence[Block]) -> Outline:
    """Title lines that are terms, the paragraphs below their definitions; two make a section."""
    stretches: list[tuple[Block, list[Block]]] = []
    before: list[Block] = []
    for block in _split_heads(blocks):
        if _is_title_line(block):
            stretches.append((block, []))
        elif stretches:
            stretches[-1][1].append(block)
        else:
            before.append(block)
    outline, section = Outline(), ""
    if len(stretches) > 2 and not stretches[0][1] and not stretches[1][1]:
        outline.title = stretches.pop(0)[0].text
    for title, body in stretches:
        definition = written(body)
        if not definition:
            section = outline.call(title.text)
        else:
            outline.add(section, [Term(bare_name(title.text), definition, title.line)])
    count = sum(map(len, outline.sections.values()))
    if count < 2:
        return Outline()
    outline.introduce(before)
    outline.how.append(
        f"Title lines are terms, and the paragraphs below their definitions: {count:,}."
    )
    return outline


def _split_heads(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the first lines of paragraphs split off where most begin with a title."""
    heads = [
        block.kind is Kind.TEXT
        and len(block.lines) > 1
        and is_heading(block.text)
        and not goes_on(block.text, block.lines[1])
        for block in blocks
    ]
    long = [block for block in blocks if block.kind is Kind.TEXT and len(block.lines) > 1]
    if sum(heads) < 2 or sum(heads) < _MOST * len(long):
        return list(blocks)
    made: list[Block] = []
    for block, head in zip(blocks, heads, strict=True):
        if not head:
            made.append(block)
            continue
        made.append(replace(block, lines=block.lines[:1]))
        rest = block.lines[1:]
        made.append(Block(Kind.TEXT, block.line + 1, rest, rest[0].strip(), apart=False))
    return made
