"""Typed answers: what is right, what is forgiven, what is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.typed_answer import LONG_WORD, Part, Verdict, judge


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("circuit breaker", "Circuit breaker"),
        ("CIRCUITBREAKER", "circuit-breaker"),
        ("  rate\tlimiting ", "Rate‑Limiting"),
        ("blue green deployment", "Blue–green deployment"),
        ("cafe", "Café"),
        ("ｈｔｔｐ２", "HTTP/2"),
        ("一致性", "一致性"),
        ("cap", "CAP (theorem)"),
        ("cap theorem", "CAP (theorem)"),
        ("soft hard interrupts", "Soft / Hard Interrupts"),
        ("fsync", "`fsync`"),
        ("sha 256", "SHA-256"),
        ("10,000.", "10,000"),
    ],
)
def test_what_does_not_matter_is_not_asked_for(typed: str, answer: str) -> None:
    assert judge(typed, [answer]) == Verdict(True, 0, answer)


@pytest.mark.parametrize(
    ("typed", "answer", "slips"),
    [
        ("idempotncy", "Idempotency", 1),
        ("idempotenccy", "Idempotency", 1),
        ("idempotancy", "Idempotency", 1),
        ("idempotnecy", "Idempotency", 1),
        ("circiut braeker", "Circuit breaker", 2),
        ("circiutbreaker", "Circuit breaker", 1),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven_and_told(typed: str, answer: str, slips: int) -> None:
    found = judge(typed, [answer])
    assert (found.right, found.slips, found.answer) == (True, slips, answer)
    assert {part for part, _ in found.difference} > {Part.SAME}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("idmpotncy", "Idempotency"),
        ("lok", "Lock"),
        ("quourm", "Quorum"),
        ("sha255hash", "sha256hash"),
        ("503", "502"),
        ("15", "1.5"),
        ("1", "-1"),
        ("C", "C++"),
        ("statefull", "Stateless"),
        ("", "Quorum"),
        ("...", "Quorum"),
        ("circuit", "Circuit breaker"),
        ("circuit breaker pattern", "Circuit breaker"),
    ],
)
def test_what_is_another_word_is_wrong(typed: str, answer: str) -> None:
    found = judge(typed, [answer])
    assert (found.right, found.slips, found.answer) == (False, 0, answer)


def test_an_alias_is_as_right_as_the_term_and_is_the_one_told() -> None:
    assert judge("wal", ["Write-ahead log", "WAL"]) == Verdict(True, 0, "WAL")


def test_another_thing_s_name_is_no_slip() -> None:
    assert judge("unicasting", ["Anycasting"], []).right is False
    assert judge("downstream", ["Downstreams"], []).right is True
    assert judge("downstream", ["Downstreams"], ["Downstream"]).right is False


def test_the_difference_spells_what_was_typed_and_what_is_right() -> None:
    assert judge("Idempotncy", ["Idempotency"]).difference == (
        (Part.SAME, "Idempot"),
        (Part.MISSING, "e"),
        (Part.SAME, "ncy"),
    )
    assert judge("lok", ["Lock"]).difference == (
        (Part.SAME, "Lo"),
        (Part.MISSING, "c"),
        (Part.SAME, "k"),
    )


def test_of_several_answers_the_nearest_is_told() -> None:
    assert judge("split brian", ["Network partition", "Split-brain"]).answer == "Split-brain"


def test_a_megabyte_is_compared_in_a_moment_and_is_wrong() -> None:
    found = judge("idempotency " * 100_000, ["Idempotency"])
    assert not found.right
    assert sum(len(text) for _, text in found.difference) < 2_000


def test_many_words_that_fit_in_many_ways_are_compared_in_a_moment() -> None:
    found = judge("a" * 401, ["a" * 8 + " aaaaaaaa" * 49])
    assert (found.right, found.slips) == (True, 1)


def test_without_an_answer_there_is_nothing_to_judge() -> None:
    with pytest.raises(ValueError, match="no answer"):
        judge("x", [])


words = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=12)


@given(st.lists(words, min_size=1, max_size=4), st.sampled_from([" ", "-", "", "  ", " / "]))
def test_the_answer_itself_is_right_however_its_words_are_joined(
    drawn: list[str], joint: str
) -> None:
    answer = " ".join(drawn)
    assert judge(joint.join(drawn), [answer]) == Verdict(True, 0, answer)


@given(st.text(max_size=40), st.text(min_size=1, max_size=40))
def test_the_difference_holds_all_that_is_right(typed: str, answer: str) -> None:
    found = judge(typed, [answer])
    if found.difference:
        told = "".join(text for part, text in found.difference if part is not Part.EXTRA)
        assert told == " ".join(answer.split())


@given(st.text("abcdefg", min_size=2, max_size=LONG_WORD - 1), st.data())
def test_no_slip_is_forgiven_in_a_short_word(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert not judge(f"{word[:place]}z{word[place + 1 :]}", [word]).right
