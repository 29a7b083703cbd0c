"""With the history, Anki's log and schedule come along as they stood."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from anki_packages import CREATED, REVERSED, ACard, ANote, Line, package
from offhand.domain.event import Grade
from offhand.formats.anki.reading import read
from offhand.formats.draft import Past, PastAnswer, PastSchedule, ReadOptions

DAY_0 = date(2025, 10, 9)
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
IN_UTC = {"creationOffset": 0, "rollover": 4}


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def past_of(path: Path, card: ACard, **conf: object) -> Past | None:
    """The past of a note's one card."""
    made = package(path / "deck.apkg", [ANote(["q", "a"], cards=[card])], conf={**IN_UTC, **conf})
    (draft,) = read(made, ReadOptions(history=True))
    return draft.entries[0].pasts.get("question")


def answers_of(path: Path, *lines: Line, type_: int = 2, **conf: object) -> tuple[PastAnswer, ...]:
    past = past_of(path, ACard(type=type_, queue=type_, interval=9, log=lines), **conf)
    return past.answers if past else ()


def schedule_of(path: Path, **card: int) -> PastSchedule | None:
    past = past_of(path, ACard(**card))
    return past.schedule if past else None


def test_created_is_the_day_that_the_tests_count_from() -> None:
    assert datetime.fromtimestamp(CREATED, UTC).date() == DAY_0


def test_the_four_buttons_are_grades(tmp_path: Path) -> None:
    lines = [
        Line(ms(NOON + timedelta(days=day)), ease, last=day * 10, took=1000 + day)
        for day, ease in enumerate([1, 2, 3, 4])
    ]

    assert answers_of(tmp_path, *lines) == tuple(
        PastAnswer(NOON + timedelta(days=day), grade, 1000 + day, day * 10, True)
        for day, grade in enumerate([Grade.WRONG, Grade.HARD, Grade.GOOD, Grade.PERFECT])
    )


def test_an_interval_in_seconds_is_none_in_days(tmp_path: Path) -> None:
    (answer,) = answers_of(tmp_path, Line(ms(NOON), 3, last=-600, kind=0))

    assert answer.interval == 0


def test_of_a_learners_day_only_the_first_answer_moves_the_schedule(tmp_path: Path) -> None:
    evening = NOON.replace(hour=23, minute=50)
    moments = [
        evening,
        evening + timedelta(minutes=20),  # before four: still that day
        evening + timedelta(hours=5),
        evening + timedelta(hours=5, minutes=1),
    ]
    lines = [Line(ms(at), 1 + n % 2 * 2, kind=1 if n == 0 else 2) for n, at in enumerate(moments)]

    assert [each.scheduled for each in answers_of(tmp_path, *lines)] == [True, False, True, False]


def test_the_day_turns_over_when_and_where_anki_has_it_do_so(tmp_path: Path) -> None:
    lines = [Line(ms(NOON.replace(hour=3)), 3), Line(ms(NOON.replace(hour=6)), 3)]

    found = [
        [each.scheduled for each in answers_of(tmp_path, *lines, **conf)]
        for conf in ({}, {"rollover": 8}, {"creationOffset": -300}, {"creationOffset": 60})
    ]

    assert found == [[True, True], [True, False], [True, False], [True, True]]
    in_zone = answers_of(tmp_path, *lines, creationOffset=-300)[0].at
    assert in_zone.tzinfo == timezone(timedelta(hours=5))


def test_cramming_leaves_the_schedule_alone_and_early_reviews_do_not(tmp_path: Path) -> None:
    lines = [
        Line(ms(NOON), 3, kind=3, factor=0),
        Line(ms(NOON) + 1000, 3, kind=3, factor=2500),
    ]

    assert [each.scheduled for each in answers_of(tmp_path, *lines)] == [False, True]


def test_what_is_no_answer_is_none(tmp_path: Path) -> None:
    lines = [
        Line(ms(NOON), 0, kind=4, factor=2500),
        Line(ms(NOON) + 1, 3, kind=5),
        Line(ms(NOON) + 2, 9, kind=1),
        Line(ms(NOON) + 3, 3, kind=1),
    ]

    assert [each.at for each in answers_of(tmp_path, *lines)] == [NOON + timedelta(milliseconds=3)]


def test_answers_before_a_card_was_made_new_again_move_nothing(tmp_path: Path) -> None:
    lines = [
        Line(ms(NOON), 3),
        Line(ms(NOON + timedelta(days=1)), 0, kind=4, factor=0),
        Line(ms(NOON + timedelta(days=2)), 3),
    ]

    assert [each.scheduled for each in answers_of(tmp_path, *lines)] == [False, True]
    assert [each.scheduled for each in answers_of(tmp_path, *lines, type_=0)] == [False, False]


@pytest.mark.parametrize(
    ("card", "schedule"),
    [
        ({"type": 0, "due": 12}, None),
        (
            {"type": 2, "queue": 2, "due": 100, "interval": 30, "factor": 2350, "lapses": 2},
            PastSchedule(DAY_0 + timedelta(100), 30, 235, 2, 2),
        ),
        (
            {"type": 2, "queue": -1, "due": -5, "interval": 1, "factor": 1200},
            PastSchedule(DAY_0 - timedelta(5), 1, 130, 1, 0),
        ),
        # Learning: due at a second, at five past midnight still the day before.
        (
            {"type": 1, "queue": 1, "due": ms(NOON.replace(hour=0)) // 1000 + 300},
            PastSchedule(date(2026, 1, 9), 1, 250, 0, 0),
        ),
        (
            {"type": 3, "queue": 3, "due": 120, "interval": 4, "factor": 2000, "lapses": 1},
            PastSchedule(DAY_0 + timedelta(120), 4, 200, 0, 1),
        ),
        # In a filtered deck: due in the own one.
        (
            {"type": 2, "queue": 2, "due": -9, "interval": 7, "home_due": 50, "home_deck": 1},
            PastSchedule(DAY_0 + timedelta(50), 7, 250, 2, 0),
        ),
        (
            {"type": 2, "due": 999_999_999, "interval": 2**62, "factor": 2**62, "lapses": -3},
            PastSchedule(DAY_0 + timedelta(73_000), 36_500, 2_000, 2, 0),
        ),
        (
            {"type": 2, "due": -(2**62), "interval": -(2**62), "factor": -(2**62)},
            PastSchedule(DAY_0 - timedelta(36_500), 1, 250, 1, 0),
        ),
    ],
)
def test_a_schedule_is_as_it_stands_in_anki(
    tmp_path: Path, card: dict[str, int], schedule: PastSchedule | None
) -> None:
    assert schedule_of(tmp_path, **card) == schedule


def test_each_card_gets_its_own_past_also_where_a_card_has_no_note(tmp_path: Path) -> None:
    cards = [
        ACard(at, type=2, queue=2, interval=9, log=[Line(ms(NOON) + 10 * n + at, 3)])
        for n in range(3)
        for at in range(2)
    ]
    path = package(
        tmp_path / "deck.apkg",
        [ANote([f"q{n}", "a"], REVERSED, cards=cards[2 * n : 2 * n + 2]) for n in range(3)],
        statements=["DELETE FROM notes WHERE id = 101"],
    )

    (draft,) = read(path, ReadOptions(history=True))

    found = [
        {way: [answer.at for answer in past.answers] for way, past in entry.pasts.items()}
        for entry in draft.entries
    ]
    after = [timedelta(milliseconds=n) for n in (0, 1, 20, 21)]
    assert found == [
        {"term": [NOON + after[0]], "reverse": [NOON + after[1]]},
        {"term": [NOON + after[2]], "reverse": [NOON + after[3]]},
    ]


def test_without_the_history_there_is_none(tmp_path: Path) -> None:
    card = ACard(type=2, queue=2, interval=9, log=[Line(ms(NOON), 3)])
    path = package(tmp_path / "deck.apkg", [ANote(["q", "a"], cards=[card])])

    (draft,) = read(path, ReadOptions())

    assert draft.entries[0].pasts == {}
