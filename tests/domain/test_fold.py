"""What a card's events make of it."""

from datetime import date, timedelta

import pytest

from card_log import DAY, Log
from offhand.domain.event import Asked, CardEvent, Grade, Mark, Renamed
from offhand.domain.fold import NEW, CardState, Standing, fold
from offhand.domain.schedule.protocol import Schedule
from offhand.domain.schedule.sm2 import SM2

SM = SM2()
NEXT = DAY + timedelta(days=1)
FIRST_GOOD = Schedule(NEXT, 1, 250, 1, 0)


def state_of(*events: CardEvent) -> CardState:
    return fold(SM, events)


def test_a_card_without_events_is_new() -> None:
    assert state_of() == CardState() == NEW
    assert NEW.on(DAY) is Standing.NEW


def test_a_first_good_answer_schedules_the_card_for_tomorrow() -> None:
    state = state_of(Log().answer(4))
    assert state == CardState(FIRST_GOOD, answered_on=DAY, reviews=1)
    assert state.on(DAY) is Standing.LATER
    assert state.on(NEXT) is Standing.DUE
    assert state.on(NEXT + timedelta(days=300)) is Standing.DUE


@pytest.mark.parametrize("grade", [Grade.BLACKOUT, Grade.WRONG, Grade.NEARLY, Grade.HARD])
def test_a_card_graded_below_4_comes_round_again_on_the_same_day_only(grade: Grade) -> None:
    state = state_of(Log().answer(grade))
    assert state.again_on == DAY
    assert state.on(DAY) is Standing.AGAIN
    assert state.on(NEXT) is Standing.DUE


def test_a_repeat_below_4_prolongs_the_round_and_a_good_one_ends_it() -> None:
    log = Log()
    events: list[CardEvent] = [log.answer(1), log.answer(3, asked=Asked.REPEAT)]
    assert fold(SM, events).on(DAY) is Standing.AGAIN
    events.append(log.answer(4, asked=Asked.REPEAT))
    assert fold(SM, events).on(DAY) is Standing.LATER


def test_repeats_change_neither_schedule_nor_count_of_reviews() -> None:
    log = Log()
    first = log.answer(2)
    repeats = [log.answer(grade, asked=Asked.REPEAT) for grade in (0, 3, 5)]
    assert state_of(first, *repeats) == CardState(
        Schedule(NEXT, 1, 250, 0, 0), answered_on=DAY, reviews=1
    )


@pytest.mark.parametrize("grade", list(Grade))
def test_practice_changes_nothing_at_all(grade: Grade) -> None:
    log = Log()
    first = log.answer(1)
    drilled = log.answer(grade, NEXT, Asked.PRACTICE)
    assert state_of(first, drilled) == state_of(first)
    assert state_of(drilled) == NEW


def test_a_suspended_card_asks_for_nothing_until_it_is_resumed() -> None:
    log = Log()
    events: list[CardEvent] = [log.answer(4), log.mark(Mark.SUSPEND)]
    assert fold(SM, events) == CardState(FIRST_GOOD, DAY, suspended=True, reviews=1)
    assert fold(SM, events).on(NEXT) is Standing.SUSPENDED
    events.append(log.mark(Mark.RESUME, NEXT))
    assert fold(SM, events).on(NEXT) is Standing.DUE


def test_a_buried_card_waits_until_the_next_day() -> None:
    state = state_of(Log().mark(Mark.BURY))
    assert state == CardState(buried_on=DAY)
    assert state.on(DAY) is Standing.BURIED
    assert state.on(NEXT) is Standing.NEW


def test_burying_also_ends_the_coming_round_of_that_day() -> None:
    log = Log()
    assert state_of(log.answer(1), log.mark(Mark.BURY)).on(DAY) is Standing.BURIED


def test_a_flag_stays_through_answers_until_it_is_taken_off() -> None:
    log = Log()
    events: list[CardEvent] = [log.mark(Mark.FLAG), log.answer(4)]
    assert fold(SM, events) == CardState(FIRST_GOOD, DAY, flagged=True, reviews=1)
    events.append(log.mark(Mark.UNFLAG))
    assert fold(SM, events) == CardState(FIRST_GOOD, DAY, reviews=1)


def test_a_reset_card_is_new_again_and_learns_from_the_beginning() -> None:
    log = Log()
    past = [log.answer(grade) for grade in (5, 5, 3)]
    reset = log.mark(Mark.RESET, NEXT)
    assert state_of(*past, reset) == NEW
    assert state_of(*past, reset, log.answer(4, NEXT)) == CardState(
        Schedule(NEXT + timedelta(days=1), 1, 250, 1, 0), answered_on=NEXT, reviews=1
    )


def test_a_reset_keeps_a_card_suspended_and_flagged() -> None:
    log = Log()
    events: list[CardEvent] = [
        log.mark(Mark.SUSPEND),
        log.mark(Mark.FLAG),
        log.answer(4),
        log.mark(Mark.RESET),
    ]
    assert fold(SM, events) == CardState(suspended=True, flagged=True)


def test_an_undone_answer_counts_as_never_given() -> None:
    log = Log()
    first = log.answer(4)
    wrong = log.answer(0, NEXT)
    right = log.answer(5, NEXT)
    undo = log.undo(wrong.id, NEXT)
    assert state_of(first, wrong, undo) == state_of(first)
    assert state_of(first, wrong, undo, right) == state_of(first, right)


def test_an_undone_mark_counts_as_never_made() -> None:
    log = Log()
    for mark in Mark:
        made = log.mark(mark)
        before: list[CardEvent] = [log.answer(2), log.mark(Mark.SUSPEND), log.mark(Mark.FLAG)]
        assert state_of(*before, made, log.undo(made.id)) == state_of(*before)


def test_an_answer_in_the_middle_can_be_taken_back() -> None:
    log = Log()
    first, second, third = log.answer(4), log.answer(1, NEXT), log.answer(5, NEXT)
    undo = log.undo(second.id, NEXT)
    assert state_of(first, second, third, undo) == state_of(first, third)


def test_undoing_the_same_answer_twice_as_two_devices_may_is_undoing_it_once() -> None:
    log = Log()
    first, second = log.answer(4), log.answer(1, NEXT)
    assert state_of(first, second, log.undo(second.id), log.undo(second.id)) == state_of(first)


def test_a_rename_changes_nothing_of_what_was_learned() -> None:
    log = Log()
    answer = log.answer(4)
    renamed = Renamed(id="1" * 26, at=answer.at, day=DAY, device="desk", card=log.card, key="d/e/t")
    assert state_of(answer, renamed) == state_of(answer)


def test_answers_on_a_day_before_the_last_one_as_after_a_journey_west_count_from_their_day() -> (
    None
):
    log = Log()
    state = state_of(log.answer(4, NEXT), log.answer(4, DAY))
    assert state == CardState(
        Schedule(DAY + timedelta(days=6), 6, 250, 2, 0), answered_on=DAY, reviews=2
    )


def test_the_fold_goes_on_from_a_state_given() -> None:
    log = Log()
    first, second = log.answer(5), log.answer(3, NEXT)
    assert fold(SM, iter([second]), fold(SM, iter([first]))) == state_of(first, second)


def test_another_scheduler_is_tried_on_the_same_past() -> None:
    log = Log()
    past = [log.answer(4, date(2026, 1, 1 + n)) for n in range(5)]
    assert fold(SM, past).schedule == Schedule(date(2026, 4, 10), 95, 250, 5, 0)
    assert fold(SM2(cap=30), past).schedule == Schedule(date(2026, 2, 4), 30, 250, 5, 0)
    assert fold(SM, past).schedule == Schedule(date(2026, 4, 10), 95, 250, 5, 0)
