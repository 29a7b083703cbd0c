"""Fixtures for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

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
