"""Sittings in tests: their decks, answering them to the end, and what the log holds then."""

from offhand.domain.event import Answer, Grade
from offhand.store import reading
from offhand.study.desk import Desk
from offhand.study.review import Review

TWO_SECTIONS = (
    "deck: D\nsections:\n"
    "  A: {a1: One., a2: Two., a3: Three.}\n"
    "  B: {b1: One more., b2: Two more., b3: Three more.}\n"
)


def terms(*numbers: int) -> tuple[str, ...]:
    """The ids of some terms of `deck_of`."""
    return tuple(f"numbers/term-{n}/term" for n in numbers)


def answer_through(review: Review, grade: Grade = Grade.GOOD) -> list[str]:
    """Answer a sitting to its end. Returns the cards as they were asked."""
    asked = []
    while review.shown is not None:
        asked.append(review.shown.kept.id)
        review.answer(grade, 1000)
    return asked


def answers_logged(desk: Desk) -> list[Answer]:
    """The answers of the log, oldest first, those taken back included."""
    found = [event for event in reading.all_events(desk.db) if isinstance(event, Answer)]
    return sorted(found, key=lambda event: event.id)
