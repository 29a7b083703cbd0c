"""From a key to the next card, its commit included; how often the disk is told to sync."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.data import home
from benchmarks.figures import aim, heading, percentiles
from benchmarks.programs import ANSWER, PROMPT, offhand
from benchmarks.terminal import Terminal

_CARDS = 150
_PAUSE_SECONDS = 0.05
_COUNTED = 100
MODES = (
    ("TRUNCATE", "FULL"),
    ("PERSIST", "FULL"),
    ("DELETE", "EXTRA"),
    ("WAL", "FULL"),
)
"""Journal mode and `synchronous`; the first one is what Offhand uses."""


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    sizes = [(10_000, 100_000)] + [(100_000, 1_000_000)] * (not small)
    for cards, events in sizes:
        heading(f"Key to screen, {cards} cards, {events} events, {_CARDS} answers")
        graded, revealed = _session(home(data, cards, events))
        for name, taken in (("grade to next prompt", graded), ("space to answer", revealed)):
            middle, late = percentiles(taken)
            print(
                f"{name:<20}  p50 {middle:6.1f} ms  p99 {late:6.1f} ms  worst {max(taken):6.1f} ms"
            )
        aim("p99 from grade to next prompt", percentiles(graded)[1], 12, "ms")
    heading("An answer alone, in process, by journal mode")
    few = home(data, 10_000, 100_000)
    for mode in MODES:
        shutil.copy(few / "pristine.db", few / "offhand.db")
        taken = [float(line) for line in _answering(few, _COUNTED, *mode).stdout.split()]
        middle, late = percentiles(taken)
        syncs = _syncs(few, *mode)
        print(
            f"{mode[0]:<8} {mode[1]:<5}  p50 {middle:6.2f} ms  p99 {late:6.2f} ms  {syncs}",
            flush=True,
        )
        (few / "offhand.db-wal").unlink(missing_ok=True)
        (few / "offhand.db-shm").unlink(missing_ok=True)
        shutil.copy(few / "pristine.db", few / "offhand.db")


def _session(place: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of each answer, and of each look at one, in a sitting."""
    terminal = Terminal(offhand(place, "review"))
    _, prompt = terminal.wait_for(PROMPT)
    # What is made ready after the first prompt is not what an answer costs.
    terminal.settle(1.0)
    graded, revealed = [], []
    for _ in range(_CARDS):
        pressed = terminal.press(b" ")
        moment, _ = terminal.wait_for(ANSWER)
        revealed.append((moment - pressed) * 1000)
        terminal.settle(_PAUSE_SECONDS)
        pressed = terminal.press(b"3")
        moment, prompt = terminal.wait_for(PROMPT, unlike=prompt)
        graded.append((moment - pressed) * 1000)
        terminal.settle(_PAUSE_SECONDS)
    terminal.kill()
    return graded, revealed


def _answering(
    place: Path, count: int, journal: str, synchronous: str, *before: str
) -> "subprocess.CompletedProcess[str]":
    command = [*before, sys.executable, "-m", "benchmarks.answering"]
    command += [str(place), str(count), journal, synchronous]
    return subprocess.run(command, check=True, capture_output=True, text=True)


def _syncs(place: Path, journal: str, synchronous: str) -> str:
    """How often an answer has the disk sync, where the system can tell."""
    if shutil.which("strace") is None:
        return "syncs not counted: no strace here"
    counts = []
    for answers in (0, _COUNTED):
        shutil.copy(place / "pristine.db", place / "offhand.db")
        trace = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync"]
        told = _answering(place, answers, journal, synchronous, *trace).stderr
        calls = re.findall(
            r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+).*\bf(?:data)?sync$", told, re.MULTILINE
        )
        counts.append(sum(map(int, calls)))
    return f"{(counts[1] - counts[0]) / _COUNTED:.2f} syncs an answer"
