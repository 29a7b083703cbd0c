"""The entries of one section of a deck file: how more or less of them are put there."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from offhand.formats.draft import DraftEntry
from offhand.formats.yaml.entry_edit import BEGINNINGS, comments_of, entry_at, in_brackets
from offhand.formats.yaml.entry_fields import fields_of
from offhand.formats.yaml.parts import (
    dash_at,
    first_line,
    is_alone,
    offset_of,
    part_at,
    parts_of,
    take_out_of_brackets,
    with_dash,
)
from offhand.formats.yaml.sheet import Sheet, TooOdd
from offhand.formats.yaml.spans import Form, Span
from offhand.formats.yaml.writer import (
    STEP,
    is_short,
    mapping_lines,
    titled_lines,
)

_LONG = 3
"""Lines from which an entry is kept apart from the next by a blank one."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """An entry that comes to a section; `lines` are those it has elsewhere, from the margin on.

    They are for a list or for a mapping from terms, and there are none where it has to be written;
    `comments` are those in them.
    """

    entry: DraftEntry
    lines: tuple[str, ...] = ()
    in_list: bool = False
    comments: tuple[str, ...] = ()


def elsewhere(sheet: Sheet, listed: Span, index: int, entry: DraftEntry, anew: bool) -> Arriving:
    """An entry as it stands in the section that it leaves; it is to be written anew from brackets."""
    at = entry_at(listed, index)
    in_list = bool(listed.items)
    if listed.form is Form.BRACKETS:
        comments = comments_of(sheet, at, at.start, at.end)
        return Arriving(entry, (), in_list, tuple(comments))
    start, end = first_line(sheet, listed, index), sheet.line_end(at.end)
    comments = comments_of(sheet, at, start, end)
    pad = sheet.line_indent(start)
    lines = re.split("\r?\n", sheet.text[sheet.line_start(start) : end])
    carried = () if anew else tuple(line.removeprefix(pad) for line in lines)
    return Arriving(entry, carried, in_list, tuple(comments))


def put_above(sheet: Sheet, listed: Span, index: int, comments: Sequence[str]) -> None:
    """Put comments on lines of their own above an entry."""
    if not comments:
        return
    in_brackets = listed.form is Form.BRACKETS
    first = entry_at(listed, index).start if in_brackets else first_line(sheet, listed, index)
    start, pad = sheet.line_start(first), sheet.line_indent(first)
    sheet.put(start, start, "".join(f"{pad}{comment}\n" for comment in comments))


def append_entries(sheet: Sheet, listed: Span, arriving: Sequence[Arriving]) -> None:
    """Put entries below the last one of a section. Raises TooOdd where they find no place."""
    entries = [each.entry for each in arriving]
    is_list = bool(listed.items)
    if listed.form is Form.BRACKETS:
        texts = [in_brackets(each, is_list) for each in entries]
        append_in_brackets(sheet, listed, texts, arriving)
    elif is_list:
        in_short = all(entry_at(listed, index).key for index in range(len(listed.items)))
        last = len(listed.items) - 1
        offset = offset_of(sheet, listed, last)
        pad = sheet.indent(dash_at(sheet, listed, last))
        new = _listed(entries, pad, offset, in_short)
        append_lines(
            sheet, listed, [carried(*each, True, pad) for each in zip(arriving, new, strict=True)]
        )
    elif all(entry.term for entry in entries):
        pad = sheet.line_indent(listed.pairs[-1][0].start)
        new = [titled_lines(entry, pad) for entry in entries]
        append_lines(
            sheet, listed, [carried(*each, False, pad) for each in zip(arriving, new, strict=True)]
        )
    else:
        _make_list(sheet, listed)
        pad = sheet.indent(listed.start)[: -len(STEP)]
        new = _listed(entries, pad, len(STEP), False)
        append_lines(
            sheet, listed, [carried(*each, True, pad) for each in zip(arriving, new, strict=True)]
        )


def remove_parts(sheet: Sheet, container: Span, gone: Collection[int]) -> None:
    """Take some entries, or some sections, out of what holds them. Raises TooOdd where it cannot be."""
    if container.form is Form.BRACKETS:
        take_out_of_brackets(sheet, container, gone)
        return
    for index in gone:
        drop(sheet, container, index, index - 1 in gone, ())


def append_in_brackets(
    sheet: Sheet, container: Span, texts: list[str], arriving: Sequence[Arriving]
) -> None:
    """Put texts behind the last part of something in brackets, below the comments of what arrives."""
    end = parts_of(container)[-1][1]
    pad = sheet.line_indent(container.start) + STEP
    comments = [f"\n{pad}{comment}" for each in arriving for comment in each.comments]
    before = "".join([*comments, f"\n{pad}"]) if comments else " "
    sheet.put(end, end, f",{before}{', '.join(texts)}")


def append_lines(sheet: Sheet, container: Span, blocks: list[list[str]]) -> None:
    """Put blocks of lines below the last part, kept apart as those above are."""
    parts = parts_of(container)
    start = first_line(sheet, container, len(parts) - 1)
    is_long = len("\n".join(blocks[0]).split("\n")) >= _LONG
    apart = sheet.blank_before(start) if len(parts) > 1 else is_long
    for block in blocks:
        sheet.put_lines_after(parts[-1][1], ["", *block] if apart else block)


def carried(arriving: Arriving, new: list[str], in_list: bool, pad: str) -> list[str]:
    """The lines that an entry had elsewhere where they fit, or else the new ones below its comments."""
    if not arriving.lines or arriving.in_list is not in_list:
        return [*(pad + comment for comment in arriving.comments), *new]
    return [pad + line if line.strip() else line for line in arriving.lines]


def _listed(
    entries: Sequence[DraftEntry], pad: str, offset: int, in_short: bool
) -> list[list[str]]:
    """The lines of entries as items of a list; with `in_short` as `- Term: definition` where they can."""
    below = pad + " " * offset
    return [
        with_dash(
            titled_lines(entry, below)
            if in_short and is_short(entry) and entry.term not in BEGINNINGS
            else mapping_lines(fields_of(entry), below),
            pad,
            offset,
        )
        for entry in entries
    ]


def _make_list(sheet: Sheet, listed: Span) -> None:
    """Make a mapping from terms a list, by a dash before each of them."""
    for key, _ in listed.pairs:
        pad = sheet.line_indent(key.start)
        start = sheet.line_start(key.start) + len(pad)
        if not is_alone(sheet, key.start) or len(pad) < len(STEP):
            raise TooOdd
        sheet.put(start - len(STEP), start, "- ")


def drop(
    sheet: Sheet, container: Span, index: int, is_one_above_gone: bool, kept: Sequence[int]
) -> None:
    """Take a part's lines out, those of `kept` aside, and the blank ones that kept it apart."""
    start, end = first_line(sheet, container, index), part_at(container, index)[1]
    if not is_alone(sheet, start):
        raise TooOdd
    below = sheet.blank_lines_after(end)
    if sheet.is_last_line(end) and not is_one_above_gone:
        sheet.drop_lines(sheet.blank_lines_before(start), end, kept)
    elif index == 0 or sheet.blank_before(start):
        sheet.drop_lines(start, below, kept)
    else:
        sheet.drop_lines(start, end, kept)
