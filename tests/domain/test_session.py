"""One sitting: which card is asked, which come round again, how it went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.event import Asked, Grade
from offhand.domain.session import Session, Turn


def asked_in(session: Session, grades: str) -> list[str]:
    """The cards asked while some grades are given."""
    asked = []
    for grade in grades:
        assert session.current is not None
        asked.append(session.current)
        session = session.answered(Grade(int(grade)), 1000)
    return asked


def test_cards_are_asked_in_their_order_to_the_end() -> None:
    session = Session(("a", "b"))
    assert (session.current, session.asked, session.done, session.total) == (
        "a",
        Asked.SCHEDULED,
        0,
        2,
    )
    session = session.answered(Grade.GOOD, 3000, fresh=True)
    assert (session.current, session.done, session.total) == ("b", 1, 2)
    session = session.answered(Grade.PERFECT, 2500)
    assert session == Session(
        (),
        (),
        (
            Turn("a", Grade.GOOD, Asked.SCHEDULED, 3000, fresh=True),
            Turn("b", Grade.PERFECT, Asked.SCHEDULED, 2500),
        ),
    )
    assert (session.current, session.done, session.total, session.took_ms) == (None, 2, 2, 5500)


def test_cards_graded_below_4_come_round_after_all_others_until_each_got_a_4() -> None:
    session = Session(("a", "b", "c"))
    assert asked_in(session, "134345") == ["a", "b", "c", "a", "b", "a"]


def test_a_repeat_is_told_from_the_first_asking_and_not_counted_as_a_card() -> None:
    session = Session(("a",)).answered(Grade.NEARLY, 1000)
    assert (session.current, session.asked, session.done, session.total) == (
        "a",
        Asked.REPEAT,
        1,
        1,
    )
    session = session.answered(Grade.GOOD, 1000)
    assert session.turns == (
        Turn("a", Grade.NEARLY, Asked.SCHEDULED, 1000),
        Turn("a", Grade.GOOD, Asked.REPEAT, 1000),
    )
    assert (session.current, session.done, session.total) == (None, 1, 1)


def test_cards_left_from_earlier_the_same_day_come_round_after_the_others() -> None:
    session = Session(("b",), again=("a",))
    assert session.total == 1
    assert asked_in(session, "44") == ["b", "a"]
    assert Session((), again=("a",)).asked is Asked.REPEAT


def test_kept_and_missed_go_by_the_first_asking() -> None:
    session = Session(("a", "b", "c"), again=("d",))
    for grade in (1, 3, 5, 2, 4, 4, 0):
        session = session.answered(Grade(grade), 1000)
    assert session.kept == ("b", "c")
    assert session.missed == ("a",)


def test_in_practice_nothing_comes_round_twice() -> None:
    session = Session(("a", "b"), practice=True)
    assert session.asked is Asked.PRACTICE
    session = session.answered(Grade.BLACKOUT, 1000).answered(Grade.GOOD, 1000)
    assert (session.current, session.done, session.total) == (None, 2, 2)
    assert (session.kept, session.missed) == (("b",), ("a",))


def test_a_card_put_aside_is_not_asked_and_not_counted() -> None:
    session = Session(("a", "b")).put_aside()
    assert (session.current, session.done, session.total, session.turns) == ("b", 0, 1, ())
    session = session.answered(Grade.WRONG, 1000)
    assert (session.current, session.put_aside().current) == ("b", None)


def test_after_the_end_there_is_nothing_to_answer_or_to_put_aside() -> None:
    session = Session(())
    with pytest.raises(ValueError, match=r"^the session has ended$"):
        session.answered(Grade.GOOD, 1000)
    with pytest.raises(ValueError, match=r"^the session has ended$"):
        session.put_aside()


def test_a_step_back_is_the_value_before_it_with_all_its_counts() -> None:
    before = Session(("a", "b"), again=("c",)).answered(Grade.HARD, 1200)
    counts = (before.done, before.total, before.kept, before.missed, before.took_ms)
    after = before.answered(Grade.BLACKOUT, 90_000)
    assert after.missed == ("b",)
    assert (before.done, before.total, before.kept, before.missed, before.took_ms) == counts
    assert before == Session(("a", "b"), again=("c",)).answered(Grade.HARD, 1200)
    assert before.answered(Grade.GOOD, 1000).missed == ()


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.lists(st.sampled_from("stuv"), unique=True),
    st.lists(st.sampled_from(Grade), max_size=60),
    st.booleans(),
)
def test_every_card_is_asked_once_first_and_then_until_its_last_grade_is_a_4(
    waiting: list[str], again: list[str], grades: list[Grade], practice: bool
) -> None:
    session = Session(tuple(waiting), () if practice else tuple(again), practice=practice)
    for grade in grades:
        if session.current is None:
            break
        session = session.answered(grade, 1000)
        assert session.total == len(waiting)
    firsts = [turn.card for turn in session.turns if turn.asked is not Asked.REPEAT]
    assert firsts == waiting[: len(firsts)]
    assert sorted([*session.kept, *session.missed]) == sorted(firsts)
    if session.current is None and not practice:
        last = {turn.card: turn.grade for turn in session.turns}
        assert set(last) == {*waiting, *again}
        assert all(grade >= Grade.GOOD for grade in last.values())
