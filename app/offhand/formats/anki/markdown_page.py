"""A Markdown text in the making: pieces of styled text come one after another, and become blocks."""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import groupby
from operator import or_
from typing import NamedTuple

from offhand.formats.anki.markdown_signs import (
    begun,
    code_span,
    emphasised,
    escaped,
    has_signs,
    signs_alone,
)

BOLD, ITALIC, STRUCK, CODE, MARKUP = 1, 2, 4, 8, 16
_MARKS = {BOLD: "**", ITALIC: "*", STRUCK: "~~"}
_SIGNS = (
    (BOLD | ITALIC, {"stars", "lines"}),
    (STRUCK, {"waves", "wave"}),
    (CODE, {"ticks"}),
)
"""The signs that the marks of a style could be taken for."""
_SPACE = re.compile("[ \t\n\r\f\x85\xa0\u2028\u2029]+")
_SPACE_BUT_FIXED = re.compile("[ \t\n\r\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"([-+*])\s+\S")
_NUMBER = re.compile(r"(\d{1,9})([.)])\s+\S")
_BRACKETS = re.compile(r"(`+).*?\1|(?<!\\)[\[\]]")
"""Those of a link's text, past its code."""
_BREAK = "\n"


class _Run(NamedTuple):
    text: str
    style: int
    link: str


class Page:
    """A text in the making. `markdown` is what was made of it."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self._runs: list[_Run] = []

    def text(self, text: str, style: int = 0, link: str = "") -> None:
        """Add words; white space counts as in HTML, and with the style MARKUP not at all."""
        if style & CODE:
            text = _SPACE_BUT_FIXED.sub(" ", text).replace("\xa0", " ")
        elif not style & MARKUP:
            text = _SPACE.sub(" ", text)
        if text[:1] == " " and (not self._runs or self._runs[-1].text[-1] in " \n"):
            text = text[1:]
        if text:
            self._runs.append(_Run(text, style, link))

    def line_break(self) -> None:
        """Go on in the next line."""
        self._runs.append(_Run(_BREAK, 0, ""))

    def new_line(self) -> None:
        """Go on at the beginning of a line."""
        if self._runs and self._runs[-1].text != _BREAK:
            self.line_break()

    def new_paragraph(self) -> None:
        """Go on in another paragraph."""
        self.new_line()
        if len(self._runs) > 1 and self._runs[-2].text != _BREAK:
            self.line_break()

    def block(self, markdown: str) -> None:
        """Add what stands by itself: a list, a table, code."""
        self._end_paragraph()
        if markdown:
            self.blocks.append(markdown)

    def finished(self) -> list[str]:
        """The blocks of the text."""
        self._end_paragraph()
        return self.blocks

    def markdown(self) -> str:
        """The text."""
        return "\n\n".join(self.finished())

    def _end_paragraph(self) -> None:
        if not self._runs:
            return
        lines: list[list[_Run]] = [[]]
        for run in _escaped(self._runs):
            if run.text == _BREAK:
                lines.append([])
            else:
                lines[-1].append(run)
        self._runs = []
        written = [_Line(_inline(runs).strip(), _is_plain(runs)) for runs in lines]
        for is_text, paragraph in groupby(written, key=lambda line: bool(line.text)):
            if is_text:
                self.blocks += _paragraph(list(paragraph))


def _escaped(runs: Sequence[_Run]) -> list[_Run]:
    """The runs of a paragraph with their words as Markdown; those of code stay."""
    if not any(has_signs(run.text) for run in runs):
        return list(runs)
    alone = signs_alone(run.text for run in runs if not run.style & (CODE | MARKUP))
    styles = reduce(or_, (run.style for run in runs), 0)
    alone -= frozenset[str]().union(*(signs for style, signs in _SIGNS if styles & style))
    made = []
    for at, run in enumerate(runs):
        if run.style & (CODE | MARKUP):
            made.append(run)
            continue
        before = _sign_beside(runs[at - 1], -1) if at else " "
        after = _sign_beside(runs[at + 1], 0) if at + 1 < len(runs) else " "
        if run.style or run.link:
            before = after = "*"  # its marks
        elif after == _BREAK:
            after = "\\"  # how a line is broken
        made.append(run._replace(text=escaped(run.text, alone, before, after)))
    return made


def _sign_beside(other: _Run, at: int) -> str:
    """What stands beside a run: the text of another, or the marks of its style."""
    sign = other.text[at]
    return sign if sign.isspace() or not (other.style or other.link) else "*"


class _Line(NamedTuple):
    """A line of a paragraph; a plain one begins with words, which may look like a list's item."""

    text: str
    is_plain: bool


def _is_plain(runs: Sequence[_Run]) -> bool:
    first = next((run for run in runs if not run.text.isspace()), None)
    return first is not None and not first.style and not first.link


def _paragraph(lines: list[_Line]) -> list[str]:
    """The blocks of lines that stand together: lists that were typed, and what is between them."""
    blocks: list[str] = []
    start = at = 0
    while at < len(lines):
        end = _end_of_list(lines, at)
        if end - at > 1:
            blocks += _broken(lines[start:at])
            blocks.append("\n".join(_item(line.text) for line in lines[at:end]))
            start = end
        at = end
    return blocks + _broken(lines[start:])


def _item(line: str) -> str:
    """An item of a list that was typed: what follows its sign begins nothing else."""
    found = _BULLET.match(line) or _NUMBER.match(line)
    assert found is not None
    return line[: found.end() - 1] + begun(line[found.end() - 1 :])


def _end_of_list(lines: list[_Line], at: int) -> int:
    """Where the list ends that begins at a line, the next line if none does."""
    first = lines[at]
    marker = _BULLET.match(first.text) if first.is_plain else None
    number = _NUMBER.match(first.text) if first.is_plain and not marker else None
    end = at + 1
    while (marker or number) and end < len(lines) and lines[end].is_plain:
        if marker:
            follows = (found := _BULLET.match(lines[end].text)) and found[1] == marker[1]
        else:
            assert number is not None
            found = _NUMBER.match(lines[end].text)
            follows = found and found[2] == number[2] and int(found[1]) == int(number[1]) + end - at
        if not follows:
            break
        end += 1
    return end


def _broken(lines: list[_Line]) -> list[str]:
    if not lines:
        return []
    return ["\\\n".join(begun(line.text) for line in lines)]


def _inline(runs: Sequence[_Run], marks: tuple[int, ...] = tuple(_MARKS)) -> str:
    """The Markdown of runs that stand in one line."""
    styles = 0
    has_links = False
    for run in runs:
        styles |= run.style
        has_links = has_links or run.link != ""
    marks = tuple([mark for mark in marks if styles & mark]) if styles else ()
    if not has_links:
        return _marked(runs, marks)
    texts: list[str] = []
    for link, group in groupby(runs, key=lambda run: run.link):
        text = _marked(list(group), marks)
        if link:
            text = _linked(text, link)
            if text[0] == "[" and texts and texts[-1].endswith("!"):
                texts[-1] = f"{texts[-1][:-1]}\\!"  # else it would be an image
        texts.append(text)
    return "".join(texts)


def _linked(text: str, link: str) -> str:
    inner = text.strip()
    if not inner or inner == link:
        return text
    if not inner.startswith("!["):
        inner = _BRACKETS.sub(lambda match: match[0] if match[1] else f"\\{match[0]}", inner)
    return f"[{inner}]({link}){' ' * text.endswith(' ')}"


def _marked(runs: Sequence[_Run], marks: tuple[int, ...], before: str = "", after: str = "") -> str:
    """The Markdown of runs without links; `before` and `after` are the signs around them."""
    if len(runs) == 1:
        return _marked_alone(runs[0], marks, before, after)
    while marks and not any(run.style & marks[0] for run in runs):
        marks = marks[1:]
    if not marks:
        if not any(run.style & CODE for run in runs):
            return "".join([run.text for run in runs])
        return "".join(
            code_span("".join(run.text for run in group))
            if is_code
            else "".join(run.text for run in group)
            for is_code, group in groupby(runs, key=lambda run: bool(run.style & CODE))
        )
    groups = [
        (is_marked, list(group))
        for is_marked, group in groupby(runs, key=lambda run: bool(run.style & marks[0]))
    ]
    sides = [before, *(group[-1].text[-1] for _, group in groups[:-1])]
    others = [*(group[0].text[0] for _, group in groups[1:]), after]
    texts = [
        _marked(group, marks[1:], side, other)
        for (_, group), side, other in zip(groups, sides, others, strict=True)
    ]
    for at, (is_marked, _) in enumerate(groups):
        if is_marked:
            side = texts[at - 1][-1:] if at else before
            other = texts[at + 1][:1] if at + 1 < len(texts) else after
            texts[at] = emphasised(texts[at], _MARKS[marks[0]], side, other)
    return "".join(texts)


def _marked_alone(run: _Run, marks: tuple[int, ...], before: str, after: str) -> str:
    """The Markdown of one run, the first of the marks outermost."""
    text = code_span(run.text) if run.style & CODE else run.text
    for mark in reversed(marks):
        if run.style & mark:
            text = emphasised(text, _MARKS[mark], before, after)
    return text
