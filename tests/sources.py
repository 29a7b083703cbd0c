"""Sources to be read: files written for a test, and what their readers make of them."""

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from offhand.formats.draft import Draft, DraftEntry, Reader, ReadOptions

NO_OPTIONS = ReadOptions()


def written(path: Path, text: str | bytes) -> Path:
    """The file at a path, with this in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    """A zip file with these members."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read_one(read: Reader, path: Path, options: ReadOptions = NO_OPTIONS) -> Draft:
    """The one draft that a reader makes of a source."""
    (draft,) = read(path, options)
    return draft


def shown(entry: DraftEntry) -> dict[str, Any]:
    """What an entry has, without where it stands."""
    fields = (name for name in DraftEntry.__dataclass_fields__ if name != "place")
    return {
        name: value for name in fields if (value := getattr(entry, name)) not in ("", (), None, {})
    }


def sections(draft: Draft) -> dict[str, list[tuple[str, str]]]:
    """The sections of a draft by their titles: front and back of each entry with two sides."""
    return {
        section.title: [_sides(entry) for entry in section.entries] for section in draft.sections
    }


def _sides(entry: DraftEntry) -> tuple[str, str]:
    if entry.term:
        return entry.term, entry.definition
    if entry.questions:
        return entry.questions[0].question, entry.questions[0].answer
    if entry.choices:
        return entry.choices[0].question, entry.choices[0].right
    return entry.cloze[0], ""


def places(faults: tuple[Any, ...]) -> list[tuple[int, str]]:
    """The lines of faults, and what they say."""
    return [(fault.place.line, fault.what) for fault in faults]
