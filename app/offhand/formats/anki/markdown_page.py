"""A Markdown text in the making: pieces of styled text come one after another, and become blocks."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from offhand.formats.anki.markdown_signs import begun, code_span, emphasised, escaped

BOLD, ITALIC, STRUCK, CODE, MARKUP = 1, 2, 4, 8, 16
_MARKS = {BOLD: "**", ITALIC: "*", STRUCK: "~~"}
_SPACE = re.compile("[ \t\n\r\f\x85\xa0\u2028\u2029]+")
_SPACE_BUT_FIXED = re.compile("[ \t\n\r\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"([-+*])\s+\S")
_NUMBER = re.compile(r"(\d{1,9})([.)])\s+\S")
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
        lines: list[list[_Run]] = [[]]
        for run in self._runs:
            if run.text == _BREAK:
                lines.append([])
            else:
                lines[-1].append(run)
        self._runs = []
        written = [_Line(_inline(runs).strip(), _is_plain(runs)) for runs in lines]
        for is_text, paragraph in groupby(written, key=lambda line: bool(line.text)):
            if is_text:
                self.blocks += _paragraph(list(paragraph))


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
            blocks.append("\n".join(line.text for line in lines[at:end]))
            start = end
        at = end
    return blocks + _broken(lines[start:])


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
    return ["\\\n".join(begun(line.text) if line.is_plain else line.text for line in lines)]


def _inline(runs: Sequence[_Run], marks: tuple[int, ...] = tuple(_MARKS)) -> str:
    """The Markdown of runs that stand in one line."""
    if not any(run.link for run in runs):
        return _marked(runs, marks)
    texts = []
    for link, group in groupby(runs, key=lambda run: run.link):
        text = _marked(list(group), marks)
        texts.append(_linked(text, link) if link else text)
    return "".join(texts)


def _linked(text: str, link: str) -> str:
    inner = text.strip()
    if not inner or inner == link:
        return text
    if not inner.startswith("!["):
        inner = re.sub(r"(?<!\\)([\[\]])", r"\\\1", inner)
    return f"[{inner}]({link}){' ' * text.endswith(' ')}"


def _marked(runs: Sequence[_Run], marks: tuple[int, ...]) -> str:
    while marks and not any(run.style & marks[0] for run in runs):
        marks = marks[1:]
    if not marks:
        return "".join(map(_written, runs))
    groups = [
        (is_marked, _marked(list(group), marks[1:]))
        for is_marked, group in groupby(runs, key=lambda run: bool(run.style & marks[0]))
    ]
    texts = [text for _, text in groups]
    for at, (is_marked, text) in enumerate(groups):
        if is_marked:
            before = texts[at - 1][-1:] if at else ""
            after = texts[at + 1][:1] if at + 1 < len(texts) else ""
            texts[at] = emphasised(text, _MARKS[marks[0]], before, after)
    return "".join(texts)


def _written(run: _Run) -> str:
    if run.style & CODE:
        return code_span(run.text)
    return run.text if run.style & MARKUP else escaped(run.text)
