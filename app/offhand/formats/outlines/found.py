"""What an outline says: its title, sections and terms, and what stands around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from offhand.domain.text import one_line
from offhand.domain.wording import word_count
from offhand.formats.outlines.blocks import Block, Kind
from offhand.formats.outlines.terms import Term

_SHOWN = 50
_ABOUT = 8
"""How many words a paragraph has at least that tells what the outline is about."""


@dataclass(slots=True)
class Outline:
    """An outline as it was understood.

    `sections` are titles, empty for the terms below none, and their terms; `how` tells in sentences
    what was taken for what; `left_out` are stretches of blocks, each with why it was not taken.
    """

    title: str = ""
    about: str = ""
    sections: dict[str, list[Term]] = field(default_factory=dict)
    how: list[str] = field(default_factory=list)
    left_out: list[tuple[tuple[Block, ...], str]] = field(default_factory=list)

    def add(self, section: str, terms: Sequence[Term]) -> None:
        """Add terms to a section."""
        if terms:
            self.sections.setdefault(section, []).extend(terms)

    def introduce(self, blocks: Sequence[Block]) -> None:
        """Take what comes before the first section: the first long paragraph tells what it is about."""
        for block in blocks:
            text = " ".join(line.strip() for line in block.lines)
            if (
                block.kind is Kind.TEXT
                and word_count(text) >= _ABOUT
                and text.endswith((".", "。", "!", "！"))
            ):
                self.about = text
                break
        self.leave_out(blocks, "Before the first section.")

    def leave_out(self, blocks: Sequence[Block], why: str) -> None:
        """Note what was not taken, unless it says nothing anyway."""
        said = tuple(block for block in blocks if block.kind is not Kind.NOISE)
        if said:
            self.left_out.append((said, why))

    def told_left_out(self) -> Iterator[tuple[int, str, str]]:
        """What was not taken: its first line, which lines these are, and why."""
        for stretch, why in self.left_out:
            yield stretch[0].line, _told(stretch), why

    def call(self, section: str) -> str:
        """A title for one more section, told apart from those there are."""
        name, count = section, 1
        while name in self.sections:
            count += 1
            name = f"{section} ({count})"
        return name


def _told(blocks: tuple[Block, ...]) -> str:
    first, last = blocks[0].line, blocks[-1].last_line
    lines = f"Line {first}" if first == last else f"Lines {first} to {last}"
    text = one_line(blocks[0].text or " ".join(blocks[0].lines))
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return f"{lines} (`{shown}`): not taken."
