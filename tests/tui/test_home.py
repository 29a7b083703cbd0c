"""Home answers "how much today?", and what it counts is what a sitting then asks."""

import pytest

from learner import answer_all
from offhand.domain.card import Scope
from offhand.domain.event import Grade
from on_screen import opened
from support import Home, deck_of, shipping

SIGNALS = """
deck: Signals
sections:
  Everyday:
    SIGTERM: Asks a process to end.
    SIGKILL: Ends a process at once.
    SIGINT: What the interrupt key sends.
  Job control:
    SIGSTOP: Pauses a process.
    SIGCONT: Lets a paused process go on.
"""


async def test_the_first_start_asks_nothing_and_offers_the_day(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        assert front.at == "home"
        assert "5 new" in front.lines[2]
        assert "Space  begin" in front.lines[2]
        assert "No streak yet." in front.lines[0]
        assert not front.toasts
        await front.press("space")
        assert front.at == "review"
        assert "1 of 5" in front.lines[0]


async def test_what_is_due_and_new_stands_beside_each_section_and_deck(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS}, new_per_day=2)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    async with opened(desk) as front:
        rows = {
            title: front.lines[front.row(title)][:48].split()[-2:]
            for title in ("Signals", "Everyday", "Job control")
        }
        assert rows == {"Signals": ["2", "2"], "Everyday": ["2", "1"], "Job control": ["·", "1"]}
        assert "2 to review · 2 new · about 1 minute" in front.lines[2]


@pytest.mark.parametrize("line", range(3))
async def test_space_on_a_line_reviews_just_what_the_line_counts(home: Home, line: int) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    answer_all(desk, Grade.GOOD, scope=Scope("signals", "job-control"))
    home.clock.move(days=1)
    async with opened(desk) as front:
        title = ("Signals", "Everyday", "Job control")[line]
        due, new = (
            0 if count == "·" else int(count)
            for count in front.lines[front.row(title)][:48].split()[-2:]
        )
        await front.press(*["down"] * line, "space")
        assert f"1 of {due + new}" in front.lines[0]
        sections = set()
        while front.at == "review":
            sections.add(front.lines[0].split("  ")[1])
            await front.press("space", "3")
        assert sections == ({"Everyday", "Job control"} if title == "Signals" else {title})


async def test_with_several_decks_one_line_stands_for_everything(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS, "numbers.yaml": deck_of(4)})
    async with opened(desk) as front:
        assert front.lines[front.row("Everything")][:48].split() == ["Everything", "·", "9"]
        # A deck whose one section has its own name takes one line.
        assert sum("Numbers" in line for line in front.lines) == 1
        await front.press("space")
        assert "1 of 9" in front.lines[0]


async def test_more_are_told_of_when_a_backlog_does_not_fit_the_day(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(9)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    desk = home.open(reviews_per_day=4)
    async with opened(desk) as front:
        assert "4 to review · about 1 minute · 5 more wait for the next days" in front.lines[2]
        await front.press("space")
        assert "1 of 4" in front.lines[0]


async def test_a_day_that_is_done_says_so_and_what_tomorrow_brings(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(12)}, new_per_day=3)
    answer_all(desk, Grade.GOOD)
    async with opened(desk) as front:
        assert front.lines[2].strip() == "Done for today. Tomorrow 3 due."
        assert "Space  begin" not in front.text
        assert "1 day streak" in front.lines[0]
        await front.press("space")
        assert front.at == "home"
        assert front.toasts == ["Nothing is due here. n begins new cards, p practises."]
        await front.resize(140, 30)
        for offered in ("n more new", "p practise"):
            assert offered in front.footer


async def test_a_day_on_which_nothing_is_due_says_so_before_anything_is_answered(
    home: Home,
) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    async with opened(desk) as front:
        assert front.lines[2].strip() == "Nothing due today. Tomorrow 0 due."
        assert "2 day streak" in front.lines[0]


async def test_n_begins_ten_new_cards_beyond_the_days_number(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)}, new_per_day=3)
    answer_all(desk, Grade.GOOD)
    async with opened(desk) as front:
        await front.press("n")
        assert "1 of 10" in front.lines[0]
        await front.press("space", "3", "q", "q")
        assert front.at == "home"
        assert "Done for today. Tomorrow 4 due." in front.text


async def test_n_says_when_no_new_card_is_left(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    answer_all(desk, Grade.GOOD)
    async with opened(desk) as front:
        await front.press("n")
        assert front.at == "home"
        assert front.toasts == ["No new cards are left here for today. p practises."]


async def test_p_drills_the_marked_line_and_leaves_the_schedule_alone(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    answer_all(desk, Grade.GOOD)
    before = desk.db.rows("SELECT * FROM states")
    async with opened(desk) as front:
        await front.press("down", "p")
        assert "Everyday  practice" in front.lines[0]
        assert "1 of 3" in front.lines[0]
        await front.press("space", "1", "space", "1", "space", "4")
        assert front.at == "end"
        assert "Practice: 3 cards" in front.text
    assert desk.db.rows("SELECT * FROM states") == before
    assert desk.db.rows("SELECT count(*) FROM events WHERE kind = 'practice'") == [(3,)]


async def test_p_says_when_there_is_nothing_to_practise(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("p")
        assert front.at == "home"
        assert front.toasts == ["Nothing to practise here yet: no card was answered."]


async def test_the_minutes_come_from_the_learners_own_pace(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(40)}, new_per_day=10)
    answer_all(desk, Grade.GOOD, took_ms=60_000)
    home.clock.move(days=1)
    async with opened(desk) as front:
        assert "10 to review · 10 new · about 20 minutes" in front.lines[2]


async def test_home_shows_what_a_sitting_has_changed(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await front.press("down", "down", "space", "space", "3", "q", "space")
        assert front.at == "home"
        assert front.lines[front.row("Job control")][:48].split()[-2:] == ["·", "1"]
        assert "4 new" in front.lines[2]
        # The cursor stays where it was.
        await front.press("space")
        assert "Job control" in front.lines[0]


async def test_the_heatmap_marks_the_days_that_were_reviewed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(40)}, new_per_day=4)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=3)
    answer_all(desk, Grade.GOOD)
    async with opened(desk) as front:
        months = front.row("Feb Mar" if "Feb Mar" in front.text else "Feb")
        week = [front.lines[months + 1 + day][50:].strip()[-1:] for day in range(4)]
        # A Monday and the Thursday after it; the days to come are left blank.
        assert week[0] not in "· "
        assert week[3] not in "· "
        assert week[1:3] == ["·", "·"]


async def test_a_streak_that_ended_is_told_once_and_calmly(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(40)}, new_per_day=2)
    for _ in range(3):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=1)
    home.clock.move(days=2)
    async with opened(home.open()) as front:
        assert "The streak of 3 days has ended; a new one begins today." in front.lines[0]


async def test_the_day_turns_over_while_home_is_open(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    answer_all(desk, Grade.GOOD)
    async with opened(desk) as front:
        assert "Done for today." in front.text
        home.clock.move(days=1)
        await front.press("p", "q")
        assert "2 to review" in front.lines[2]


async def test_without_any_deck_it_says_where_one_goes(home: Home) -> None:
    async with opened(home.open()) as front:
        assert "No decks yet. m imports some, a writes the first card." in front.text
        await front.press("space", "n", "p", "enter", "down")
        assert front.at == "home"
        assert front.keys_offered == {
            "w": "weak",
            "m": "import",
            "a": "add",
            "t": "theme",
            "q": "quit",
            "?": "help",
        }


async def test_the_shipped_deck_is_there_at_the_first_start(home: Home) -> None:
    from offhand.resources import shipped

    with shipping(shipped("decks")):
        desk = home.open()
    async with opened(desk) as front:
        assert "Backend development" in front.text
        assert "10 new" in front.lines[2]
