"""`offhand due --json` as a script calls it, beside an interpreter that does nothing."""

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.data import home
from benchmarks.figures import beside, heading, taken_in_turn
from benchmarks.programs import EMPTY, TEXTUAL, offhand

_ROUNDS = 15
_FRAMEWORKS = ("textual", "sqlalchemy", "alembic", "yaml", "click")


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    heading("offhand due --json")
    few = home(data, 10_000, 100_000)
    measures = {
        "python -c pass": partial(_ms_of, EMPTY),
        "python -c 'import textual.app'": partial(_ms_of, TEXTUAL),
        "due, 10k cards, 100k events": partial(_ms_of, offhand(few, "due", "--json")),
    }
    if not small:
        many = home(data, 100_000, 1_000_000)
        measures["due, 100k cards, 1M events"] = partial(_ms_of, offhand(many, "due", "--json"))
    beside(taken_in_turn(measures, _ROUNDS), "python -c pass")
    print(f"frameworks loaded: {', '.join(_loaded(few)) or 'none'}")


def _ms_of(command: Sequence[str]) -> float:
    began = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - began) * 1000


def _loaded(place: Path) -> list[str]:
    """The frameworks that the command imports."""
    command = [sys.executable, "-X", "importtime", "-m", "offhand", "--home", str(place)]
    told = subprocess.run(
        [*command, "due", "--json"], check=True, capture_output=True, text=True
    ).stderr
    modules = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    return [name for name in _FRAMEWORKS if name in modules]
