"""The command line in tests: run in this process, or as the program that people start."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from offhand.cli.main import run
from offhand.paths import Paths
from support import write

SIGNALS = """\
deck: Signals
about: What a service has to handle.
sections:
  Everyday:
    SIGTERM: Asks a process to end.
    SIGKILL: Ends a process at once.
  Job control:
    SIGSTOP: Pauses a process.
"""

QUIZ = """\
deck: Quiz
entries:
  - question: Which signal cannot be caught?
    right: SIGKILL
    wrong:
      SIGTERM: A handler may run.
      SIGINT: A handler may run too.
    why: The kernel ends the process itself.
  - question: Why not start with SIGKILL?
    answer: The process cannot clean up.
    points: [open files, child processes, locks]
  - cloze: "SIGKILL is number {{9}}."
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote to stdout as JSON; nothing else may be there."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """What it wrote to stdout, by lines."""
        return self.out.splitlines()


class CommandLine:
    """A learner's shell: a home, a time that the test sets, and commands."""

    def __init__(self, home: Path, now: str = "2026-03-02T09:00") -> None:
        self.home = home
        self.paths = Paths.below(home)
        self.now = now

    def write(self, name: str, text: str) -> Path:
        """Write a deck file of the learner's own."""
        return write(self.paths.decks / name, text)

    def __call__(self, *arguments: str, typed: str = "") -> Outcome:
        """Run a command in this process, with `typed` on its stdin."""
        streams = [
            io.TextIOWrapper(io.BytesIO(text), "utf-8") for text in (typed.encode(), b"", b"")
        ]
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self._environment.items():
                patch.setenv(name, value)
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            code = run(arguments)
        _, out, err = streams
        return Outcome(code, _written(out), _written(err))

    def program(self, *arguments: str, typed: str = "", **environment: str) -> Outcome:
        """Run a command as a program of its own."""
        done = subprocess.run(
            self.command(*arguments),
            input=typed,
            capture_output=True,
            encoding="utf-8",
            env=self.environment(**environment),
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def command(self, *arguments: str) -> list[str]:
        """The words that start the program."""
        return [sys.executable, "-m", "offhand", *arguments]

    def environment(self, **further: str) -> dict[str, str]:
        """The variables that the program is started with."""
        return {**os.environ, **self._environment, **further}

    @property
    def _environment(self) -> Mapping[str, str]:
        return {"OFFHAND_HOME": str(self.home), "OFFHAND_NOW": self.now}


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")
