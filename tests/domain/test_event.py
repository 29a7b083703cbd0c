"""Grades, and the ids that give the log its order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.event import Grade, next_event_id

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
moments = st.datetimes(datetime(1901, 1, 1), datetime(9999, 12, 1), timezones=st.just(UTC))


def no_chance(bits: int) -> int:
    return 0


def milliseconds(ulid: str) -> int:
    """The time that a ULID bears: its first ten letters, in base 32."""
    value = 0
    for letter in ulid[:10]:
        value = value * 32 + ALPHABET.index(letter)
    return value


def test_a_card_is_recalled_from_3_on() -> None:
    assert [grade.passed for grade in Grade] == [False, False, False, True, True, True]
    assert [int(grade) for grade in Grade] == [0, 1, 2, 3, 4, 5]


def test_an_id_is_a_ulid_as_its_specification_writes_it() -> None:
    # The example of github.com/ulid/javascript: 1469918176385 ms are 01ARYZ6S41.
    at = datetime(2016, 7, 30, 22, 36, 16, 385_000, tzinfo=UTC)
    assert next_event_id(None, at, no_chance) == "01ARYZ6S41" + "0" * 16
    assert next_event_id(None, at, lambda bits: 2**bits - 1) == "01ARYZ6S41" + "Z" * 16


def test_ids_at_one_moment_are_different_on_every_device() -> None:
    drawn = {next_event_id(None, NOW) for _ in range(1000)}
    assert len(drawn) == 1000
    assert {len(ulid) for ulid in drawn} == {26}
    assert {letter for ulid in drawn for letter in ulid} <= set(ALPHABET)


def test_an_id_bears_the_moment_of_its_event() -> None:
    newest = next_event_id(None, NOW)
    later = next_event_id(newest, NOW + timedelta(seconds=5))
    assert milliseconds(newest) == NOW.timestamp() * 1000
    assert milliseconds(later) == (NOW.timestamp() + 5) * 1000


@pytest.mark.parametrize("back", [timedelta(), timedelta(milliseconds=1), timedelta(days=3650)])
def test_after_a_clock_was_set_back_ids_count_on_from_the_newest(back: timedelta) -> None:
    newest = next_event_id(None, NOW, no_chance)
    assert next_event_id(newest, NOW - back, no_chance) == newest[:-1] + "1"


def test_an_id_greater_than_any_random_part_goes_over_to_the_next_millisecond() -> None:
    newest = next_event_id(None, NOW, lambda bits: 2**bits - 1)
    following = next_event_id(newest, NOW, no_chance)
    assert following > newest
    assert milliseconds(following) == milliseconds(newest) + 1


def test_a_clock_before_1970_does_not_spoil_the_order_of_later_ids() -> None:
    early = next_event_id(None, datetime(1969, 12, 31, tzinfo=UTC), no_chance)
    assert early == "0" * 26
    assert next_event_id(early, NOW, no_chance) == next_event_id(None, NOW, no_chance)


@given(st.lists(moments, min_size=2, max_size=30))
def test_the_order_of_ids_is_the_order_of_the_log_whatever_the_clock_shows(
    shown: list[datetime],
) -> None:
    ids: list[str] = []
    for at in shown:
        ids.append(next_event_id(ids[-1] if ids else None, at))
    assert all(before < after for before, after in pairwise(ids))
