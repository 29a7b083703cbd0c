"""How many things a text lists: in a Markdown list, or one after the other in a sentence."""

import re
from collections.abc import Iterator

from offhand.domain.wording import JOINING, without_code, word_count

_ITEM = re.compile(r"^( *)(?:[-*+]|\d{1,3}[.)]) +\S")
_SENTENCE_END = re.compile(r"[.!?:…](?=\s|$)|[。！？：]|\n\s*\n")
_COMMA = re.compile(r"[,;،؛]\s+|、")
_LEADING_AND = re.compile(rf"\s*{JOINING}", re.IGNORECASE)
_TWO = re.compile(rf"\s*(?:\S+\s+){{1,3}}?{JOINING}\s", re.IGNORECASE)
_INTRODUCTION = re.compile(
    r"\s*(?:after|as|at|before|by|for|from|if|in|on|since|so|then|to|under|when|while|with(?:out)?)\b",
    re.IGNORECASE,
)
_THING = 3
"""How many words a thing in a list has at most; what is longer is a clause."""
_OPENING = 4
"""How many words come at most before the comma that ends an introduction, as in `When it fails,`."""


def longest_list(text: str) -> int:
    """The number of things in the longest list of a Markdown text; 0 when it lists nothing."""
    plain = without_code(text)
    prose = "\n".join(line for line in plain.splitlines() if not _ITEM.match(line))
    return max([*_marked(plain), *_in_sentences(prose)], default=0)


def _marked(text: str) -> Iterator[int]:
    """The lengths of the lists whose items stand on lines of their own."""
    counts: dict[int, int] = {}
    for line in text.splitlines():
        if item := _ITEM.match(line):
            depth = len(item[1])
            counts = {at: n for at, n in counts.items() if at <= depth}
            counts[depth] = counts.get(depth, 0) + 1
            yield counts[depth]
        elif line and not line.startswith(" "):
            counts = {}


def _in_sentences(text: str) -> Iterator[int]:
    """The lengths of the lists with commas; the first and the last thing may stand in a clause."""
    for sentence in _SENTENCE_END.split(text):
        count = 0
        for part in _COMMA.split(sentence):
            if not part.strip():
                continue
            if not count and _INTRODUCTION.match(part) and word_count(part) <= _OPENING:
                continue
            yield count + (2 if _TWO.match(part) else 1)
            if _LEADING_AND.match(part) or _TWO.match(part):
                count = 0  # `and` comes before the last thing
            else:
                count = count + 1 if word_count(part) <= _THING else 1
