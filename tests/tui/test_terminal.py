"""The real program in a real terminal: it starts, it can be killed, and it leaves things tidy."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hostile import MARK, TEXTS, deck_of_terms
from learner import answers_of
from support import Home, deck_of, write
from terminal import Terminal, running


@pytest.fixture
def _numbers(home: Home) -> None:
    home.write("numbers.yaml", deck_of(6))


def logged(home: Home) -> list[tuple[str, int, str]]:
    """The answers in the database."""
    answers = answers_of(home.open())
    home.close()
    return answers


def answer(terminal: Terminal, term: int, key: str) -> None:
    """Show the answer to a term and grade it; the next card is on screen afterwards."""
    terminal.until(f"term {term}")
    terminal.press(" ")
    terminal.until(f"What stands for the number {term} here.")
    terminal.press(key)
    terminal.until_gone(f"What stands for the number {term} here.")


@pytest.mark.usefixtures("_numbers")
def test_review_shows_a_prompt_takes_answers_and_leaves_the_terminal_as_it_was(home: Home) -> None:
    with running(home.path, "review", "--deck", "numbers", "--limit", "2") as terminal:
        modes = terminal.modes()
        answer(terminal, 1, "3")
        assert terminal.modes() != modes
        answer(terminal, 2, "4")
        terminal.until("2 cards")
        terminal.press(" ")
        assert terminal.end() == 0
        assert terminal.modes() == modes
        for turned_on, turned_off in (
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?25l", "\x1b[?25h"),
            ("\x1b[?1000h", "\x1b[?1000l"),
            ("\x1b[?2004h", "\x1b[?2004l"),
        ):
            assert terminal.text.rindex(turned_off) > terminal.text.rindex(turned_on)
        assert "Traceback" not in terminal.text
    assert logged(home) == [
        ("numbers/term-1/term", 4, "answer"),
        ("numbers/term-2/term", 5, "answer"),
    ]


@pytest.mark.usefixtures("_numbers")
def test_a_killed_program_loses_no_answer_and_the_next_one_goes_on(home: Home) -> None:
    with running(home.path, "review", "--deck", "numbers") as terminal:
        answer(terminal, 1, "3")
        answer(terminal, 2, "1")
        terminal.until("term 3")
        assert terminal.kill(signal.SIGKILL) == -signal.SIGKILL
    assert [grade for _, grade, _ in logged(home)] == [4, 1]
    with running(home.path, "review", "--deck", "numbers") as terminal:
        terminal.until("term 3")
        terminal.until("1 of 4 · 1 again")
        answer(terminal, 3, "3")
        terminal.until("term 4")
        # Closing the window is as good as leaving.
        assert terminal.hang_up() == -signal.SIGHUP
    assert [grade for _, grade, _ in logged(home)] == [4, 1, 4]
    with running(home.path, "review", "--deck", "numbers", now="2026-03-03T09:00") as terminal:
        terminal.until("of 6")


@pytest.mark.usefixtures("_numbers")
def test_a_terminated_program_leaves_nothing_locked(home: Home) -> None:
    with running(home.path) as terminal:
        terminal.until("Backend development")
        terminal.until("Numbers")
        assert terminal.kill(signal.SIGTERM) == -signal.SIGTERM
    assert logged(home) == []


@pytest.mark.usefixtures("_numbers")
def test_the_editor_gets_the_terminal_and_gives_it_back_even_when_it_cannot_start(
    home: Home, tmp_path: Path
) -> None:
    editor = tmp_path / "my editor"
    with running(home.path, "review", "--deck", "numbers", EDITOR=f"'{editor}'") as terminal:
        terminal.until("term 1")
        terminal.press("e")
        terminal.until("Not edited")
        answer(terminal, 1, "3")
        terminal.until("term 2")
        write(
            editor,
            f"#!{sys.executable}\n"
            "import pathlib, sys\n"
            "assert sys.stdin.isatty() and sys.stdout.isatty()\n"
            "typed = input('what is it? ')\n"
            "path = pathlib.Path(sys.argv[-1])\n"
            "path.write_text(path.read_text().replace('What stands for the number 2', typed))\n",
        ).chmod(0o755)
        terminal.press(" ")
        terminal.until("What stands for the number 2 here.")
        terminal.press("e")
        terminal.until("what is it?")
        terminal.press("The first prime is\r")
        terminal.until("The first prime is here.")
        terminal.press("3")
        terminal.until("term 3")
        terminal.press("\x11")
        assert terminal.end() == 0
    assert len(logged(home)) == 2


_OWN = re.compile(
    r"\x1b\[[0-9;]*m"  # colours
    r"|\x1b\[[0-9;]*H"  # places
    r"|\x1b\[\?[0-9;]*[hl]"  # modes
    r"|\x1b\[[<>=?]?[0-9;]*u"  # the keyboard's protocol
    r"|\x1b\[\?[0-9;]*\$p"  # questions for modes
    r"|\x1b\]22;[a-z-]*\x07"  # the pointer's shape
    r"|\r\n"
)


def test_no_sign_of_a_card_reaches_the_terminal_as_one_that_it_obeys(home: Home) -> None:
    texts = {name: text for name, text in TEXTS.items() if not name.startswith("deep")}
    home.write("hostile.yaml", deck_of_terms(texts))
    home.write("faulty \x1b]52;c;QUJD\x07 \x9b.yaml", "deck: [")
    write(home.paths.settings, "new_per_day = 999\ntheme = 'light'\n")
    with running(home.path, size=(120, 40)) as terminal:
        terminal.until("Not YAML")
        terminal.until("a [/] b [bold]loud")
        terminal.press("w")
        terminal.until("No reviews yet.")
        terminal.press("qj ")
        for number in range(1, len(texts) + 1):
            terminal.until(f"{number} of {len(texts)}")
            terminal.press(" ")
            terminal.until("1 Again")
            if number == 3:
                terminal.press("i")
                terminal.until("It is new")
                terminal.press("\x1b[27u")
                terminal.until_gone("It is new")
            terminal.press("1")
            terminal.until_gone("1 Again")
        terminal.press("q")
        terminal.until("Missed")
        terminal.press("q")
        terminal.until("a [/] b [bold]loud")
        terminal.press("q")
        assert terminal.end() == 0
    left = _OWN.sub("", terminal.text)
    obeyed = {f"U+{ord(sign):04X}" for sign in left if re.match("[\x00-\x1f\x7f-\x9f]", sign)}
    obeyed |= {
        f"U+{ord(sign):04X}" for sign in left if re.match("[\u202a-\u202e\u2066-\u2069]", sign)
    }
    assert obeyed == set()
    # It was there, and is shown with signs that stand for what would have been obeyed.
    assert f"]52;c;{MARK}" in left
    assert "␛" in left
    assert "<U+202E>" in left
    asked = set(re.findall(r"\x1b\[\?([0-9]+)[hl]", terminal.text))
    assert asked <= {"7", "25", "1000", "1003", "1004", "1006", "1015", "1049", "2004", "2026"}


def _from_a_pipe(home: Home, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "offhand", "--home", str(home.path), *arguments],
        input="",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("_numbers")
@pytest.mark.parametrize("arguments", [(), ("review",)])
def test_from_a_pipe_it_says_what_to_do_instead(home: Home, arguments: tuple[str, ...]) -> None:
    done = _from_a_pipe(home, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "offhand: The app needs a terminal.",
        "  Input or output is a pipe or a file, or the terminal cannot be drawn on.",
        "  `offhand review --plain` asks in plain lines.",
    ]
    assert not home.paths.database.exists()


@pytest.mark.usefixtures("_numbers")
def test_a_dumb_terminal_is_told_the_same(home: Home) -> None:
    with running(home.path, "review", TERM="dumb") as terminal:
        assert terminal.end() == 1
        assert terminal.shows("`offhand review --plain` asks in plain lines.")
        assert "\x1b" not in terminal.text


@pytest.mark.usefixtures("_numbers")
def test_without_colour_the_terminal_is_sent_shades_of_grey_only(home: Home) -> None:
    with running(home.path, NO_COLOR="1") as terminal:
        terminal.until("Numbers")
        terminal.press("q")
        assert terminal.end() == 0
    colours = set(re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", terminal.text))
    assert len(colours) > 2
    assert all(red == green == blue for red, green, blue in colours)


@pytest.mark.usefixtures("_numbers")
def test_two_programs_on_one_database_lose_no_answer(home: Home) -> None:
    with (
        running(home.path, "review", "--deck", "numbers") as one,
        running(home.path, "review", "--deck", "numbers") as other,
    ):
        one.until("term 1")
        other.until("term 1")
        for term in (1, 2, 3):
            answer(one, term, "3")
            answer(other, term, "3")
        for terminal in (one, other):
            terminal.press("q")
            terminal.until("3 cards")
            terminal.press("q")
            assert terminal.end() == 0
    answers = logged(home)
    assert [asked for _, _, asked in answers].count("answer") == 3
    assert [asked for _, _, asked in answers].count("repeat") == 3


@pytest.mark.usefixtures("_numbers")
def test_a_closed_window_ends_the_program_even_where_hang_ups_are_ignored(home: Home) -> None:
    """As they are in all that a shell under nohup starts."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with running(home.path, "review", "--deck", "numbers") as terminal:
            answer(terminal, 1, "3")
            terminal.until("term 2")
            assert terminal.hang_up() == -signal.SIGHUP
    finally:
        signal.signal(signal.SIGHUP, before)
    assert [grade for _, grade, _ in logged(home)] == [4]
