"""The lasting ids that new cards get: their keys, unless another card bears that name already."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from offhand.store.tables import cards, events

_AT_ONCE = 500


class NewIds:
    """Gives ids to new cards; `taken` are those that others have, of the names that may be wanted."""

    def __init__(self, connection: Connection, taken: set[str]) -> None:
        self._taken = taken
        if taken:
            numbered = select(cards.c.id).where(func.instr(cards.c.id, "~") > 0)
            self._taken |= set(connection.scalars(numbered))
        self._lasting = _ids_by_rename(connection)
        self._renamed = set(self._lasting.values())

    def of(self, key: str) -> str:
        """The id of a new card of this key."""
        wanted = found = self._lasting.get(key, key)
        count = 1
        while found in self._taken or (key not in self._lasting and found in self._renamed):
            # Its name once was another card's, which kept its id when it was renamed.
            count += 1
            found = f"{wanted}~{count}"
        self._taken.add(found)
        return found


def ids_for(connection: Connection, keys: Sequence[str]) -> NewIds:
    """The ids for new cards of these keys."""
    taken: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        taken |= set(connection.scalars(select(cards.c.id).where(cards.c.id.in_(some))))
    return NewIds(connection, taken)


def ids_in(connection: Connection, deck: str) -> NewIds:
    """The ids for new cards of a deck, of whichever keys."""
    begins = cards.c.id.between(f"{deck}/", f"{deck}0")
    return NewIds(connection, set(connection.scalars(select(cards.c.id).where(begins))))


def _ids_by_rename(connection: Connection) -> dict[str, str]:
    """Under which lasting id the log knows a key, for cards renamed before their row was lost."""
    rows = connection.execute(
        select(events.c.card, events.c.key).where(events.c.kind == "rename").order_by(events.c.id)
    ).all()
    newest = {row.card: row.key for row in rows}
    return {row.key: row.card for row in rows if newest[row.card] == row.key}
