"""A learner who answers, for tests that begin with a past."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.event import Answer, Carried, Grade, Moved
from offhand.domain.fold import fold
from offhand.store import history, reading
from offhand.study.desk import Desk, next_stamp
from offhand.study.review import Review
from support import Home


def answer_all(desk: Desk, *grades: int, scope: Scope = EVERYTHING, took_ms: int = 0) -> None:
    """Answer what today asks, with the grades in turn; what comes round again gets a Good."""
    desk.db.rows("PRAGMA synchronous = OFF")
    review = Review.today(desk, scope)
    while review.shown is not None:
        first_time = bool(review.session.waiting)
        grade = grades[review.session.done % len(grades)]
        review.answer(Grade(grade) if first_time else Grade.GOOD, took_ms)


def answers_of(desk: Desk) -> list[tuple[str, int, str]]:
    """The answers that stand in the log: card, grade, why it was asked."""
    events = sorted(reading.all_events(desk.db), key=lambda event: event.id)
    undone = {getattr(event, "target", None) for event in events}
    return [
        (event.card, int(event.grade), event.asked.value)
        for event in events
        if isinstance(event, Answer) and event.id not in undone
    ]


def two_sections(each: int = 25) -> str:
    """A deck of two sections with as many terms each."""
    lines = ["deck: Two", "sections:"]
    for name in ("Hard ones", "Easy ones"):
        lines.append(f"  {name}:")
        lines += [f"    {name[0]}{n}: What {name[0]}{n} stands for." for n in range(1, each + 1)]
    return "\n".join(lines) + "\n"


def with_a_weak_section(home: Home) -> Desk:
    """A desk on the third day: all of Hard ones was missed on the second, all of Easy ones kept."""
    shutil.copytree(_weak_section_home(), home.path, dirs_exist_ok=True)
    home.clock.move(days=2)
    return home.open()


@cache
def _weak_section_home() -> Path:
    """Such a home, to be copied: the answers take longer than most tests."""
    home = Home(Path(mkdtemp(prefix="offhand-test-")) / "home")
    atexit.register(shutil.rmtree, home.path.parent)
    desk = home.open({"two.yaml": two_sections()}, new_per_day=99)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    answer_all(desk, Grade.WRONG, scope=Scope("two", "hard-ones"))
    answer_all(desk, Grade.GOOD, scope=Scope("two", "easy-ones"))
    home.close()
    return home.path


def log_of_card(desk: Desk, kind: type[Moved] | type[Carried], card: str, **fields: Any) -> None:
    """Put an event of a card into the log, with what it makes of the card."""
    with desk.db.writing() as connection:
        history.append(connection, kind(**next_stamp(desk, connection), card=card, **fields))
        state = fold(desk.scheduler, reading.card_events(desk.db, card))
        history.keep_state(connection, card, state)
