"""The key points of a question, to be ticked: by their number, under a cursor, or with a click."""

from collections.abc import Sequence, Set

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from offhand.tui.markdown import shown

_SIGNS = 6
"""Cells before the text: the tick and the number."""


class PointList(OptionList, can_focus=False):
    """The points; the screen moves its cursor, so that its own keys stay free."""

    def __init__(self) -> None:
        super().__init__(id="points", markup=False)

    def show(self, points: Sequence[str], said: Set[int], width: int) -> None:
        """Draw the points, those that were said with a tick."""
        at = self.highlighted
        lines = [_point(n, text, n in said, width) for n, text in enumerate(points)]
        self.set_options([Option(line) for line in lines])
        self.highlighted = at if at is not None and at < len(lines) else None


def _point(place: int, text: str, is_said: bool, width: int) -> Content:
    sign, style = ("✓", "bold $accent") if is_said else ("○", "$quiet")
    first, *more = shown(text, max(width - _SIGNS, 8)).split("\n", allow_blank=True)
    head = Content.assemble((f"{sign} ", style), (f"{place + 1:>2}  ", "$quiet"))
    if not is_said:
        first = first.stylize("$quiet")
        more = [line.stylize("$quiet") for line in more]
    return Content("\n").join([head + first, *(Content(" " * _SIGNS) + line for line in more)])
