"""Opening a learner's desk: the database at its newest schema, the decks as their files say."""

from os import urandom

from offhand.clock import Clock
from offhand.paths import Paths
from offhand.settings import load_settings
from offhand.store import reading
from offhand.store.migrate import INDEX, open_database
from offhand.study.desk import SCHEDULER, Desk, note_rest_days, refold
from offhand.study.refresh import refresh

_DEVICE, _SEARCH = "device", "search"


def open_desk(paths: Paths, clock: Clock) -> Desk:
    """Open the learner's desk: database at its newest schema, decks as their files say.

    Raises OffhandError when settings or database cannot be read.
    """
    settings = load_settings(paths.settings)
    desk = Desk(paths, settings, clock, open_database(paths.database, paths.backups))
    try:
        facts = reading.facts(desk.db)
        desk.device = facts.get(_DEVICE) or _name_device(desk)
        note_rest_days(desk)
        if facts.get(_SEARCH) != INDEX:
            _index_anew(desk)
        refresh(desk)
        if facts.get(SCHEDULER) != desk.scheduler.signature:
            refold(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def _index_anew(desk: Desk) -> None:
    """Make the index over the cards' texts, for a database from before, or of another rule."""
    from offhand.store import history, search

    with desk.db.writing() as connection:
        search.rebuild(connection)
        history.keep_fact(connection, _SEARCH, INDEX)


def _name_device(desk: Desk) -> str:
    from offhand.store import history

    with desk.db.writing() as connection:
        # Another Offhand may have been first.
        name = reading.facts(desk.db).get(_DEVICE) or urandom(4).hex()
        history.keep_fact(connection, _DEVICE, name)
    return name
