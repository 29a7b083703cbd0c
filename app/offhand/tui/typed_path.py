"""A path as a person types or pastes it, and how it may go on."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

_MOST = 200


def typed_path(text: str) -> Path:
    """The path that a text stands for: quotes, `~`, `file://` and escaped spaces as a shell has them."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif "\\" in text and os.sep == "/" and not Path(text).exists():
        text = text.replace("\\", "")
    return Path(text).expanduser()


def continuations(text: str) -> list[str]:
    """The names that a typed path may go on with, folders with a slash behind, hidden ones left out."""
    folder, _, begun = text.rpartition("/")
    where = typed_path(folder or ("/" if text.startswith("/") else "."))
    try:
        with os.scandir(where) as entries:
            found = [
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.casefold().startswith(begun.casefold())
                and (begun.startswith(".") or not entry.name.startswith("."))
            ]
    except OSError:
        return []
    return sorted(found, key=str.casefold)[:_MOST]


def completed(text: str) -> str:
    """The typed path as far as it can only go on one way."""
    found = continuations(text)
    folder, slash, begun = text.rpartition("/")
    common = os.path.commonprefix(found)  # noqa: RUF071 letter by letter is meant
    return f"{folder}{slash}{common}" if len(common) > len(begun) else text
