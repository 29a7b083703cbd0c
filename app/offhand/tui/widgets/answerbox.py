"""Where an answer is typed: a box that takes any text and gives it back as it was."""

from collections.abc import Iterator

from textual.events import Paste
from textual.message import Message
from textual.widgets import TextArea

from offhand.domain.text import visible

MOST_LETTERS = 2_000_000
_LONGEST_LINE = 400
"""Letters; to wrap a line of a megabyte takes a second for every key."""


class AnswerBox(TextArea):
    """A few lines to write in. Letters go into it while it has the focus, and only then."""

    class Refused(Message):
        """A paste was too large to be taken; what was typed stays."""

        def __init__(self, letters: int) -> None:
            super().__init__()
            self.letters = letters

    def __init__(self) -> None:
        super().__init__(
            id="box",
            show_line_numbers=False,
            placeholder="Answer aloud, or press t and type.",
            highlight_cursor_line=False,
        )

    def show_text(self, text: str) -> None:
        """Put a text in, and the cursor at its end."""
        self.load_text(in_lines(text))
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: Paste) -> None:
        if len(event.text) + len(self.text) > MOST_LETTERS:
            event.prevent_default()
            self.post_message(self.Refused(len(event.text)))
            return
        # A sign that a terminal obeys would reach it from here.
        await super()._on_paste(Paste(in_lines(visible(event.text))))
        event.prevent_default()


def in_lines(text: str) -> str:
    """The text with a line end wherever a line would have thousands of letters."""
    lines = text.split("\n")
    if max(map(len, lines)) <= _LONGEST_LINE:
        return text
    return "\n".join(part for line in lines for part in _parts(line))


def _parts(line: str) -> Iterator[str]:
    """A line in parts, ended between words where there are any."""
    at = 0
    while len(line) - at > _LONGEST_LINE:
        space = line.rfind(" ", at + 1, at + _LONGEST_LINE)
        end = at + _LONGEST_LINE if space < 0 else space
        yield line[at:end]
        at = end + (space >= 0)
    yield line[at:]
