"""An import as text on screen: its counts, what they count, how far it is, and what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from textual.content import Content

from offhand.domain.text import one_line, visible
from offhand.study.imports.importing import Done
from offhand.study.imports.plan import Take, What
from offhand.study.imports.preview import DeckPreview, Preview
from offhand.study.imports.words import KINDS, besides, conclusion, deck_head, done_told

_SHOWN = 200
_BAR = 40
_TAKEN = {
    None: "",
    Take.SOURCE: "; the source's text will stand",
    Take.MINE: "; your text will stand for good",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the preview: a number with its words, and what it counts. A head counts nothing."""

    words: str
    lines: Callable[[], Sequence[str]]
    count: int | None = None
    warns: bool = False

    def told(self, width: int) -> Content:
        """What the line counts, at most so many cells wide."""
        lines = [
            Content(one_line(visible(line))).truncate(max(width, 10), ellipsis=True)
            for line in self.lines()
        ]
        return Content("\n").join(lines)


def rows_of(planned: Preview) -> list[Row]:
    """The lines of a preview: what was taken for what, each deck, what was left out or is bad."""
    rows = []
    told = conclusion(planned, skip="s", settle="t")
    told = told or "Enter imports this, as one step that can be taken back."
    rows.append(Row(told, lambda: planned.taken, warns=planned.refused))
    for deck in planned.decks:
        rows.append(Row(deck_head(deck), partial(_of_deck, deck)))
        rows += [_of_kind(deck, what, planned) for what in What if deck.counts[what]]
    if planned.left_out:
        left_out = [str(fault) for fault in planned.left_out[:_SHOWN]]
        rows.append(Row("left out", lambda: left_out, len(planned.left_out)))
    if planned.faults:
        faults = [str(fault) for fault in planned.faults[:_SHOWN]]
        words = "cannot be read" + ("; they are skipped" if planned.asked.skip_bad else "")
        rows.append(Row(words, lambda: faults, len(planned.faults), warns=True))
    return rows


def _of_deck(deck: DeckPreview) -> list[str]:
    return [str(deck.path), *besides(deck)]


def _of_kind(deck: DeckPreview, what: What, planned: Preview) -> Row:
    words = KINDS[what] + (_TAKEN[planned.asked.take] if what is What.CONFLICT else "")

    def lines() -> list[str]:
        items = [f"{item.name}  ({item.section})" for item in islice(deck.items(what), _SHOWN)]
        more = deck.counts[what] - len(items)
        return [*items, f"and {more} more"] if more and items else items

    return Row(words, lines, deck.counts[what], warns=what is What.CONFLICT)


def row_text(row: Row, width: int) -> Content:
    """A line of the preview."""
    style = "$warning" if row.warns else ""
    if row.count is None:
        text = Content.styled(one_line(visible(row.words)), f"bold {style}".strip())
    else:
        text = Content(f"{row.count:>9}  ") + Content.styled(one_line(visible(row.words)), style)
    return text.truncate(max(width, 10), ellipsis=True)


def work_text(what: str, done: int, of: int) -> Content:
    """How far the work is."""
    name = Content(one_line(visible(what)) or "Looking") + "\n\n"
    if of <= 0:
        return name + Content.styled("…", "$quiet")
    share = min(max(done / of, 0), 1)
    filled = round(share * _BAR)
    return Content.assemble(
        name, ("█" * filled, "$accent"), ("░" * (_BAR - filled), "$quiet"), f" {share * 100:3.0f} %"
    )


def done_text(done: Done) -> Content:
    """What an import did."""
    lines = [Content(visible(line)) for line in done_told(done)]
    lines.append(Content.styled("u takes it back.", "$quiet"))
    return Content("\n").join(lines)
