"""The two sides of Anki's cards as Markdown: what a template shows of a note's fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offhand.formats.anki.filters import filtered
from offhand.formats.anki.html import HtmlReader
from offhand.formats.anki.templates import (
    Condition,
    Literal,
    Node,
    Nodes,
    Replacement,
    has_content,
    rendered,
    replacements,
    shows_anything,
)

_FRONT_SIDE = "FrontSide"
_RULE = re.compile(r"<hr\b[^>]*\bid\s*=\s*[\"']?answer\b[^>]*>", re.IGNORECASE)
_FRAME = re.compile(
    r"(?>\s|&nbsp;|<!--.*?-->|<(script|style)\b.*?</\1\s*>"
    r"|<(?:br|hr)\b[^>]*>|</?(?:div|span|p|center|section|article|main|header|h[1-6])\b[^>]*>)*+",
    re.DOTALL | re.IGNORECASE,
)
_HIDES = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LINE = "---"


class Front:
    """What a card asks. `shows` tells whether Anki makes a card of it."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self._side = _Side(nodes, is_front=True)
        self.sole = self._side.sole

    @property
    def field(self) -> str:
        """The one field that it shows where it shows any, empty for another kind of front."""
        return _field_of(self.nodes)

    def shows(self, values: Mapping[str, str]) -> bool:
        """Whether it shows any field that has a content."""
        if self.sole:
            return has_content(values.get(self.sole.field, ""))
        return shows_anything(self.nodes, values)

    def markdown(self, values: Mapping[str, str], html: HtmlReader) -> str:
        """The question."""
        return self._side.markdown(values, html)


class Back:
    """What a card answers, without the front that Anki shows above it.

    `hints` are the fields that the front shows only when it is asked to, and the back does not.
    """

    def __init__(self, nodes: Nodes, front: Front) -> None:
        self._side = _Side(_without_front(nodes, front.nodes), is_front=False)
        self.sole = self._side.sole
        self.hints = _hints(front, self._side.nodes)

    def markdown(self, values: Mapping[str, str], html: HtmlReader) -> str:
        """The answer."""
        return self._side.markdown(values, html)


class ClozeBack:
    """What a cloze card shows below its sentence. `hints` are as those of `Back`."""

    def __init__(self, nodes: Nodes, front: Front) -> None:
        own = [node for node in nodes if isinstance(node, Literal) or node not in front.nodes]
        self._side = _Side(_without_front(tuple(own), front.nodes), is_front=False, cloze=False)
        self.hints = _hints(front, self._side.nodes)

    def markdown(self, values: Mapping[str, str], html: HtmlReader) -> str:
        """What is below the sentence."""
        return self._side.markdown(values, html)


def _hints(front: Front, back: Nodes) -> tuple[str, ...]:
    shown = {each.field for each in replacements(back)}
    hinted = (each.field for each in replacements(front.nodes) if "hint" in each.filters)
    return tuple(dict.fromkeys(field for field in hinted if field not in shown))


@dataclass(slots=True)
class _Side:
    nodes: Nodes
    is_front: bool
    cloze: bool = True
    sole: Replacement | None = None

    def __post_init__(self) -> None:
        self.sole = _sole(self.nodes)

    def markdown(self, values: Mapping[str, str], html: HtmlReader) -> str:
        if self.sole is not None:
            text = values.get(self.sole.field, "")
            return html.markdown(self._filtered(self.sole, text) if self.sole.filters else text)
        shown = html.markdown(rendered(self.nodes, values, self._filtered))
        return _without_lines(shown) if _LINE in shown else shown

    def _filtered(self, asked: Replacement, text: str) -> str:
        if not self.cloze and "cloze" in asked.filters:
            return ""
        return filtered(text, asked.filters, self.is_front) if asked.filters else text


def _without_lines(markdown: str) -> str:
    """A text without the rules that it begins or ends with."""
    blocks = markdown.split("\n\n")
    while blocks and blocks[0] == _LINE:
        del blocks[0]
    while blocks and blocks[-1] == _LINE:
        del blocks[-1]
    return "\n\n".join(blocks)


def _sole(nodes: Sequence[Node]) -> Replacement | None:
    """The one field that a side shows, where what is around it is only a frame."""
    inner = [node for node in nodes if not (isinstance(node, Literal) and _is_frame(node.html))]
    if len(inner) != 1:
        return None
    if isinstance(inner[0], Condition):
        condition = inner[0]
        found = None if condition.negated else _sole(condition.nodes)
        return found if found and condition.field == found.field else None
    return inner[0] if isinstance(inner[0], Replacement) else None


def _field_of(nodes: Sequence[Node]) -> str:
    inner = [node for node in nodes if not (isinstance(node, Literal) and _is_frame(node.html))]
    # What a type-in card asks to be typed is its answer.
    inner = [n for n in inner if not (isinstance(n, Replacement) and n.filters[-1:] == ("type",))]
    if len(inner) == 1 and isinstance(inner[0], Condition) and not inner[0].negated:
        return _field_of(inner[0].nodes)
    if len(inner) != 1 or not isinstance(inner[0], Replacement) or inner[0].filters:
        return ""
    return inner[0].field


def _is_frame(html: str) -> bool:
    return _FRAME.fullmatch(html) is not None and _HIDES.search(html) is None


def _without_front(nodes: Nodes, front: Nodes) -> Nodes:
    """A back without the front that it repeats above the rule, or at its beginning."""
    above: list[Node] = []
    for at, node in enumerate(nodes):
        if isinstance(node, Literal) and (rule := _RULE.search(node.html)):
            head, tail = node.html[: rule.start()], node.html[rule.end() :]
            above.append(Literal(head))
            if new := _new_in(above, front):
                new.append(Literal("<hr>"))
            return (*new, Literal(tail), *nodes[at + 1 :])
        above.append(node)
    start = 0
    while start < len(nodes) and _repeats(nodes[start], front):
        start += 1
    if all(isinstance(node, Literal) and _is_frame(node.html) for node in nodes[start:]):
        start = 0  # it shows nothing but what the front has too
    return tuple(node for node in nodes[start:] if not _is_front_side(node))


def _new_in(above: list[Node], front: Nodes) -> list[Node]:
    """What stands above the rule and not on the front; nothing if it is only a frame."""
    new = [node for node in above if not _is_front_side(node) and node not in front]
    is_frame = all(isinstance(node, Literal) and _is_frame(node.html) for node in new)
    return [] if is_frame else new


def _repeats(node: Node, front: Nodes) -> bool:
    if isinstance(node, Literal):
        return _is_frame(node.html) or node in front
    return _is_front_side(node) or node in front


def _is_front_side(node: Node) -> bool:
    return isinstance(node, Replacement) and node.field == _FRONT_SIDE
