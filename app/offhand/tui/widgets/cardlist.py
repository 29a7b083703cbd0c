"""A list of any number of cards: only the lines in sight are read and drawn."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from offhand.domain.listing import CardLine, Sort
from offhand.tui.list_text import Columns, line_text

Read = Callable[[Sequence[int]], Mapping[int, CardLine]]


class CardList(ScrollView, can_focus=True):
    """Cards by their numbers, with a cursor on one of them, and marks."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "down", show=False),
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("home,g", "first", "first", show=False),
        Binding("end,G", "last", "last", show=False),
    ]

    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another card, or on none."""

    class Opened(Message):
        """The card under the cursor was clicked once more."""

    def __init__(self, read: Read, today: Callable[[], date]) -> None:
        super().__init__(id="cards")
        self.numbers: Sequence[int] = ()
        self.marks: set[int] = set()
        self.columns = Columns(0, Sort.RELEVANCE)
        self._read = read
        self._today = today
        self._lines: dict[int, CardLine | None] = {}

    def show(self, numbers: Sequence[int], cursor: int) -> None:
        """List cards with the cursor on one of them, all read anew."""
        self.numbers = numbers
        self.virtual_size = Size(0, len(numbers))
        self.set_reactive(CardList.cursor, self._within(cursor))
        self.read_again()
        self._keep_in_sight()
        self.post_message(self.Moved())

    def read_again(self) -> None:
        """Draw the cards in sight as they are now."""
        self._lines = {}
        self.refresh()

    @property
    def current(self) -> CardLine | None:
        """The card that the cursor stands on; None when there is none, or it is gone."""
        if self.cursor >= len(self.numbers):
            return None
        return self._line(self.numbers[self.cursor])

    @property
    def chosen(self) -> list[int]:
        """The marked cards in their order, or the one that the cursor stands on."""
        if self.marks:
            return [number for number in self.numbers if number in self.marks]
        return list(self.numbers[self.cursor : self.cursor + 1])

    @property
    def all_marked(self) -> bool:
        """Whether every card is marked."""
        return bool(self.marks) and self.marks == set(self.numbers)

    def toggle_mark(self) -> None:
        """Mark the card under the cursor, or take its mark off, and go on to the next."""
        if self.cursor < len(self.numbers):
            self.marks ^= {self.numbers[self.cursor]}
            self.action_move(1)
            self.refresh()

    def toggle_all(self) -> None:
        """Mark all cards, or none when all are marked."""
        self.marks = set() if self.all_marked else set(self.numbers)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        place = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        style = self.visual_style
        if place >= len(self.numbers):
            return Strip.blank(width, style.rich_style)
        number = self.numbers[place]
        if number not in self._lines:
            self._read_in_sight()
        if place == self.cursor:
            style = self.get_visual_style("card-list--cursor")
        line = self._lines.get(number)
        if line is None:
            return Strip.blank(width, style.rich_style)
        text = line_text(line, self.columns, self._today(), number in self.marks)
        return Visual.to_strips(self, text, width, 1, style)[0]

    def _read_in_sight(self) -> None:
        top = self.scroll_offset.y
        sight = list(self.numbers[top : top + max(self.size.height, 1)])
        self._lines = dict.fromkeys(sight)
        self._lines.update(self._read(sight))

    def _line(self, number: int) -> CardLine | None:
        if number not in self._lines:
            return self._read([number]).get(number)
        return self._lines[number]

    def watch_cursor(self) -> None:
        """Follow the cursor."""
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def validate_cursor(self, cursor: int) -> int:
        """Stay on the list."""
        return self._within(cursor)

    def _within(self, cursor: int) -> int:
        return max(min(cursor, len(self.numbers) - 1), 0)

    def _keep_in_sight(self) -> None:
        line = Region(0, self.cursor, 1, 1)
        self.scroll_to_region(line, animate=False, force=True, x_axis=False, immediate=True)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._keep_in_sight()

    def on_click(self, event: Click) -> None:
        """Stand on the card that was clicked; a second click opens it."""
        place = self.scroll_offset.y + event.y
        if place < len(self.numbers):
            if place == self.cursor and event.chain > 1:
                self.post_message(self.Opened())
            self.cursor = place

    def action_move(self, by: int) -> None:
        """Go some cards on, or back."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Go as many cards on, or back, as are in sight."""
        self.cursor += by * max(self.size.height - 1, 1)

    def action_first(self) -> None:
        """Go to the first card."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last card."""
        self.cursor = len(self.numbers) - 1
