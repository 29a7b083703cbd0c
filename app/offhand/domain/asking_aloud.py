"""A card without key points of its own, asked aloud: the sentences of its answer are the points."""

import re

from offhand.domain.card import Card, CardKind
from offhand.domain.text import one_line

_MOST_POINTS = 6
_ITEM = r"\s*(?:[-*+]|\d+[.)])\s+"
_BLOCK = re.compile(rf"\n\s*\n{_ITEM}|\n\s*\n|\n{_ITEM}|^{_ITEM}")
_FENCED = re.compile(r"^ *(```|~~~).*?(?:^ *\1 *$|\Z)", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z])|(?<=[。！？])")
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|ca|No|Fig|Dr|Mr|Ms|St)|\b[A-Z])\.$")


def points_to_say(card: Card) -> tuple[str, ...]:
    """The key points of a card; where it has none, the sentences of its answer, six at most."""
    return card.points or _sentences(card.answer)[:_MOST_POINTS]


def prompt_aloud(card: Card) -> str:
    """What an interviewer asks with a card: its question, or to explain its term."""
    return f"Explain: {card.prompt}" if card.kind is CardKind.TERM else card.prompt


def _sentences(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for block in _BLOCK.split(_FENCED.sub("", text)):
        joins = False
        for part in _SENTENCE.split(one_line(block)):
            if joins:
                found[-1] += f" {part}"
            elif any(letter.isalnum() for letter in part):
                found.append(part)
            joins = bool(found) and _SHORTENED.search(part) is not None
    return tuple(found) or ((one_line(text),) if text.strip() else ())
