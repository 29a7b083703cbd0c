"""Plain text as Markdown: what would mean something there gets a backslash, and nothing else does."""

import re
from collections.abc import Container, Iterable
from unicodedata import category

_SIGNS = re.compile(
    r"(?P<url>\b(?:https?|ftp)://[^\s<>`\[\]\\]+)"
    r"|(?P<slash>\\(?=[!-/:-@\[-`{-~]| ?$))"
    r"|(?P<stars>\*+)"
    r"|(?P<lines>_+)"
    r"|(?P<ticks>`+)"
    r"|(?P<link>\](?=\())"
    r"|(?P<angle><(?=[A-Za-z][A-Za-z0-9+.-]{1,31}:\S|[^\s<>@]{1,300}@[^\s<>]{1,300}>))"
    r"|(?P<entity>&(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};))"
    r"|(?P<waves>~~+)|(?P<wave>~)"
    r"|(?P<formula>(?<![\\\w$])\$\$?(?=[^\s$][^$\n]{0,2000}\$))"
)
_IN_PAIRS = {"stars": "*", "lines": "_", "ticks": "`", "waves": "~~"}
_SPECIAL = re.compile(r"[]\\*_`<&~$]")
_START = re.compile(
    r">|~(?=~~)|#{1,6}(?=\s|$)|[+*-](?=\s|$)|[=|:-](?=[\s=|:-]*$)|\d{1,9}(?P<stop>[.)])(?=\s|$)"
    r"|\[(?=[^]\n]{1,999}\]:)"
)


def has_signs(text: str) -> bool:
    """Whether a text holds any sign that `escaped` might give a backslash."""
    return _SPECIAL.search(text) is not None


def signs_alone(texts: Iterable[str]) -> frozenset[str]:
    """Those of the signs that only work in pairs that stand once at most in a paragraph's texts."""
    whole = "\n".join(texts)
    return frozenset({kind for kind, sign in _IN_PAIRS.items() if whole.count(sign) < 2} | {"wave"})


def escaped(text: str, alone: Container[str], before: str = " ", after: str = " ") -> str:
    """A text of one line so that Markdown shows it as it is, but for how the line begins.

    `alone` are the `signs_alone` of its paragraph, which need nothing; `before` and `after` what
    stands around it.
    """
    if not has_signs(text):
        return text
    return _SIGNS.sub(lambda match: _with_slash(match, alone, before, after), text)


def _with_slash(match: re.Match[str], alone: Container[str], before: str, after: str) -> str:
    kind, found = match.lastgroup or "", match[0]
    if kind == "url" or kind in alone:
        return found
    if kind in ("stars", "lines"):
        before = match.string[match.start() - 1] if match.start() else before
        after = match.string[match.end()] if match.end() < len(match.string) else after
        if before.isspace() and after.isspace():
            return found
        if kind == "lines" and before.isalnum() and after.isalnum():
            return found
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
    begin, end = 0, len(text)
    while begin < end and (text[begin].isspace() or (_joins(before) and _plain_sign(text[begin]))):
        before, begin = text[begin], begin + 1
    while begin < end and (
        text[end - 1].isspace() or (_joins(after) and _plain_sign(text[end - 1]))
    ):
        after, end = text[end - 1], end - 1
    head, core, tail = text[:begin], text[begin:end], text[end:]
    if not core or (_joins(before) and _is_sign(core[0])) or (_joins(after) and _is_sign(core[-1])):
        return text
    if (len(core) - len(core.rstrip("\\"))) % 2:
        return text  # the mark would be escaped
    if "*" in (before, after) or (mark == "*" and "*" in (core[0], core[-1])):
        if mark == "~~" or _joins(before) or _joins(after):
            return text
        mark = mark.replace("*", "_")
    sign = mark[0]  # one that stands alone is not to be taken for a part of the mark
    core = f"\\{core}" if core.startswith(f"{sign} ") else core
    core = f"{core[:-1]}\\{sign}" if core.endswith(f" {sign}") else core
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
