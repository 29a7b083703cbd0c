"""Where the entries of a deck file stand, and how more or less of them are put there."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from offhand.formats.draft import DraftEntry, DraftSection
from offhand.formats.yaml.brackets import bracketed, pair_in_brackets
from offhand.formats.yaml.entry_edit import BEGINNINGS, entries_at, in_brackets
from offhand.formats.yaml.entry_fields import fields_of
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.scalar import can_be_key, on_one_line
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Form, Span
from offhand.formats.yaml.writer import (
    STEP,
    entries_lines,
    field_lines,
    is_short,
    mapping_lines,
    section_lines,
    titled_lines,
)

_DASH = re.compile(r"^[ \t]*-(?=\s)", re.MULTILINE)
_LONG = 3
"""Lines from which an entry is kept apart from the next by a blank one."""


def entry_lists(root: Span) -> list[Span]:
    """What holds the entries of each section of a file, in its order."""
    sections = root.field("sections")
    if sections is None:
        return [value for key, value in root.pairs if key.value == "entries"]
    if sections.items:
        return [found for item in sections.items if (found := item.field("entries"))]
    return [value for _, value in sections.pairs]


@dataclass(frozen=True, slots=True)
class Arriving:
    """An entry that comes to a section; `lines` are those it has elsewhere, from the margin on.

    They are for a list or for a mapping from terms, and there are none where it has to be written.
    """

    entry: DraftEntry
    lines: tuple[str, ...] = ()
    in_list: bool = False


def lines_elsewhere(sheet: Sheet, listed: Span, index: int) -> tuple[str, ...]:
    """The lines of an entry with its comments, from the margin on; none where it stands in brackets."""
    if listed.form is Form.BRACKETS:
        return ()
    start, end = _first_line(sheet, listed, index), _parts(listed)[index][1]
    pad = sheet.line_indent(start)
    lines = re.split("\r?\n", sheet.text[sheet.line_start(start) : sheet.line_end(end)])
    return tuple(line.removeprefix(pad) for line in lines)


def append_entries(sheet: Sheet, listed: Span, arriving: Sequence[Arriving]) -> None:
    """Put entries below the last one of a section. Raises TooOdd where they find no place."""
    entries = [each.entry for each in arriving]
    is_list = bool(listed.items)
    if listed.form is Form.BRACKETS:
        _append_in_brackets(sheet, listed, [in_brackets(each, is_list) for each in entries])
    elif is_list:
        in_short = all(at.key for at in entries_at(listed))
        dash = _dash(sheet, listed, len(listed.items) - 1)
        first = listed.items[-1].start
        beside = sheet.line_start(first) == sheet.line_start(dash)
        offset = first - dash if beside else len(STEP)
        pad = sheet.indent(dash)
        new = _listed(entries, pad, offset, in_short)
        _append(
            sheet, listed, [_carried(*each, True, pad) for each in zip(arriving, new, strict=True)]
        )
    elif all(entry.term for entry in entries):
        pad = sheet.line_indent(listed.pairs[-1][0].start)
        new = [titled_lines(entry, pad) for entry in entries]
        _append(
            sheet, listed, [_carried(*each, False, pad) for each in zip(arriving, new, strict=True)]
        )
    else:
        _make_list(sheet, listed)
        pad = sheet.indent(listed.start)[: -len(STEP)]
        _append(sheet, listed, _listed(entries, pad, len(STEP), False))


def append_section(sheet: Sheet, root: Span, section: DraftSection) -> None:
    """Put a section below the last one. Raises TooOdd where it finds no place."""
    sections = root.field("sections")
    if sections is None:
        raise TooOdd
    title = as_read(section.title)
    if sections.form is Form.BRACKETS:
        entries = [fields_of(each) for each in section.entries]
        if sections.items:
            text = bracketed({"section": title, "entries": entries})
        else:
            text = pair_in_brackets(title, entries)
        _append_in_brackets(sheet, sections, [text])
    elif sections.items:
        dash = sheet.indent(_dash(sheet, sections, len(sections.items) - 1))
        _append(sheet, sections, [_with_dash(section_lines(section, dash + STEP), dash, len(STEP))])
    else:
        if not can_be_key(title):
            raise TooOdd
        key, value = sections.pairs[-1]
        pad = sheet.indent(key.start)
        step = STEP
        if value.form is Form.BLOCK:
            step = " " * max(sheet.column(value.start) - len(pad), len(STEP))
        below = entries_lines(section.entries, pad + step)
        _append(sheet, sections, [[f"{pad}{on_one_line(title)}:", *below]])


def make_sections(sheet: Sheet, root: Span, title: str, ident: str) -> None:
    """Make the entries of a deck without sections its first section. Raises TooOdd where it cannot be."""
    for key, value in root.pairs:
        if key.value != "entries":
            continue
        if value.form is not Form.BLOCK or sheet.column(key.start):
            raise TooOdd
        pad = STEP * 2
        head = ["sections:", *_with_dash(field_lines("section", title, pad), STEP, len(STEP))]
        sheet.put(key.start, key.end, "\n".join([*head, f"{pad}id: {ident}", f"{pad}entries"]))
        for start in sheet.line_starts(sheet.line_end(key.end), value.end):
            sheet.put(start, start, pad)


def remove_parts(sheet: Sheet, container: Span, gone: Collection[int]) -> None:
    """Take some entries, or some sections, out of what holds them. Raises TooOdd where it cannot be."""
    parts = _parts(container)
    kept_before = False
    for index, (start, end) in enumerate(parts):
        if index not in gone:
            kept_before = True
        elif container.form is not Form.BRACKETS:
            _drop(sheet, container, index, index - 1 in gone)
        elif kept_before:
            sheet.put(parts[index - 1][1], end, "")
        else:
            sheet.put(start, parts[index + 1][0], "")


def _parts(container: Span) -> list[tuple[int, int]]:
    """Where each item or pair begins and ends."""
    if container.items:
        return [(item.start, item.end) for item in container.items]
    return [(key.start, value.end) for key, value in container.pairs]


def _append_in_brackets(sheet: Sheet, container: Span, texts: list[str]) -> None:
    end = _parts(container)[-1][1]
    sheet.put(end, end, "".join(f", {text}" for text in texts))


def _append(sheet: Sheet, container: Span, blocks: list[list[str]]) -> None:
    """Put blocks of lines below the last part, kept apart as those above are."""
    parts = _parts(container)
    start = _first_line(sheet, container, len(parts) - 1)
    is_long = len("\n".join(blocks[0]).split("\n")) >= _LONG
    apart = sheet.blank_before(start) if len(parts) > 1 else is_long
    for block in blocks:
        sheet.put_lines_after(parts[-1][1], ["", *block] if apart else block)


def _carried(arriving: Arriving, new: list[str], in_list: bool, pad: str) -> list[str]:
    """The lines that an entry had elsewhere where they fit, or else the new ones."""
    if not arriving.lines or arriving.in_list is not in_list:
        return new
    return [pad + line if line.strip() else line for line in arriving.lines]


def _listed(
    entries: Sequence[DraftEntry], pad: str, offset: int, in_short: bool
) -> list[list[str]]:
    """The lines of entries as items of a list; with `in_short` as `- Term: definition` where they can."""
    below = pad + " " * offset
    return [
        _with_dash(
            titled_lines(entry, below)
            if in_short and is_short(entry) and entry.term not in BEGINNINGS
            else mapping_lines(fields_of(entry), below),
            pad,
            offset,
        )
        for entry in entries
    ]


def _with_dash(lines: list[str], pad: str, offset: int) -> list[str]:
    return [f"{pad}-{' ' * (offset - 1)}{lines[0][len(pad) + offset :]}", *lines[1:]]


def _make_list(sheet: Sheet, listed: Span) -> None:
    """Make a mapping from terms a list, by a dash before each of them."""
    for key, _ in listed.pairs:
        if not sheet.is_first(key.start) or sheet.column(key.start) < len(STEP):
            raise TooOdd
        sheet.put(key.start - len(STEP), key.start, "- ")


def _dash(sheet: Sheet, listed: Span, index: int) -> int:
    """Where the dash of an item stands."""
    if index == 0:
        return listed.start
    before = listed.items[index - 1].end
    found = [*_DASH.finditer(sheet.text, before, listed.items[index].start)]
    if not found:
        raise TooOdd
    return found[-1].end() - 1


def _first_line(sheet: Sheet, container: Span, index: int) -> int:
    """An index in the first line of a part."""
    return _dash(sheet, container, index) if container.items else container.pairs[index][0].start


def _drop(sheet: Sheet, container: Span, index: int, is_one_above_gone: bool) -> None:
    """Take a part's lines out, and the blank ones that kept it apart."""
    start, end = _first_line(sheet, container, index), _parts(container)[index][1]
    if sheet.text[sheet.line_start(start) : start].strip() not in ("", "?"):
        raise TooOdd
    below = sheet.blank_lines_after(end)
    if sheet.is_last_line(end) and not is_one_above_gone:
        sheet.drop_lines(sheet.blank_lines_before(start), end)
    elif index == 0 or sheet.blank_before(start):
        sheet.drop_lines(start, below)
    else:
        sheet.drop_lines(start, end)
