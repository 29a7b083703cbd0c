"""Which learner's files a command works on, and opening them for as long as it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from offhand.cli.printing import tell
from offhand.clock import system_clock
from offhand.paths import Paths, find_paths
from offhand.study.desk import Desk, open_desk


@dataclass(slots=True)
class Opening:
    """The learner named by --home, or else by the environment."""

    home: str | None = None

    @property
    def paths(self) -> Paths:
        """The learner's files."""
        return find_paths(self.home)

    @contextmanager
    def desk(self, *, telling: bool = True) -> Iterator[Desk]:
        """The learner's desk, closed at the end; what it has to tell goes to stderr.

        Raises OffhandError when it cannot be opened.
        """
        desk = open_desk(self.paths, system_clock())
        try:
            if telling:
                for notice in desk.notices:
                    tell(notice)
            yield desk
        finally:
            desk.close()


pass_opening = click.make_pass_decorator(Opening, ensure=True)
"""Hands a command its Opening as the first argument."""
