"""One entry of a deck file put anew where it stands: only the fields that changed are touched."""

from dataclasses import dataclass

from offhand.formats.draft import DraftEntry
from offhand.formats.yaml.brackets import bracketed, pair_in_brackets
from offhand.formats.yaml.comments import comments_in
from offhand.formats.yaml.entry_fields import fields_of
from offhand.formats.yaml.field_edit import put_after_colon, put_field, put_key, put_mapping
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Span
from offhand.formats.yaml.writer import STEP, mapping_lines, titled_lines

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


def entry_at(listed: Span, index: int) -> EntryAt:
    """An entry below `entries:` or a section's title."""
    return _item(listed.items[index]) if listed.items else EntryAt(*listed.pairs[index])


def _item(item: Span) -> EntryAt:
    if not any(key.value in BEGINNINGS for key, _ in item.pairs) and len(item.pairs) == 1:
        return EntryAt(*item.pairs[0])
    return EntryAt(None, item)


def comments_of(sheet: Sheet, at: EntryAt, start: int, end: int) -> list[str]:
    """The comments of an entry that stand between two places."""
    parts = [at.key, at.value] if at.key else [at.value]
    return [sheet.text[first:last] for first, last in comments_in(sheet.text, parts, start, end)]


def put_fields(sheet: Sheet, at: EntryAt, old: DraftEntry, new: DraftEntry) -> None:
    """Put the fields that changed. Raises TooOdd where the entry has to be put as a whole."""
    before, after = fields_of(old), fields_of(new)
    if at.key is None:
        put_mapping(sheet, at.value, before, after)
        return
    if not new.term:
        raise TooOdd
    if old.term != new.term:
        put_key(sheet, at.key, as_read(new.term))
    del before["term"], after["term"]
    if not at.value.is_text:
        put_mapping(sheet, at.value, before, after)
    elif after.keys() == {"definition"}:
        put_field(
            sheet, "definition", (at.key, at.value), before["definition"], after["definition"]
        )
    else:
        lines = mapping_lines(after, sheet.indent(at.key.start) + STEP)
        put_after_colon(sheet, at.key, at.value, "".join(f"\n{line}" for line in lines))


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
    sheet.put(start, sheet.line_end(at.end), "\n".join(lines)[len(pad) :])


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
