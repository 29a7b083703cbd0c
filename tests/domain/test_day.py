"""The learner's day: rollover, daylight saving, travel."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.day import day_named, days_after, learners_day

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LORD_HOWE, AUCKLAND = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Auckland")
HONOLULU, APIA = ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Apia")


@pytest.mark.parametrize(
    ("moment", "rollover", "day"),
    [
        ("2026-03-02T04:00:00", 4, date(2026, 3, 2)),
        ("2026-03-02T03:59:59.999999", 4, date(2026, 3, 1)),
        ("2026-03-02T00:00:00", 4, date(2026, 3, 1)),
        ("2026-03-02T23:59:59", 4, date(2026, 3, 2)),
        ("2026-03-02T00:00:00", 0, date(2026, 3, 2)),
        ("2026-03-01T23:59:59", 0, date(2026, 3, 1)),
        ("2026-03-02T22:59:00", 23, date(2026, 3, 1)),
        ("2026-03-02T23:00:00", 23, date(2026, 3, 2)),
        ("2026-01-01T02:00:00", 4, date(2025, 12, 31)),
        ("2028-03-01T03:00:00", 4, date(2028, 2, 29)),
        ("2026-03-01T03:00:00", 4, date(2026, 2, 28)),
    ],
)
def test_a_day_ends_at_the_hour_of_rollover(moment: str, rollover: int, day: date) -> None:
    assert learners_day(datetime.fromisoformat(moment).replace(tzinfo=UTC), rollover) == day


def local(utc: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(zone)


@pytest.mark.parametrize(
    ("utc", "zone", "day"),
    [
        # Berlin, 29 March 2026: 02:00 is 03:00 at once; 04:00 is three hours after midnight.
        ("2026-03-29T01:59", BERLIN, date(2026, 3, 28)),
        ("2026-03-29T02:00", BERLIN, date(2026, 3, 29)),
        ("2026-03-30T01:59", BERLIN, date(2026, 3, 29)),
        ("2026-03-30T02:00", BERLIN, date(2026, 3, 30)),
        # Berlin, 25 October 2026: 03:00 is 02:00 once more; 04:00 is five hours after midnight.
        ("2026-10-25T02:59", BERLIN, date(2026, 10, 24)),
        ("2026-10-25T03:00", BERLIN, date(2026, 10, 25)),
        ("2026-10-26T02:59", BERLIN, date(2026, 10, 25)),
        ("2026-10-26T03:00", BERLIN, date(2026, 10, 26)),
        # New York, 8 March and 1 November 2026.
        ("2026-03-08T07:59", NEW_YORK, date(2026, 3, 7)),
        ("2026-03-08T08:00", NEW_YORK, date(2026, 3, 8)),
        ("2026-11-01T08:59", NEW_YORK, date(2026, 10, 31)),
        ("2026-11-01T09:00", NEW_YORK, date(2026, 11, 1)),
    ],
)
def test_on_the_days_of_daylight_saving_the_day_still_turns_over_at_4_on_the_wall(
    utc: str, zone: ZoneInfo, day: date
) -> None:
    assert learners_day(local(utc, zone), 4) == day


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE, AUCKLAND], ids=str)
@pytest.mark.parametrize("rollover", [0, 1, 2, 3, 4, 23])
def test_through_a_year_no_day_is_skipped_none_comes_twice(zone: ZoneInfo, rollover: int) -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    moments = (start + timedelta(minutes=30 * n) for n in range(365 * 48))
    days = [learners_day(moment.astimezone(zone), rollover) for moment in moments]
    assert {after - before for before, after in pairwise(days)} == {
        timedelta(),
        timedelta(days=1),
    }


def test_a_flight_east_can_skip_a_day_and_a_flight_west_bring_it_again() -> None:
    # Samoa left out 30 December 2011 altogether.
    assert learners_day(local("2011-12-30T09:00", APIA), 4) == date(2011, 12, 29)
    assert learners_day(local("2011-12-30T14:00", APIA), 4) == date(2011, 12, 31)
    leaving, landing = "2026-03-02T20:00", "2026-03-03T05:00"
    assert learners_day(local(leaving, AUCKLAND), 4) == date(2026, 3, 3)
    assert learners_day(local(landing, HONOLULU), 4) == date(2026, 3, 2)


def test_one_moment_belongs_to_the_day_of_the_zone_where_the_learner_is() -> None:
    evening_in_new_york = local("2026-03-03T01:30", NEW_YORK)
    assert learners_day(evening_in_new_york, 4) == date(2026, 3, 2)
    assert learners_day(evening_in_new_york.astimezone(BERLIN), 4) == date(2026, 3, 2)
    assert learners_day(evening_in_new_york.astimezone(AUCKLAND), 4) == date(2026, 3, 3)


@given(st.dates(), st.integers(0, 100_000))
def test_days_are_counted_on_the_calendar_up_to_its_last_day(day: date, count: int) -> None:
    later = days_after(day, count)
    if later == date.max:
        assert date.max.toordinal() - day.toordinal() <= count
    else:
        assert later - day == timedelta(days=count)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 3, 2)),
        (" Tomorrow ", date(2026, 3, 3)),
        ("yesterday", date(2026, 3, 1)),
        ("0", date(2026, 3, 2)),
        ("+3", date(2026, 3, 5)),
        ("-2", date(2026, 2, 28)),
        ("9999999", date.max),
        ("-9999999", date.min),
        ("tue", date(2026, 3, 3)),
        ("Friday", date(2026, 3, 6)),
        ("mon", date(2026, 3, 9)),
        ("2026-12-24", date(2026, 12, 24)),
        ("2026-02-30", None),
        ("mo", None),
        ("someday", None),
        ("", None),
        ("+", None),
        ("1e3", None),
    ],
)
def test_a_day_is_named_in_words_counts_or_as_a_date(text: str, day: date | None) -> None:
    assert day_named(text, date(2026, 3, 2)) == day


@given(st.text())
def test_no_text_is_refused_as_the_name_of_a_day(text: str) -> None:
    day_named(text, date(2026, 3, 2))
