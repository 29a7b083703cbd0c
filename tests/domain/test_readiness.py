"""Readiness: the share of the cards that will be recalled, what it rests on, what lifts it."""

from datetime import timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_log import DAY
from offhand.domain.readiness import CALIBRATION_ERROR, Lift, curve, lifts, readiness
from offhand.domain.recall import FSRS6, Memory

ON = DAY + timedelta(days=10)


def test_it_is_the_mean_of_the_likelihoods() -> None:
    found = readiness([0.9, 0.9, 0.9, 0.9, 0.0])
    assert found.share == pytest.approx(0.72)
    chance = 4 * 0.09 / 25
    error = CALIBRATION_ERROR * 4 * 0.09 / 5
    half = 1.96 * sqrt(chance + error**2)
    assert (found.low, found.high) == (pytest.approx(0.72 - half), pytest.approx(0.72 + half))


def test_the_interval_of_many_cards_is_the_error_that_predictions_have_in_common() -> None:
    few, many = readiness([0.8] * 10), readiness([0.8] * 100_000)
    assert few.high - few.low > 2 * (many.high - many.low)
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.3 * 0.16, rel=0.01)


@given(st.lists(st.floats(0, 1), max_size=30))
def test_the_share_lies_in_its_interval_and_the_interval_between_none_and_all(
    recalls: list[float],
) -> None:
    found = readiness(recalls)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1


@pytest.mark.parametrize("count", [0, 3])
def test_where_nothing_was_seen_nothing_is_ready_and_that_is_sure(count: int) -> None:
    found = readiness([0.0] * count)
    assert (found.share, found.low, found.high) == (0, 0, 0)


def test_the_curve_ends_at_the_readiness_of_today() -> None:
    fsrs = FSRS6()
    first, second = Memory(5.0, 5.0, DAY), Memory(20.0, 5.0, DAY + timedelta(days=2))
    early = Memory(3.0, 5.0, DAY - timedelta(days=4))
    cards = [
        [(DAY, first), (DAY + timedelta(days=2), second)],
        [(DAY - timedelta(days=4), early)],
        [],
        [(DAY, first), (DAY + timedelta(days=1), None)],
    ]
    today = DAY + timedelta(days=3)
    shares = [fsrs.recall(memory, ON) for memory in (first, second, early)]
    points = curve(fsrs, cards, ON, DAY, today)
    assert [day for day, _ in points] == [DAY + timedelta(days=n) for n in range(4)]
    assert [share for _, share in points] == pytest.approx(
        [
            (shares[0] + shares[2] + shares[0]) / 4,
            (shares[0] + shares[2]) / 4,
            (shares[1] + shares[2]) / 4,
            (shares[1] + shares[2]) / 4,
        ]
    )
    assert points[-1][1] == pytest.approx(readiness([shares[1], shares[2], 0, 0]).share)


def test_a_target_without_cards_has_a_flat_curve() -> None:
    assert curve(FSRS6(), [], ON, DAY, DAY) == ((DAY, 0.0),)


def test_sections_are_told_by_what_their_best_cards_add_to_the_whole() -> None:
    gains = {"a": 0.5, "b": 0.3, "c": 0.2, "d": 0.6, "e": -0.1}
    sections = dict.fromkeys("abc", ("deck", "one")) | dict.fromkeys("de", ("deck", "two"))
    assert lifts(gains, sections, 10, 2) == [
        Lift("deck", "one", ("a", "b"), 0.08),
        Lift("deck", "two", ("d",), 0.06),
    ]
