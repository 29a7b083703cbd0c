"""The fold of a long log through SM-2, in memory and from a database."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.data import home
from benchmarks.figures import aim, heading
from benchmarks.programs import run_offhand
from offhand.clock import system_clock
from offhand.domain.event import Answer, Asked, Grade
from offhand.domain.fold import fold
from offhand.domain.schedule.sm2 import SM2
from offhand.paths import Paths
from offhand.study.desk import refold
from offhand.study.opening import open_desk

_CARDS = 20_000
_ANSWERS = 50
_ROUNDS = 5


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    # First, as what this process holds would count as its child's peak.
    _rebuild(data, *((10_000, 100_000) if small else (100_000, 1_000_000)))
    heading(f"Fold of {_CARDS * _ANSWERS} answers through SM-2")
    log = _log()
    taken = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        for answers in log:
            fold(SM2(), answers)
        taken.append(perf_counter() - began)
    print(f"in memory  {median(taken):.2f} s  ({min(taken):.2f} to {max(taken):.2f})")
    aim("fold of 1 000 000 answers", median(taken), 3, "s")
    del log
    for cards, events in [(10_000, 100_000)] + [(100_000, 1_000_000)] * (not small):
        print(f"whole database, {events} events: {_refold(home(data, cards, events)):.2f} s")


def _log() -> list[list[Answer]]:
    """The answers of each card, most of them passes."""
    drawn = random.Random(5)
    start = datetime(2020, 1, 1, 12, tzinfo=UTC)
    moments = [start + timedelta(days=20 * turn) for turn in range(_ANSWERS)]
    days = [moment.date() for moment in moments]
    return [
        [
            Answer(
                id=f"{card:013d}{turn:013d}",
                at=moments[turn],
                day=days[turn],
                device="bench000",
                card=f"deck/entry-{card}/term",
                grade=Grade(drawn.choice((4, 4, 4, 4, 5, 5, 3, 3, 2, 1))),
                asked=Asked.SCHEDULED,
                took_ms=5000,
            )
            for turn in range(_ANSWERS)
        ]
        for card in range(_CARDS)
    ]


def _rebuild(data: Path, cards: int, events: int) -> None:
    """What it costs to make the state of every card anew, as when the states were thrown away."""
    heading(f"`offhand rebuild` of {cards} cards from {events} events")
    place = home(data, cards, events)
    lost = ("due", "interval", "ease", "repetitions", "lapses", "answered_on", "again_on")
    with closing(sqlite3.connect(place / "offhand.db")) as database, database:
        database.execute(f"UPDATE states SET reviews = 0, {' = NULL, '.join(lost)} = NULL")
    seconds, peak = run_offhand(place, "rebuild")
    print(f"{seconds:.2f} s  {peak:.0f} MiB")
    aim("peak memory", peak, 300, "MiB")


def _refold(place: Path) -> float:
    desk = open_desk(Paths.below(place), system_clock())
    began = perf_counter()
    differed = refold(desk)
    taken = perf_counter() - began
    desk.close()
    if differed:
        raise RuntimeError(f"{len(differed)} cards of the generated database differ from their log")
    return taken
