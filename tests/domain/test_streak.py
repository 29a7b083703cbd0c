"""The streak, and the days of rest that do not break it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.streak import Streak, rest_days, streak

TODAY = date(2026, 3, 30)


def ago(*counts: int) -> set[date]:
    return {TODAY - timedelta(days=count) for count in counts}


@pytest.mark.parametrize(
    ("reviewed", "rest", "expected"),
    [
        pytest.param(ago(), ago(), Streak(0, False), id="nothing yet"),
        pytest.param(ago(0), ago(), Streak(1, True), id="the first day"),
        pytest.param(ago(0, 1, 2), ago(), Streak(3, True), id="three days in a row"),
        pytest.param(ago(1, 2), ago(), Streak(2, False), id="today has not ended yet"),
        pytest.param(ago(2, 3, 4), ago(), Streak(0, False, lost=3), id="yesterday was missed"),
        pytest.param(ago(0, 2, 3), ago(), Streak(1, True), id="begun anew today"),
        pytest.param(ago(0, 3, 4), ago(1, 2), Streak(3, True), id="over two days of rest"),
        pytest.param(ago(3, 4), ago(1, 2), Streak(2, False), id="rest up to yesterday"),
        pytest.param(ago(3, 4), ago(0, 1, 2), Streak(2, False), id="rest today too"),
        pytest.param(ago(4, 5), ago(2, 3), Streak(0, False, lost=2), id="missed after a rest"),
        pytest.param(ago(0, 5), ago(1, 2, 3), Streak(1, True), id="a gap behind the rest"),
        pytest.param(ago(5, 9), ago(), Streak(0, False, lost=1), id="only the last run is told of"),
        pytest.param(ago(0, 1), ago(0, 1), Streak(2, True), id="reviewed on a day of rest"),
        pytest.param(ago(-1, 0, 1), ago(), Streak(2, True), id="a day ahead, as after a flight"),
        pytest.param(ago(-1), ago(), Streak(0, False), id="only a day ahead"),
    ],
)
def test_the_streak_counts_reviewed_days_in_a_row_over_days_of_rest(
    reviewed: set[date], rest: set[date], expected: Streak
) -> None:
    assert streak(TODAY, reviewed, rest) == expected


def test_a_streak_goes_through_both_weekends_of_daylight_saving() -> None:
    through_the_year = {date(2026, 3, 1) + timedelta(days=n) for n in range(270)}
    assert streak(max(through_the_year), through_the_year, set()) == Streak(270, True)


def test_a_streak_may_begin_with_the_calendar() -> None:
    first_days = {date.min, date.min + timedelta(days=1)}
    assert streak(max(first_days), first_days, set()) == Streak(2, True)


counts = st.sets(st.integers(0, 40))


@given(counts, counts)
def test_reviewing_today_adds_one_day_and_a_day_of_rest_adds_none(
    reviewed: set[int], rest: set[int]
) -> None:
    without_today = ago(*reviewed - {0})
    yesterday = streak(TODAY, without_today, ago(*rest))
    today = streak(TODAY, without_today | {TODAY}, ago(*rest))
    assert today == Streak(yesterday.days + 1, True)
    gone = streak(TODAY, without_today, ago(*rest, 0))
    assert gone == yesterday


LAST = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("today", "first_due", "new_left", "expected"),
    [
        pytest.param(15, 15, False, [11, 12, 13, 14], id="nothing due until today"),
        pytest.param(15, 13, False, [11, 12], id="rest ends where something was due"),
        pytest.param(15, 11, False, [], id="due the next day"),
        pytest.param(15, 9, False, [], id="overdue already"),
        pytest.param(15, 20, False, [11, 12, 13, 14], id="nothing due today either"),
        pytest.param(15, None, False, [11, 12, 13, 14], id="nothing will ever be due"),
        pytest.param(15, 20, True, [], id="new cards were left"),
        pytest.param(11, 20, False, [], id="the very next day"),
        pytest.param(10, 20, False, [], id="the same day"),
        pytest.param(8, 20, False, [], id="a clock set back"),
    ],
)
def test_days_of_rest_are_those_on_which_nothing_could_be_asked(
    today: int, first_due: int | None, new_left: bool, expected: list[int]
) -> None:
    due = None if first_due is None else date(2026, 3, first_due)
    rested = rest_days(LAST, date(2026, 3, today), due, new_left)
    assert rested == tuple(date(2026, 3, day) for day in expected)
