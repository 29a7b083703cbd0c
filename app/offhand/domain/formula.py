r"""Where a text holds a LaTeX formula: `$x^2$` in a line, `$$\sum x$$` on its own."""

import re
from dataclasses import dataclass

_FORMULA = re.compile(
    r"(?<![\\\w$])\$\$(?P<block>[^$]{1,2000})\$\$(?![\w$])"
    r"|(?<![\\\w$])\$(?P<inline>[^\s$](?:[^$\n]{0,500}[^\s$\\])?)\$(?![\w$({])"
)
_SIGNS_OF_LATEX = re.compile(r"[\\^_{]")
_PLAIN = re.compile(r"[a-zA-Z]|(?!.*[^\W\d_]{4}).*[=<>+*/|(].*")
"""A formula without a sign of LaTeX; a word between two dollars means prices, or a shell's variables."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula's LaTeX without the dollars, and where it ends in its text."""

    source: str
    end: int
    on_its_own: bool


def formula_at(text: str, place: int) -> Formula | None:
    """The formula that begins at a place of a text; None where none does."""
    match = _FORMULA.match(text, place)
    if match is None:
        return None
    source = match["block"] or match["inline"]
    if not _SIGNS_OF_LATEX.search(source) and not _PLAIN.fullmatch(source):
        return None
    return Formula(source, match.end(), match["block"] is not None)
