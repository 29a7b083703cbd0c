"""A form's rows: a label, what is filled in beside it, and below it what is wrong with that."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.style import Style
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from offhand.domain.text import visible


class Area(TextArea):
    """A text that grows with its lines; Tab goes on to the next row."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(
            text,
            tab_behavior="focus",
            soft_wrap=True,
            highlight_cursor_line=False,
            placeholder=Content(hint),
        )

    async def _on_paste(self, event: Paste) -> None:
        # A sign that a terminal obeys would reach it from here.
        await super()._on_paste(Paste(visible(event.text)))
        event.prevent_default()


class Line(Input):
    """A text of one line."""

    def _on_paste(self, event: Paste) -> None:
        super()._on_paste(Paste(visible(event.text)))
        event.prevent_default()
        event.stop()


class Pick(Static, can_focus=True):
    """Some words of which one is chosen, with the arrows or a click."""

    ALLOW_SELECT = False
    auto_links = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "choose", key_display="→", tooltip="Choose the next"),
        Binding("left", "turn(-1)", show=False, tooltip="Choose the one before"),
    ]

    class Picked(Message):
        """Another one is chosen."""

        def __init__(self, pick: "Pick") -> None:
            super().__init__()
            self.pick = pick

    def __init__(self, words: Sequence[str], chosen: int = 0) -> None:
        super().__init__()
        self.words = tuple(words)
        self.chosen = chosen

    def render(self) -> Content:
        """All words, and the chosen one among them so that it shows without colour too."""
        parts = []
        for index, word in enumerate(self.words):
            style = "bold reverse" if index == self.chosen else "$quiet"
            item = Content.styled(f" {word} ", style)
            parts.append(item.stylize(Style.from_meta({"@click": f"pick({index})"})))
        return Content(" ").join(parts)

    def action_turn(self, step: int) -> None:
        """Choose another one further on."""
        self.action_pick((self.chosen + step) % len(self.words))

    def action_pick(self, index: int) -> None:
        """Choose one, and tell of it."""
        self.choose(index)
        self.post_message(self.Picked(self))

    def choose(self, index: int) -> None:
        """Choose one."""
        self.chosen = index
        self.refresh()


class Row(Vertical):
    """A label with what is filled in beside it; of `name` both have their ids."""

    def __init__(self, name: str, label: str, filled_in: Widget) -> None:
        super().__init__(classes="row", id=f"{name}-row")
        filled_in.id = f"typed-{name}"
        self.filled_in = filled_in
        self.label = label
        self._label = Static(Content(label), classes="label")
        self._fault = Static(classes="fault")

    def compose(self) -> ComposeResult:
        """The label first."""
        with Horizontal():
            yield self._label
            yield self.filled_in
        yield self._fault

    def call(self, label: str) -> None:
        """Give it another label."""
        self.label = label
        self._label.update(Content(label))

    def blame(self, why: str) -> None:
        """Say what is wrong here; nothing, where it is all right."""
        self._fault.update(Content(why))
        self.set_class(bool(why), "-faulty")


class LineRow(Row):
    """A row with one line, completed from `known`."""

    def __init__(
        self, name: str, label: str, text: str, hint: str = "", known: Sequence[str] = ()
    ) -> None:
        self.line = Line(text, hint, select_on_focus=False)
        self.line.suggester = SuggestFromList(known, case_sensitive=False) if known else None
        super().__init__(name, label, self.line)


class AreaRow(Row):
    """A row with a text of one line or more."""

    def __init__(self, name: str, label: str, text: str, hint: str = "") -> None:
        self.area = Area(text, hint)
        super().__init__(name, label, self.area)


class PickRow(Row):
    """A row with some words to choose from."""

    def __init__(self, name: str, label: str, words: Sequence[str], chosen: int) -> None:
        self.pick = Pick(words, chosen)
        super().__init__(name, label, self.pick)
