"""A YAML text as parts that know where they begin and end, so that one can be written anew alone."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

import yaml

from offhand.formats.yaml.sheet import TooOdd
from offhand.formats.yaml.tree import LOADER


class Form(Enum):
    """How a part is written."""

    PLAIN = "as it stands"
    QUOTED = "in quotes"
    LINES = "under | or >"
    BLOCK = "on lines of its own"
    BRACKETS = "in brackets"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text from `start` to before `end`, without white space and comments after it.

    A text has a `value`, a mapping `pairs`, a list `items`. `quote` is how a text is quoted.
    """

    start: int
    end: int
    form: Form
    value: str = ""
    quote: str = ""
    pairs: tuple[tuple["Span", "Span"], ...] = ()
    items: tuple["Span", ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is neither a mapping nor a list."""
        return self.form not in (Form.BLOCK, Form.BRACKETS)

    def field(self, name: str) -> "Span | None":
        """The value of a key."""
        return next((value for key, value in self.pairs if key.value == name), None)


def spans_of(text: str) -> Span:
    """The whole of a text that `yaml_tree` reads without a fault. Raises TooOdd for any other."""
    events = yaml.parse(text, Loader=LOADER)
    with suppress(yaml.YAMLError):
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                return _span(next(events), events, text)
    raise TooOdd


def _span(event: Any, events: Iterator[Any], text: str) -> Span:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        quote = event.style if event.style in ('"', "'") else ""
        if event.style in ("|", ">"):
            # Blank lines after it are taken for a part of it.
            end = start + len(text[start:end].rstrip(" \t\r\n"))
            return Span(start, end, Form.LINES, event.value)
        return Span(start, end, Form.QUOTED if quote else Form.PLAIN, event.value, quote)
    pairs, items = [], []
    if isinstance(event, yaml.SequenceStartEvent):
        while not isinstance(last := next(events), yaml.SequenceEndEvent):
            items.append(_span(last, events, text))
    else:
        while not isinstance(last := next(events), yaml.MappingEndEvent):
            key = _span(last, events, text)
            pairs.append((key, _span(next(events), events, text)))
    if event.flow_style:
        form, end = Form.BRACKETS, last.end_mark.index
    else:
        # The parser sees where a block ends at what comes after it.
        form, end = Form.BLOCK, items[-1].end if items else pairs[-1][1].end
    return Span(start, end, form, pairs=tuple(pairs), items=tuple(items))
