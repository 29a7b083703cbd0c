"""What an import costs: a table of many notes, the same again, a long past, and every start after it."""

import csv
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.data import _definition
from benchmarks.figures import aim, beside, heading, taken_in_turn
from benchmarks.programs import offhand, run_offhand
from benchmarks.startup import ms_to

_NOTES, _FEW = 100_000, 10_000
_ANSWERS = 10
_STARTS = 25
_HOME_SHOWN, _CARD_SHOWN = rb"10 new", rb"1 of 10"


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    notes = _FEW if small else _NOTES
    heading(f"Import of {notes} notes")
    home = data / "imports"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    table = home / "notes.csv"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows([f"K{n:06d}", _definition(n), "a b"] for n in range(notes))
    run_offhand(home, "due")
    without = data / "imports-without"
    shutil.rmtree(without, ignore_errors=True)
    shutil.copytree(home, without, ignore=shutil.ignore_patterns(table.name))
    seconds, peak = run_offhand(home, "import", str(table), "--yes")
    print(f"CSV, {notes} notes                   {seconds:8.2f} s  {peak:7.0f} MiB")
    again, _ = run_offhand(home, "import", str(table))
    print(f"the same file again                {again:8.2f} s")
    if not small:
        aim("peak memory", peak, 300, "MiB")
        aim("the same file again", again, 1, "s")
    answers = notes // 10 * _ANSWERS
    child = [sys.executable, "-m", "benchmarks.imports", str(home / "past"), str(notes // 10)]
    done = subprocess.run(child, check=True, capture_output=True, text=True)
    bringing, undoing = map(float, done.stdout.split())
    print(f"a past of {answers} answers           {bringing:8.2f} s  (undone {undoing:.2f} s)")
    _starts(home, without, notes)


def _starts(home: Path, without: Path, notes: int) -> None:
    """Every start with the deck as it was imported, and in turn without it."""
    heading(f"The start with a deck of {notes} notes that is as it was, beside the one without it")
    for name, measure in (
        ("due", lambda place: run_offhand(place, "due")[0] * 1000),
        ("home", lambda place: ms_to(offhand(place), _HOME_SHOWN)),
        ("review", lambda place: ms_to(offhand(place, "review"), _CARD_SHOWN)),
    ):
        peer = f"{name}, without"
        measures = {peer: partial(measure, without), f"{name}, with": partial(measure, home)}
        alone, full = beside(taken_in_turn(measures, _STARTS), peer).values()
        aim(f"{name} with it beside without", full / alone, 1.1, "x")


def _past(home: Path, cards: int) -> tuple[float, float]:
    """Seconds that it takes to bring in the answers of some cards, and to take them back."""
    from offhand.clock import system_clock
    from offhand.domain.card import Place
    from offhand.domain.event import Grade
    from offhand.formats.draft import Draft, DraftEntry, DraftSection, Past, PastAnswer
    from offhand.formats.draft import PastSchedule as Schedule
    from offhand.paths import Paths
    from offhand.study.imports.importing import carry_out
    from offhand.study.imports.preview import preview_of
    from offhand.study.imports.source import Asked, Source
    from offhand.study.imports.undo import undo_import
    from offhand.study.opening import open_desk

    begin = datetime(2020, 1, 1, 12, tzinfo=UTC)
    schedule = Schedule(date(2030, 1, 1), 100, 250, 5, 0)

    def past(card: int) -> Past:
        moments = (begin + timedelta(days=20 * n, seconds=card) for n in range(_ANSWERS))
        answers = (PastAnswer(at, Grade(3 + n % 3), 4000, n) for n, at in enumerate(moments))
        return Past(tuple(answers), schedule)

    source = Path("past")
    entries = tuple(
        DraftEntry(
            Place(source, n), term=f"t{n}", definition=f"What {n} is.", pasts={"term": past(n)}
        )
        for n in range(cards)
    )
    draft = Draft("Past", (DraftSection("Past", entries),), origin="benchmark")
    desk = open_desk(Paths.below(home), system_clock())
    planned = preview_of(desk, Asked((source,), history=True), [Source(source, "", (draft,))])
    began = perf_counter()
    carry_out(desk, planned)
    brought = perf_counter()
    undo_import(desk)
    return brought - began, perf_counter() - brought


if __name__ == "__main__":
    print(*_past(Path(sys.argv[1]), int(sys.argv[2])))
