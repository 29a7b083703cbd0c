r"""The formulas of Anki's texts, MathJax `\(…\)` and `[latex]`, as `$…$` and `$$…$$`."""

import re
from html import unescape

_PAIRS = {
    "\\(": "\\)",
    "\\[": "\\]",
    "[$]": "[/$]",
    "[$$]": "[/$$]",
    "[latex]": "[/latex]",
    "<anki-mathjax": "</anki-mathjax>",
}
_BEGIN = re.compile("|".join(map(re.escape, _PAIRS)))
_TAG = re.compile(r"<[^<>]*>")
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
        parts: list[str] = []
        unclosed: set[str] = set()
        end = at = 0
        while match := _BEGIN.search(html, at):
            begin, at = match[0], match.end()
            stop = -1 if begin in unclosed else html.find(_PAIRS[begin], at)
            if stop < 0:
                unclosed.add(begin)
                continue
            parts += [html[end : match.start()], self._keep(begin, html[at:stop])]
            end = at = stop + len(_PAIRS[begin])
        return "".join([*parts, html[end:]]) if parts else html

    def into(self, markdown: str) -> str:
        """The Markdown with the formulas."""
        return _KEPT.sub(self._formula, markdown) if self._kept else markdown

    def as_written(self, text: str) -> str:
        """A text with the formulas as Anki has them: what looks like one in code is none."""
        return _KEPT.sub(lambda m: m[1] + self._kept[int(m[2])][1], text) if self._kept else text

    def _keep(self, begin: str, inner: str) -> str:
        display = begin in ("\\[", "[$$]")
        attributes = ""
        if begin.startswith("<"):
            attributes, _, inner = inner.partition(">")
            display = 'block="true"' in attributes
        source = " ".join(unescape(_TAG.sub(" ", inner)).split())
        if begin == "[latex]":
            display = "\\begin" in source or "$$" in source
            source = within[2].strip() if (within := _DOLLARS.match(source)) else source
        written = f"{begin}{unescape(_TAG.sub('', inner))}{_PAIRS[begin]}"
        self._kept.append((_written(source, display), written))
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
