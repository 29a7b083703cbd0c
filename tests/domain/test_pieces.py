"""By which pieces a text is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.pieces import PLUS, SHARP, find, is_plain, parts, pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cache avalanche, twice", ["cache", "avalanche", "twice"]),
        ("TIME_WAIT and HTTP/2", ["time", "wait", "and", "http", "2"]),
        ("C, C++ and C#: a + b", ["c", f"c{PLUS}{PLUS}", "and", f"c{SHARP}", "a", "b"]),
        ("naïve Ｆｕｌｌ non‑breaking", ["naive", "full", "non", "breaking"]),
        ("Redis缓存 キャッシュ", ["redis", "缓", "存", "キ", "ャ", "ッ", "シ", "ュ"]),
        ("ｷｬｯｼｭ", ["キ", "ャ", "ッ", "シ", "ュ"]),
        ("→ … !? \0 \x1b", []),
        ("x" * 100, ["x" * 64]),
        ("", []),
    ],
)
def test_a_text_falls_into_words_and_signs(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(
    st.one_of(st.text(st.characters(max_codepoint=127)), st.text(), st.text("aB1 -", min_size=60))
)
def test_a_plain_text_falls_into_its_runs_of_letters_and_digits(text: str) -> None:
    assert not is_plain(text) or pieces(text) == re.findall("[a-z0-9]+", text.lower())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TIME_WAIT, and HTTP/2.", True),
        ("C++", False),
        ("C#", False),
        ("naïve", False),
        ("x" * 64, True),
        ("x" * 65, False),
        ("short words " * 20, True),
    ],
)
def test_a_text_of_plain_words_is_seen(text: str, expected: bool) -> None:
    assert is_plain(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a HashMap", ["map"]),
        ("useEffect, XMLHttpRequest", ["effect", "http", "request"]),
        ("HTTPServer myURL", ["server", "url"]),
        ("CPUs and TTLs, TIME_WAIT, Plain words", []),
    ],
)
def test_capitals_mark_the_parts_of_a_name(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("wai", "TIME_WAIT", True),
        ("time_w", "TIME_WAIT", True),
        ("time_wait", "time wait", True),
        ("ime", "TIME_WAIT", False),
        ("http/2", "HTTP/2", True),
        ("http/2", "HTTP/1.1 or 2", False),
        ("c++", "C++ and C#", True),
        ("c++", "C and C#", False),
        ("c#", "C++", False),
        ("缓存", "分布式缓存雪崩", True),
        ("存缓", "缓存雪崩", False),
    ],
)
def test_a_word_finds_a_text_where_its_pieces_follow_each_other(
    typed: str, text: str, found: bool
) -> None:
    assert find(pieces(typed), pieces(text)) is found


def test_a_whole_word_does_not_go_on() -> None:
    assert find(["cache"], pieces("a cache"), whole=True)
    assert not find(["cache"], pieces("cached"), whole=True)


@given(st.text())
def test_a_text_is_found_by_itself_in_any_case_and_by_the_beginning_of_each_word(text: str) -> None:
    among = pieces(text)
    assert pieces(text.casefold()) == pieces(text)
    for piece in among:
        assert find([piece[:2]], among)
    if among:
        assert find(among, among, whole=True)
