"""Where the items of a list and the pairs of a mapping stand in a file, and how they are taken out of it."""

import re
from collections.abc import Collection
from itertools import pairwise

from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Span
from offhand.formats.yaml.writer import STEP

_DASH = re.compile(r"^[ \t]*-(?=\s)", re.MULTILINE)
_COMMA = re.compile(r"\s*,")


def part_at(container: Span, index: int) -> tuple[int, int]:
    """Where an item or a pair begins, a dash before it aside, and where it ends."""
    if container.items:
        return container.items[index].start, container.items[index].end
    return container.pairs[index][0].start, container.pairs[index][1].end


def parts_of(container: Span) -> list[tuple[int, int]]:
    """Where each item or pair begins and ends."""
    return [part_at(container, index) for index in range(len(container.items or container.pairs))]


def dash_at(sheet: Sheet, listed: Span, index: int) -> int:
    """Where the dash of an item stands. Raises TooOdd where it cannot be told."""
    if index == 0:
        return listed.start
    before = listed.items[index - 1].end
    found = [*_DASH.finditer(sheet.text, before, listed.items[index].start)]
    if not found:
        raise TooOdd
    return found[-1].end() - 1


def first_line(sheet: Sheet, container: Span, index: int) -> int:
    """An index in the first line of a part that stands on lines of its own."""
    return dash_at(sheet, container, index) if container.items else container.pairs[index][0].start


def offset_of(sheet: Sheet, listed: Span, index: int) -> int:
    """How far behind its dash an item begins; as is usual where it stands below the dash."""
    dash, start = dash_at(sheet, listed, index), listed.items[index].start
    return start - dash if sheet.line_start(start) == sheet.line_start(dash) else len(STEP)


def with_dash(lines: list[str], pad: str, offset: int) -> list[str]:
    """The lines of an item, indented by `offset` more than `pad`, with a dash before the first."""
    return [f"{pad}-{' ' * (offset - 1)}{lines[0][len(pad) + offset :]}", *lines[1:]]


def is_alone(sheet: Sheet, start: int) -> bool:
    """Whether a part that begins there has its first line for itself; a key may stand after `? `."""
    return sheet.text[sheet.line_start(start) : start].strip() in ("", "?")


def has_comment(sheet: Sheet, container: Span) -> bool:
    """Whether a comment stands between the parts of something in brackets, or after the last of them."""
    parts = parts_of(container)
    ends = [*parts, (container.end, container.end)]
    return any("#" in sheet.text[end:start] for (_, end), (start, _) in pairwise(ends))


def take_out_of_brackets(sheet: Sheet, container: Span, gone: Collection[int]) -> None:
    """Take parts out of something in brackets. Raises TooOdd where their commas cannot be told."""
    parts = parts_of(container)
    keeps_gaps, kept_before = has_comment(sheet, container), False
    for index, (start, end) in enumerate(parts):
        if index not in gone:
            kept_before = True
        elif keeps_gaps:
            # The comma goes with it, and after the last one kept there may be one too many.
            comma = _COMMA.match(sheet.text, end)
            if comma is None and index + 1 < len(parts):
                raise TooOdd
            sheet.put(start, comma.end() if comma else end, "")
        elif kept_before:
            sheet.put(parts[index - 1][1], end, "")
        else:
            sheet.put(start, parts[index + 1][0], "")
