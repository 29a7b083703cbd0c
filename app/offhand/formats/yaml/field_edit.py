"""The fields of an entry put anew where they stand: what stays of a list keeps its lines and its comments."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Union

from offhand.formats.yaml.brackets import bracketed, pair_in_brackets
from offhand.formats.yaml.comments import comments_in
from offhand.formats.yaml.entry_fields import Reasons, Value
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.parts import (
    dash_at,
    first_line,
    has_comment,
    is_alone,
    offset_of,
    part_at,
    parts_of,
    take_out_of_brackets,
    with_dash,
)
from offhand.formats.yaml.scalar import can_be_key, on_lines, on_one_line, scalar
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Form, Span
from offhand.formats.yaml.writer import STEP, field_lines, mapping_lines

_INDICATOR = re.compile("[|>][-+0-9]*")
_BELOW = re.compile(r"\n( +)\S")

_Part = Union[str, tuple[str, str], "dict[str, Value]"]
"""What an item holds: a text, a wrong option with its reason, or fields."""


def put_mapping(
    sheet: Sheet, mapping: Span, before: dict[str, Value], after: dict[str, Value]
) -> None:
    """Put what differs between the fields of a mapping. Raises TooOdd where it cannot be put alone."""
    if before == after:
        return
    if mapping.form is not Form.BLOCK:
        sheet.put(mapping.start, mapping.end, bracketed(after))
        return
    pairs = {key.value: (key, value) for key, value in mapping.pairs}
    pad = sheet.indent(mapping.start)
    gone = {name for name in before if name not in after and name in pairs}
    kept = [name for name in pairs if name not in gone]
    if not kept:
        raise TooOdd
    for name, value in after.items():
        if value == before.get(name):
            continue
        if name in pairs:
            put_field(sheet, name, pairs[name], before.get(name, ""), value)
        else:
            names = list(after)
            above = [each for each in names[: names.index(name)] if each in kept]
            anchor = pairs[above[-1] if above else kept[-1]][1]
            sheet.put_lines_after(anchor.end, field_lines(name, value, pad))
    for name in gone:
        _drop_field(sheet, mapping, pairs[name])


def put_field(
    sheet: Sheet, name: str, pair: tuple[Span, Span], before: Value, after: Value
) -> None:
    """Put a field's value, as far as it can be in the way in which it is written."""
    key, value = pair
    if before == after:
        return
    pad = sheet.indent(key.start)
    if isinstance(after, str):
        _put_text(sheet, key, value, as_read(after), pad)
    elif _put_items(sheet, key, value, before, after):
        return
    elif value.form is Form.BRACKETS:
        sheet.put(value.start, value.end, bracketed(after))
    else:
        written = "\n".join(field_lines(name, after, pad))
        put_after_colon(sheet, key, value, written[len(f"{pad}{name}:") :])


def put_key(sheet: Sheet, key: Span, text: str) -> None:
    """Put another text before a colon. Raises TooOdd where it cannot stand there."""
    if key.form is Form.LINES or not can_be_key(text):
        raise TooOdd
    sheet.put(key.start, key.end, on_one_line(text, key.quote))


def put_after_colon(sheet: Sheet, key: Span, value: Span, text: str) -> None:
    """Put what stands after `key:`; a comment on that line stays there."""
    line_end = sheet.line_end(key.end)
    colon = sheet.text.find(":", key.end, line_end)
    if colon < 0 or sheet.text[key.end : colon].strip():
        raise TooOdd
    first, line_break, rest = text.partition("\n")
    if value.form is Form.LINES and (found := _INDICATOR.match(sheet.text, value.start)):
        beside, below = found.end(), sheet.line_end(value.start)
    elif value.start > line_end:
        beside, below = colon + 1, line_end
    else:
        beside, below = value.end, sheet.line_end(value.end)
    sheet.put(colon + 1, beside, first)
    sheet.put(below, sheet.line_end(value.end), line_break + rest)


def _put_text(sheet: Sheet, key: Span, value: Span, text: str, pad: str) -> None:
    stands_beside = value.start < value.end and value.start <= sheet.line_end(key.end)
    if value.form is Form.LINES:
        put_after_colon(sheet, key, value, f" {on_lines(text, _indent_below(sheet, value, pad))}")
    elif stands_beside and "\n" not in text and value.is_text:
        sheet.put(value.start, value.end, on_one_line(text, value.quote))
    elif value.is_text and "#" in sheet.text[sheet.line_end(key.end) : value.start]:
        # A comment stands between the key and its text.
        sheet.put(value.start, value.end, scalar(text, pad + STEP))
    else:
        put_after_colon(sheet, key, value, f" {scalar(text, pad + STEP)}")


def _indent_below(sheet: Sheet, value: Span, pad: str) -> str:
    """The indentation of a text below `|`."""
    found = _BELOW.search(sheet.text, value.start, value.end)
    return found.group(1) if found else pad + STEP


def _drop_field(sheet: Sheet, mapping: Span, pair: tuple[Span, Span]) -> None:
    """Take a field out; comments that have lines of their own in it stay."""
    key, value = pair
    if sheet.is_first(key.start):
        comments = comments_in(sheet.text, [value], key.end, value.end)
        sheet.drop_lines(key.start, value.end, [at for at, _ in comments if sheet.is_first(at)])
        return
    # After a list's dash the next field takes its place.
    below = next((each for each, _ in mapping.pairs if each.start > key.start), None)
    if below is None:
        raise TooOdd
    sheet.put(key.start, below.start, "")


# Items of a list


def _put_items(sheet: Sheet, key: Span, value: Span, before: Value, after: Value) -> bool:
    """Put what differs between two lists, item by item. Returns False where it has to be put whole."""
    old, new = _parts(before, value), _parts(after, value)
    if len(old) == len(new) == 1 and not value.items:
        # One alone needs no list around it.
        if isinstance(old[0], str) and isinstance(new[0], str):
            _put_text(sheet, key, value, as_read(new[0]), sheet.indent(key.start))
        else:
            _put_part(sheet, value, 0, old[0], new[0])
        return True
    rewritten = value.form is Form.BRACKETS and isinstance(before, tuple)
    if not old or not new or len(parts_of(value)) != len(old):
        return False
    if rewritten and not has_comment(sheet, value):
        return False
    gone: list[int] = []
    matcher = SequenceMatcher(None, [*map(_name, old)], [*map(_name, new)], autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        stay = min(end - start, last - first)
        for index in range(stay):
            _put_part(sheet, value, start + index, old[start + index], new[first + index])
        gone += range(start + stay, end)
        if more := new[first + stay : last]:
            _put_more(sheet, value, start + stay, more)
    if gone:
        _take_out(sheet, value, gone)
    return True


def _parts(listed: Value, value: Span) -> list[_Part]:
    """What the items of a list hold, as they stand in its place; none where they cannot stand there."""
    if isinstance(listed, str):
        return []
    if not isinstance(listed, Reasons):
        return [*listed]
    if value.pairs:
        return [*listed.pairs]
    return [] if any(why for _, why in listed.pairs) else [text for text, _ in listed.pairs]


def _name(part: _Part) -> str:
    """By what an item is recognised."""
    if isinstance(part, dict):
        return str(next(iter(part.values())))
    return part if isinstance(part, str) else part[0]


def _put_part(sheet: Sheet, value: Span, index: int, old: _Part, new: _Part) -> None:
    """Put another item in the place of one, as it is written."""
    if old == new:
        return
    if isinstance(new, dict) and isinstance(old, dict):
        put_mapping(sheet, value.items[index] if value.items else value, old, new)
    elif value.pairs and isinstance(new, tuple):
        _put_reason(sheet, value, index, *new)
    elif isinstance(new, str):
        item = value.items[index]
        if value.form is Form.BRACKETS:
            sheet.put(item.start, item.end, bracketed(new))
        elif item.form is Form.LINES or "\n" in new:
            pad = sheet.indent(dash_at(sheet, value, index)) + STEP
            sheet.put(item.start, item.end, scalar(as_read(new), pad))
        else:
            sheet.put(item.start, item.end, on_one_line(as_read(new), item.quote))


def _put_reason(sheet: Sheet, value: Span, index: int, option: str, why: str) -> None:
    key, reason = value.pairs[index]
    if value.form is Form.BRACKETS:
        sheet.put(key.start, reason.end, pair_in_brackets(option, why))
        return
    if key.value.strip() != option:
        put_key(sheet, key, as_read(option))
    if reason.value.strip() != why:
        _put_text(sheet, key, reason, as_read(why), sheet.line_indent(key.start))


def _put_more(sheet: Sheet, value: Span, index: int, more: Sequence[_Part]) -> None:
    """Put further items before the one of an index, or after the last."""
    parts = parts_of(value)
    if value.form is Form.BRACKETS:
        texts = [pair_in_brackets(*p) if isinstance(p, tuple) else bracketed(p) for p in more]
        at = parts[index - 1][1] if index else parts[0][0]
        sheet.put(at, at, "".join(f", {t}" if index else f"{t}, " for t in texts))
        return
    lines = [line for part in more for line in _lines(sheet, value, part)]
    if index:
        sheet.put_lines_after(parts[index - 1][1], lines)
    else:
        start = sheet.line_start(first_line(sheet, value, 0))
        sheet.put(start, start, "".join(f"{line}\n" for line in lines))


def _lines(sheet: Sheet, value: Span, part: _Part) -> list[str]:
    """The lines of another item, laid out as the last one is."""
    if isinstance(part, tuple):
        pad = sheet.line_indent(value.pairs[-1][0].start)
        option, why = map(as_read, part)
        if not can_be_key(option):
            raise TooOdd
        return [
            f"{pad}{on_one_line(option)}: {scalar(why, pad + STEP)}"
            if why
            else f"{pad}{on_one_line(option)}:"
        ]
    last = len(value.items) - 1
    pad, offset = sheet.indent(dash_at(sheet, value, last)), offset_of(sheet, value, last)
    below = pad + " " * offset
    if isinstance(part, str):
        return with_dash([f"{below}{scalar(as_read(part), below)}"], pad, offset)
    return with_dash(mapping_lines(part, below), pad, offset)


def _take_out(sheet: Sheet, value: Span, gone: Sequence[int]) -> None:
    if value.form is Form.BRACKETS:
        take_out_of_brackets(sheet, value, gone)
        return
    for index in gone:
        start = first_line(sheet, value, index)
        if not is_alone(sheet, start):
            raise TooOdd
        sheet.drop_lines(start, part_at(value, index)[1])
