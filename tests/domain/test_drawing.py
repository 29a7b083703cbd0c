"""Drawing an interview's questions: by weight, by lot, and nothing twice within two weeks."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.drawing import (
    RECENT_DAYS,
    USUAL_MS,
    WEAK_WEIGHT,
    Candidate,
    draw,
    how_many_fit,
    pace_ms,
)

_TODAY = date(2026, 3, 2)


def section(name: str, size: int, each: int = 1, ago: int | None = None) -> list[Candidate]:
    """A section with `size` entries of `each` questions, asked so many days ago."""
    asked = None if ago is None else _TODAY - timedelta(days=ago)
    return [
        Candidate(f"{name}{n}-{k}", f"{name}{n}", "d", name, asked_on=asked)
        for n in range(size)
        for k in range(each)
    ]


def sections_of(drawn: tuple[str, ...]) -> Counter[str]:
    return Counter(card[0] for card in drawn)


def test_every_section_gets_its_turn_before_one_gets_two() -> None:
    candidates = [c for name in "abcdefgh" for c in section(name, 10 + ord(name) % 7)]
    for seed in range(20):
        drawn = draw(candidates, 8, {}, _TODAY, seed)
        assert sections_of(drawn) == Counter("abcdefgh")


def test_a_weak_section_is_asked_twice_as_often() -> None:
    candidates = [c for name in "abc" for c in section(name, 40)]
    drawn = draw(candidates, 40, {("d", "a"): WEAK_WEIGHT}, _TODAY, 5)
    assert sections_of(drawn) == {"a": 20, "b": 10, "c": 10}


def test_a_weak_section_among_many_leads_over_many_interviews() -> None:
    candidates = [c for name in "abcdefgh" for c in section(name, 40)]
    told = Counter[str]()
    for seed in range(200):
        told += sections_of(draw(candidates, 5, {("d", "a"): WEAK_WEIGHT}, _TODAY, seed))
    others = [told[name] for name in "bcdefgh"]
    assert 1.7 < told["a"] / (sum(others) / len(others)) < 2.3
    assert min(others) > 0.8 * max(others)


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_cards() -> None:
    candidates = section("a", 9, 2) + section("b", 4, 3) + section("c", 5, ago=3)
    drawn = draw(candidates, 12, {("d", "b"): 2.0}, _TODAY, 77)
    assert draw(candidates[::-1], 12, {("d", "b"): 2.0}, _TODAY, 77) == drawn
    assert draw(candidates, 12, {("d", "b"): 2.0}, _TODAY, 78) != drawn


def test_what_was_asked_within_two_weeks_waits_while_anything_else_is_there() -> None:
    candidates = section("a", 3, ago=RECENT_DAYS - 1) + section("b", 2) + section("c", 2, ago=14)
    drawn = draw(candidates, 4, {("d", "a"): 9.0}, _TODAY, 1)
    assert sections_of(drawn) == {"b": 2, "c": 2}
    assert sections_of(draw(candidates, 6, {}, _TODAY, 1)) == {"a": 2, "b": 2, "c": 2}


def test_of_what_was_asked_lately_the_longest_ago_comes_first() -> None:
    candidates = [
        Candidate(
            f"asked {ago} days ago", f"e{ago}", "d", "a", asked_on=_TODAY - timedelta(days=ago)
        )
        for ago in (1, 9, 4, 0)
    ]
    assert draw(candidates, 3, {}, _TODAY, 3) == (
        "asked 9 days ago",
        "asked 4 days ago",
        "asked 1 days ago",
    )


def test_a_day_that_a_clock_set_back_left_in_the_future_counts_as_lately() -> None:
    candidates = section("a", 1, ago=-30) + section("b", 1)
    assert draw(candidates, 1, {}, _TODAY, 1) == ("b0-0",)


def test_another_entry_comes_before_a_second_question_of_the_same() -> None:
    drawn = draw(section("a", 4, each=3), 5, {}, _TODAY, 2)
    assert len({card.split("-")[0] for card in drawn[:4]}) == 4
    assert len(drawn) == 5


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 6), max_size=6),
    st.integers(1, 40),
    st.integers(0, 5),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 9), max_size=6),
)
def test_as_many_as_asked_for_are_drawn_each_once(
    sizes: dict[str, int], count: int, seed: int, weights: dict[str, float]
) -> None:
    candidates = [c for name, size in sizes.items() for c in section(name, size, 2)]
    heavy = {("d", name): weight for name, weight in weights.items()}
    drawn = draw(candidates, count, heavy, _TODAY, seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(candidates))
    assert set(drawn) <= {each.card for each in candidates}


def test_a_time_holds_at_least_one_question() -> None:
    assert [how_many_fit(minutes, USUAL_MS) for minutes in (1, 4, 10, 30, 240)] == [1, 1, 2, 8, 60]


def test_the_pace_is_that_of_the_person_when_enough_is_known() -> None:
    assert pace_ms([]) == USUAL_MS
    assert pace_ms([100_000] * 4) == USUAL_MS
    assert pace_ms([100_000, 150_000, 200_000, 120_000, 900_000]) == 150_000
    # Answers of a second each are no pace, and a very long one is no hour.
    assert pace_ms([1_000] * 50) == USUAL_MS
    assert pace_ms([30_000] * 9) == 90_000
    assert pace_ms([3_600_000] * 9) == 480_000
