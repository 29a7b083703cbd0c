"""The Makefile: what it promises to make, and when it makes the environment anew."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE_FROM = ("Makefile", "pyproject.toml", "constraints.txt")
TARGETS = ["run", "test", "check", "format", "pictures", "bench", "clean"]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Make something; nothing is passed on from a `make test` that runs this test."""
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the environment is made from, in a folder of its own."""
    for name in MADE_FROM:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def environment_made_in(clone: Path, place: Path) -> None:
    """Put an environment into a clone that was made in some place."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    for name, text in {"python": "", "offhand": 'echo "offhand $*"'}.items():
        program = clone / ".venv" / "bin" / name
        program.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        program.chmod(0o755)
    (clone / ".venv" / "app").write_text(f"{place}\n", "utf-8")


def test_help_names_every_target() -> None:
    done = make(ROOT, "help")

    assert [line.split()[0] for line in done.stdout.splitlines()] == ["help", *TARGETS]
    assert done.stdout == make(ROOT).stdout


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_is_complete(target: str) -> None:
    done = make(ROOT, "--dry-run", target)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_a_page_names_only_targets_that_there_are(page: str) -> None:
    named = re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE)

    assert set(named) - {*TARGETS, "help"} == set()


def test_without_a_fitting_python_one_sentence_says_so(clone: Path) -> None:
    done = make(clone, "run", "PYTHON=false")

    assert done.stderr.splitlines()[0] == (
        "Offhand needs Python 3.11, 3.12 or 3.13 with its venv and sqlite3 modules "
        "(on Debian and Ubuntu: apt install python3-venv); false is not such a one."
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert sorted(path.name for path in clone.iterdir()) == sorted(MADE_FROM)


def test_an_environment_that_was_made_here_is_used_as_it_is(clone: Path) -> None:
    environment_made_in(clone, clone)

    done = make(clone, "run", "ARGS=review --limit 5", "PYTHON=false")

    assert (done.returncode, done.stdout, done.stderr) == (0, "offhand review --limit 5\n", "")


def test_an_environment_that_was_copied_here_is_made_anew(clone: Path, tmp_path: Path) -> None:
    environment_made_in(clone, tmp_path / "elsewhere")

    done = make(clone, "--dry-run", "run", "PYTHON=python3")

    assert '"python3" -m venv --clear .venv' in done.stdout.splitlines()


def test_an_environment_whose_python_is_gone_is_made_anew(clone: Path) -> None:
    environment_made_in(clone, clone)
    (clone / ".venv" / "bin" / "python").unlink()

    done = make(clone, "--dry-run", "run", "PYTHON=python3")

    assert '"python3" -m venv --clear .venv' in done.stdout.splitlines()
