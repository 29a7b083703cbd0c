"""Which format a source has, told by what is in it, and the reader for it.

Only the module of the format that is read is imported.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.errors import NotFound, OffhandError
from offhand.formats.recognise_text import is_yaml, text_format

if TYPE_CHECKING:
    from offhand.formats.draft import Draft, ReadOptions

_ENOUGH = 256 * 1024
"""How many bytes of a text tell what it is."""
_SAMPLE = 4_000
_RARE = 50
"""A text has no more than one control character in so many bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be imported: what it is called, and where its reader is."""

    title: str
    module: str

    def read(self, path: Path, options: "ReadOptions") -> "list[Draft]":
        """The decks of a source. Raises OffhandError for one that cannot be read at all."""
        module = import_module(f"offhand.formats.{self.module}")
        drafts: list[Draft] = module.read(path, options)
        return drafts


FORMATS = {
    "yaml": Format("Offhand's own YAML", "yaml.source"),
    "anki": Format("an Anki package", "anki.reading"),
    "csv": Format("a table, CSV or TSV", "tables.reading"),
    "markdown": Format("Markdown cards", "notes.reading"),
    "outline": Format("an outline: headings, terms, paragraphs", "outlines.reading"),
    "hascard": Format("hascard", "trainers.hascard"),
    "qa": Format("questions and answers, Q: and A:", "trainers.qa_text"),
    "mnemosyne": Format("a Mnemosyne package", "trainers.mnemosyne"),
    "mochi": Format("a Mochi package", "trainers.mochi"),
}
"""The formats by the names that --format knows."""

_PACKAGES = (".apkg", ".colpkg", ".mochi", ".cards")
_SAVE = "in the program that wrote it, and import that."
_DOCUMENTS = {
    "xl/workbook.xml": f"Save it as CSV {_SAVE}",
    "word/document.xml": f"Save it as plain text {_SAVE}",
    "content.xml": f"Save it as CSV or plain text {_SAVE}",
    "META-INF/container.xml": "Copy the words that you want to learn into a text file.",
}
"""What tells the archives of office programs and books, and what can be done with those."""
_LOOKED_FOR = (
    "Offhand reads YAML decks, Anki and Mnemosyne and Mochi packages, CSV and TSV, Markdown, "
    "hascard, Q:/A: text and outlines."
)
_NAME_IT = "--format NAME reads it as one of: " + ", ".join(FORMATS) + "."


def read(path: Path, options: "ReadOptions", name: str = "") -> "list[Draft]":
    """The decks of a source, as the format `name` or else as the one that it is seen to have.

    Raises OffhandError when there is nothing to read, or nothing that is known.
    """
    _refuse_missing(path)
    return FORMATS[name or recognised(path)].read(path, options)


def format_named(name: str) -> Format:
    """The format of a name. Raises NotFound, naming what there is."""
    if name not in FORMATS:
        raise NotFound(f"There is no format {name!r}.", mend=f"There are: {', '.join(FORMATS)}.")
    return FORMATS[name]


def recognised(path: Path) -> str:
    """The name of the format that a source has. Raises OffhandError when it has none of them."""
    _refuse_missing(path)
    if path.is_dir():
        return _of_folder(path)
    head = _head(path)
    if head.startswith(b"SQLite format 3\0"):
        return "anki"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _of_archive(path)
    if not head.strip():
        raise OffhandError(f"{path} is empty.", mend="There is nothing to import.")
    if head.startswith(b"%PDF-"):
        raise _unknown(path)
    if path.suffix.lower() in _PACKAGES and b"\0" not in head:
        raise OffhandError(
            f"{path} is called a package and is none.",
            "It holds a text, perhaps the page that should have led to the package.",
            "Download it again; --format NAME reads it as something else.",
        )
    return text_format(_text(path, head), path.suffix.lower())


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        raise NotFound(f"There is no file {path}.", mend="Check the path.")
    if not path.is_file() and not path.is_dir():
        raise OffhandError(f"{path} is neither a file nor a folder.")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_ENOUGH)
    except OSError as error:
        raise OffhandError(
            f"{path} cannot be read: {error.strerror or error}.", mend="Check its path and rights."
        ) from None


def _of_folder(path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise OffhandError(
            f"{path} cannot be read: {error.strerror or error}.", mend="Check its rights."
        ) from None
    decks = (path / name for name in names if name.endswith((".yaml", ".yml")))
    if "deck.yaml" in names or any(is_yaml(_text(deck, _head(deck))) for deck in decks):
        return "yaml"
    if any(name.lower().endswith((".md", ".markdown")) for name in names) or any(
        path.rglob("*.md")
    ):
        return "markdown"
    raise OffhandError(
        f"{path} holds no deck.",
        "A folder is imported when it holds `deck.yaml` with its sections, YAML decks, or Markdown.",
        "Name the file to import.",
    )


def _of_archive(path: Path) -> str:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise OffhandError(
            f"{path} is an archive that cannot be opened: {error}.",
            "It is damaged, or was not copied to its end.",
            "Export or download it again.",
        ) from None
    if any(
        name in names for name in ("collection.anki21b", "collection.anki21", "collection.anki2")
    ):
        return "anki"
    if "cards.xml" in names:
        return "mnemosyne"
    if "data.json" in names or "data.edn" in names:
        return "mochi"
    for member, mend in _DOCUMENTS.items():
        if member in names:
            raise OffhandError(f"{path} is a document that Offhand cannot read.", mend=mend)
    held = ", ".join(sorted(names)[:3]) or "nothing"
    raise OffhandError(
        f"{path} is an archive without a deck that Offhand knows.",
        f"It holds {held}{', …' if len(names) > 3 else ''}; an Anki package has a collection, a "
        "Mnemosyne one cards.xml, a Mochi one data.json.",
        "Unpack it, and import the files.",
    )


def _text(path: Path, head: bytes) -> str:
    """The first lines as text; of an encoding only what tells lines and signs apart."""
    return _decoded(path, head).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(path: Path, head: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    controls = sum(0 < byte < 9 or 13 < byte < 27 for byte in head[:_SAMPLE])
    if controls * _RARE > len(head[:_SAMPLE]):
        raise _unknown(path)
    if b"\0" in head:
        even, odd = head[:_SAMPLE:2].count(0), head[1:_SAMPLE:2].count(0)
        if min(even, odd) * 10 > max(even, odd):
            raise _unknown(path)
        return head.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    return head.decode("utf-8-sig", "replace")


def _unknown(path: Path) -> OffhandError:
    return OffhandError(f"{path} is no file that Offhand can import.", _LOOKED_FOR, _NAME_IT)
