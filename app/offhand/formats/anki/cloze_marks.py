"""Anki's cloze marks, which may be nested and bear several numbers, as Offhand's, which may not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

_TOKEN = re.compile(r"\{\{c(?P<numbers>\d{1,9}(?:,\d{1,9})*)::|(?P<end>\}\})")
_BRACES = re.compile(r"`|\{{2,}")
_BRACES_BEFORE_HOLE = re.compile(r"`|\{{2,}|\{$")
_ENDS = re.compile(r"\}{2,}|\}$")
"""What would end a hole too early."""
_LARGEST = 500
_DEEPEST = 30


@dataclass(slots=True)
class _Mark:
    """A mark and what it holds; without numbers the whole text, or a mark that asks nothing."""

    numbers: frozenset[int]
    parts: "list[str | _Mark]" = field(default_factory=list)
    hint: str = ""


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences, with Offhand's marks, that ask what a text with Anki's marks asks.

    One sentence; one for each number where marks are nested or have several. None without a hole.
    """
    if "{{" not in text:
        return ()
    whole = _parsed(text)
    numbers = _numbers(whole)
    if not _is_nested(whole):
        sentence = _written(whole, numbers)
        return (sentence,) if numbers & _asked(whole) else ()
    asked = sorted(numbers & _asked(whole))
    return tuple(_written(whole, frozenset((number,))) for number in asked)


def numbers_of(text: str) -> frozenset[int]:
    """The numbers of the marks in a text."""
    return _numbers(_parsed(text)) if "{{c" in text else frozenset()


def only_number(text: str, number: int) -> str:
    """A text in which only the marks of one number are left, to be read again; others are filled."""
    return _marked(_parsed(text), number)


def only_holes(text: str) -> str:
    """The marks of a text without what is around them."""
    marks = [part for part in _parsed(text).parts if isinstance(part, _Mark)]
    return ", ".join(_marked(_Mark(frozenset(), [mark]), None) for mark in marks)


def _parsed(text: str) -> _Mark:
    whole = _Mark(frozenset())
    open_, end = [whole], 0
    for match in _TOKEN.finditer(text):
        _add(open_, text[end : match.start()])
        end = match.end()
        if match["numbers"] and len(open_) <= _DEEPEST:
            given = frozenset(map(int, match["numbers"].split(",")))
            open_.append(_Mark(frozenset(n for n in given if 0 < n <= _LARGEST)))
        elif match["end"] and len(open_) > 1:
            done = open_.pop()
            open_[-1].parts.append(done)
        else:
            _add(open_, match[0])
    _add(open_, text[end:])
    while len(open_) > 1:  # never closed: Anki takes them for text
        done = open_.pop()
        hint = f"::{done.hint}" if done.hint else ""
        numbers = ",".join(map(str, sorted(done.numbers)))
        open_[-1].parts += [f"{{{{c{numbers}::", *done.parts, hint]
    return whole


def _add(open_: list[_Mark], text: str) -> None:
    mark = open_[-1]
    if len(open_) > 1 and not mark.hint:
        text, _, mark.hint = text.partition("::")
    if text:
        mark.parts.append(text)


def _numbers(mark: _Mark) -> frozenset[int]:
    inner = [_numbers(part) for part in mark.parts if isinstance(part, _Mark)]
    return mark.numbers.union(*inner)


def _asked(mark: _Mark) -> frozenset[int]:
    """The numbers whose holes hold something."""
    inner = [_asked(part) for part in mark.parts if isinstance(part, _Mark)]
    return (mark.numbers if _filled(mark).strip() else frozenset[int]()).union(*inner)


def _is_nested(mark: _Mark) -> bool:
    inner = [part for part in mark.parts if isinstance(part, _Mark)]
    return len(mark.numbers) > 1 or any(mark.numbers or _is_nested(part) for part in inner)


def _filled(mark: _Mark) -> str:
    return "".join(_filled(part) if isinstance(part, _Mark) else part for part in mark.parts)


def _written(mark: _Mark, numbers: frozenset[int]) -> str:
    """A text with the marks of some numbers, each as Offhand writes it."""
    pieces = list(_pieces(mark, numbers))
    texts = [
        ("".join(text for text, _ in group), is_hole)
        for is_hole, group in groupby(pieces, key=lambda piece: piece[1])
    ]
    parts: list[str] = []
    in_code = False
    for at, (text, is_hole) in enumerate(texts):
        if "{" in text and not is_hole:
            parts.append(_without_holes(text, in_code, before_hole=at + 1 < len(texts)))
        else:
            parts.append(text)
        in_code ^= text.count("`") % 2 == 1
    return "".join(parts)


def _pieces(mark: _Mark, numbers: frozenset[int]) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, each with whether it is a hole."""
    for part in mark.parts:
        if isinstance(part, str):
            yield part, False
        elif (own := part.numbers & numbers) and (inner := _filled(part)).strip():
            yield _hole(min(own), inner, part.hint), True
        else:
            yield from _pieces(part, numbers)


def _hole(number: int, inner: str, hint: str) -> str:
    """A hole in which nothing looks like its hint or its end."""
    held = inner.replace("::", ":&#58;")
    if hint.strip():
        held = f"{held[:-1]}&#58;::{hint}" if held.endswith(":") else f"{held}::{hint}"
    held = _ENDS.sub(lambda match: "&#125;" * len(match[0]), held)
    return f"{{{{c{number}::{held}}}}}"


def _without_holes(text: str, in_code: bool, before_hole: bool) -> str:
    """A text in which braces in a row, which would be a hole of Offhand's, stand apart."""

    def apart(match: re.Match[str]) -> str:
        nonlocal in_code
        if match[0] == "`":
            in_code = not in_code
            return "`"
        if in_code:
            return "{ " * len(match[0])  # a backslash would be shown
        last = "&#123;" if before_hole and match.end() == len(text) else "\\{"
        return "\\{" * (len(match[0]) - 1) + last

    return (_BRACES_BEFORE_HOLE if before_hole else _BRACES).sub(apart, text)


def _marked(mark: _Mark, number: int | None) -> str:
    """A text with Anki's own marks of one number, or of all."""
    text = ""
    for part in mark.parts:
        if isinstance(part, str):
            text += part
        elif part.numbers and (number is None or number in part.numbers):
            numbers = [number] if number is not None else sorted(part.numbers)
            hint = f"::{part.hint}" if part.hint else ""
            text += f"{{{{c{','.join(map(str, numbers))}::{_marked(part, number)}{hint}}}}}"
        else:
            text += _marked(part, number)
    return text
