"""Tags as Anki can hold them."""

import re

from offhand.domain.card import Level

_SPACE = re.compile(r"\s+")


def tag_of(tag: str) -> str:
    """A tag without white space."""
    return _SPACE.sub("_", tag.strip())


def level_tag(level: Level) -> str:
    """A level as a tag."""
    return f"level::{level.value}"
