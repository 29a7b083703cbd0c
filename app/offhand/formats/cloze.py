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


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole where it stands in its sentence; `hole` is its place among `holes`."""

    hole: int
    answer: str
    hint: str
    number: str


def parts(sentence: str) -> list[str | Gap]:
    """The sentence taken apart: the text between the holes, and the holes."""
    found: list[str | Gap] = []
    order: dict[str, int] = {}
    end = 0
    for index, match in enumerate(_HOLE.finditer(sentence)):
        hole = order.setdefault(match[1] or f"alone {index}", len(order))
        found.append(sentence[end : match.start()])
        found.append(Gap(hole, match[2].strip(), (match[3] or "").strip(), match[1] or ""))
        end = match.end()
    return [*found, sentence[end:]]


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


def hole_numbers(sentence: str) -> list[int]:
    """The number that Anki gives to each of a sentence's holes, in the order of `holes`.

    A number that the sentence gives stays where Anki has such numbers (1 to 500).
    """
    given = [_number(hole.number) for hole in holes(sentence)]
    free = (number for number in range(1, len(given) + 500) if number not in given)
    return [number or next(free) for number in given]


def numbered(sentence: str) -> str:
    """The sentence with every hole numbered, as Anki writes them: `{{c1::answer::hint}}`."""
    numbers = hole_numbers(sentence)
    return "".join(
        part
        if isinstance(part, str)
        else f"{{{{c{numbers[part.hole]}::{part.answer}{part.hint and f'::{part.hint}'}}}}}"
        for part in parts(sentence)
    )


def _number(text: str) -> int:
    return int(text) if text and 1 <= int(text) <= 500 else 0
