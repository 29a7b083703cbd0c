"""Searching while one types: in a thread of its own, so that no key ever waits for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from offhand.domain.listing import Sort
from offhand.study.desk import Desk
from offhand.study.finding import Finder, Found, GoOn, open_finder

_T = TypeVar("_T")


class _Superseded(Exception):
    """Something else is wanted now."""


class Searcher:
    """A finder in its own thread, which does one thing after another.

    What is asked of it takes the place of what it is doing, which then ends without a result: whoever
    asks must no longer wait for what was asked before.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._newest = 0
        self._changes = self._loaded = 0
        """How often the cards changed, and how often they had when they were taken."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._finder: Finder | None = None

    async def find(self, text: str, sort: Sort, reverse: bool, most: int | None) -> Found:
        """What Finder.find finds. Raises OffhandError when the database cannot be read."""
        return await self._do(lambda finder, go_on: finder.find(text, sort, reverse, most, go_on))

    def renew(self) -> None:
        """Let what is asked from now on be asked of the cards as they are then."""
        self._changes += 1

    async def learn(self) -> None:
        """Take what the next search would have to wait for."""
        await self._do(lambda finder, go_on: finder.learn(go_on))

    async def _do(self, do: Callable[[Finder, GoOn], _T]) -> _T:
        self._newest += 1
        mine = self._newest

        def go_on() -> None:
            if mine != self._newest:
                raise _Superseded

        done = partial(self._done, do, go_on)
        return await asyncio.get_running_loop().run_in_executor(self._thread, done)

    def _done(self, do: Callable[[Finder, GoOn], _T], go_on: GoOn) -> _T:
        changes = self._changes
        if self._finder is None:
            self._finder = open_finder(self._desk)
        elif self._loaded != changes:
            self._finder.load(self._desk.today)
        self._loaded = changes
        return do(self._finder, go_on)

    def close(self) -> None:
        """Let the thread end when it has done what it is doing."""
        self._newest += 1
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._finder is not None:
            self._finder.close()
