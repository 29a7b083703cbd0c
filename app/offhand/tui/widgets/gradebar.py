"""The grades: what each key does, and when the card comes back after it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from offhand.domain.event import Grade
from offhand.study.present import Button, interval_text, short_interval_text
from offhand.study.review import Shown

_ROOM = 15
"""Cells that a button needs for the longest interval."""


class GradeButton(Static):
    """One grade; a click on it is its key."""

    ALLOW_SELECT = False

    class Pressed(Message):
        """A grade was clicked."""

        def __init__(self, grade: Grade) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self, button: Button) -> None:
        super().__init__()
        self.button = button

    def show(self, shown: Shown, short: bool) -> None:
        """Show when the card comes back; `↻` where it also comes round again today.

        And `≤` where a target may ask it sooner.
        """
        back = shown.returns[self.button.grade]
        again = "↻ " if self.button.grade < Grade.GOOD else ""
        word = Content.assemble((self.button.key, "bold $accent"), f" {self.button.word}")
        interval = short_interval_text(back.days) if short else interval_text(back.days)
        if back.at_latest:
            interval = f"≤ {interval}"
        when = Content.styled(f"{again}{interval}", "$quiet")
        self.update(Content("\n").join([word, when]), layout=False)

    def show_alone(self) -> None:
        """Show the grade only: in practice no card comes back."""
        word = Content.assemble((self.button.key, "bold $accent"), f" {self.button.word}")
        self.update(word, layout=False)

    def on_click(self, event: Click) -> None:
        """Take a click for the key."""
        event.stop()
        self.post_message(self.Pressed(self.button.grade))


class GradeBar(Horizontal):
    """The buttons of the setting, side by side."""

    def __init__(self, buttons: Sequence[Button]) -> None:
        super().__init__()
        self.buttons = buttons

    def compose(self) -> ComposeResult:
        """One widget a grade."""
        for button in self.buttons:
            yield GradeButton(button)

    def show(self, shown: Shown, practice: bool) -> None:
        """Show what each grade makes of a card."""
        short = self.app.size.width // len(self.buttons) < _ROOM
        for button in self.query(GradeButton):
            if practice:
                button.show_alone()
            else:
                button.show(shown, short)
