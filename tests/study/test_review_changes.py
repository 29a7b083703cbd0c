"""What can be done to a card besides answering it: practice, marks, undo, edits in the middle."""

import pytest

from offhand.domain.card import Scope
from offhand.domain.event import Asked, Grade, Mark, Marked
from offhand.domain.fold import CardState, Standing
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import answer_card, find_card, mark, record_answer, undo_last
from offhand.study.refresh import refresh
from offhand.study.report import figures
from offhand.study.review import Review
from offhand.study.today import today
from sittings import TWO_SECTIONS, answer_through, answers_logged, terms
from support import Home, deck_of


def test_practice_leaves_the_schedule_alone_and_is_logged(home: Home) -> None:
    desk = home.open({"d.yaml": TWO_SECTIONS})
    for card, grade in {"a1": 5, "a2": 1, "a3": 3, "b1": 1}.items():
        record_answer(desk, f"d/{card}/term", Grade(grade))
    states, planned = reading.all_states(desk.db), today(desk)
    drill = Review.practice(desk, Scope("d", "a"), limit=2)
    assert drill.session.waiting == ("d/a3/term", "d/a2/term")
    for grade in (Grade.BLACKOUT, Grade.PERFECT):
        assert drill.shown is not None
        assert drill.shown.asked is Asked.PRACTICE
        drill.answer(grade, 1000)
    assert drill.shown is None
    assert reading.all_states(desk.db) == states
    assert today(desk) == planned
    assert [(e.card, e.asked) for e in answers_logged(desk)[-2:]] == [
        ("d/a3/term", Asked.PRACTICE),
        ("d/a2/term", Asked.PRACTICE),
    ]
    assert drill.undo() is not None
    assert reading.all_states(desk.db) == states


def test_practice_holds_what_was_answered_before_and_is_not_suspended(home: Home) -> None:
    desk = home.open({"d.yaml": TWO_SECTIONS})
    assert Review.practice(desk, Scope("d", "a")).shown is None
    for card in ("a1", "a2"):
        record_answer(desk, f"d/{card}/term", Grade.GOOD)
    mark(desk, "d/a2/term", Mark.SUSPEND)
    assert Review.practice(desk, Scope("d", "a")).session.waiting == ("d/a1/term",)


def test_the_cards_missed_can_be_practised_once_more(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    review = Review.today(desk)
    for grade in (1, 4, 2, 4, 4):
        review.answer(Grade(grade), 1000)
    drill = Review.practice_of(desk, review.session.missed)
    assert drill.session.waiting == terms(1, 3)
    assert answer_through(drill, Grade.WRONG) == list(terms(1, 3))


def test_a_suspended_card_is_not_asked_until_it_is_resumed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    review = Review.today(desk)
    review.suspend()
    assert review.session.waiting == terms(2)
    home.clock.move(days=40)
    assert Review.today(desk).session.waiting == terms(2)
    assert (today(desk).due, today(desk).new) == (0, 1)
    mark(desk, "numbers/term-1/term", Mark.RESUME)
    assert Review.today(desk).session.waiting == terms(1, 2)


def test_a_buried_card_waits_until_tomorrow(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    review = Review.today(desk)
    review.answer(Grade.WRONG, 1000)
    review.bury()
    review.bury()
    assert review.shown is None
    assert Review.today(desk).shown is None
    home.clock.move(days=1)
    assert Review.today(desk).session.waiting == terms(1, 2)


def test_a_flag_stays_and_the_card_is_asked_all_the_same(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    review = Review.today(desk)
    for flagged in (True, False, True):
        assert review.flag() is flagged
        assert review.shown is not None
        assert review.shown.kept.state == CardState(flagged=flagged)
    review.answer(Grade.GOOD, 1000)
    assert find_card(home.open(), "numbers/term-1/term").state.flagged


def test_a_reset_card_is_new_again_and_its_past_is_kept(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    home.clock.move(days=1)
    event = mark(desk, "numbers/term-1/term", Mark.RESET)
    kept = find_card(desk, "numbers/term-1/term")
    assert kept.state == CardState()
    assert kept.state.on(desk.today) is Standing.NEW
    assert reading.card_events(desk.db, kept.id)[-1] == event
    assert len(reading.card_events(desk.db, kept.id)) == 2


def test_everything_in_a_sitting_can_be_taken_back_to_its_start(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(6)})
    record_answer(desk, "numbers/term-6/term", Grade.HARD)
    states, planned, told = reading.all_states(desk.db), today(desk), figures(desk)
    review = Review.today(desk)
    assert not review.can_undo
    assert review.undo() is None
    begun = (review.session, review.shown)
    review.answer(Grade.WRONG, 1000)
    review.flag()
    review.bury()
    review.suspend()
    review.answer(Grade.PERFECT, 1000)
    review.answer(Grade.GOOD, 1000)
    review.answer(Grade.HARD, 1000)
    assert review.can_undo
    taken_back = []
    while review.can_undo:
        event = review.undo()
        taken_back.append(event.mark if isinstance(event, Marked) else event and event.grade)
    assert taken_back == [3, 4, 5, Mark.SUSPEND, Mark.BURY, Mark.FLAG, 1]
    assert (review.session, review.shown) == begun
    assert reading.all_states(desk.db) == states
    assert (today(desk), figures(desk)) == (planned, told)


def test_counts_are_right_after_an_undo(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    review = Review.today(desk)
    review.answer(Grade.WRONG, 5000)
    before = (review.session, today(desk), figures(desk))
    review.answer(Grade.WRONG, 7000)
    review.undo()
    assert (review.session, today(desk), figures(desk)) == before
    assert (review.session.done, review.session.total, review.session.took_ms) == (1, 3, 5000)
    review.answer(Grade.GOOD, 1000)
    assert (review.session.kept, review.session.missed) == (terms(2), terms(1))
    assert figures(desk).answers_today == 2


def test_the_last_answer_can_be_taken_back_from_outside(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    first = record_answer(desk, "numbers/term-1/term", Grade.GOOD).event
    second = record_answer(desk, "numbers/term-2/term", Grade.GOOD).event
    mark(desk, "numbers/term-2/term", Mark.FLAG)
    assert undo_last(desk) == second
    assert undo_last(desk) == first
    with pytest.raises(NotFound, match="There is no answer to take back"):
        undo_last(desk)
    assert today(desk).new == 2


def test_a_card_is_answered_from_outside_by_its_name(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    recorded = answer_card(desk, "numbers/term-1/term", Grade.GOOD)
    assert recorded.event.asked is Asked.SCHEDULED
    before = find_card(desk, "numbers/term-1/term").state
    with pytest.raises(OffhandError) as refused:
        answer_card(desk, "numbers/term-1/term", Grade.GOOD)
    assert str(refused.value) == (
        "numbers/term-1/term is not due.\nIt is due on 2026-03-03.\n"
        "Add --practice to answer it and leave the schedule alone."
    )
    assert answer_card(desk, "numbers/term-1/term", Grade.WRONG, practice=True).state == before


@pytest.mark.parametrize(
    ("how", "reason"),
    [(Mark.BURY, "It is buried until tomorrow."), (Mark.SUSPEND, "It is suspended.")],
)
def test_a_card_put_aside_is_not_answered_from_outside(home: Home, how: Mark, reason: str) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    mark(desk, "numbers/term-1/term", how)
    with pytest.raises(OffhandError) as refused:
        answer_card(desk, "numbers/term-1/term", Grade.GOOD)
    assert refused.value.message == reason


def test_a_card_that_does_not_exist_is_named_with_those_that_resemble_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    with pytest.raises(NotFound) as refused:
        answer_card(desk, "term-2", Grade.GOOD)
    assert str(refused.value) == "There is no card 'term-2'.\nDid you mean numbers/term-2/term?"
    with pytest.raises(NotFound, match="There is no card 'nothing'"):
        record_answer(desk, "nothing", Grade.GOOD)
    with pytest.raises(NotFound):
        mark(desk, "nothing", Mark.FLAG)
    assert list(reading.all_events(desk.db)) == []


def test_an_edit_in_the_middle_is_taken_at_once_without_loss_of_progress(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    review = Review.today(desk)
    review.answer(Grade.WRONG, 1000)
    session = review.session
    home.write("numbers.yaml", deck_of(4).replace("number 2 here", "number two"))
    refresh(desk)
    review.reload()
    assert review.session == session
    assert review.shown is not None
    assert review.shown.kept.card.answer == "What stands for the number two."


def test_a_card_that_was_deleted_in_the_middle_is_passed_over(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    review = Review.today(desk)
    for grade in (1, 1):
        review.answer(Grade(grade), 1000)
    home.write("numbers.yaml", "deck: N\nid: numbers\nentries: {term 4: The fourth., term 2: x}\n")
    refresh(desk)
    review.reload()
    assert answer_through(review) == list(terms(4, 2))
    assert review.shown is None
