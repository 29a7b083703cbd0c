"""Questions and answers as people write them, `**Q1:** …`, `Answer: …`, in the form `Q:` and `A:`."""

import re

from offhand.formats.notes.lines import masked_text

_SIGN = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?(?P<bold>\*\*|__)?"
    r"(?:(?P<q>Q|Question)|(?P<a>A|Ans|Answer))"
    r"(?P<number>[ \t]*\d{1,3})?[ \t]*(?P<stop>[:.)])(?P<end>\*\*|__)?(?=\s)",
    re.MULTILINE | re.IGNORECASE,
)
_IN_DRESS = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?(?:(?:\*\*|__)Q|Q[ \t]*\d|Q[.:)])", re.MULTILINE)
"""What makes it worth to look for more of it."""


def with_plain_signs(text: str) -> str:
    """The text with `Q:` and `A:` where its questions and answers are written otherwise.

    It comes back as it is unless its questions and answers take turns. Lines keep their numbers.
    """
    if "uestion" not in text and "nswer" not in text and not _IN_DRESS.search(text):
        return text
    found = [match for match in _SIGN.finditer(masked_text(text)) if _is_meant(match)]
    kinds = ["q" if match["q"] else "a" for match in found]
    if not kinds or kinds != ["q", "a"] * (len(kinds) // 2):
        return text
    parts: list[str] = []
    end = 0
    for kind, match in zip(kinds, found, strict=True):
        line_end = text.find("\n", match.end())
        line_end = len(text) if line_end < 0 else line_end
        said = text[match.end() : line_end].strip()
        if match["bold"] and not match["end"]:
            said = said.removesuffix(match["bold"])
        parts += [text[end : match.start()], f"{kind.upper()}: {said}"]
        end = line_end
    return "".join([*parts, text[end:]])


def _is_meant(match: re.Match[str]) -> bool:
    """Whether it is no list's letter: `A.` and `A)` are options, `A1.` and `A:` are answers."""
    is_word = len(match["q"] or match["a"]) > 1
    return is_word or match["stop"] == ":" or match["number"] is not None
