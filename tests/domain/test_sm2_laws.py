"""What must hold of SM-2 whatever a learner answers, on whatever day, with whatever settings."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.event import Grade
from offhand.domain.schedule.protocol import Schedule, preview
from offhand.domain.schedule.sm2 import SM2

grades = st.sampled_from(Grade)
histories = st.lists(st.tuples(grades, st.integers(0, 500)), max_size=40)
"""Grades, each with the days that the learner is late."""
schedulers = st.builds(SM2, cap=st.sampled_from([0, 0, 1, 6, 7, 30, 365]), fuzz=st.booleans())
days = st.dates()
cards = st.text(max_size=12)


def play(
    scheduler: SM2, history: list[tuple[Grade, int]], start: date, card: str
) -> list[tuple[date, Schedule]]:
    """The day of each answer and the schedule after it."""
    schedule, on, played = None, start, []
    for grade, late in history:
        on = _later(schedule.due if schedule else start, late)
        schedule = scheduler.next(schedule, grade, on, card)
        played.append((on, schedule))
    return played


def _later(day: date, count: int) -> date:
    return date.fromordinal(min(day.toordinal() + count, date.max.toordinal()))


@given(histories)
def test_intervals_and_eases_are_those_of_the_published_formulas_in_exact_arithmetic(
    history: list[tuple[Grade, int]],
) -> None:
    ease, passes, interval, expected = Fraction(5, 2), 0, 0, []
    for grade, _ in history:
        if grade < 3:
            passes, interval = 0, 1
        else:
            passes += 1
            interval = {1: 1, 2: 6}.get(passes) or ceil(interval * ease)
            # EF' := EF + (0.1 - (5 - q) * (0.08 + (5 - q) * 0.02)), never below 1.3
            missing = 5 - grade
            change = Fraction(1, 10) - missing * (Fraction(8, 100) + missing * Fraction(2, 100))
            ease = max(ease + change, Fraction(13, 10))
        expected.append((interval, ease))
    # Within the calendar's bounds: the formulas know none.
    within = [pair for pair in expected if pair[0] < 300_000]
    answered_early = [(grade, 0) for grade, _ in history]
    played = play(SM2(), answered_early, date(1, 1, 1), "")
    if len(within) == len(expected) and sum(pair[0] for pair in expected) < 3_000_000:
        assert [(s.interval, Fraction(s.ease, 100)) for _, s in played] == expected
    else:
        assert [Fraction(s.ease, 100) for _, s in played] == [pair[1] for pair in expected]


@given(schedulers, histories, days, cards)
def test_the_ease_is_at_least_130_and_the_interval_at_least_a_day(
    scheduler: SM2, history: list[tuple[Grade, int]], start: date, card: str
) -> None:
    for _, schedule in play(scheduler, history, start, card):
        assert schedule.ease >= 130
        assert schedule.interval >= 1


@given(schedulers, histories, days, cards)
def test_a_card_is_due_its_interval_after_the_answer_or_on_the_last_day_of_the_calendar(
    scheduler: SM2, history: list[tuple[Grade, int]], start: date, card: str
) -> None:
    for on, schedule in play(scheduler, history, start, card):
        if on == date.max:
            assert schedule.due == date.max
        else:
            assert schedule.due == on + timedelta(days=schedule.interval)


@given(schedulers, histories, days, cards)
def test_no_interval_is_longer_than_the_cap(
    scheduler: SM2, history: list[tuple[Grade, int]], start: date, card: str
) -> None:
    if scheduler.cap:
        for _, schedule in play(scheduler, history, start, card):
            assert schedule.interval <= scheduler.cap


@given(schedulers, histories, days, cards)
def test_a_better_grade_never_gives_a_shorter_interval_or_a_lower_ease(
    scheduler: SM2, history: list[tuple[Grade, int]], start: date, card: str
) -> None:
    played = play(scheduler, history, start, card)
    on, schedule = (played[-1][1].due, played[-1][1]) if played else (start, None)
    outcomes = [scheduler.next(schedule, grade, on, card) for grade in sorted(Grade)]
    for worse, better in pairwise(outcomes):
        assert worse.interval <= better.interval
        assert worse.due <= better.due
    for hard, easier in pairwise(outcomes[Grade.HARD :]):
        assert hard.ease <= easier.ease


@given(schedulers, histories, days, cards, grades)
def test_what_a_preview_tells_is_what_the_answer_does(
    scheduler: SM2, history: list[tuple[Grade, int]], start: date, card: str, grade: Grade
) -> None:
    played = play(scheduler, history, start, card)
    schedule = played[-1][1] if played else None
    on = schedule.due if schedule else start
    told = preview(scheduler, schedule, on, card)
    # Another scheduler with the same settings, as after a restart.
    again = SM2(cap=scheduler.cap, fuzz=scheduler.fuzz)
    assert told[grade] == again.next(schedule, grade, on, card)
    assert list(told) == list(Grade)


@given(histories, days, cards, st.sampled_from([Grade.BLACKOUT, Grade.WRONG, Grade.NEARLY]))
def test_a_failure_leaves_the_ease_and_gives_a_day_with_every_setting(
    history: list[tuple[Grade, int]], start: date, card: str, grade: Grade
) -> None:
    scheduler = SM2(cap=365, fuzz=True)
    played = play(scheduler, history, start, card)
    before = played[-1][1] if played else None
    after = scheduler.next(before, grade, start, card)
    assert after.ease == (before.ease if before else 250)
    assert (after.interval, after.repetitions) == (1, 0)


@given(st.integers(1, 200_000), st.integers(130, 400), st.dates(max_value=date(4000, 1, 1)), cards)
def test_fuzz_stays_within_five_percent_and_keeps_the_order_of_intervals(
    interval: int, ease: int, on: date, card: str
) -> None:
    def after(interval: int, fuzz: bool) -> int:
        before = Schedule(on, interval, ease, 5, 0)
        return SM2(fuzz=fuzz).next(before, Grade.GOOD, on, card).interval

    plain = after(interval, fuzz=False)
    assert abs(after(interval, fuzz=True) - plain) <= plain * 0.05 + 0.5
    assert after(interval, fuzz=True) <= after(interval + 1, fuzz=True)
