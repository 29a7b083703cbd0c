"""Importing a large collection and a large table, beside the real Anki reading the same files.

Anki keeps its notes in one database; Offhand writes a deck file besides.
`python -m benchmarks.anki DATA NOTES` makes the files, in a process of its own.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figures import aim, heading
from benchmarks.programs import offhand

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from anki_oracle import MISSING, NoAnki, real_anki

_ROUNDS = 3
_SEED = 7
_WORDS = 5_000
_AIMS = {"deck.apkg": 4.0, "table.csv": 3.0}
_MEMORY_MIB = 300
_READ = (
    "import sys, time; from pathlib import Path; from offhand.formats.recognise import read;"
    "from offhand.formats.draft import ReadOptions; began = time.perf_counter();"
    "read(Path(sys.argv[1]), ReadOptions()); print(time.perf_counter() - began)"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took; `busy` is what the processors had to do for it."""

    seconds: float
    busy: float
    peak_mib: float


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    notes = 10_000 if small else 100_000
    heading(f"Importing {notes:,} notes")
    try:
        files = _files(data, notes)
    except NoAnki as reason:
        print(f"{MISSING}: {reason}")
        return
    for file in files:
        _compare(file, data / "import-home", notes == 100_000)


def _compare(file: Path, home: Path, has_aims: bool) -> None:
    taken: dict[str, list[Taken]] = {"Anki": [], "Offhand": [], "Offhand, the same again": []}
    for _ in range(_ROUNDS):
        shutil.rmtree(home, ignore_errors=True)
        taken["Anki"].append(_of_anki(file))
        taken["Offhand"].append(_of_offhand(home, file))
        taken["Offhand, the same again"].append(_of_offhand(home, file))
    peer = median(each.seconds for each in taken["Anki"])
    print(f"\n{file.name}, {file.stat().st_size / 1e6:.1f} MB")
    for name, runs in taken.items():
        seconds, busy = median(r.seconds for r in runs), median(r.busy for r in runs)
        told = f"{seconds:7.2f} s  {seconds / peer:6.2f}x  processors {busy:6.2f} s"
        print(f"{name:<24}{told}  peak {max(r.peak_mib for r in runs):5.0f} MiB", flush=True)
    whole = median(each.seconds for each in taken["Offhand"])
    if has_aims:
        aim("Anki's own time", whole / peer, _AIMS[file.name], "x")
        aim("peak", max(each.peak_mib for each in taken["Offhand"]), _MEMORY_MIB, "MiB")
        aim("again", median(each.seconds for each in taken["Offhand, the same again"]), 1.0, "s")
    _tell_parts(file, home, whole)


def _tell_parts(file: Path, home: Path, whole: float) -> None:
    """Say what the time is spent on."""
    reading = float(
        subprocess.run(
            [sys.executable, "-c", _READ, str(file)], check=True, capture_output=True, text=True
        ).stdout
    )
    fresh = home.with_name("import-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    preview = _timed(offhand(fresh, "import", str(file), "--dry-run")).seconds
    parts = {
        "reading the file": reading,
        "comparing, as for a preview": preview - reading,
        "writing it, deck file and database": whole - preview,
    }
    for name, seconds in parts.items():
        print(f"  {name:<42}{seconds:7.2f} s", flush=True)


def _of_anki(file: Path) -> Taken:
    with real_anki() as anki:
        told = anki.time(file)
    return Taken(told["open_s"] + told["import_s"], told["cpu_s"], told["peak_kib"] / 1024)


def _of_offhand(home: Path, file: Path) -> Taken:
    return _timed(offhand(home, "import", str(file), "--yes"))


def _timed(command: Sequence[str]) -> Taken:
    """Run a command; its peak is that of the process, which a small parent does not add to."""
    began = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _files(data: Path, notes: int) -> list[Path]:
    folder = data / f"anki-{notes}"
    files = [folder / name for name in _AIMS]
    if not all(file.exists() for file in files):
        with real_anki():
            pass  # installs it, or says why not
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.anki", str(folder), str(notes)]
        subprocess.run(command, check=True)
    return files


def _make(folder: Path, notes: int) -> None:
    drawn = random.Random(_SEED)
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["".join(drawn.choices(letters, k=drawn.randint(2, 10))) for _ in range(_WORDS)]

    def words(count: int) -> str:
        return " ".join(drawn.choices(known, k=count))

    made = [
        {
            "fields": [f"{words(3)} {number}", _marked(number, words(12))],
            "deck": f"Large::Part {number % 25:02d}",
            "tags": [f"tag{number % 9}"],
        }
        for number in range(notes)
    ]
    lines = [f"{note['fields'][0]},{note['fields'][1]},{note['tags'][0]}" for note in made]
    header = "#separator:Comma\n#html:true\n#tags column:3\n"
    (folder / "table.csv").write_text(header + "\n".join(lines) + "\n", "utf-8")
    with real_anki() as anki:
        anki.make(made, {"kind": "apkg", "path": folder / "deck.apkg"})


def _marked(number: int, text: str) -> str:
    """One text in five has marks, as in collections that people have."""
    marks: dict[int, Callable[[str], str]] = {
        0: lambda text: text.replace(" ", "<br>", 1),
        1: lambda text: f"<b>{text}</b> &amp; <i>more</i>",
    }
    return marks.get(number % 10, str)(text)


if __name__ == "__main__":
    _make(Path(sys.argv[1]), int(sys.argv[2]))
