"""The program as people install it: a wheel, in an environment of its own, run from anywhere."""

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from dependencies import needed
from offhand import __version__
from terminal import running

ROOT = Path(__file__).parents[2]
INFO = f"offhand-{__version__}.dist-info"
SECTIONS = [
    ("system-development", "System Development", 11),
    ("architecture-design", "Architecture Design", 15),
    ("network-communication", "Network Communication", 7),
    ("fault-and-exceptions", "Fault and Exceptions", 13),
    ("monitoring-and-alerts", "Monitoring and Alerts", 2),
    ("service-governance", "Service Governance", 9),
    ("testing-methods", "Testing Methods", 8),
    ("release-and-deployment", "Release and Deployment", 3),
]


def build(target: Path, *options: str) -> Path:
    """Build with the tools that are installed here. Returns the wheel."""
    command = [sys.executable, "-m", "build", "--no-isolation", "-o", str(target), *options]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = target.glob("*.whl")
    return wheel


def held(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"), "--wheel")


@dataclass(frozen=True)
class Program:
    """Offhand as a command, run from `/` for a learner with a home of his own."""

    command: tuple[str, ...]
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "OFFHAND_HOME": str(self.home),
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }

    def says(self, *arguments: str) -> str:
        """What a command that succeeds writes, with nothing on stderr."""
        command = [*self.command, *arguments]
        done = subprocess.run(
            command, cwd="/", env=self.environment, capture_output=True, encoding="utf-8"
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def gives(self, *arguments: str) -> Any:
        return json.loads(self.says(*arguments, "--json"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of an environment that holds the wheel, and what it says it needs; no more."""
    place = tmp_path_factory.mktemp("clean")
    venv.create(place, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python")]
    options = ["-qq", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True, capture_output=True)
    (site,) = place.glob("lib/python*/site-packages")
    for distribution in needed(Distribution.at(site / INFO).requires or ()).values():
        tops = {path.parts[0] for path in distribution.files or ()} - {"..", "__pycache__"}
        for top in tops:
            (site / top).symlink_to(Path(str(distribution.locate_file(top))))
    return site


@pytest.fixture
def installed(site: Path, tmp_path: Path) -> Program:
    """The program that the wheel installed."""
    return Program((str(site.parents[2] / "bin" / "offhand"),), tmp_path / "home")


@pytest.fixture
def checkout(tmp_path: Path) -> Program:
    """The program of this checkout."""
    return Program((sys.executable, "-m", "offhand"), tmp_path / "home-of-checkout")


def test_the_wheel_holds_the_program_its_decks_migrations_and_pages_and_nothing_else(
    wheel: Path,
) -> None:
    sources = {
        "app/offhand": "offhand",
        "decks": "offhand/_shipped/decks",
        "migrations": "offhand/_shipped/migrations",
    }
    shipped = {
        f"{there}/{path.relative_to(ROOT / here).as_posix()}": path.read_bytes()
        for here, there in sources.items()
        for path in (ROOT / here).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    for page in ("deck-format.md", "import-formats.md", "export-format.md", "cli.md"):
        shipped[f"offhand/_shipped/docs/{page}"] = (ROOT / "docs" / page).read_bytes()
    shipped[f"{INFO}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()

    found = held(wheel)
    of_the_format = {f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD")}
    entry_points = found.pop(f"{INFO}/entry_points.txt")

    assert {name: found[name] for name in found.keys() - of_the_format} == shipped
    assert entry_points == b"[console_scripts]\noffhand = offhand.cli.main:main\n"
    assert {
        "offhand/py.typed",
        "offhand/tui/offhand.tcss",
        "offhand/tui/opened.tcss",
        "offhand/_shipped/decks/deck.schema.json",
        "offhand/_shipped/decks/backend/deck.yaml",
        "offhand/_shipped/migrations/env.py",
    } < shipped.keys()


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    # Without options, the wheel is built from the source distribution and not from the tree.
    from_source = build(tmp_path)

    assert [path.name for path in tmp_path.glob("*.tar.gz")] == [f"offhand-{__version__}.tar.gz"]
    assert held(from_source) == held(wheel)


def test_what_runs_is_the_wheel(site: Path, installed: Program) -> None:
    assert installed.says("--version") == f"offhand {__version__}\n"
    code = "import offhand; print(offhand.__file__)"
    python = Program((str(site.parents[2] / "bin" / "python"),), installed.home)
    assert python.says("-c", code) == f"{site / 'offhand' / '__init__.py'}\n"


def test_the_decks_are_listed_from_anywhere(
    site: Path, installed: Program, checkout: Program
) -> None:
    (deck,) = installed.gives("decks")

    assert deck == {
        **checkout.gives("decks")[0],
        "path": str(site / "offhand/_shipped/decks/backend"),
    }
    assert [(s["id"], s["title"], s["entries"]) for s in deck["sections"]] == SECTIONS


def test_the_first_card_is_that_of_the_checkout(installed: Program, checkout: Program) -> None:
    card = installed.gives("next")

    assert card == checkout.gives("next")
    assert (card["deck"], card["section"], card["new"]) == ("backend", SECTIONS[0][0], True)


def test_an_answer_is_kept_in_a_database_made_by_the_shipped_migrations(
    installed: Program,
) -> None:
    card = installed.gives("next")["card"]
    installed.says("answer", card, "good")

    (event,) = installed.gives("history", card)["events"]
    assert (event["grade"], event["interval_days"], event["undone"]) == (4, 1, False)


def test_the_shipped_deck_has_no_fault(site: Path, installed: Program) -> None:
    (deck,) = installed.gives("decks")

    assert installed.gives("check", deck["path"]) == [
        {
            "path": str(site / "offhand/_shipped/decks/backend"),
            "id": "backend",
            "title": "Backend development",
            "sections": 8,
            "entries": 68,
            "cards": sum(section["cards"] for section in deck["sections"]),
            "faults": [],
            "style": [],
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        (["schema"], "decks/deck.schema.json"),
        (["help", "deck-format"], "docs/deck-format.md"),
        (["help", "import-formats"], "docs/import-formats.md"),
        (["help", "export-format"], "docs/export-format.md"),
        (["help", "cli"], "docs/cli.md"),
    ],
)
def test_a_page_is_printed_as_it_is_in_the_checkout(
    installed: Program, arguments: list[str], page: str
) -> None:
    assert installed.says(*arguments) == (ROOT / page).read_text("utf-8")


def test_the_app_opens_and_is_left_again(site: Path, tmp_path: Path) -> None:
    python = str(site.parents[2] / "bin" / "python")
    with running(tmp_path / "home", python=python) as terminal:
        terminal.until(SECTIONS[0][1])
        terminal.press("q")
        assert terminal.end() == 0
