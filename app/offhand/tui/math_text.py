r"""LaTeX formulas as one line of Unicode: `$x_1^2 \le n$` becomes x₁² ≤ n.

pylatexenc (MIT, no dependencies) reads LaTeX and knows its signs; raising and lowering is ours, as
it depends on which letters Unicode has. It is loaded with the first formula, and takes 30 ms.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from offhand.domain import formula
from offhand.domain.small_letters import lowered, raised

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_STAYS = {"^": "\ue000", "_": "\ue001", "{": "\ue002", "}": "\ue003"}
_MOVED = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\S))")
_TIGHT = re.compile(r"([(⌈⌊√]) +| +([)⌉⌋])")
_RELATION = re.compile(r" *([≤≥≠≈≡∼≪≫⇒⇔→←↔↦∈∉⊂⊆⊃⊇∪∩×∧∨]) *")
_SIMPLE = re.compile(r"[\w.′]+")


def formula_at(text: str, place: int) -> tuple[str, int] | None:
    """The formula that begins at a place of a text, as Unicode, and where it ends; None for none."""
    found = formula.formula_at(text, place)
    return None if found is None else (in_unicode(found.source), found.end)


@lru_cache(maxsize=256)
def in_unicode(source: str) -> str:
    """A formula as one line of Unicode; as it is written where it cannot be read."""
    try:
        told = _reader().latex_to_text(source)
    except Exception:  # half a formula may fail anywhere in the library, and must not take the card
        return source
    told = " ".join(told.split())
    while (moved := _MOVED.sub(_move, told)) != told:
        told = moved
    told = _TIGHT.sub(lambda match: match[1] or match[2], told.replace("{", "").replace("}", ""))
    told = _RELATION.sub(r" \1 ", told).strip()
    for plain, sign in _STAYS.items():
        told = told.replace(sign, plain)
    return told or source


def _move(match: re.Match[str]) -> str:
    inner = match[2] if match[2] is not None else match[3]
    moved = raised(inner) if match[1] == "^" else lowered(inner)
    if moved is not None:
        return moved
    # Signs of its own until the end: the plain ones would be moved again and again.
    sign = _STAYS[match[1]]
    return f"{sign}{inner}" if len(inner) == 1 else f"{sign}({inner})"


@cache
def _reader() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    fractions = [
        MacroTextSpec(name, simplify_repl=_fraction) for name in ("frac", "dfrac", "tfrac")
    ]
    names = [
        MacroTextSpec(name, simplify_repl=name)
        for name in ("lim", "log", "max", "min", "sup", "inf")
    ]
    braces = [MacroTextSpec(sign, simplify_repl=_STAYS[sign]) for sign in "{}"]
    root = [MacroTextSpec("sqrt", simplify_repl=_root)]
    text = [MacroTextSpec("text", simplify_repl=_as_text)]
    known.add_context_category(
        "offhand", macros=[*fractions, *names, *braces, *root, *text], prepend=True
    )
    return LatexNodes2Text(
        latex_context=known,
        math_mode="text",
        keep_braced_groups=True,
        keep_braced_groups_minlen=2,
        strict_latex_spaces="based-on-source",
    )


def _fraction(node: Any, l2tobj: "LatexNodes2Text") -> str:
    above, below = (_inner(argument, l2tobj) for argument in node.nodeargd.argnlist)
    return f"{_as_one(above)}/{_as_one(below)}"


def _root(node: Any, l2tobj: "LatexNodes2Text") -> str:
    index, under = node.nodeargd.argnlist
    raised = f"^{{{_inner(index, l2tobj).strip('[]')}}}" if index is not None else ""
    return f"{raised}√{_as_one(_inner(under, l2tobj))}"


def _as_text(node: Any, l2tobj: "LatexNodes2Text") -> str:
    return _inner(node.nodeargd.argnlist[0], l2tobj) if node.nodeargd.argnlist else ""


def _inner(node: Any, l2tobj: "LatexNodes2Text") -> str:
    told = str(l2tobj.nodelist_to_text([node]))
    return told[1:-1] if told.startswith("{") and told.endswith("}") else told


def _as_one(part: str) -> str:
    return part if _SIMPLE.fullmatch(part) else f"({part})"
