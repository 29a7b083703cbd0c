"""Whether a typed answer is the right one: what is forgiven, and what differs.

Case, accents, width, spaces, hyphens and the like never matter. One slip of the fingers (a letter
too many, too few, another one, or two swapped) is forgiven in a long word, none in a short one and
none in a word with a digit: 502 is not 503.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from offhand.domain.text import fold, one_line

LONG_WORD = 7
"""Letters from which a word is long."""
MOST_LETTERS = 1_000
"""What is typed beyond is not looked at: no answer is so long."""

# A point or comma between digits and a minus before one make another number.
_IGNORED = re.compile(r"[\s_/;:'’\"“”()\[\]·*`]+|(?<!\d)[.,]+|[.,]+(?!\d)|(?<=\w)-+|-+(?!\d)")
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")


class Part(StrEnum):
    """How a part of a typed answer stands to the right one."""

    SAME = "same"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a typed answer. `slips` counts those forgiven; `answer` is the one it came near.

    `difference` spells both, from left to right, in parts that agree, are missing, or are too much.
    """

    right: bool
    slips: int
    answer: str
    difference: tuple[tuple[Part, str], ...] = ()


def judge(typed: str, answers: Sequence[str], others: Iterable[str] = ()) -> Verdict:
    """Compare what was typed with the answers that hold, at least one.

    `others` are names of other things: to write one of these is no slip. Raises ValueError without
    an answer.
    """
    if not answers:
        raise ValueError("there is no answer to compare with")
    typed = one_line(typed[:MOST_LETTERS])
    letters = "".join(_words(typed))
    accepted = [(form, answer) for answer in answers for form in _forms(answer)]
    for form, answer in accepted:
        if letters and letters == "".join(_words(form)):
            return Verdict(True, 0, answer)
    another = {"".join(_words(other)) for other in others}
    if letters and letters not in another:
        slips = [(_slips(letters, _words(form)), answer) for form, answer in accepted]
        forgiven = [(count, answer) for count, answer in slips if count is not None]
        if forgiven:
            count, answer = min(forgiven, key=lambda each: each[0])
            return Verdict(True, count, answer, _difference(typed, answer))
    near = max(answers, key=lambda answer: _likeness(typed, answer))
    return Verdict(False, 0, near, _difference(typed, near) if letters else ())


def _forms(answer: str) -> list[str]:
    """An answer as it is written, and without what stands in brackets: "CAP (theorem)"."""
    bare = _ASIDE.sub("", answer).strip()
    return [answer, bare] if bare and bare != answer else [answer]


def _words(text: str) -> list[str]:
    return [word for word in _IGNORED.split(fold(text)) if word]


def _slips(letters: str, words: Sequence[str]) -> int | None:
    """How many slips make the letters of some words; None when slips alone cannot."""
    fewest = {0: 0}
    for word in words:
        reached: dict[int, int] = {}
        for start, slips in fewest.items():
            for length, more in _lengths(letters, start, word):
                end = start + length
                reached[end] = min(slips + more, reached.get(end, slips + more))
        fewest = reached
    return fewest.get(len(letters))


def _lengths(letters: str, start: int, word: str) -> Iterator[tuple[int, int]]:
    """How many of the letters from `start` on may stand for a word, with how many slips."""
    if letters.startswith(word, start):
        yield len(word), 0
    if len(word) >= LONG_WORD and not any(letter.isdigit() for letter in word):
        for length in (len(word) - 1, len(word), len(word) + 1):
            if _one_slip(letters[start : start + length], word):
                yield length, 1


def _one_slip(typed: str, word: str) -> bool:
    """Whether one letter too many, too few or changed, or two swapped, make one of the other."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b),
        min(len(typed), len(word)),
    )
    left, right = typed[start:], word[start:]
    if len(left) > len(right):
        return left[1:] == right
    if len(left) < len(right):
        return left == right[1:]
    swapped = len(left) > 1 and left[0] == right[1] and left[1] == right[0]
    return left[1:] == right[1:] or (swapped and left[2:] == right[2:])


def _likeness(typed: str, answer: str) -> float:
    return SequenceMatcher(None, fold(typed), fold(answer[:MOST_LETTERS])).ratio()


def _difference(typed: str, answer: str) -> tuple[tuple[Part, str], ...]:
    answer = one_line(answer[:MOST_LETTERS])
    # Compared letter by letter as they matter, told as they are written.
    left, right = (typed, answer) if len(typed) <= 200 else (typed[:200], answer)
    matcher = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False)
    if (len(left.casefold()), len(right.casefold())) != (len(left), len(right)):
        matcher = SequenceMatcher(None, left, right, autojunk=False)
    parts: list[tuple[Part, str]] = []
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            parts.append((Part.SAME, right[k:m]))
            continue
        parts += [(Part.EXTRA, left[i:j])] if j > i else []
        parts += [(Part.MISSING, right[k:m])] if m > k else []
    return tuple(parts)
