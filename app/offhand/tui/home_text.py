"""What home says, as lines of content."""

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from offhand.domain.text import one_line
from offhand.study.sentences import ahead_sentence, counted, percent, rate, streak_sentence
from offhand.study.today import Today

if TYPE_CHECKING:
    from offhand.study.report import Figures, WeakSection
    from offhand.study.targets.outlook import Ready

PANEL = 34
"""Cells of the panel at the side."""
_HEIGHTS = "▁▂▃▄▅▆▇█"


def date_line_text(day: date, told: "Figures") -> Content:
    """The day and the streak."""
    line = Content(f"{day:%a} {day.day} {day:%b}")
    if told.streak.days:
        return line + Content.assemble(" · ", (f"{told.streak.days} day streak", "bold"))
    return line + Content.styled(f" · {streak_sentence(told.streak)}", "$quiet")


def ask_text(known: Today, told: "Figures | None") -> Content:
    """How much today is, the first thing that one wants to know; `told` may not be counted yet."""
    if not known.decks:
        return Content("No decks yet. m imports some, a writes the first card.")
    if known.due or known.new:
        parts = [f"{known.due} to review"] if known.due else []
        parts += [f"{known.new} new"] if known.new else []
        line = Content.styled(" · ".join(parts), "bold")
        if told is not None:
            minutes = counted(told.minutes_for(known.due + known.new), "minute")
            line += Content.styled(f" · about {minutes}", "$quiet")
        if known.backlog:
            line += Content.styled(f" · {known.backlog} more wait for the next days", "$quiet")
        return line
    if told is None:
        return Content()
    done = "Done for today." if told.answers_today else "Nothing due today."
    return Content.assemble((done, "bold"), f" {ahead_sentence(told.ahead[:1])}")


def kept_text(told: "Figures") -> Content:
    """The share kept in the last month."""
    if told.retention is None:
        return Content.styled("No reviews yet.", "$quiet")
    return Content.assemble(
        "kept ", (percent(told.retention), "bold"), (f" of {told.reviews} in 30 days", "$quiet")
    )


def ready_line_text(ready: "Ready", today: date) -> Content:
    """How ready one is for the nearest target; below it the days so far, and the uncertainty."""
    days = (ready.target.on - today).days
    share = f"{percent(ready.readiness.share)} ready"
    rest = f" {days} d"
    line = Content.assemble((share, "bold"), (" · ", "$quiet"))
    name = Content(one_line(ready.target.name))
    room = max(PANEL - 4 - line.cell_length - len(rest), 4)
    line += name.truncate(room, ellipsis=True).stylize("$quiet") + Content.styled(rest, "$quiet")
    held = ready.readiness
    span = f" {round(held.low * 100)} to {percent(held.high)}"
    days_so_far = [share for _, share in ready.curve][-(PANEL - 4 - len(span)) :]
    curve = "".join(_HEIGHTS[min(int(share * len(_HEIGHTS)), 7)] for share in days_so_far)
    return Content("\n").join([line, Content.assemble((curve, "$accent"), (span, "$quiet"))])


def weakest_text(weak: "list[WeakSection]") -> Content:
    """The weakest sections, with what that rests on."""
    lines = [Content.styled("Weakest", "bold")]
    known = [each for each in weak if each.weakness.weak is not None][:3]
    for each in known:
        style = "$warning" if each.weakness.weak else "$quiet"
        lines.append(Content(one_line(each.title)).truncate(PANEL - 3, ellipsis=True))
        lines.append(Content.styled(f"  {rate(each.weakness)} missed", style))
    if not known:
        lines.append(Content.styled("Not enough reviews yet.", "$quiet"))
    return Content("\n").join(lines)


def row_text(
    title: str, due: int, new: int, width: int, style: str = "", note: str = ""
) -> Content:
    """A line of the deck list: its title, a note, and its counts in columns of six."""
    room = max(width - 12 - (6 if note else 0), 8)
    indent = len(title) - len(title.lstrip())
    name = (Content(" " * indent) + Content.styled(one_line(title), style)).truncate(
        room, ellipsis=True
    )
    name = name.pad_right(max(room - name.cell_length, 0))
    if note:
        name += Content.styled(f"{note:>6}", "$warning")
    figures = [
        Content.styled(f"{count:>6}" if count else f"{'·':>6}", "" if count else "$quiet")
        for count in (due, new)
    ]
    return Content("").join([name, *figures])
