"""No answer is lost: not to a kill, not to a second Offhand on the same database."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from offhand.domain.event import Answer, Asked
from offhand.store import reading
from offhand.study.desk import Desk, refold
from support import Home, deck_of

_PROGRAM = Path(__file__).with_name("answering.py")


@contextmanager
def _answering(home: Home, count: int) -> Iterator["subprocess.Popen[str]"]:
    """The program, waiting for a line before it answers."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(_PROGRAM), str(home.path), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def _answers(desk: Desk) -> dict[str, Answer]:
    return {e.id: e for e in reading.all_events(desk.db) if isinstance(e, Answer)}


def _assert_sound(desk: Desk) -> None:
    assert desk.db.rows("PRAGMA integrity_check") == [("ok",)]
    assert desk.db.rows("PRAGMA foreign_key_check") == []
    assert refold(desk) == []


@pytest.mark.parametrize("after", [1, 7, 23])
def test_what_was_answered_before_a_kill_is_in_the_database(home: Home, after: int) -> None:
    home.open({"numbers.yaml": deck_of(40)}).close()
    with _answering(home, 0) as program:
        assert program.stdin
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        program.stdin.write("go\n")
        program.stdin.flush()
        told = [program.stdout.readline().split()[0] for _ in range(after)]
        program.send_signal(signal.SIGKILL)
        told += [line.split()[0] for line in program.stdout if line.endswith("\n")]
        assert program.wait() == -signal.SIGKILL
    desk = home.open()
    found = list(_answers(desk))
    # One answer may be recorded whose telling the kill forestalled.
    assert sorted(found)[: len(told)] == told
    assert len(found) - len(told) in (0, 1)
    _assert_sound(desk)


def test_offhands_answering_at_once_lose_nothing_and_raise_nothing(home: Home) -> None:
    """Both also make the database, which does not exist yet, and read the decks, at once."""
    count = 60
    home.write("numbers.yaml", deck_of(80))
    with _answering(home, count) as one, _answering(home, count) as other:
        for program in (one, other):
            assert program.stdout
            assert program.stdout.readline() == "ready\n"
        for program in (one, other):
            assert program.stdin
            program.stdin.write("go\n")
            program.stdin.flush()
        told = []
        for program in (one, other):
            out, err = program.communicate()
            assert (err, program.returncode) == ("", 0)
            told += [line.split()[0] for line in out.splitlines()]
    desk = home.open()
    answers = _answers(desk)
    assert len(told) == 2 * count
    assert sorted(answers) == sorted(told)
    moved = Counter((a.card, a.day) for a in answers.values() if a.asked is Asked.SCHEDULED)
    assert set(moved.values()) == {1}, "an answer moved a schedule that was moved already"
    _assert_sound(desk)
