"""The lines of a Markdown text: which of them stand in code, and what a line is."""

import re
from collections.abc import Callable, Sequence

_FENCE = re.compile(r" {0,3}(?:(?:[-*+]|\d{1,3}[.)]) +)?(`{3,}|~{3,})(?P<info>.*)")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_MATH = re.compile(r"\$\$.+?\$\$|\$[^\s$](?:[^$]*[^\s$])?\$(?!\d)")
DECK_MARK = "<!-- An Offhand deck: what stands below a heading is its answer. -->"
"""Says of a Markdown page that Offhand wrote it, and so what its headings are."""
HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
"""A heading as `# text`: its signs, and its text or None."""


def in_code(lines: Sequence[str]) -> list[bool]:
    """Which lines belong to a fenced block of code, its fences included.

    A fence that is never closed holds what follows, as it does on the page.
    """
    inside: list[bool] = []
    fence = ""
    for line in lines:
        if fence:
            inside.append(True)
            stripped = line.strip()
            if stripped.startswith(fence) and not stripped.strip(fence[0]):
                fence = ""
        elif (match := _FENCE.match(line)) and not (match[1][0] == "`" and "`" in match["info"]):
            inside.append(True)
            fence = match[1]
        else:
            inside.append(False)
    return inside


def masked(line: str) -> str:
    """The line with code and formulas replaced by as many spaces, so that signs in them mean nothing."""
    if "`" in line:
        line = _CODE_SPAN.sub(_blank, line)
    return _MATH.sub(_blank, line) if "$" in line else line


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def masked_text(text: str) -> str:
    """The text as long as it is, with spaces for all code and formulas in it."""
    lines = text.split("\n")
    return "\n".join(
        " " * len(line) if code else masked(line)
        for line, code in zip(lines, in_code(lines), strict=True)
    )


def replaced(pattern: re.Pattern[str], text: str, by: Callable[[re.Match[str]], str]) -> str:
    """The text with what matches replaced, save in code and formulas."""
    if pattern.search(text) is None:
        return text
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(masked_text(text)):
        found = pattern.match(text, match.start())
        if found is not None and match.start() >= end:
            parts += [text[end : match.start()], by(found)]
            end = found.end()
    return "".join([*parts, text[end:]])
