"""Packages that are broken, or meant to break something: refused with the reason, nothing written."""

import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
import zstandard

from anki_packages import CLOZE, ANote, collection, message, package
from offhand.errors import OffhandError
from offhand.formats.anki.reading import read
from offhand.formats.draft import Limits, ReadOptions

NOTES = [ANote(["SIGTERM", "Asks to end"])]


def refused(path: Path, **limits: int) -> str:
    """What is said when a package is refused; nothing of it stays behind."""
    temporary = path.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        with pytest.raises(OffhandError) as error:
            read(path, ReadOptions(limits=Limits(**limits)))
    assert list(temporary.iterdir()) == []
    assert str(path) in str(error.value)
    assert error.value.mend
    return str(error.value).replace(str(path), "FILE")


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_half_a_zip(tmp_path: Path, part: float) -> None:
    whole = package(tmp_path / "whole.apkg", NOTES).read_bytes()
    path = tmp_path / "half.apkg"
    path.write_bytes(whole[: int(len(whole) * part)])

    assert "FILE is not whole" in refused(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "FILE cannot be read: No such file" in refused(tmp_path / "none.apkg")


@pytest.mark.parametrize("version", [2, 3])
def test_a_collection_that_was_damaged(tmp_path: Path, version: int) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, version=version)
    data = bytearray(path.read_bytes())
    at = data.index(b"collection.anki21") + 600
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)

    assert "` in it is damaged" in refused(path)


def test_a_bomb_is_stopped_by_what_comes_out_and_not_by_what_it_promises(tmp_path: Path) -> None:
    bomb = package(tmp_path / "bomb.apkg", members={"collection.anki21": bytes(60_000_000)})

    assert "unpacks to more than 200 times its size" in refused(bomb)
    assert "unpacks to more than 1,000,000 bytes" in refused(bomb, unpacked_size=1_000_000)


def test_a_bomb_within_zstd(tmp_path: Path) -> None:
    bomb = package(
        tmp_path / "bomb.apkg",
        version=3,
        members={"collection.anki21b": zstandard.compress(bytes(60_000_000))},
    )

    assert "unpacks to more than 200 times its size" in refused(bomb)


def test_a_zip_that_lies_about_a_size(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", NOTES)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as zipped:
        size = zipped.getinfo("collection.anki21").file_size
    path.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 100)))

    assert "`collection.anki21` in it is damaged" in refused(path)


def test_more_members_than_allowed(tmp_path: Path) -> None:
    media = {f"{n}.png": b"" for n in range(50)}
    path = package(tmp_path / "deck.apkg", NOTES, media=media)

    assert "FILE holds 54 files, more than 20" in refused(path, files=20)


def test_a_file_larger_than_allowed(tmp_path: Path) -> None:
    assert "FILE is larger than 100 bytes" in refused(
        package(tmp_path / "deck.apkg", NOTES), file_size=100
    )


def test_members_that_overlap(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", NOTES)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as zipped:
        target = zipped.getinfo("collection.anki2").header_offset
    at = data.rindex(b"collection.anki21") - 46 + 42
    data[at : at + 4] = struct.pack("<I", target)
    path.write_bytes(data)

    assert "FILE is a trap: `collection.anki2" in refused(path)


BAD_NAMES = [
    "../evil.png",
    "..",
    "/etc/passwd",
    "a/b.png",
    "..\\evil.png",
    "C:evil.png",
    "",
    "a\0b",
]


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("name", BAD_NAMES)
def test_media_that_would_lie_elsewhere(tmp_path: Path, name: str, version: int) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, version=version, media={name: b"x"})

    said = refused(path)

    assert "FILE is a trap: a file in it is called `" in said
    assert name.replace("\0", "␀") in said


@pytest.mark.parametrize("media", [b"[]", b'{"0": 1}', b"{", b"[" * 100_000, b"\xff"])
def test_a_media_map_that_is_none(tmp_path: Path, media: bytes) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, members={"media": media})

    assert "its list of media is damaged" in refused(path)


@pytest.mark.parametrize(
    "media",
    [b"\xff", message((1, 7)), message((1, b"\x0a\xff")), message((1, message((1, b"\xff"))))],
)
def test_a_media_map_of_the_new_kind_that_is_none(tmp_path: Path, media: bytes) -> None:
    packed = {"media": zstandard.compress(media)}
    path = package(tmp_path / "deck.apkg", NOTES, version=3, members=packed)

    assert "its list of media is damaged" in refused(path)


def test_an_image_that_was_damaged_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg", [ANote(['<img src="a.png">', "x"])], media={"a.png": b"z"}
    )
    data = path.read_bytes()
    with zipfile.ZipFile(path) as zipped:
        crc = struct.pack("<I", zipped.getinfo("0").CRC)
    path.write_bytes(data.replace(crc, b"\1\2\3\4"))
    (draft,) = read(path, ReadOptions())

    with pytest.raises(OffhandError, match="`0` in it is damaged"):
        draft.media["a.png"]()


@pytest.mark.parametrize(
    "database", [b"", b"no database", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(5000)]
)
def test_a_database_that_is_none(tmp_path: Path, database: bytes) -> None:
    path = package(tmp_path / "deck.apkg", members={"collection.anki21": database})

    assert "FILE cannot be read: the" in refused(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON notes BEGIN DELETE FROM cards; END",
        "CREATE VIEW evil AS SELECT * FROM notes",
        "ALTER TABLE cards RENAME TO real; CREATE VIEW cards AS SELECT * FROM real",
        "CREATE VIRTUAL TABLE evil USING fts5(x)",
    ],
)
def test_a_database_that_could_run_something(tmp_path: Path, statement: str) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, statements=[statement])

    said = refused(path)

    assert "FILE is a trap: its database holds the" in said


def test_a_table_whose_columns_compute_something(tmp_path: Path) -> None:
    statement = """
        ALTER TABLE cards RENAME TO real;
        CREATE TABLE cards (id, nid, did, ord, odid, type, queue, odue, ivl, factor, lapses, flags,
          due AS (length(hex(hex(zeroblob(50000000))))));
    """
    path = package(tmp_path / "deck.apkg", NOTES, statements=[statement])

    assert "FILE is a trap: the table `cards` in it computes a column" in refused(path)


@pytest.mark.parametrize("table", ["notes", "cards", "col"])
def test_a_database_of_something_else(tmp_path: Path, table: str) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, statements=[f"DROP TABLE {table}"])

    assert "the database in it is not Anki's" in refused(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE col SET models = '[]'",
        "UPDATE col SET models = '{'",
        "UPDATE col SET models = x'ff'",
        "UPDATE col SET models = '{\"x\": {}}'",
        "UPDATE col SET decks = '{\"1\": 5}'",
        "UPDATE col SET crt = 'never'",
        "UPDATE col SET decks = NULL",
        "DELETE FROM col",
    ],
)
def test_note_types_and_decks_that_are_none(tmp_path: Path, change: str) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, statements=[change])

    said = refused(path)

    assert "the collection in it is damaged" in said or "No cards were found" in said


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE templates SET config = x'ff'",
        "UPDATE notetypes SET config = x'0a'",
        "UPDATE fields SET name = x'ff'",
        "UPDATE config SET val = 'x' WHERE KEY = 'rollover'",
        "DROP TABLE fields",
    ],
)
def test_note_types_of_the_new_kind_that_are_none(tmp_path: Path, change: str) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, version=3, statements=[change])

    assert "FILE cannot be read: the" in refused(path)


def test_texts_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    collection(path, NOTES)
    data = bytearray(path.read_bytes())
    data[56:60] = (2).to_bytes(4)
    path.write_bytes(data)

    assert "the texts in it are not UTF-8" in refused(path)


def test_the_stub_of_a_new_package_is_never_taken_for_the_real_collection(tmp_path: Path) -> None:
    whole = package(tmp_path / "whole.apkg", NOTES, version=3)
    with zipfile.ZipFile(whole) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    del members["collection.anki21b"]
    path = tmp_path / "stub.apkg"
    _write(path, members)
    assert "its `collection.anki21b` is missing" in refused(path)

    del members["meta"]
    members["media"] = b"{}"
    _write(path, members)
    assert "FILE holds only a note that asks for a newer Anki" in refused(path)


def test_a_package_of_a_version_to_come(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", NOTES, members={"meta": message((1, 4))})

    assert "FILE was made by an Anki that is newer" in refused(path)


def test_a_zip_without_a_collection(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    _write(path, {"photo.png": b"x"})

    assert "FILE is no Anki package" in refused(path)


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = package(tmp_path / "deck.apkg", NOTES)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("offhand.formats.anki.reading.Package.unpack", full)

    with pytest.raises(OffhandError, match="could not be unpacked: No space left"):
        read(path, ReadOptions())


HTML_WITH_SCRIPTS = [
    "safe<script>alert(1)</script>",
    "safe<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "safe<style>* { display: none }</style>",
    "<iframe src='https://evil.example'></iframe>safe",
    "<object data=x></object><embed src=x>safe",
    "safe<!-- a comment <script>alert(1)</script> -->",
    "<svg onload=alert(1)><script>x</script></svg>safe",
    "<a href='javascript:alert(1)'>safe</a>",
    "<a href='data:text/html,x'>safe</a>",
    "<div onclick=alert(1)>safe</div>",
    "safe<noscript>turn it on</noscript>",
]


@pytest.mark.parametrize("html", HTML_WITH_SCRIPTS)
def test_of_html_with_scripts_the_words_are_left(tmp_path: Path, html: str) -> None:
    path = package(tmp_path / "deck.apkg", [ANote([html, "x"])])

    (draft,) = read(path, ReadOptions())

    assert draft.entries[0].questions[0].question == "safe"


@pytest.mark.parametrize(
    "make",
    [
        lambda: "<div>" * 100_000 + "safe",
        lambda: "<b>" * 100_000 + "safe",
        lambda: "<ul><li>" * 40_000 + "safe",
        lambda: "<table><tr><td>" * 20_000 + "safe",
        lambda: "<blockquote>" * 190 + "safe",
        lambda: "{{c1::" * 100_000 + "safe",
        lambda: "*" * 200_000 + " safe",
        lambda: "[" * 100_000 + "safe",
        lambda: "$" * 100_001 + " safe",
        lambda: "\\(" * 100_000 + "safe",
        lambda: "&lt;" * 100_000 + "safe",
        lambda: "<!--" * 100_000 + "-->safe",
        lambda: "<div></x>" * 50_000 + "safe",
        lambda: "<i id=1><p>" * 90 + "safe",
        lambda: "[sound:" * 50_000 + "safe",
        lambda: "safe<b>" + "!" * 100_000 + "</b>x",
    ],
)
def test_a_field_that_would_take_for_ever_takes_a_moment(
    tmp_path: Path, make: Callable[[], str]
) -> None:
    html = make()
    path = package(
        tmp_path / "deck.apkg", [ANote([html, "x"]), ANote([f"{{{{c2::y}}}} {html}", ""], CLOZE)]
    )

    began = process_time()

    (draft,) = read(path, ReadOptions())

    # A second would do; what grows with the square of the length takes minutes.
    assert process_time() - began < 20
    assert len(draft.entries) == 2
    assert "safe" in draft.entries[0].questions[0].question


def _write(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
