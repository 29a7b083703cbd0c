"""What a fresh interpreter loads, as every framework costs a part of the time to the first card."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from support import Home, deck_of

_TESTS = Path(__file__).parent
_FRAMEWORKS = {
    "alembic",
    "click",
    "fsrs",
    "platformdirs",
    "sqlalchemy",
    "textual",
    "tomlkit",
    "yaml",
}

_OPEN = """
import sys
from pathlib import Path
from support import FixedClock, shipping
from offhand.paths import Paths
from offhand.study.opening import open_desk
from offhand.study.report import figures, past_of, weak_sections
from offhand.study.today import today
from offhand.study.review import Review
home = Path(sys.argv[1])
with shipping(home / "nothing"):
    desk = open_desk(Paths.below(home), FixedClock())
"""


def _loaded(program: str, *arguments: object) -> set[str]:
    """The frameworks that a program has loaded at its end."""
    told = f"{program}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", told, *map(str, arguments)],
        cwd=_TESTS,
        capture_output=True,
        text=True,
        check=True,
    )
    return _FRAMEWORKS & set(done.stdout.split())


@pytest.fixture
def used(home: Home, no_shipped_decks: None) -> Path:
    """A home whose decks were read and some of whose cards were answered."""
    from offhand.domain.event import Grade
    from offhand.study.review import Review

    with closing(home.open({"numbers.yaml": deck_of(9)}, theme="light")) as desk:
        review = Review.today(desk)
        for grade in (Grade.WRONG, Grade.GOOD):
            review.answer(grade, 1000)
    return home.path


@pytest.mark.parametrize(
    "module",
    [
        "offhand.domain.plan, offhand.domain.session, offhand.domain.weakness",
        "offhand.store.reading",
        "offhand.study.review",
        "offhand.study.report",
        "offhand.study.library",
        "offhand.study.summary",
        "offhand.study.interviews.interview, offhand.study.interviews.listing, offhand.study.interviews.sharing",
        "offhand.study.refresh",
        "offhand.settings, offhand.paths, offhand.clock, offhand.resources",
    ],
)
def test_importing_a_use_case_loads_no_framework(module: str) -> None:
    assert _loaded(f"import sys, {module}") == set()


def test_opening_a_desk_that_is_up_to_date_and_showing_a_card_loads_no_framework(
    used: Path,
) -> None:
    show = "assert Review.today(desk).shown.kept.id == 'numbers/term-3/term'\n"
    look = "today(desk), figures(desk), weak_sections(desk), past_of(desk, 'numbers/term-1/term')"
    # A test's own tools bring some along.
    own = _loaded("import sys\nimport support")
    assert "sqlalchemy" not in own
    assert _loaded(_OPEN + show + look, used) == own


def test_an_answer_loads_sqlalchemy_and_no_more(used: Path) -> None:
    answer = "Review.today(desk).answer(4, 1000)"
    assert _loaded(_OPEN + answer, used) - _loaded("import sys\nimport support") == {"sqlalchemy"}


def test_a_deck_that_changed_loads_yaml_and_no_migrations(used: Path) -> None:
    (used / "decks/numbers.yaml").write_text(deck_of(10))
    found = _loaded(_OPEN, used) - _loaded("import sys\nimport support")
    assert found == {"sqlalchemy", "yaml"}


def test_a_first_start_loads_no_migrations(tmp_path: Path) -> None:
    found = _loaded(_OPEN, tmp_path / "new") - _loaded("import sys\nimport support")
    assert found == {"sqlalchemy"}


_LATER = {
    "offhand.domain.forecast",
    "offhand.domain.readiness",
    "offhand.domain.recall",
    "offhand.domain.streak",
    "offhand.domain.target",
    "offhand.domain.weakness",
    "offhand.store.counting",
    "offhand.study.deck_pass",
    "offhand.study.deck_store",
    "offhand.study.editing",
    "offhand.study.quiz",
    "offhand.study.report",
    "offhand.study.summary",
    "offhand.tui.deeds",
}
"""What a first screen shows after its first paint, or when a key asks for it."""


@pytest.mark.parametrize("screen", ["home", "review"])
def test_a_first_screen_loads_nothing_that_it_shows_later(screen: str) -> None:
    start = f"import offhand.tui.app, offhand.study.refresh, offhand.tui.screens.{screen}"
    told = f"import sys\n{start}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert modules & _LATER == set()
    screens = {name for name in modules if name.startswith("offhand.tui.screens.")}
    assert screens == {f"offhand.tui.screens.{screen}"}
    assert not {name for name in modules if name.startswith(("offhand.formats.yaml", "yaml"))}
