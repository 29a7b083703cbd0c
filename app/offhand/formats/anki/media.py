"""The images of a collection: what they are called, in it and in a deck's texts."""

import json
import re
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from offhand.domain.text import digest, visible
from offhand.errors import OffhandError
from offhand.formats.anki.package import Package
from offhand.formats.anki.protobuf import fields_of, messages, number, text

_MAP = "media"
_LARGEST_MAP = 100_000_000
_LEGACY_NAME = 255
_UNFIT = re.compile(r"[^\w.-]+")
_LONGEST = 100
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"data:image/(?P<kind>png|jpeg|gif|webp|svg\+xml|bmp|avif)(?:;[^,]*)?;base64,(?P<data>.+)",
    re.DOTALL | re.IGNORECASE,
)


class Media:
    """The images that the texts of a collection ask for, out of the `files` that there are.

    `name_of` gives the name for a text; `used` are then the images by those names, each with a
    function that reads it; `missing` are those that are not there.
    """

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self.used: dict[str, Callable[[], bytes]] = {}
        self.missing: set[str] = set()

    def name_of(self, source: str) -> str:
        """The name that an image bears in Markdown, from its `src`; empty for one that is none."""
        if (name := self._names.get(source)) is None:
            name = self._names[source] = self._named(source)
        return name

    def all_of(self, names: Mapping[str, str]) -> dict[str, Callable[[], bytes]]:
        """The images of a deck of our own: `names` are those in its texts, with those here."""
        return {
            original: self._files[name] for original, name in names.items() if name in self._files
        }

    def _named(self, source: str) -> str:
        if embedded := _EMBEDDED.match(source):
            return self._embedded(embedded)
        if _REMOTE.match(source):
            return (
                source if source.startswith(("https://", "http://")) and " " not in source else ""
            )
        asked = unicodedata.normalize("NFC", unquote(source))
        if asked != source and asked in self._names:
            return self._names[asked]
        file = self._files.get(asked)
        name = _fit(asked)
        if file is None:
            self.missing.add(asked)
            return name
        if name.casefold() in self._taken:
            name = f"{digest(asked)[:8]}-{name}"
        self._taken.add(name.casefold())
        self.used[name] = file
        self._names[asked] = name
        return name

    def _embedded(self, found: re.Match[str]) -> str:
        try:
            data = b64decode(unquote(found["data"]), validate=False)
        except ValueError:
            return ""
        ending = {"jpeg": "jpg", "svg+xml": "svg"}.get(found["kind"].lower(), found["kind"].lower())
        name = f"image-{digest(found['data'])[:12]}.{ending}"
        self.used[name] = lambda: data
        return name


def media_in(package: Package) -> dict[str, Callable[[], bytes]]:
    """The media in a package by their names, each with a function that reads it. Raises OffhandError."""
    if _MAP not in package:
        return {}
    raw = package.read(_MAP, _LARGEST_MAP)
    try:
        found = _from_messages(raw) if package.version == 3 else _from_json(raw)
    except (ValueError, RecursionError):
        raise OffhandError(
            f"{package.path} cannot be read: its list of media is damaged.",
            mend="Export it from Anki again.",
        ) from None
    files: dict[str, Callable[[], bytes]] = {}
    for member, name in found:
        if not _is_safe(name):
            raise OffhandError(
                f"{package.path} is a trap: a file in it is called `{visible(name)[:200]}`.",
                "That would lie outside of the deck's own folder.",
                "Do not trust where it came from.",
            )
        if member in package:
            files[unicodedata.normalize("NFC", name)] = partial(package.read, member)
    return files


def media_beside(collection: Path) -> dict[str, Callable[[], bytes]]:
    """The media that Anki keeps in a folder beside a collection of its own."""
    folder = collection.with_suffix(".media")
    try:
        found = [each for each in folder.iterdir() if each.is_file() and not each.is_symlink()]
    except OSError:
        return {}
    return {unicodedata.normalize("NFC", each.name): each.read_bytes for each in found}


def _from_messages(raw: bytes) -> list[tuple[str, str]]:
    found = []
    for at, entry in enumerate(messages(fields_of(raw), 1)):
        fields = fields_of(entry)
        found.append((str(number(fields, _LEGACY_NAME, at)), text(fields, 1)))
    return found


def _from_json(raw: bytes) -> list[tuple[str, str]]:
    found = json.loads(raw)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise ValueError("no mapping of names")
    return list(found.items())


def _is_safe(name: str) -> bool:
    """Whether a name is that of a file, and nothing else."""
    if name in ("", ".", ".."):
        return False
    return not set(name) & {"/", "\\", "\0"} and not re.match(r"[A-Za-z]:", name)


def _fit(name: str) -> str:
    """A name that needs no quoting, in Markdown or on a disk; the same for the same name."""
    fit = _UNFIT.sub("-", name).replace("-.", ".").strip("-.") or "image"
    if len(fit) <= _LONGEST:
        return fit
    stem, dot, ending = fit.rpartition(".")
    ending = dot + ending if len(ending) < 10 else ""
    return f"{stem[: _LONGEST - 9 - len(ending)]}-{digest(name)[:8]}{ending}"
