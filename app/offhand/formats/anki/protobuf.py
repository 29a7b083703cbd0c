"""The little of protobuf that Anki's packages need: the fields of a message, by their numbers."""

_VARINT, _64_BITS, _BYTES, _32_BITS = 0, 1, 2, 5


def fields_of(message: bytes) -> dict[int, list[int | bytes]]:
    """The fields of a message: numbers as int, texts and messages as bytes.

    Raises ValueError for what is no message.
    """
    found: dict[int, list[int | bytes]] = {}
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        value: int | bytes
        if kind == _VARINT:
            value, at = _varint(message, at)
        elif kind == _BYTES:
            size, at = _varint(message, at)
            value, at = message[at : at + size], at + size
        elif kind in (_64_BITS, _32_BITS):
            size = 8 if kind == _64_BITS else 4
            value, at = message[at : at + size], at + size
        else:
            raise ValueError("not a protobuf message")
        if at > len(message):
            raise ValueError("half a protobuf message")
        found.setdefault(number, []).append(value)
    return found


def number(fields: dict[int, list[int | bytes]], at: int, default: int = 0) -> int:
    """The number in a field, the default where it has none. Raises ValueError for another kind."""
    value = fields.get(at, [default])[-1]
    if not isinstance(value, int):
        raise ValueError("not a number")
    return value


def text(fields: dict[int, list[int | bytes]], at: int) -> str:
    """The text in a field, empty where it has none. Raises ValueError for another kind."""
    value = fields.get(at, [b""])[-1]
    if not isinstance(value, bytes):
        raise ValueError("not a text")
    return value.decode("utf-8")


def messages(fields: dict[int, list[int | bytes]], at: int) -> list[bytes]:
    """The messages in a field that may come several times. Raises ValueError for another kind."""
    found = [value for value in fields.get(at, []) if isinstance(value, bytes)]
    if len(found) != len(fields.get(at, [])):
        raise ValueError("not a message")
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            break
    raise ValueError("half a number")
