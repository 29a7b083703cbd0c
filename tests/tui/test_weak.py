"""Weak sections: the share missed, what the evidence allows, and the cards that cost most."""

import re

from learner import answer_all, two_sections, with_a_weak_section
from offhand.domain.card import Scope
from offhand.domain.event import Grade
from offhand.study.report import weak_sections
from offhand.study.review import Review
from on_screen import opened
from support import Home, deck_of


async def test_without_reviews_it_says_when_to_come_back(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    answer_all(desk, Grade.WRONG)
    async with opened(desk) as front:
        await front.press("w")
        assert front.at == "weak"
        told = "No reviews yet. A card's first answer is not a review: come back tomorrow."
        assert told in front.text
        assert front.footer.split() == ["q", "back", "?", "help"]
        await front.press("space", "d", "enter", "j", "k")
        assert front.at == "weak"


async def test_the_bars_show_the_share_missed_and_what_the_evidence_allows(home: Home) -> None:
    desk = with_a_weak_section(home)
    async with opened(desk) as front:
        await front.press("w")
        hard, easy = front.lines[front.row("Hard ones")], front.lines[front.row("Easy ones")]
        assert front.row("Hard ones") < front.row("Easy ones")
        assert hard.split()[-6:] == ["100", "%", "of", "25", "reviews", "weak"]
        assert easy.split()[-5:] == ["0", "%", "of", "25", "reviews"]
        low, high = ((w.weakness.lower_bound, w.weakness.upper_bound) for w in weak_sections(desk))
        assert low[1] == 1.0
        assert hard.count("─") == 0
        bar = hard.count("█") + hard.count("▓")
        assert bar > 8
        assert hard.count("█") == round(low[0] * bar)
        assert easy.count("█") + easy.count("▓") == 0
        assert easy.count("─") == round(high[1] * bar)


async def test_a_section_with_few_reviews_says_so_instead_of_a_number(home: Home) -> None:
    desk = home.open({"two.yaml": two_sections(3)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.WRONG)
    async with opened(desk) as front:
        await front.press("w")
        for title in ("Hard ones", "Easy ones"):
            line = front.lines[front.row(title)]
            assert line.split(title)[1].strip() == "not enough reviews yet (3)"
        assert "%" not in front.text.replace("(95 %)", "")
        assert "Weakest" not in front.text


async def test_the_cards_that_cost_most_are_those_of_the_marked_section(home: Home) -> None:
    desk = home.open({"two.yaml": two_sections(3)})
    answer_all(desk, Grade.GOOD)
    for misses in ({"H2", "E1"}, {"H2", "H3"}, {"H2"}):
        home.clock.move(days=10)
        review = Review.today(desk)
        while review.shown is not None:
            missed = review.shown.kept.card.prompt in misses and bool(review.session.waiting)
            review.answer(Grade.WRONG if missed else Grade.GOOD, 0)
    async with opened(desk) as front:
        await front.press("w")

        def costly() -> list[str]:
            first = front.row("Missed most") + 1
            found = [re.fullmatch(r" +(\d+)x  (\S+)", line) for line in front.lines[first:]]
            return [f"{each[1]} {each[2]}" for each in found if each]

        assert costly() == ["3 H2", "1 H3"]
        await front.press("down")
        assert costly() == ["1 E1"]
        await front.press("k")
        assert costly() == ["3 H2", "1 H3"]


async def test_one_key_drills_the_marked_section_and_the_schedule_stays(home: Home) -> None:
    desk = with_a_weak_section(home)
    states = desk.db.rows("SELECT * FROM states")
    async with opened(desk) as front:
        await front.press("w", "space")
        assert "Hard ones  practice" in front.lines[0]
        assert "1 of 20" in front.lines[0]
        await front.press("space", "1", "space", "4", "q")
        assert "Practice: 2 cards" in front.text
        await front.press("q")
        assert front.at == "weak"
        await front.press("j", "d")
        assert "Easy ones  practice" in front.lines[0]
        await front.press("q", "q")
        assert front.at == "home"
    assert desk.db.rows("SELECT * FROM states") == states


async def test_home_names_the_weakest_sections_and_marks_those_that_are_weak(home: Home) -> None:
    async with opened(with_a_weak_section(home)) as front:
        assert re.search(r"Hard ones +weak +25 ", front.lines[front.row("Hard ones")])
        assert "weak" not in front.lines[front.row("Easy ones")]
        panel = [line[47:].strip() for line in front.lines]
        at = panel.index("Weakest")
        assert panel[at + 1 : at + 5] == [
            "Hard ones",
            "100 % of 25 reviews missed",
            "Easy ones",
            "0 % of 25 reviews missed",
        ]


async def test_a_drill_of_which_every_card_is_suspended_says_so(home: Home) -> None:
    desk = home.open({"two.yaml": two_sections(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.GOOD, scope=Scope("two", "hard-ones"))
    async with opened(desk) as front:
        await front.press("w")
        review = Review.practice(desk, Scope("two", "hard-ones"))
        review.suspend()
        await front.press("space")
        assert front.at == "weak"
        assert front.toasts == ["Nothing to practise here now."]
