"""Which learner's files a command works on, and opening them for as long as it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from offhand.paths import Paths
    from offhand.study.desk import Desk


@dataclass(slots=True)
class Opening:
    """The learner named by --home, or else by the environment."""

    home: str | None = None

    @property
    def paths(self) -> "Paths":
        """The learner's files."""
        from offhand.paths import find_paths

        return find_paths(self.home)

    @contextmanager
    def desk(self, *, telling: bool = True) -> "Iterator[Desk]":
        """The learner's desk, closed at the end; what it has to tell goes to stderr.

        Raises OffhandError when it cannot be opened.
        """
        from offhand.clock import system_clock
        from offhand.study.opening import open_desk

        desk = open_desk(self.paths, system_clock())
        try:
            if telling:
                tell_notices(desk)
            yield desk
        finally:
            desk.close()


def tell_notices(desk: "Desk") -> None:
    """Write to stderr what the desk has to tell: decks that could not be read, cards renamed."""
    from offhand.cli.printing import tell

    for notice in desk.take_notices():
        tell(notice)


pass_opening = click.make_pass_decorator(Opening, ensure=True)
"""Hands a command its Opening as the first argument."""
