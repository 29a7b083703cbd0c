"""A program that answers cards of a home and tells of each answer once it is recorded.

`answering.py HOME COUNT` answers as many cards anew each day, or goes on for ever when COUNT is 0.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from offhand.domain.event import Grade
from offhand.study.review import Review
from support import Home, shipping


def main(folder: Path, count: int) -> None:
    """Answer and tell."""
    home = Home(folder)
    done = 0
    with shipping(folder / "nothing"):
        desk = home.open()
        print("ready", flush=True)
        sys.stdin.readline()
        while done < count or not count:
            review = Review.today(desk)
            if review.shown is None:
                home.clock.move(days=1)
            while review.shown is not None and (done < count or not count):
                recorded = review.answer(Grade(done % 6), 1000)
                print(recorded.event.id, recorded.event.card, flush=True)
                done += 1
    home.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
