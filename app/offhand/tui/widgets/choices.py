"""The keys of a sheet that asks, with what each of them chooses."""

from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static


def choices(screen: Screen[Any]) -> Static:
    """What a screen's own keys choose, in one line."""
    keys = [
        Content.assemble((screen.app.get_key_display(each), "bold $accent"), f" {each.description}")
        for each in screen.BINDINGS
        if isinstance(each, Binding)
    ]
    return Static(Content("\n") + Content("   ").join(keys))
