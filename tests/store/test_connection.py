"""How the database is opened, and what its failures say."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert

from offhand.errors import OffhandError
from offhand.store.connection import Database
from offhand.store.migrate import open_database
from offhand.store.tables import meta
from support import Home

_NOBODY = 65534


def _facts(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT name, value FROM meta ORDER BY name").fetchall()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "offhand.db", tmp_path / "backups")
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offhand.store.connection._WAIT_SECONDS", 0.05)


def test_every_commit_is_synced_and_references_are_held(database: Database) -> None:
    pragmas = {
        name: database.row(f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
    }
    assert pragmas == {
        "journal_mode": ("truncate",),
        "synchronous": (2,),
        "foreign_keys": (1,),
        "trusted_schema": (0,),
    }


def test_sqlalchemy_writes_on_the_same_connection(database: Database) -> None:
    with database.writing() as connection:
        driver: object = connection.connection.dbapi_connection
        assert driver is database.connection
        connection.execute(insert(meta), {"name": "a", "value": "1"})
        assert database.rows("SELECT value FROM meta") == [("1",)]


def test_a_write_is_there_for_others_when_it_returns(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(meta), {"name": "a", "value": "1"})
        assert _facts(database.path) == []
    assert _facts(database.path) == [("a", "1")]


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(insert(meta), {"name": "a", "value": "1"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _facts(database.path) == []
    assert not database.connection.in_transaction


def test_a_write_holds_the_lock_from_its_start(database: Database) -> None:
    with (
        database.writing(),
        closing(sqlite3.connect(database.path, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), database.writing() as writer:
        writer.exec_driver_sql("INSERT INTO sections VALUES ('no deck', 's', 'S', 0)")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_database_written_by_another_program_is_busy(tmp_path: Path, held: str) -> None:
    with (
        closing(open_database(tmp_path / "offhand.db", tmp_path)) as database,
        closing(sqlite3.connect(database.path, isolation_level=None)) as other,
    ):
        other.execute(held)
        with pytest.raises(OffhandError) as refused, database.writing():
            pytest.fail("it was not locked")
        assert refused.value.title == "The database is busy: another program holds it."
        assert refused.value.mend == "Close the other program, or try again."
        other.execute("ROLLBACK")
        with database.writing() as connection:
            connection.execute(insert(meta), {"name": "a", "value": "1"})
        assert _facts(database.path) == [("a", "1")]


@pytest.mark.usefixtures("impatient")
def test_a_commit_that_a_reader_holds_up_leaves_nothing_and_can_be_tried_again(
    tmp_path: Path,
) -> None:
    with (
        closing(open_database(tmp_path / "offhand.db", tmp_path)) as database,
        closing(sqlite3.connect(database.path, isolation_level=None)) as reader,
    ):
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM meta").fetchone() == (0,)
        with pytest.raises(OffhandError, match="busy"), database.writing() as connection:
            connection.execute(insert(meta), {"name": "a", "value": "1"})
        assert not database.connection.in_transaction
        reader.execute("ROLLBACK")
        assert _facts(database.path) == []
        with database.writing() as connection:
            connection.execute(insert(meta), {"name": "a", "value": "2"})
        assert _facts(database.path) == [("a", "2")]


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_refuses_to_open_readably(tmp_path: Path) -> None:
    path = tmp_path / "offhand.db"
    open_database(path, tmp_path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OffhandError, match="The database is busy"):
            open_database(path, tmp_path)


def test_a_full_disk_is_said_and_changes_nothing(database: Database) -> None:
    pages = database.row("PRAGMA page_count")
    assert pages is not None
    database.rows(f"PRAGMA max_page_count = {pages[0]}")
    with pytest.raises(OffhandError) as refused, database.writing() as connection:
        connection.execute(insert(meta), {"name": "a", "value": "x" * 100_000})
    assert str(refused.value) == (
        f"The disk is full.\n{database.path} could not grow; nothing was changed.\nMake room."
    )
    assert _facts(database.path) == []


@pytest.mark.parametrize(
    ("spoil", "detail"),
    [
        (lambda old: b"no database" + old[11:], "file is not a database"),
        (lambda old: old[:5000], "database disk image is malformed"),
        (lambda old: old[:4096] + b"\xff" * (len(old) - 4096), "database disk image is malformed"),
    ],
    ids=["another file", "cut short", "overwritten"],
)
def test_a_damaged_database_is_refused_and_points_to_the_backups(
    home: Home, spoil: Callable[[bytes], bytes], detail: str
) -> None:
    home.open().close()
    home.paths.database.write_bytes(spoil(home.paths.database.read_bytes()))
    spoilt = home.paths.database.read_bytes()
    with pytest.raises(OffhandError) as refused:
        home.open()
    assert str(refused.value) == (
        f"The database is damaged.\n{home.paths.database}: {detail}.\n"
        "Put it aside and copy the newest file of the backups folder in its place."
    )
    assert home.paths.database.read_bytes() == spoilt


def test_a_text_that_is_none_is_damage(database: Database) -> None:
    database.rows("INSERT INTO meta VALUES ('a', CAST(x'ff' AS TEXT))")
    with pytest.raises(OffhandError, match="The database is damaged"):
        database.rows("SELECT * FROM meta")


def test_a_reader_that_stopped_early_may_outlive_the_database(tmp_path: Path) -> None:
    database = open_database(tmp_path / "offhand.db", tmp_path)
    database.rows("INSERT INTO meta VALUES ('a', '1'), ('b', '2')")
    rows = database.each("SELECT name FROM meta ORDER BY name")
    assert next(rows) == ("a",)
    database.close()
    del rows


def test_a_folder_in_the_place_of_the_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OffhandError) as refused:
        Database(tmp_path)
    assert refused.value.title == "The database cannot be written."


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OffhandError) as refused:
        Database(tmp_path / "file" / "offhand.db")
    assert refused.value.title.startswith(f"{tmp_path / 'file' / 'offhand.db'} cannot be opened: ")
    assert refused.value.mend == ("Check the path and its rights, or give another one with --home.")


@contextmanager
def _without_roots_rights() -> Iterator[None]:
    """Root may write everywhere, so that somebody else has to try."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(_NOBODY)
    yield
    os.seteuid(user)


def test_a_read_only_database_can_be_read_and_says_that_it_cannot_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "offhand.db"
        open_database(path, place).close()
        path.chmod(0o444)
        place.chmod(0o555)
        with _without_roots_rights(), closing(open_database(path, place)) as database:
            assert database.rows("SELECT * FROM meta") == []
            with pytest.raises(OffhandError) as refused, database.writing() as connection:
                connection.execute(insert(meta), {"name": "a", "value": "1"})
        place.chmod(0o755)
    assert str(refused.value) == (
        "The database cannot be written.\n"
        f"{path}: attempt to write a readonly database.\n"
        "Check the rights of the file and of its folder, or give another one with --home."
    )


def test_a_place_where_nothing_may_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o555)
        with _without_roots_rights(), pytest.raises(OffhandError) as refused:
            open_database(place / "home" / "offhand.db", place)
    assert str(refused.value) == (
        f"{place / 'home' / 'offhand.db'} cannot be opened: Permission denied.\n"
        "Check the path and its rights, or give another one with --home."
    )


def test_it_tells_whether_it_is_open(database: Database) -> None:
    assert database.is_open
    database.close()
    assert not database.is_open
