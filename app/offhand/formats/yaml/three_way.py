"""Two edits of one text as one: each a change of other lines."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_LONGEST = 4_000
"""Lines within which the first and the last change of an edit may lie; to compare more takes seconds."""

_Hunk = tuple[int, int, list[bytes]]


def both(base: bytes, mine: bytes, theirs: bytes) -> bytes | None:
    """The text with both changes of `base` in it; None where they change the same lines."""
    lines = base.splitlines(keepends=True)
    found = [_hunks(lines, each.splitlines(keepends=True)) for each in (mine, theirs)]
    if None in found:
        return None
    hunks = sorted(hunk for each in found if each for hunk in each)
    parts: list[bytes] = []
    at, inserted_at = 0, -1
    for start, end, new in hunks:
        inserts = start == end
        if start < at or (inserts and start == inserted_at):
            return None
        parts += [*lines[at:start], *new]
        at, inserted_at = end, start if inserts else -1
    parts += lines[at:]
    whole = all(part.endswith(b"\n") for part in parts[:-1])
    return b"".join(parts) if whole else None


def _hunks(old: Sequence[bytes], new: Sequence[bytes]) -> list[_Hunk] | None:
    """What stands in place of which lines; None where there is too much of it to compare."""
    first = next(_differences(old, new), min(len(old), len(new)))
    most = min(len(old), len(new)) - first
    last = min(next(_differences(old[::-1], new[::-1]), most), most)
    olds, news = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(olds), len(news)) > _LONGEST:
        return None
    return [
        (first + i, first + j, list(news[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def _differences(one: Sequence[bytes], other: Sequence[bytes]) -> Iterator[int]:
    return (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
