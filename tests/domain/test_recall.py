"""Predicted recall: what a card's events leave in memory, as FSRS-6 has it, in learner's days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from card_log import DAY, Log
from offhand.domain.event import Asked, CardEvent, Grade, Mark
from offhand.domain.recall import FSRS6, Memory, lift, memories, memory_of

FSRS = FSRS6()
RATINGS = {0: Rating.Again, 1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good}
RATINGS[5] = Rating.Easy


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def remembered(*events: CardEvent) -> Memory | None:
    return memory_of(FSRS, events)


histories = st.lists(
    st.tuples(st.sampled_from(Grade), st.integers(0, 400)), min_size=1, max_size=12
)


@given(histories, st.integers(0, 1000))
def test_it_agrees_exactly_with_the_package_fed_at_noon(
    history: list[tuple[Grade, int]], later: int
) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, at, log, events = Card(card_id=1), datetime(2026, 3, 2, 12, tzinfo=UTC), Log(), []
    for grade, days in history:
        at += timedelta(days=days)
        card, _ = scheduler.review_card(card, RATINGS[grade], at)
        events.append(log.answer(grade, at.date()))
    memory = remembered(*events)
    assert memory == Memory(card.stability or 0, card.difficulty or 0, at.date())
    on = at + timedelta(days=later)
    assert FSRS.recall(memory, on.date()) == scheduler.get_card_retrievability(card, on)


def test_an_answer_of_the_next_morning_is_one_of_the_next_day() -> None:
    """The package's days have 24 hours: an evening and the next morning would be one of them."""
    log = Log()
    evening, morning = log.answer(4, DAY), log.answer(4, after(1))
    assert remembered(evening, morning) != remembered(evening, log.answer(4, DAY))
    assert remembered(evening, morning) == Memory(7.31530074407728, 2.111214235785395, after(1))


def test_what_is_forgotten_only_falls_and_stands_at_nine_tenths_after_the_stability() -> None:
    memory = Memory(20.0, 5.0, DAY)
    recalls = [FSRS.recall(memory, after(days)) for days in range(60)]
    assert recalls[0] == 1
    assert recalls[20] == pytest.approx(0.9)
    assert all(earlier > later for earlier, later in pairwise(recalls))


def test_a_card_never_answered_is_not_recalled() -> None:
    assert remembered() is None
    assert FSRS.recall(None, DAY) == 0


@pytest.mark.parametrize("asked", [Asked.PRACTICE, Asked.QUIZ])
def test_practice_and_quizzes_leave_no_trace(asked: Asked) -> None:
    log = Log()
    first = log.answer(4)
    assert remembered(first, log.answer(1, after(3), asked)) == remembered(first)


@pytest.mark.parametrize("asked", [Asked.REPEAT, Asked.EARLY])
def test_repeats_and_what_a_target_asks_early_count(asked: Asked) -> None:
    log = Log()
    first = log.answer(1)
    again = log.answer(4, DAY if asked is Asked.REPEAT else after(2), asked)
    found = remembered(first, again)
    assert found == FSRS.answered(remembered(first), Grade.GOOD, again.day)


def test_what_is_undone_was_never_answered() -> None:
    log = Log()
    first, second = log.answer(4), log.answer(1, after(1))
    assert remembered(first, second, log.undo(second.id, after(1))) == remembered(first)


def test_a_reset_makes_the_card_new() -> None:
    log = Log()
    events = [log.answer(4), log.mark(Mark.RESET, after(1))]
    assert remembered(*events) is None
    assert remembered(*events, log.answer(4, after(2))) == remembered(log.answer(4, after(2)))


def test_marks_and_a_moved_date_change_nothing() -> None:
    log = Log()
    first = log.answer(4)
    others = [log.mark(Mark.SUSPEND), log.mark(Mark.FLAG), log.move(after(9))]
    assert remembered(first, *others) == remembered(first)


def test_a_schedule_brought_along_is_as_stable_as_its_interval_and_as_hard_as_its_ease() -> None:
    log = Log()
    schedule = {"interval": 30, "repetitions": 4, "lapses": 0}
    easy = remembered(log.carry(DAY, due=after(10), ease=290, **schedule))
    hard = remembered(log.carry(DAY, due=after(10), ease=180, **schedule))
    assert easy is not None
    assert hard is not None
    assert (easy.stability, easy.last) == (30.0, after(-20))
    assert FSRS.recall(easy, after(10)) == pytest.approx(0.9)
    assert easy.difficulty < hard.difficulty
    # A pass on its day lengthens it by about its ease.
    passed = FSRS.answered(easy, Grade.GOOD, after(10))
    assert passed.stability == pytest.approx(30 * 2.9, rel=0.01)


def test_a_schedule_brought_along_with_its_answers_is_told_by_the_answers() -> None:
    log = Log()
    answer = log.answer(4)
    carried = log.carry(after(1), due=after(9), interval=9, ease=250, repetitions=2, lapses=0)
    assert remembered(answer, carried) == remembered(answer)


@pytest.mark.parametrize(("due", "interval"), [(date(2026, 3, 9), 10**7), (date.max, 1)])
def test_a_schedule_of_the_ends_of_the_calendar_is_taken_as_it_is(due: date, interval: int) -> None:
    carried = Log().carry(DAY, due=due, interval=interval, ease=130, repetitions=1, lapses=0)
    memory = remembered(carried)
    assert memory is not None
    assert memory.last <= DAY
    assert 0 < FSRS.recall(memory, date.max) <= FSRS.recall(memory, DAY) <= 1
    assert FSRS.answered(memory, Grade.PERFECT, date(8999, 12, 31)).stability > 0


def test_a_clock_set_back_takes_no_day_away() -> None:
    log = Log()
    later, earlier = log.answer(4, after(5)), log.answer(4, after(2))
    memory = remembered(later, earlier)
    assert memory is not None
    assert memory.last == after(5)
    assert FSRS.recall(memory, DAY) == 1


def test_the_past_tells_each_day_on_which_something_changed() -> None:
    log = Log()
    events = [log.answer(1), log.answer(4, DAY, Asked.REPEAT), log.answer(4, after(1))]
    days = [day for day, _ in memories(FSRS, events)]
    assert days == [DAY, DAY, after(1)]


@given(histories)
def test_a_review_today_lifts_the_recall_of_a_later_day(history: list[tuple[Grade, int]]) -> None:
    day, memory = DAY, None
    for grade, days in history:
        day += timedelta(days=days)
        memory = FSRS.answered(memory, grade, day)
    today = day + timedelta(days=1)
    gain = lift(FSRS, memory, today, today + timedelta(days=30))
    assert -1 < gain < 1
    known = FSRS.answered(None, Grade.GOOD, today)
    later = today + timedelta(days=30)
    assert lift(FSRS, None, today, later) == FSRS.recall(known, later)


def test_what_is_nearly_forgotten_is_lifted_more_than_what_is_known() -> None:
    weak, strong = Memory(3.0, 6.0, after(-20)), Memory(90.0, 3.0, after(-20))
    assert lift(FSRS, weak, DAY, after(10)) > lift(FSRS, strong, DAY, after(10)) > 0
