"""The sections of a deck file: where their entries stand, and how one comes or goes."""

from collections.abc import Collection, Sequence

from offhand.formats.draft import DraftSection
from offhand.formats.yaml.brackets import bracketed, pair_in_brackets
from offhand.formats.yaml.comments import comments_in
from offhand.formats.yaml.entry_fields import fields_of
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.layout import Arriving, append_in_brackets, append_lines, carried, drop
from offhand.formats.yaml.parts import (
    dash_at,
    first_line,
    parts_of,
    take_out_of_brackets,
    with_dash,
)
from offhand.formats.yaml.scalar import can_be_key, on_one_line
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Form, Span
from offhand.formats.yaml.writer import STEP, entries_lines, field_lines, section_lines


def entry_lists(root: Span) -> list[Span]:
    """What holds the entries of each section of a file, in its order."""
    sections = root.field("sections")
    if sections is None:
        return [value for key, value in root.pairs if key.value == "entries"]
    if sections.items:
        return [found for item in sections.items if (found := item.field("entries"))]
    return [value for _, value in sections.pairs]


def append_section(sheet: Sheet, root: Span, title: str, arriving: Sequence[Arriving]) -> None:
    """Put a section below the last one. Raises TooOdd where it finds no place."""
    sections = root.field("sections")
    if sections is None:
        raise TooOdd
    title = as_read(title)
    if sections.form is Form.BRACKETS:
        entries = [fields_of(each.entry) for each in arriving]
        if sections.items:
            text = bracketed({"section": title, "entries": entries})
        else:
            text = pair_in_brackets(title, entries)
        append_in_brackets(sheet, sections, [text], arriving)
    elif sections.items:
        dash = sheet.indent(dash_at(sheet, sections, len(sections.items) - 1))
        lines = new_section(title, arriving, dash + STEP)
        append_lines(sheet, sections, [with_dash(lines, dash, len(STEP))])
    else:
        if not can_be_key(title):
            raise TooOdd
        key, value = sections.pairs[-1]
        pad = sheet.indent(key.start)
        step = STEP
        if value.form is Form.BLOCK:
            step = " " * max(sheet.column(value.start) - len(pad), len(STEP))
        below = _entries_anew(arriving, pad + step)
        append_lines(sheet, sections, [[f"{pad}{on_one_line(title)}:", *below]])


def new_section(title: str, arriving: Sequence[Arriving], pad: str) -> list[str]:
    """The lines of a section with its title as a field: what a section's file holds."""
    return [*section_lines(DraftSection(title, ()), pad), *_entries_anew(arriving, pad + STEP)]


def _entries_anew(arriving: Sequence[Arriving], pad: str) -> list[str]:
    """The lines of a new section's entries: those that they had elsewhere where all of them fit."""
    in_list = arriving[0].in_list
    if not all(each.lines and each.in_list is in_list for each in arriving):
        comments = [pad + comment for each in arriving for comment in each.comments]
        return [*comments, *entries_lines([each.entry for each in arriving], pad)]
    lines: list[str] = []
    for each in arriving:
        lines += [""] if lines and in_list else []
        lines += carried(each, [], in_list, pad)
    return lines


def make_sections(sheet: Sheet, root: Span, title: str, ident: str) -> None:
    """Make the entries of a deck without sections its first section. Raises TooOdd where it cannot be."""
    for key, value in root.pairs:
        if key.value != "entries":
            continue
        if value.form is not Form.BLOCK or sheet.column(key.start):
            raise TooOdd
        pad = STEP * 2
        head = ["sections:", *with_dash(field_lines("section", title, pad), STEP, len(STEP))]
        sheet.put(key.start, key.end, "\n".join([*head, f"{pad}id: {ident}", f"{pad}entries"]))
        for start in sheet.line_starts(sheet.line_end(key.end), value.end):
            sheet.put(start, start, pad)


def remove_sections(sheet: Sheet, root: Span, gone: Collection[int]) -> None:
    """Take sections with their last entries out, and leave the comments outside of these."""
    sections = root.field("sections")
    if sections is None:
        raise TooOdd
    if sections.form is Form.BRACKETS:
        take_out_of_brackets(sheet, sections, gone)
        return
    lists = entry_lists(root)
    for index in gone:
        part = [sections.items[index]] if sections.items else [*sections.pairs[index]]
        listed = lists[index]
        entries = [(listed.start, listed.end)]
        if listed.form is Form.BLOCK:
            parts = enumerate(parts_of(listed))
            entries = [(first_line(sheet, listed, at), end) for at, (_, end) in parts]
        kept = [
            at
            for at, _ in comments_in(sheet.text, part, part[0].start, part[-1].end)
            if sheet.is_first(at) and not any(start <= at < end for start, end in entries)
        ]
        drop(sheet, sections, index, index - 1 in gone, kept)
