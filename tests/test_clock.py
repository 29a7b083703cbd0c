"""The present: the machine's, or one that a person sets for a trial."""

import ast
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from freezegun import freeze_time

import offhand
from offhand.clock import system_clock
from offhand.errors import OffhandError


@contextmanager
def _zone(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _no_moment_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OFFHAND_NOW", raising=False)


def test_the_present_is_the_machines_in_its_zone() -> None:
    before = datetime.now(UTC)
    now = system_clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == before.astimezone().utcoffset()


@freeze_time("2026-03-02T08:30", tz_offset=0)
def test_the_present_is_asked_for_anew_each_time() -> None:
    clock = system_clock()
    first = clock.now()
    with freeze_time("2026-03-02T08:45", tz_offset=0):
        assert clock.now() - first == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("moment", "wall", "offset_hours"),
    [
        ("2026-10-25T00:30", "02:30", 2),
        ("2026-10-25T01:30", "02:30", 1),
        ("2026-03-29T00:59", "01:59", 1),
        ("2026-03-29T01:00", "03:00", 2),
    ],
)
def test_the_zone_is_that_of_the_moment_also_in_an_hour_that_comes_twice(
    moment: str, wall: str, offset_hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()

    class Then(datetime):
        """What freezegun does not tell: which of two equal hours it is."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.fromtimestamp(seconds, tz)

    with _zone("Europe/Berlin", monkeypatch):
        monkeypatch.setattr("offhand.clock.datetime", Then)
        now = system_clock().now()
        assert now.strftime("%H:%M") == wall
        assert now.utcoffset() == timedelta(hours=offset_hours)
        assert now.timestamp() == seconds


@pytest.mark.parametrize("given", [True, False])
def test_a_moment_can_be_set_from_which_time_goes_on(
    given: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = "2026-12-24T09:00"
    if not given:
        monkeypatch.setenv("OFFHAND_NOW", shown)
    with freeze_time("2026-03-02T08:30") as frozen:
        clock = system_clock(shown if given else None)
        assert clock.now().replace(tzinfo=None) == datetime(2026, 12, 24, 9)
        frozen.tick(timedelta(hours=20))
        assert clock.now().replace(tzinfo=None) == datetime(2026, 12, 25, 5)


def test_an_empty_moment_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFHAND_NOW", "")
    with freeze_time("2026-03-02T08:30"):
        assert system_clock().now().replace(tzinfo=None) == datetime.now()


def test_a_moment_with_a_zone_is_shown_in_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    with _zone("Asia/Tokyo", monkeypatch):
        now = system_clock("2026-12-24T09:00+00:00").now()
        assert now.strftime("%Y-%m-%dT%H:%M") == "2026-12-24T18:00"
        assert now.utcoffset() == timedelta(hours=9)


def test_a_moment_on_the_other_side_of_a_change_of_the_clock_shows_its_own_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with _zone("Europe/Berlin", monkeypatch):
        for shown, hours in (("2026-01-15T09:00", 1), ("2026-07-15T09:00", 2)):
            now = system_clock(shown).now()
            assert now.strftime("%Y-%m-%dT%H:%M") == shown
            assert now.tzinfo is not None
            assert now.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "shown",
    ["tomorrow", "2026-13-01", "09:00", "2026-12-24T25:00", "0001-01-01", "9999-12-31T23:59", " "],
)
def test_what_is_no_moment_is_refused_with_an_example(shown: str) -> None:
    with pytest.raises(OffhandError) as refused:
        system_clock(shown)
    assert str(refused.value) == (
        f"OFFHAND_NOW is not a moment: {shown!r}.\nWrite it as 2026-12-24T09:00, or unset it."
    )


def test_a_date_alone_is_its_midnight() -> None:
    assert system_clock("2026-12-24").now().strftime("%Y-%m-%d %H:%M") == "2026-12-24 00:00"


def test_no_other_module_asks_what_time_it_is() -> None:
    """Seconds that pass are measured with `monotonic`; the date and the hour come from the clock."""
    asking = []
    for path in sorted(Path(offhand.__file__).parent.rglob("*.py")):
        if path.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called.endswith((".now", ".today", ".utcnow", "time.time", "localtime")):
                    asking.append(f"{path.name}:{node.lineno} {called}")
    allowed = ("clock.now", "Review.today", "review.today", "report.today")
    assert [each for each in asking if not each.endswith(allowed)] == []
