"""`offhand`: opens the app."""

import os
import signal
import sys
from typing import TYPE_CHECKING

from offhand.cli.opening import Opening
from offhand.errors import OffhandError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from offhand.study.desk import Desk
    from offhand.study.review import Review

_TICKS_A_SECOND = "500"


def app_command(opening: Opening) -> int:
    """Open the app at its first screen. Returns its exit code."""
    refuse_without_terminal()
    with opening.desk(telling=False) as desk:
        return open_app(desk)


def refuse_without_terminal(instead: str = "offhand review --plain") -> None:
    """Raise OffhandError where the app could not be seen or steered; `instead` asks in plain lines."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if os.environ.get("TERM") == "dumb" or not all(s is not None and s.isatty() for s in streams):
        raise OffhandError(
            "The app needs a terminal.",
            "Input or output is a pipe or a file, or the terminal cannot be drawn on.",
            f"`{instead}` asks in plain lines.",
        )


def open_app(
    desk: "Desk",
    review: "Review | None" = None,
    first: "Callable[[], Screen[None]] | None" = None,
) -> int:
    """Show the app: at home, at the cards of `review`, or at what `first` makes. Returns its exit code."""
    # The collector is off since the start; the app turns it on after its first paint.
    # Textual draws at the next tick of its clock, 60 a second: between two cards one would wait.
    os.environ.setdefault("TEXTUAL_FPS", _TICKS_A_SECOND)
    if hasattr(signal, "SIGHUP"):
        # A shell under nohup hands down that hang-ups are ignored: without its window the app
        # would run on for ever, seen by nobody.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    from offhand.tui.app import OffhandApp

    app = OffhandApp(desk, review, first)
    app.run()
    return app.return_code or 0
