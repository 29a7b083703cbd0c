"""One set of bindings: what the bottom line offers works, and help and palette know the same."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from learner import answer_all, answers_of, with_a_weak_section
from offhand.domain.event import Grade
from offhand.tui.themes import DARK, LIGHT
from on_screen import Front, opened
from support import Home, deck_of

_KEY_NAMES = {"-": "minus", "!": "exclamation_mark", "*": "asterisk", "?": "question_mark"}
WIDE = (140, 24)


def key_of(shown: str) -> str:
    """The key that the bottom line calls so."""
    return _KEY_NAMES.get(shown, shown)


@asynccontextmanager
async def at(home: Home, state: str, size: tuple[int, int] = WIDE) -> AsyncIterator[Front]:
    """The app in one of its states."""
    if state.startswith("weak"):
        desk = with_a_weak_section(home)
    else:
        desk = home.open({"numbers.yaml": deck_of(8)}, new_per_day=4)
        if state in ("done", "practice"):
            answer_all(desk, Grade.GOOD)
    ways = {
        "home": [],
        "done": [],
        "prompt": ["space"],
        "later prompt": ["space", "space", "3"],
        "answer": ["space", "space"],
        "practice": ["p"],
        "end": ["space", "space", "1", "space", "3", "q"],
        "weak": ["w"],
        "weak end": ["down", "space", "space", "1", "q"],
    }
    async with opened(desk, size=size) as front:
        await front.press(*ways[state])
        yield front


STATES = {
    "home": {"space": "begin", "n": "more new", "p": "practise", "w": "weak", "a": "add"}
    | {"z": "quiz", "i": "interview", "b": "browse", "d": "date", "m": "import", "x": "export"}
    | {"t": "theme", "q": "quit", "?": "help"},
    "prompt": {"space": "show", "e": "edit", "f": "form", "-": "bury", "!": "suspend", "*": "flag"}
    | {"i": "why", "q": "leave", "?": "help"},
    "later prompt": {"space": "show", "u": "undo", "e": "edit", "f": "form", "-": "bury"}
    | {"!": "suspend"}
    | {"*": "flag", "i": "why", "q": "leave", "?": "help"},
    "answer": {"space": "good", "e": "edit", "f": "form", "-": "bury", "!": "suspend", "*": "flag"}
    | {"i": "why", "q": "leave", "?": "help"},
    "practice": {"space": "show", "e": "edit", "f": "form", "*": "flag", "i": "why"}
    | {"q": "leave", "?": "help"},
    "end": {"space": "done", "r": "missed again", "c": "go on", "u": "undo", "?": "help"},
    "weak end": {"space": "done", "r": "missed again", "w": "drill weak", "c": "go on"}
    | {"u": "undo", "?": "help"},
    "weak": {"space": "drill", "q": "back", "?": "help"},
}


@pytest.mark.parametrize("state", STATES)
async def test_bottom_line_palette_and_help_offer_what_works_and_nothing_else(
    home: Home, state: str
) -> None:
    async with at(home, state) as front:
        assert front.keys_offered == STATES[state]
        await front.resize(60, 20)
        # A narrow line keeps the way on, the way out and the help.
        offered = front.keys_offered
        assert offered.items() <= STATES[state].items()
        assert {"space", "?", *({"q"} & set(STATES[state]))} <= set(offered)
        await front.resize(80, 24)
        # Home has more keys than a line of 80; the way on, the way out and the help stay.
        offered = front.keys_offered
        crowded = state in ("home", "later prompt") and {"space", "q", "?"} <= set(offered)
        assert offered == STATES[state] or crowded

        commands = list(front.app.get_system_commands(front.app.screen))
        titles = [command.title for command in commands]
        assert len(titles) == len(set(titles))
        offered_there = {told.capitalize() for told in STATES[state].values()}
        assert set(titles) == offered_there | {"Theme", "Settings", "Quit"}
        assert all(command.help for command in commands)

        told = {
            front.app.get_key_display(each.binding): each.binding.tooltip
            for each in front.app.screen.active_bindings.values()
            if each.binding.show
        }
        assert all(told.values())
        below = front.at
        await front.press("question_mark")
        assert front.at == "help"
        lines = front.lines
        for key, tooltip in told.items():
            assert any(tooltip in line and key in line.split(tooltip)[0] for line in lines), key
        assert "Focus Next" not in front.text
        await front.press("question_mark")
        assert front.at == below


def _trace(front: Front) -> tuple[object, ...]:
    """Everything that a key could change."""
    if not front.running:
        return ("left",)
    app = front.app
    events = app.desk.db.rows("SELECT count(*) FROM events")
    editor = app.desk.paths.decks.parent / "edited"
    return (front.at, front.text, app.theme, events, front.toasts, editor.exists())


@pytest.fixture
def _an_editor(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    script = home.path / "editor.py"
    script.parent.mkdir(parents=True)
    script.write_text(
        "import pathlib, sys\npathlib.Path(sys.argv[-1]).parents[1].joinpath('edited').touch()\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")


@pytest.mark.usefixtures("_an_editor")
@pytest.mark.parametrize("state", ["home", "later prompt", "weak end"])
async def test_every_key_of_the_bottom_line_does_something(home: Home, state: str) -> None:
    for key, told in STATES[state].items():
        once = Home(home.path / f"{state} {ord(key[0])}")
        async with at(once, state) as front:
            before = _trace(front)
            await front.press(key_of(key))
            assert _trace(front) != before, f"{key} {told} does nothing"
        once.close()


async def test_all_that_the_bottom_line_offers_can_be_clicked(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})

    async with opened(desk, size=WIDE) as front:

        async def click(offered: str) -> None:
            assert offered in front.footer
            await front.click_at(front.footer.index(offered), front.app.size.height - 1)

        await click("t theme")
        assert front.app.theme == LIGHT.name
        await click("w weak")
        assert front.at == "weak"
        await click("q back")
        await click("? help")
        assert front.at == "help"
        await front.press("escape")
        await click("space begin")
        assert front.at == "review"
        await click("* flag")
        assert "⚑ flagged" in front.lines[0]
        # A click on a key is not a click on the card.
        assert "space show" in front.footer
        await click("space show")
        assert "What stands for the number 1 here." in front.text
        await click("space good")
        assert "2 of 5" in front.lines[0]
        await click("u undo")
        assert "1 of 5" in front.lines[0]
        await click("i why")
        assert front.at == "history"
        await front.press("escape")
        await click("- bury")
        await click("! suspend")
        assert "1 of 3" in front.lines[0]
        await front.press("space", "1")
        await click("q leave")
        assert front.at == "end"
        await click("r missed again")
        assert "practice" in front.lines[0]
        await click("q leave")
        await click("q quit")
        assert not front.running


async def test_help_tells_the_grade_keys_of_the_setting(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)}), size=(80, 50)) as front:
        await front.press("space", "question_mark")
        assert "1 - 4         Grade the answer" in front.text
    async with opened(home.open(buttons=6), size=(80, 50)) as front:
        await front.press("space", "question_mark")
        assert "0 - 5         Grade the answer" in front.text


async def test_all_of_the_help_can_be_reached_on_a_small_terminal(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)}), size=(60, 20)) as front:
        await front.press("space", "question_mark")
        seen = front.text
        for _ in range(30):
            await front.press("down")
            seen += front.text
        for line in (
            "Show the answer",
            "Leave; nothing is lost",
            "All commands",
            "Grades",
            "↻ marks",
        ):
            assert line in seen


async def test_the_commands_of_the_palette_do_what_their_keys_do(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(5)})) as front:

        async def run(title: str) -> None:
            commands = front.app.get_system_commands(front.app.screen)
            done = next(each for each in commands if each.title == title).callback()
            if done is not None:
                await done
            await front.pilot.pause()

        await run("Theme")
        assert front.app.theme == LIGHT.name
        await run("Weak")
        assert front.at == "weak"
        await run("Back")
        await run("Begin")
        assert front.at == "review"
        await run("Show")
        await run("Good")
        assert "2 of 5" in front.lines[0]
        await run("Why")
        assert front.at == "history"
        await front.press("escape")
        await run("Theme")
        assert front.app.theme == DARK.name
        await run("Leave")
        assert front.at == "end"
        await run("Done")
        await run("Quit")
        assert not front.running


async def test_a_command_is_found_by_its_name_and_run(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        await front.press("space", "ctrl+p", "f", "l", "a", "g")
        await front.app.workers.wait_for_complete()
        await front.pilot.pause()
        assert "Flag it, or take its flag off" in front.text
        await front.press("down", "enter")
        await front.app.workers.wait_for_complete()
        await front.pilot.pause()
        assert front.at == "review"
        assert "⚑ flagged" in front.lines[0]


@pytest.mark.parametrize("below", ["question_mark", "ctrl+p", "i"])
async def test_ctrl_q_leaves_from_any_sheet(home: Home, below: str) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(3)})) as front:
        await front.press("space", below, "ctrl+q")
        assert not front.running


async def test_ctrl_c_leaves(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(3)})) as front:
        await front.press("space", "ctrl+c")
        assert not front.running


async def test_a_click_on_the_card_shows_the_answer_and_one_on_a_grade_gives_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    async with opened(desk) as front:
        await front.press("space")
        for number, button in enumerate(("Again", "Hard", "Good", "Easy"), 1):
            await front.click(f"term {number}")
            assert f"What stands for the number {number} here." in front.text
            await front.click(button)
    assert answers_of(desk) == [
        (f"numbers/term-{number}/term", grade, "answer")
        for number, grade in enumerate((1, 3, 4, 5), 1)
    ]


async def test_the_interval_below_a_grade_can_be_clicked_too(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, buttons=6)
    async with opened(desk) as front:
        await front.press("space", "space")
        column, row = front.place("Perfect")
        await front.click_at(column, row + 1)
        assert answers_of(desk) == [("numbers/term-1/term", 5, "answer")]


async def test_a_click_where_the_grades_will_be_gives_none_before_the_answer(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        await front.press("space", "space")
        good = front.place("Good")
        await front.press("3")
        assert "2 of 3" in front.lines[0]
        await front.click_at(*good)
        assert "What stands for the number 2 here." in front.text
        assert len(answers_of(desk)) == 1


async def test_a_click_on_begin_begins(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(3)})) as front:
        await front.click("Space  begin")
        assert front.at == "review"


async def test_a_click_on_a_section_reviews_it(home: Home) -> None:
    desk = home.open({"a.yaml": deck_of(3, title="Ones"), "b.yaml": deck_of(3, title="Twos")})
    async with opened(desk) as front:
        await front.click("Twos")
        assert front.at == "review"
        assert "Twos" in front.lines[0]
        assert "1 of 3" in front.lines[0]


async def test_a_click_on_a_weak_section_drills_it(home: Home) -> None:
    async with opened(with_a_weak_section(home)) as front:
        await front.press("w")
        await front.click("Easy ones")
        assert "Easy ones  practice" in front.lines[0]


async def test_t_changes_between_dark_and_light_and_keeps_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with opened(desk) as front:
        dark = front.strips[0][0].style
        assert front.app.theme == DARK.name
        await front.press("t")
        assert front.app.theme == LIGHT.name
        light = front.strips[0][0].style
        assert dark is not None
        assert light is not None
        assert (dark.bgcolor, light.bgcolor) != (light.bgcolor, dark.bgcolor)
    async with opened(home.open()) as front:
        assert front.app.theme == LIGHT.name
        await front.press("t")
    async with opened(home.open()) as front:
        assert front.app.theme == DARK.name
