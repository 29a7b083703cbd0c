"""Text as data: safe to show, fit to compare, fit for an id."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.text import digest, fold, one_line, slug, visible

any_text = st.text(st.characters())
BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def obeyed(character: str) -> bool:
    """Whether a terminal or a line of text would obey a character instead of showing it."""
    if character in "\t\n":
        return False
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in BIDI_CONTROLS
        or character in "\u061c\u200e\u200f\ufff9\ufffa\ufffb"
    )


def test_of_all_characters_those_that_a_terminal_obeys_are_replaced_and_no_others() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if obeyed(character):
            assert not any(map(obeyed, visible(character))), hex(code)
        elif visible(character) != character:
            pytest.fail(f"{code:#x} was changed")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x00\x01\x1f", "␀␁␟"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b]0;title\x1b\\", "␛]0;title␛\\"),
        ("bell\x07 back\x08", "bell␇ back␈"),
        ("del\x7f", "del␡"),
        ("\x9b31m \x90", "<U+009B>31m <U+0090>"),
        ("a\u202eb\u202c \u2066c\u2069", "a<U+202E>b<U+202C> <U+2066>c<U+2069>"),
        ("\u200f\u200e\u061c", "<U+200F><U+200E><U+061C>"),
        ("lone \ud800", "lone <U+D800>"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("a\x0bb\x0cc", "a␋b␌c"),
        ("tab\tstays\n", "tab\tstays\n"),
        ("[/] list[int] $x [b]&amp;", "[/] list[int] $x [b]&amp;"),
        ("毛刺 שלום مرحبا 👩‍💻 e\u0301", "毛刺 שלום مرحبا 👩‍💻 e\u0301"),
    ],
)
def test_control_characters_are_shown_as_signs_and_all_else_as_it_is(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(any_text)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert not any(map(obeyed, visible(text)))


def test_a_title_is_one_line() -> None:
    assert one_line("  a\n\tb   c\n") == "a b c"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Over‑Design", "over-design"),
        ("A–B—C−D", "a-b-c-d"),
        ("Café", "cafe\u0301"),
        ("naïve", "NAIVE"),
        ("ᾳ", "ΑΙ"),
        ("Ångström", "angstrom"),
        ("ＨＴＴＰ　５ｘｘ", "http 5xx"),
        ("ｶﾞ", "ガ"),
        ("Straße", "STRASSE"),
        ("a  b\n c\u00a0d", "A B C D"),
        ("ﬁne", "fine"),
        ("毛刺", "毛刺"),
    ],
)
def test_texts_that_mean_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("か", "が"),
        ("は", "ぱ"),
        ("=", "≠"),
        ("दिन", "दान"),
        ("फ", "फ़"),
        ("a b", "ab"),
    ],
)
def test_texts_that_mean_something_else_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Write-ahead log", "write-ahead-log"),
        ("High Cohesion / Low Coupling", "high-cohesion-low-coupling"),
        ("Over‑Design", "over-design"),
        ("HTTP 5xx Errors", "http-5xx-errors"),
        ("  What's `fsync`?  ", "what-s-fsync"),
        ("snake_case", "snake_case"),
        ("Spike (毛刺)", "spike-毛刺"),
        ("Café", "café"),
        ("Cafe\u0301", "café"),
        ("ＴＴＬ", "ttl"),
        ("दिन", "दिन"),
        ("かぎ", "かぎ"),
        ("x" * 48, "x" * 48),
    ],
)
def test_an_id_is_made_of_the_words_of_a_text(text: str, name: str) -> None:
    assert slug(text) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [("かぎ", "かき"), ("दिन", "दान"), ("schon", "schön"), ("ma", "mã"), ("&&", "||")],
)
def test_words_told_apart_by_a_mark_or_a_sign_have_two_ids(one: str, other: str) -> None:
    assert slug(one) != slug(other)


def test_long_texts_that_begin_alike_keep_two_ids() -> None:
    begin = "What happens when a client sends a request to a server that "
    one, other = slug(begin + "is down?"), slug(begin + "is slow?")
    assert one != other
    assert re.fullmatch(r"what-happens-when-a-client-sends-a-requ-[0-9a-f]{8}", one)
    assert len(one) <= 48


@given(any_text)
def test_an_id_is_short_never_empty_and_one_word(text: str) -> None:
    name = slug(text)
    assert 1 <= len(name) <= 48
    assert not re.search(r"[\s/:#\\-]-|^-|-$|[\s/:#\\]", name)
    assert not any(map(obeyed, name))
    assert slug(text) == slug(f"  {text}\n")


@given(any_text)
def test_a_digest_is_32_hexadecimal_digits_of_any_text(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{32}", digest(text))
    assert digest(text) != digest(text + "x")


def test_a_digest_is_the_same_on_every_machine() -> None:
    assert digest("Offhand") == "a3ea6067edaf5d38b515bdb2f8253178"
