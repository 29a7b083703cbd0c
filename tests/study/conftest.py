"""No test here needs the shipped deck, nor a disk that syncs."""

import pytest


@pytest.fixture(autouse=True)
def _no_shipped_decks(no_shipped_decks: None) -> None:
    """Only the decks that a test writes are there."""


@pytest.fixture(autouse=True)
def _no_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A power failure is not tested here (tests/store does that), and a sync takes a while."""
    from offhand.store import connection

    pragmas = ("PRAGMA synchronous = OFF", *connection._PRAGMAS)
    kept = tuple(pragma for pragma in pragmas if pragma != "PRAGMA synchronous = FULL")
    monkeypatch.setattr(connection, "_PRAGMAS", kept)
