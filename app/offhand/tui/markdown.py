"""Markdown as lines of a given width: a card's text on screen, with its lists, code and tables.

markdown-it parses (it comes with Textual); Textual's own Markdown widget mounts a widget for each
block, which is too slow between two cards.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from offhand.domain.text import visible
from offhand.tui.picture import can_draw, picture, picture_file

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

_SIGNS = re.compile(r"[\\`*_$\[\]<&|~\n\t]|^[\s#>+\-]|^\d+[.)]|  |\s$")
"""What a text holds that is more than words: without any, parsing it would change nothing."""
_EMPHASIS = {"strong": "bold", "em": "italic", "s": "strike"}
_BREAKS = ("softbreak", "hardbreak")
_LINK = "underline"
_CODE = "$code"
_QUIET = "$quiet"
_MOST_LETTERS = 20_000
_MOST_LINES = 500
_DEEPEST = 20
"""Lists and quotes nested deeper are not taken apart by the parser, which would drop their text."""


def shown(text: str, width: int, folder: Path | None = None) -> Content:
    """A Markdown text as lines of at most `width` cells. HTML in it stays text.

    Images are drawn from the files in `folder` where the terminal can, and described elsewhere.
    Of a text that nobody would read on a card its beginning is shown, and how much there is more.
    """
    beginning = _beginning(text)
    lines = _drawn(beginning, max(width, 8), folder)
    if rest := len(text) - len(beginning):
        told = f"… and {rest:,} letters more: edit the card to see them."
        lines += [Content(), *Content.styled(told, _QUIET).wrap(max(width, 8))]
    return _lines(lines)


def _beginning(text: str) -> str:
    if len(text) > _MOST_LETTERS:
        text = text[:_MOST_LETTERS]
    if text.count("\n") >= _MOST_LINES:
        text = "\n".join(text.split("\n", _MOST_LINES)[:_MOST_LINES])
    return text


def _drawn(text: str, width: int, folder: Path | None) -> list[Content]:
    if _SIGNS.search(text) is None:
        return Content(text).wrap(width)
    from markdown_it.tree import SyntaxTreeNode

    tokens = _parser().parse(text)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return Content(text).wrap(width)
    return _blocks(SyntaxTreeNode(tokens).children, width, folder)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    options = {"html": False, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


def _formula(state: "StateInline", silent: bool) -> bool:
    """The rule of markdown-it for formulas between dollars: what stands in them is no Markdown."""
    if state.src[state.pos] != "$":
        return False
    from offhand.tui.math_text import formula_at

    if (found := formula_at(state.src, state.pos)) is None:
        return False
    told, state.pos = found
    if not silent:
        state.push("formula", "", 0).content = told
    return True


def _lines(lines: Sequence[Content]) -> Content:
    return Content("\n").join(lines)


def _blocks(
    nodes: "Sequence[SyntaxTreeNode]", width: int, folder: Path | None, tight: bool = False
) -> list[Content]:
    lines: list[Content] = []
    for node in nodes:
        block = _block(node, width, folder)
        if lines and not tight and block:
            lines.append(Content())
        lines += block
    return lines


def _block(node: "SyntaxTreeNode", width: int, folder: Path | None) -> list[Content]:
    match node.type:
        case "paragraph":
            return _paragraph(node, width, folder)
        case "heading":
            return _inline(node).stylize("bold").wrap(width)
        case "bullet_list" | "ordered_list":
            return _list(node, width, folder)
        case "blockquote":
            inner = _blocks(node.children, width - 2, folder)
            return [Content.styled("│ ", _QUIET) + line for line in inner]
        case "fence" | "code_block":
            return _code(node.content, node.info.split()[0] if node.info.strip() else "", width)
        case "hr":
            return [Content.styled("─" * min(width, 20), _QUIET)]
        case "table":
            return _table(node, width)
    return Content(visible(node.content)).wrap(width) if node.content else []


def _paragraph(node: "SyntaxTreeNode", width: int, folder: Path | None) -> list[Content]:
    """A paragraph, its images on lines of their own where they can be drawn."""
    if folder is not None and can_draw():
        inline = node.children[0]
        for place, child in enumerate(inline.children):
            if child.type == "image" and (drawn := _picture(child, width, folder)):
                before = _without_breaks(inline.children[:place])
                inline.children = _without_breaks(inline.children[place + 1 :])
                if inline.children and (first := inline.children[0].token) is not None:
                    first.content = first.content.lstrip()
                lines = _inline_of(before).wrap(width) if before else []
                return lines + drawn + (_paragraph(node, width, folder) if inline.children else [])
    return _inline(node).wrap(width)


def _picture(image: "SyntaxTreeNode", width: int, folder: Path) -> list[Content]:
    path = picture_file(str(image.attrs.get("src", "")), folder)
    return [] if path is None else picture(path, width)


def _without_breaks(nodes: "Sequence[SyntaxTreeNode]") -> "list[SyntaxTreeNode]":
    """What stands beside a picture, which makes a line of its own anyway."""
    kept = list(nodes)
    while kept and kept[0].type in _BREAKS:
        kept.pop(0)
    while kept and kept[-1].type in _BREAKS:
        kept.pop()
    return kept


def _list(node: "SyntaxTreeNode", width: int, folder: Path | None) -> list[Content]:
    lines: list[Content] = []
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    paragraphs = [child for item in node.children for child in item.children]
    tight = all(child.type != "paragraph" or child.hidden for child in paragraphs)
    last = str((start or 0) + len(node.children) - 1)
    for index, item in enumerate(node.children):
        sign = "• " if start is None else f"{start + index}.".rjust(len(last) + 1) + " "
        inner = _blocks(item.children, width - len(sign), folder, tight) or [Content()]
        if lines and not tight:
            lines.append(Content())
        lines.append(Content.styled(sign, _QUIET) + inner[0])
        lines += [Content(" " * len(sign)) + line for line in inner[1:]]
    return lines


def _code(text: str, language: str, width: int) -> list[Content]:
    text = visible(text).rstrip("\n")
    if language:
        from textual.highlight import highlight

        code = highlight(text, language=language)
    else:
        code = Content.styled(text, _CODE)
    lines: list[Content] = []
    for line in code.expand_tabs(4).split("\n", allow_blank=True):
        # A line keeps its shape; what does not fit goes on below, and says so.
        first, *more = line.fold(width - 4) if line else [line]
        lines.append(Content("  ") + first)
        lines += [Content.styled("  ↪ ", _QUIET) + part for part in more]
    return lines


def _table(node: "SyntaxTreeNode", width: int) -> list[Content]:
    rows = [
        [_inline(cell) for cell in row.children] for part in node.children for row in part.children
    ]
    columns = max(len(row) for row in rows)
    natural = [max((_width_of(row, i) for row in rows), default=0) for i in range(columns)]
    room = max(width - 2 * (columns - 1), columns)
    while sum(natural) > room:
        widest = natural.index(max(natural))
        natural[widest] -= 1
    lines: list[Content] = []
    for index, row in enumerate(rows):
        cells = [
            row[i].wrap(max(natural[i], 1)) if i < len(row) else [Content()] for i in range(columns)
        ]
        for part in range(max(len(cell) for cell in cells)):
            parts = [
                (cell[part] if part < len(cell) else Content()).pad_right(
                    natural[i] - (cell[part].cell_length if part < len(cell) else 0)
                )
                for i, cell in enumerate(cells)
            ]
            line = Content("  ").join(parts)
            lines.append(line.stylize("bold") if index == 0 else line)
        if index == 0:
            lines.append(Content.styled("─" * (sum(natural) + 2 * (columns - 1)), _QUIET))
    return lines


def _width_of(row: Sequence[Content], column: int) -> int:
    """The width of a table's cell."""
    return row[column].cell_length if column < len(row) else 0


def _inline(node: "SyntaxTreeNode", style: str = "") -> Content:
    return _inline_of(node.children, style)


def _inline_of(nodes: "Sequence[SyntaxTreeNode]", style: str = "") -> Content:
    parts: list[Content] = []
    for child in nodes:
        match child.type:
            case "text" | "text_special" | "html_inline":
                parts.append(Content.styled(visible(child.content), style))
            case "formula":
                parts.append(Content.styled(visible(child.content), f"{style} italic".strip()))
            case "code_inline":
                parts.append(Content.styled(visible(child.content), f"{style} {_CODE}".strip()))
            case "softbreak":
                parts.append(Content(" "))
            case "hardbreak":
                parts.append(Content("\n"))
            case "link":
                parts.append(_link(child, style))
            case "image":
                alt = visible(child.content) or "image"
                parts.append(Content.styled(f"[image: {alt}]", f"{style} {_QUIET}".strip()))
            case name:
                parts.append(_inline(child, f"{style} {_EMPHASIS.get(name, '')}".strip()))
    return Content("").join(parts)


def _link(node: "SyntaxTreeNode", style: str) -> Content:
    text = _inline(node, f"{style} {_LINK}".strip())
    target = visible(str(node.attrs.get("href", "")))
    if not target or target == text.plain or target == f"mailto:{text.plain}":
        return text
    return text + Content.styled(f" ({target})", _QUIET)
