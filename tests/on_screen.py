"""The app in front of a test: opened without a terminal, steered with keys and clicks, read as lines."""

import gc
import re
from asyncio import sleep, timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from offhand.study.desk import Desk
from offhand.study.review import Review
from offhand.tui.app import OffhandApp


def in_one_line(text: str) -> str:
    """A text of the screen without frames and bars, with single spaces."""
    return " ".join(_DRAWN.sub(" ", text).split())


_DRAWN = re.compile("[│╭╮╰╯─▁▂▃▄▅▆▇█▌]")


@dataclass(frozen=True, slots=True)
class Front:
    """What a learner has before them."""

    pilot: Pilot[None]

    @property
    def app(self) -> OffhandApp:
        """The app itself."""
        assert isinstance(self.pilot.app, OffhandApp)
        return self.pilot.app

    @property
    def running(self) -> bool:
        """Whether the app has not been left."""
        return self.app.is_running and not self.app._exit

    @property
    def strips(self) -> list[list[Segment]]:
        """The screen as it is drawn, toasts and sheets included: the coloured parts of each line."""
        return [list(strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def lines(self) -> list[str]:
        """The screen's lines as text."""
        return ["".join(part.text for part in strip).rstrip() for strip in self.strips]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def footer(self) -> str:
        """The bottom line."""
        return self.lines[-1]

    @property
    def keys_offered(self) -> dict[str, str]:
        """The keys of the bottom line, with what they are said to do."""
        return dict(tuple(item.split(" ", 1)) for item in self.footer.strip().split("  "))

    @property
    def at(self) -> str:
        """Which screen is on top, in a word: home, review, end, weak, history, help."""
        return type(self.app.screen).__name__.removesuffix("Screen").lower()

    @property
    def toasts(self) -> list[str]:
        """What the notifications say, the newest last."""
        return [f"{each.title} {each.message}".strip() for each in self.app._notifications]

    def row(self, text: str) -> int:
        """The first line, counted from 0, on which a text stands."""
        found = [row for row, line in enumerate(self.lines) if text in line]
        assert found, f"{text!r} is not on the screen:\n{self.text}"
        return found[0]

    def place(self, text: str) -> tuple[int, int]:
        """The cell (column, row) at which a text begins on the screen."""
        row = self.row(text)
        line = self.lines[row]
        return cell_len(line[: line.index(text)]), row

    def words(self) -> str:
        """The screen's text in one line, with single spaces: what a reader takes in across line ends."""
        return in_one_line(self.text)

    async def press(self, *keys: str) -> None:
        """Press keys one by one, each when the one before has been dealt with."""
        for key in keys:
            await self.pilot.press(key)

    async def settled(self) -> None:
        """Wait until what goes on beside the screen, as a search, has shown what it found."""
        async with timeout(20):
            while not all(worker.is_finished for worker in self.app.workers):
                await sleep(0.001)
        await self.pilot.pause()

    async def click(self, text: str) -> None:
        """Click on the first letter of a text on the screen."""
        await self.click_at(*self.place(text))

    async def click_at(self, column: int, row: int) -> None:
        """Click on a cell of the screen."""
        widget, region = self.app.screen.get_widget_at(column, row)
        await self.pilot.click(widget, offset=(column - region.x, row - region.y))

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        # Textual gathers resizes for a moment.
        async with timeout(10):
            while self.app.screen._compositor.size != (width, height):
                await sleep(1 / 120)
        await self.pilot.pause()


@asynccontextmanager
async def opened(
    desk: Desk, review: Review | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Front]:
    """The app on a desk, at home or in a sitting, with toasts and tooltips as in a terminal."""
    # What is on disk after a crash is tested with the real program; here the disk is only slow.
    desk.db.rows("PRAGMA synchronous = OFF")
    app = OffhandApp(desk, review)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("textual.app", "textual.pilot"):
            patch.setattr(f"{module}.wait_for_idle", lambda *_: _until_calm(app))
        # There is no terminal to leave to an editor, so stepping aside takes nothing.
        patch.setattr(HeadlessDriver, "can_suspend", True)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await pilot.pause()
            yield Front(pilot)
    # The app freezes what it finds at its start, which is right for a program that has only one.
    gc.unfreeze()


async def _until_calm(app: OffhandApp) -> None:
    """Wait until no message waits anywhere and nothing has to be drawn.

    Pilot's own way is to look whether the processor idles for 20 ms, a few times for each key.
    """
    calm = 0
    while calm < _CALM:
        for _ in range(_TURNS):
            await sleep(0)
        if app._exit or app._exception is not None or not app.is_running:
            return
        screen = app.screen
        screen._on_timer_update()
        nodes = (app, *screen.walk_children(with_self=True))
        busy = bool(screen._callbacks) or any(
            n.message_queue_size or n._next_callbacks for n in nodes
        )
        calm = 0 if busy else calm + 1


_CALM = 3
_TURNS = 10
