"""Draws the README's pictures: the real app, after seven simulated weeks with the shipped deck.

Run with `make pictures`. The same pictures come out each time: clock and learner are fixed.
"""

import asyncio
import csv
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import chain, count, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from zoneinfo import ZoneInfo

from textual.screen import Screen

from offhand.domain.card import Scope
from offhand.domain.event import Grade
from offhand.paths import Paths
from offhand.study.desk import Desk
from offhand.study.imports.importing import carry_out
from offhand.study.imports.preview import preview
from offhand.study.imports.source import Asked
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.study.interviews.plan import Wish
from offhand.study.opening import open_desk
from offhand.study.review import Review
from offhand.study.targets.target import set_target
from offhand.tui.app import OffhandApp
from offhand.tui.screens import review as review_screen
from offhand.tui.screens.import_preview import ImportPreviewScreen
from offhand.tui.screens.interview import InterviewScreen

PICTURES = Path(__file__).with_name("pictures")
_END = datetime(2026, 11, 22, 8, 30, tzinfo=ZoneInfo("Europe/Berlin"))
_DAYS = 49
_TARGET = Scope("backend", "architecture-design")
_SEED = 7
_TWO_MINUTES = 120_000_000_000
_ticks = count(0, 11_000_000_000)
_MISSED_SHARE = {"architecture-design": 0.34, "system-development": 0.1}


class StagedClock:
    """A clock that stands until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The staged moment."""
        return self.moment

    def local(self, moment: datetime) -> datetime:
        """Another moment in the same zone."""
        return moment.astimezone(self.moment.tzinfo)


def learn(desk: Desk, clock: StagedClock, chance: random.Random) -> None:
    """Seven weeks of a learner who skips a day now and then and finds one section hard."""
    for back in range(_DAYS, 0, -1):
        clock.moment = _END - timedelta(days=back)
        if back in (33, 20):
            continue
        review = Review.today(desk)
        while (shown := review.shown) is not None:
            missed = chance.random() < _MISSED_SHARE.get(shown.kept.section, 0.13)
            if review.session.waiting:
                grade = (
                    Grade.WRONG
                    if missed
                    else chance.choice((Grade.HARD, Grade.GOOD, Grade.PERFECT))
                )
            else:
                grade = Grade.GOOD
            clock.moment += timedelta(seconds=9)
            review.answer(grade, chance.randint(3_000, 19_000))
    clock.moment = _END


def tick() -> int:
    """A stopwatch's nanoseconds: each look at it is so many seconds after the one before."""
    return next(_ticks)


async def draw(
    desk: Desk,
    name: str,
    size: tuple[int, int],
    keys: str,
    theme: str,
    first: Callable[[], Screen[None]] | None = None,
) -> None:
    """Press keys, at home or on the screen that `first` makes, and keep what is then on screen."""
    desk.settings = replace(desk.settings, theme=theme)
    app = OffhandApp(desk, first=first)
    async with app.run_test(size=size) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause()
        picture = app.export_screenshot(title="Offhand")
    # Any monospaced font will do: none is fetched from elsewhere.
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    picture = re.sub(r"terminal-\d+", "screen", picture)
    (PICTURES / f"{name}.svg").write_text(picture, "utf-8")


def imported_twice(desk: Desk, folder: Path) -> Asked:
    """A table that was imported, then changed by its author, and in one place by the learner too."""
    rows = [(f"HTTP {code.value}", code.description) for code in HTTPStatus if code.description]
    source = folder / "http-codes.csv"
    asked = Asked((source,), title="HTTP status codes")
    _write_table(source, rows[:-4])
    carry_out(desk, preview(desk, asked))
    deck = desk.paths.decks / "http-status-codes.yaml"
    deck.write_text(deck.read_text("utf-8").replace("Document created", "I made it"), "utf-8")
    newer = [(term, text.replace("Document created", "Resource created")) for term, text in rows]
    newer = [(term, text.replace("No permission", "No right to it")) for term, text in newer[1:]]
    _write_table(source, newer)
    return asked


def _write_table(path: Path, rows: Sequence[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def main() -> None:
    """Draw all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as home:
        clock = StagedClock(_END)
        desk = open_desk(Paths.below(Path(home)), clock)
        learn(desk, clock, random.Random(7))
        asyncio.run(draw(desk, "home", (96, 26), "", "dark"))
        asyncio.run(draw(desk, "review", (80, 24), "space space", "dark"))
        asyncio.run(draw(desk, "weak", (88, 22), "w", "light"))
        keys = "space " + "space 3 space 1 space 4 space 3 space 1 space 3 " * 2 + "q"
        with patch.object(review_screen, "monotonic_ns", tick):
            asyncio.run(draw(desk, "end", (80, 20), keys, "light"))
        asyncio.run(draw(desk, "browse", (110, 26), "b c a c h e down down down", "dark"))
        wish, watch = Wish(minutes=20, seed=_SEED), chain([0], repeat(_TWO_MINUTES))
        asyncio.run(
            draw(
                desk,
                "interview",
                (88, 24),
                "space 1 3",
                "dark",
                lambda: InterviewScreen(desk, InterviewUnderWay.begin(desk, wish, watch.__next__)),
            )
        )
        clock.moment = _END - timedelta(days=18)
        set_target(desk, "Acme on-site", _END.date() + timedelta(days=12), [_TARGET], 25)
        clock.moment = _END
        asyncio.run(draw(desk, "target", (88, 24), "d", "light"))
        asked = imported_twice(desk, Path(home))
        asyncio.run(
            draw(
                desk,
                "import",
                (88, 20),
                "down down",
                "dark",
                lambda: ImportPreviewScreen(desk, asked),
            )
        )
        desk.close()


if __name__ == "__main__":
    main()
