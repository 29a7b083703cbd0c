"""The streak: a day on which nothing could be asked does not break it."""

from datetime import date, timedelta

import pytest

from learner import answer_all
from offhand.domain.event import Grade, Mark, Rest
from offhand.domain.streak import Streak
from offhand.store import reading
from offhand.study.answering import mark, record_answer, undo_last
from offhand.study.desk import Desk
from offhand.study.refresh import refresh
from offhand.study.report import figures
from support import Home, deck_of

_START = date(2026, 3, 2)


def _rest(desk: Desk) -> list[int]:
    """The days of rest in the log, counted from the first day."""
    rest = [event.day for event in reading.all_events(desk.db) if isinstance(event, Rest)]
    return [(day - _START).days for day in rest]


def test_each_day_with_a_review_counts(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)}, new_per_day=2)
    assert figures(desk).streak == Streak(0, today=False)
    for day in range(5):
        assert figures(desk).streak == Streak(day, today=False)
        answer_all(desk, Grade.GOOD)
        assert figures(desk).streak == Streak(day + 1, today=True)
        home.clock.move(days=1)


def test_a_day_that_was_missed_ends_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)}, new_per_day=2)
    for _ in range(3):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=1)
    home.clock.move(days=1)
    desk = home.open()
    assert figures(desk).streak == Streak(0, today=False, lost=3)
    assert _rest(desk) == []
    answer_all(desk, Grade.GOOD)
    assert figures(desk).streak == Streak(1, today=True)


@pytest.mark.parametrize("open_all_the_time", [False, True])
def test_a_day_without_anything_to_ask_does_not_break_it(
    home: Home, open_all_the_time: bool
) -> None:
    """One card all passed: due after 1, 6, 15 days; the days between are days of rest."""
    desk = home.open({"numbers.yaml": deck_of(1)})
    reviewed = 0
    for day in range(23):
        if not open_all_the_time:
            desk = home.open()
        assert figures(desk).streak == Streak(reviewed, today=False)
        if day in (0, 1, 7, 22):
            answer_all(desk, Grade.GOOD)
            reviewed += 1
        home.clock.move(days=1)
    assert figures(desk).streak == Streak(4, today=False)
    assert _rest(desk) == [*range(2, 7), *range(8, 22)]


@pytest.mark.parametrize("open_all_the_time", [False, True])
def test_days_of_rest_are_known_after_a_long_absence(home: Home, open_all_the_time: bool) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=6)
    if not open_all_the_time:
        desk = home.open()
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    assert figures(desk).streak == Streak(3, today=True)
    assert _rest(desk) == [2, 3, 4, 5, 6]
    home.clock.move(days=15 + 1)
    assert figures(home.open()).streak == Streak(0, today=False, lost=3)


def test_rest_ends_where_something_was_due(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=9)
    desk = home.open()
    assert _rest(desk) == [2, 3, 4, 5, 6]
    assert figures(desk).streak == Streak(0, today=False, lost=2)


def test_a_day_with_new_cards_left_is_no_rest(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, new_per_day=2)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=4)
    assert _rest(home.open()) == []


def test_new_cards_that_the_settings_keep_back_are_not_missed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, new_per_day=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    desk = home.open(new_per_day=0)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=3)
    assert _rest(home.open()) == [2, 3]


def test_a_suspended_card_is_not_missed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    answer_all(desk, Grade.GOOD)
    for card in ("numbers/term-1/term", "numbers/term-2/term"):
        mark(desk, card, Mark.SUSPEND)
    home.clock.move(days=4)
    desk = home.open()
    assert _rest(desk) == [1, 2, 3]
    assert figures(desk).streak == Streak(1, today=False)


def test_a_card_that_a_new_deck_brings_was_not_missed_before_it_came(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=4)
    desk = home.open({"more.yaml": deck_of(5)})
    assert _rest(desk) == [2, 3, 4]
    assert figures(desk).streak.days == 2


def test_nobody_rests_before_the_first_review(home: Home) -> None:
    home.open().close()
    home.clock.move(days=9)
    assert _rest(home.open()) == []


def test_a_day_of_rest_is_logged_once(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    for days in (1, 3, 0):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=days)
    for _ in range(3):
        desk = home.open()
        figures(desk)
    assert _rest(desk) == [2, 3]


def test_an_answer_taken_back_does_not_count(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)}, new_per_day=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    assert figures(desk).streak == Streak(2, today=True)
    undo_last(desk)
    assert figures(desk).streak == Streak(1, today=False)


def test_practice_counts_as_a_day_of_reviewing(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    record_answer(desk, "numbers/term-1/term", Grade.GOOD, practice=True)
    assert figures(desk).streak == Streak(2, today=True)


def test_the_heatmap_holds_the_answers_of_each_day(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(9)}, new_per_day=3)
    for _ in range(2):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=1)
    undo_last(desk)
    assert figures(desk).heat == {_START: 3, _START + timedelta(days=1): 5}


@pytest.mark.parametrize("change", ["a deck", "a mark"])
def test_rest_is_told_from_the_cards_that_there_were_then(home: Home, change: str) -> None:
    """A desk that stays open takes an edit, or a card up again, after the days have passed."""
    desk = home.open({"numbers.yaml": deck_of(3)})
    mark(desk, "numbers/term-3/term", Mark.SUSPEND)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=3)
    if change == "a deck":
        home.write("more.yaml", deck_of(1))
        refresh(desk)
    else:
        mark(desk, "numbers/term-3/term", Mark.RESUME)
    assert _rest(desk) == [2, 3]
    assert figures(desk).streak.days == 2
