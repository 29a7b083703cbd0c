"""Searching while one types: in a thread of its own, so that no key ever waits for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from offhand.domain.listing import Sort
from offhand.study.desk import Desk
from offhand.study.finding import Finder, Found, open_finder

_T = TypeVar("_T")


class Searcher:
    """A finder in its own thread, which does one thing after another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._finder: Finder | None = None

    async def find(self, text: str, sort: Sort, reverse: bool, most: int | None) -> Found:
        """What Finder.find finds. Raises OffhandError when the database cannot be read."""
        return await self._do(lambda finder: finder.find(text, sort, reverse, most))

    async def reload(self) -> None:
        """Take the cards as they are now."""
        today = self._desk.today
        await self._do(lambda finder: finder.load(today))

    async def _do(self, do: Callable[[Finder], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._done, do)

    def _done(self, do: Callable[[Finder], _T]) -> _T:
        if self._finder is None:
            self._finder = open_finder(self._desk)
        return do(self._finder)

    def close(self) -> None:
        """Let the thread end when it has done what it is doing."""
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._finder is not None:
            self._finder.close()
