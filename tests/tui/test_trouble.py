"""What can go wrong is told where it happens, with the card still there and nothing lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from learner import answer_all, answers_of, with_a_weak_section
from offhand.domain.event import Grade
from offhand.store import reading
from offhand.study.desk import refold
from on_screen import opened
from support import Home, deck_of, write


@pytest.fixture(autouse=True)
def _nobody_waits_long_for_a_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offhand.store.connection._WAIT_SECONDS", 0.01)


@contextmanager
def held(home: Home, lock: str = "IMMEDIATE") -> Iterator[None]:
    """Another program holds the database: nobody else writes, or with EXCLUSIVE even reads."""
    other = sqlite3.connect(home.paths.database, isolation_level=None)
    try:
        other.execute(f"BEGIN {lock}")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()


BUSY = "The database is busy: another program holds it."


@pytest.mark.parametrize("key", ["1", "space", "minus", "asterisk", "u"])
async def test_a_locked_database_is_told_and_the_card_stays(home: Home, key: str) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    async with opened(desk) as front:
        await front.press("space", "space", "3", "space")
        before, events = front.lines[:10], desk.db.rows("SELECT * FROM events")
        with held(home):
            await front.press(key)
            assert front.at == "review"
            assert front.lines[:10] == before
            (told,) = front.toasts
            assert told.startswith(BUSY)
            assert "Close the other program, or try again." in told
            assert BUSY in front.words()
        assert desk.db.rows("SELECT * FROM events") == events
        await front.press(key)
        assert len(desk.db.rows("SELECT * FROM events")) == len(events) + 1
        assert refold(desk) == []


async def test_a_click_on_a_grade_meets_a_lock_as_its_key_does(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    async with opened(desk) as front:
        await front.press("space", "space")
        with held(home):
            await front.click("Again")
            assert front.toasts[0].startswith(BUSY)
            assert "1 of 4" in front.lines[0]
        await front.click("Again")
        assert "2 of 4" in front.lines[0]


@pytest.mark.parametrize("keys", ["space", "n", "p", "w", "enter"])
async def test_home_stays_when_the_database_cannot_be_read(home: Home, keys: str) -> None:
    desk = with_a_weak_section(home)
    async with opened(desk) as front:
        with held(home, "EXCLUSIVE"):
            await front.press(keys)
            assert front.toasts[0].startswith(BUSY)
            assert front.running
        if front.at == "weak":
            await front.press("q")
        assert "25 to review" in front.lines[2]
        await front.press("space")
        assert front.at == "review"


async def test_a_click_on_a_deck_meets_a_lock_as_its_key_does(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        with held(home, "EXCLUSIVE"):
            await front.click("Numbers")
            await front.click("Space  begin")
            assert [told.startswith(BUSY) for told in front.toasts] == [True, True]
        await front.click("Numbers")
        assert front.at == "review"


async def test_history_that_cannot_be_read_leaves_the_card_where_it_is(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("space", "space")
        with held(home, "EXCLUSIVE"):
            await front.press("i")
            assert front.at == "review"
            assert front.toasts[0].startswith(BUSY)
        await front.press("i")
        assert front.at == "history"


async def test_coming_home_to_a_locked_database_shows_what_was_known(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("space")
        with held(home, "EXCLUSIVE"):
            await front.press("q")
            assert front.at == "home"
            assert front.toasts[0].startswith(BUSY)
        assert "2 new" in front.text


async def test_the_end_of_a_sitting_waits_for_the_database(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("space", "space", "3")
        with held(home, "EXCLUSIVE"):
            await front.press("q")
            assert front.at == "review"
            assert front.toasts[0].startswith(BUSY)
        await front.press("q")
        assert front.at == "end"
        assert "1 card" in front.text


async def test_a_weak_section_can_be_drilled_once_the_database_is_free(home: Home) -> None:
    async with opened(with_a_weak_section(home)) as front:
        await front.press("w")
        with held(home, "EXCLUSIVE"):
            await front.press("down", "space")
            assert front.at == "weak"
            assert front.toasts[0].startswith(BUSY)
        await front.press("space")
        assert front.at == "review"


async def test_settings_that_cannot_be_written_do_not_stop_the_theme(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    write(home.paths.settings, "theme = [")
    async with opened(desk) as front:
        await front.press("t")
        assert front.app.theme == "offhand-light"
        assert "is not TOML" in front.toasts[0]


async def test_a_deck_that_cannot_be_read_is_told_of_at_the_start(home: Home) -> None:
    home.open({"numbers.yaml": deck_of(2)}).close()
    home.write("numbers.yaml", "deck: Numbers\nentries:\n  - trem: 1\n    definition: one\n")
    async with opened(home.open(), size=(140, 30)) as front:
        (told,) = front.toasts
        assert told.startswith(f"{home.paths.decks}/numbers.yaml:3:5: ")
        assert told.endswith("The deck stays as it was.")
        assert "2 new" in front.text
        await front.press("space", "space")
        assert "What stands for the number 1 here." in front.text


async def test_a_deck_that_becomes_faulty_does_not_disturb_a_sitting(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        await front.press("space", "space", "3")
        home.write("numbers.yaml", "deck: [")
        await front.press("space")
        assert "What stands for the number 2 here." in front.text
        await front.press("3", "space", "3", "space")
        assert front.at == "home"
        assert "Done for today." in front.text
    assert len(answers_of(desk)) == 3


async def test_a_card_that_another_offhand_lost_is_passed_over(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    async with opened(desk) as front:
        await front.press("space", "space", "1", "space", "3")
        home.write("numbers.yaml", deck_of(3))
        home.open()
        await front.press("space", "3")
        # The fourth card is gone with its term; the first comes round again.
        assert "once more" in front.lines[0]
        assert "term 1" in front.text
        await front.press("space", "3")
        assert front.at == "end"
        assert "3 cards" in front.text


async def test_two_offhands_on_one_database_lose_nothing_and_undo_their_own(home: Home) -> None:
    home.open({"numbers.yaml": deck_of(4)}).close()
    desks = home.open(), home.open()
    async with opened(desks[0]) as one, opened(desks[1]) as other:
        await one.press("space", "space", "3", "space", "1")
        await other.press("space", "space", "4")
        assert "2 of 2 · 1 again" in other.lines[0]
        await one.press("u")
        assert "2 of 4" in one.lines[0]
        await one.press("space", "3")
        await other.press("u")
        assert "1 of 2 · 1 again" in other.lines[0]
        for front in (one, other):
            while front.at == "review":
                await front.press("space", "3")
    answers = answers_of(desks[0])
    assert {card for card, _, _ in answers} == {f"numbers/term-{n}/term" for n in range(1, 5)}
    moved = [card for card, _, asked in answers if asked == "answer"]
    assert sorted(moved) == sorted(set(moved)), "a schedule was moved twice"
    assert refold(desks[0]) == []
    assert {state.reviews for state in reading.all_states(desks[0].db).values()} == {1}


async def test_drilling_what_another_offhand_has_suspended_says_so(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.WRONG)
    async with opened(desk) as front:
        await front.press("p", "space", "1")
        assert front.at == "end"
        home.write("numbers.yaml", "deck: Numbers\nentries:\n  other: one\n")
        home.open()
        await front.press("r")
        assert front.at == "end"
        assert front.toasts == ["Nothing is waiting here any more."]


async def test_a_fault_of_ours_is_not_taken_for_the_learners(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    async def flag() -> None:
        async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
            monkeypatch.setattr("offhand.tui.screens.review.ReviewScreen.action_flag", broken)
            await front.press("space", "asterisk")

    with pytest.raises(ZeroDivisionError):
        await flag()
