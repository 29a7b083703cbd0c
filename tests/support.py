"""What many tests need: a clock that a test sets, and a learner's home with decks of its own."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from offhand.clock import Clock
from offhand.paths import Paths
from offhand.study.desk import Desk
from offhand.study.opening import open_desk

_edits = count(1)


class FixedClock:
    """A clock that stands still until a test moves it; a Monday morning in UTC at first."""

    def __init__(self, shown: str = "2026-03-02T09:00", zone: str = "UTC") -> None:
        self._zone = ZoneInfo(zone)
        self._now = datetime.fromisoformat(shown).replace(tzinfo=self._zone)

    def now(self) -> datetime:
        """The present, with its zone."""
        return self._now

    def local(self, moment: datetime) -> datetime:
        """Another moment in the same zone."""
        return moment.astimezone(self._zone)

    def set(self, shown: str) -> None:
        """Show a local time, as `2026-03-02T09:00`."""
        self._now = datetime.fromisoformat(shown).replace(tzinfo=self._zone)

    def move(self, days: int = 0, hours: float = 0) -> None:
        """Go on by some calendar days, at the same time on the wall, and then by hours that pass."""
        # Adding nothing would still take the second pass of a repeated hour for the first.
        there = self._now + timedelta(days=days) if days else self._now
        if hours:
            there = (there.astimezone(UTC) + timedelta(hours=hours)).astimezone(self._zone)
        self._now = there

    def travel(self, zone: str) -> None:
        """Go to another time zone at this moment."""
        self._zone = ZoneInfo(zone)
        self._now = self._now.astimezone(self._zone)


@contextmanager
def shipping(folder: Path) -> Iterator[None]:
    """While it lasts, the decks of `folder` (which may be empty or not exist) are the shipped ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("offhand.study.shipped_decks.shipped", lambda _: folder)
        yield


def write(path: Path, text: str) -> Path:
    """Write a file so that it is seen to have changed, however quick the test and coarse the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    # Two writes within one tick of the file system would bear one time.
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + next(_edits)))
    return path


def write_decks(folder: Path, decks: Mapping[str, str]) -> None:
    """Write deck files, named as `signals.yaml` or `backend/deck.yaml`, below a folder."""
    for name, text in decks.items():
        write(folder / name, text)


def write_settings(home: Path, **settings: object) -> None:
    """Write a settings file that holds exactly these."""
    lines = [f"{name} = {_toml(value)}" for name, value in settings.items()]
    write(Paths.below(home).settings, "\n".join(lines) + "\n")


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return str(value) if isinstance(value, int) else f"'{value}'"


def make_desk(
    home: Path,
    decks: Mapping[str, str] | None = None,
    *,
    clock: Clock | None = None,
    **settings: object,
) -> Desk:
    """Open the desk of a home after writing deck files and settings into it; to be closed by the test.

    The shipped decks are there as well, unless within `shipping` or with the fixture
    `no_shipped_decks`.
    """
    write_decks(Paths.below(home).decks, decks or {})
    if settings:
        write_settings(home, **settings)
    return open_desk(Paths.below(home), clock or FixedClock())


class Home:
    """A learner's home on disk, with a clock; the fixture `home` closes every desk opened here."""

    def __init__(self, path: Path, clock: FixedClock | None = None) -> None:
        self.path = path
        self.paths = Paths.below(path)
        self.clock = clock or FixedClock()
        self._desks: list[Desk] = []

    def open(self, decks: Mapping[str, str] | None = None, /, **settings: object) -> Desk:
        """Open the desk (again), after writing deck files and settings where there are any."""
        desk = make_desk(self.path, decks, clock=self.clock, **settings)
        self._desks.append(desk)
        return desk

    def write(self, name: str, text: str) -> Path:
        """Write a deck file of the learner's own."""
        return write(self.paths.decks / name, text)

    def close(self) -> None:
        """Close every desk that was opened."""
        while self._desks:
            self._desks.pop().close()


def deck_of(terms: int, *, title: str = "Numbers", reverse: bool = False) -> str:
    """A deck of one section, in the short form, with as many terms."""
    lines = [f"deck: {title}", f"reverse: {str(reverse).lower()}", "entries:"]
    lines += [f"  term {n}: What stands for the number {n} here." for n in range(1, terms + 1)]
    return "\n".join(lines) + "\n"
