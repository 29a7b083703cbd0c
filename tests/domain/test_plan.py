"""What a day asks for: limits, backlog, siblings, orders."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.plan import BacklogOrder, Limits, NewOrder, Plan, Waiting, plan

DAY = date(2026, 3, 2)
FREE = Limits(reviews=1000, new=1000, order=NewOrder.LAST)


def due(name: str, late: int = 0, interval: int = 1, entry: str = "") -> Waiting:
    """A due card, `late` days after its time."""
    on = DAY - timedelta(days=late)
    return Waiting(f"deck/{name}", f"deck/{entry or name}", "deck", "section", on, interval)


def new(name: str, entry: str = "") -> Waiting:
    return Waiting(f"deck/{name}", f"deck/{entry or name}", "deck", "section")


def made(
    due: list[Waiting],
    new: list[Waiting],
    limits: Limits = FREE,
    seen: frozenset[str] = frozenset(),
) -> Plan:
    return plan(DAY, due, new, [], seen, limits)


def names(planned: Plan) -> list[str]:
    return [card.card.removeprefix("deck/") for card in planned.queue]


def test_an_empty_day_asks_nothing() -> None:
    planned = made([], [])
    assert planned == Plan(())
    assert (planned.due, planned.new) == (0, 0)


def test_all_that_is_due_is_asked_and_new_cards_in_the_order_of_learning() -> None:
    planned = made([due("late", 5), due("today")], [new("a"), new("b"), new("c")])
    assert names(planned) == ["late", "today", "a", "b", "c"]
    assert (planned.due, planned.new, planned.backlog) == (2, 3, 0)


def test_new_cards_stop_at_the_limit() -> None:
    limits = Limits(reviews=10, new=2, order=NewOrder.LAST)
    assert names(made([due("x")], [new("a"), new("b"), new("c")], limits)) == ["x", "a", "b"]


def test_new_cards_are_fetched_only_as_far_as_they_are_needed() -> None:
    fetched: list[str] = []

    def endless() -> Iterator[Waiting]:
        for n in range(1_000_000):
            fetched.append(f"{n}")
            yield new(f"{n}")

    assert plan(DAY, [], endless(), [], set(), Limits(reviews=1, new=3)).new == 3
    assert plan(DAY, [], endless(), [], set(), Limits(reviews=1, new=0)).new == 0
    assert fetched == ["0", "1", "2"]


def test_a_backlog_is_counted_and_pauses_new_cards() -> None:
    waiting = [due(f"{n}", late=n) for n in range(10)]
    planned = made(waiting, [new("a")], Limits(reviews=7, new=5))
    assert names(planned) == ["9", "8", "7", "6", "5", "4", "3"]
    assert (planned.due, planned.new, planned.backlog) == (7, 0, 3)


def test_a_day_that_just_holds_what_is_due_begins_new_cards() -> None:
    planned = made([due("x"), due("y")], [new("a")], Limits(2, 5, order=NewOrder.LAST))
    assert (planned.due, planned.new, planned.backlog) == (2, 1, 0)


def test_a_day_whose_reviews_are_used_up_leaves_the_rest_as_backlog() -> None:
    planned = made([due("x")], [new("a")], Limits(reviews=0, new=5))
    assert planned == Plan((), (), backlog=1)


def test_siblings_do_not_come_on_one_day() -> None:
    waiting = [due("sql/term", 3, entry="sql"), due("sql/reverse", 1, entry="sql"), due("x")]
    learning = [new("ttl/term", "ttl"), new("ttl/reverse", "ttl"), new("x/reverse", "x")]
    planned = made(waiting, learning)
    assert names(planned) == ["sql/term", "x", "ttl/term"]
    assert planned.backlog == 0


def test_a_sibling_answered_today_keeps_the_others_back() -> None:
    planned = made(
        [due("sql/reverse", entry="sql")], [new("ttl/term", "ttl")], FREE, frozenset({"deck/sql"})
    )
    assert names(planned) == ["ttl/term"]


def test_siblings_come_together_where_the_learner_wants_it() -> None:
    limits = Limits(10, 10, siblings_apart=False, order=NewOrder.LAST)
    waiting = [due("sql/term", 3, entry="sql"), due("sql/reverse", 1, entry="sql")]
    planned = made(waiting, [new("sql/cloze", "sql")], limits, frozenset({"deck/sql"}))
    assert names(planned) == ["sql/term", "sql/reverse", "sql/cloze"]


def test_cards_that_come_round_again_are_kept_apart_and_count_as_due() -> None:
    planned = plan(DAY, [due("x")], [], [due("again")], {"deck/again"}, FREE)
    assert planned == Plan((due("x"),), (due("again"),))
    assert planned.due == 2


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (BacklogOrder.OLDEST, ["oldest", "older", "young"]),
        (BacklogOrder.SHORTEST, ["young", "oldest", "older"]),
    ],
)
def test_the_backlog_comes_in_the_order_chosen(order: BacklogOrder, expected: list[str]) -> None:
    waiting = [due("older", 3, 30), due("young", 1, 2), due("oldest", 9, 10)]
    limits = Limits(10, 0, backlog=order)
    assert names(made(waiting, [], limits)) == expected
    assert names(made(waiting[::-1], [], limits)) == expected


def test_a_random_backlog_is_the_same_all_day_and_another_tomorrow() -> None:
    waiting = [due(f"{n}", late=n % 7, interval=n) for n in range(50)]
    limits = Limits(50, 0, backlog=BacklogOrder.RANDOM)
    today = names(made(waiting, [], limits))
    assert today == names(made(waiting[::-1], [], limits))
    assert sorted(today) == sorted(f"{n}" for n in range(50))
    assert today != [f"{n}" for n in range(50)]
    tomorrow = plan(DAY + timedelta(days=1), waiting, [], [], set(), limits)
    assert names(tomorrow) != today


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (NewOrder.FIRST, "ab3210"),
        (NewOrder.LAST, "3210ab"),
        (NewOrder.MIXED, "3a21b0"),
    ],
)
def test_new_cards_stand_where_the_learner_wants_them(order: NewOrder, expected: str) -> None:
    waiting = [due(f"{n}", late=n) for n in range(4)]
    planned = made(waiting, [new("a"), new("b")], Limits(10, 10, order=order))
    assert "".join(names(planned)) == expected


def test_mixed_new_cards_are_spread_evenly_over_the_day() -> None:
    waiting = [due(f"{n}", late=n) for n in range(40)]
    learning = [new(f"new {n}") for n in range(10)]
    planned = made(waiting, learning, Limits(50, 10))
    places = [place for place, card in enumerate(planned.queue) if card.due is None]
    assert places == [2, 7, 12, 17, 22, 27, 32, 37, 42, 47]


entries = st.sampled_from("abcdef")
waiting_cards = st.lists(
    st.tuples(entries, st.integers(0, 9), st.integers(1, 99)), max_size=20
).map(lambda drawn: [due(f"{e}/{n}", late, i, e) for n, (e, late, i) in enumerate(drawn)])
learning_cards = st.lists(entries, max_size=20).map(
    lambda drawn: [new(f"{e}/new-{n}", e) for n, e in enumerate(drawn)]
)
any_limits = st.builds(
    Limits,
    reviews=st.integers(0, 10),
    new=st.integers(0, 10),
    siblings_apart=st.booleans(),
    backlog=st.sampled_from(BacklogOrder),
    order=st.sampled_from(NewOrder),
)


@given(waiting_cards, learning_cards, st.frozensets(entries.map("deck/{}".format)), any_limits)
def test_no_plan_holds_a_card_twice_more_than_the_day_takes_or_siblings_that_are_to_part(
    waiting: list[Waiting], learning: list[Waiting], seen: frozenset[str], limits: Limits
) -> None:
    planned = made(waiting, learning, limits, seen)
    asked = [card.card for card in planned.queue]
    assert len(asked) == len(set(asked))
    assert planned.due <= limits.reviews
    assert planned.new <= limits.new
    assert not (planned.backlog and planned.new)
    if limits.siblings_apart:
        asked_entries = [card.entry for card in planned.queue]
        assert len(asked_entries) == len(set(asked_entries))
        assert not seen & set(asked_entries)
    else:
        assert planned.due + planned.backlog == len(waiting)
    begun = [card for card in planned.queue if card.due is None]
    assert begun == [card for card in learning if card in begun]
