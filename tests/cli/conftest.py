"""Fixtures for the tests of the command line."""

from pathlib import Path

import pytest

from command_line import QUIZ, SIGNALS, CommandLine


@pytest.fixture
def offhand(tmp_path: Path, no_shipped_decks: None) -> CommandLine:
    """A learner without any deck."""
    return CommandLine(tmp_path / "home")


@pytest.fixture
def signals(offhand: CommandLine) -> CommandLine:
    """A learner with one deck of three terms in two sections."""
    offhand.write("signals.yaml", SIGNALS)
    return offhand


@pytest.fixture
def quiz(offhand: CommandLine) -> CommandLine:
    """A learner with a choice, a question with key points and a cloze."""
    offhand.write("quiz.yaml", QUIZ)
    return offhand
