"""A list of cards as lines of content: what each column says, and which columns there is room for."""

from dataclasses import dataclass
from datetime import date

from textual.content import Content

from offhand.domain.fold import CardState, Standing
from offhand.domain.leech import FIRST_AT, is_leech
from offhand.domain.listing import CardLine, Sort
from offhand.domain.text import one_line, visible
from offhand.study.present import short_interval_text
from offhand.tui.markdown import shown

_FIGURES_FROM = 64
_SECTION_FROM = 86
_DUE, _SECTION, _SIGNS = 10, 22, 4
_FIGURES = {Sort.INTERVAL: ("every", 8), Sort.EASE: ("ease", 7), Sort.LAPSES: ("lapses", 8)}
_SHOWN_WIDTH = 1_000


@dataclass(frozen=True, slots=True)
class Columns:
    """What a list of a width has room for: of the figures at least the one that it is ordered by."""

    width: int
    sort: Sort
    reverse: bool = False
    leech_at: int = FIRST_AT

    @property
    def figures(self) -> tuple[Sort, ...]:
        """The figures shown besides the day."""
        return tuple(by for by in _FIGURES if self.width >= _FIGURES_FROM or by is self.sort)

    @property
    def section(self) -> bool:
        """Whether the section is shown."""
        return self.width >= _SECTION_FROM

    @property
    def prompt(self) -> int:
        """The cells that are left for the prompt."""
        taken = _SIGNS + _DUE + sum(_FIGURES[by][1] for by in self.figures)
        return max(self.width - taken - (_SECTION if self.section else 0), 8)


def count_text(found: int | None, total: int, marked: int) -> Content:
    """How many cards are listed, of how many; `found` is None while it is not known."""
    count = "…" if found is None else f"{found:,}"
    text = Content(f"{count} of {total:,} {'card' if total == 1 else 'cards'}")
    return Content.styled(f"{marked:,} marked", "bold $accent") + " · " + text if marked else text


def heading_text(columns: Columns) -> Content:
    """The line above the list; an arrow stands before the column that it is ordered by."""

    def named(name: str, by: Sort, width: int) -> Content:
        ordered = by is columns.sort
        arrow = ("↑" if columns.reverse else "↓") if ordered else ""
        name = f"{arrow}{name}"
        text = name.ljust(width) if by is Sort.DECK else name.rjust(width)
        return Content.styled(text, "$accent" if ordered else "$quiet")

    parts = [Content.styled("  prompt".ljust(columns.prompt + _SIGNS), "$quiet")]
    if columns.section:
        parts.append(named("section", Sort.DECK, _SECTION))
    parts.append(named("due", Sort.DUE, _DUE))
    parts += [named(_FIGURES[by][0], by, _FIGURES[by][1]) for by in columns.figures]
    return Content("").join(parts)


def line_text(line: CardLine, columns: Columns, today: date, marked: bool) -> Content:
    """One card."""
    state = line.state
    parts = [
        Content.styled("● " if marked else "  ", "$accent"),
        _cell(shown(line.prompt, _SHOWN_WIDTH).plain, columns.prompt),
        Content.styled(" ⚑" if state.flagged else "  ", "$warning"),
    ]
    if columns.section:
        parts.append(_cell(visible(line.section_title), _SECTION - 2).stylize("$quiet") + "  ")
    word, style = due_word(state, today)
    parts.append(Content.styled(f"{word:>{_DUE}}", style))
    for by in columns.figures:
        word, style = _figure(state, by, columns.leech_at)
        parts.append(Content.styled(f"{word:>{_FIGURES[by][1]}}", style))
    return Content("").join(parts)


def _figure(state: CardState, by: Sort, leech_at: int) -> tuple[str, str]:
    schedule = state.schedule
    if schedule is None:
        return "·", "$quiet"
    if by is Sort.INTERVAL:
        return short_interval_text(schedule.interval), "$quiet"
    if by is Sort.EASE:
        return f"{schedule.ease / 100:.2f}", "$quiet"
    style = "bold $warning" if is_leech(schedule.lapses, leech_at) else "$quiet"
    return str(schedule.lapses or "·"), style


def due_word(state: CardState, today: date) -> tuple[str, str]:
    """When a card is asked, in at most ten cells, and in which style that is said."""
    match state.on(today):
        case Standing.SUSPENDED:
            return "suspended", "$quiet"
        case Standing.BURIED:
            return "buried", "$quiet"
        case Standing.AGAIN:
            return "again", "$accent"
        case Standing.NEW:
            return "new", "$accent"
    assert state.schedule is not None
    days = (state.schedule.due - today).days
    if days == 0:
        return "today", "bold"
    if days < 0:
        return f"{short_interval_text(-days)} ago", "bold"
    return "tomorrow" if days == 1 else f"in {short_interval_text(days)}", ""


def _cell(text: str, width: int) -> Content:
    """A text on one line, cut or filled to a width."""
    content = Content(one_line(text)).truncate(width, ellipsis=True)
    return content.pad_right(max(width - content.cell_length, 0))
