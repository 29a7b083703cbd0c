"""The cards in one Markdown note: `Q:`/`A:`/`C:`, `::`, `:::`, `?`, `??`, `==cloze==`, `{{cloze}}`.

The first three are hashcards' (its README), the others those of Obsidian's spaced-repetition plugin
(its documentation, "Flashcards"). Code is never taken apart, and signs in it mean nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from offhand.domain.card import Place
from offhand.formats.draft import DraftEntry, Past
from offhand.formats.fault import Fault
from offhand.formats.found_cards import Gap, gapped, question, two_sided
from offhand.formats.notes.holes import HOLE, brackets_in, holes_in
from offhand.formats.notes.lines import HEADING, in_code, masked_text
from offhand.formats.notes.obsidian import (
    SCHEDULE,
    deck_of,
    is_deck,
    pasts_in,
    tags_before,
    tags_in,
)
from offhand.formats.notes.plain_markdown import in_bold

_BLOCK = re.compile(r"([QAC]):(.*)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})\s*")
_END = re.compile(r"\+\+\+\s*")
_ITEM = re.compile(r"\A\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_SIDES = re.compile(r"(?<!:)(:::?)(?!:)")
_SPACED = re.compile(r"(?:(?<=\s)(:::?)(?!:)|(?<!:)(:::?)(?=\s))")


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A card of a note; `deck` is the one that its tag names, None without a tag."""

    entry: DraftEntry
    deck: str | None
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """How a note is to be read.

    `unspaced` takes `a::b` for a card, `history` reads schedules, `tags` are those of the note, and
    `shown` makes a text fit to show.
    """

    unspaced: bool = False
    history: bool = False
    tags: tuple[str, ...] = ()
    shown: Callable[[str, Place], str] = lambda text, _: text


class NoteReader:
    """Reads the cards of a note at `path`, given its text without front matter."""

    def __init__(self, text: str, path: Path, style: NoteStyle) -> None:
        self.cards: list[NoteCard] = []
        self.faults: list[Fault] = []
        self.schedules = 0
        self._path, self._style = path, style
        self._lines = text.split("\n")
        self._code = in_code(self._lines)
        self._signs = masked_text(text).split("\n")
        self._headings: list[tuple[int, str]] = []
        self._deck = deck_of(style.tags)
        self._tags = _other(style.tags)
        self._paragraph: list[str] = []
        self._at = 0

    def read(self) -> None:
        """Read all of it."""
        while self._at < len(self._lines):
            if self._code[self._at]:
                self._keep()
            elif not self._lines[self._at].strip():
                self._end_paragraph()
                self._at += 1
            else:
                self._read_line(self._signs[self._at])
        self._end_paragraph()

    def _read_line(self, sign: str) -> None:
        heading, block = HEADING.fullmatch(sign), _BLOCK.match(sign)
        if heading and heading[2]:
            self._end_paragraph()
            self._open_heading(len(heading[1]))
        elif tags := tags_in(self._lines[self._at]):
            self._end_paragraph()
            self._deck = deck if (deck := deck_of(tags)) is not None else self._deck
            self._tags = tuple(dict.fromkeys((*_other(self._style.tags), *_other(tags))))
            self._at += 1
        elif block:
            self._end_paragraph()
            self._read_block(block[1])
        elif self._paragraph and sign.strip() in ("?", "??"):
            self._read_sides(sign.strip() == "??")
        elif sign.lstrip().startswith("<!--") and not SCHEDULE.match(self._lines[self._at]):
            self._skip_comment()
        elif (sides := self._sides(sign)) is not None:
            self._paragraph = []
            self._read_one_line(*sides)
        else:
            self._keep()

    def _keep(self) -> None:
        self._paragraph.append(self._lines[self._at])
        self._at += 1

    def _skip_comment(self) -> None:
        while self._at < len(self._lines) and "-->" not in self._lines[self._at]:
            self._at += 1
        self._at += 1

    def _open_heading(self, level: int) -> None:
        match = HEADING.fullmatch(self._lines[self._at])
        title = self._style.shown((match and match[2]) or "", self._place(self._at)).strip()
        self._headings = [each for each in self._headings if each[0] < level]
        self._headings.append((level, title))
        self._at += 1

    def _end_paragraph(self) -> None:
        """Take the paragraph for a cloze, if it has holes."""
        lines, self._paragraph = self._paragraph, []
        if not lines:
            return
        start = self._at - len(lines)
        text, pasts = self._without_schedule("\n".join(lines))
        if HOLE.search(masked_text(text)) is None:
            return
        place = self._place(start)
        tags, text = tags_before(text.strip())
        parts = holes_in(self._style.shown(_ITEM.sub("", text, count=1).strip(), place))
        if any(isinstance(part, Gap) for part in parts):
            self._add(gapped(place, parts, pasts=pasts, tags=self._all(tags)), tags)

    def _read_block(self, kind: str) -> None:
        start = self._at
        place = self._place(start)
        first, second = self._block_text(), ""
        if kind == "Q" and self._is_block("A"):
            second = self._block_text()
            while self._is_block("A"):
                second += f"\n{self._block_text()}"
            second = second.strip()
        if kind == "A":
            self._fault(start, "An answer without a question.", "Write `Q: …` above it.")
        elif kind == "C":
            parts = brackets_in(first)
            if any(isinstance(part, Gap) for part in parts):
                self._add(gapped(place, parts, tags=self._tags), ())
            else:
                self._fault(start, "A cloze without a hole.", "Put what is asked in [brackets].")
        elif not first or not second:
            what = "A question without an answer." if first else "The question is empty."
            self._fault(start, what, "Write `Q: question` and `A: answer` below it.")
        else:
            self._add(question(place, in_bold(first), in_bold(second), tags=self._tags), ())

    def _is_block(self, kind: str) -> bool:
        return self._at < len(self._lines) and self._signs[self._at].startswith(f"{kind}:")

    def _block_text(self) -> str:
        """The text from a `Q:`, `A:` or `C:` to the next one, a rule or a heading."""
        start = self._at
        self._at += 1
        while self._at < len(self._lines):
            sign = self._signs[self._at]
            if _BLOCK.match(sign) or _RULE.fullmatch(sign):
                break
            heading = HEADING.fullmatch(sign)
            if heading and heading[2]:
                break
            self._at += 1
        text = "\n".join([self._lines[start][2:], *self._lines[start + 1 : self._at]])
        return self._style.shown(text.strip(), self._place(start)).strip()

    def _read_sides(self, both_ways: bool) -> None:
        """A card of several lines, of which the paragraph so far is the front."""
        start = self._at - len(self._paragraph)
        front, self._paragraph = "\n".join(self._paragraph), []
        self._at += 1
        begin = self._at
        until_sign = any(_END.fullmatch(sign) for sign in self._following_signs())
        while self._at < len(self._lines):
            line = self._lines[self._at]
            ends = _END.fullmatch(self._signs[self._at]) or not (until_sign or line.strip())
            if ends and not self._code[self._at]:
                break
            self._at += 1
        back, pasts = self._without_schedule("\n".join(self._lines[begin : self._at]))
        if self._at < len(self._lines) and _END.fullmatch(self._signs[self._at]):
            self._at += 1
        self._add_sides(start, front, back, both_ways, pasts)

    def _following_signs(self) -> Iterator[str]:
        """The signs up to the next heading or the next card of several lines."""
        for sign in self._signs[self._at :]:
            heading = HEADING.fullmatch(sign)
            if (heading and heading[2]) or sign.strip() in ("?", "??"):
                return
            yield sign

    def _sides(self, sign: str) -> tuple[int, int] | None:
        """Where the sign between two sides of a line stands; None when it has no two sides."""
        if "::" not in sign or sign.lstrip().startswith("|"):
            return None
        sign = HOLE.sub(lambda hole: "=" * len(hole[0]), sign)
        for match in (_SIDES if self._style.unspaced else _SPACED).finditer(sign):
            line = self._lines[self._at]
            if line[: match.start()].strip() and line[match.end() :].strip():
                return match.start(), match.end()
        return None

    def _read_one_line(self, start: int, end: int) -> None:
        line = self._lines[self._at]
        at = self._at
        self._at += 1
        below = self._lines[self._at] if self._at < len(self._lines) else ""
        if SCHEDULE.match(below):
            self._at += 1
        else:
            below = ""
        back, pasts = self._without_schedule(f"{line[end:]}\n{below}")
        self._add_sides(at, line[:start], back, end - start > 2, pasts)

    def _add_sides(
        self, at: int, front: str, back: str, both_ways: bool, pasts: list[Past | None]
    ) -> None:
        place = self._place(at)
        tags, front = tags_before(_ITEM.sub("", front, count=1).strip())
        front, back = (
            in_bold(self._style.shown(side.strip(), place).strip()) for side in (front, back)
        )
        if not front or not back:
            side = "back" if front else "front"
            self._fault(at, f"The {side} of this card is empty.", "Write it, or take the sign out.")
            return
        entry = two_sided(
            place, front, back, both_ways=both_ways, pasts=pasts, tags=self._all(tags)
        )
        self._add(entry, tags)

    def _without_schedule(self, text: str) -> tuple[str, list[Past | None]]:
        comments = [match[1] for match in SCHEDULE.finditer(text)]
        if not comments:
            return text, []
        self.schedules += 1
        pasts = pasts_in(comments[0]) if self._style.history else []
        return SCHEDULE.sub("", text).rstrip(), pasts

    def _all(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._tags, *_other(tags))))

    def _add(self, entry: DraftEntry, tags: tuple[str, ...]) -> None:
        deck = deck_of(tags)
        headings = tuple(title for _, title in self._headings)
        self.cards.append(NoteCard(entry, self._deck if deck is None else deck, headings))

    def _fault(self, at: int, what: str, mend: str) -> None:
        self.faults.append(Fault(self._place(at), what, mend))

    def _place(self, at: int) -> Place:
        return Place(self._path, at + 1)


def _other(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag for tag in tags if not is_deck(tag))
