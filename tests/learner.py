"""A learner who answers, for tests that begin with a past."""

from offhand.domain.card import EVERYTHING, Scope
from offhand.domain.event import Answer, Grade
from offhand.store import reading
from offhand.study.desk import Desk
from offhand.study.review import Review


def answer_all(desk: Desk, *grades: int, scope: Scope = EVERYTHING, took_ms: int = 0) -> None:
    """Answer what today asks, with the grades in turn; what comes round again gets a Good."""
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
