"""Where a person's files are, and what ships with the program."""

import os
import sys
from pathlib import Path

import pytest

from offhand.paths import Paths, find_paths
from offhand.resources import shipped


@pytest.fixture(autouse=True)
def _no_home_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("OFFHAND_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_everything_is_below_one_directory(tmp_path: Path) -> None:
    assert Paths.below(tmp_path) == Paths(
        tmp_path / "offhand.db",
        tmp_path / "settings.toml",
        tmp_path / "decks",
        tmp_path / "backups",
    )


def test_a_home_is_absolute_and_may_begin_with_the_persons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Paths.below(Path("here")) == Paths.below(tmp_path / "here")
    assert Paths.below(Path("~/there")) == Paths.below(tmp_path / "there")


def test_a_home_that_is_given_goes_before_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFHAND_HOME", str(tmp_path / "environment"))
    assert find_paths(str(tmp_path / "given")) == Paths.below(tmp_path / "given")
    assert find_paths() == Paths.below(tmp_path / "environment")
    assert find_paths("") == Paths.below(tmp_path / "environment")


@pytest.mark.skipif(sys.platform != "linux", reason="each system has places of its own")
def test_without_a_home_files_are_where_the_system_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / ".local/share/offhand"
    settings = tmp_path / ".config/offhand/settings.toml"
    expected = Paths(data / "offhand.db", settings, data / "decks", data / "backups")
    assert find_paths() == expected
    monkeypatch.setenv("OFFHAND_HOME", "")
    assert find_paths() == expected
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert find_paths().settings == tmp_path / "config/offhand/settings.toml"


def test_finding_the_places_makes_none_of_them(tmp_path: Path) -> None:
    find_paths()
    find_paths(str(tmp_path / "home"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["decks/backend/deck.yaml", "migrations/env.py", "docs/deck-format.md"]
)
def test_what_ships_is_found_from_any_directory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shipped(name).is_absolute()
    assert shipped(name).is_file()
