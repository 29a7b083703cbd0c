"""Ids and guids that are the same in every package, so that Anki knows again what it already has."""

from offhand.domain.text import digest

# Anki's ids are moments in ms, and it shows some as such: these lie between 2001 and 2020.
_FIRST, _SPAN = 1_000_000_000_000, 600_000_000_000


def stable_id(name: str) -> int:
    """The id for a thing of a name, as `deck backend`; two names can, very rarely, have one."""
    return _FIRST + int(digest(f"offhand {name}"), 16) % _SPAN


def guid_of(card: str) -> str:
    """The guid of the note whose first card has this id."""
    return digest(f"offhand note {card}")[:20]
