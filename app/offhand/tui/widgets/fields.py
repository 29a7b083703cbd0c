"""A form's fields: a label and a line to fill in, or a label and an area for a longer text."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea


class Area(TextArea):
    """A text of several lines; Tab goes on to the next field."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(
            text, id=name, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False
        )


class LineField(Horizontal):
    """A label and a line; what is typed is completed from `known`."""

    def __init__(
        self, name: str, label: str, text: str, hint: str = "", known: tuple[str, ...] = ()
    ) -> None:
        super().__init__(classes="field")
        self._line = Input(text, hint, id=name, select_on_focus=False)
        self._line.suggester = SuggestFromList(known, case_sensitive=False) if known else None
        self._label = label

    def compose(self) -> ComposeResult:
        """The label first."""
        yield Static(Content(self._label))
        yield self._line


class AreaField(Horizontal):
    """A label and an area of the id `name`."""

    def __init__(self, name: str, label: str, text: str) -> None:
        super().__init__(classes="field -long", id=f"{name}-field")
        self._label = label
        self.area = Area(text, name)

    def compose(self) -> ComposeResult:
        """The label first."""
        yield Static(Content(self._label))
        yield self.area

    def call(self, label: str) -> None:
        """Give it another label."""
        self._label = label
        self.query_one(Static).update(Content(label))
