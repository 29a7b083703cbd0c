"""A stranger's SQLite file: opened read-only, with nothing in it allowed to run, and within limits."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from offhand.errors import OffhandError

LOG = "-wal"
"""How the name of the log ends that SQLite may keep beside a database."""
_MAGIC = b"SQLite format 3\0"
_LONGEST_VALUE = 200_000_000
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_STEPS = 1_000_000
"""Steps of SQLite's machine between two looks at whether it has gone too far."""
_STEPS_A_BYTE = 20
_STEPS_FREE = 200_000_000
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_FUNCTIONS = {"count", "ifnull"}
_READ = {
    *("col", "notes", "cards", "revlog"),
    *("config", "decks", "notetypes", "fields", "templates"),
}
"""The tables that are asked for anything."""
_UTF_8 = (0, 1)
"""What stands at byte 56 of a database whose texts are UTF-8; 0 before its first table."""


class Database:
    """An open database. `rows` asks it; every fault in it is told as an OffhandError."""

    def __init__(self, file: Path, told: Path) -> None:
        """Open a file of our own; `told` is what the person calls it. Raises OffhandError."""
        self._told = told
        with file.open("rb") as begun:
            header = begun.read(100)
        if not header.startswith(_MAGIC):
            raise self.damaged("the collection in it is no database")
        if int.from_bytes(header[56:60]) not in _UTF_8:
            raise self.damaged("the texts in it are not UTF-8")
        self._steps_left = _STEPS_FREE + _STEPS_A_BYTE * file.stat().st_size
        # What Anki has not yet moved from the log beside it can only be read by moving it.
        mode = "rw" if file.with_name(file.name + LOG).exists() else "ro&immutable=1"
        self._connection = sqlite3.connect(
            f"file:{quote(str(file))}?mode={mode}", uri=True, check_same_thread=False
        )
        try:
            self._guard()
            self.tables = self._checked_tables()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """The rows that a query gives, one after another."""
        with self._faults_told():
            # `yield from` would close the cursor in the end, when the database may be closed already.
            for row in self._connection.execute(query):  # noqa: UP028
                yield row

    def columns(self, table: str) -> set[str]:
        """The names of a table's columns."""
        with self._faults_told():
            described = self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description
            return {column[0] for column in described}

    def damaged(self, what: str) -> OffhandError:
        """The error of a package whose collection cannot be read."""
        return OffhandError(
            f"{self._told} cannot be read: {what}.",
            mend="In Anki, use Tools, Check Database, and export it again.",
        )

    def _guard(self) -> None:
        connection = self._connection
        for kind, most in _LIMITS.items():
            connection.setlimit(kind, most)
        with self._faults_told():
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
                connection.execute(f"PRAGMA {pragma}")
        connection.create_collation("unicase", _by_case)
        connection.set_progress_handler(self._gone_too_far, _STEPS)

    def _checked_tables(self) -> set[str]:
        found = list(self.rows("SELECT type, name, sql FROM sqlite_master"))
        for kind, name, sql in found:
            is_virtual = isinstance(sql, str) and sql.upper().startswith("CREATE VIRTUAL")
            if kind in ("trigger", "view") or is_virtual:
                raise OffhandError(
                    f"{self._told} is a trap: its database holds the {kind} `{str(name)[:60]}`.",
                    "Anki's own collections hold none, and it could run anything.",
                    "Do not trust where it came from.",
                )
        tables = {str(name) for kind, name, _ in found if kind == "table"}
        for table in sorted(tables & _READ):
            # The last of what tells of a column: 0 for one that holds what was put into it.
            if any(column[-1] for column in self.rows(f"PRAGMA table_xinfo({table})")):
                raise OffhandError(
                    f"{self._told} is a trap: the table `{table}` in it computes a column.",
                    "Anki's own collections compute none, and it could run for ever.",
                    "Do not trust where it came from.",
                )
        self._connection.set_authorizer(_only_reading)
        return tables

    def _gone_too_far(self) -> bool:
        self._steps_left -= _STEPS
        return self._steps_left < 0

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise self.damaged("the database in it runs in a circle") from None
            raise self.damaged(f"the database in it says “{error}”") from None
        except sqlite3.Error as error:
            raise self.damaged(f"the database in it says “{error}”") from None


def _only_reading(action: int, *names: str | None) -> int:
    if action in _ALLOWED or (action == sqlite3.SQLITE_FUNCTION and names[1] in _FUNCTIONS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _by_case(one: str, other: str) -> int:
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)
