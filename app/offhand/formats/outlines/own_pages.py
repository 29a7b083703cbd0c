"""Pages of Markdown that Offhand wrote, as decks again: what markdown_writer does, backwards.

`#` is a deck, `##` a section, `###` a card, and `####` one more card of the entry above it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from offhand.domain.card import CardKind, Level, Place
from offhand.domain.text import is_id
from offhand.formats.draft import Draft, DraftEntry, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.notes.images import NoteImages
from offhand.formats.notes.lines import DECK_MARK, HEADING, in_code
from offhand.formats.page_facts import facts_in
from offhand.formats.plain_parts import entries_of, guessed_kind, part_of, sentence_from

SPLIT, EXTRA = "---", "***"
"""The rules between the rest of what is asked and its answer, and before what is shown below it."""
MADE, LINE = "made up", "first line"
"""Say of a heading that it is no part of what is asked, or only the first line of a paragraph."""
BREAK, GAP = "\\\n", "\n\n"
_RULES = {" ".join(rule): rule for rule in (SPLIT, EXTRA)}
_GUARDED = re.compile(r"( {0,3})\\(#{1,6}(?:\s|$))")
_GUARDED_END = re.compile(r"(?<=\s)\\(#+)$")
_MEND = "A card is a heading `### …` with its answer below it."
_DEEPEST = 4


@dataclass(slots=True)
class _Part:
    """A heading and the lines below it, up to the next one."""

    level: int
    title: str
    line: int
    body: list[str] = field(default_factory=list)


def read_pages(text: str, path: Path, options: ReadOptions) -> list[Draft]:
    """The decks of a page. Raises OffhandError where it has no cards."""
    pages: list[_Page] = []
    for part in _parts(text):
        if part.level == 1 or not pages:
            pages.append(_Page(part if part.level == 1 else _Part(1, "", 1), path, options))
        if part.level > 1:
            pages[-1].take(part)
    for page in pages:
        page.close()
    taken = [page for page in pages if page.holds_cards] or pages[:1]
    return [page.draft() for page in taken or [_Page(_Part(1, "", 1), path, options)]]


def _parts(text: str) -> Iterator[_Part]:
    lines = text.split("\n")
    part: _Part | None = None
    for number, (line, code) in enumerate(zip(lines, in_code(lines), strict=True), 1):
        heading = None if code else HEADING.fullmatch(line)
        if heading and heading[2] and len(heading[1]) <= _DEEPEST:
            if part:
                yield part
            part = _Part(len(heading[1]), _GUARDED_END.sub(r"\1", heading[2]), number)
        elif part:
            part.body.append(line if code else _GUARDED.sub(r"\1\2", line))
    if part:
        yield part


class _Page:
    """A deck in the making."""

    def __init__(self, part: _Part, path: Path, options: ReadOptions) -> None:
        self._found = DraftBuilder(path, options, part.title, ours=True)
        self._images = NoteImages(path.parent, self._found)
        self._section = ""
        self._open: list[DraftEntry] = []
        self._facts, body = _told(part.body)
        self._found.about = "\n".join(line for line in body if line != DECK_MARK).strip()

    def take(self, part: _Part) -> None:
        """Take the next heading with what stands below it."""
        if part.level < _DEEPEST:
            self.close()
        if part.level == 2:
            self._section = part.title
        else:
            self._card(part)

    @property
    def holds_cards(self) -> bool:
        """Whether there are any, or such as cannot be read."""
        return self._found.count > 0 or bool(self._found.faults)

    def draft(self) -> Draft:
        """The deck. Raises OffhandError where it has no cards."""
        self._found.taken.append(f"A page of Offhand's own: {self._found.count:,} entries.")
        ids = [each for each in self._facts.get("id", ()) if is_id(each)]
        draft = self._found.draft(
            _MEND,
            origin=next(iter(self._facts.get("origin", ())), ""),
            reverse="both ways" in self._facts.get("terms", ()),
        )
        return replace(draft, id=next(iter(ids), ""))

    def close(self) -> None:
        """Take what is open for an entry."""
        if self._open:
            for entry in entries_of(self._open):
                self._found.add(self._section, entry)
        self._open = []

    def _card(self, part: _Part) -> None:
        place = Place(self._found.path, part.line)
        facts, body = _told(part.body)
        asked, answer, extra = _texts(body)
        if (heading := facts.get("heading", ())) != (MADE,):
            asked = f"{part.title}{BREAK if heading == (LINE,) else GAP}{asked}".strip()
        prompt, answer, extra = (
            self._images.placed(text, place) for text in (asked, answer, extra)
        )
        if not answer:
            self._found.leave_out(place, f"`{part.title[:60]}` has nothing below it.")
            return
        term = self._open[0].term if self._open else ""
        said = next(iter(facts.get("kind", ())), "")
        kind = CardKind(said) if said in list(CardKind) else guessed_kind(prompt, answer, term)
        if kind is CardKind.CLOZE:
            sentence = sentence_from(prompt, answer, facts.get("holes", ()))
            kind, prompt = (kind, sentence) if sentence else (CardKind.QUESTION, prompt)
        found = part_of(
            kind,
            prompt,
            answer,
            place,
            name=next(iter(facts.get("name", ())), ""),
            points=next((int(each) for each in facts.get("points", ()) if each.isdecimal()), 0),
        )
        self._open.append(_with_facts(found, facts, extra, is_first=not self._open))


def _with_facts(
    part: DraftEntry, facts: dict[str, tuple[str, ...]], extra: str, is_first: bool
) -> DraftEntry:
    levels = [Level(each) for each in facts.get("level", ()) if each in list(Level)]
    part = replace(part, level=next(iter(levels), None))
    if not is_first:
        return part
    ids = [each for each in facts.get("id", ()) if is_id(each)]
    ways = facts.get("asked", ())
    if part.definition:
        reverse = True if "both ways" in ways else False if "one way" in ways else None
        part = replace(part, reverse=reverse)
    return replace(
        part,
        id=next(iter(ids), ""),
        extra=extra,
        aliases=facts.get("also", ()),
        tags=facts.get("tags", ()),
        see=facts.get("see", ()),
        sources=facts.get("sources", ()),
    )


def _told(body: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The facts in the comments at the head of a text, and its other lines."""
    facts: dict[str, tuple[str, ...]] = {}
    for at, line in enumerate(body):
        found = facts_in(line)
        if found is None and line.strip() and line != DECK_MARK:
            return facts, list(body[at:])
        facts |= found or {}
    return facts, []


def _texts(body: Sequence[str]) -> tuple[str, str, str]:
    """The rest of what is asked, the answer, and what is shown below it."""
    parts: dict[str, list[str]] = {SPLIT: [], "": [], EXTRA: []}
    code = in_code(body)
    lines = parts[""]
    for line, inside in zip(body, code, strict=True):
        if not inside and line == SPLIT and not parts[SPLIT]:
            parts[SPLIT], parts[""] = parts[""], []
            lines = parts[""]
        elif not inside and line == EXTRA and lines is parts[""]:
            lines = parts[EXTRA]
        else:
            lines.append(line if inside else _RULES.get(line, line))
    asked, answer, extra = ("\n".join(each).strip("\n") for each in parts.values())
    return asked, answer, extra
