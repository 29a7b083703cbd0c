"""A text as YAML: as it stands where it can, under `|` where it has lines, in quotes where it must."""

import re

_PRINTABLE = "\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_UNPRINTABLE = re.compile(f"[^{_PRINTABLE}]")
_NOT_IN_LINES = re.compile(f"[^\t\n{_PRINTABLE}]")
_BEGINS_OTHERWISE = re.compile(r"""[\s?:,\[\]{}#&*!|>'"%@`]|-(?:[\s-]|$)|\.\.\.|$""")
_ENDS_EARLY = re.compile(rf":(?:\s|$)|\s#|\s$|[^{_PRINTABLE}]")
_PLAIN_IN_BRACKETS = re.compile(r"[^\W_](?:[\w.+/()-]| (?=\S))*")
_ESCAPED = re.compile(f'["\\\\]|[^{_PRINTABLE}]')
_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
is_just_words = re.compile(r"[^\W_](?:[\w ,.;!?()/'’–-]*[\w,.;!?()/'’–-])?").fullmatch
"""Whether a text holds nothing that YAML could take for more, nor a terminal, as most texts do."""
LONGEST_KEY = 1000
"""What stands before a colon is taken for a key up to 1024 characters."""


def scalar(text: str, pad: str) -> str:
    """What stands after `key: ` or `- ` for a text that has no white space around it.

    Further lines begin with `pad`.
    """
    if "\n" in text:
        return on_lines(text, pad)
    return on_one_line(text)


def on_lines(text: str, pad: str) -> str:
    """A text below `|`, its lines beginning with `pad`; on one line where YAML allows no other way."""
    if _NOT_IN_LINES.search(text):
        return on_one_line(text)
    return "|\n" + "\n".join([pad + line if line else "" for line in text.split("\n")])


def on_one_line(text: str, quote: str = "") -> str:
    """A text as YAML on one line; in quotes of a kind where `quote` is one."""
    if not quote and is_just_words(text):
        return text
    if quote == "'" and not _UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if quote:
        return _in_double_quotes(text)
    if not _BEGINS_OTHERWISE.match(text) and not _ENDS_EARLY.search(text):
        return text
    return _quoted(text)


def in_brackets(text: str) -> str:
    """A text as it stands in `[a, b]`."""
    return text if _PLAIN_IN_BRACKETS.fullmatch(text) else _quoted(text)


def can_be_key(text: str) -> bool:
    """Whether a text can stand before a colon."""
    return "\n" not in text and len(on_one_line(text)) <= LONGEST_KEY


def _quoted(text: str) -> str:
    if '"' in text or "\\" in text:
        return on_one_line(text, "'")
    return _in_double_quotes(text)


def _in_double_quotes(text: str) -> str:
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    if sign in _NAMED:
        return _NAMED[sign]
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
