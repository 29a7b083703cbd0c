"""The holes in a note's text: `==so==` and `{{so}}` of Obsidian, `[so]` of hashcards."""

import re

from offhand.formats.found_cards import Gap
from offhand.formats.notes.lines import masked_text

HOLE = re.compile(
    r"==(?![=\s])(?P<marked>.+?)(?<![=\s])==(?!=)(?:\^\[(?P<hint>[^\]\n]*)\])?(?:\[\^(?P<group>\d+)\])?"
    r"|\{\{(?![{\s])(?P<braced>.+?)(?<!\s)\}\}",
    re.DOTALL,
)
_BRACKET = re.compile(r"(?<![!\\])\[((?:[^\[\]\\]|\\.)+)\]")
_GROUP = re.compile(r"c?(\d{1,3})::?")


def holes_in(text: str) -> list[str | Gap]:
    """A text with `==holes==` and `{{holes}}` as the stretches that it consists of."""
    parts: list[str | Gap] = []
    end = 0
    for match in HOLE.finditer(masked_text(text)):
        which = "marked" if match["marked"] is not None else "braced"
        inside = text[match.start(which) : match.end(which)]
        gap = _marked(inside, match) if which == "marked" else _braced(inside)
        if gap.text.strip():
            parts += [text[end : match.start()], gap]
            end = match.end()
    return [*parts, text[end:]]


def _marked(inside: str, match: re.Match[str]) -> Gap:
    """`==text==`, with `^[hint]` or a group `[^1]` behind it, or as `==1;;text;;hint==`."""
    fields = inside.split(";;")
    number = fields.pop(0) if len(fields) > 1 and fields[0].isdecimal() else match["group"] or ""
    hint = fields[1] if len(fields) > 1 else match["hint"] or ""
    return Gap(fields[0].strip(), number, hint.strip())


def _braced(inside: str) -> Gap:
    """`{{text}}`, with a number before it or a hint behind it: `{{c1::text::hint}}`."""
    group = _GROUP.match(inside)
    text, _, hint = inside[group.end() if group else 0 :].partition("::")
    return Gap(text.strip(), group[1] if group else "", hint.strip())


def brackets_in(text: str) -> list[str | Gap]:
    """A text with `[holes]` as the stretches that it consists of."""
    parts: list[str | Gap] = []
    end = 0
    for match in _BRACKET.finditer(masked_text(text)):
        parts += [text[end : match.start()], Gap(text[match.start(1) : match.end(1)])]
        end = match.end()
    return [*parts, text[end:]]
