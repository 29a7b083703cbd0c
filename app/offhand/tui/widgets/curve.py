"""A share over days as columns, from the day it began to the day that it is for."""

from collections.abc import Mapping
from datetime import date, timedelta

from textual.content import Content

_PARTS = " ▁▂▃▄▅▆▇█"
_SIDE = 6
"""Cells of the scale at the left."""


def curve(
    shares: Mapping[date, float], since: date, marked: date, on: date, width: int, height: int
) -> Content:
    """Shares from 0 to 1 as columns of `height` cells, a line of days below them.

    The line has another colour from `marked` on. A day takes several cells where there is room, and
    stands for some others where there is none.
    """
    days = max((on - since).days + 1, 1)
    room = max(width - _SIDE, 8)
    each = max(min(room // days, 4), 1)
    shown = [since + timedelta(days=n * days // min(days, room)) for n in range(min(days, room))]
    lines = []
    for row in range(height, 0, -1):
        label = "100 ┤" if row == height else " 50 ┤" if row == (height + 1) // 2 else "    │"
        cells = "".join(_cell(shares.get(day), row, height) * each for day in shown)
        lines.append(Content.assemble((f"{label} ", "$quiet"), (cells, "$accent")))
    line = [("▔" * each, "$warning" if marked <= day < on else "$quiet") for day in shown]
    lines.append(Content.assemble(("  0 ╵ ", "$quiet"), *line))
    lines.append(Content.styled(" " * _SIDE + _days(since, marked, on, shown, each), "$quiet"))
    return Content("\n").join(lines)


def _cell(share: float | None, row: int, height: int) -> str:
    if share is None:
        return " "
    eighths = round(share * height * 8) - (row - 1) * 8
    return _PARTS[min(max(eighths, 0), 8)]


def _days(since: date, marked: date, on: date, shown: list[date], each: int) -> str:
    """The days below the line: the first, where the colour changes, the last."""
    text = ""
    for day in (since, marked, on):
        place = sum(one < day for one in shown) * each
        if place >= len(text) + (2 if text else 0):
            text = f"{text:<{place}}{day.day} {day:%b}"
    return text
