"""One entry of a deck file put anew where it stands: only the fields that changed are touched."""

import re
from dataclasses import dataclass

from offhand.formats.draft import DraftEntry
from offhand.formats.yaml.brackets import bracketed, pair_in_brackets
from offhand.formats.yaml.entry_fields import Value, fields_of
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.scalar import can_be_key, on_lines, on_one_line, scalar
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Form, Span
from offhand.formats.yaml.writer import STEP, field_lines, mapping_lines, titled_lines

_INDICATOR = re.compile("[|>][-+0-9]*")
_BELOW = re.compile(r"\n( +)\S")
BEGINNINGS = frozenset({"term", "question", "cloze", "questions"})
"""The fields by which an item of a list is told from `Term: definition`."""


@dataclass(frozen=True, slots=True)
class EntryAt:
    """Where an entry stands: `key` is the term in `Term: definition`, None where all are fields."""

    key: Span | None
    value: Span

    @property
    def start(self) -> int:
        """Where it begins; a list's dash stands before."""
        return self.key.start if self.key else self.value.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.value.end


def entries_at(listed: Span) -> list[EntryAt]:
    """The entries below `entries:` or a section's title."""
    if listed.items:
        return [_item(item) for item in listed.items]
    return [EntryAt(key, value) for key, value in listed.pairs]


def _item(item: Span) -> EntryAt:
    if not any(key.value in BEGINNINGS for key, _ in item.pairs) and len(item.pairs) == 1:
        return EntryAt(*item.pairs[0])
    return EntryAt(None, item)


def put_fields(sheet: Sheet, at: EntryAt, old: DraftEntry, new: DraftEntry) -> None:
    """Put the fields that changed. Raises TooOdd where the entry has to be put as a whole."""
    before, after = fields_of(old), fields_of(new)
    if at.key is None:
        _put_mapping(sheet, at.value, before, after)
        return
    if not new.term:
        raise TooOdd
    if old.term != new.term:
        _put_term(sheet, at.key, as_read(new.term))
    del before["term"], after["term"]
    if not at.value.is_text:
        _put_mapping(sheet, at.value, before, after)
    elif after.keys() == {"definition"}:
        _put_field(
            sheet, "definition", (at.key, at.value), before["definition"], after["definition"]
        )
    else:
        lines = mapping_lines(after, sheet.indent(at.key.start) + STEP)
        _put_after_colon(sheet, at.key, at.value, "".join(f"\n{line}" for line in lines))


def put_whole(sheet: Sheet, at: EntryAt, new: DraftEntry, in_list: bool) -> None:
    """Put all of an entry anew, in a list or in a mapping from terms. Raises TooOdd where it cannot be."""
    start = at.start
    if not in_list and not new.term:
        raise TooOdd
    if not in_list and not sheet.is_first(start):
        # A key may stand after `? `.
        start = sheet.text.index("?", sheet.line_start(start))
    pad = sheet.indent(start)
    lines = mapping_lines(fields_of(new), pad) if in_list else titled_lines(new, pad)
    first, line_break, rest = "\n".join(lines)[len(pad) :].partition("\n")
    comment = sheet.comment_after(at.end)
    sheet.put(start, sheet.line_end(at.end), f"{first}{comment}{line_break}{rest}")


def put_in_brackets(sheet: Sheet, at: EntryAt, new: DraftEntry, in_list: bool) -> None:
    """Put all of an entry anew where what is around it stands in brackets."""
    sheet.put(at.start, at.end, in_brackets(new, in_list))


def in_brackets(entry: DraftEntry, in_list: bool) -> str:
    """An entry on one line, for a list or for a mapping from terms. Raises TooOdd where it has none."""
    fields = fields_of(entry)
    if in_list:
        return bracketed(fields)
    if not entry.term:
        raise TooOdd
    del fields["term"]
    return pair_in_brackets(entry.term, fields["definition"] if len(fields) == 1 else fields)


def _put_mapping(
    sheet: Sheet, mapping: Span, before: dict[str, Value], after: dict[str, Value]
) -> None:
    """Put what differs between the fields of a mapping."""
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
            _put_field(sheet, name, pairs[name], before.get(name, ""), value)
        else:
            names = list(after)
            above = [each for each in names[: names.index(name)] if each in kept]
            anchor = pairs[above[-1] if above else kept[-1]][1]
            sheet.put_lines_after(anchor.end, field_lines(name, value, pad))
    for name in gone:
        _drop_field(sheet, mapping, pairs[name])


def _drop_field(sheet: Sheet, mapping: Span, pair: tuple[Span, Span]) -> None:
    key, value = pair
    if sheet.is_first(key.start):
        sheet.drop_lines(key.start, value.end)
        return
    # After a list's dash the next field takes its place.
    below = next((each for each, _ in mapping.pairs if each.start > key.start), None)
    if below is None:
        raise TooOdd
    sheet.put(key.start, below.start, "")


def _put_field(
    sheet: Sheet, name: str, pair: tuple[Span, Span], before: Value, after: Value
) -> None:
    """Put a field's value, as far as it can be in the way in which it is written."""
    key, value = pair
    if before == after:
        return
    pad = sheet.indent(key.start)
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        items = value.items or (value,)
        if len(items) != len(before):
            raise TooOdd
        for item, old, new in zip(items, before, after, strict=True):
            _put_mapping(sheet, item, old, new)
    elif value.form is Form.BRACKETS:
        sheet.put(value.start, value.end, bracketed(after))
    elif isinstance(after, str):
        _put_text(sheet, key, value, as_read(after), pad)
    else:
        written = "\n".join(field_lines(name, after, pad))
        _put_after_colon(sheet, key, value, written[len(f"{pad}{name}:") :])


def _put_text(sheet: Sheet, key: Span, value: Span, text: str, pad: str) -> None:
    stands_beside = value.start < value.end and value.start <= sheet.line_end(key.end)
    if value.form is Form.LINES:
        _put_after_colon(sheet, key, value, f" {on_lines(text, _indent_below(sheet, value, pad))}")
    elif stands_beside and "\n" not in text and value.is_text:
        sheet.put(value.start, value.end, on_one_line(text, value.quote))
    else:
        _put_after_colon(sheet, key, value, f" {scalar(text, pad + STEP)}")


def _put_term(sheet: Sheet, key: Span, term: str) -> None:
    if key.form is Form.LINES or not can_be_key(term):
        raise TooOdd
    sheet.put(key.start, key.end, on_one_line(term, key.quote))


def _put_after_colon(sheet: Sheet, key: Span, value: Span, text: str) -> None:
    """Put what stands after `key:`, with the comment that stood on that line."""
    line_end = sheet.line_end(key.end)
    colon = sheet.text.find(":", key.end, line_end)
    if colon < 0 or sheet.text[key.end : colon].strip():
        raise TooOdd
    if value.form is Form.LINES:
        found = _INDICATOR.match(sheet.text, value.start)
        comment = sheet.comment_after(found.end()) if found else ""
    elif value.start > line_end:
        comment = sheet.comment_after(colon + 1)
    else:
        comment = sheet.comment_after(value.end)
    first, line_break, rest = text.partition("\n")
    sheet.put(colon + 1, sheet.line_end(value.end), f"{first}{comment}{line_break}{rest}")


def _indent_below(sheet: Sheet, value: Span, pad: str) -> str:
    """The indentation of a text below `|`."""
    found = _BELOW.search(sheet.text, value.start, value.end)
    return found.group(1) if found else pad + STEP
