"""The peer: a Textual app that shows one Static, and does nothing else."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One line on screen."""

    BINDINGS = [("q", "quit", "quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("K000000 is on screen")


if __name__ == "__main__":
    BareApp().run()
