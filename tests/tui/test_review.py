"""The review: a prompt, its answer, a grade; every answer is in the log before the next card."""

import re

import pytest

from learner import answer_all, answers_of, log_of_card
from offhand.domain.card import Scope
from offhand.domain.event import Grade, Moved
from offhand.store import reading
from offhand.study.present import interval_text
from offhand.study.review import Review
from on_screen import Front, opened
from support import Home, deck_of

LONG = "\n".join(f"      {n}. step {n} of a long answer" for n in range(1, 41))
LONG_DECK = f"""
deck: Long
entries:
  - term: Many steps
    definition: |
{LONG}
"""


def intervals(front: Front) -> list[str]:
    """What stands under each button of the grade bar."""
    below = front.lines[front.row(" Good") + 1]
    return re.findall(r"(?:↻ )?[\d.]+ (?:days?|months?|years?)", below)


async def test_space_shows_the_answer_and_the_prompt_stays_where_it_is(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(3)})) as front:
        await front.press("space")
        before = front.lines
        assert "What stands" not in front.text
        assert " Good" not in front.text
        assert "space show" in front.footer
        await front.press("space")
        assert "What stands for the number 1 here." in front.text
        assert "space good" in front.footer
        prompt = front.row("term 1")
        assert front.lines[: prompt + 1] == before[: prompt + 1]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_no_prompt_moves_whatever_answer_shows_below_it(
    home: Home, size: tuple[int, int]
) -> None:
    terms = {f"prompt {n}": "word " * 3**n for n in range(8)}
    deck = "deck: Some\nentries:\n" + "".join(f"  {t}: {d}\n" for t, d in terms.items())
    async with opened(home.open({"some.yaml": deck}), size=size) as front:
        await front.press("space")
        for term, definition in terms.items():
            row = front.row(term)
            assert "more line" not in front.text
            await front.press("space")
            assert front.row(term) == row
            if len(definition) < 200:
                assert "more line" not in front.text
            await front.press("3")
        assert front.at == "end"


@pytest.mark.parametrize(
    ("buttons", "keys", "grades"),
    [
        (4, "1234", [Grade.WRONG, Grade.HARD, Grade.GOOD, Grade.PERFECT]),
        (6, "012345", list(Grade)),
    ],
)
async def test_each_key_of_the_bar_gives_its_grade_and_the_interval_shown_below_it(
    home: Home, buttons: int, keys: str, grades: list[Grade]
) -> None:
    desk = home.open({"numbers.yaml": deck_of(8)}, buttons=buttons)
    for _ in range(3):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=20)
    async with opened(desk, size=(100, 24)) as front:
        await front.press("space")
        shown = []
        for place, key in enumerate(keys):
            card = front.app.screen.query_one("#prompt").render().plain  # type: ignore[attr-defined]
            await front.press("space")
            shown.append((f"numbers/{card.replace(' ', '-')}/term", intervals(front)[place]))
            assert len(intervals(front)) == len(keys)
            await front.press(key)
        states = reading.all_states(desk.db)
    asked = [card for card, _ in shown]
    assert answers_of(desk)[-len(keys) :] == [
        (card, int(grade), "answer") for card, grade in zip(asked, grades, strict=True)
    ]
    earned = []
    for card, grade in zip(asked, grades, strict=True):
        schedule = states[card].schedule
        assert schedule is not None
        days = interval_text(schedule.interval)
        earned.append((card, days if grade >= Grade.GOOD else f"↻ {days}"))
    assert shown == earned


@pytest.mark.parametrize(("buttons", "keys"), [(4, "05"), (6, "6789")])
async def test_keys_that_are_not_on_the_bar_grade_nothing(
    home: Home, buttons: int, keys: str
) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, buttons=buttons)
    async with opened(desk) as front:
        await front.press("space", "space", *keys)
        assert "1 of 3" in front.lines[0]
    assert answers_of(desk) == []


async def test_no_grade_is_taken_before_the_answer_shows(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        await front.press("space", "1", "2", "3", "4")
        assert "1 of 3" in front.lines[0]
        assert "What stands" not in front.text
    assert answers_of(desk) == []


async def test_an_answer_is_in_the_log_before_the_next_card_shows(home: Home) -> None:
    desk, other = home.open({"numbers.yaml": deck_of(3)}), home.open()
    async with opened(desk) as front:
        await front.press("space", "space", "3")
        assert "2 of 3" in front.lines[0]
        assert answers_of(other) == [("numbers/term-1/term", 4, "answer")]


async def test_space_on_a_shown_answer_calls_it_good(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        await front.press("space", "space", "space")
        assert "2 of 3" in front.lines[0]
    assert answers_of(desk) == [("numbers/term-1/term", 4, "answer")]


async def test_a_card_graded_below_good_comes_round_until_it_gets_a_good(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk) as front:
        await front.press("space", "space", "1")
        assert "2 of 2 · 1 again" in front.lines[0]
        await front.press("space", "3")
        assert "once more" in front.lines[0]
        await front.press("space", "2", "space", "4")
        assert front.at == "end"
    assert answers_of(desk) == [
        ("numbers/term-1/term", 1, "answer"),
        ("numbers/term-2/term", 4, "answer"),
        ("numbers/term-1/term", 3, "repeat"),
        ("numbers/term-1/term", 5, "repeat"),
    ]


async def test_u_goes_back_to_the_start_of_the_sitting_with_right_counts(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    async with opened(desk) as front:

        def seen() -> tuple[str, str]:
            shown = re.search(r"term \d", front.text)
            assert shown
            return front.lines[0], shown[0]

        await front.press("space")
        states = reading.all_states(desk.db)
        past = [seen()]
        for keys in (("space", "1"), ("asterisk",), ("minus",), ("space", "3"), ("space", "2")):
            assert ("u undo" in front.footer) == (len(past) > 1)
            await front.press(*keys)
            past.append(seen())
        now = past.pop()
        assert (now[0].split(), now[1]) == (
            ["Numbers", "once", "more", "3", "of", "3", "·", "2", "again"],
            "term 1",
        )
        for before in reversed(past):
            await front.press("u")
            assert seen() == before
        assert "u undo" not in front.footer
        await front.press("u")
        assert seen() == past[0]
    assert answers_of(desk) == []
    assert reading.all_states(desk.db) == states


async def test_what_was_taken_back_is_told(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(4)})) as front:
        await front.press("space", "space", "3", "minus", "u")
        assert front.toasts == ["Bury taken back."]
        await front.press("u")
        assert front.toasts == ["Answer taken back."]


async def test_a_buried_card_is_gone_until_tomorrow(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk) as front:
        await front.press("space", "minus")
        assert "1 of 1" in front.lines[0]
        assert "term 2" in front.text
        await front.press("space", "3", "space")
        assert "Done for today." in front.text
        home.clock.move(days=1)
        await front.press("p", "q")
        assert "1 to review · 1 new" in front.text


async def test_a_suspended_card_does_not_come_back(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk) as front:
        await front.press("space", "exclamation_mark")
        assert "1 of 1" in front.lines[0]
        await front.press("space", "3", "space")
        home.clock.move(days=1)
        await front.press("p", "q")
        assert "1 to review · about" in front.text
    assert reading.all_states(desk.db)["numbers/term-1/term"].suspended


async def test_a_sitting_of_which_every_card_was_put_aside_ends(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("space", "minus", "exclamation_mark")
        assert front.at == "end"
        assert "Nothing answered." in front.text
        await front.press("u")
        assert front.at == "review"
        assert "1 of 1" in front.lines[0]
        assert "term 2" in front.text


async def test_a_flag_stays_on_its_card_until_it_is_taken_off(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk) as front:
        await front.press("space", "asterisk")
        assert "⚑ flagged" in front.lines[0]
        assert "1 of 2" in front.lines[0]
        await front.press("q", "space")
        assert "⚑ flagged" in front.lines[0]
        await front.press("space", "asterisk")
        assert "⚑" not in front.text
        # The answer is still in sight.
        assert "What stands for the number 1 here." in front.text


async def test_i_tells_why_the_card_is_asked_and_every_answer_with_its_interval(
    home: Home,
) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    for grade, days in ((Grade.GOOD, 1), (Grade.WRONG, 1), (Grade.GOOD, 1), (Grade.GOOD, 8)):
        answer_all(desk, grade, took_ms=4000)
        home.clock.move(days=days)
    async with opened(desk) as front:
        await front.press("space", "i")
        assert front.at == "history"
        words = front.words()
        assert "Answered on 05 Mar 2026, interval 6 days: due on 11 Mar 2026, 2 days ago." in words
        assert "Ease 2.50 · 4 answers · 1 lapse" in words
        steps = [line.strip(" │") for line in front.lines if re.search(r"\d 4 s|4 s", line)]
        assert [re.sub(r" +", " ", step) for step in steps] == [
            "05 Mar 2026 4 good 4 s then 6 days",
            "04 Mar 2026 4 good 4 s then 1 day",
            "03 Mar 2026 4 good 4 s once more",
            "03 Mar 2026 1 wrong 4 s then 1 day",
            "02 Mar 2026 4 good 4 s then 1 day",
        ]
        await front.press("escape")
        assert front.at == "review"
        assert "1 of 1" in front.lines[0]


async def test_i_on_a_new_card_says_that_it_is_new(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await front.press("space", "i")
        assert "It is new: it has not been answered yet." in front.text


async def test_what_was_taken_back_is_marked_in_the_history(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await front.press("space", "space", "1", "u", "i")
        assert re.search(r"02 Mar 2026 +1 wrong .*taken back", front.text)
        assert "It is new: it has not been answered yet." in front.text


async def test_the_history_tells_a_due_date_moved_by_hand(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    for _ in range(2):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=1)
    log_of_card(desk, Moved, "numbers/term-1/term", due=desk.today)
    async with opened(desk) as front:
        await front.press("space", "i")
        assert "moved to 04 Mar 2026" in front.text
        assert "Moved by hand on 04 Mar 2026: due on 04 Mar 2026, today." in front.text


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_loses_nothing_and_the_next_sitting_goes_on(home: Home, key: str) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with opened(desk) as front:
        await front.press("space", "space", "3", "space", "1", "space", key)
        assert front.at == "end"
        assert "2 cards" in front.text
        assert "4 still wait today." in front.text
        await front.press(key)
        assert front.at == "home"
        await front.press("space")
        assert "1 of 3 · 1 again" in front.lines[0]
        assert "term 3" in front.text


async def test_leaving_before_any_answer_goes_straight_home(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(5)})) as front:
        await front.press("space", "space", "q")
        assert front.at == "home"


async def test_opened_for_a_sitting_the_app_ends_with_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk, Review.today(desk, Scope(), limit=1)) as front:
        assert front.at == "review"
        await front.press("space", "3")
        assert front.at == "end"
        await front.press("space")
        assert not front.running


async def test_a_long_answer_scrolls_and_says_how_many_lines_are_below(home: Home) -> None:
    def below() -> int:
        told = re.search(r"(\d+) more lines? ↓", front.text)
        return int(told[1]) if told else 0

    async with opened(home.open({"long.yaml": LONG_DECK})) as front:
        await front.press("space", "space")
        visible = [n for n in range(1, 41) if f"step {n} of" in front.text]
        assert visible == list(range(1, len(visible) + 1))
        assert below() == 40 - len(visible)
        await front.press("j")
        assert f"step {len(visible) + 1} of" in front.text
        assert below() == 39 - len(visible)
        await front.press("k", "up")
        assert below() == 40 - len(visible)
        pages = 0
        while below():
            before = below()
            await front.press("space")
            assert below() < before
            pages += 1
        assert pages > 1
        assert "step 40 of" in front.text
        assert answers_of(front.app.desk) == []
        await front.press("space")
        assert front.at == "end"


async def test_the_next_card_begins_at_its_top_after_a_long_one(home: Home) -> None:
    deck = LONG_DECK + "  - term: Again many\n    definition: |\n" + LONG + "\n"
    async with opened(home.open({"long.yaml": deck})) as front:
        await front.press("space", "space", "space", "3", "space")
        assert "Again many" in front.text
        assert "step 1 of" in front.text


async def test_time_and_progress_are_kept_by_card(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk) as front:
        await front.press("space", "space", "3", "space", "3")
    times = [row[0] for row in desk.db.rows("SELECT took_ms FROM events WHERE kind = 'answer'")]
    assert len(times) == 2
    # A clock that began with the machine, and not with the prompt, would tell of hours.
    assert all(0 < ms < 60_000 for ms in times)


CHOICE_DECK = """
deck: Choices
entries:
  - question: Which one closes the breaker?
    right: A probe that goes well.
    wrong:
      A failed probe: That opens it again.
      A full queue: A breaker has none.
    why: Half-open is there to probe.
"""


async def test_a_choice_shows_its_options_and_then_the_reasons(home: Home) -> None:
    async with opened(home.open({"choices.yaml": CHOICE_DECK})) as front:
        await front.press("space")
        words = front.words()
        options = ("A probe that goes well.", "A failed probe", "A full queue")
        letters = {option: words[words.index(option) - 2] for option in options}
        assert sorted(letters.values()) == ["A", "B", "C"]
        assert "Half-open" not in words
        await front.press("space")
        words = front.words()
        assert (
            f"✓ {letters[options[0]]} A probe that goes well. Half-open is there to probe." in words
        )
        assert f"{letters[options[1]]} That opens it again." in words
        assert f"{letters[options[2]]} A breaker has none." in words


async def test_a_letter_chooses_an_option_and_a_wrong_one_is_marked(home: Home) -> None:
    async with opened(home.open({"choices.yaml": CHOICE_DECK})) as front:
        await front.press("space")
        line = front.lines[front.row("A failed probe")].split()
        await front.press(line[0].lower())
        assert f"✗ {line[0]} That opens it again." in front.words()
        assert "space good" in front.footer
        await front.press("1", line[0].lower(), "space", "3")
        assert front.at == "end"


async def test_key_points_other_names_and_the_source_come_with_the_answer(home: Home) -> None:
    deck = """
deck: Breakers
entries:
  - term: Circuit breaker
    definition: Fails calls at once while its dependency is sick.
    reverse: A guard that stops calling for a while and then probes.
    aliases: [breaker, fuse]
    sources: ["Nygard, Release It!, chapter 5", "Another one"]
    questions:
      - question: When would you not use one?
        answer: Where a failure is cheap.
        points: [no fallback, low traffic]
        level: senior
"""
    desk = home.open({"breakers.yaml": deck}, siblings_apart=False)
    async with opened(desk) as front:
        await front.press("space", "space")
        assert "After Nygard, Release It!, chapter 5" in front.text
        await front.press("i")
        assert "After Nygard, Release It!, chapter 5; Another one" in front.words()
        await front.press("escape", "3", "space")
        assert "Circuit breaker" in front.text
        assert "Also: breaker, fuse" in front.text
        await front.press("3")
        assert "Interview question · senior" in front.text
        await front.press("space")
        for line in ("✓ no fallback", "✓ low traffic", "Where a failure is cheap."):
            assert line in front.text
