"""What a page of Markdown cards says in comments, which a reader of the page does not see.

`<!-- id: ttl | also: time to live; lifetime | level: mid -->`: names, each with its texts.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from offhand.domain.text import one_line

Facts = Mapping[str, Sequence[str]]
"""What is told, by its name: one text or several."""

_COMMENT = re.compile(r"<!-- (.+) -->[ \t]*")
_FACT = re.compile(r"([a-z]+): (.+)")
_BETWEEN = re.compile(r"(?<!&amp)(?<!&gt)(?<!&#45)(?<!&#59)(?<!&#124); ")
_SIGNS = re.compile(r"--|[&>;|]")
_INSTEAD = {"--": "-&#45;", "&": "&amp;", ">": "&gt;", ";": "&#59;", "|": "&#124;"}


def comment_of(facts: Facts) -> str:
    """The comment that tells facts, empty without any."""
    told = [f"{name}: {'; '.join(map(_written, texts))}" for name, texts in facts.items() if texts]
    return f"<!-- {' | '.join(told)} -->" if told else ""


def facts_in(line: str) -> dict[str, tuple[str, ...]] | None:
    """The facts in a line that is such a comment, None for another line."""
    comment = _COMMENT.fullmatch(line)
    found = [_FACT.fullmatch(part) for part in comment[1].split(" | ")] if comment else [None]
    if not all(found):
        return None
    return {each[1]: tuple(map(unescape, _BETWEEN.split(each[2]))) for each in found if each}


def _written(text: str) -> str:
    """A text in which nothing ends it, its fact or the comment."""
    return _SIGNS.sub(lambda match: _INSTEAD[match[0]], one_line(text))
