"""Brings a database to the schema of this program, with a copy put aside first.

A new one is made from the tables, at once: to import Alembic and run every migration takes longer
than all the rest of a first start. The schema is the same on both ways, which a test holds.
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
        version = schema_version(database) or _create(database)
        if version != HEAD:
            if version > HEAD:
                raise OffhandError(
                    "The database was written by a newer Offhand.",
                    f"{path} has schema {version}; this program knows up to {HEAD}.",
                    "Update Offhand, or give another place with --home.",
                )
            _upgrade(database, backups)
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


def _create(database: Database) -> str:
    """Make the newest schema in an empty database. Returns the version that it is at afterwards."""
    from offhand.store.tables import metadata

    with database.writing() as connection:
        # Another Offhand may have done it while this one waited for the lock.
        if (version := schema_version(database)) is not None:
            return version
        metadata.create_all(connection, checkfirst=False)
        # The table in which Alembic looks, as it makes it.
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    return HEAD


def _upgrade(database: Database, backups: Path) -> None:
    from alembic import command
    from alembic.config import Config

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
