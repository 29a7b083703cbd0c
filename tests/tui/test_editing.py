"""`e` opens the card's file at its line, and takes the edit at once, history and all."""

import shlex
import sys
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from learner import answer_all, answers_of
from offhand.domain.card import Place
from offhand.domain.event import Grade
from offhand.errors import OffhandError
from offhand.study.refresh import refresh
from offhand.tui.editor import editor_command
from on_screen import Front, opened
from support import Home, deck_of, shipping, write

_EDITOR = """
import sys, pathlib
log, old, new, *rest = sys.argv[1:]
pathlib.Path(log).write_text("\\n".join(rest))
path = pathlib.Path(rest[-1])
path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
"""


class Editor:
    """An editor that replaces a text, and notes how it was called."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._script = write(folder / "my editor.py", _EDITOR)
        self._log = folder / "called with"
        self._patch = patch
        patch.delenv("VISUAL", raising=False)

    def replaces(self, old: str, new: str) -> None:
        """From now on it replaces this by that."""
        command = [sys.executable, str(self._script), str(self._log), old, new]
        self._patch.setenv("EDITOR", shlex.join(command))

    @property
    def called_with(self) -> list[str]:
        """The arguments that it was called with last."""
        return self._log.read_text().split("\n") if self._log.exists() else []


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    made = Editor(tmp_path / "an editor", monkeypatch)
    made.replaces("nothing", "nothing")
    return made


async def _answer_until(front: Front, prompt: str) -> None:
    while prompt not in front.text:
        assert front.at == "review"
        await front.press("space", "3")


async def test_an_edit_is_on_screen_at_once_and_the_history_stays(
    home: Home, editor: Editor
) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    editor.replaces("the number 1 here", "the very first number")
    async with opened(desk) as front:
        await front.press("space")
        await _answer_until(front, "term 1")
        await front.press("space")
        done = front.lines[0]
        await front.press("e")
        assert "What stands for the very first number." in front.text
        assert "space good" in front.footer
        assert front.lines[0] == done
        assert front.toasts == []
        await front.press("i")
        assert (
            "Answered on 02 Mar 2026, interval 1 day: due on 03 Mar 2026, today." in front.words()
        )
        await front.press("escape")
        assert front.lines[0] == done
    assert editor.called_with == ["+4", str(home.paths.decks / "numbers.yaml")]


async def test_the_file_opens_at_the_line_of_the_card(home: Home, editor: Editor) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(3)})) as front:
        await front.press("space")
        for line in (4, 5, 6):
            await front.press("e")
            assert editor.called_with[0] == f"+{line}"
            await front.press("space", "3")


async def test_an_edit_before_the_answer_shows_does_not_show_it(home: Home, editor: Editor) -> None:
    editor.replaces("term 1", "first term")
    async with opened(home.open({"numbers.yaml": deck_of(3)})) as front:
        await front.press("space", "e")
        assert "first term" in front.text
        assert "What stands" not in front.text
        assert "1 of 3" in front.lines[0]


async def test_the_time_in_the_editor_is_not_the_answers(
    home: Home, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour_ns = 3_600_000_000_000
    monkeypatch.setattr(
        "offhand.tui.screens.review.monotonic_ns", lambda: 1 + hour_ns * bool(editor.called_with)
    )
    desk = home.open({"numbers.yaml": deck_of(1)})
    async with opened(desk) as front:
        await front.press("space", "e", "space", "3")
        assert front.at == "end"
    assert desk.db.rows("SELECT took_ms FROM events") == [(0,)]


async def test_a_renamed_card_keeps_its_history_and_says_so(home: Home, editor: Editor) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    editor.replaces("term 1", "first term")
    async with opened(desk) as front:
        await front.press("space", "e")
        assert "first term" in front.text
        (told,) = front.toasts
        assert told == 'Renamed, with its history: "first term", before numbers/term-1.'
        await front.press("space", "3")
    assert answers_of(desk) == [("numbers/term-1/term", 4, "answer")] * 2


async def test_a_fault_is_told_with_its_place_and_the_card_stays_as_it_was(
    home: Home, editor: Editor
) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    editor.replaces("  term 1: What", "  term 1: [What")
    async with opened(desk, size=(140, 30)) as front:
        await front.press("space", "space", "e")
        assert "What stands for the number 1 here." in front.text
        (told,) = front.toasts
        assert told.startswith(f"{home.paths.decks}/numbers.yaml:")
        assert told.endswith("The deck stays as it was.")
        # Mended, it is taken.
        editor.replaces("[What stands for the number 1", "What mended stands for 1")
        await front.press("e")
        assert "What mended stands for 1 here." in front.text
        await front.press("3")
        assert "2 of 2" in front.lines[0]


async def test_a_card_taken_out_of_its_file_is_passed_over(home: Home, editor: Editor) -> None:
    editor.replaces("  term 1: What stands for the number 1 here.\n", "")
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:
        await front.press("space", "space", "e")
        assert "term 2" in front.text
        assert "1 of 1" in front.lines[0]
        assert "space show" in front.footer


async def test_when_the_last_card_is_taken_out_the_sitting_ends(home: Home, editor: Editor) -> None:
    editor.replaces("  term 1: What stands", "  another: What is written")
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await front.press("space", "e")
        assert front.at == "end"
        await front.press("space")
        assert "1 new" in front.text


async def test_a_shipped_deck_is_copied_first_and_the_copy_edited(
    home: Home, editor: Editor, tmp_path: Path
) -> None:
    folder = tmp_path / "program" / "decks"
    write(folder / "signals" / "deck.yaml", "deck: Signals\n")
    section = (
        "section: Everyday\nentries:\n  SIGTERM: Asks a process.\n  SIGKILL: Ends a process.\n"
    )
    shipped_file = write(folder / "signals" / "01-everyday.yaml", section)
    editor.replaces("Asks a process.", "Asks a process to end.")
    with shipping(folder):
        desk = home.open()
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=1)
        async with opened(desk) as front:
            await front.press("space")
            await _answer_until(front, "SIGTERM")
            await front.press("space", "e")
            assert "Asks a process to end." in front.text
            copy = home.paths.decks / "signals" / "01-everyday.yaml"
            assert editor.called_with == ["+3", str(copy)]
            await front.press("i")
            assert "Answered on 02 Mar 2026, interval 1 day" in front.words()
        refresh(desk)
    assert shipped_file.read_text() == section
    assert "to end." in copy.read_text()


async def test_an_editor_that_is_not_there_is_told_and_the_card_stays(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    desk = home.open({"numbers.yaml": deck_of(2)})
    async with opened(desk, size=(140, 40)) as front:
        await front.press("space", "space")
        for editor, told in (
            ("/nowhere/[bold]edit", "The editor '/nowhere/[bold]edit' cannot be started: No such"),
            ("vim 'open", "a quote is left open"),
            (str(home.paths.decks), "cannot be started: Permission denied"),
        ):
            monkeypatch.setenv("EDITOR", editor)
            await front.press("e")
            assert told in front.toasts[-1]
            assert "What stands for the number 1 here." in front.text
        await front.press("3")
        assert "2 of 2" in front.lines[0]
        assert len(answers_of(desk)) == 1


async def test_settings_are_written_out_and_opened(home: Home, editor: Editor) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(2)})) as front:

        async def edit() -> str:
            commands = front.app.get_system_commands(front.app.screen)
            next(each for each in commands if each.title == "Settings").callback()
            await front.pilot.pause()
            return front.toasts[-1]

        assert await edit() == "The settings hold from the next start."
        assert editor.called_with == ["+1", str(home.paths.settings)]
        assert "# new_per_day = 10" in home.paths.settings.read_text()
        editor.replaces("# new_per_day = 10", "new_per_day = 1")
        await edit()
        editor.replaces("# buttons = 4", "buttons = 5")
        assert "buttons cannot be 5" in await edit()
    home.paths.settings.write_text(home.paths.settings.read_text().replace("= 5", "= 6"))
    async with opened(home.open()) as front:
        assert "1 new" in front.lines[2]


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim", ["vim", "+7", "/d/x y.yaml"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "/d/x y.yaml"]),
        ("code", ["code", "--wait", "--goto", "/d/x y.yaml:7:3"]),
        ("code -w", ["code", "-w", "--goto", "/d/x y.yaml:7:3"]),
        ("/usr/local/bin/hx", ["/usr/local/bin/hx", "/d/x y.yaml:7:3"]),
        ("subl --wait", ["subl", "--wait", "/d/x y.yaml:7:3"]),
        ("kate", ["kate", "--line", "7", "/d/x y.yaml"]),
        ("ed", ["ed", "/d/x y.yaml"]),
        ("'/my apps/vim' -n", ["/my apps/vim", "-n", "+7", "/d/x y.yaml"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, command: list[str]) -> None:
    assert editor_command(Place(Path("/d/x y.yaml"), 7, 3), {"EDITOR": editor}) == command


def test_visual_goes_before_editor_and_blank_ones_count_for_nothing() -> None:
    place = Place(Path("/d/x.yaml"), 7)
    assert editor_command(place, {"VISUAL": "vim", "EDITOR": "ed"})[0] == "vim"
    assert editor_command(place, {"VISUAL": "  ", "EDITOR": "ed"})[0] == "ed"


def test_without_any_editor_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OffhandError, match="There is no editor") as told:
        editor_command(Place(Path("/d/x.yaml")), {"EDITOR": ""})
    assert told.value.mend == "Set EDITOR, as in `export EDITOR=vim`."


async def test_where_the_terminal_cannot_be_left_the_file_and_line_are_told(
    home: Home, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    async with opened(desk, size=(140, 30)) as front:
        await front.press("space")
        monkeypatch.setattr(HeadlessDriver, "can_suspend", False)
        await front.press("e")
        assert front.at == "review"
        (told,) = front.toasts
        assert "An editor cannot be opened from here." in told
        assert f"{home.paths.decks / 'numbers.yaml'}, line 4" in told
    assert editor.called_with == []
