"""The mock interview on screen: its clock, its keys while one types and while one does not, its end."""

import re
import time
from pathlib import Path

import pytest
from textual.events import Paste

from interviews import QUESTIONS, TERMS, cards_asked, hold
from learner import answer_all
from offhand.domain.event import Grade
from offhand.domain.interview import Ending, Interview, Progress
from offhand.store import reading
from offhand.study.desk import Desk
from offhand.study.interviews.listing import past_interviews
from offhand.study.interviews.plan import Wish
from offhand.tui.screens.interview import InterviewScreen
from offhand.tui.widgets.answerbox import MOST_LETTERS, AnswerBox, in_lines
from on_screen import Front, opened
from support import Home, deck_of

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.fixture
def desk(home: Home) -> Desk:
    return home.open({"caching.yaml": QUESTIONS})


def box(front: Front) -> AnswerBox:
    return front.app.screen.query_one(AnswerBox)


def running(front: Front) -> Interview:
    screen = front.app.screen
    assert isinstance(screen, InterviewScreen)
    return screen.under_way.interview


async def begin(front: Front) -> None:
    await front.press("i", "enter")
    assert front.at == "interview"


async def show_until(front: Front, text: str) -> None:
    """Skip until a question is put that holds a text."""
    for _ in range(9):
        if text in front.words():
            return
        await front.press("s")
    raise AssertionError(front.text)


async def test_an_interview_from_home_to_its_scorecard(home: Home, desk: Desk) -> None:
    async with opened(desk) as front:
        await front.press("i")
        assert front.at == "interviewsetup"
        assert "4 questions of 4, about 4 min each; there are no more." in front.words()
        await front.press("enter")
        assert re.search(r"1 of 4  (30:00|29:5\d) left$", front.lines[0])
        for _ in range(4):
            assert "Model answer" not in front.text
            await front.press("space")
            assert "Said 0 of" in front.text
            await front.press("1", "enter")
        assert front.at == "scorecard"
        words = front.words()
        assert "4 of 10 points (40 %) · 4 questions in" in words
        assert "The first interview" in words
        assert "Study tonight: Faults (1 of 3), Basics (3 of 7)." in words
        await front.press("q")
        assert front.at == "home"
    (interview,) = past_interviews(desk)
    assert interview.ending is Ending.DONE


async def test_the_bottom_line_offers_what_works(desk: Desk) -> None:
    async with opened(desk, size=(140, 24)) as front:
        await front.press("i")
        assert front.keys_offered == {
            "⏎": "begin",
            "space": "mark",
            "-": "shorter",
            "+": "longer",
            "l": "level",
            "i": "past ones",
            "q": "back",
            "?": "help",
        }
        await front.press("enter")
        asking = {"space": "show answer", "t": "type", "s": "skip", "p": "pause", "e": "end"}
        assert front.keys_offered == asking | {"q": "leave", "?": "help"}
        await front.press("t")
        assert front.keys_offered == {"^r": "show answer", "esc": "keys"}
        await front.press("escape", "s")
        assert front.keys_offered == asking | {"b": "skipped", "q": "leave", "?": "help"}
        await front.press("p")
        assert front.keys_offered == {"space": "go on", "e": "end", "q": "leave", "?": "help"}
        await front.press("space", "space")
        assert front.keys_offered == {
            "⏎": "next",
            "1-9": "tick",
            "p": "pause",
            "e": "end",
            "q": "leave",
            "?": "help",
        }


@pytest.mark.parametrize("keys", [[], ["t"], ["space"]])
async def test_all_that_the_bottom_line_offers_is_told_by_the_help(
    desk: Desk, keys: list[str]
) -> None:
    async with opened(desk, size=(100, 50)) as front:
        await begin(front)
        await front.press(*keys)
        told = {
            each.binding.tooltip
            for each in front.app.screen.active_bindings.values()
            if each.binding.show
        }
        front.app.action_help()
        await front.pilot.pause()
        assert front.at == "help"
        assert all(tooltip and tooltip in front.text for tooltip in told)


async def test_every_key_goes_into_the_box_while_one_types(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await front.press("t", *"space q s p e b 1?", "enter", "i", "j")
        assert box(front).text == "space q s p e b 1?\nij"
        assert running(front).askings[0].progress is Progress.OPEN
        await front.press("escape", "s")
        assert "skipped" not in box(front).text
        await front.press("b")
        assert box(front).text == "space q s p e b 1?\nij"


async def test_what_was_typed_is_ticked_beforehand_and_stands_below_the_model_answer(
    desk: Desk,
) -> None:
    async with opened(desk) as front:
        await begin(front)
        await show_until(front, "stampede")
        await front.press("t", *"one reader rebuilds it", "ctrl+r")
        assert "Said 1 of 3" in front.text
        assert "1 tick from what you typed: correct them" in front.text
        assert re.search(r"✓ +1  one reader rebuilds", front.text)
        assert re.search(r"○ +2  the others wait", front.text)
        assert "You typed one reader rebuilds it" in front.words()
        await front.press("2", "1")
        assert re.search(r"○ +1  one reader rebuilds", front.text)
        assert re.search(r"✓ +2  the others wait", front.text)


async def test_points_are_ticked_under_the_cursor_and_with_a_click(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await show_until(front, "stampede")
        # A second press of the key that showed the answer ticks nothing yet.
        await front.press("space", "space")
        assert "Said 0 of 3" in front.text
        await front.press("j", "space")
        assert re.search(r"✓ +2  the others wait", front.text)
        await front.click("jitter on the expiry")
        assert "Said 2 of 3" in front.text
        await front.press("k", "space", "9")
        assert re.search(r"Said 1 of 3", front.text)


async def test_a_pause_hides_the_question_and_stops_the_clock(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        asked = running(front).askings[0].question
        assert asked is not None
        await front.press("t", *"half", "escape", "p")
        assert asked.prompt[:20] not in front.words()
        assert "Paused" in front.text
        used = running(front).used_ms
        screen = front.app.screen
        assert isinstance(screen, InterviewScreen)
        assert screen.under_way.left_ms == 30 * 60_000 - used
        await front.press("space")
        assert asked.prompt[:20] in front.words()
        assert box(front).text == "half"


async def test_left_in_the_middle_it_goes_on_where_it_was(home: Home, desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await front.press("space", "1", "enter", "t", *"so far", "escape", "q")
        assert front.at == "home"
    async with opened(home.open()) as front:
        await front.press("i")
        assert "The interview of Mon 2 Mar is not finished: 1 of 4 questions done" in front.words()
        await front.press("c")
        assert "2 of 4" in front.lines[0]
        assert box(front).text == "so far"


async def test_the_app_left_from_the_box_keeps_what_stands_in_it(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await front.press("t", *"kept", "ctrl+q")
    (interview,) = past_interviews(desk)
    assert (interview.paused, interview.ending) == (True, None)
    from offhand.study.interviews.listing import unfinished

    left = unfinished(desk)
    assert left is not None
    assert left.askings[0].typed == "kept"


async def test_typed_text_is_kept_while_one_goes_on_typing(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await front.press("t", *"kept so")
        screen = front.app.screen
        assert isinstance(screen, InterviewScreen)
        for _ in range(4):
            screen._beat()
        ((text,),) = desk.db.rows(
            "SELECT json_extract(data, '$.data.text') FROM events"
            " WHERE json_extract(data, '$.step') = 'typed'"
        )
        assert text == "kept so"


async def test_ending_early_asks_first(desk: Desk) -> None:
    async with opened(desk, size=(80, 40)) as front:
        await begin(front)
        await front.press("space", "1", "enter", "e")
        assert "End the interview?" in front.text
        await front.press("n")
        assert front.at == "interview"
        await front.press("e", "y")
        assert front.at == "scorecard"
        assert "Ended early" in front.text
        assert "not finished" in front.text
        assert "2 questions not reached." in front.text


async def test_with_the_time_up_the_scorecard_follows_the_open_question(desk: Desk) -> None:
    from interviews import Turned
    from offhand.study.interviews.interview import InterviewUnderWay

    tick = Turned()
    under_way = InterviewUnderWay.begin(desk, Wish(10, seed=1), tick)
    async with opened(desk) as front:
        screen = InterviewScreen(desk, under_way)
        front.app.push_screen(screen)
        await front.pilot.pause()
        tick.turn(9 * 60 + 30)
        screen._beat()
        await front.pilot.pause()
        assert "0:30 left" in front.lines[0]
        tick.turn(60)
        screen._beat()
        screen._beat()
        await front.pilot.pause()
        assert "0:30 over" in front.lines[0]
        assert front.toasts == ["The time is up. Finish this one; then comes the scorecard."]
        await front.press("space", "enter")
        assert front.at == "scorecard"
        assert "The time was up; 1 question not reached." in front.words()


async def test_with_time_left_there_is_one_more(desk: Desk) -> None:
    async with opened(desk) as front:
        await front.press("i", *["minus"] * 3)
        assert "10" in front.lines[front.row("minutes")]
        await front.press("enter", "space", "enter", "space", "enter")
        assert "All 2 questions were asked." in front.text
        await front.press("n")
        assert "3 of 3" in front.lines[0]
        await front.press("space", "enter", "e")
        assert front.at == "scorecard"
    assert past_interviews(desk)[0].ending is Ending.DONE


async def test_sections_level_and_minutes_are_chosen(home: Home, desk: Desk) -> None:
    async with opened(desk) as front:
        await front.press("i", "down", "space")
        assert "1 question of 1" in front.words()
        await front.press("up", "space", "down", "space", "l", "l")
        assert "mid" in front.lines[front.row("level")]
        assert "1 question of 1" in front.words()
        await front.press("l", "plus", "enter")
        assert "1 of 2" in front.lines[0]
    (interview,) = past_interviews(desk)
    assert (interview.level, interview.minutes) == ("senior", 45)
    assert interview.scopes == (("caching", "basics"),)


async def test_a_deck_without_questions_says_what_is_asked_instead(home: Home) -> None:
    async with opened(home.open({"signals.yaml": TERMS})) as front:
        await front.press("i")
        assert "No interview questions here: 2 terms to explain aloud" in front.words()
        await front.press("enter")
        assert "Explain: SIG" in front.text


async def test_where_there_is_nothing_to_ask_nothing_begins(home: Home) -> None:
    async with opened(
        home.open({"g.yaml": 'deck: G\nentries:\n  - cloze: "A {{b}} c."\n'})
    ) as front:
        await front.press("i")
        assert "Nothing to ask here" in front.text
        assert "begin" not in front.footer
        await front.press("enter")
        assert front.at == "interviewsetup"


async def test_the_scorecard_brings_to_tomorrow_and_practises_what_went_badly(home: Home) -> None:
    desk = home.open({"caching.yaml": QUESTIONS}, new_per_day=99, siblings_apart=False)
    for days in (1, 6):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=days)
    answer_all(desk, Grade.GOOD)
    async with opened(desk) as front:
        await begin(front)
        for _ in range(4):
            await front.press("space", "enter")
        before = reading.all_states(desk.db)
        await front.press("f")
        assert front.toasts == ["4 questions due tomorrow."]
        assert "f to tomorrow" not in front.footer
        changed = {c for c, state in reading.all_states(desk.db).items() if state != before[c]}
        assert changed == {each.card for each in past_interviews(desk)[0].askings}
        await front.press("r")
        assert front.at == "review"
        assert "practice" in front.lines[0]


async def test_the_scorecard_is_written_as_a_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hold(desk, 0)
    async with opened(desk) as front:
        await front.press("i", "i", "enter", "x")
        (page,) = tmp_path.glob("interview-2026-03-02-*.html")
        assert front.toasts == [f"Written {page}"]
        await front.press("x")
        assert "exists already" in front.toasts[-1]


async def test_the_list_opens_scorecards_and_goes_on_with_what_was_left(
    home: Home, desk: Desk
) -> None:
    hold(desk, 0)
    home.clock.move(days=1)
    async with opened(desk) as front:
        await begin(front)
        await front.press("q", "i", "i")
        assert front.at == "interviews"
        assert re.search(r"2 +Tue +3 Mar 2026 .* not finished", front.text)
        assert re.search(r"1 +Mon +2 Mar 2026 .* 40 %", front.text)
        assert "space continue" in front.footer
        await front.press("down")
        assert "space scorecard" in front.footer
        await front.press("space")
        assert front.at == "scorecard"
        await front.press("q", "up", "enter")
        assert front.at == "interview"


async def test_a_pasted_megabyte_is_taken_whole_and_one_key_is_quick_after_it(desk: Desk) -> None:
    text = "no lock contention " * 55_000
    async with opened(desk) as front:
        await begin(front)
        await front.press("t")
        front.app.post_message(Paste(text))
        await front.pilot.pause()
        began = time.process_time()
        await front.press("x")
        assert time.process_time() - began < 1
        await front.press("ctrl+r")
        assert running(front).askings[0].typed.split() == (text + "x").split()


async def test_a_paste_beyond_all_measure_is_refused_with_a_word(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await front.press("t", *"mine")
        front.app.post_message(Paste("x" * (MOST_LETTERS + 1)))
        await front.pilot.pause()
        assert box(front).text == "mine"
        told = "2,000,001 letters are more than an answer holds (2,000,000). What you typed stays."
        assert front.toasts == [f"Not pasted {told}"]


async def test_pasted_signs_that_a_terminal_obeys_are_shown_instead(desk: Desk) -> None:
    async with opened(desk) as front:
        await begin(front)
        await front.press("t")
        front.app.post_message(Paste("a \x1b]52;c;QUJD\x07 \x9b2J [/] $x"))
        await front.pilot.pause()
        assert box(front).text == "a ␛]52;c;QUJD␇ <U+009B>2J [/] $x"
        assert "␛]52;c;QUJD␇" in front.text


@pytest.mark.parametrize("text", ["short\nlines", "x" * 5000, "word " * 3000, "a\n" + "b" * 900])
def test_long_lines_are_broken_and_nothing_but_ends_of_lines_is_added(text: str) -> None:
    broken = in_lines(text)
    assert max(map(len, broken.split("\n"))) <= 400
    assert re.sub(r"\s", "", broken) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("size", SIZES)
async def test_clock_question_points_and_keys_are_in_sight_at_every_size(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with opened(desk, size=size) as front:
        await begin(front)
        await show_until(front, "stampede")
        assert re.search(r"\d+:\d\d left", front.lines[0])
        assert "How do you stop a stampede?" in front.text
        await front.press("space")
        words = front.words()
        for text in ("How do you stop a stampede?", "Said 0 of 3", "jitter on the expiry"):
            assert text in words
        assert "One reader rebuilds, the others wait." in words
        assert re.search(r"\d+:\d\d left", front.lines[0])
        assert front.footer.startswith("  ⏎ next")


@pytest.mark.parametrize("size", SIZES)
async def test_every_word_of_a_long_question_and_answer_can_be_seen(
    home: Home, size: tuple[int, int]
) -> None:
    long = "deck: L\nentries:\n  - question: |\n      Asked" + " a word" * 30 + " in the end?\n"
    long += "    answer: |\n      Begins." + "\n\n      One of the paragraphs." * 30 + " Ends.\n"
    long += "    points: [" + ", ".join(f"a point number {n} of them" for n in range(6)) + "]\n"
    async with opened(home.open({"long.yaml": long}), size=size) as front:
        await begin(front)
        await front.press("space")
        seen = front.words()
        assert "more lines ↓" in seen
        for key in ["j"] * 6 + ["pagedown"] * 20:
            await front.press(key)
            seen += front.words()
        for text in ("Asked a word", "a point number 0", "a point number 5", "Begins.", "Ends."):
            assert text in seen


async def test_text_of_a_deck_is_never_markup(home: Home) -> None:
    deck = "deck: '[/] $x'\nentries:\n  - question: 'a [/] b [bold]loud list[int] $y'\n"
    deck += "    answer: '[@click=app.quit]x[/]'\n    points: ['[/] p', 'list[int]', '$z']\n"
    async with opened(home.open({"hostile.yaml": deck})) as front:
        await begin(front)
        assert "a [/] b [bold]loud list[int] $y" in front.text
        await front.press("t", *"[/] mine", "ctrl+r")
        for text in ("[/] p", "list[int]", "$z", "[@click=app.quit]x[/]", "[/] mine"):
            assert text in front.text
        await front.press("1", "enter")
        assert front.at == "scorecard"
        assert "a [/] b [bold]loud list[int]" in front.text
        assert "[/] p" in front.text
        await front.press("i")
        assert front.at == "interviews"


async def test_an_interview_moves_no_schedule(home: Home) -> None:
    desk = home.open({"caching.yaml": QUESTIONS, "numbers.yaml": deck_of(3)})
    states = reading.all_states(desk.db)
    async with opened(desk) as front:
        await begin(front)
        while front.at == "interview":
            await front.press("space", "1", "enter")
    assert reading.all_states(desk.db) == states
    assert len(cards_asked(hold(desk))) > 0
