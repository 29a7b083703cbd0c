"""The card on screen: its prompt above, its answer below a line, each of them scrolled when long."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from offhand.study.review import Shown
from offhand.tui.card_text import answer_content, answer_height, caption, prompt_content

COLUMN = 75
"""Cells of text in a line, at most: longer ones are hard to read."""
_ANSWER_SHARE = 0.38
"""The part of the screen that an answer has when the prompt stands in the middle."""
_MARGINS = 5
"""Two cells at each side, and one for the scroll bar."""


class CardPane(Vertical):
    """One card. Its prompt stays where it is when the answer shows; `between` stand below the prompt."""

    def __init__(self, *between: Widget) -> None:
        super().__init__(id="card")
        self._between = between
        self._shown: Shown | None = None
        self._room = Size()
        self._revealed = False

    def compose(self) -> ComposeResult:
        """The prompt, the line, the answer."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Static(id="caption")
            yield Static(id="prompt")
        yield from self._between
        yield Static(id="rule")
        with VerticalScroll(id="tell", can_focus=False):
            yield Static(id="answer")

    def on_mount(self) -> None:
        """Keep the line true to how far is scrolled."""
        for part in self.query(VerticalScroll):
            self.watch(part, "scroll_y", self._show_rule, init=False)
            self.watch(part, "virtual_size", self._show_rule, init=False)

    def show(self, shown: Shown, room: Size, revealed: bool, chosen: int | None) -> None:
        """Draw a card on a screen of `room`, with its answer when it is revealed.

        `chosen` is the place of the option that the learner took.
        """
        width = min(COLUMN, room.width - _MARGINS)
        if shown is not self._shown or room != self._room:
            self._show_prompt(shown, room, width)
        self._shown, self._room, self._revealed = shown, room, revealed
        card = shown.kept.card
        answer = answer_content(card, shown.today, width, chosen) if revealed else Content()
        self.query_one("#answer", Static).update(answer)
        self._draw_rule(below=0)
        # How much goes on below is known when all of it has its place.
        self.call_after_refresh(self._show_rule)

    def _show_prompt(self, shown: Shown, room: Size, width: int) -> None:
        card = shown.kept.card
        label = self.query_one("#caption", Static)
        label.display = bool(caption(card))
        label.update(Content(caption(card)))
        text = prompt_content(card, shown.today, width)
        prompt = self.query_one("#prompt", Static)
        # One line stands in the middle; more of them read better from a straight edge.
        prompt.set_class("\n" in text.plain, "-left")
        prompt.update(text)
        # Room is made before the answer shows, so that the prompt need not move when it does.
        self.set_class(answer_height(card, width) > room.height * _ANSWER_SHARE, "-long")

    def go_to_top(self) -> None:
        """Show the beginning of prompt and answer."""
        for part in self.query(VerticalScroll):
            part.scroll_home(animate=False)

    def scroll_lines(self, lines: int) -> None:
        """Scroll the answer, or before it shows the prompt."""
        self._read_now.scroll_relative(y=lines, animate=False)

    def page_on(self) -> bool:
        """Scroll on by a page. Returns False at the end."""
        part = self._read_now
        if part.scroll_y >= part.max_scroll_y:
            return False
        part.scroll_page_down(animate=False)
        return True

    @property
    def _read_now(self) -> VerticalScroll:
        """The part that the learner reads, and may have to scroll."""
        return self.query_one("#tell" if self._revealed else "#ask", VerticalScroll)

    def _show_rule(self) -> None:
        part = self._read_now
        self._draw_rule(below=round(part.max_scroll_y - part.scroll_y))

    def _draw_rule(self, below: int) -> None:
        """The line between prompt and answer; it tells when one of them goes on below."""
        width = max(self._room.width - 4, 1)
        note = f" {below} more {'line' if below == 1 else 'lines'} ↓ " if below > 0 else ""
        line = ("─" if self._revealed else " ") * max(width - len(note), 0)
        rule = Content.styled(line + note, "$quiet")
        self.query_one("#rule", Static).update(rule, layout=False)
