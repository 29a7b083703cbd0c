"""A line on stderr that tells how far a long work is; only on a terminal, and only once it takes long."""

import os
import sys
from threading import Event, Thread
from types import TracebackType

from offhand.cli.printing import short

_PATIENCE_SECONDS = 0.5
_TURN_SECONDS = 0.1
_BAR = 24
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Tells how far something is for as long as it is entered; called with what, done, of how much."""

    def __init__(self) -> None:
        self._told = ("", 0, 0)
        self._over = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> "ProgressLine":
        if sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def __call__(self, what: str, done: int, of: int) -> None:
        """Tell what is being done, how much of it is done, and of how much; 0 where nobody knows."""
        self._told = (what, done, of)

    def _show(self) -> None:
        if self._over.wait(_PATIENCE_SECONDS):
            return
        while not self._over.wait(_TURN_SECONDS):
            sys.stderr.write(_CLEAR + _line(*self._told))
            sys.stderr.flush()
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _line(what: str, done: int, of: int) -> str:
    name = short(what, 40)
    if of <= 0:
        return f"{name} …"
    share = min(max(done / of, 0), 1)
    filled = round(share * _BAR)
    return f"{name}  {'█' * filled}{'░' * (_BAR - filled)} {share * 100:3.0f} %"
