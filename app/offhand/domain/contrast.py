"""How a contrast is asked: "What tells A from B?", and reading the two names out of that again."""

import re

from offhand.domain.text import one_line

_ASKED = re.compile(r"What tells \*\*(.+?)\*\* from \*\*(.+?)\*\*\?")


def contrast_prompt(term: str, other: str) -> str:
    """The prompt of a contrast card, Markdown."""
    return f"What tells **{one_line(term)}** from **{one_line(other)}**?"


def contrasted(prompt: str) -> tuple[str, str] | None:
    """The two names in the prompt of a contrast card; None for another prompt."""
    found = _ASKED.fullmatch(prompt)
    return (found[1], found[2]) if found else None
