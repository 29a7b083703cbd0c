"""formats/source_text.py: the text of a file, whatever encoding it has."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.errors import OffhandError
from offhand.formats.draft import Limits, ReadOptions
from offhand.formats.source_text import SourceText, decoded, read_source
from sources import written

FRENCH = "réseau : ensemble d’équipements reliés\r\ncafé : boisson\r\n"
RUSSIAN = "сервер: компьютер, который обслуживает запросы\n"
JAPANESE = "単語,意味\n犬,いぬ。動物の一種です。\n猫,ねこ\n"
CHINESE = "术语,定义\n高内聚,模块内部的代码关系紧密\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_kind_of_unicode_is_read_with_or_without_its_mark(encoding: str) -> None:
    raw = FRENCH.encode(encoding)

    assert decoded(raw, Path("x")).text == FRENCH.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        (FRENCH, "cp1252", "Windows-1252"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (JAPANESE, "shift-jis", "CP932"),
        (CHINESE, "gb18030", "GB18030"),
    ],
)
def test_an_older_encoding_is_guessed_and_told(text: str, encoding: str, guess: str) -> None:
    source = decoded(text.encode(encoding), Path("x"))

    assert source == SourceText(text.replace("\r\n", "\n"), guess)
    assert source.taken == (f"It was read as {guess}, which is a guess; --encoding names another.",)


def test_a_text_too_short_to_guess_is_refused_with_its_byte() -> None:
    with pytest.raises(OffhandError) as refused:
        decoded("a\nnaïve\tcafé\n".encode("latin-1"), Path("x"))

    assert str(refused.value).splitlines()[1] == (
        "x:2:3: Byte 5 is not UTF-8. Save it as UTF-8, or name its encoding with --encoding."
    )


def test_a_guess_that_makes_controls_of_letters_is_none() -> None:
    with pytest.raises(OffhandError, match="is not UTF-8"):
        decoded("Wort;Bedeutung\nHäuser;houses\n".encode("mac-roman"), Path("x"))


def test_a_named_encoding_is_taken_as_it_is() -> None:
    raw = "naïve\tcafé\n".encode("latin-1")

    assert decoded(raw, Path("x"), "latin-1") == SourceText("naïve\tcafé\n")


def test_a_mark_is_no_part_of_a_text_in_a_named_encoding() -> None:
    assert decoded("é".encode("utf-16"), Path("x"), "utf-16").text == "é"
    assert decoded("é".encode("utf-8-sig"), Path("x"), "utf-8").text == "é"


@pytest.mark.parametrize("name", ["klingon", "base64"])
def test_an_encoding_that_there_is_not_is_named(name: str) -> None:
    with pytest.raises(OffhandError, match=f"There is no encoding `{name}`"):
        decoded(b"x", Path("x"), name)


@pytest.mark.parametrize(
    "raw",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"abc\x00def", bytes(range(1, 32)) + b"\xff\xfa"],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(OffhandError, match=r"Byte \d+"):
        decoded(raw, Path("x"))


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "x.txt", "abcde")

    assert read_source(path, ReadOptions(limits=Limits(file_size=5))).text == "abcde"
    with pytest.raises(OffhandError, match="larger than 4 bytes"):
        read_source(path, ReadOptions(limits=Limits(file_size=4)))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")))
def test_any_unicode_text_without_zeros_comes_back_from_utf_8(text: str) -> None:
    assert decoded(text.encode("utf-8"), Path("x")) in (
        SourceText(text),
        SourceText(text.removeprefix("\ufeff")),
    )
