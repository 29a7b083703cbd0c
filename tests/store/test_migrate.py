"""A database is brought to the program's schema, or stays as it was."""

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from textwrap import dedent, indent

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from offhand.domain.event import Grade
from offhand.errors import OffhandError
from offhand.resources import shipped
from offhand.store import migrate
from offhand.store.migrate import HEAD, open_database, put_aside
from offhand.store.tables import metadata
from offhand.study.review import Review
from support import Home, deck_of

NewerProgram = Callable[[str], Path]


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewerProgram:
    """Make the program one that has a further migration, of the given body."""

    def newer(body: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(shipped("migrations"), folder)
        head = '"""Further."""\n\nimport os\nimport signal\n\nfrom alembic import op\nimport sqlalchemy as sa\n'
        head += f'\nrevision = "9000"\ndown_revision = "{HEAD}"\n\n\ndef upgrade() -> None:\n'
        (folder / "versions" / "9000_further.py").write_text(
            head + indent(dedent(body).strip(), "    ") + "\n"
        )
        monkeypatch.setattr(migrate, "HEAD", "9000")
        monkeypatch.setattr(migrate, "shipped", lambda name: tmp_path / name)
        return folder

    return newer


@pytest.fixture
def old_home(home: Home) -> Home:
    """A home with a few answers, at the schema of this program."""
    with closing(home.open({"numbers.yaml": deck_of(3)})) as desk:
        review = Review.today(desk)
        for grade in (Grade.GOOD, Grade.PERFECT, Grade.WRONG):
            review.answer(grade, 1000)
    return home


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


def _schema(path: Path) -> dict[str, list[str]]:
    """Every table and index as SQL, the order of a table's constraints left out."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
    return {name: sorted(re.findall(r"[^\s,]+", sql)) for name, sql in rows}


def _columns(path: Path) -> dict[str, list[object]]:
    with closing(sqlite3.connect(path)) as database:
        return {
            table: database.execute(f"PRAGMA table_xinfo({table})").fetchall()
            for table in metadata.tables
        }


def _version(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_a_fresh_database_is_at_the_newest_schema_and_needs_no_copy(tmp_path: Path) -> None:
    path, backups = tmp_path / "home" / "offhand.db", tmp_path / "backups"
    with closing(open_database(path, backups)) as database:
        assert migrate.schema_version(database) == HEAD
    assert not backups.exists()
    assert _version(path) == HEAD


def test_the_newest_migration_is_the_head() -> None:
    names = sorted(each.name for each in (shipped("migrations") / "versions").glob("[0-9]*.py"))
    assert names[-1].startswith(f"{HEAD}_")


def test_a_database_made_at_once_is_what_all_migrations_make_of_an_empty_one(
    tmp_path: Path,
) -> None:
    open_database(tmp_path / "made.db", tmp_path).close()
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    assert _schema(tmp_path / "made.db") == _schema(tmp_path / "migrated.db")
    assert _columns(tmp_path / "made.db") == _columns(tmp_path / "migrated.db")
    assert _version(tmp_path / "made.db") == _version(tmp_path / "migrated.db") == HEAD


def test_a_database_made_at_once_is_migrated_further(
    tmp_path: Path, newer_program: NewerProgram
) -> None:
    open_database(tmp_path / "made.db", tmp_path).close()
    newer_program("op.create_table('further', sa.Column('id', sa.Text()))")
    with closing(open_database(tmp_path / "made.db", tmp_path / "backups")) as database:
        assert database.rows("SELECT * FROM further") == []
        assert database.rows("SELECT version_num FROM alembic_version") == [("9000",)]


def test_programs_that_make_a_database_at_once_make_it_once(tmp_path: Path) -> None:
    def version(_: int) -> str | None:
        with closing(open_database(tmp_path / "home" / "made.db", tmp_path)) as database:
            return migrate.schema_version(database)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(version, range(4))) == [HEAD] * 4


def test_a_database_at_the_newest_schema_is_left_alone(old_home: Home) -> None:
    before = old_home.paths.database.read_bytes()
    open_database(old_home.paths.database, old_home.paths.backups).close()
    assert old_home.paths.database.read_bytes() == before
    assert not old_home.paths.backups.exists()


def test_a_migration_keeps_every_row_and_puts_a_copy_aside_first(
    old_home: Home, newer_program: NewerProgram
) -> None:
    """The table that is rebuilt here is the one whose rows' deletion would take the states along."""
    before = _dump(old_home.paths.database)
    newer_program("""
        with op.batch_alter_table("cards", recreate="always") as cards:
            cards.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="red"))
    """)
    with closing(open_database(old_home.paths.database, old_home.paths.backups)) as database:
        assert database.rows("SELECT id, colour FROM cards ORDER BY id") == [
            (f"numbers/term-{n}/term", "red") for n in (1, 2, 3)
        ]
        assert database.rows("SELECT card, reviews FROM states ORDER BY card") == [
            (f"numbers/term-{n}/term", 1) for n in (1, 2, 3)
        ]
        assert database.rows("SELECT count(*) FROM events") == [(3,)]
        assert database.row("PRAGMA foreign_keys") == (1,)
        assert database.rows("PRAGMA foreign_key_check") == []
    assert _version(old_home.paths.database) == "9000"
    copies = list(old_home.paths.backups.iterdir())
    assert [copy.name for copy in copies] == ["offhand-before-9000.db"]
    assert _dump(copies[0]) == before


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("raise ZeroDivisionError('here')", "here"),
        ("op.execute('DELETE FROM nowhere')", "no such table: nowhere"),
        ("op.execute('DELETE FROM sections')", "the migration broke 3 references"),
    ],
    ids=["an error of its own", "a faulty statement", "broken references"],
)
def test_a_failed_migration_leaves_the_database_as_it_was(
    old_home: Home, newer_program: NewerProgram, failure: str, error: str
) -> None:
    before = _dump(old_home.paths.database)
    newer_program(f"""
        op.create_table("further", sa.Column("id", sa.Text()))
        op.add_column("decks", sa.Column("colour", sa.Text()))
        op.execute("DELETE FROM events")
        {failure}
    """)
    with pytest.raises(Exception, match=error):
        open_database(old_home.paths.database, old_home.paths.backups)
    assert _dump(old_home.paths.database) == before
    assert _dump(old_home.paths.backups / "offhand-before-9000.db") == before


def test_after_a_failed_migration_the_older_program_goes_on(
    old_home: Home, newer_program: NewerProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program("op.drop_table('states')\nraise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        old_home.open()
    monkeypatch.undo()
    old_home.clock.move(days=1)
    assert Review.today(old_home.open()).session.total == 3


def test_a_second_copy_does_not_take_the_place_of_the_first(old_home: Home) -> None:
    with closing(open_database(old_home.paths.database, old_home.paths.backups)) as database:
        made = [put_aside(database, old_home.paths.backups, "by-hand") for _ in range(3)]
    assert [path.name for path in made] == [
        "offhand-by-hand.db",
        "offhand-by-hand-2.db",
        "offhand-by-hand-3.db",
    ]
    assert _dump(made[0]) == _dump(made[2]) == _dump(old_home.paths.database)


def test_nothing_is_migrated_when_the_copy_cannot_be_made(
    old_home: Home, newer_program: NewerProgram
) -> None:
    before = _dump(old_home.paths.database)
    newer_program("op.execute('DELETE FROM events')")
    old_home.paths.backups.write_text("a file where the folder belongs")
    with pytest.raises(OffhandError) as refused:
        open_database(old_home.paths.database, old_home.paths.backups)
    assert refused.value.title == "The database could not be copied before its schema is changed."
    assert refused.value.mend == "Make room, or check the rights of the folder."
    assert _dump(old_home.paths.database) == before


def test_two_programs_that_migrate_at_once_do_it_once(
    old_home: Home, newer_program: NewerProgram
) -> None:
    newer_program("op.create_table('further', sa.Column('id', sa.Text()))")

    def version(_: int) -> str | None:
        with closing(open_database(old_home.paths.database, old_home.paths.backups)) as database:
            return migrate.schema_version(database)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(version, range(4))) == ["9000"] * 4


_MIGRATE = """
import sys
from pathlib import Path
from offhand.store import migrate
database, backups, folder = map(Path, sys.argv[1:])
migrate.HEAD = "9000"
migrate.shipped = lambda name: folder
migrate.open_database(database, backups)
"""


def test_a_program_killed_in_the_middle_of_a_migration_leaves_the_database_as_it_was(
    old_home: Home, newer_program: NewerProgram
) -> None:
    before = _dump(old_home.paths.database)
    folder = newer_program("""
        op.execute("DELETE FROM events")
        op.drop_table("states")
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    arguments = [old_home.paths.database, old_home.paths.backups, folder]
    done = subprocess.run([sys.executable, "-c", _MIGRATE, *arguments], check=False)
    assert done.returncode == -signal.SIGKILL
    assert _dump(old_home.paths.database) == before


def test_a_database_of_a_newer_program_is_refused_with_advice(old_home: Home) -> None:
    path = old_home.paths.database
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9000'")
    before = path.read_bytes()
    with pytest.raises(OffhandError) as refused:
        old_home.open()
    assert str(refused.value) == (
        "The database was written by a newer Offhand.\n"
        f"{path} has schema 9000; this program knows up to {HEAD}.\n"
        "Update Offhand, or give another place with --home."
    )
    assert path.read_bytes() == before
    assert not old_home.paths.backups.exists()


@pytest.fixture(
    params=[
        "CREATE TABLE recipes (name TEXT)",
        "CREATE TABLE events (name TEXT)",
        "CREATE TABLE alembic_version (version_num TEXT)",
        "CREATE TABLE alembic_version AS SELECT '0001' AS version_num",
    ],
    ids=["other tables", "a table of the same name", "no version", "a version alone"],
)
def foreign(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "offhand.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(request.param)
    return path


def test_a_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path, foreign: Path
) -> None:
    before = foreign.read_bytes()
    with pytest.raises(OffhandError) as refused:
        open_database(foreign, tmp_path / "backups")
    assert str(refused.value) == (
        "This is not a database of Offhand.\n"
        f"{foreign} holds other tables.\n"
        "Give another place with --home."
    )
    assert foreign.read_bytes() == before
