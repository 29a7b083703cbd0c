"""What a source is, is told by what is in it; what is nothing is refused in a sentence."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from offhand.errors import NotFound, OffhandError
from offhand.formats import recognise
from offhand.formats.draft import ReadOptions
from offhand.formats.recognise import FORMATS, format_named, read, recognised
from support import write


def _zip(path: Path, *names: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("collection.anki2", "media"), "anki"),
        (("collection.anki2", "collection.anki21", "media"), "anki"),
        (("meta", "collection.anki21b"), "anki"),
        (("METADATA", "cards.xml"), "mnemosyne"),
        (("data.json", "image.png"), "mochi"),
        (("data.edn",), "mochi"),
    ],
)
def test_an_archive_is_known_by_what_it_holds_whatever_its_name(
    tmp_path: Path, names: tuple[str, ...], expected: str
) -> None:
    for name in ("a.apkg", "a.zip", "a.txt", "a"):
        assert recognised(_zip(tmp_path / name, *names)) == expected


def test_a_bare_collection_is_anki(tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (id)")
    database.close()
    assert recognised(path) == "anki"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"deck.yaml": "deck: A\n", "README.md": "# A\n"}, "yaml"),
        ({"one.yaml": "deck: A\nentries: {a: b}\n"}, "yaml"),
        ({"mkdocs.yml": "site: x\n", "note.md": "a :: b\n"}, "markdown"),
        ({"deep/note.md": "a :: b\n", ".obsidian/x.json": "{}"}, "markdown"),
    ],
)
def test_a_folder_is_known_by_its_files(
    tmp_path: Path, files: dict[str, str], expected: str
) -> None:
    for name, text in files.items():
        write(tmp_path / "folder" / name, text)
    assert recognised(tmp_path / "folder") == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04" + b"x" * 50, "cannot be opened"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is no file that Offhand can import"),
        (b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n", "is no file that Offhand can import"),
        (bytes(range(256)) * 20, "is no file that Offhand can import"),
    ],
)
def test_what_is_nothing_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "x.apkg"
    path.write_bytes(content)
    with pytest.raises(OffhandError, match=told) as refused:
        recognised(path)
    assert str(path) in refused.value.title
    assert refused.value.mend


@pytest.mark.parametrize(
    ("member", "mend"),
    [
        ("xl/workbook.xml", "Save it as CSV in the program that wrote it, and import that."),
        (
            "word/document.xml",
            "Save it as plain text in the program that wrote it, and import that.",
        ),
        (
            "content.xml",
            "Save it as CSV or plain text in the program that wrote it, and import that.",
        ),
        ("META-INF/container.xml", "Copy the words that you want to learn into a text file."),
    ],
)
def test_a_document_of_an_office_says_how_it_can_be_read(
    tmp_path: Path, member: str, mend: str
) -> None:
    with pytest.raises(OffhandError, match="is a document that Offhand cannot read") as refused:
        recognised(_zip(tmp_path / "words.xlsx", "mimetype", member))
    assert refused.value.mend == mend


@pytest.mark.parametrize("ending", [".apkg", ".colpkg", ".mochi", ".cards", ".APKG"])
def test_a_page_saved_under_the_name_of_a_package_is_told(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"deck{ending}", "<!DOCTYPE html>\n<html><h1>Not found</h1></html>\n")
    with pytest.raises(OffhandError, match="is called a package and is none") as refused:
        recognised(path)
    assert refused.value.mend == "Download it again; --format NAME reads it as something else."


def test_an_archive_of_other_things_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="without a deck") as refused:
        recognised(_zip(tmp_path / "a.zip", "b.jpg", "a.jpg"))
    assert "a.jpg, b.jpg" in refused.value.message


def test_a_folder_of_nothing_and_a_missing_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    with pytest.raises(OffhandError, match="holds no deck"):
        recognised(tmp_path / "void")
    with pytest.raises(NotFound, match="There is no file"):
        read(tmp_path / "no", ReadOptions())
    with pytest.raises(NotFound, match="There is no format 'x'"):
        format_named("x")


def test_every_format_has_a_reader(tmp_path: Path) -> None:
    for name, each in FORMATS.items():
        with pytest.raises(OffhandError):
            each.read(write(tmp_path / name, "\x00"), ReadOptions())


def test_only_the_reader_that_is_needed_is_imported(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", "a,b\nc,d\n")
    script = (
        "import sys; from pathlib import Path;"
        "from offhand.formats.recognise import read; from offhand.formats.draft import ReadOptions;"
        f"read(Path({str(table)!r}), ReadOptions());"
        "print([m for m in sys.modules if m in"
        f" {[f'offhand.formats.{each.module}' for each in FORMATS.values()]}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout == "['offhand.formats.tables.reading']\n"


def test_a_program_of_zeros_is_no_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\x00" * 1000)
    with pytest.raises(OffhandError, match="no file"):
        recognise.recognised(path)


@pytest.mark.parametrize("text", ["word " * 40_000, "<!-- " * 40_000, "a:" * 100_000])
def test_a_text_in_one_endless_line_is_known_by_what_stands_around_it(
    tmp_path: Path, text: str
) -> None:
    # To go through the line once more at each of its letters would take minutes.
    assert recognised(write(tmp_path / "page.md", f"# T\n\n- a: {text}\n")) == "outline"
    cards = write(tmp_path / "cards.md", f"{text}\nWhat is it?\n?\nAn answer.\n")
    assert recognised(cards) == "markdown"


@pytest.mark.parametrize("name", ["markdown", "outline", "hascard"])
def test_signs_that_never_close_are_read_over_once(tmp_path: Path, name: str) -> None:
    # To look for the end of each of them anew would take minutes.
    page = write(tmp_path / "page.md", f"# T\n\n## S\n\n- a: {'![[' * 60_000}\n\n## U\n\nIt is.\n")
    assert read(page, ReadOptions(), name)[0].entries != ()
