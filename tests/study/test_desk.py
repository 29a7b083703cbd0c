"""A desk is opened and brought up to date, or refused before anything is written."""

from datetime import date, datetime, timedelta

import pytest

from offhand.domain.day import learners_day
from offhand.domain.event import Grade
from offhand.domain.schedule.protocol import Schedule
from offhand.errors import OffhandError
from offhand.store import reading
from offhand.study.answering import record_answer
from offhand.study.desk import Desk
from offhand.study.review import Review
from support import Home, deck_of


def _intervals(desk: Desk) -> list[int]:
    states = reading.all_states(desk.db).values()
    return [state.schedule.interval for state in states if state.schedule]


def _learn(home: Home, times: int, **settings: object) -> Desk:
    """Answer one card on the day it is due, again and again."""
    desk = home.open({"numbers.yaml": deck_of(1)}, **settings)
    for _ in range(times):
        record_answer(desk, "numbers/term-1/term", Grade.GOOD)
        home.clock.move(days=_intervals(desk)[0])
    return desk


def test_a_first_start_needs_nothing(home: Home) -> None:
    desk = home.open()
    assert home.paths.database.exists()
    assert not home.paths.settings.exists()
    assert desk.notices == []
    assert Review.today(desk).shown is None
    assert desk.now == home.clock.now()
    assert desk.today == date(2026, 3, 2)


def test_a_device_keeps_its_name(home: Home) -> None:
    first, second = home.open(), home.open({"numbers.yaml": deck_of(1)})
    assert len(first.device) == 8
    assert second.device == first.device
    assert record_answer(second, "numbers/term-1/term", Grade.GOOD).event.device == first.device


def test_settings_that_cannot_be_read_are_refused_before_anything_is_made(home: Home) -> None:
    with pytest.raises(OffhandError, match="new_per_day"):
        home.open(new_per_day="many")
    assert not home.paths.database.exists()


def test_another_cap_on_the_interval_is_taken_for_the_past_too(home: Home) -> None:
    """As if it had always been so; and taken back, as if it had never been."""
    desk = _learn(home, 5)
    assert _intervals(desk) == [95]
    free = reading.all_states(desk.db)
    answers = desk.db.rows("SELECT * FROM events WHERE kind = 'answer'")
    desk = home.open(interval_cap=20)
    capped = Schedule(date(2026, 5, 1) + timedelta(days=20), 20, 250, 5, 0)
    assert [state.schedule for state in reading.all_states(desk.db).values()] == [capped]
    desk = home.open(interval_cap=0)
    assert reading.all_states(desk.db) == free
    assert desk.db.rows("SELECT * FROM events WHERE kind = 'answer'") == answers


def test_the_cap_holds_for_what_comes(home: Home) -> None:
    assert _intervals(_learn(home, 5, interval_cap=10)) == [10]


def test_fuzz_is_folded_as_it_was_answered(home: Home) -> None:
    desk = _learn(home, 8, fuzz=True)
    fuzzed = reading.all_states(desk.db)
    plain = reading.all_states(home.open(fuzz=False).db)
    assert plain != fuzzed
    assert reading.all_states(home.open(fuzz=True).db) == fuzzed


def test_notices_are_told_once(home: Home) -> None:
    desk = home.open({"numbers.yaml": "deck: ["})
    assert len(desk.notices) == 1
    told = desk.notices
    assert desk.take_notices() == told
    assert desk.take_notices() == []


def test_the_learners_day_is_that_of_the_clock_and_the_rollover(home: Home) -> None:
    desk = home.open(rollover=6)
    for moment in ("2026-03-03T05:59", "2026-03-03T06:00", "2026-12-31T23:59"):
        home.clock.set(moment)
        assert desk.today == learners_day(datetime.fromisoformat(moment), 6)
