"""Weak sections: recent failures weigh more, and the word is used only where the evidence holds."""

from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.weakness import (
    ENOUGH_REVIEWS,
    HALF_LIFE_DAYS,
    Tally,
    Weakness,
    weaknesses,
    wilson,
)

TODAY = date(2026, 3, 2)


def tally(section: str, reviews: int, failed: int, ago: int = 0) -> Tally:
    return Tally(section, TODAY - timedelta(days=ago), reviews, failed)


@pytest.mark.parametrize(
    ("failed", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 20, 0.0089, 0.2361),
        (50, 100, 0.4038, 0.5962),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_the_one_of_published_tables(
    failed: int, n: int, low: float, high: float
) -> None:
    # 81 of 263: R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998.
    assert [round(bound, 4) for bound in wilson(failed / n, n)] == [low, high]


def test_without_trials_every_rate_is_possible() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)


@given(st.floats(0, 1), st.floats(0.5, 100_000))
def test_the_interval_holds_the_rate_and_narrows_with_evidence(rate: float, n: float) -> None:
    low, high = wilson(rate, n)
    assert 0 <= low <= rate + 1e-9
    assert rate - 1e-9 <= high <= 1
    closer_low, closer_high = wilson(rate, n * 2)
    assert closer_high - closer_low <= high - low


def test_no_reviews_no_sections() -> None:
    assert weaknesses([], TODAY) == []


def test_a_section_failed_far_more_than_the_rest_is_weak() -> None:
    weak, strong = weaknesses([tally("good", 200, 10), tally("bad", 50, 25)], TODAY)
    low, high = wilson(0.5, 50)
    assert weak == Weakness("bad", 50, 25, 0.5, low, high, weak=True)
    low, high = wilson(0.05, 200)
    assert strong == Weakness("good", 200, 10, 0.05, low, high, weak=False)


def test_a_section_a_little_worse_than_the_rest_is_not_called_weak() -> None:
    found = weaknesses([tally("a", 30, 6), tally("b", 300, 45)], TODAY)
    assert [(w.section, w.failure_rate, w.weak) for w in found] == [
        ("a", 0.2, False),
        ("b", 0.15, False),
    ]


def test_the_same_share_is_weak_once_enough_reviews_speak_for_it() -> None:
    found = weaknesses([tally("a", 600, 120), tally("b", 6000, 900)], TODAY)
    assert [(w.section, w.weak) for w in found] == [("a", True), ("b", False)]


def test_a_section_never_failed_is_never_weak() -> None:
    for reviews in range(20, 400):
        low, high = wilson(0.0, reviews)
        assert low == 0.0
        found = weaknesses([tally("a", reviews, 0)], TODAY)
        assert found == [Weakness("a", reviews, 0, 0.0, low, high, weak=False)]


def test_a_section_always_failed_has_an_upper_bound_of_one() -> None:
    assert {wilson(1.0, n)[1] for n in range(1, 400)} == {1.0}


def test_too_few_reviews_are_not_judged_and_stand_last() -> None:
    found = weaknesses(
        [tally("few", ENOUGH_REVIEWS - 1, ENOUGH_REVIEWS - 1), tally("many", 100, 5)], TODAY
    )
    assert [(w.section, w.reviews, w.weak) for w in found] == [
        ("many", 100, False),
        ("few", 19, None),
    ]


def test_twenty_reviews_of_today_are_enough() -> None:
    found = weaknesses([tally("a", ENOUGH_REVIEWS, 0), tally("b", ENOUGH_REVIEWS, 20)], TODAY)
    assert [(w.section, w.weak) for w in found] == [("b", True), ("a", False)]


def test_a_review_weighs_half_after_30_days_and_a_quarter_after_60() -> None:
    assert HALF_LIFE_DAYS == 30
    half = weaknesses([tally("a", 10, 10), tally("a", 20, 0, ago=30)], TODAY)[0]
    assert (half.reviews, half.failed, half.failure_rate) == (30, 10, 0.5)
    quarter = weaknesses([tally("a", 10, 10), tally("a", 40, 0, ago=60)], TODAY)[0]
    assert (quarter.reviews, quarter.failed, quarter.failure_rate) == (50, 10, 0.5)


def test_a_section_that_was_hard_long_ago_recovers() -> None:
    rest = tally("rest", 500, 50)
    then = weaknesses([rest, tally("a", 40, 30)], TODAY)
    now = weaknesses([rest, tally("a", 40, 30, ago=150), tally("a", 60, 6)], TODAY)
    assert [w.weak for w in then if w.section == "a"] == [True]
    assert [w.weak for w in now if w.section == "a"] == [False]


def test_weighted_reviews_are_less_evidence_than_they_number() -> None:
    # Kish: (10 + 0.5 x 20)^2 / (10 + 0.25 x 20) = 400 / 15.
    found = weaknesses([tally("a", 10, 10), tally("a", 20, 0, ago=30)], TODAY)[0]
    low, high = wilson(0.5, 400 / 15)
    assert isclose(found.lower_bound, low)
    assert isclose(found.upper_bound, high)
    mixed = [tally("a", 2, 1), tally("a", 1000, 500, ago=180), tally("b", 300, 3)]
    few = [w for w in weaknesses(mixed, TODAY) if w.section == "a"]
    # (2 + 1000/64)^2 / (2 + 1000/4096) = 138: enough. With 30 old ones, 2.7: not enough.
    assert [w.weak for w in few] == [True]
    fewer = weaknesses([tally("a", 2, 1), tally("a", 30, 30, ago=180), tally("b", 300, 3)], TODAY)
    assert [w.weak for w in fewer if w.section == "a"] == [None]


def test_days_and_order_of_the_tallies_do_not_matter() -> None:
    whole = weaknesses([tally("a", 30, 10), tally("b", 40, 4)], TODAY)
    parts = [tally("b", 25, 4), tally("a", 10, 10), tally("b", 15, 0), tally("a", 20, 0)]
    assert weaknesses(parts, TODAY) == whole


def test_a_review_on_a_day_ahead_weighs_like_one_of_today() -> None:
    assert weaknesses([tally("a", 30, 3, ago=-2)], TODAY) == weaknesses([tally("a", 30, 3)], TODAY)


tallies = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 60), st.floats(0, 1), st.integers(0, 180)).map(
        lambda drawn: tally(drawn[0], drawn[1], round(drawn[1] * drawn[2]), drawn[3])
    ),
    max_size=20,
)


@given(tallies)
def test_sections_are_ordered_by_their_failure_rate_those_not_judged_last(
    given_tallies: list[Tally],
) -> None:
    found = weaknesses(given_tallies, TODAY)
    assert {w.section for w in found} == {t.section for t in given_tallies}
    places = [(w.weak is None, -w.failure_rate) for w in found]
    assert places == sorted(places)
    assert sum(w.reviews for w in found) == sum(t.reviews for t in given_tallies)


@given(tallies)
def test_not_every_section_is_weak(given_tallies: list[Tally]) -> None:
    found = weaknesses(given_tallies, TODAY)
    assert not found or not all(w.weak for w in found)
    for each in found:
        if each.weak:
            assert each.lower_bound > min(w.failure_rate for w in found)
