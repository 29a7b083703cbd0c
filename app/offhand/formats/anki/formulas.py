r"""The formulas of Anki's texts, MathJax `\(…\)` and `[latex]`, as `$…$` and `$$…$$`."""

import re
from html import unescape

_FORMULA = re.compile(
    r"\\\((?P<inline>.*?)\\\)"
    r"|\\\[(?P<display>.*?)\\\]"
    r"|\[\$\](?P<dollar>.*?)\[/\$\]"
    r"|\[\$\$\](?P<dollars>.*?)\[/\$\$\]"
    r"|\[latex\](?P<latex>.*?)\[/latex\]"
    r"|<anki-mathjax(?P<block>[^>]*)>(?P<mathjax>.*?)</anki-mathjax>",
    re.DOTALL | re.IGNORECASE,
)
_MAY_HOLD_ONE = re.compile(r"\\[(\[]|\[\$|\[latex\]|<anki-mathjax", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_CLOZE = re.compile(r"\{\{c\d+::|::[^:{}]*\}\}|\}\}")
_DOLLARS = re.compile(r"^\s*(\${1,2})(.*)\1\s*$", re.DOTALL)
_SIGNS = re.compile(r"[\\^_{=<>+*/|(]")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_KEPT = re.compile(f"(\\w?){_OPEN}(\\d+){_CLOSE}(?=(\\w?))")


class Formulas:
    """The formulas of one text: taken out before its HTML is read, put back as Markdown after it.

    Where one stood, there is a sign that no text holds.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[str, str]] = []

    def out_of(self, html: str) -> str:
        """The HTML without its formulas."""
        return _FORMULA.sub(self._keep, html) if _MAY_HOLD_ONE.search(html) else html

    def into(self, markdown: str) -> str:
        """The Markdown with the formulas."""
        return _KEPT.sub(self._formula, markdown) if self._kept else markdown

    def as_written(self, text: str) -> str:
        """A text with the formulas as Anki has them: what looks like one in code is none."""
        return _KEPT.sub(lambda m: m[1] + self._kept[int(m[2])][1], text) if self._kept else text

    def _keep(self, match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        source = " ".join(unescape(_TAG.sub(" ", match[kind])).split())
        display = kind in ("display", "dollars") or 'block="true"' in (match["block"] or "")
        if kind == "latex":
            display = "\\begin" in source or "$$" in source
            source = within[2].strip() if (within := _DOLLARS.match(source)) else source
        self._kept.append((_written(source, display), unescape(_TAG.sub("", match[0]))))
        return f"{_OPEN}{len(self._kept) - 1}{_CLOSE}"

    def _formula(self, match: re.Match[str]) -> str:
        formula = self._kept[int(match[2])][0]
        if not formula.startswith("$"):
            return match[1] + formula
        # A dollar beside a letter is money.
        return f"{match[1]}{' ' * bool(match[1])}{formula}{' ' * bool(match[3])}"


def _written(source: str, display: bool) -> str:
    plain = _CLOZE.sub("", source)
    if len(plain) != 1 and not _SIGNS.search(plain):
        return source
    source = source.replace("$", r"\text{\textdollar}") if "$" in source else source
    return f"$${source}$$" if display else f"${source}$"
