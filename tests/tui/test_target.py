"""Dates to be ready by on screen: set, told with a curve, and told on home."""

import re
from datetime import timedelta

import pytest

from learner import answer_all
from offhand.domain.event import Grade
from offhand.study.desk import Desk
from offhand.study.targets.target import set_target, targets_known
from on_screen import Front, opened
from support import Home, deck_of

SIZES = [(60, 20), (80, 24), (120, 40)]
SECTIONS = """
deck: Signals
sections:
  Everyday: {SIGTERM: Asks a process to end., SIGKILL: Ends a process at once.}
  Job control: {SIGSTOP: Pauses a process., SIGCONT: Lets it go on.}
"""


def aimed(home: Home, days: int = 20, learned: int = 0) -> Desk:
    """A desk with a target, after some days of learning."""
    desk = home.open({"numbers.yaml": deck_of(12)})
    on = home.clock.now().date() + timedelta(days=days)
    set_target(desk, "Acme [b]on[/]-site", on)
    for _ in range(learned):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=1)
    return desk


async def fill(front: Front, *fields: str) -> None:
    """Type into the lines of the form, one after another."""
    for place, text in enumerate(fields):
        await front.press(*["tab"] * bool(place), *text)


async def test_without_a_target_it_says_what_one_does(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("d")
        assert front.at == "target"
        assert "No date is set. With one, new cards are spread over the days" in front.words()
        assert front.footer.split() == ["a", "add", "q", "back", "?", "help"]
        await front.press("x", "j", "k", "q")
        assert front.at == "home"


async def test_a_target_is_set_in_a_form_and_told_at_once(home: Home) -> None:
    desk = home.open({"signals.yaml": SECTIONS})
    async with opened(desk) as front:
        await front.press("d", "a")
        await fill(front, "Acme", "+21", "25")
        assert "Mon 23 Mar 2026, in 21 days · all sections" in front.text
        await front.press("tab", "down", "space")
        assert "in 21 days · 1 section" in front.text
        await front.press("enter")
        assert front.at == "target"
        assert re.search(r"Acme +Mon 23 Mar 2026, in 21 days", front.text)
        assert "The busiest day asks about 2 cards, 1 minute;" in front.words()
        assert "0 % ready" in front.text
        assert "0 of 2 cards seen" in front.text
    (target,) = targets_known(desk)
    assert (target.name, target.minutes) == ("Acme", 25)
    assert target.scopes == (("signals", "job-control"),)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (("Acme", ""), "'' is no day."),
        (("Acme", "yesterday"), "2026-03-01 is past: there is no day left to prepare on."),
        (("Acme", "+9", "0"), "0 minutes a day cannot be."),
        (("", "+9"), "A target needs a name."),
    ],
)
async def test_what_cannot_be_is_told_and_the_form_stays_as_it_is(
    home: Home, fields: tuple[str, ...], told: str
) -> None:
    desk = home.open({"signals.yaml": SECTIONS})
    async with opened(desk) as front:
        await front.press("d", "a")
        await fill(front, *fields)
        await front.press("enter")
        assert front.at == "targetsetup"
        assert front.toasts[0].startswith(told)
        assert all(text in front.text for text in fields)
        await front.press("escape", "q")
        assert front.at == "home"
    assert targets_known(desk) == []


async def test_a_space_in_a_name_is_a_space_and_a_question_mark_one(home: Home) -> None:
    desk = home.open({"signals.yaml": SECTIONS})
    async with opened(desk) as front:
        await front.press("d", "a", "A", "space", "b", "question_mark", "tab", "plus", "9", "enter")
        assert front.at == "target"
    assert [target.name for target in targets_known(desk)] == ["A b?"]


async def test_one_of_the_same_name_takes_the_place_of_the_first_and_says_so(home: Home) -> None:
    desk = aimed(home)
    async with opened(desk) as front:
        await front.press("d", "a")
        await fill(front, "acme [b]on[/]-site", "+30")
        await front.press("enter")
        assert "It takes the place of the one on Sun 22 Mar 2026." in front.text
        await front.press("q", "d")
        assert "takes the place" not in front.text
    assert len(targets_known(desk)) == 1


async def test_the_curve_rises_over_the_days_and_ends_today(home: Home) -> None:
    async with opened(aimed(home, learned=5), size=(120, 40)) as front:
        await front.press("d")
        first, last = front.row("100 ┤"), front.row("  0 ╵")
        columns = [line[8:].ljust(90) for line in front.lines[first:last]]
        heights = [sum(row[at] != " " for row in columns) for at in range(0, 18, 3)]
        assert heights == sorted(heights)
        assert heights[0] < heights[4]
        assert all(row[18:].strip() == "" for row in columns)
        days = front.lines[last + 1]
        assert days.split() == ["2", "Mar", "17", "Mar", "22", "Mar"]
        assert days.index("17 Mar") - days.index("2 Mar") == 15 * 3


async def test_what_lifts_it_most_today_is_told(home: Home) -> None:
    async with opened(aimed(home, learned=1)) as front:
        await front.press("d")
        assert re.search(r"Numbers +10 cards, 10 new +\+\d+\.\d points", front.text)
        assert re.search(r"Today asks \d cards?, \d of them new\.", front.text)


@pytest.mark.parametrize("size", SIZES)
async def test_home_tells_how_ready_one_is(home: Home, size: tuple[int, int]) -> None:
    async with opened(aimed(home, learned=3), size=size) as front:
        found = re.search(r"(\d+) % ready · (\S+ ?\S*) 17 d", front.text)
        assert bool(found) == (size[0] >= 76)
        if found:
            assert found[2].startswith("Acme [b]on")
            below = front.lines[front.row("% ready ·") + 1]
            curve = re.search(r"([▁▂▃▄▅▆▇█]+) \d+ to \d+ %$", below)
            assert curve is not None
            # A height for each of the four days so far.
            assert curve[1] == "▁▂▂▂"


async def test_home_counts_what_the_pass_asks_and_the_sitting_asks_it(home: Home) -> None:
    desk = aimed(home, days=9, learned=2)
    home.clock.move(days=5)
    async with opened(desk) as front:
        found = re.search(r"(\d+) to review · (\d+) new", front.text)
        assert found
        await front.press("space")
        assert f"1 of {int(found[1]) + int(found[2])}" in front.lines[0]


async def test_a_card_asked_early_says_so_and_when_it_comes_back(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    for days in (1, 6, 7):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=days)
    due = "8 days"
    set_target(desk, "soon", home.clock.now().date() + timedelta(days=1))
    async with opened(desk) as front:
        await front.press("space")
        assert "Numbers  early" in front.lines[0]
        await front.press("space")
        assert re.search(rf"↻ 1 day +↻ {due} +{due} +{due}", front.text)


async def test_before_the_pass_the_grades_promise_no_day_past_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    set_target(desk, "soon", home.clock.now().date() + timedelta(days=6))
    async with opened(desk) as front:
        await front.press("space", "space")
        assert re.search(r"↻ 1 day +↻ ≤ 5 days +≤ 5 days +≤ 5 days", front.text)


async def test_a_target_is_dropped_when_one_is_sure(home: Home) -> None:
    desk = aimed(home)
    async with opened(desk) as front:
        await front.press("d", "x")
        assert "Drop Acme [b]on[/]-site?" in front.text
        await front.press("n")
        assert len(targets_known(desk)) == 1
        await front.press("x", "y")
        assert "No date is set." in front.text
        assert targets_known(desk) == []


async def test_the_keys_go_through_several_targets(home: Home) -> None:
    desk = aimed(home)
    set_target(desk, "other", home.clock.now().date() + timedelta(days=40))
    async with opened(desk) as front:
        await front.press("d")
        assert "17 Mar" in front.text
        await front.press("j")
        assert "6 Apr" in front.text
        await front.press("k")
        assert "17 Mar" in front.text


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_that_matters_is_cut_at_any_size(home: Home, size: tuple[int, int]) -> None:
    async with opened(aimed(home, learned=4), size=size) as front:
        await front.press("d")
        for told in ("% ready", "Today asks", "the last pass begins", "100 ┤", "17 Mar"):
            assert told in front.words()
        await front.press("a")
        for told in ("For what", "When", "Minutes a day", "Numbers", "esc back"):
            assert told in front.text
