"""What the next days bring, and how long today takes."""

from datetime import date

import pytest

from offhand.domain.forecast import FIRST_PACE_MS, DayAhead, days_ahead, minutes

TODAY = date(2026, 3, 2)


def test_the_days_after_today_are_told_with_what_is_due_on_each() -> None:
    due_on = {date(2026, 3, 1): 9, TODAY: 8, date(2026, 3, 4): 5, date(2026, 3, 6): 7}
    assert days_ahead(due_on, TODAY, 3) == (
        DayAhead(date(2026, 3, 3), 0),
        DayAhead(date(2026, 3, 4), 5),
        DayAhead(date(2026, 3, 5), 0),
    )


def test_the_days_ahead_stop_with_the_calendar() -> None:
    eve = date(9999, 12, 30)
    assert days_ahead({date.max: 3}, eve, 7) == (DayAhead(date.max, 3),)
    assert days_ahead({}, date.max, 7) == ()


@pytest.mark.parametrize(
    ("cards", "spent_ms", "answered", "expected"),
    [
        pytest.param(0, 600_000, 30, 0, id="nothing to do takes no time"),
        pytest.param(60, 300_000, 30, 10, id="the learner's own pace"),
        pytest.param(1, 300_000, 30, 1, id="a card takes a minute at least"),
        pytest.param(
            60, 9_000_000, 9, FIRST_PACE_MS // 1000, id="the first pace until ten answers"
        ),
        pytest.param(60, 0, 0, FIRST_PACE_MS // 1000, id="the first pace before any answer"),
        pytest.param(60, 300_000, 10, 30, id="ten answers make a pace"),
    ],
)
def test_minutes_go_by_the_learners_own_pace_once_it_is_known(
    cards: int, spent_ms: int, answered: int, expected: int
) -> None:
    assert minutes(cards, spent_ms, answered) == expected
