"""The bottom line: the keys that work now, taken from the screen's own bindings."""

from collections.abc import Iterator
from typing import Any

from textual.binding import ActiveBinding
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_OUT = ("q", "escape")


def keys_shown(screen: Any) -> Iterator[ActiveBinding]:
    """The bindings of a screen that are for show and work now, each action once."""
    actions = set()
    for active in screen.active_bindings.values():
        if active.binding.show and active.enabled and active.binding.action not in actions:
            actions.add(active.binding.action)
            yield active


class KeyBar(Static):
    """Keys and what they do, clickable; what does not fit is left to the help."""

    ALLOW_SELECT = False
    auto_links = False

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.show())
        self.show()

    def on_resize(self) -> None:
        """Fit as many keys as the width allows."""
        self.show()

    def show(self) -> None:
        """Draw the keys that work now."""
        active = list(keys_shown(self.screen))
        # The way out and the help stay in sight whatever else has to go.
        last = [e for e in active if e.binding.key in _OUT or e.binding.action == "help"]
        items = [self._item(each) for each in active if each not in last]
        tail = [self._item(each) for each in last]
        room = self.size.width + 2 - sum(item.cell_length + 2 for item in tail)
        fitting = []
        for item in items:
            room -= item.cell_length + 2
            if room < 0:
                break
            fitting.append(item)
        self.update(Content("  ").join([*fitting, *tail]), layout=False)

    def _item(self, active: ActiveBinding) -> Content:
        key = self.app.get_key_display(active.binding)
        action = active.binding.action
        if not action.startswith("app."):
            action = f"{'screen' if active.node is self.screen else 'app'}.{action}"
        item = Content.assemble((key, "bold $accent"), (f" {active.binding.description}", "$quiet"))
        return item.stylize(Style.from_meta({"@click": action}))
