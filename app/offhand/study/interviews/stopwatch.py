"""A stopwatch: time that passes while it runs, whatever the clock on the wall shows."""

from collections.abc import Callable
from time import monotonic_ns

_NS_A_MS = 1_000_000


class Stopwatch:
    """Counts on from some ms, from its first `go` on. `tick` tells ns that only ever grow."""

    def __init__(self, from_ms: int = 0, tick: Callable[[], int] = monotonic_ns) -> None:
        self._tick = tick
        self._before = from_ms * _NS_A_MS
        self._since: int | None = None

    @property
    def ms(self) -> int:
        """The time that it has run in all, in ms."""
        running = 0 if self._since is None else max(self._tick() - self._since, 0)
        return (self._before + running) // _NS_A_MS

    @property
    def is_running(self) -> bool:
        """Whether its time counts."""
        return self._since is not None

    def go(self) -> None:
        """Let time count."""
        if self._since is None:
            self._since = self._tick()

    def stop(self) -> None:
        """Let time pass uncounted."""
        if self._since is not None:
            self._before += max(self._tick() - self._since, 0)
            self._since = None
