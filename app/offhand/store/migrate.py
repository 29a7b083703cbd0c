"""Brings a database to the schema of this program, with a copy put aside first.

Alembic is imported only when there is something to do: it costs as much as half of the app.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from offhand.errors import OffhandError
from offhand.resources import shipped
from offhand.store.connection import Database

HEAD = "0004"
"""The newest migration; revisions are numbered, so that a newer one is seen to be newer."""
INDEX = "2"
"""The rule by which `offhand.store.search` makes the index: one made by another is made anew."""


def open_database(path: Path, backups: Path) -> Database:
    """Open the database at the schema of this program, making or migrating it where needed.

    Raises OffhandError when it was written by a newer program, or cannot be opened.
    """
    database = Database(path)
    try:
        version = schema_version(database)
        if version != HEAD:
            if version is not None and version > HEAD:
                raise OffhandError(
                    "The database was written by a newer Offhand.",
                    f"{path} has schema {version}; this program knows up to {HEAD}.",
                    "Update Offhand, or give another place with --home.",
                )
            _upgrade(database, version, backups)
    except BaseException:
        database.close()
        raise
    return database


def schema_version(database: Database) -> str | None:
    """The migration that a database is at; None for an empty one.

    Raises OffhandError for a database of another program.
    """
    tables = {
        row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not tables:
        return None
    row = "alembic_version" in tables and database.row("SELECT version_num FROM alembic_version")
    if not row or "events" not in tables:
        raise OffhandError(
            "This is not a database of Offhand.",
            f"{database.path} holds other tables.",
            "Give another place with --home.",
        )
    return str(row[0])


def _upgrade(database: Database, version: str | None, backups: Path) -> None:
    from alembic import command
    from alembic.config import Config

    if version is not None:
        put_aside(database, backups, f"before-{HEAD}")
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    # Foreign keys can only be switched outside a transaction; with them on, rebuilding a table
    # would delete the rows that refer to it.
    database.rows("PRAGMA foreign_keys = OFF")
    try:
        with database.writing() as connection:
            # Another Offhand may have done it while this one waited for the lock.
            if schema_version(database) != HEAD:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if broken := database.rows("PRAGMA foreign_key_check"):
                    raise RuntimeError(f"the migration broke {len(broken)} references")
    finally:
        database.rows("PRAGMA foreign_keys = ON")


def put_aside(database: Database, backups: Path, label: str) -> Path:
    """Copy the whole database, as it is now, to a file of its own. Returns the copy's path.

    Raises OffhandError when it cannot be written; nothing is migrated without a copy.
    """
    try:
        backups.mkdir(parents=True, exist_ok=True)
        name = f"{database.path.stem}-{label}"
        target = backups / f"{name}.db"
        count = 1
        while target.exists():
            count += 1
            target = backups / f"{name}-{count}.db"
        with closing(sqlite3.connect(target)) as copy:
            database.connection.backup(copy)
    except (OSError, sqlite3.Error) as error:
        raise OffhandError(
            "The database could not be copied before its schema is changed.",
            f"{backups}: {error}.",
            "Make room, or check the rights of the folder.",
        ) from None
    return target
