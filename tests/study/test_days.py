"""What the calendar does to a sitting: tomorrow, after a month, at night, across time zones."""

from collections import Counter
from datetime import date, timedelta

import pytest

from offhand.domain.event import Answer, Asked, Grade
from offhand.store import reading
from offhand.study.answering import find_card, record_answer
from offhand.study.desk import Desk
from offhand.study.report import figures
from offhand.study.review import Review
from offhand.study.today import today
from support import FixedClock, Home, deck_of


def _review_all(desk: Desk, grades: tuple[Grade, ...] = (Grade.GOOD,)) -> int:
    """Answer all that today asks; the grades take turns. Returns how many cards were asked."""
    review = Review.today(desk)
    count = 0
    while review.shown is not None:
        review.answer(grades[count % len(grades)], 1000)
        count += 1
    return review.session.done


def _schedule(desk: Desk, card: str = "numbers/term-1/term") -> tuple[date, int]:
    schedule = find_card(desk, card).state.schedule
    assert schedule is not None
    return schedule.due, schedule.interval


def _scheduled(desk: Desk) -> list[Answer]:
    answers = [event for event in reading.all_events(desk.db) if isinstance(event, Answer)]
    return [answer for answer in answers if answer.asked is Asked.SCHEDULED]


@pytest.mark.parametrize(
    ("away", "asked_after", "next_interval"),
    [(0, 0, None), (1, 5, 6), (10, 5, 6), (31, 5, 6), (400, 5, 6)],
)
def test_the_cards_of_today_are_due_tomorrow_and_wait_as_long_as_it_takes(
    home: Home, away: int, asked_after: int, next_interval: int | None
) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    _review_all(desk)
    home.clock.move(days=away)
    desk = home.open()
    assert (today(desk).due, today(desk).new) == (asked_after, 0)
    assert _review_all(desk) == asked_after
    if next_interval is not None:
        assert _schedule(desk) == (desk.today + timedelta(days=next_interval), next_interval)


def test_the_interval_counts_from_the_day_of_the_answer(home: Home) -> None:
    """SM-2's 1, 6, 15 days, each answered some days late."""
    desk = home.open({"numbers.yaml": deck_of(1)})
    seen = []
    for late in (0, 1, 10, 30):
        home.clock.move(days=late)
        assert _review_all(desk) == 1
        due, interval = _schedule(desk)
        assert due == desk.today + timedelta(days=interval)
        seen.append((desk.today.isoformat(), interval))
        home.clock.move(days=interval)
    assert seen == [("2026-03-02", 1), ("2026-03-04", 6), ("2026-03-20", 15), ("2026-05-04", 38)]


def test_siblings_never_come_on_one_day_in_a_month_of_reviews(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(12, reverse=True)}, new_per_day=4)
    for _ in range(35):
        _review_all(desk, (Grade.GOOD, Grade.WRONG, Grade.PERFECT, Grade.HARD, Grade.GOOD))
        assert Review.today(desk).shown is None
        home.clock.move(days=1)
    answers = _scheduled(desk)
    assert {answer.card.rpartition("/")[2] for answer in answers} == {"term", "reverse"}
    entries = Counter((answer.day, answer.card.rpartition("/")[0]) for answer in answers)
    assert set(entries.values()) == {1}
    begun = Counter(answer.day for answer in answers if answer.interval == 0)
    assert max(begun.values()) == 4
    assert sum(begun.values()) == 24


def test_siblings_may_come_on_one_day_when_the_settings_say_so(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2, reverse=True)}, siblings_apart=False)
    assert Review.today(desk).session.waiting == tuple(
        f"numbers/term-{n}/{way}" for n in (1, 2) for way in ("term", "reverse")
    )


@pytest.mark.parametrize(
    ("moment", "rollover", "day"),
    [
        ("2026-03-03T03:59:59", 4, "2026-03-02"),
        ("2026-03-03T04:00", 4, "2026-03-03"),
        ("2026-03-03T00:00", 0, "2026-03-03"),
        ("2026-03-03T22:59", 23, "2026-03-02"),
        ("2026-01-01T02:00", 4, "2025-12-31"),
        ("2028-03-01T02:00", 4, "2028-02-29"),
    ],
)
def test_a_day_turns_over_at_the_hour_of_the_settings(
    home: Home, moment: str, rollover: int, day: str
) -> None:
    home.clock.set(moment)
    desk = home.open({"numbers.yaml": deck_of(1)}, rollover=rollover)
    assert desk.today == date.fromisoformat(day)
    assert Review.today(desk).answer(Grade.GOOD, 1).event.day == date.fromisoformat(day)
    assert _schedule(desk)[0] == date.fromisoformat(day) + timedelta(days=1)


def test_a_night_of_reviews_is_one_day(home: Home) -> None:
    home.clock.set("2026-03-02T23:40")
    desk = home.open({"numbers.yaml": deck_of(20)}, new_per_day=3)
    assert _review_all(desk) == 3
    home.clock.set("2026-03-03T03:50")
    assert _review_all(desk) == 0
    home.clock.set("2026-03-03T04:10")
    assert _review_all(desk) == 6


_AROUND_A_CHANGE = [
    ("Europe/Berlin", "2026-03-28"),
    ("Europe/Berlin", "2026-10-24"),
    ("America/New_York", "2026-03-07"),
    ("America/New_York", "2026-10-31"),
    ("Australia/Lord_Howe", "2026-04-04"),
    ("Africa/Cairo", "2026-04-23"),
    ("Africa/Cairo", "2026-10-29"),
]


@pytest.mark.parametrize("rollover", [0, 4])
@pytest.mark.parametrize(("zone", "start"), _AROUND_A_CHANGE)
def test_daylight_saving_neither_doubles_nor_skips_a_day(
    zone: str, start: str, rollover: int, home: Home
) -> None:
    """Cairo's clocks change at midnight, Lord Howe's by half an hour."""
    home.clock = FixedClock(f"{start}T12:00", zone)
    desk = home.open(rollover=rollover)
    days = []
    for _ in range(4 * 72):
        days.append(desk.today)
        home.clock.move(hours=0.25)
    first = date.fromisoformat(start)
    assert list(dict.fromkeys(days)) == [first + timedelta(days=n) for n in range(4)]
    assert days == sorted(days)


@pytest.mark.parametrize(("zone", "start"), _AROUND_A_CHANGE)
@pytest.mark.parametrize("hour", ["02:30", "23:30"])
def test_reviews_at_the_same_hour_each_day_keep_the_schedule_over_a_change_of_the_clock(
    zone: str, start: str, hour: str, home: Home
) -> None:
    home.clock = FixedClock(f"{start}T{hour}", zone)
    desk = home.open({"numbers.yaml": deck_of(1)})
    assert _review_all(desk) == 1
    home.clock.move(days=1)
    assert _review_all(desk) == 1
    first = _scheduled(desk)[0].day
    assert _schedule(desk) == (first + timedelta(days=7), 6)
    assert figures(desk).streak.days == 2


def test_a_traveller_keeps_day_and_streak(home: Home) -> None:
    """Each evening's review at its own place's evening; the log keeps the moments in UTC besides."""
    home.clock = FixedClock("2026-03-02T20:00", "Europe/Berlin")
    desk = home.open({"numbers.yaml": deck_of(40)}, new_per_day=3)
    journey = ["Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin"]
    for day, zone in enumerate(journey, start=3):
        assert _review_all(desk) > 0
        home.clock.travel(zone)
        home.clock.set(f"2026-03-{day:02}T20:00")
        assert desk.today == date(2026, 3, day)
    assert _review_all(desk) > 0
    assert figures(desk).streak.days == 5
    moments = [answer.at for answer in sorted(_scheduled(desk), key=lambda answer: answer.id)]
    assert moments == sorted(moments)
    assert {moment.utcoffset() for moment in moments} == {timedelta()}


def test_a_day_lived_twice_west_of_the_date_line_loses_nothing(home: Home) -> None:
    home.clock = FixedClock("2026-03-03T09:00", "Pacific/Auckland")
    desk = home.open({"numbers.yaml": deck_of(20)}, new_per_day=3)
    _review_all(desk)
    home.clock.travel("Pacific/Honolulu")
    assert desk.today == date(2026, 3, 2)
    assert _review_all(desk) == 3
    home.clock.move(days=1)
    assert desk.today == date(2026, 3, 3)
    assert figures(desk).streak.days == 2
    assert _review_all(desk) == 3
    assert {answer.card for answer in _scheduled(desk)} == {
        f"numbers/term-{n}/term" for n in range(1, 7)
    }


def test_a_clock_set_back_keeps_the_order_of_the_log(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    told: list[str] = []
    for moment in ("2026-03-02T09:00", "2020-01-01T09:00", "2026-03-02T10:00"):
        home.clock.set(moment)
        card = f"numbers/term-{len(told) + 1}/term"
        told.append(record_answer(desk, card, Grade.GOOD).event.id)
    assert told == sorted(told)
