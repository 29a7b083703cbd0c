"""A quiz on screen: chosen, answered with feedback at once, and its end."""

import pytest

from learner import answer_all, answers_of
from offhand.domain.card import Scope
from offhand.domain.event import Grade
from offhand.domain.quiz import Way
from offhand.store import reading
from offhand.study.desk import Desk
from offhand.study.quiz import Quiz
from offhand.tui.screens.quiz import QuizScreen
from on_screen import Front, opened
from support import Home, deck_of

TERMS = "deck: D\nentries: {Idempotency: Twice is once.}\n"
CHOICE = """\
deck: D
entries:
  - question: Which signal cannot be caught?
    right: SIGKILL
    wrong: {SIGTERM: A handler may run., "[/] list[int]": No signal at all.}
    why: The kernel ends the process.
"""
CARDS = "deck: D\nentries:\n  - {question: Why?, answer: Because of what follows from it all.}\n"


async def _in(front: Front, desk: Desk, *ways: Way, count: int = 20) -> None:
    quiz = Quiz.begin(desk, [Scope("d")], count, ways, seed=1)
    await front.app.push_screen(QuizScreen(desk, quiz))
    await front.pilot.pause()


async def test_a_typed_answer_is_judged_at_once_and_its_slip_is_shown(home: Home) -> None:
    desk = home.open({"d.yaml": TERMS})
    async with opened(desk) as front:
        await _in(front, desk, Way.TYPED)
        assert "Twice is once." in front.text
        assert "1 of 1 · 0 right" in front.lines[0]
        await front.press(*"idempotncy", "enter")
        assert "✓ Right, with a slip: Idempotency" in front.text
        assert "1 of 1 · 1 right" in front.lines[0]
        assert answers_of(desk) == [("d/idempotency/term", 4, "quiz")]
        await front.press("enter")
        assert front.at == "quizend"
        assert "1 of 1 right (100 %)" in front.text
        assert "Nothing missed." in front.text


async def test_letters_that_are_keys_elsewhere_are_typed(home: Home) -> None:
    desk = home.open({"d.yaml": "deck: D\nentries: {quay 123 abc yn: A place.}\n"})
    async with opened(desk) as front:
        await _in(front, desk, Way.TYPED)
        await front.press(*"quay", "space", *"123", "space", *"abc", "space", *"yn", "enter")
        assert "✓ Right." in front.text


async def test_nothing_typed_is_an_answer_not_known(home: Home) -> None:
    desk = home.open({"d.yaml": TERMS})
    async with opened(desk) as front:
        await _in(front, desk, Way.TYPED)
        await front.press("enter")
        assert "✗ Not so." in front.text
        assert "Idempotency" in front.text
        assert answers_of(desk) == [("d/idempotency/term", 1, "quiz")]


async def test_a_choice_tells_why_each_option_is_right_or_wrong(home: Home) -> None:
    desk = home.open({"d.yaml": CHOICE})
    async with opened(desk) as front:
        await _in(front, desk, Way.CHOICE)
        assert "[/] list[int]" in front.text
        assert "A handler may run." not in front.text
        wrong = next(line for line in front.lines if "SIGTERM" in line).split()[0].lower()
        await front.press(wrong)
        assert "✗ Not so." in front.text
        for reason in ("The kernel ends the process.", "A handler may run.", "No signal at all."):
            assert reason in front.text
        await front.press(wrong, "space")
        assert front.at == "quizend"
        assert len(answers_of(desk)) == 1


@pytest.mark.parametrize(("key", "grade"), [("y", 4), ("3", 4), ("n", 1), ("1", 1)])
async def test_a_plain_card_is_judged_by_oneself(home: Home, key: str, grade: int) -> None:
    desk = home.open({"d.yaml": CARDS})
    async with opened(desk) as front:
        await _in(front, desk, Way.CARD)
        await front.press(key)
        assert answers_of(desk) == []
        await front.press("space", key)
        assert answers_of(desk) == [("d/why/question", grade, "quiz")]
        assert front.at == "quizend"


async def test_missed_cards_are_brought_forward_with_one_key(home: Home) -> None:
    desk = home.open({"d.yaml": deck_of(2)}, new_per_day=99)
    for _ in range(2):
        answer_all(desk, Grade.GOOD, scope=Scope("d"))
        home.clock.move(days=1)
    async with opened(desk) as front:
        await _in(front, desk, Way.TYPED)
        await front.press("enter", "enter", "enter", "enter")
        assert "f missed to tomorrow" in front.footer
        await front.press("f")
        assert "2 cards brought forward: due tomorrow." in front.text
        assert "f missed to tomorrow" not in front.footer
        due = [
            state.schedule.due.day
            for state in reading.all_states(desk.db).values()
            if state.schedule
        ]
        assert due == [5, 5]
        await front.press("r")
        assert front.at == "review"


async def test_leaving_in_the_middle_tells_what_was_answered(home: Home) -> None:
    desk = home.open({"d.yaml": deck_of(4)})
    async with opened(desk) as front:
        await _in(front, desk, Way.TYPED)
        await front.press("enter", "enter", "escape")
        assert front.at == "quizend"
        assert "0 of 1 right" in front.text
        await front.press("q")
        assert front.at == "home"


async def test_leaving_before_any_answer_goes_back(home: Home) -> None:
    desk = home.open({"d.yaml": TERMS})
    async with opened(desk) as front:
        await _in(front, desk, Way.TYPED)
        await front.press("escape")
        assert front.at == "home"


async def test_what_a_quiz_asks_is_chosen_before_it(home: Home) -> None:
    desk = home.open({"d.yaml": "deck: D\nsections: {One: {a: A., b: B.}, Two: {c: C., d: D.}}\n"})
    async with opened(desk) as front:
        await front.press("down", "down", "z")
        assert front.at == "quizsetup"
        assert "20 questions at most, from 1 section" in front.text
        await front.press("minus", "minus", "c", "g", "p")
        assert "5 questions at most" in front.text
        await front.press("enter")
        assert front.at == "quiz"
        assert "Quiz  Two" in front.lines[0]
        assert "1 of 2" in front.lines[0]


async def test_without_a_way_there_is_nothing_to_begin(home: Home) -> None:
    async with opened(home.open({"d.yaml": TERMS})) as front:
        await front.press("z", "c", "g", "p", "t")
        assert "begin" not in front.footer
        await front.press("enter")
        assert front.at == "quizsetup"


async def test_weak_ones_that_are_not_known_yet_are_told_of(home: Home) -> None:
    async with opened(home.open({"d.yaml": TERMS})) as front:
        await front.press("z", "w")
        assert any("No section is known to be weak" in toast for toast in front.toasts)
        assert front.at == "quizsetup"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_a_question_its_field_and_its_answer_fit_any_size(
    home: Home, size: tuple[int, int]
) -> None:
    desk = home.open({"d.yaml": TERMS})
    async with opened(desk, size=size) as front:
        await _in(front, desk, Way.TYPED)
        asked = front.row("Twice is once.")
        assert front.row("Type it, then Enter") > asked
        await front.press("x", "enter")
        assert front.row("Twice is once.") == asked
        assert asked < front.row("✗ Not so:") < front.row("  Idempotency")
