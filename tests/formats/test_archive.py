"""formats/archive.py: zip files from elsewhere, opened within limits."""

import struct
import zipfile
from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.formats.archive import Archive
from offhand.formats.draft import Limits
from sources import written, zipped


def test_members_are_read_by_their_names(tmp_path: Path) -> None:
    archive = Archive(zipped(tmp_path / "x.zip", {"a": "one", "b/c": b"two"}), Limits())

    assert (archive.names, "a" in archive, "z" in archive) == (("a", "b/c"), True, False)
    assert (archive.read("a"), archive.read("b/c")) == (b"one", b"two")
    archive.close()


@pytest.mark.parametrize(
    "limits", [Limits(unpacked_size=999), Limits(files=1), Limits(file_size=20)]
)
def test_a_file_beyond_a_limit_is_refused(limits: Limits, tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": "x" * 600, "b": "y" * 600})

    with pytest.raises(OffhandError, match=r"larger than|more than"):
        _read_all(path, limits)


def _read_all(path: Path, limits: Limits) -> None:
    archive = Archive(path, limits)
    for name in archive.names:
        archive.read(name)


def test_a_bomb_is_stopped_by_what_comes_out_of_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": b"\0" * 40_000_000})

    with pytest.raises(OffhandError, match="larger than an import may be"):
        Archive(path, Limits(ratio=100)).read("a")


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "x.zip", {"a": "x" * 5000}).read_bytes()

    with pytest.raises(OffhandError, match="is not whole"):
        Archive(written(tmp_path / "half.zip", whole[: len(whole) // 2]), Limits())


def test_a_damaged_member_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": "hello hello hello hello"})
    raw = bytearray(path.read_bytes())
    raw[35] ^= 0xFF

    with pytest.raises(OffhandError, match="`a` in it is damaged"):
        Archive(written(path, bytes(raw)), Limits()).read("a")


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": "hello"})
    raw = path.read_bytes()
    at = raw.index(b"PK\x01\x02")
    flagged = raw[: at + 8] + struct.pack("<H", 1) + raw[at + 10 :]

    with pytest.raises(OffhandError, match="is encrypted"):
        Archive(written(path, flagged), Limits()).read("a")


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "x" * 1000)
        archive.writestr("b", "y")
        archive.filelist[1].header_offset = 0

    with pytest.raises(OffhandError, match="overlap"):
        Archive(path, Limits())
