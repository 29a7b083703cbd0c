"""Exporting decks to a file: all of it or nothing, and never over a file that is there unasked."""

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from offhand.domain.card import EVERYTHING, Scope
from offhand.errors import OffhandError
from offhand.formats.entry_cards import card_ways
from offhand.formats.takeout import Progress, Takeout
from offhand.study.desk import Desk
from offhand.study.sentences import counted
from offhand.study.takeout import gather
from offhand.whole_file import on_disk

FORMATS = {
    "apkg": (".apkg",),
    "yaml": (".yaml", ".yml"),
    "csv": (".csv",),
    "markdown": (".md", ".markdown"),
    "json": (".json",),
}
"""The formats by the names that --format knows, with the endings of their files."""

_WITH_HISTORY = ("apkg", "json")
_WITH_FILES_BESIDE = ("yaml", "markdown")
_WITH_SEVERAL = ("apkg", "csv", "json", "markdown")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported, and where to.

    `format` is one of FORMATS, told by the file's ending where it is empty. `history` takes the
    schedule and the review log along, `force` allows to write over files that are there.
    """

    to: Path
    scope: Scope = EVERYTHING
    tag: str = ""
    format: str = ""
    history: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the decks' ids, counts, and in sentences what the format could not hold."""

    path: Path
    format: str
    decks: tuple[str, ...]
    entries: int
    cards: int
    media: int
    told: tuple[str, ...]


def export(desk: Desk, wanted: Wanted, progress: Progress = lambda *_: None) -> Exported:
    """Write decks to a file. `progress` may raise to stop it, which leaves nothing behind.

    Raises OffhandError when the format is unclear or cannot hold them, when files are in the way,
    and when they cannot be written.
    """
    name = format_of(wanted)
    if wanted.history and name not in _WITH_HISTORY:
        raise OffhandError(
            f"The format {name} holds no history.", mend="Export to .apkg or .json for that."
        )
    target = wanted.to.expanduser()
    _refuse_existing(target, wanted.force)
    gathered = gather(desk, wanted.scope, wanted.tag, with_lost=name == "json")
    takeout = gathered.takeout
    if len(takeout.decks) > 1 and name not in _WITH_SEVERAL:
        there = ", ".join(deck.id for deck in takeout.decks)
        raise OffhandError(f"A {name} file holds one deck.", mend=f"Name one of them: {there}.")
    beside = _media_beside(takeout, target) if name in _WITH_FILES_BESIDE else {}
    _write(target, beside, wanted.force, _writer(name, takeout, wanted.history, progress))
    cards = sum(
        len(card_ways(entry, deck.draft.reverse))
        for deck in takeout.decks
        for entry in deck.draft.entries
    )
    files = {media for deck in takeout.decks for media in deck.draft.media}
    told = (*gathered.told, *_losses(name, takeout, len(files)))
    held = len(files) if name in ("apkg", *_WITH_FILES_BESIDE) else 0
    decks = tuple(deck.id for deck in takeout.decks if deck.draft.entries)
    return Exported(target, name, decks, takeout.entries, cards, held, told)


def exported_sentence(done: Exported) -> str:
    """What was written, in a sentence."""
    held = [counted(done.entries, "entry", "entries"), counted(done.cards, "card")]
    if done.media:
        held.append(counted(done.media, "image"))
    return f"{done.path}: {', '.join(held)}."


def format_of(wanted: Wanted) -> str:
    """The format that a file is to have. Raises OffhandError when nothing tells it."""
    if wanted.format:
        return wanted.format
    ending = wanted.to.suffix.lower()
    for name, endings in FORMATS.items():
        if ending in endings:
            return name
    raise OffhandError(
        f"{wanted.to.name!r} does not say in which format.",
        mend=f"Let it end in {', '.join(endings[0] for endings in FORMATS.values())}, or give --format.",
    )


def _writer(
    name: str, takeout: Takeout, history: bool, progress: Progress
) -> Callable[[Path], None]:
    """What writes the decks to a path. Only the format that is wanted is imported."""

    def write(path: Path) -> None:
        match name:
            case "apkg":
                from offhand.formats.apkg_writer import write_apkg

                write_apkg(takeout, path, history, progress)
            case "yaml":
                from offhand.formats.yaml.writer import deck_text

                path.write_text(deck_text(takeout.decks[0].draft), "utf-8", newline="\n")
            case "csv":
                from offhand.formats.csv_writer import write_csv

                write_csv(takeout, path, progress)
            case "markdown":
                from offhand.formats.markdown_writer import write_markdown

                write_markdown(takeout, path, progress)
            case "json":
                from offhand.formats.json_writer import write_json

                write_json(takeout, path, progress)

    return write


def _losses(name: str, takeout: Takeout, files: int) -> Iterator[str]:
    """What a format could not hold."""
    entries = [(e, deck.draft.reverse) for deck in takeout.decks for e in deck.draft.entries]
    if name == "markdown":
        asked_back = sum((r if e.reverse is None else e.reverse) is True for e, r in entries)
        if asked_back:
            yield (
                f"{counted(asked_back, 'term')} asked both ways: Markdown has each once, "
                "as the other card says nothing more."
            )
    if name == "csv":
        left = sum(bool(each.sources or each.see) for each, _ in entries)
        if left:
            yield f"A table has no column for `sources` and `see`: {counted(left, 'entry', 'entries')}."
    if name in ("csv", "json") and files:
        yield f"{counted(files, 'image')} not taken along: {name} holds their names."


def _media_beside(takeout: Takeout, target: Path) -> dict[Path, Callable[[], bytes]]:
    """The files of images by the paths where the texts will look for them."""
    return {
        target.parent / unquote(name): read
        for deck in takeout.decks
        for name, read in deck.draft.media.items()
    }


def _refuse_existing(path: Path, force: bool) -> None:
    if path.is_dir():
        raise OffhandError(f"{path} is a folder.", mend="Name a file in it.")
    if path.exists() and not force:
        raise OffhandError(f"{path} is there already.", mend="Give another name, or --force.")
    if not path.parent.is_dir():
        raise OffhandError(f"There is no folder {path.parent}.", mend="Make it first.")


def _write(
    target: Path,
    beside: Mapping[Path, Callable[[], bytes]],
    force: bool,
    write: Callable[[Path], None],
) -> None:
    """Write a file and those beside it: drafts first, which take their places at the end."""
    drafts: dict[Path, Path] = {}
    made: list[Path] = []
    with _explained(target):
        try:
            for path, read in beside.items():
                content = read()
                if path.exists() and path.read_bytes() == content:
                    continue
                _refuse_existing_media(path, force)
                made += _made_folders(path.parent)
                drafts[path] = _draft(path)
                drafts[path].write_bytes(content)
            drafts[target] = _draft(target)
            write(drafts[target])
            for path, draft in drafts.items():
                on_disk(draft)
                if path.exists():
                    shutil.copymode(path, draft)
            for path, draft in drafts.items():
                draft.replace(path.resolve())
        except BaseException:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            raise


def _refuse_existing_media(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise OffhandError(
            f"{path} is there already, and is another image.",
            mend="Export to another folder, or give --force.",
        )


def _draft(path: Path) -> Path:
    """Where a file is written before it takes its place; a link stays a link."""
    target = path.resolve()
    return target.with_name(f".{target.name}.new")


def _made_folders(folder: Path) -> list[Path]:
    """Make a folder. Returns those that were made for it, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    for each in missing:
        each.mkdir()
    return missing


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise OffhandError(
                "The disk is full: nothing was exported.", f"{target}", "Make room."
            ) from None
        raise OffhandError(
            f"{target} cannot be written: {error.strerror or error}.",
            "Nothing was exported.",
            "Check the rights of the folder.",
        ) from None
