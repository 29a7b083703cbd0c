"""From the start of the process to the first prompt on screen, beside a bare Textual app."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.data import home
from benchmarks.figures import aim, beside, heading, taken_in_turn
from benchmarks.programs import BARE, PROMPT, offhand
from benchmarks.terminal import Terminal

_ROUNDS = 25
HOME_SHOWN = rb"180 to review"


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    heading("Start of the process to the first prompt on screen")
    few = home(data, 10_000, 100_000)
    measures = {
        "bare Textual app": partial(ms_to, BARE, PROMPT),
        "review, 10k cards, 100k events": partial(ms_to, offhand(few, "review"), PROMPT),
        "home, 10k cards, 100k events": partial(ms_to, offhand(few), HOME_SHOWN),
    }
    if not small:
        many = home(data, 100_000, 1_000_000)
        measures |= {
            "review, 100k cards, 1M events": partial(ms_to, offhand(many, "review"), PROMPT),
            "home, 100k cards, 1M events": partial(ms_to, offhand(many), HOME_SHOWN),
        }
    taken = taken_in_turn(measures, _ROUNDS)
    middle = list(beside(taken, "bare Textual app").values())
    aim("review beside the bare app", middle[1] / middle[0], 1.3, "x")
    if not small:
        aim("review of ten times as much beside that", middle[3] / middle[1], 1.05, "x")


def ms_to(command: Sequence[str], shown: bytes) -> float:
    """Milliseconds until a program has written a pattern."""
    terminal = Terminal(command)
    moment, _ = terminal.wait_for(shown)
    terminal.kill()
    return (moment - terminal.started) * 1000
