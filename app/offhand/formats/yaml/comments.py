"""The comments of a deck file: where they stand, apart from all that only looks like one."""

import re
from collections.abc import Iterable, Iterator

from offhand.formats.yaml.spans import Form, Span

_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")


def comments_in(text: str, parts: Iterable[Span], start: int, end: int) -> list[tuple[int, int]]:
    """Where the comments between two places begin and end; `parts` are all that stands there, in order."""
    found: list[tuple[int, int]] = []
    at = start
    texts = [place for part in parts for place in _texts(text, part)]
    for first, last in (*texts, (end, end)):
        if at < first:
            found += [each.span() for each in _COMMENT.finditer(text, at, min(first, end))]
        at = max(at, last)
    return found


def _texts(text: str, part: Span) -> Iterator[tuple[int, int]]:
    """Where the texts of a part begin and end; of one under `|` only what stands below that line."""
    if part.is_text:
        start = part.start
        if part.form is Form.LINES:
            start = min(text.find("\n", start) % (len(text) + 1), part.end)
        yield start, part.end
    for item in part.items:
        yield from _texts(text, item)
    for key, value in part.pairs:
        yield from _texts(text, key)
        yield from _texts(text, value)
