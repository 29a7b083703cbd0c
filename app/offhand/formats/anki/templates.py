"""Anki's card templates: `{{Field}}`, `{{#Field}}…{{/Field}}`, filters; parsed once, rendered often."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|\{{2,3}([^{}]*)\}\}", re.DOTALL)
_OTHER_BRACES = "{{=<% %>=}}"
_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Literal:
    """HTML as it stands."""

    html: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A field, with the filters that its content goes through, the first one first."""

    field: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What is there only when a field has a content; `negated`, only when it has none."""

    field: str
    negated: bool
    nodes: tuple["Node", ...]


Node = Literal | Replacement | Condition
Nodes = tuple[Node, ...]


class TemplateError(ValueError):
    """A template that Anki could not render either."""


def parsed(template: str) -> Nodes:
    """The parts of a template. Raises TemplateError."""
    if template.lstrip().startswith(_OTHER_BRACES):
        template = template.replace(_OTHER_BRACES, "").replace("<%", "{{").replace("%>", "}}")
    open_: list[tuple[str, bool, list[Node]]] = [("", False, [])]
    end = 0
    for match in _TOKEN.finditer(template):
        if match.start() > end:
            open_[-1][2].append(Literal(template[end : match.start()]))
        end = match.end()
        if match[1] is not None:
            _take(match[1].strip(), open_)
    if len(open_) > 1:
        raise TemplateError(f"`{{{{#{open_[-1][0]}}}}}` is not closed")
    if end < len(template):
        open_[0][2].append(Literal(template[end:]))
    return tuple(open_[0][2])


def _take(tag: str, open_: list[tuple[str, bool, list[Node]]]) -> None:
    name = tag[1:].strip()
    if tag[:1] in ("#", "^"):
        if len(open_) > _DEEPEST:
            raise TemplateError("its conditions are nested too deep")
        open_.append((name, tag[0] == "^", []))
    elif tag[:1] == "/":
        if len(open_) < 2 or open_[-1][0] != name:
            raise TemplateError(f"`{{{{/{name}}}}}` closes nothing")
        field, negated, nodes = open_.pop()
        open_[-1][2].append(Condition(field, negated, tuple(nodes)))
    elif tag:
        *filters, field = tag.split(":")
        open_[-1][2].append(Replacement(field.strip(), tuple(map(str.strip, reversed(filters)))))


def rendered(
    nodes: Sequence[Node],
    values: Mapping[str, str],
    filtered: Callable[[Replacement, str], str],
) -> str:
    """The HTML of a template with these values; `filtered` gives what a replacement becomes."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, Literal):
            parts.append(node.html)
        elif isinstance(node, Replacement):
            parts.append(filtered(node, values.get(node.field, "")))
        elif has_content(values.get(node.field, "")) is not node.negated:
            parts.append(rendered(node.nodes, values, filtered))
    return "".join(parts)


def shows_anything(nodes: Sequence[Node], values: Mapping[str, str]) -> bool:
    """Whether a template shows any field that has a content: else Anki makes no card of it."""
    for node in nodes:
        if isinstance(node, Replacement):
            if has_content(values.get(node.field, "")):
                return True
        elif (
            isinstance(node, Condition)
            and has_content(values.get(node.field, "")) is not node.negated
            and shows_anything(node.nodes, values)
        ):
            return True
    return False


def has_content(html: str) -> bool:
    """Whether a field has a content, in Anki's sense: white space and line breaks are none."""
    if "<" not in html:
        return bool(html) and not html.isspace()
    return _EMPTY.fullmatch(html) is None


def replacements(nodes: Sequence[Node]) -> Iterator[Replacement]:
    """All the replacements of a template, also those under conditions."""
    for node in nodes:
        if isinstance(node, Replacement):
            yield node
        elif isinstance(node, Condition):
            yield from replacements(node.nodes)


def fields_asked(nodes: Sequence[Node]) -> set[str]:
    """The names of the fields that a template needs, its conditions' too."""
    found = {each.field for each in replacements(nodes)}
    for node in nodes:
        if isinstance(node, Condition):
            found |= {node.field} | fields_asked(node.nodes)
    return found
