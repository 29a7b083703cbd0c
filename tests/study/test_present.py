from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.card import Card, CardKind, Option, Place
from offhand.domain.event import Grade
from offhand.study.present import (
    buttons_shown,
    duration_text,
    grade_word,
    interval_text,
    option_letter,
    options_shown,
)

DAY = date(2026, 3, 2)


def choice(texts: list[str], key: str = "d/e/choice") -> Card:
    options = tuple(Option(text, index == 0) for index, text in enumerate(texts))
    return Card(key, CardKind.CHOICE, "d/e", "?", texts[0], Place(Path("d.yaml")), options=options)


@given(st.lists(st.text(), min_size=1, max_size=8, unique=True), st.dates())
def test_every_option_is_shown_once_and_in_one_order_all_day(texts: list[str], day: date) -> None:
    card = choice(texts)
    shown = options_shown(card, day)
    assert sorted(shown, key=card.options.index) == list(card.options)
    assert options_shown(choice([texts[0], *reversed(texts[1:])]), day) == shown


def test_over_many_days_the_right_option_stands_in_every_place_alike() -> None:
    card = choice(["right", "wrong 1", "wrong 2", "wrong 3"])
    places = [0] * 4
    for n in range(400):
        shown = options_shown(card, DAY + timedelta(days=n))
        places[[option.right for option in shown].index(True)] += 1
    assert all(70 <= count <= 130 for count in places)


def test_two_cards_of_the_same_options_are_ordered_each_for_itself() -> None:
    texts = ["a", "b", "c", "d", "e"]
    orders = {
        tuple(option.text for option in options_shown(choice(texts, f"d/e/choice-{n}"), DAY))
        for n in range(20)
    }
    assert len(orders) > 10


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 day"),
        (6, "6 days"),
        (30, "30 days"),
        (31, "1 month"),
        (64, "2.1 months"),
        (91, "3 months"),
        (363, "11.9 months"),
        (364, "1 year"),
        (365, "1 year"),
        (511, "1.4 years"),
        (3652, "10 years"),
    ],
)
def test_an_interval_is_short_to_read(days: int, text: str) -> None:
    assert interval_text(days) == text


@given(st.integers(1, 40_000))
def test_an_interval_is_told_within_five_percent(days: int) -> None:
    number, unit = interval_text(days).split()
    told = float(number) * {"day": 1, "month": 365.25 / 12, "year": 365.25}[unit.removesuffix("s")]
    assert abs(told - days) <= 0.05 * days


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 s"),
        (59_499, "59 s"),
        (59_500, "1 min"),
        (520_000, "8 min 40 s"),
        (3_600_000, "1 h"),
        (3_930_000, "1 h 5 min"),
    ],
)
def test_a_duration_is_short_to_read(ms: int, text: str) -> None:
    assert duration_text(ms) == text


def test_options_have_letters_and_numbers_past_z() -> None:
    assert [option_letter(n) for n in (0, 3, 25, 26)] == ["A", "D", "Z", "27"]


def test_four_buttons_give_the_grades_of_the_design() -> None:
    assert [(b.key, b.grade, b.word) for b in buttons_shown(4)] == [
        ("1", Grade(1), "Again"),
        ("2", Grade(3), "Hard"),
        ("3", Grade(4), "Good"),
        ("4", Grade(5), "Easy"),
    ]


def test_six_buttons_give_every_grade_under_its_number() -> None:
    assert [(b.key, b.grade) for b in buttons_shown(6)] == [(str(n), Grade(n)) for n in range(6)]


@pytest.mark.parametrize(
    ("grade", "buttons", "word"),
    [(1, 4, "again"), (1, 6, "wrong"), (5, 4, "easy"), (5, 6, "perfect"), (0, 4, "blackout")],
)
def test_a_grade_is_called_as_its_button(grade: int, buttons: int, word: str) -> None:
    assert grade_word(Grade(grade), buttons) == word
