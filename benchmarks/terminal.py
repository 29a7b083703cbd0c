"""A program in a terminal of 80 columns and 24 lines, timed by what it writes to it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Sequence
from time import perf_counter

_COLUMNS, _LINES = 80, 24
_PATIENCE_SECONDS = 30


class Terminal:
    """A program started in a pseudo-terminal of its own; queries that it writes get no answer."""

    def __init__(self, command: Sequence[str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "COLUMNS": "",
            "LINES": "",
        }
        self.started = perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self._written = b""

    def wait_for(self, pattern: bytes, unlike: bytes | None = None) -> tuple[float, bytes]:
        """When a pattern was written that is not `unlike`, and what matched.

        What was written up to the last call does not count. Raises RuntimeError when the program
        ended or nothing came for long.
        """
        while True:
            for match in re.finditer(pattern, self._written):
                if match.group() != unlike:
                    self._written = b""
                    return perf_counter(), match.group()
            ready, _, _ = select.select([self._master], [], [], _PATIENCE_SECONDS)
            try:
                more = os.read(self._master, 1 << 16) if ready else b""
            except OSError:
                more = b""
            if not more:
                raise RuntimeError(f"{pattern!r} never came; the last was {self._written[-600:]!r}")
            self._written += more

    def settle(self, seconds: float) -> None:
        """Read on until the program has written nothing for so long."""
        while select.select([self._master], [], [], seconds)[0]:
            try:
                os.read(self._master, 1 << 16)
            except OSError:
                return
        self._written = b""

    def press(self, key: bytes) -> float:
        """Press a key. Returns when."""
        self._written = b""
        moment = perf_counter()
        os.write(self._master, key)
        return moment

    def leave(self, key: bytes) -> int:
        """Press the key that ends the program. Returns its peak memory in KiB."""
        os.write(self._master, key)
        return self._end()

    def kill(self) -> None:
        """End the program at once."""
        self._process.kill()
        self._end()

    def _end(self) -> int:
        # What is still written has to be read, or the program could wait for room for ever.
        while True:
            try:
                if not os.read(self._master, 1 << 16):
                    break
            except OSError:
                break
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        os.close(self._master)
        return used.ru_maxrss
