"""A draft as deck files that read as if a person had written them: see docs/deck-format.md.

Whatever is written is read back as it was by `yaml_draft.read_draft`, texts as the reader gives
them: without white space around, and with control characters made visible.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import slug
from offhand.formats.deck_folder import HEADER
from offhand.formats.draft import Draft, DraftEntry, DraftSection
from offhand.formats.draft_faults import entry_faults
from offhand.formats.fault import Fault, Faulty
from offhand.formats.yaml.entry_fields import Reasons, Value, fields_of
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.scalar import can_be_key, in_brackets, is_just_words, on_one_line, scalar

STEP = "  "
_BRACKETS_END = 100
"""Cells of a line up to which a list stands in brackets."""

_IN_BRACKETS = frozenset({"aliases", "tags", "sources", "see"})


def deck_text(draft: Draft) -> str:
    """The deck as one file.

    Raises Faulty for entries that the format cannot hold, each at its place in the source.
    """
    _refuse_unwritable(draft)
    sections = [section for section in draft.sections if section.entries]
    lines = header_lines(draft)
    if len(sections) == 1 and sections[0].title == draft.title and not sections[0].id:
        lines += ["entries:", *entries_lines(sections[0].entries, STEP)]
    elif _can_be_titled(sections):
        lines.append("sections:")
        for section in sections:
            title = on_one_line(as_read(section.title))
            lines += [f"{STEP}{title}:", *entries_lines(section.entries, STEP * 2)]
    else:
        lines.append("sections:")
        for section in sections:
            lines += in_list(section_lines(section, STEP * 2), STEP)
    return "\n".join(lines) + "\n"


def deck_files(draft: Draft) -> dict[str, str]:
    """The deck as a folder: the texts of its files by their names, in the order of its sections.

    Raises Faulty for entries that the format cannot hold, each at its place in the source.
    """
    _refuse_unwritable(draft)
    sections = [section for section in draft.sections if section.entries]
    files = {HEADER: "\n".join(header_lines(draft)) + "\n"}
    digits = max(len(str(len(sections))), 2)
    for number, section in enumerate(sections, 1):
        name = f"{number:0{digits}}-{section.id or slug(section.title)}.yaml"
        files[name] = "\n".join(section_lines(section, "")) + "\n"
    return files


def header_lines(draft: Draft) -> list[str]:
    """The lines that hold for a whole deck."""
    lines = field_lines("deck", draft.title, "")
    if draft.id:
        lines.append(f"id: {draft.id}")
    if draft.about:
        lines += field_lines("about", draft.about, "")
    if draft.reverse:
        lines.append("reverse: true")
    if draft.origin:
        lines += field_lines("origin", draft.origin, "")
    return lines


def section_lines(section: DraftSection, pad: str) -> list[str]:
    """A section with its title as a field: what a section's file holds."""
    return [*section_head(section, pad), *entries_lines(section.entries, pad + STEP)]


def section_head(section: DraftSection, pad: str) -> list[str]:
    """The lines of a section above its entries."""
    lines = field_lines("section", section.title, pad)
    if section.id:
        lines.append(f"{pad}id: {section.id}")
    return [*lines, f"{pad}entries:"]


def entries_lines(entries: Sequence[DraftEntry], pad: str) -> list[str]:
    """The lines below `entries:` or a section's title: `Term: definition` where that is all there is."""
    if are_pairs(entries):
        return list(chain.from_iterable(pairs_lines(entries, pad)))
    lines: list[str] = []
    for each in entries:
        if lines:
            lines.append("")
        lines += listed_lines(each, pad)
    return lines


def are_pairs(entries: Sequence[DraftEntry]) -> bool:
    """Whether entries are written as a mapping from their terms to their definitions."""
    return all(map(is_short, entries)) and len({each.term for each in entries}) == len(entries)


def pairs_lines(entries: Sequence[DraftEntry], pad: str) -> Iterator[list[str]]:
    """The lines of each entry of a mapping from terms to definitions."""
    return (_pair_lines(as_read(each.term), as_read(each.definition), pad) for each in entries)


def listed_lines(entry: DraftEntry, pad: str) -> list[str]:
    """The lines of an entry as an item of a list whose dash stands after `pad`."""
    return in_list(mapping_lines(fields_of(entry), pad + STEP), pad)


def is_short(entry: DraftEntry) -> bool:
    """Whether an entry can be written as `Term: definition`."""
    rest = (
        *(entry.id, entry.questions, entry.choices, entry.cloze, entry.contrast, entry.aliases),
        *(entry.level, entry.tags, entry.sources, entry.see, entry.extra),
    )
    return bool(
        entry.term and not any(rest) and entry.reverse is None and can_be_key(as_read(entry.term))
    )


def titled_lines(entry: DraftEntry, pad: str) -> list[str]:
    """A term in a mapping from terms: `Term: definition`, or `Term:` with its other fields below."""
    fields = fields_of(entry)
    term = as_read(entry.term)
    del fields["term"]
    if len(fields) == 1:
        return _pair_lines(term, as_read(entry.definition), pad)
    return [*_pair_lines(term, "", pad), *mapping_lines(fields, pad + STEP)]


def mapping_lines(fields: Mapping[str, Value], pad: str) -> list[str]:
    """Some fields, one below the other."""
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, str):
            lines.append(_text_line(name, value, pad))
        else:
            lines += field_lines(name, value, pad)
    return lines


def field_lines(name: str, value: Value, pad: str) -> list[str]:
    """A field with its value."""
    if isinstance(value, str):
        return [_text_line(name, value, pad)]
    if isinstance(value, Reasons):
        return [f"{pad}{name}:", *_reason_lines(value, pad + STEP)]
    if isinstance(value, list):
        listed = (in_list(mapping_lines(each, pad + STEP * 2), pad + STEP) for each in value)
        return [f"{pad}{name}:", *chain.from_iterable(listed)]
    if name == "cloze" and len(value) == 1:
        return [_text_line(name, value[0], pad)]
    if name in _IN_BRACKETS and (line := _line_in_brackets(name, value, pad)):
        return [line]
    texts = (scalar(as_read(text), pad + STEP * 2) for text in value)
    return [f"{pad}{name}:", *(f"{pad}  - {text}" for text in texts)]


@lru_cache(maxsize=1000)
def _line_in_brackets(name: str, value: tuple[str, ...], pad: str) -> str:
    """A list in brackets, empty where it fits no line; many entries have the same tags."""
    texts = [as_read(text) for text in value]
    if any("\n" in text for text in texts):
        return ""
    line = f"{pad}{name}: [{', '.join(map(in_brackets, texts))}]"
    return line if len(line) <= _BRACKETS_END else ""


def _reason_lines(reasons: Reasons, pad: str) -> list[str]:
    """Wrong options with their reasons; as a list when none has one."""
    if not any(why for _, why in reasons.pairs):
        return [f"{pad}- {scalar(as_read(text), pad + STEP)}" for text, _ in reasons.pairs]
    pairs = ((as_read(option), as_read(why)) for option, why in reasons.pairs)
    return [line for option, why in pairs for line in _pair_lines(option, why, pad)]


def _pair_lines(key: str, text: str, pad: str) -> list[str]:
    """Two texts as a key and its value."""
    if can_be_key(key):
        return [_keyed(on_one_line(key), text, pad)]
    return [f"{pad}? {scalar(key, pad + STEP)}", _keyed("", text, pad)]


def in_list(lines: list[str], pad: str) -> list[str]:
    """The lines of a mapping as an item of a list whose dash stands after `pad`."""
    first = f"{pad}- {lines[0][len(pad) + 2 :]}"
    return [first, *lines[1:]]


def _text_line(name: str, text: str, pad: str) -> str:
    return f"{pad}{name}: {text}" if is_just_words(text) else _keyed(name, as_read(text), pad)


def _keyed(key: str, text: str, pad: str) -> str:
    return f"{pad}{key}: {scalar(text, pad + STEP)}" if text else f"{pad}{key}:"


def _refuse_unwritable(draft: Draft) -> None:
    faults = [fault for entry in draft.entries for fault in entry_faults(entry)]
    if not draft.entries:
        what = f"There are no cards in `{as_read(draft.title)}`."
        faults.append(
            Fault(Place(Path(as_read(draft.title))), what, "Nothing can be written of it.")
        )
    if faults:
        raise Faulty(faults)


def _can_be_titled(sections: Sequence[DraftSection]) -> bool:
    """Whether the sections can be written as a mapping from their titles."""
    titles = {as_read(section.title) for section in sections}
    return (
        not any(section.id for section in sections)
        and all(map(can_be_key, titles))
        and len(titles) == len(sections)
    )
