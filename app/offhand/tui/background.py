"""Long work beside the screen: on a desk of its own, and heard of only while its screen is there."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import get_current_worker

from offhand.errors import OffhandError
from offhand.study.desk import Desk
from offhand.study.imports.source import Progress, Stopped
from offhand.study.opening import open_desk

_Result = TypeVar("_Result")


def in_background(
    screen: Screen[Any],
    desk: Desk,
    do: Callable[[Desk, Progress], _Result],
    *,
    heard: Progress,
    then: Callable[[_Result], None],
    failed: Callable[[OffhandError], None],
    stopped: Callable[[], None],
) -> None:
    """Do something in a thread, with a desk like `desk` and a progress that cancelling stops.

    Afterwards `then`, `failed` or `stopped` is called on the screen. `heard` is called in the
    thread. `screen.workers.cancel_node(screen)` stops the work.
    """

    def work() -> None:
        worker = get_current_worker()

        def told(what: str, done: int, of: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            heard(what, done, of)

        try:
            own = open_desk(desk.paths, desk.clock)
            try:
                result = do(own, told)
            finally:
                desk.notices += own.take_notices()
                own.close()
        except Stopped:
            _say(screen, stopped)
        except OffhandError as error:
            _say(screen, partial(failed, error))
        else:
            _say(screen, partial(then, result))

    screen.run_worker(work, thread=True, exclusive=True)


def _say(screen: Screen[Any], what: Callable[[], None]) -> None:
    """Call something from the background, unless the screen was left meanwhile."""

    def on_screen() -> None:
        if screen.is_attached:
            what()

    # The app may have been left as well.
    with suppress(RuntimeError):
        screen.app.call_from_thread(on_screen)
