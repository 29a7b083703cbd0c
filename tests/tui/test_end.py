"""The end of a sitting: how it went, what was missed, what may be done next."""

import re

import pytest

from learner import answer_all, answers_of, two_sections, with_a_weak_section
from offhand.domain.event import Grade
from on_screen import Front, opened
from support import Home, deck_of


def first_line(front: Front) -> str:
    """The figures, without the time that the test took."""
    line = next(line for line in front.lines if line.strip())
    return re.sub(r"· \d+ s ·", "· … s ·", line.strip())


async def test_the_figures_tell_what_was_kept_and_missed(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(4)})) as front:
        await front.press("space")
        for grade in "3142":
            await front.press("space", grade)
        await front.press("space", "3", "space", "3")
        assert front.at == "end"
        assert first_line(front) == "4 cards · … s · 3 kept, 1 missed (75 %) · 4 new"
        assert front.row("term 2") == front.row("Missed") + 1
        assert "term 1" not in front.text
        assert "Streak 1 day." in front.text
        assert "Tomorrow 4 due." in front.text


async def test_the_last_months_share_stands_beside_the_sittings(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    async with opened(desk) as front:
        await front.press("space")
        for grade in "3331":
            await front.press("space", grade)
        await front.press("space", "3")
        told = "4 cards · … s · 3 kept, 1 missed (75 %; the last month 75 %)"
        assert first_line(front) == told


async def test_the_counts_are_right_after_undo(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        await front.press("space", "space", "1", "space", "3", "space", "1")
        await front.press("u", "space", "3")
        await front.press("space", "3")
        assert first_line(front) == "3 cards · … s · 2 kept, 1 missed (67 %) · 3 new"
        # Back from the end itself, further and further, and another way forward.
        await front.press("u")
        assert front.at == "review"
        assert "once more" in front.lines[0]
        await front.press("u", "u", "u")
        assert "1 of 3" in front.lines[0]
        for _ in range(3):
            await front.press("space", "4")
        assert first_line(front) == "3 cards · … s · 3 kept, 0 missed (100 %) · 3 new"
        assert "Nothing missed." in front.text
    assert answers_of(desk) == [(f"numbers/term-{n}/term", 5, "answer") for n in (1, 2, 3)]


async def test_r_practises_the_missed_cards_and_no_others(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with opened(desk) as front:
        await front.press("space")
        for grade in "13131":
            await front.press("space", grade)
        await front.press(*["space", "3"] * 3)
        assert "r missed again" in front.footer
        states = desk.db.rows("SELECT * FROM states")
        await front.press("r")
        asked = []
        while front.at == "review":
            assert "practice" in front.lines[0]
            found = re.search(r"term \d", front.text)
            assert found
            asked.append(found[0])
            await front.press("space", "3")
        assert sorted(asked) == ["term 1", "term 3", "term 5"]
        assert first_line(front) == "Practice: 3 cards · … s · 3 kept, 0 missed (100 %)"
        assert "r missed again" not in front.footer
        await front.press("space")
        assert front.at == "home"
    assert desk.db.rows("SELECT * FROM states") == states


async def test_w_drills_a_section_that_the_sitting_left_weak(home: Home) -> None:
    desk = with_a_weak_section(home)
    async with opened(desk) as front:
        await front.press("down", "space", "space", "1", "q")
        assert front.at == "end"
        assert re.search(r"Hard ones is weak: \d+ % of 26 reviews missed\.", front.text)
        await front.press("w")
        assert "Hard ones  practice" in front.lines[0]
        assert "1 of 20" in front.lines[0]


async def test_a_sitting_without_weak_sections_offers_no_drill(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("space", "space", "3", "space", "3")
        assert "drill" not in front.footer
        await front.press("w")
        assert front.at == "end"


async def test_c_goes_on_with_what_is_still_waiting(home: Home) -> None:
    desk = home.open({"two.yaml": two_sections(3)})
    async with opened(desk) as front:
        await front.press("down", "space", "space", "3", "space", "1", "q")
        assert "5 still wait today." in front.text
        await front.press("c")
        assert "1 of 4 · 1 again" in front.lines[0]


async def test_c_says_when_another_offhand_has_answered_what_was_waiting(home: Home) -> None:
    desk = home.open({"two.yaml": two_sections(2)})
    async with opened(desk) as front:
        await front.press("down", "space", "space", "3", "q")
        assert "3 still wait today." in front.text
        answer_all(home.open(), Grade.GOOD)
        await front.press("c")
        assert front.at == "end"
        assert front.toasts == ["Nothing is waiting here any more."]


async def test_a_day_that_is_done_offers_nothing_to_go_on_with(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await front.press("space", "space", "3")
        assert front.footer.split() == ["space", "done", "u", "undo", "?", "help"]


@pytest.mark.parametrize("key", ["enter", "q", "escape"])
async def test_every_key_for_done_goes_home(home: Home, key: str) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await front.press("space", "space", "3", key)
        assert front.at == "home"
        assert "Done for today." in front.text


async def test_many_missed_cards_can_be_scrolled_on_a_small_terminal(home: Home) -> None:
    desk = home.open({"two.yaml": two_sections(12)}, new_per_day=99)
    async with opened(desk, size=(60, 20)) as front:
        await front.press("space", *["space", "1"] * 14, "q")
        assert "Streak" not in front.text
        await front.press("end")
        for line in ("and 2 more", "24 still wait today.", "Streak 1 day.", "Tomorrow 14 due."):
            assert line in front.text
