"""The text of a file in the making: parts of it are put anew, all the rest stays to the byte."""

import re
from collections.abc import Sequence

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r?\n")
_OLD_LINE_END = re.compile("\r(?!\n)")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


class TooOdd(ValueError):
    """A text that is laid out in a way in which a part of it cannot be put anew alone."""


class Sheet:
    """A file's text, and what is to be put in place of parts of it.

    Raises TooOdd for a text with carriage returns alone.
    """

    def __init__(self, raw: bytes) -> None:
        self._bom = _BOM if raw.startswith(_BOM) else b""
        self.text = raw.decode("utf-8-sig")
        if _OLD_LINE_END.search(self.text):
            raise TooOdd
        self._line_end = "\r\n" if "\r\n" in self.text else "\n"
        self._puts: list[tuple[int, int, str]] = []
        self.replaced: list[tuple[int, int]] = []
        """From where to where a text was put in place of another, lines that were dropped aside."""

    def put(self, start: int, end: int, text: str) -> None:
        """Put a text in place of what stands from `start` to before `end`."""
        self._puts.append((start, end, text.replace("\n", self._line_end)))
        self.replaced.append((start, end))

    def put_lines_after(self, index: int, lines: Sequence[str]) -> None:
        """Put lines below the one in which `index` lies."""
        end = self.line_end(index)
        self.put(end, end, "".join(f"\n{line}" for line in lines))

    def drop_lines(self, start: int, end: int, keeping: Sequence[int] = ()) -> None:
        """Take out the lines from that of `start` to that of `end`; those in which `keeping` lie stay."""
        for kept in keeping:
            self._drop_lines(start, self.line_start(kept) - 1)
            start = self.text.find("\n", kept) + 1
        self._drop_lines(start, end)

    def _drop_lines(self, start: int, end: int) -> None:
        if end < start:
            return
        first, last = self.line_start(start), self.line_end(end)
        if break_after := _LINE_END.match(self.text, last):
            last = break_after.end()
        elif first > 0:
            # The last line of a file may end without a break; then the one before it goes.
            first -= 2 if self.text[:first].endswith("\r\n") else 1
        self._puts.append((first, last, ""))

    def written(self) -> bytes:
        """The file as it becomes. Raises TooOdd when two parts to be put anew lie within each other."""
        parts, at, was_dropped = [], 0, False
        for start, end, text in sorted(self._puts, key=lambda put: put[:2]):
            if start < at and (text or not was_dropped):
                raise TooOdd
            parts += [self.text[at:start], text]
            at, was_dropped = max(at, end), not text
        return self._bom + "".join([*parts, self.text[at:]]).encode()

    def line_start(self, index: int) -> int:
        """Where the line of an index begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of an index ends, before its line break."""
        end = self.text.find("\n", index)
        if end < 0:
            return len(self.text)
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def line_starts(self, index: int, end: int) -> list[int]:
        """Where the lines begin that are not blank, from below that of `index` to that of `end`."""
        starts = [found.end() for found in _LINE_END.finditer(self.text, index, end)]
        return [start for start in starts if self.text[start : self.line_end(start)].strip()]

    def column(self, index: int) -> int:
        """How many characters stand before an index in its line."""
        return index - self.line_start(index)

    def indent(self, index: int) -> str:
        """White space as wide as what stands before an index in its line."""
        return " " * self.column(index)

    def line_indent(self, index: int) -> str:
        """The white space at the beginning of the line of an index."""
        line = self.text[self.line_start(index) : self.line_end(index)]
        return line[: len(line) - len(line.lstrip())]

    def is_last_line(self, index: int) -> bool:
        """Whether nothing but white space follows the line of an index."""
        return not self.text[self.line_end(index) :].strip()

    def is_first(self, index: int) -> bool:
        """Whether nothing but white space stands before an index in its line."""
        return not self.text[self.line_start(index) : index].strip()

    def comment_after(self, index: int) -> str:
        """The comment that ends the line of an index, with the white space before it."""
        found = _COMMENT.fullmatch(self.text, index, self.line_end(index))
        return found.group() if found else ""

    def blank_before(self, index: int) -> bool:
        """Whether the line above that of an index is blank."""
        start = self.line_start(index)
        return start > 0 and not self.text[self.line_start(start - 1) : start].strip()

    def blank_lines_before(self, index: int) -> int:
        """Where the first of the blank lines above that of an index begins; itself when there is none."""
        while self.blank_before(index):
            index = self.line_start(self.line_start(index) - 1)
        return self.line_start(index)

    def blank_lines_after(self, index: int) -> int:
        """Where the last of the blank lines below that of an index ends; itself when there is none."""
        end = at = self.line_end(index)
        while found := _LINE_END.match(self.text, at):
            at = self.line_end(found.end())
            if self.text[found.end() : at].strip() or at == len(self.text):
                break
            end = at
        return end
