"""Answers cards without a screen and prints how many milliseconds each took.

`python -m benchmarks.answering HOME COUNT JOURNAL SYNCHRONOUS`
"""

import sys
from pathlib import Path
from time import perf_counter

from offhand.clock import system_clock
from offhand.domain.event import Grade
from offhand.paths import Paths
from offhand.study.opening import open_desk
from offhand.study.review import Review

_WARM_UP = 5


def main(home: Path, count: int, journal: str, synchronous: str) -> None:
    """Answer and print."""
    desk = open_desk(Paths.below(home), system_clock())
    desk.db.rows(f"PRAGMA journal_mode = {journal}")
    desk.db.rows(f"PRAGMA synchronous = {synchronous}")
    review = Review.today(desk)
    for _ in range(_WARM_UP):
        review.answer(Grade.GOOD, 1000)
    for _ in range(count):
        began = perf_counter()
        review.answer(Grade.GOOD, 1000)
        print((perf_counter() - began) * 1000)
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
