"""Fixtures for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support import Home, shipping


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
