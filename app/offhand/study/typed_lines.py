"""Lists as a person types them: one item a line, and further lines of it indented below."""

from collections.abc import Iterable, Sequence

from offhand.formats.yaml.fields import as_read

_STEP = "  "
_REASON = " :: "
_ESCAPED = " \\:: "


def as_lines(items: Iterable[str]) -> str:
    """Items, each on a line of its own."""
    return "\n".join(item.replace("\n", f"\n{_STEP}") for item in items)


def items_of(lines: str) -> tuple[str, ...]:
    """The items of some lines; empty ones are none."""
    items: list[str] = []
    for line in lines.split("\n"):
        if items and line.startswith(_STEP):
            items[-1] += f"\n{line.removeprefix(_STEP)}"
        else:
            items.append(line)
    return tuple(text for item in items if (text := as_read(item)))


def options_as_lines(options: Iterable[tuple[str, str]]) -> str:
    """Wrong options, each on a line, with its reason after `::`."""
    pairs = ([text.replace(_REASON, _ESCAPED) for text in pair if text] for pair in options)
    return as_lines(map(_REASON.join, pairs))


def options_of(lines: str) -> tuple[tuple[str, str], ...]:
    """The wrong options of some lines."""
    pairs = (item.partition(_REASON) for item in items_of(lines))
    return tuple((_unescaped(text), _unescaped(why)) for text, _, why in pairs)


def tags_of(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The tags of a line or of some, with commas between them; those `known` stay as they are."""
    lines = items_of(text)
    parts = (part for line in lines for part in ([line] if line in known else line.split(",")))
    return tuple(dict.fromkeys(tag for part in parts if (tag := as_read(part))))


def _unescaped(text: str) -> str:
    return as_read(text.replace(_ESCAPED, _REASON))
