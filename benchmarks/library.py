"""What the decks cost: a hundred that did not change, and a large one that did."""

import shutil
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.data import write_decks
from benchmarks.figures import heading
from offhand.clock import system_clock
from offhand.paths import Paths
from offhand.study.opening import open_desk

_ROUNDS = 30
_DECKS, _SMALL = 100, 50
_LARGE = 10_000
_EDITS = 5


def run(data: Path, small: bool) -> None:  # noqa: ARG001
    """Measure and print."""
    heading("Decks at the start, in process")
    many, none, large = (data / f"library-{name}" for name in ("many", "none", "large"))
    for place in (many, none, large):
        shutil.rmtree(place, ignore_errors=True)
    write_decks(many / "decks", _DECKS * _SMALL, _SMALL)
    write_decks(large / "decks", _LARGE, _LARGE)
    for place in (many, none):
        _ms_to_open(place)
    taken: dict[Path, list[float]] = {none: [], many: []}
    for _ in range(_ROUNDS):
        for place, each in taken.items():
            each.append(_ms_to_open(place))
    without, with_many = median(taken[none]), median(taken[many])
    print(f"open, shipped decks only              {without:8.1f} ms")
    print(
        f"open, {_DECKS} unchanged decks more         {with_many:8.1f} ms"
        f"  ({with_many - without:+.1f} ms)"
    )
    first = _ms_to_open(large)
    print(f"open, deck of {_LARGE} entries, new      {first:8.1f} ms")
    edited = []
    for edit in range(_EDITS):
        file = large / "decks" / "deck-000.yaml"
        lines = file.read_text("utf-8").splitlines()
        lines[-1 - edit] += " Edited."
        file.write_text("\n".join(lines) + "\n", "utf-8")
        edited.append(_ms_to_open(large))
    print(f"open, deck of {_LARGE} entries, one edited {median(edited):6.1f} ms")


def _ms_to_open(place: Path) -> float:
    began = perf_counter()
    desk = open_desk(Paths.below(place), system_clock())
    taken = (perf_counter() - began) * 1000
    desk.close()
    return taken
