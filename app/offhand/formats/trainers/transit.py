"""Transit, the JSON in which Mochi writes its data: keywords, sets, lists and moments made plain.

Both of its forms are read: the verbose one, with maps as JSON has them, and the compact one, with
maps as lists that begin with `^ ` and a cache for what comes again (transit-format, revision 0.8).
"""

import json
from datetime import UTC, datetime
from typing import Any

_CACHED_FROM = 4
_CACHE = 44
_CACHE_SIZE = _CACHE * _CACHE
_DEEPEST = 200


def from_transit(text: str) -> Any:
    """What a Transit text says, in dicts, lists and texts. Raises ValueError."""
    try:
        return _Reader().value(json.loads(text), 0)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


class _Reader:
    def __init__(self) -> None:
        self.cache: list[str] = []

    def value(self, written: Any, depth: int, is_key: bool = False) -> Any:
        if depth > _DEEPEST:
            raise ValueError("it is nested too deep")
        if isinstance(written, str):
            return self.text(written, is_key)
        if isinstance(written, dict):
            return self.mapping(list(written.items()), depth)
        if isinstance(written, list):
            return self.listed(written, depth)
        return written

    def mapping(self, pairs: list[tuple[Any, Any]], depth: int) -> Any:
        if len(pairs) == 1 and isinstance(tag := pairs[0][0], str) and tag.startswith("~#"):
            return self.tagged(tag[2:], pairs[0][1], depth)
        return {
            _as_key(self.value(key, depth + 1, True)): self.value(each, depth + 1)
            for key, each in pairs
        }

    def listed(self, written: list[Any], depth: int) -> Any:
        if written and written[0] == "^ ":
            return self.mapping(list(zip(written[1::2], written[2::2], strict=False)), depth)
        if len(written) == 2 and isinstance(written[0], str):
            tag = self.text(written[0], False) if written[0].startswith("^") else written[0]
            if isinstance(tag, str) and tag.startswith("~#"):
                if tag is written[0]:
                    self.remember(tag, False)
                return self.tagged(tag[2:], written[1], depth)
        return [self.value(each, depth + 1) for each in written]

    def tagged(self, tag: str, written: Any, depth: int) -> Any:
        value = self.value(written, depth + 1)
        if tag in ("m", "t", "dt") and isinstance(value, (int, float, str)):
            return _moment(value)
        if tag == "cmap" and isinstance(value, list):
            return {_as_key(k): v for k, v in zip(value[::2], value[1::2], strict=False)}
        return value

    def text(self, written: str, is_key: bool) -> Any:
        if written.startswith("^") and len(written) in (2, 3) and written != "^ ":
            return self.again(written[1:])
        self.remember(written, is_key)
        return _plain(written)

    def remember(self, written: str, is_key: bool) -> None:
        if len(written) >= _CACHED_FROM and (is_key or written[:2] in ("~:", "~$", "~#")):
            if len(self.cache) >= _CACHE_SIZE:
                self.cache.clear()
            self.cache.append(written)

    def again(self, code: str) -> Any:
        index = 0
        for sign in code:
            index = index * _CACHE + ord(sign) - 48
        if not 0 <= index < len(self.cache):
            raise ValueError(f"it points to `^{code}`, which is not there")
        cached = self.cache[index]
        return cached if cached.startswith("~#") else _plain(cached)


def _plain(written: str) -> Any:
    """A text, or what a text with a sign stands for."""
    if not written.startswith(("~", "^")) or len(written) < 2:
        return written
    sign, rest = written[1], written[2:]
    if written[0] == "^" or sign in "~^`":
        return written[1:]
    if sign in "mt":
        return _moment(rest)
    if sign in "in" and rest.lstrip("-").isdecimal() and len(rest) < 30:
        return int(rest)
    if sign == "?":
        return rest == "t"
    if sign == "_":
        return None
    return rest


def _moment(value: Any) -> Any:
    """A moment: in ms since 1970, or as ISO 8601; what cannot be one stays as it is."""
    try:
        text = str(value).removeprefix("~m").removeprefix("~t")
        if text.lstrip("-").isdecimal():
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        return datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return value


def _as_key(key: Any) -> str:
    return key if isinstance(key, str) else str(key)
