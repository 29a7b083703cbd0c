"""Peak memory of a sitting and of the home screen, beside a bare Textual app."""

from functools import partial
from pathlib import Path

from benchmarks.data import home
from benchmarks.figures import aim, beside, heading, taken_in_turn
from benchmarks.programs import ANSWER, BARE, PROMPT, offhand
from benchmarks.startup import HOME_SHOWN
from benchmarks.terminal import Terminal

_ROUNDS = 3
_CARDS = 30


def run(data: Path, small: bool) -> None:
    """Measure and print."""
    heading(f"Peak memory; a sitting has {_CARDS} cards")
    sizes = {"10k": (10_000, 100_000)}
    if not small:
        sizes["100k"] = (100_000, 1_000_000)
    measures = {"bare Textual app": _of_bare}
    for name, (cards, events) in sizes.items():
        measures[f"review, {name} cards"] = partial(_of_review, data, cards, events)
        measures[f"home, {name} cards"] = partial(_of_home, data, cards, events)
    taken = taken_in_turn(measures, _ROUNDS, warm_up=0)
    for name, middle in beside(taken, "bare Textual app", "MiB").items():
        if name != "bare Textual app":
            aim(name, middle, 65, "MiB")


def _of_bare() -> float:
    terminal = Terminal(BARE)
    terminal.wait_for(PROMPT)
    return _left(terminal)


def _of_review(data: Path, cards: int, events: int) -> float:
    terminal = Terminal(offhand(home(data, cards, events), "review"))
    _, prompt = terminal.wait_for(PROMPT)
    for _ in range(_CARDS):
        terminal.press(b" ")
        terminal.wait_for(ANSWER)
        terminal.press(b"3")
        _, prompt = terminal.wait_for(PROMPT, unlike=prompt)
    # To the summary, and from there out.
    terminal.press(b"q")
    terminal.settle(0.5)
    return _left(terminal)


def _of_home(data: Path, cards: int, events: int) -> float:
    terminal = Terminal(offhand(home(data, cards, events)))
    terminal.wait_for(HOME_SHOWN)
    return _left(terminal)


def _left(terminal: Terminal) -> float:
    # What is made ready in the background counts too.
    terminal.settle(1.0)
    return terminal.leave(b"q") / 1024
