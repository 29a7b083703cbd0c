"""The front matter of a Markdown note, in YAML or TOML, as far as a deck can use it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from offhand.formats.fault import Faulty
from offhand.formats.yaml.tree import Fields, Items, Text, tree_of

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"(?:[ \t]*(?:#.*)?\n)*[ \t]*[\w.\"-]+[ \t]*=")
_FIELD = re.compile(r"(?:[ \t]*(?:#.*)?\n)*[^\s:#][^:\n]*:(?:\s|\Z)")
_LARGEST = 50_000
_TITLES = ("title", "deck", "name")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a note says of itself; its text begins at `end`. What cannot be read is not `legible`."""

    title: str = ""
    tags: tuple[str, ...] = ()
    end: int = 0
    legible: bool = True

    def blanked(self, text: str) -> str:
        """The note's text with empty lines for the front matter, so that lines keep their numbers."""
        return "\n" * text.count("\n", 0, self.end) + text[self.end :]


def front_matter(text: str) -> FrontMatter:
    """What stands at the head of a note; nothing when there is no front matter."""
    match = _FRONT.match(text)
    if match is None or len(match[2]) > _LARGEST:
        return FrontMatter()
    inside = match[2]
    if not inside.strip():
        return FrontMatter(end=match.end())
    if match[1] == "+++" or _TOML.match(inside):
        fields = _toml(inside)
    elif _FIELD.match(inside):
        fields = _yaml(inside)
    else:
        return FrontMatter()
    if fields is None:
        return FrontMatter(end=match.end(), legible=False)
    title = next((found[0] for name in _TITLES if (found := fields.get(name))), "")
    tags = fields.get("tags") or fields.get("tag") or []
    words = [word.strip().lstrip("#") for tag in tags for word in re.split(r"[,\s]+", tag)]
    return FrontMatter(title.strip(), tuple(dict.fromkeys(filter(None, words))), match.end())


def _toml(text: str) -> Mapping[str, list[str]] | None:
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return {
        key.casefold(): [str(each) for each in (value if isinstance(value, list) else [value])]
        for key, value in found.items()
        if isinstance(value, (str, list))
    }


def _yaml(text: str) -> Mapping[str, list[str]] | None:
    try:
        root = tree_of(text, Path())
    except Faulty:
        return None
    if not isinstance(root, Fields):
        return None
    found = {}
    for key, value in root.pairs:
        listed = value.items if isinstance(value, Items) else [value]
        texts = [each.value for each in listed if isinstance(each, Text) and each.value.strip()]
        found[key.value.casefold()] = texts
    return found
