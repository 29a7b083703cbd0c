"""A sitting: what it asks, in which order, and what an answer does."""

import sqlite3
from contextlib import closing

import pytest

from offhand.domain.card import Scope
from offhand.domain.event import Answer, Asked, Grade
from offhand.domain.schedule.protocol import Schedule
from offhand.errors import OffhandError
from offhand.store import reading
from offhand.study.answering import find_card, record_answer
from offhand.study.desk import Desk
from offhand.study.review import Review, next_card
from offhand.study.today import today
from sittings import TWO_SECTIONS, answer_through, answers_logged, terms
from support import Home, deck_of


def test_the_first_sitting_brings_the_new_cards_of_a_day_in_the_order_of_the_file(
    home: Home,
) -> None:
    review = Review.today(home.open({"numbers.yaml": deck_of(20)}, new_per_day=3))
    assert review.session.waiting == terms(1, 2, 3)
    assert review.shown is not None
    assert review.shown.is_new
    assert review.shown.asked is Asked.SCHEDULED
    assert answer_through(review) == list(terms(1, 2, 3))
    assert review.shown is None


def test_an_answer_is_logged_with_all_that_it_was(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    home.clock.set("2026-03-03T01:30")
    recorded = Review.today(desk).answer(Grade.PERFECT, 4321)
    event = recorded.event
    assert event == Answer(
        id=event.id,
        at=home.clock.now(),
        day=home.clock.now().date().replace(day=2),
        device=desk.device,
        card="numbers/term-1/term",
        grade=Grade.PERFECT,
        asked=Asked.SCHEDULED,
        took_ms=4321,
        interval=0,
    )
    assert answers_logged(desk) == [event]
    assert recorded.state == find_card(desk, "numbers/term-1/term").state


def test_a_sitting_that_was_left_goes_on_where_it_was_left(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(20)}, new_per_day=5)
    review = Review.today(desk)
    for grade in (Grade.GOOD, Grade.WRONG):
        review.answer(grade, 1000)
    left = review.session
    desk.close()
    resumed = Review.today(home.open())
    assert resumed.session.waiting == left.waiting == terms(3, 4, 5)
    assert resumed.session.again == left.again == terms(2)


def test_a_card_comes_round_the_same_day_until_it_is_good(home: Home) -> None:
    """Its repeats change neither its ease nor its interval, and outlive a restart."""
    desk = home.open({"numbers.yaml": deck_of(2)})
    review = Review.today(desk)
    first = review.answer(Grade.WRONG, 1000).state
    review.answer(Grade.GOOD, 1000)
    for grade in (Grade.NEARLY, Grade.HARD, Grade.GOOD):
        desk.close()
        desk = home.open()
        review = Review.today(desk)
        assert review.session.again == terms(1)
        assert review.shown is not None
        assert review.shown.asked is Asked.REPEAT
        assert set(review.shown.outcomes.values()) == {first.schedule}
        recorded = review.answer(grade, 1000)
        assert recorded.event.asked is Asked.REPEAT
        assert recorded.state.schedule == first.schedule
    assert Review.today(desk).shown is None


def test_cards_that_come_round_wait_behind_each_other(home: Home) -> None:
    review = Review.today(home.open({"numbers.yaml": deck_of(3)}))
    order = []
    for grade in (1, 3, 4, 2, 4, 5):
        assert review.shown is not None
        order.append(review.shown.kept.id)
        review.answer(Grade(grade), 1000)
    assert order == list(terms(1, 2, 3, 1, 2, 1))
    assert review.shown is None
    assert (review.session.done, review.session.total) == (3, 3)
    assert (review.session.kept, review.session.missed) == (terms(2, 3), terms(1))


def test_cards_that_come_round_keep_their_order_over_a_restart(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    review = Review.today(desk)
    for grade in (1, 2, 3, 1):
        review.answer(Grade(grade), 1000)
    assert review.session.again == terms(2, 3, 1)
    assert Review.today(home.open()).session.again == terms(2, 3, 1)


def test_what_came_round_yesterday_is_due_today_and_shows_what_it_will_become(home: Home) -> None:
    """The same when the day turns over in the middle of the sitting."""
    home.clock.set("2026-03-03T03:50")
    desk = home.open({"numbers.yaml": deck_of(1)})
    review = Review.today(desk)
    review.answer(Grade.WRONG, 1000)
    home.clock.move(hours=0.5)
    for sitting in (Review.today(desk), review):
        sitting.reload()
        assert sitting.shown is not None
        assert sitting.shown.asked is Asked.SCHEDULED
        shown = sitting.shown.outcomes[Grade.GOOD]
    recorded = review.answer(Grade.GOOD, 1000)
    assert recorded.event.asked is Asked.SCHEDULED
    assert recorded.state.schedule == shown


def test_what_another_offhand_answered_meanwhile_is_not_asked_as_if_it_were_not(
    home: Home,
) -> None:
    one, other = home.open({"numbers.yaml": deck_of(4)}), home.open()
    review = Review.today(one)
    record_answer(other, "numbers/term-2/term", Grade.PERFECT)
    missed = record_answer(other, "numbers/term-3/term", Grade.WRONG).state
    review.answer(Grade.GOOD, 1000)
    assert review.shown is not None
    assert review.shown.kept.id == "numbers/term-3/term"
    assert review.shown.asked is Asked.REPEAT
    assert set(review.shown.outcomes.values()) == {missed.schedule}
    assert review.answer(Grade.GOOD, 1000).state.schedule == missed.schedule
    assert answer_through(review) == list(terms(4))


def test_an_answer_that_another_offhand_forestalled_is_kept_and_moves_nothing(home: Home) -> None:
    one, other = home.open({"numbers.yaml": deck_of(1)}), home.open()
    review = Review.today(one)
    first = record_answer(other, "numbers/term-1/term", Grade.PERFECT)
    second = review.answer(Grade.GOOD, 1000)
    assert second.event.asked is Asked.REPEAT
    assert second.state.schedule == first.state.schedule
    assert [event.id for event in answers_logged(one)] == [first.event.id, second.event.id]


@pytest.mark.parametrize(("limit", "asked"), [(None, 6), (4, 4), (2, 2), (1, 1), (0, 0), (99, 6)])
def test_a_sitting_can_be_limited(home: Home, limit: int | None, asked: int) -> None:
    desk = home.open({"numbers.yaml": deck_of(6)}, new_per_day=4)
    answer_through(Review.today(desk, limit=2))
    home.clock.move(days=1)
    for n in terms(1, 2):
        record_answer(desk, n, Grade.WRONG)
    session = Review.today(desk, limit=limit).session
    assert len(session.waiting) + len(session.again) == asked
    assert len(session.waiting) == min(asked, 4)


def test_the_next_card_is_the_first_of_a_sitting_begun_now(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    assert next_card(desk) == Review.today(desk).shown
    record_answer(desk, "numbers/term-1/term", Grade.WRONG)
    record_answer(desk, "numbers/term-2/term", Grade.GOOD)
    shown = next_card(desk)
    assert shown is not None
    assert shown.kept.id == "numbers/term-1/term"
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    assert next_card(desk) is None


def test_new_cards_are_counted_by_the_day_whatever_the_sitting(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(20)}, new_per_day=3)
    Review.today(desk).answer(Grade.GOOD, 1000)
    assert Review.today(desk).session.waiting == terms(2, 3)
    answer_through(Review.today(desk))
    assert Review.today(desk).shown is None
    assert answer_through(Review.today(desk, more_new=2)) == list(terms(4, 5))
    assert Review.today(desk, more_new=1).session.waiting == terms(6)
    home.clock.move(days=1)
    assert set(Review.today(desk).session.waiting) == set(terms(1, 2, 3, 4, 5, 6, 7, 8))


def test_no_new_cards_when_the_settings_say_none(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)}, new_per_day=0)
    assert Review.today(desk).shown is None
    assert Review.today(desk, more_new=2).session.waiting == terms(1, 2)


def test_a_backlog_pauses_new_cards_and_is_asked_in_parts(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)}, new_per_day=10)
    answer_through(Review.today(desk))
    desk = home.open(new_per_day=10, reviews_per_day=4)
    home.clock.move(days=1)
    assert (today(desk).due, today(desk).new, today(desk).backlog) == (4, 0, 6)
    assert len(answer_through(Review.today(desk))) == 4
    assert Review.today(desk).shown is None
    home.clock.move(days=1)
    assert len(answer_through(Review.today(desk))) == 4
    home.clock.move(days=1)
    assert (today(desk).due, today(desk).new, today(desk).backlog) == (2, 10, 0)


def test_the_order_of_a_backlog_and_of_new_cards_follows_the_settings(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    for day, term in ((0, 1), (1, 1), (2, 3), (3, 3), (8, 2), (9, 3)):
        home.clock.set(f"2026-03-{2 + day:02}T09:00")
        record_answer(desk, f"numbers/term-{term}/term", Grade.PERFECT)
    home.clock.move(days=30)
    assert [_schedule(desk, card).interval for card in terms(1, 2, 3)] == [6, 1, 17]

    def queue(**settings: object) -> tuple[str, ...]:
        return Review.today(home.open(**settings)).session.waiting

    assert queue(new_order="last") == terms(1, 2, 3, 4)
    assert queue(new_order="first") == terms(4, 1, 2, 3)
    assert queue(new_order="mixed") == terms(1, 2, 4, 3)
    assert queue(new_order="last", backlog_order="shortest") == terms(2, 1, 3, 4)
    shuffled = set()
    for _ in range(10):
        home.clock.move(days=1)
        shuffled.add(queue(new_order="last", backlog_order="random"))
    assert len(shuffled) > 1
    assert {tuple(sorted(order)) for order in shuffled} == {terms(1, 2, 3, 4)}


def _schedule(desk: Desk, card: str) -> Schedule:
    schedule = find_card(desk, card).state.schedule
    assert schedule is not None
    return schedule


def test_a_sitting_keeps_to_its_deck_and_section(home: Home) -> None:
    desk = home.open({"d.yaml": TWO_SECTIONS, "numbers.yaml": deck_of(2)})
    assert Review.today(desk, Scope("numbers")).session.waiting == terms(1, 2)
    assert Review.today(desk, Scope("d", "b")).session.waiting == tuple(
        f"d/{name}/term" for name in ("b1", "b2", "b3")
    )


def test_an_answer_that_a_busy_database_refuses_can_be_given_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhand.store.connection._WAIT_SECONDS", 0.05)
    desk = home.open({"numbers.yaml": deck_of(2)})
    review = Review.today(desk)
    before = (review.session, review.shown)
    with closing(sqlite3.connect(home.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for step in (lambda: review.answer(Grade.GOOD, 1000), review.bury, review.flag):
            with pytest.raises(OffhandError, match="The database is busy"):
                step()
    assert (review.session, review.shown, review.can_undo) == (*before, False)
    assert list(reading.all_events(desk.db)) == []
    assert answer_through(review) == list(terms(1, 2))


def test_an_undo_that_a_busy_database_refuses_can_be_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhand.store.connection._WAIT_SECONDS", 0.05)
    review = Review.today(home.open({"numbers.yaml": deck_of(2)}))
    before = review.session
    review.answer(Grade.GOOD, 1000)
    with closing(sqlite3.connect(home.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OffhandError, match="The database is busy"):
            review.undo()
    assert review.session.done == 1
    assert review.undo() is not None
    assert review.session == before


def test_the_end_of_a_sitting_is_the_end(home: Home) -> None:
    review = Review.today(home.open({"numbers.yaml": deck_of(1)}))
    review.answer(Grade.GOOD, 1000)
    with pytest.raises(ValueError, match="the session has ended"):
        review.answer(Grade.GOOD, 1000)
    with pytest.raises(ValueError, match="the session has ended"):
        review.bury()


def test_a_negative_time_is_none(home: Home) -> None:
    """A clock that was set back does not make time."""
    desk = home.open({"numbers.yaml": deck_of(1)})
    assert Review.today(desk).answer(Grade.GOOD, -5).event.took_ms == 0
