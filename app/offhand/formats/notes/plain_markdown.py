"""What notes hold besides Markdown, as Markdown: links between notes, callouts, HTML."""

import re

from offhand.domain.small_letters import lowered, raised
from offhand.formats.notes.lines import masked_text, replaced

_LINK = re.compile(
    r"(?<!!)\[\[(?P<note>[^\]\[|#\n]*)(?P<part>#[^\]\[|\n]*)?(?:\|(?P<label>[^\]\n]*))?\]\]"
)
_ANCHOR = re.compile(r"[ \t]\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(
    r"^(?P<quote>[ \t]*(?:>[ \t]?)*>)[ \t]*\[!(?P<kind>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>.*)$",
    re.MULTILINE,
)
_HIGHLIGHT = re.compile(r"(?<![\w=])==(?![=\s])([^\n]{1,500}?)(?<![=\s])==(?![\w=])")
_HTML_BLOCK = re.compile(
    r"^ {0,3}</?(?:p|ul|ol|li|table|thead|tbody|tr|td|th|div|pre|dl|dt|dd|blockquote|h[1-6]|center"
    r"|details|figure|picture|img|hr)\b[^\n]*(?:\n[ \t]*\S[^\n]*)*",
    re.MULTILINE | re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_ROW = re.compile(r"^[ \t]*\|.*<br", re.MULTILINE | re.IGNORECASE)
_BREAK_IN_ROW = re.compile(r"<br\s*/?>[ \t]*", re.IGNORECASE)
_MARKED = re.compile(
    r"<(?P<tag>b|strong|i|em|u|s|del|code|kbd|mark|su[bp])(?:\s[^<>\n]*)?>(?P<text>[^<>\n]{1,1000})</(?P=tag)>",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"</?(?:span|font|small|big|center|div|p|details|summary|a|abbr|ins|nobr)(?:\s[^<>\n]*)?>",
    re.IGNORECASE,
)
_MARKS = {
    **dict.fromkeys(("b", "strong", "mark"), "**"),
    **dict.fromkeys(("i", "em", "u"), "*"),
    **dict.fromkeys(("s", "del"), "~~"),
    **dict.fromkeys(("code", "kbd"), "`"),
}
_DEEPEST = 3


def plain_markdown(text: str) -> str:
    """The Markdown of a note's text: what only its program or a browser could show is told in words."""
    if "[[" in text:
        text = replaced(_LINK, text, _words_of_link)
    if " ^" in text:
        text = replaced(_ANCHOR, text, lambda _: "")
    if "[!" in text:
        text = replaced(_CALLOUT, text, _callout)
    return _without_html(text) if "<" in text else text


def in_bold(text: str) -> str:
    """The text with what is highlighted, `==so==`, in bold."""
    return replaced(_HIGHLIGHT, text, lambda match: f"**{match[1]}**") if "==" in text else text


def _words_of_link(match: re.Match[str]) -> str:
    label, note, part = (match[name] or "" for name in ("label", "note", "part"))
    return label.strip() or note.rpartition("/")[2].strip() or part.lstrip("#^").strip()


def _callout(match: re.Match[str]) -> str:
    title = match["title"].strip() or match["kind"].replace("-", " ").capitalize()
    return f"{match['quote']} {title if '*' in title else f'**{title}**'}"


def _without_html(text: str) -> str:
    if "<!--" in text:
        text = _without_comments(text)
    text = replaced(_HTML_BLOCK, text, _block)
    for _ in range(_DEEPEST):
        if "<" not in text:
            return text
        text = replaced(_MARKED, text, _marked)
    if _ROW.search(text):
        lines = (replaced(_BREAK_IN_ROW, line, lambda _: " ") for line in text.split("\n"))
        return "\n".join(lines)
    return replaced(_EMPTY, replaced(_BREAK, text, lambda _: "\\\n"), lambda _: "")


def _without_comments(text: str) -> str:
    shown = masked_text(text)
    parts: list[str] = []
    end = 0
    while (begin := shown.find("<!--", end)) >= 0 and (close := shown.find("-->", begin)) >= 0:
        parts.append(text[end:begin])
        end = close + len("-->")
    return "".join([*parts, text[end:]]).strip()


def _block(match: re.Match[str]) -> str:
    from offhand.formats.anki.html import markdown_of

    return markdown_of(match[0])


def _marked(match: re.Match[str]) -> str:
    tag, inside = match["tag"].lower(), match["text"]
    if tag in ("sub", "sup"):
        moved = lowered(inside) if tag == "sub" else raised(inside)
        return moved if moved is not None else f"{'_' if tag == 'sub' else '^'}({inside})"
    bare = inside.strip()
    return f"{_MARKS[tag]}{bare}{_MARKS[tag]}" if bare else inside
