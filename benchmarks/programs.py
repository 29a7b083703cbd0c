"""The programs that are compared, as commands, and what shows that one is ready."""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

PROMPT = rb"K\d{6}"
"""A prompt of the generated decks, and the one line of the bare app."""
ANSWER = rb"A\d{6}"

BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
"""A Textual app that shows one line."""
EMPTY = [sys.executable, "-c", "pass"]
TEXTUAL = [sys.executable, "-c", "import textual.app"]


def offhand(home: Path, *arguments: str) -> list[str]:
    """Offhand at a home."""
    script = Path(sys.executable).with_name("offhand")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "offhand"]
    return [*program, "--home", str(home), *arguments]


def run_offhand(home: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and MiB at the peak of one command, in a process of its own."""
    command = [sys.executable, "-m", "offhand", *arguments]
    environment = {**os.environ, "OFFHAND_HOME": str(home)}
    began = perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} left with {process.returncode}")
    return seconds, used.ru_maxrss / 1024
