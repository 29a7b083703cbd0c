"""Cloze sentences: `{{hole}}`, `{{hole::hint}}`, `{{c1::hole}}`."""

import re
from dataclasses import dataclass

_HOLE = re.compile(r"\{\{(?:c(\d{1,3})::)?(.*?)(?:::(.*?))?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hole:
    """What is asked at once: `prompt` is the sentence with these holes open, `answers` fill them.

    `number` is the one that the holes are written with, empty without.
    """

    prompt: str
    answers: tuple[str, ...]
    number: str = ""


def holes(sentence: str) -> list[Hole]:
    """The cards of a sentence, one for each hole; holes with one number are asked together.

    An empty list when there is none; an empty answer where a hole holds nothing.
    """
    groups: dict[str, list[int]] = {}
    found = list(_HOLE.finditer(sentence))
    for index, match in enumerate(found):
        groups.setdefault(match[1] or f"alone {index}", []).append(index)
    return [
        Hole(
            _with_open(sentence, found, members),
            tuple(found[i][2].strip() for i in members),
            found[members[0]][1] or "",
        )
        for members in groups.values()
    ]


def filled(sentence: str) -> str:
    """The sentence with every hole filled."""
    return _HOLE.sub(lambda match: match[2].strip(), sentence)


def _with_open(sentence: str, found: list[re.Match[str]], open_holes: list[int]) -> str:
    parts, end = [], 0
    for index, match in enumerate(found):
        parts.append(sentence[end : match.start()])
        if index in open_holes:
            gap = f"[{(match[3] or '').strip() or '…'}]"
            # Markdown would take "[…](x)" for a link.
            parts.append(gap + " " if sentence.startswith(("(", "["), match.end()) else gap)
        else:
            parts.append(match[2].strip())
        end = match.end()
    return "".join(parts) + sentence[end:]
