"""The one connection to the database, and what its failures mean.

A rollback journal with `synchronous=FULL` and not WAL: SQLite 3.7.0 to 3.51.2, which the Pythons
in use link, can corrupt a WAL database that two programs write (sqlite.org/wal.html), and two
Offhands on one database are allowed. TRUNCATE, since there the end of the journal is synced too:
with DELETE a lost directory entry could bring a finished journal back, and undo an answer.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offhand.errors import OffhandError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Row = tuple[Any, ...]

_WAIT_SECONDS = 10
_PRAGMAS = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
)


class Database:
    """An open database file. Use it in one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make an empty one. Raises OffhandError when that is not possible."""
        self.path = path
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Autocommit: transactions are begun here and nowhere else.
            self.connection = sqlite3.connect(
                path,
                timeout=_WAIT_SECONDS,
                isolation_level=None,
                cached_statements=200,
                # For the one thread beside it, while `store.new_cards` stores many.
                check_same_thread=False,
            )
            try:
                for pragma in _PRAGMAS:
                    self.connection.execute(pragma)
            except BaseException:
                self.connection.close()
                raise

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with _explained(self.path):
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, if there is one."""
        with _explained(self.path):
            cursor = self.connection.execute(sql, values)
            found: Row | None = cursor.fetchone()
            cursor.close()
            return found

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query one by one, for a reader that may stop early."""
        with _explained(self.path):
            # Not `yield from`: it would close the cursor of a forgotten reader, which fails when
            # the database was closed before.
            for row in self.connection.execute(sql, values):  # noqa: UP028
                yield row

    @contextmanager
    def writing(self) -> Iterator["Connection"]:
        """One transaction: all of it is on disk afterwards, or nothing.

        It holds the write lock from its start, so what is read inside it cannot change before it
        ends. Raises OffhandError when the database cannot be written.
        """
        from sqlalchemy.exc import DBAPIError

        with _explained(self.path):
            try:
                with self.engine.begin() as connection:
                    yield connection
            except DBAPIError as error:
                raise error.orig or error from None

    @cached_property
    def engine(self) -> "Engine":
        """SQLAlchemy on this connection."""
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import StaticPool

        engine = create_engine("sqlite://", creator=lambda: self.connection, poolclass=StaticPool)

        @event.listens_for(engine, "begin")
        def begin(connection: "Connection") -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    @property
    def is_open(self) -> bool:
        """Whether the file can still be used; SQLAlchemy closes it when it is interrupted."""
        try:
            return self.connection.total_changes >= 0
        except sqlite3.ProgrammingError:
            return False

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _meaning(path, error) from error
    except OSError as error:
        raise OffhandError(
            f"{path} cannot be opened: {error.strerror or error}.",
            mend="Check the path and its rights, or give another one with --home.",
        ) from error


def _meaning(path: Path, error: sqlite3.Error) -> Exception:
    # The low byte is the primary code; the rest says which kind of it (sqlite.org/rescode.html).
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if not code and isinstance(error, sqlite3.OperationalError) and "decode" in str(error):
        # Python's own complaint about a text that is none.
        code = sqlite3.SQLITE_CORRUPT
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return OffhandError(
                "The database is busy: another program holds it.",
                f"{path} could not be locked within {_WAIT_SECONDS} seconds; nothing was changed.",
                "Close the other program, or try again.",
            )
        case sqlite3.SQLITE_FULL:
            return OffhandError(
                "The disk is full.", f"{path} could not grow; nothing was changed.", "Make room."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return OffhandError(
                "The database cannot be written.",
                f"{path}: {error}.",
                "Check the rights of the file and of its folder, or give another one with --home.",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return OffhandError(
                "The database is damaged.",
                f"{path}: {error}.",
                "Put it aside and copy the newest file of the backups folder in its place.",
            )
        case sqlite3.SQLITE_IOERR:
            return OffhandError(
                "The disk does not answer.",
                f"{path}: {error}; nothing was changed.",
                "Check the disk.",
            )
    return error
