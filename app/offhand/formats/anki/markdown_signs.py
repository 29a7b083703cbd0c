"""Plain text as Markdown: what would mean something there gets a backslash, and nothing else does."""

import re
from unicodedata import category

_URL = r"(?P<url>\b(?:https?|ftp)://[^\s<>]+)"
_RULES = (
    r"(?P<slash>\\(?=[!-/:-@\[-`{-~]|$))",
    r"(?P<stars>(?<=[^\s*])\*+|\*+(?=[^\s*]))",
    r"(?P<lines>(?<![^\W_])_+|_+(?![^\W_]))",
    r"(?P<ticks>`+)",
    r"(?P<bracket>!?\[(?=[^\]\n]*\](?:\(|\[|:)))",
    r"(?P<angle><(?=[A-Za-z][A-Za-z0-9+.-]{1,31}:\S|[^\s<>@]+@[^\s<>]+>))",
    r"(?P<entity>&(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};))",
    r"(?P<waves>~~+)",
    r"(?P<formula>(?<![\\\w$])\$\$?(?=[^\s$](?:[^$\n]{0,2000})\$))",
)
_SIGNS = re.compile("|".join((_URL, *_RULES)))
_IN_PAIRS = {"stars": "*", "lines": "_", "ticks": "`", "waves": "~~"}
_SPECIAL = re.compile(r"[\\*_`\[<&~$]")
_START = re.compile(
    r">|#{1,6}(?=\s|$)|[+*-](?=\s|$)|[=|:-](?=[\s=|:-]*$)|\d{1,9}(?P<stop>[.)])(?=\s|$)"
)


def escaped(text: str) -> str:
    """A text of one line so that Markdown shows it as it is, but for how the line begins."""
    if _SPECIAL.search(text) is None:
        return text
    return _SIGNS.sub(lambda match: _with_slash(match, text), text)


def _with_slash(match: re.Match[str], text: str) -> str:
    kind, found = match.lastgroup or "", match[0]
    if kind == "url" or (kind in _IN_PAIRS and text.count(_IN_PAIRS[kind]) < 2):
        return found
    if kind == "bracket":
        return found.replace("[", "\\[")
    return "".join(f"\\{sign}" for sign in found)


def begun(line: str) -> str:
    """A line so that its beginning is no heading, quote, list, rule or table."""
    match = _START.match(line)
    if match is None:
        return line
    at = match.start("stop") if match["stop"] else 0
    return f"{line[:at]}\\{line[at:]}"


def emphasised(text: str, mark: str, before: str, after: str) -> str:
    """A Markdown text between marks, as `**`; `before` and `after` are the signs around it.

    Marks work only where a word begins and ends: white space and, beside a letter, punctuation are
    put outside of them. The text comes back without marks where they would not work.
    """
    head, core, tail = "", text, ""
    while core and (core[0].isspace() or (_joins(before) and _plain_sign(core[0]))):
        head, before, core = head + core[0], core[0], core[1:]
    while core and (core[-1].isspace() or (_joins(after) and _plain_sign(core[-1]))):
        tail, after, core = core[-1] + tail, core[-1], core[:-1]
    if not core or (_joins(before) and _is_sign(core[0])) or (_joins(after) and _is_sign(core[-1])):
        return text
    if "*" in (before, after) or (mark == "*" and "*" in (core[0], core[-1])):
        if mark == "~~" or _joins(before) or _joins(after):
            return text
        mark = mark.replace("*", "_")
    return f"{head}{mark}{core}{mark}{tail}"


def _joins(sign: str) -> bool:
    return bool(sign) and not sign.isspace() and not _is_sign(sign)


def _plain_sign(sign: str) -> bool:
    return sign not in "\\*_`[]()!~$<>&{}\ufdd0\ufdd1" and _is_sign(sign)


def _is_sign(sign: str) -> bool:
    return category(sign)[0] in "PS"


def code_span(text: str) -> str:
    """A text of one line as code within a line."""
    inner = text.strip()
    if not inner:
        return text
    fence = "`" * (_longest_run(inner) + 1)
    pad = " " if inner[0] == "`" or inner[-1] == "`" else ""
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{head}{fence}{pad}{inner}{pad}{fence}{tail}"


def code_block(text: str, language: str = "") -> str:
    """Lines of code as a block of their own."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
