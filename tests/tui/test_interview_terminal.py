"""An interview in a real terminal: killed in the middle, it goes on as it was."""

import signal

from interviews import QUESTIONS
from offhand.study.desk import Desk
from offhand.study.interviews.listing import past_interviews, unfinished
from support import Home
from terminal import running


def _typed(desk: Desk, place: int) -> str:
    left = unfinished(desk)
    return left.askings[place].typed if left else ""


def test_killed_in_the_middle_it_is_resumed_with_everything_kept(home: Home) -> None:
    home.write("caching.yaml", QUESTIONS)
    arguments = ("interview", "--deck", "caching", "--seed", "1", "--minutes", "20")
    with running(home.path, *arguments) as terminal:
        terminal.until("4 questions of 4")
        terminal.press("\r")
        terminal.until("1 of 4")
        terminal.press(" ")
        terminal.until("Said 0 of")
        terminal.press("2")
        terminal.until("Said 1 of")
        terminal.press("\r")
        terminal.until("2 of 4")
        terminal.press("t")
        terminal.until("^r show answer")
        terminal.press("typed and not lost")
        terminal.until("typed and not lost")
        desk = home.open()
        # It is kept while the clock goes on, every other second.
        terminal.until_so(lambda: _typed(desk, 1) == "typed and not lost", "the text on disk")
        assert terminal.kill(signal.SIGKILL) == -signal.SIGKILL
    left = unfinished(desk)
    assert left is not None
    assert [sorted(each.said) for each in left.askings] == [[1], [], [], []]
    with running(home.path, "interview", "--resume") as terminal:
        terminal.until("2 of 4")
        terminal.until("typed and not lost")
        terminal.press(" ")
        terminal.until("You typed")
        terminal.press("\rq")
        assert terminal.end() == 0
        assert "Traceback" not in terminal.text
    (interview,) = past_interviews(desk)
    assert [each.progress.value for each in interview.askings] == [
        *("done", "done", "open", "waiting")
    ]
    assert 0 < interview.used_ms < 20 * 60_000


def test_from_a_pipe_it_says_what_to_do_instead(home: Home) -> None:
    with running(home.path, "interview", TERM="dumb") as terminal:
        assert terminal.end() == 1
        assert terminal.shows("`offhand interview --plain` asks in plain lines.")
