"""SM-2 against histories worked out by hand: grades in, intervals and eases out."""

from datetime import date, timedelta

import pytest

from offhand.domain.day import days_after
from offhand.domain.event import Grade
from offhand.domain.schedule.protocol import Schedule, preview
from offhand.domain.schedule.sm2 import SM2

START = date(2026, 3, 2)


def play(grades: list[int], scheduler: SM2 | None = None, card: str = "") -> list[Schedule]:
    """The schedule after each of some grades, each given on the day when the card is due."""
    scheduler, on, schedule, played = scheduler or SM2(), START, None, []
    for grade in grades:
        schedule = scheduler.next(schedule, Grade(grade), on, card)
        played.append(schedule)
        on = schedule.due
    return played


@pytest.mark.parametrize(
    ("grades", "intervals", "eases"),
    [
        pytest.param(
            [5, 5, 5, 5, 2, 5, 5, 5, 5],
            [1, 6, 17, 48, 1, 1, 6, 19, 61],
            [260, 270, 280, 290, 290, 300, 310, 320, 330],
            id="the worked example of the design",
        ),
        pytest.param(
            [4] * 10,
            [1, 6, 15, 38, 95, 238, 595, 1488, 3720, 9300],
            [250] * 10,
            id="a 4 leaves the ease",
        ),
        pytest.param(
            [3] * 14,
            [1, 6, 14, 30, 59, 107, 178, 271, 374, 487, 634, 825, 1073, 1395],
            [236, 222, 208, 194, 180, 166, 152, 138, 130, 130, 130, 130, 130, 130],
            id="a 3 lowers the ease as far as the floor",
        ),
        pytest.param(
            [5, 5, 5, 5, 5, 5, 5, 5],
            [1, 6, 17, 48, 140, 420, 1302, 4167],
            [260, 270, 280, 290, 300, 310, 320, 330],
            id="a 5 raises the ease without end",
        ),
        pytest.param(
            [3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 4],
            [1, 6, 14, 30, 59, 107, 178, 271, 374, 487, 682, 1023],
            [236, 222, 208, 194, 180, 166, 152, 138, 130, 140, 150, 150],
            id="from the floor the ease rises again",
        ),
        pytest.param(
            [0, 1, 2, 1, 0],
            [1, 1, 1, 1, 1],
            [250] * 5,
            id="a card never passed comes each day at its first ease",
        ),
        pytest.param(
            [1, 5, 5, 5, 0, 4, 3, 3, 3],
            [1, 1, 6, 17, 1, 1, 6, 16, 41],
            [250, 260, 270, 280, 280, 280, 266, 252, 238],
            id="after a failure the passes go 1, 6 and on with the ease kept",
        ),
        pytest.param(
            [4, 1, 4, 1, 4, 4, 1],
            [1, 1, 1, 1, 1, 6, 1],
            [250] * 7,
            id="a failure after the first pass begins anew",
        ),
        pytest.param(
            [5, 5, 4, 4, 5, 4],
            [1, 6, 17, 46, 125, 350],
            [260, 270, 270, 270, 280, 280],
            id="125 x 2.80 is 350 and not the 351 of floating ease",
        ),
        pytest.param(
            [4, 5, 4, 5, 5, 4, 3],
            [1, 6, 16, 42, 114, 320, 896],
            [250, 260, 260, 270, 280, 280, 266],
            id="320 x 2.80 is 896 and not the 897 of floating ease",
        ),
    ],
)
def test_grades_give_the_intervals_and_eases_of_the_published_algorithm(
    grades: list[int], intervals: list[int], eases: list[int]
) -> None:
    played = play(grades)
    assert [each.interval for each in played] == intervals
    assert [each.ease for each in played] == eases


def test_passes_in_a_row_and_lapses_are_counted() -> None:
    played = play([1, 4, 4, 2, 2, 5, 0])
    assert [each.repetitions for each in played] == [0, 1, 2, 0, 0, 1, 0]
    assert [each.lapses for each in played] == [0, 0, 0, 1, 1, 1, 2]


def test_the_outcomes_of_all_grades_are_told_at_once() -> None:
    third = play([4, 4])[-1]
    on = third.due
    assert preview(SM2(), third, on) == {
        Grade.BLACKOUT: Schedule(on + timedelta(days=1), 1, 250, 0, 1),
        Grade.WRONG: Schedule(on + timedelta(days=1), 1, 250, 0, 1),
        Grade.NEARLY: Schedule(on + timedelta(days=1), 1, 250, 0, 1),
        Grade.HARD: Schedule(on + timedelta(days=15), 15, 236, 3, 0),
        Grade.GOOD: Schedule(on + timedelta(days=15), 15, 250, 3, 0),
        Grade.PERFECT: Schedule(on + timedelta(days=15), 15, 260, 3, 0),
    }


@pytest.mark.parametrize("late", [0, 1, 30, 400])
def test_the_interval_counts_from_the_day_of_the_answer_however_late_it_is(late: int) -> None:
    before = play([4, 4])[-1]
    on = before.due + timedelta(days=late)
    assert SM2().next(before, Grade.GOOD, on) == Schedule(on + timedelta(days=15), 15, 250, 3, 0)


def test_an_answer_before_its_time_counts_from_its_own_day_too() -> None:
    before = play([4, 4])[-1]
    on = before.due - timedelta(days=4)
    assert SM2().next(before, Grade.GOOD, on).due == on + timedelta(days=15)


@pytest.mark.parametrize("grade", [-1, 6, 100])
def test_a_grade_outside_0_to_5_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match=f"^a grade is 0 to 5, not {grade}$"):
        SM2().next(None, grade, START)  # type: ignore[arg-type]


def test_the_cap_is_the_longest_interval_and_later_ones_grow_from_it() -> None:
    assert [each.interval for each in play([4] * 6, SM2(cap=30))] == [1, 6, 15, 30, 30, 30]
    assert [each.interval for each in play([5, 5, 5], SM2(cap=4))] == [1, 4, 4]


def test_a_cap_lifted_later_lets_the_interval_grow_on() -> None:
    capped = play([4] * 4, SM2(cap=30))[-1]
    assert SM2().next(capped, Grade.GOOD, capped.due).interval == 75


def test_an_interval_stops_at_the_last_day_of_the_calendar() -> None:
    on = date.max - timedelta(days=10)
    before = Schedule(on, 400, 250, 4, 0)
    assert SM2().next(before, Grade.GOOD, on) == Schedule(date.max, 10, 250, 5, 0)


@pytest.mark.parametrize("grade", list(Grade))
def test_on_the_last_day_of_the_calendar_a_card_is_due_on_that_day(grade: Grade) -> None:
    before = Schedule(date.max, 400, 250, 4, 0)
    after = SM2().next(before, grade, date.max)
    assert (after.due, after.interval) == (date.max, 1)


def test_a_century_of_perfect_answers_reaches_the_end_of_the_calendar_and_stays() -> None:
    last = play([5] * 40)[-1]
    assert last.due == date.max
    assert last.interval >= 1


def test_without_fuzz_a_schedule_is_the_same_for_every_card() -> None:
    assert play([4] * 8, card="a") == play([4] * 8, card="b") == play([4] * 8)


def fuzzed(interval: int, card: str, on: date = START) -> int:
    """What fuzz makes of an interval, reached by a 4 from one 2.5 times shorter."""
    before = Schedule(on, interval * 2, 250, 4, 0)
    plain = SM2().next(before, Grade.GOOD, on, card).interval
    assert plain == interval * 5
    return SM2(fuzz=True).next(before, Grade.GOOD, on, card).interval


def test_fuzz_parts_cards_that_were_learned_together_by_up_to_five_percent() -> None:
    intervals = {fuzzed(20, f"deck/entry-{n}/term") for n in range(500)}
    assert intervals == set(range(95, 106))


def test_fuzz_is_the_same_for_a_card_on_a_day_and_another_on_another_day() -> None:
    card = "deck/entry/term"
    days = [days_after(START, n) for n in range(100)]
    first = [fuzzed(200, card, on) for on in days]
    assert first == [fuzzed(200, card, on) for on in days]
    assert len(set(first)) > 50


def test_fuzz_leaves_intervals_below_a_week_alone() -> None:
    for n in range(50):
        assert [each.interval for each in play([4, 4], SM2(fuzz=True), f"card {n}")] == [1, 6]


def test_fuzz_never_passes_the_cap() -> None:
    scheduler = SM2(cap=100, fuzz=True)
    before = Schedule(START, 40, 250, 4, 0)
    drawn = {scheduler.next(before, Grade.GOOD, START, f"card {n}").interval for n in range(200)}
    assert max(drawn) == 100
    assert min(drawn) == 95


def test_schedulers_with_other_settings_bear_another_signature() -> None:
    schedulers = [SM2(), SM2(cap=30), SM2(cap=365), SM2(fuzz=True), SM2(cap=30, fuzz=True)]
    assert len({each.signature for each in schedulers}) == len(schedulers)
    assert SM2(cap=30, fuzz=True).signature == SM2(cap=30, fuzz=True).signature
