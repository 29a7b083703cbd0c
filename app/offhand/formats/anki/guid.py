"""Anki's guids as ids of entries: the same guid makes the same id, and two guids never one."""

from offhand.domain.text import digest

_KEPT = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
_SIGNS = {byte: chr(byte) if byte in _KEPT else f"_{byte:02x}" for byte in range(256)}
_LONGEST = 90


def id_of(guid: bytes) -> str:
    """The id for a note's guid; whatever is no letter, digit or hyphen becomes `_` and its byte."""
    text = guid.decode("latin-1")
    id_ = text.translate(_SIGNS)
    if id_[:1] == "-":
        id_ = f"_2d{id_[1:]}"
    if 0 < len(id_) <= _LONGEST:
        return id_
    # `x` is no digit of a byte, so that no guid's own signs can look like this.
    return f"_x{digest(text)}"
