"""Writing the log and the states folded from it."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from offhand.domain.event import AnyEvent
from offhand.domain.fold import CardState
from offhand.store.rows import row_of_event, row_of_state
from offhand.store.tables import events, meta, states

_BATCH = 5_000


def append(connection: Connection, event: AnyEvent) -> None:
    """Add an event to the log."""
    connection.execute(insert(events), row_of_event(event))


def append_all(connection: Connection, many: Iterable[AnyEvent]) -> None:
    """Add events to the log; those that it already holds are left as they are."""
    names = [column.name for column in events.columns]
    statement = (
        f"INSERT INTO events ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        " ON CONFLICT (id) DO NOTHING"
    )
    rows = (tuple(map(row_of_event(event).get, names)) for event in many)
    while some := list(islice(rows, _BATCH)):
        connection.exec_driver_sql(statement, some)


def keep_states(connection: Connection, folded: Iterable[tuple[str, CardState]]) -> None:
    """Store what the events of many cards made of them."""
    rows = ({"b_card": card, **row_of_state(state)} for card, state in folded)
    statement = update(states).where(states.c.card == bindparam("b_card"))
    while some := list(islice(rows, _BATCH)):
        connection.execute(statement, some)


def keep_state(connection: Connection, card: str, state: CardState) -> None:
    """Store what a card's events made of it."""
    connection.execute(update(states).where(states.c.card == card), row_of_state(state))


def keep_fact(connection: Connection, name: str, value: str) -> None:
    """Store a fact about the database itself."""
    row = upsert(meta).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def newest_event(connection: Connection) -> str | None:
    """The id of the newest event in the log."""
    found: str | None = connection.scalar(select(events.c.id).order_by(events.c.id.desc()).limit(1))
    return found
