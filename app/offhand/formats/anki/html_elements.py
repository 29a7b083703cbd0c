"""HTML's elements: what each kind of them means in a text, and the ways through a tree of them."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from offhand.formats.anki.markdown_page import BOLD, ITALIC, STRUCK

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TAG = re.compile(r"<!--.*?(?:-->|$)|<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>", re.DOTALL)

DROPPED = frozenset(
    (
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "template",
        "noscript",
        "applet",
        "frame",
        "frameset",
        "input",
        "button",
        "select",
        "textarea",
        "option",
        "datalist",
        "canvas",
        "area",
        "map",
        "param",
        "source",
        "track",
        "progress",
        "meter",
        "dialog",
        "rp",
    )
)
SOUNDS = frozenset(("audio", "video"))
DRAWINGS = frozenset(("svg", "math"))
VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
STYLES = {
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("i", "em", "u", "ins", "cite", "dfn", "var"), ITALIC),
    **dict.fromkeys(("s", "strike", "del"), STRUCK),
}
LINES = frozenset(
    (
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "address",
        "center",
        "figure",
        "figcaption",
        "fieldset",
        "form",
        "legend",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "body",
        "hgroup",
        "tr",
        "td",
        "th",
        "caption",
        "li",
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENDING_THEMSELVES = frozenset(
    ("p", "li", "tr", "td", "th", "dt", "dd", "thead", "tbody", "tfoot", "option")
)
"""They are never in one another, but for what is counted in between."""


def depth(html: str) -> int:
    """How deep elements are nested, at most: an end that has no beginning ends nothing."""
    open_: Counter[str] = Counter()
    deep = deepest = 0
    for match in TAG.finditer(html):
        name = (match[2] or "").lower()
        if not name or name in VOID or name in _ENDING_THEMSELVES:
            continue
        if not match[1]:
            open_[name] += 1
            deep += 1
            deepest = max(deepest, deep)
        elif open_[name]:
            open_[name] -= 1
            deep -= 1
    return deepest


def elements(node: "LexborNode", *tags: str) -> "Iterator[LexborNode]":
    """The elements right in another one, all of them or those of some tags."""
    child = node.first_child
    while child is not None:
        tag = child.tag or ""
        if tag[:1] not in "-_!" and (not tags or tag in tags):
            yield child
        child = child.next


def rows(table: "LexborNode") -> "Iterator[LexborNode]":
    """The rows of a table, but not of those in its cells."""
    for part in elements(table, "thead", "tbody", "tfoot", "tr"):
        if part.tag == "tr":
            yield part
        else:
            yield from elements(part, "tr")


def lines_of(node: "LexborNode") -> str:
    """The text of code as it stands, line for line."""
    parts: list[str] = []

    def gather(node: "LexborNode") -> None:
        child = node.first_child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                parts.append(child.text_content or "")
            elif tag == "br":
                parts.append("\n")
            elif tag in LINES or tag == "p":
                if parts and not parts[-1].endswith("\n"):
                    parts.append("\n")
                gather(child)
                if parts and not parts[-1].endswith("\n"):
                    parts.append("\n")
            elif tag[:1] not in "-_!" and tag not in DROPPED:
                gather(child)
            child = child.next

    gather(node)
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
