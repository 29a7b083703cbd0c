"""Sentences with holes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.formats.cloze import Hole, filled, hole_numbers, holes, numbered


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("no hole at all", []),
        ("{one} brace, {{never closed", []),
        ("{{502}} is Bad Gateway.", [Hole("[…] is Bad Gateway.", ("502",))]),
        (
            "{{a}} and {{b}}",
            [Hole("[…] and b", ("a",)), Hole("a and […]", ("b",))],
        ),
        ("of {{n::how many}} nodes", [Hole("of [how many] nodes", ("n",))]),
        (
            "{{c1::a}} {{c2::b}} {{c1::c}}",
            [Hole("[…] b […]", ("a", "c"), "1"), Hole("a […] c", ("b",), "2")],
        ),
        ("{{c2::b::hint}} {{c1::a}}", [Hole("[hint] a", ("b",), "2"), Hole("b […]", ("a",), "1")]),
        ("{{ spaced :: hint }}", [Hole("[hint]", ("spaced",))]),
        ("{{n/2 + 1}}, `{{x}}`", [Hole("[…], `x`", ("n/2 + 1",)), Hole("n/2 + 1, `[…]`", ("x",))]),
        ("{{two\nlines}}", [Hole("[…]", ("two\nlines",))]),
        (
            "{{RFC}}(9110) {{x}}[1]",
            [Hole("[…] (9110) x[1]", ("RFC",)), Hole("RFC(9110) […] [1]", ("x",))],
        ),
        ("{{c1}} is a hole", [Hole("[…] is a hole", ("c1",))]),
        ("{{std::}}", [Hole("[…]", ("std",))]),
        ("{{}}", [Hole("[…]", ("",))]),
        ("{{ }} {{x}}", [Hole("[…] x", ("",)), Hole(" […]", ("x",))]),
        ("{{}} and {{x}}", [Hole("[…] and x", ("",)), Hole(" and […]", ("x",))]),
        ("{{c1::}} {{::hint}}", [Hole("[…] ", ("",), "1"), Hole(" [hint]", ("",))]),
    ],
)
def test_each_hole_is_asked_with_the_others_filled(sentence: str, expected: list[Hole]) -> None:
    assert holes(sentence) == expected


def test_a_sentence_is_told_with_its_holes_filled() -> None:
    assert filled("{{c1::Three}} of {{n :: hint}} {{nodes}}.") == "Three of n nodes."
    assert filled("nothing to fill") == "nothing to fill"


words = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
parts = st.lists(st.tuples(words, words.map("w{}".format)), min_size=1, max_size=6)


@given(parts)
def test_every_hole_is_asked_once_and_an_answer_put_into_its_gap_gives_the_sentence(
    drawn: list[tuple[str, str]],
) -> None:
    sentence = " ".join(f"{before} {{{{{hole}}}}}" for before, hole in drawn)
    found = holes(sentence)
    assert [hole.answers for hole in found] == [(hole,) for _, hole in drawn]
    for hole in found:
        assert hole.prompt.replace("[…]", hole.answers[0]) == filled(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{{a}} and {{b::hint}}", "{{c1::a}} and {{c2::b::hint}}"),
        ("{{c7::a}} {{b}} {{c7::c}}", "{{c7::a}} {{c1::b}} {{c7::c}}"),
        ("{{c1::a}} {{b}} {{c3::c}} {{d}}", "{{c1::a}} {{c2::b}} {{c3::c}} {{c4::d}}"),
        ("{{c0::a}} {{c501::b}} {{c0::c}}", "{{c1::a}} {{c2::b}} {{c1::c}}"),
        ("no hole {{", "no hole {{"),
    ],
)
def test_every_hole_gets_a_number_that_anki_has(sentence: str, expected: str) -> None:
    assert numbered(sentence) == expected


@given(st.lists(st.tuples(st.sampled_from(["", "c1::", "c2::", "c9::", "c900::"]), words)))
def test_holes_that_are_asked_apart_never_share_a_number(drawn: list[tuple[str, str]]) -> None:
    sentence = " ".join(f"{{{{{number}{word}}}}}" for number, word in drawn)
    numbers = hole_numbers(sentence)
    assert len(set(numbers)) == len(numbers) == len(holes(sentence))
    assert [hole.answers for hole in holes(numbered(sentence))] == [
        hole.answers for hole in holes(sentence)
    ]
