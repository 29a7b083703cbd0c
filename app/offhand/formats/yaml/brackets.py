"""Fields as YAML in brackets, on one line: for a file that is written that way."""

from collections.abc import Mapping

from offhand.formats.yaml.entry_fields import Reasons, Value
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.scalar import LONGEST_KEY, in_brackets


def bracketed(value: Value | Mapping[str, Value]) -> str:
    """A field's value, or some fields, in brackets."""
    if isinstance(value, str):
        return in_brackets(as_read(value))
    if isinstance(value, Reasons):
        if any(why for _, why in value.pairs):
            return f"{{{', '.join(pair_in_brackets(text, why) for text, why in value.pairs)}}}"
        return bracketed(tuple(text for text, _ in value.pairs))
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {bracketed(each)}' for name, each in value.items())}}}"
    return f"[{', '.join(map(bracketed, value))}]"


def pair_in_brackets(key: str, value: Value | Mapping[str, Value]) -> str:
    """A text as a key with its value, as it stands in `{a: b, c: d}`."""
    name = bracketed(key)
    mark = "? " if len(name) > LONGEST_KEY else ""
    return f"{mark}{name}: {bracketed(value)}"
