"""EDN, Clojure's notation, as far as Mochi's older files use it: read into dicts, lists and texts."""

import re
from datetime import UTC, datetime
from typing import Any

_SKIPPED = re.compile(r"(?:[\s,]+|;[^\n]*)*")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ATOM = re.compile(r"[^\s,()\[\]{}\";]+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?[NM]?")
_NAMED_SIGNS = {"newline": "\n", "space": " ", "tab": "\t", "return": "\r"}
_CLOSING = {"(": ")", "[": "]", "{": "}", "#{": "}"}
_DEEPEST = 200


def from_edn(text: str) -> Any:
    """What an EDN text says. Raises ValueError, naming the line."""
    reader = _Reader(text)
    value = reader.value(0)
    reader.skip()
    if reader.at < len(text):
        raise reader.wrong("something stands behind its end")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self) -> None:
        match = _SKIPPED.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def wrong(self, what: str) -> ValueError:
        return ValueError(f"{what}, on line {self.text.count(chr(10), 0, self.at) + 1}")

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise self.wrong("it is nested too deep")
        self.skip()
        sign = self.text[self.at : self.at + 1]
        if not sign:
            raise self.wrong("it ends too early")
        if sign in "([{":
            return self.collection(sign, depth)
        if sign == '"':
            return self.string()
        if sign == "\\":
            return self.character()
        if sign == "#":
            return self.dispatched(depth)
        return self.atom()

    def collection(self, opening: str, depth: int) -> Any:
        self.at += len(opening)
        closing, values = _CLOSING[opening], []
        while True:
            self.skip()
            sign = self.text[self.at : self.at + 1]
            if sign == closing:
                self.at += 1
                break
            if sign in (")", "]", "}", ""):
                raise self.wrong(f"a `{opening}` is never closed")
            if self.text.startswith("#_", self.at):
                self.at += 2
                self.value(depth + 1)
                continue
            values.append(self.value(depth + 1))
        if opening != "{":
            return values
        if len(values) % 2:
            raise self.wrong("a map has a key without a value")
        return {str(key): value for key, value in zip(values[::2], values[1::2], strict=True)}

    def string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            raise self.wrong("a text is never closed")
        self.at = match.end()
        return _ESCAPE.sub(_unescaped, match[1]) if "\\" in match[1] else match[1]

    def character(self) -> str:
        match = _ATOM.match(self.text, self.at + 2)
        name = self.text[self.at + 1 : match.end() if match else self.at + 2]
        self.at += 1 + len(name)
        return _NAMED_SIGNS.get(name, name)

    def dispatched(self, depth: int) -> Any:
        if self.text.startswith("#{", self.at):
            return self.collection("#{", depth)
        if self.text.startswith("#_", self.at):
            self.at += 2
            self.value(depth + 1)
            return self.value(depth + 1)
        self.at += 1
        tag = self.atom()
        value = self.value(depth + 1)
        if tag == "inst" and isinstance(value, str):
            try:
                moment = datetime.fromisoformat(value)
                return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            except ValueError:
                return value
        return value

    def atom(self) -> Any:
        match = _ATOM.match(self.text, self.at)
        if match is None:
            raise self.wrong(f"`{self.text[self.at]}` stands where a value belongs")
        self.at = match.end()
        word = match[0]
        if word in ("nil", "true", "false"):
            return {"nil": None, "true": True, "false": False}[word]
        if _NUMBER.fullmatch(word):
            bare = word.rstrip("NM")
            return int(bare) if bare.lstrip("+-").isdecimal() else float(bare)
        return word.removeprefix(":")


def _unescaped(match: re.Match[str]) -> str:
    what = match[1]
    return chr(int(what[1:], 16)) if len(what) > 1 else _ESCAPED.get(what, what)
