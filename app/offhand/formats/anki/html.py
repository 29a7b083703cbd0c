"""Anki's HTML as Markdown: what a field shows, without what only a browser could do."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from offhand.domain.small_letters import lowered, raised
from offhand.formats.anki.formulas import Formulas
from offhand.formats.anki.html_elements import (
    DRAWINGS,
    DROPPED,
    HEADINGS,
    LINES,
    SOUNDS,
    STYLES,
    TAG,
    depth,
    elements,
    lines_of,
    rows,
)
from offhand.formats.anki.markdown_page import BOLD, CODE, ITALIC, MARKUP, Page
from offhand.formats.anki.markdown_signs import code_block

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NEEDS_CARE = re.compile(
    "[][<&\\\\*_`$|~\x00-\x1f\x7f-\xa0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0\ufdd1"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_BEGINS = frozenset(" #>+=-:0123456789")
"""What a text holds, or begins with, that may be more than words."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufdd0\ufdd1\ufff9-\ufffb\ud800-\udfff]"
)
_SOUND = re.compile(
    r"\[sound:[^]]{0,1000}\]|\[anki:play[^]]{0,100}\]"
    r"|\[anki:(tts)[^]]{0,500}\].{0,2000}?\[/anki:\1\]",
    re.DOTALL,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_IS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_IS_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:^|\s|-)(?:language|lang|highlight-source|brush:)-?\s*([\w+#]{1,20})")
_LETTERS = re.compile(r"list-style(?:-type)?\s*:\s*(lower|upper)-(?:alpha|latin)", re.IGNORECASE)
_MANY_TAGS = 200
_DEEPEST = 100
"""Nobody writes elements nested deeper: their text is taken, and what they do with it is not."""
_LINK = re.compile(r"(?:https?|ftp|mailto):[^\s<>]+", re.IGNORECASE)

_ITEM = re.compile(r"[-*+] |\d+\. ")
_STANDS_ALONE = re.compile(r"[-*+>|] |\d+\. |```")


class HtmlReader:
    """Makes Markdown of HTML. `dropped` counts what was in it and is not shown, by what it was.

    `image` gives the name that an image bears in the Markdown, from its `src`; empty drops it.
    """

    def __init__(self, image: Callable[[str], str] = lambda source: source) -> None:
        self.image = image
        self.dropped: Counter[str] = Counter()
        self._formulas = Formulas()
        self._has_styles = False

    def markdown(self, html: str) -> str:
        """The Markdown of a field, or of what a template made of several."""
        if _is_plain(html):
            return html
        self._formulas = Formulas()
        if _UNSEEN.search(html):
            html = _UNSEEN.sub("", html)
        if "[sound:" in html or "[anki:" in html:
            html, sounds = _SOUND.subn("", html)
            self.dropped["sound"] += sounds
        page = Page()
        html = self._formulas.out_of(html)
        if "<" in html or "&" in html:
            self._read(html, page)
        else:
            page.text(html)
        return self._formulas.into(page.markdown())

    def _read(self, html: str, page: Page) -> None:
        self._has_styles = "style" in html
        body = _body(html)
        if body is not None:
            self._children(body, page, 0, "")

    def _children(self, node: "LexborNode", page: Page, style: int, link: str) -> None:
        child = node.first_child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                page.text(self._formulas.as_written(text) if style & CODE else text, style, link)
            elif tag[:1] not in "-_!":
                self._element(child, tag, page, style, link)
            child = child.next

    def _element(self, node: "LexborNode", tag: str, page: Page, style: int, link: str) -> None:
        if tag in DROPPED:
            return
        if tag in SOUNDS or tag in DRAWINGS:
            self.dropped["sound" if tag in SOUNDS else "drawing"] += 1
            return
        if self._has_styles and (css := node.attributes.get("style")):
            if _HIDDEN.search(css):
                return
            style |= BOLD * bool(_IS_BOLD.search(css)) | ITALIC * bool(_IS_ITALIC.search(css))
        if tag in STYLES:
            self._children(node, page, style | STYLES[tag], link)
        elif tag in LINES:
            page.new_line()
            self._children(node, page, style, link)
            page.new_line()
        elif tag == "br":
            page.line_break()
        elif tag == "p" or tag in HEADINGS:
            page.new_paragraph()
            self._children(node, page, style | (0 if tag == "p" else BOLD), link)
            page.new_paragraph()
        else:
            self._special(node, tag, page, style, link)

    def _special(self, node: "LexborNode", tag: str, page: Page, style: int, link: str) -> None:
        match tag:
            case "img":
                self._image(node, page, style, link)
            case "a":
                target = (node.attributes.get("href") or "").strip()
                is_one = link == "" and _LINK.fullmatch(target)
                self._children(node, page, style, _in_link(target) if is_one else link)
            case "ul" | "ol" | "menu" | "dir":
                page.block(self._list(node, tag == "ol", style))
            case "table":
                self._table(node, page, style)
            case "pre" | "listing" | "xmp":
                page.block(self._code_block(node))
            case "blockquote":
                inner = self._inner(node, style).markdown()
                page.block("\n".join(f"> {line}".rstrip() for line in inner.split("\n")))
            case "hr":
                page.block("---")
            case "code" | "kbd" | "samp" | "tt":
                code = lines_of(node).strip("\n")
                if "\n" in code:
                    page.block(self._code_block(node))
                else:
                    self._children(node, page, style | CODE, link)
            case "sup" | "sub":
                text = (node.text(deep=True) or "").strip()
                page.text(_moved(text, tag == "sup"), style, link)
            case "rt":
                page.text("(", style, link)
                self._children(node, page, style, link)
                page.text(")", style, link)
            case "q":
                page.text("“", style, link)
                self._children(node, page, style, link)
                page.text("”", style, link)
            case _:
                self._children(node, page, style, link)

    def _inner(self, node: "LexborNode", style: int) -> Page:
        page = Page()
        self._children(node, page, style & ~MARKUP, "")
        return page

    def _image(self, node: "LexborNode", page: Page, style: int, link: str) -> None:
        source = (node.attributes.get("src") or "").strip()
        name = self.image(source) if source else ""
        if not name:
            self.dropped["image"] += bool(source)
            return
        told = node.attributes.get("alt") or node.attributes.get("title") or ""
        told = " ".join(re.sub(r"[\[\]\\`*_<>\ufdd0\ufdd1]", " ", told).split())
        page.text(f"![{told}]({name})", (style & ~CODE) | MARKUP, link)

    def _list(self, node: "LexborNode", is_ordered: bool, style: int) -> str:
        items = self._items(node, style)
        start = node.attributes.get("start") or ""
        first = int(start) if start.isdecimal() else 1
        if is_ordered and (letter := _letter(node)):
            return _lettered(items, letter, first)
        made = []
        for number, blocks in enumerate(items, first):
            marker = f"{number}. " if is_ordered else "- "
            made.append(marker + _indented(_joined(blocks), len(marker)).lstrip())
        return "\n".join(made)

    def _items(self, node: "LexborNode", style: int) -> list[list[str]]:
        """The items of a list, each as its blocks; what stands between items belongs to the one above."""
        items: list[list[str]] = []
        child = node.first_child
        while child is not None:
            tag, page = child.tag or "", Page()
            if tag == "li":
                page = self._inner(child, style)
            elif tag == "-text":
                page.text(child.text_content or "", style & ~MARKUP)
            elif tag[:1] not in "-_!":
                self._element(child, tag, page, style, "")
            if blocks := page.finished():
                if tag == "li" or not items:
                    items.append(blocks)
                else:
                    items[-1] += blocks
            child = child.next
        return items

    def _table(self, node: "LexborNode", page: Page, style: int) -> None:
        cells_of = [
            [self._inner(cell, style).finished() for cell in elements(row, "td", "th")]
            for row in rows(node)
        ]
        cells_of = [row for row in cells_of if any(row)]
        columns = max(map(len, cells_of), default=0)
        cells = [block for row in cells_of for cell in row for block in cell]
        if columns < 2 or len(cells_of) < 2 or any("\n" in _one_line(block) for block in cells):
            for block in cells:
                page.block(block)
            return
        lines = []
        for row in cells_of:
            texts = [_one_line(" ".join(cell)).replace("|", "\\|") for cell in row]
            texts += [""] * (columns - len(row))
            lines.append(f"| {' | '.join(texts)} |")
        lines.insert(1, f"|{' --- |' * columns}")
        page.block("\n".join(lines))

    def _code_block(self, node: "LexborNode") -> str:
        code = self._formulas.as_written(lines_of(node)).strip("\n").rstrip()
        classes = [node.attributes.get("class") or ""]
        classes += [each.attributes.get("class") or "" for each in elements(node, "code")]
        language = _LANGUAGE.search(" ".join(classes))
        return code_block(code, language[1] if language else "") if code.strip() else ""


def _is_plain(html: str) -> bool:
    """Whether a text is its own Markdown: most are, and need no parser."""
    if _NEEDS_CARE.search(html) is not None:
        return False
    return not html or not (html[0] in _BEGINS or html[-1] == " " or "  " in html)


def markdown_of(html: str) -> str:
    """The Markdown of HTML as a spreadsheet or another program holds it."""
    return HtmlReader().markdown(html)


def words_of(html: str) -> str:
    """HTML without its tags, still as HTML: what Anki's filter `text:` leaves."""
    if "<" not in html:
        return html
    body = _body(html)
    if body is None:
        return ""
    body.strip_tags(["script", "style"])
    return escape(body.text(deep=True) or "", quote=False)


def _body(html: str) -> "LexborNode | None":
    from selectolax.lexbor import LexborHTMLParser

    if html.count("<") > _MANY_TAGS and depth(html) > _DEEPEST:
        html = TAG.sub(" ", html)
    return LexborHTMLParser(f"<body>{html}").body


def _letter(node: "LexborNode") -> str:
    """The letter that the first item of a list bears, empty where items are numbered."""
    kind = node.attributes.get("type") or ""
    if kind in ("a", "A"):
        return kind
    found = _LETTERS.search(node.attributes.get("style") or "")
    return "" if found is None else "a" if found[1].lower() == "lower" else "A"


def _lettered(items: list[list[str]], letter: str, first: int) -> str:
    """Items with letters, which Markdown has no lists of: lines, since an answer may name one."""
    lines = []
    for at, (head, *rest) in enumerate(items, first - 1):
        gap = "\n\n" if _STANDS_ALONE.match(head) else " "
        lines.append("\n\n".join([f"{chr(ord(letter) + at % 26)}.{gap}{head}", *rest]))
    is_short = not any("\n\n" in line for line in lines)
    return ("\\\n" if is_short else "\n\n").join(lines)


def _joined(blocks: list[str]) -> str:
    """The blocks of an item: a list within it stands right below its words."""
    text = blocks[0]
    for block in blocks[1:]:
        text += ("\n" if _ITEM.match(block) else "\n\n") + block
    return text


def _indented(text: str, width: int = 2) -> str:
    return "\n".join(f"{' ' * width}{line}" if line else "" for line in text.split("\n"))


def _one_line(block: str) -> str:
    return block.replace("\\\n", " ")


def _in_link(target: str) -> str:
    return target.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")


def _moved(text: str, upwards: bool) -> str:
    """A text raised or lowered, as far as Unicode can."""
    if text.startswith("[") or "\ufdd0" in text:
        return text
    moved = raised(text) if upwards else lowered(text)
    if moved is not None:
        return moved
    return f"{'^' if upwards else '_'}{text if len(text) == 1 else f'({text})'}"
