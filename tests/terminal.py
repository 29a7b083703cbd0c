"""The real program in a pseudo-terminal, and what stands on its screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.cells import get_character_cell_size

_SEQUENCE = re.compile(
    r"\x1b(?:\[(?P<asked>[0-9;?<>=$]*)(?P<final>[@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])"
)
PATIENCE = 60
"""Seconds after which what was waited for is taken to never come."""


class Screen:
    """What stands on a screen, as far as a program places text by rows and columns."""

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[" "] * width for _ in range(height)]
        self._row = self._column = 0
        self._rest = ""

    @property
    def lines(self) -> list[str]:
        """The lines as text."""
        return ["".join(cells).rstrip() for cells in self._cells]

    def take(self, text: str) -> None:
        """Draw what a program has written, of which the last sequence may still be incomplete."""
        text, at = self._rest + text, 0
        self._rest = ""
        while at < len(text):
            if text[at] != "\x1b":
                self._put(text[at])
                at += 1
            elif found := _SEQUENCE.match(text, at):
                at = found.end()
                if found["final"] == "H":
                    row, column = (found["asked"] or "1;1").split(";")
                    self._row, self._column = int(row) - 1, int(column) - 1
            else:
                self._rest = text[at:]
                return

    def _put(self, sign: str) -> None:
        cells = self._cells[self._row]
        if sign == "\r":
            self._column = 0
        elif sign == "\n":
            self._row = min(self._row + 1, len(self._cells) - 1)
        elif width := get_character_cell_size(sign):
            cells[self._column : self._column + width] = [sign, *[""] * (width - 1)]
            self._column = min(self._column + width, len(cells) - 1)


class Terminal:
    """A terminal with one program in it."""

    def __init__(self, program: "subprocess.Popen[bytes]", ends: int, screen: Screen) -> None:
        self._program, self._ends, self._screen = program, ends, screen
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self.text = ""
        """All that the program has written, escape sequences and all."""

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return self._screen.lines

    def shows(self, text: str) -> bool:
        """Whether a text stands on the screen."""
        return any(text in line for line in self.lines)

    def press(self, keys: str) -> None:
        """Send keys as a terminal does."""
        os.write(self._ends, keys.encode())

    def until(self, text: str) -> None:
        """Wait until a text stands on the screen. Raises AssertionError when it never comes."""
        self._read_until(lambda: self.shows(text), f"{text!r} on the screen")

    def until_gone(self, text: str) -> None:
        """Wait until a text stands on the screen no more."""
        self._read_until(lambda: not self.shows(text), f"the end of {text!r}")

    def until_so(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so, looking again whenever the program has written."""
        self._read_until(is_so, what)

    def end(self) -> int:
        """Wait until the program ends. Returns its exit code, negative for a signal."""
        self._read_until(lambda: False, "the program's end", to_the_end=True)
        return self._program.wait(PATIENCE)

    def kill(self, how: signal.Signals) -> int:
        """Send the program a signal that ends it. Returns its exit code."""
        self._program.send_signal(how)
        return self._program.wait(PATIENCE)

    def hang_up(self) -> int:
        """Close the window that the program runs in. Returns the program's exit code."""
        os.close(self._ends)
        self._ends = -1
        return self._program.wait(PATIENCE)

    def modes(self) -> list[int]:
        """How the terminal treats what is typed."""
        return list(termios.tcgetattr(self._ends)[:4])

    def close(self) -> None:
        """End the program, if it has not ended, and close the terminal."""
        self._program.kill()
        self._program.wait()
        if self._ends >= 0:
            os.close(self._ends)

    def _read_until(self, reached: Callable[[], bool], what: str, to_the_end: bool = False) -> None:
        give_up = time.monotonic() + PATIENCE
        while not reached():
            left = give_up - time.monotonic()
            assert left > 0, f"waited in vain for {what}:\n" + "\n".join(self.lines)
            if not select.select([self._ends], [], [], left)[0]:
                continue
            try:
                read = os.read(self._ends, 65536)
            except OSError:  # so Linux tells that nobody will write any more
                read = b""
            if not read:
                assert to_the_end or reached(), f"the program ended before {what}:\n{self.text}"
                return
            text = self._decoder.decode(read)
            self.text += text
            self._screen.take(text)


@contextmanager
def running(
    home: Path,
    *arguments: str,
    now: str = "2026-03-02T09:00",
    size: tuple[int, int] = (80, 24),
    python: str = sys.executable,
    **environment: str,
) -> Iterator[Terminal]:
    """The program of a Python, with some arguments, in a terminal of its own."""
    width, height = size
    known = {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SYSTEMROOT"}
    settings = {name: value for name, value in os.environ.items() if name in known}
    settings |= {"OFFHAND_HOME": str(home), "OFFHAND_NOW": now, "TERM": "xterm-256color"}
    settings |= {"COLORTERM": "truecolor", "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}
    settings |= environment
    ends, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    program = subprocess.Popen(
        [python, "-I", "-S", "-c", _IN_ITS_TERMINAL, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=settings,
    )
    os.close(theirs)
    terminal = Terminal(program, ends, Screen(width, height))
    try:
        yield terminal
    finally:
        terminal.close()


# A shell gives its terminal to the program, so that closing the window reaches it.
_IN_ITS_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "offhand", *sys.argv[1:]])
"""
