"""Anki's cloze marks become sentences that ask what Anki asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.formats.anki.cloze_marks import numbers_of, only_holes, only_number, sentences_of
from offhand.formats.cloze import filled, holes


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("no hole", ()),
        ("{{jinja}}", ()),
        ("{{c1::a}} b {{c2::c::hint}}", ("{{c1::a}} b {{c2::c::hint}}",)),
        ("{{c3::a}} {{c3::b}}", ("{{c3::a}} {{c3::b}}",)),
        ("{{c1::std::vector}}", ("{{c1::std::vector}}",)),
        ("{{c1::a}} {{x}}", ("{{c1::a}} \\{\\{x}}",)),
        ("`{{x}}` {{c1::a}} {{y}}", ("`{ { x}}` {{c1::a}} \\{\\{y}}",)),
        (
            "{{c1::Canberra was {{c2::founded::when}}}} in 1913",
            ("{{c1::Canberra was founded}} in 1913", "Canberra was {{c2::founded::when}} in 1913"),
        ),
        ("{{c1::a {{c1::b}} c}} {{c2::d}}", ("{{c1::a b c}} d", "a b c {{c2::d}}")),
        ("{{c1,2::a}} {{c2::b}}", ("{{c1::a}} b", "{{c2::a}} {{c2::b}}")),
        ("{{c0::a}} {{c501::b}} {{c1::c}}", ("a b {{c1::c}}",)),
        ("{{c1::}} {{c2:: }} {{c3::a}}", ("   {{c3::a}}",)),
        ("{{c1::}}", ()),
        ("{{c1::a} {{c2::b}}", ("\\{\\{c1::a} {{c2::b}}",)),
        ("{{{c1::a}}} {{{", ("&#123;{{c1::a}}} \\{\\{\\{",)),
        ("{{C1::a}} {{c2::b}}", ("\\{\\{C1::a}} {{c2::b}}",)),
    ],
)
def test_marks_become_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert sentences_of(text) == sentences


MARKED = st.recursive(
    st.text("ab :{}`", max_size=6),
    lambda inner: st.one_of(
        st.builds("{{{{c{}::{}}}}}".format, st.integers(1, 4), inner),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)


@given(MARKED)
def test_every_number_with_a_text_is_asked_once(text: str) -> None:
    sentences = sentences_of(text)

    asked = [hole.number for sentence in sentences for hole in holes(sentence)]
    assert len(asked) == len(set(asked))
    assert all(
        answer for sentence in sentences for hole in holes(sentence) for answer in hole.answers
    )
    assert {int(number) for number in asked} <= numbers_of(text)


@given(st.lists(st.tuples(st.integers(1, 3), st.text("abc ", min_size=1)), max_size=5))
def test_a_filled_sentence_is_the_text(pieces: list[tuple[int, str]]) -> None:
    text = "".join(f"{{{{c{number}::{word}}}}}, " for number, word in pieces)

    for sentence in sentences_of(text):
        words = filled(sentence).replace(" ", "")
        assert words == "".join(f"{word},".replace(" ", "") for _, word in pieces)


def test_one_number_or_only_the_holes_can_be_asked_for() -> None:
    text = "x {{c1::a {{c2::b::h}}}} y {{c2::c}}"

    assert only_number(text, 2) == "x a {{c2::b::h}} y {{c2::c}}"
    assert only_number(text, 1) == "x {{c1::a b}} y c"
    assert only_holes(text) == "{{c1::a {{c2::b::h}}}}, {{c2::c}}"
    assert numbers_of(text) == {1, 2}
