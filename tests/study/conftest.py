"""No test here needs the shipped deck."""

import pytest


@pytest.fixture(autouse=True)
def _no_shipped_decks(no_shipped_decks: None) -> None:
    """Only the decks that a test writes are there."""
