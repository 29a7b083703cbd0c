"""What is done to many cards at once is one step: one transaction, and taken back as one."""

from datetime import date, timedelta

import pytest

from learner import answer_all
from offhand.domain.event import Grade, Mark, Marked, Moved, Undo
from offhand.errors import OffhandError
from offhand.store import reading
from offhand.store.connection import Database
from offhand.study.answering import find_card
from offhand.study.browsing import Deed, ids, lines, mark_all, move_all, toggle_all, undo_deed
from offhand.study.desk import Desk, refold
from offhand.study.review import Review
from sittings import terms
from support import Home, deck_of

TODAY = date(2026, 3, 3)


@pytest.fixture
def desk(home: Home) -> Desk:
    """A desk with five terms, the first three of which were answered the day before."""
    desk = home.open({"numbers.yaml": deck_of(5)}, new_per_day=3)
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)
    return desk


def states(desk: Desk) -> dict[str, object]:
    """Every card's state."""
    return dict(reading.all_states(desk.db))


def test_cards_are_suspended_together_and_resumed_by_the_same_key(desk: Desk) -> None:
    before = states(desk)
    how, deed = toggle_all(desk, terms(1, 2, 5), Mark.SUSPEND)
    assert (how, deed.cards) == (Mark.SUSPEND, terms(1, 2, 5))
    assert [card for card in terms(1, 2, 3, 4, 5) if find_card(desk, card).state.suspended] == [
        *terms(1, 2, 5)
    ]
    how, deed = toggle_all(desk, terms(1, 2), Mark.SUSPEND)
    assert (how, deed.cards) == (Mark.RESUME, terms(1, 2))
    how, deed = toggle_all(desk, terms(1, 5), Mark.SUSPEND)
    assert (how, deed.cards) == (Mark.SUSPEND, terms(1))
    toggle_all(desk, terms(1, 5), Mark.SUSPEND)
    assert states(desk) == before


def test_a_mark_that_changes_nothing_is_not_logged(desk: Desk) -> None:
    mark_all(desk, terms(1), Mark.FLAG)
    events = desk.db.rows("SELECT count(*) FROM events")
    assert mark_all(desk, terms(1), Mark.FLAG) == Deed(())
    assert mark_all(desk, terms(4), Mark.RESET) == Deed(())
    assert mark_all(desk, ["no/such/card"], Mark.FLAG) == Deed(())
    assert desk.db.rows("SELECT count(*) FROM events") == events


def test_buried_and_reset_cards_leave_todays_plan_as_they_should(desk: Desk) -> None:
    mark_all(desk, terms(1), Mark.BURY)
    mark_all(desk, terms(2), Mark.RESET)
    asked = Review.today(desk).session.waiting
    assert terms(1)[0] not in asked
    assert set(asked) == set(terms(2, 3, 4, 5)) - {terms(5)[0]} | {terms(5)[0]}
    assert find_card(desk, terms(2)[0]).state.schedule is None


def test_moved_cards_come_on_the_day_and_keep_interval_and_ease(desk: Desk) -> None:
    before = {card: find_card(desk, card).state.schedule for card in terms(1, 2)}
    day = TODAY + timedelta(days=9)
    deed = move_all(desk, terms(1, 2, 4), day)
    assert deed.cards == terms(1, 2)
    for card, schedule in before.items():
        now = find_card(desk, card).state.schedule
        assert schedule is not None
        assert now is not None
        assert now.due == day
        assert (now.interval, now.ease, now.lapses) == (
            schedule.interval,
            schedule.ease,
            schedule.lapses,
        )
    assert find_card(desk, terms(4)[0]).state.schedule is None
    assert move_all(desk, terms(1), day) == Deed(())


def test_a_deed_is_taken_back_as_one_step_with_an_undo_for_each_card(desk: Desk) -> None:
    before = states(desk)
    deeds = [
        mark_all(desk, terms(1, 2, 3, 4, 5), Mark.SUSPEND),
        move_all(desk, terms(1, 2), TODAY + timedelta(days=30)),
        mark_all(desk, terms(1, 3), Mark.RESET),
    ]
    for deed in reversed(deeds):
        undo_deed(desk, deed)
    assert states(desk) == before
    assert refold(desk) == []
    log = sorted(reading.all_events(desk.db), key=lambda event: event.id)
    done = [event for event in log if isinstance(event, Marked | Moved)]
    assert {e.id for e in done} == {e.id for deed in deeds for e in deed.events}
    assert [e.target for e in log if isinstance(e, Undo)] == [
        event.id for deed in reversed(deeds) for event in deed.events
    ]


def test_what_happened_to_a_card_since_stays_when_a_deed_is_taken_back(desk: Desk) -> None:
    deed = mark_all(desk, terms(1, 2), Mark.FLAG)
    mark_all(desk, terms(1), Mark.SUSPEND)
    undo_deed(desk, deed)
    state = find_card(desk, terms(1)[0]).state
    assert (state.suspended, state.flagged) == (True, False)


def test_a_deed_is_on_disk_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before, log = states(desk), desk.db.rows("SELECT * FROM events")
    other = Database(desk.db.path)
    other.rows("BEGIN IMMEDIATE")
    desk.db.rows("PRAGMA busy_timeout = 1")
    with pytest.raises(OffhandError, match="busy"):
        mark_all(desk, terms(1, 2), Mark.FLAG)
    other.rows("ROLLBACK")
    other.close()
    assert states(desk) == before
    assert desk.db.rows("SELECT * FROM events") == log
    assert mark_all(desk, terms(1, 2), Mark.FLAG).cards == terms(1, 2)


def test_a_thousand_cards_are_one_deed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1200)})
    numbers = [row[0] for row in desk.db.rows("SELECT number FROM cards ORDER BY number DESC")]
    cards = ids(desk, numbers)
    assert cards[0] == "numbers/term-1200/term"
    deed = mark_all(desk, cards, Mark.SUSPEND)
    assert len(deed.events) == 1200
    assert len({event.id for event in deed.events}) == 1200
    undo_deed(desk, deed)
    assert not any(kept.suspended for kept in reading.all_states(desk.db).values())


def test_lines_hold_what_a_list_shows_and_leave_out_cards_that_are_gone(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    mark_all(desk, terms(1, 2), Mark.FLAG)
    home.write("numbers.yaml", deck_of(1))
    desk = home.open()
    numbers = [row[0] for row in desk.db.rows("SELECT number FROM cards ORDER BY id")]
    assert len(numbers) == 2
    (line,) = lines(desk, numbers).values()
    assert (line.id, line.prompt, line.deck, line.section_title, line.state.flagged) == (
        "numbers/term-1/term",
        "term 1",
        "numbers",
        "Numbers",
        True,
    )
    assert ids(desk, numbers) == ["numbers/term-1/term"]
