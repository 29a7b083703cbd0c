"""In which order the entries of a deck are learned."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest

from offhand.domain.card import Entry
from offhand.domain.text import fold


def entries_by_name(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entries by what others may call them, folded.

    An id goes before a term, a term before an alias, and the first of the deck before the next.
    """
    last_first = list(entries)[::-1]
    found = {fold(alias): entry for entry in last_first for alias in entry.names[1:]}
    found |= {fold(name): entry for entry in last_first for name in entry.names[:1]}
    return found | {fold(entry.id): entry for entry in last_first}


def entries_seen(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """The ids of the entries that each entry builds on, as far as its deck has them."""
    by_name = entries_by_name(entries)
    return {
        entry.id: tuple(by_name[fold(name)].id for name, _ in entry.see if fold(name) in by_name)
        for entry in entries
    }


def learning_order(sections: Sequence[Sequence[Entry]], mixed: bool = False) -> list[str]:
    """The ids of all entries as they are learned: what an entry builds on comes before it.

    Otherwise the file's order holds; `mixed` takes one entry of each section in turn instead.
    """
    if mixed:
        rounds = zip_longest(*sections)
        entries = [entry for each in rounds for entry in each if entry is not None]
    else:
        entries = list(chain.from_iterable(sections))
    if not any(entry.see for entry in entries):
        return list(dict.fromkeys(entry.id for entry in entries))
    order: dict[str, None] = {}
    builds_on = entries_seen(entries)
    for entry in entries:
        _place(entry.id, builds_on, order)
    return list(order)


def _place(start: str, builds_on: Mapping[str, tuple[str, ...]], order: dict[str, None]) -> None:
    waiting = [start]
    begun: set[str] = set()
    while waiting:
        entry = waiting[-1]
        # A circle cannot be ordered; a deck with one is refused, so this only must not hang.
        first = [e for e in builds_on[entry] if e not in order and e not in begun]
        begun.add(entry)
        if first:
            waiting += reversed(first)
            continue
        order.setdefault(waiting.pop())
