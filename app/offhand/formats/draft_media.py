"""The media of a draft: names that are safe in any folder, and the texts that point to them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from offhand.domain.card import Place
from offhand.formats.draft import Draft, DraftEntry
from offhand.formats.draft_texts import with_texts
from offhand.formats.fault import Fault

_LINK = re.compile(r"(!?\[(?:[^\[\]\n]|\\.)*\]\()(<[^<>\n]*>|(?:[^()\n]|\([^()\n]*\))*)(\))")
_TITLED = re.compile(r"^(\S+)\s+(?:\"[^\"]*\"|'[^']*')$")
_UNFIT = re.compile(r"[^\w.-]+")
_DRIVE = re.compile(r"^[A-Za-z]:")
_LONGEST = 120
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True)
class Media:
    """The files that a draft's texts point to, by the names that they get in the media folder."""

    files: Mapping[str, Callable[[], bytes]]
    names: Mapping[str, str]
    """From the name in the source to that in the folder."""


def with_media_in(
    draft: Draft, folder: str, known: Mapping[str, str] | None = None
) -> tuple[Draft, Media]:
    """The draft with its texts pointing into `folder`, and the files that belong there.

    `known` are the names that media of this source already have there. A name that would leave the
    folder is a fault of the entry that points to it.
    """
    if not draft.media:
        return draft, Media({}, {})
    pointing = _Pointing(draft.media, folder, dict(known or {}))
    sections = tuple(
        replace(section, entries=tuple(pointing.entries(section.entries)))
        for section in draft.sections
    )
    files = {safe: draft.media[name] for name, safe in sorted(pointing.used.items())}
    faults = (*draft.faults, *pointing.faults)
    return replace(draft, sections=sections, faults=faults), Media(files, pointing.used)


def names_in(text: str) -> list[str]:
    """What the links and images of a text point to, as written."""
    return [_pointed(match[2]) for match in _LINK.finditer(text)]


def images_in(text: str) -> list[str]:
    """What the images of a text point to, as written."""
    return [_pointed(match[2]) for match in _LINK.finditer(text) if match[1].startswith("!")]


class _Pointing:
    def __init__(self, media: Mapping[str, object], folder: str, known: dict[str, str]) -> None:
        self.media = media
        self.folder = folder
        self.known = known
        self.taken = {safe.casefold() for safe in known.values()}
        self.used: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.astray: list[str] = []

    def entries(self, entries: Iterable[DraftEntry]) -> Iterable[DraftEntry]:
        """The entries that can be taken, pointing to where their media will lie."""
        for entry in entries:
            pointing = with_texts(entry, self._text)
            if not self.astray:
                yield pointing
                continue
            self.faults += [_outside(entry.place, name) for name in self.astray]
            self.astray = []

    def _text(self, text: str) -> str:
        return _LINK.sub(self._link, text) if "](" in text else text

    def _link(self, match: re.Match[str]) -> str:
        pointed = _pointed(match[2])
        name = next((n for n in (pointed, unquote(pointed)) if n in self.media), None)
        if name is None:
            return match[0]
        if leads_out(name):
            self.astray.append(name)
            return match[0]
        return f"{match[1]}{self.folder}/{self._safe(name)}{match[3]}"

    def _safe(self, name: str) -> str:
        if name not in self.used:
            there = name.removeprefix(f"{self.folder}/")
            is_there = there != name and there in self.known.values()
            known = there if is_there else self.known.get(name)
            self.used[name] = known or self._unused(safe_name(name))
        return self.used[name]

    def _unused(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        stem, ending = (stem, dot + ending) if stem else (name, "")
        count, found = 1, name
        while found.casefold() in self.taken:
            count += 1
            found = f"{stem}-{count}{ending}"
        self.taken.add(found.casefold())
        return found


def leads_out(name: str) -> bool:
    """Whether a name would lead out of the folder that it is written to, or hides what it is."""
    parts = name.replace("\\", "/").split("/")
    return (
        not name
        or ".." in parts
        or parts[0] == ""
        or _DRIVE.match(name) is not None
        or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    )


def safe_name(name: str) -> str:
    """A file name of letters, digits, `_`, `-` and `.` for a name that does not lead out."""
    parts = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    if len(parts) > 1 and parts[0].endswith(".media"):
        parts = parts[1:]
    joined = _UNFIT.sub("-", "-".join(part for part in parts if part not in ("", "."))).strip("-.")
    path = Path(joined or "file")
    stem = "_" + path.stem if path.stem.casefold() in _RESERVED else path.stem
    ending = path.suffix[:12]
    while len((stem + ending).encode()) > _LONGEST:
        stem = stem[:-1]
    return stem + ending


def _pointed(written: str) -> str:
    text = written.strip()
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    titled = _TITLED.match(text)
    return titled[1] if titled else text


def _outside(place: Place, name: str) -> Fault:
    what = f"The media name {name[:80]!r} leads out of the deck's media folder."
    return Fault(place, what, "Rename it in the source, or leave the card out with --skip-bad.")
