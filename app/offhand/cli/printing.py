"""What commands write: lines and tables for people on stdout, JSON for scripts, errors on stderr."""

import json
import sys
from collections.abc import Iterable, Sequence
from unicodedata import category, east_asian_width

from offhand.domain.text import one_line, visible

_GAP = "  "


def say(*lines: str) -> None:
    """Write lines to stdout, their control characters made visible."""
    for line in lines:
        print(visible(line))


def say_json(value: object) -> None:
    """Write a value to stdout as JSON, its text readable where nothing in it could be obeyed."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    if visible(text) != text or not _is_unicode(sys.stdout):
        text = json.dumps(value, indent=2)
    print(text)


def _is_unicode(stream: object) -> bool:
    return str(getattr(stream, "encoding", "")).lower().replace("-", "").startswith("utf")


def tell(block: str) -> None:
    """Write a block to stderr, its control characters made visible."""
    print(visible(block), file=sys.stderr)


def table(rows: Iterable[Sequence[str]], sides: str) -> list[str]:
    """Rows as aligned lines; `sides` has an `l` or an `r` for each column."""
    rows = [[visible(cell) for cell in row] for row in rows]
    widths = [max((cells(row[i]) for row in rows), default=0) for i in range(len(sides))]
    lines = []
    for row in rows:
        padded = [
            cell + fill if side == "l" else fill + cell
            for cell, side, width in zip(row, sides, widths, strict=True)
            for fill in [" " * (width - cells(cell))]
        ]
        lines.append(_GAP.join(padded).rstrip())
    return lines


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(letter) for letter in text)


def _cells_of(letter: str) -> int:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def short(text: str, width: int = 60) -> str:
    """A text on one line, cut to a width in cells."""
    line = one_line(text)
    # A letter may take no cell: cut first where a text is endless.
    if len(line) <= width and cells(line) <= width:
        return line
    kept = ""
    taken = 0
    for letter in line[: width * 2]:
        taken += _cells_of(letter)
        if taken > width - 1:
            break
        kept += letter
    return f"{kept.rstrip()}…"
