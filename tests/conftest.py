"""Fixtures for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from anki_oracle import MISSING, Anki, NoAnki, real_anki
from support import Home, shipping

# No deadline for one example: the machine may be doing something else besides.
settings.register_profile("offhand", deadline=None)
settings.load_profile("offhand")


@pytest.fixture
def no_shipped_decks(tmp_path: Path) -> Iterator[None]:
    """The program ships no deck during the test."""
    with shipping(tmp_path / "nothing-shipped"):
        yield


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A learner's empty home."""
    place = Home(tmp_path / "home")
    yield place
    place.close()


@pytest.fixture(scope="session")
def anki() -> Iterator[Anki]:
    """The real Anki; a test that asks it is skipped where it cannot be installed."""
    try:
        with real_anki() as asked:
            yield asked
    except NoAnki as reason:
        pytest.skip(f"{MISSING}: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud when Anki was not there to be asked."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [each.longrepr[2] for each in skipped if isinstance(each.longrepr, tuple)]
    unasked = [reason for reason in reasons if MISSING in reason]
    if unasked:
        terminalreporter.write_line(
            f"{len(unasked)} tests were skipped: {MISSING}. It needs a network, once. {unasked[0]}",
            yellow=True,
        )
