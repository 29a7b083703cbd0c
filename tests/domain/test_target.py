"""A target is a lens: it says when cards come before its date, and leaves the schedule alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_log import DAY
from offhand.domain.event import Asked, Grade, TargetDropped, TargetSet
from offhand.domain.plan import NO_AIMS, Aims, Limits, Waiting, plan
from offhand.domain.recall import FSRS6
from offhand.domain.rehearsal import Actor, Rehearsal
from offhand.domain.schedule.sm2 import SM2
from offhand.domain.target import (
    PASS_DAYS,
    Progress,
    Target,
    aims,
    last_day_for_new,
    latest_day,
    moved,
    new_a_day,
    pass_days,
    targets_set,
)

ON = DAY + timedelta(days=30)
TARGET = Target("exam", ON, DAY)
FSRS = FSRS6()


def before(days: int) -> date:
    """A day before the target's."""
    return ON - timedelta(days=days)


def card(name: str, due: date | None = None, entry: str = "", section: str = "s") -> Waiting:
    return Waiting(name, entry or name, "d", section, due, 10 if due else 0)


def far(count: int) -> list[Waiting]:
    """Cards that SM-2 brings long after the date, the weakest first by name."""
    return [card(f"{n:03}", ON + timedelta(days=40)) for n in range(count)]


def by_name(name: str, _: date) -> float:
    return int(name) / 1000


# The targets that there are


def said(name: str, on: date | None, day: date = DAY) -> TargetSet | TargetDropped:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    if on is None:
        return TargetDropped(id="", at=at, day=day, device="", name=name)
    return TargetSet(id="", at=at, day=day, device="", name=name, on=on)


def test_a_later_target_of_one_name_takes_the_place_of_the_first_and_counts_since_then() -> None:
    later = DAY + timedelta(days=3)
    events = [said("Exam", ON), said("other", before(9)), said("exam", before(2), later)]
    assert targets_set(events) == [
        Target("other", before(9), DAY),
        Target("exam", before(2), DAY),
    ]


def test_a_dropped_target_is_gone_and_begins_anew_when_it_is_set_again() -> None:
    later = DAY + timedelta(days=3)
    assert targets_set([said("exam", ON), said("EXAM", None)]) == []
    events = [said("exam", ON), said("exam", None), said("exam", ON, later)]
    assert targets_set(events) == [Target("exam", ON, later)]


def test_a_target_whose_date_had_passed_begins_anew_too() -> None:
    events = [said("exam", ON), said("exam", ON + timedelta(days=90), ON)]
    assert targets_set(events) == [Target("exam", ON + timedelta(days=90), ON)]


@pytest.mark.parametrize(
    ("scopes", "held"),
    [((), "abc"), ((("d", ""),), "ab"), ((("d", "one"),), "a"), ((("e", "one"),), "c")],
)
def test_a_target_holds_the_cards_of_its_scopes(
    scopes: tuple[tuple[str, str], ...], held: str
) -> None:
    cards = [
        Waiting("a", "a", "d", "one"),
        Waiting("b", "b", "d", "two"),
        Waiting("c", "c", "e", "one"),
    ]
    target = replace(TARGET, scopes=scopes)
    assert "".join(each.card for each in cards if target.holds(each)) == held


# New cards


def test_new_cards_are_spread_over_nine_tenths_of_the_time_until_the_pass() -> None:
    new = [card(f"{n}") for n in range(230)]
    assert last_day_for_new(TARGET, DAY) == DAY + timedelta(days=22)
    assert new_a_day(TARGET, DAY, 230) == 10
    found = aims([TARGET], DAY, Progress(new=new))
    assert [each.card for each in found.begun] == [f"{n}" for n in range(10)]
    assert found.asked == ()


def test_what_was_begun_today_counts_towards_the_days_share() -> None:
    begun = [card(f"b{n}", DAY + timedelta(days=1)) for n in range(4)]
    new = [card(f"{n}") for n in range(226)]
    found = aims([TARGET], DAY, Progress(new=new, begun=begun))
    assert len(found.begun) == 6
    begun = [card(f"b{n}", DAY + timedelta(days=1)) for n in range(10)]
    assert aims([TARGET], DAY, Progress(new=new[:220], begun=begun)).begun == ()


def test_days_missed_are_made_up_for_by_the_days_that_are_left() -> None:
    late = DAY + timedelta(days=23)
    assert last_day_for_new(TARGET, late) == TARGET.pass_from == before(PASS_DAYS)
    assert new_a_day(TARGET, late, 30) == 10


def test_a_target_nearer_than_its_pass_begins_all_by_the_day_before() -> None:
    near = Target("soon", DAY + timedelta(days=3), DAY)
    assert last_day_for_new(near, DAY) == DAY + timedelta(days=2)
    assert new_a_day(near, DAY, 9) == 3


def test_siblings_are_begun_on_days_of_their_own_while_there_are_enough() -> None:
    new = [card(f"{n}", entry=f"e{n // 3}") for n in range(60)]
    found = aims([TARGET], DAY, Progress(new=new))
    assert [each.card for each in found.begun] == ["0", "3", "6"]
    last_day = Target("soon", DAY + timedelta(days=1), DAY)
    assert len(aims([last_day], DAY, Progress(new=new)).begun) == 60
    two_days = Target("soon", DAY + timedelta(days=2), DAY)
    begun = aims([two_days], DAY, Progress(new=new[:3])).begun
    assert [each.card for each in begun] == ["0", "1"]


def test_a_new_sibling_waits_for_a_day_on_which_the_due_one_does_not_come() -> None:
    progress = Progress([card("a", DAY, "e")], [card("b", entry="e"), card("c")])
    assert [each.card for each in aims([TARGET], DAY, progress).begun] == ["c"]


def test_new_cards_beyond_a_setting_and_a_backlog_are_begun_for_a_target_alone() -> None:
    new = [card(f"{n}") for n in range(230)]
    found = aims([TARGET], DAY, Progress(new=new))
    due = [card(f"due {n}", DAY) for n in range(9)]
    planned = plan(DAY, due, [card("other")], (), set(), Limits(5, 3), found)
    assert (planned.due, planned.new, planned.backlog) == (5, 10, 4)
    roomy = plan(DAY, [], [card("other")], (), set(), Limits(5, 11), found)
    assert roomy.new == 11


# The last pass


def test_the_last_days_take_rising_shares_of_all_cards_the_weakest_first() -> None:
    days = pass_days(TARGET, before(5), Progress(far(300), recall=by_name))
    assert sorted(days) == [each.card for each in far(300)]
    asked = [sorted(c for c, day in days.items() if day == before(n)) for n in (5, 4, 3, 2, 1)]
    assert [len(each) for each in asked] == [40, 50, 60, 70, 80]
    assert [name for each in asked for name in each] == [each.card for each in far(300)]


def test_what_is_due_in_the_pass_comes_on_its_day_and_fills_its_share() -> None:
    due = [card(f"{500 + n}", before(3)) for n in range(60)]
    days = pass_days(TARGET, before(5), Progress([*far(240), *due], recall=by_name))
    assert {days[each.card] for each in due} == {before(3)}
    assert sum(day == before(3) for day in days.values()) == 60


def test_a_card_is_asked_once_in_the_pass() -> None:
    asked = {"000": [before(5)], "001": [before(5), before(4)], "002": [before(9)]}
    days = pass_days(TARGET, before(4), Progress(far(10), asked=asked, recall=by_name))
    assert sorted(days) == [f"{n:03}" for n in range(2, 10)]


def test_the_share_of_a_day_stays_while_it_is_worked_off() -> None:
    cards = far(300)
    planned = aims([TARGET], before(5), Progress(cards, recall=by_name)).asked
    for done in range(len(planned) + 1):
        asked = {each.card: [before(5)] for each in planned[:done]}
        left = aims([TARGET], before(5), Progress(cards, asked=asked, recall=by_name)).asked
        assert left == planned[done:]


def test_what_is_put_aside_for_today_comes_on_another_day_of_the_pass() -> None:
    progress = Progress(far(10), away={"000"}, recall=by_name)
    assert pass_days(TARGET, before(5), progress)["000"] == before(4)
    assert "000" not in pass_days(TARGET, before(1), progress)


def test_siblings_come_on_days_of_their_own_as_far_as_the_days_go() -> None:
    cards = [card(f"{n:03}", ON, entry=f"e{n // 5}") for n in range(50)]
    days = pass_days(TARGET, before(5), Progress(cards, recall=by_name))
    assert len(days) == 50
    for n in range(10):
        assert len({days[f"{n * 5 + k:03}"] for k in range(5)}) == 5
    cramped = pass_days(TARGET, before(2), Progress(cards, recall=by_name))
    assert len(cramped) == 50


def test_an_entry_seen_today_waits_until_its_last_chance() -> None:
    cards = [card("000", ON, "e"), card("001", ON)]
    progress = Progress(cards, seen={"e"}, recall=by_name)
    assert pass_days(TARGET, before(5), progress)["000"] > before(5)
    assert pass_days(TARGET, before(1), progress)["000"] == before(1)


def test_no_limit_keeps_the_pass_from_a_day_and_its_cards_come_first() -> None:
    found = aims([TARGET], before(1), Progress(far(9), recall=by_name))
    others = [card(f"due {n}", DAY) for n in range(3)]
    planned = plan(before(1), others, (), (), set(), Limits(10, 0), found)
    assert [each.card for each in planned.queue[:9]] == [each.card for each in far(9)]
    assert (len(planned.queue), planned.backlog) == (10, 2)


def test_due_cards_of_a_target_come_before_others_when_a_day_does_not_hold_all() -> None:
    held = Aims(holds=lambda each: each.card == "held")
    due = [card("older", DAY - timedelta(days=9)), card("held", DAY)]
    planned = plan(DAY, due, (), (), set(), Limits(1, 0), held)
    assert [each.card for each in planned.queue] == ["held"]


def test_of_several_targets_each_has_its_pass_and_a_card_comes_when_the_first_asks() -> None:
    second = Target("later", ON + timedelta(days=2), DAY)
    progress = Progress(far(60), recall=by_name)
    both = moved([TARGET, second], before(5), progress)
    alone = [moved([each], before(5), progress) for each in (TARGET, second)]
    assert both == {name: min(days[name] for days in alone) for name in both}
    assert both == moved([second, TARGET], before(5), progress)
    asked = aims([TARGET, second], before(5), progress).asked
    assert [each.card for each in asked] == sorted(n for n, day in both.items() if day == before(5))


def test_a_card_of_two_targets_is_begun_once_and_counts_for_both() -> None:
    second = Target("later", ON + timedelta(days=23), DAY)
    new = [card(f"{n}") for n in range(230)]
    found = aims([TARGET, second], DAY, Progress(new=new))
    assert len(found.begun) == len({each.card for each in found.begun}) == 10


# What the grade bar may promise


@pytest.mark.parametrize(
    ("day", "latest"), [(DAY, before(1)), (before(6), before(1)), (before(5), None), (ON, None)]
)
def test_until_the_pass_a_card_comes_again_by_the_day_before_the_date(
    day: date, latest: date | None
) -> None:
    assert latest_day([TARGET], card("a"), day) == latest
    elsewhere = replace(TARGET, scopes=(("e", ""),))
    assert latest_day([elsewhere], card("a"), day) is None


# Laws


dues = st.integers(-20, 80).map(lambda n: DAY + timedelta(days=n))
some_cards = st.lists(st.tuples(dues, st.integers(0, 9)), max_size=40).map(
    lambda drawn: [card(f"{n:03}", due, f"e{entry}") for n, (due, entry) in enumerate(drawn)]
)
some_targets = st.lists(
    st.integers(1, 60).map(lambda n: Target(f"{n}", DAY + timedelta(days=n), DAY)), max_size=3
)
some_days = st.integers(0, 70).map(lambda n: DAY + timedelta(days=n))


@given(some_cards, some_targets, some_days, st.booleans())
def test_no_card_is_moved_past_its_day_nor_past_the_day_before_the_date(
    cards: list[Waiting], targets: list[Target], today: date, apart: bool
) -> None:
    progress = Progress(cards, recall=by_name, apart=apart)
    days = moved(targets, today, progress)
    due = {each.card: each.due or date.max for each in cards}
    ahead = [target for target in targets if target.is_ahead(today)]
    assert all(today <= day < due[name] for name, day in days.items())
    for each in cards:
        comes = days.get(each.card, due[each.card])
        assert all(comes < target.on for target in ahead)


@given(some_cards, some_targets, st.booleans())
def test_once_the_date_has_come_every_card_comes_as_sm2_has_it(
    cards: list[Waiting], targets: list[Target], apart: bool
) -> None:
    today = max((target.on for target in targets), default=DAY)
    progress = Progress(cards, [card("new")], recall=by_name, apart=apart)
    assert moved(targets, today, progress) == {}
    assert aims(targets, today, progress) == NO_AIMS


@given(some_cards, some_targets, some_days, st.booleans())
def test_a_day_asks_no_card_twice_and_only_what_is_waiting(
    cards: list[Waiting], targets: list[Target], today: date, apart: bool
) -> None:
    new = [card(f"n{n}", entry=f"e{n % 7}") for n in range(20)]
    found = aims(targets, today, Progress(cards, new, recall=by_name, apart=apart))
    due = [each for each in cards if each.due is not None and each.due <= today]
    limits = Limits(15, 3, apart)
    queue = plan(today, due, new, (), set(), limits, found).queue
    assert len({each.card for each in queue}) == len(queue)
    assert {each.card for each in queue} <= {each.card for each in (*cards, *new)}


@given(st.integers(1, 60), st.integers(8, 60), st.sets(st.integers(0, 60)), st.integers(1, 4))
def test_every_card_is_seen_five_days_before_and_asked_in_the_last_five_days(
    count: int, days: int, missed: set[int], siblings: int
) -> None:
    """Whatever days are missed, as long as the days of the pass are not."""
    on = DAY + timedelta(days=days)
    missed -= set(range(days - PASS_DAYS, days + 1))
    cards = [Actor(card(f"{n:03}", entry=f"e{n // siblings}")) for n in range(count)]
    learner = Rehearsal(cards, SM2(), FSRS, seed=count)
    target = Target("exam", on, DAY)
    for n in range(days):
        if n not in missed:
            learner.live(DAY + timedelta(days=n), Limits(200, 0), [target])
    for asked in (learner.asked[each.card.card] for each in cards):
        assert asked[0] <= target.pass_from
        assert any(target.pass_from <= day < on for day in asked)
        assert len(set(asked)) == len(asked)


@given(st.lists(st.sampled_from(Grade), min_size=1, max_size=6), st.sampled_from(Grade))
def test_a_pass_before_its_day_leaves_ease_and_interval_and_a_failure_counts(
    past: list[Grade], grade: Grade
) -> None:
    from card_log import Log
    from offhand.domain.fold import fold

    log, day, state = Log(), DAY, fold(SM2(), [])
    for each in past:
        state = fold(SM2(), [log.answer(each, day)], state)
        assert state.schedule is not None
        day = state.schedule.due
    schedule, early = state.schedule, day - timedelta(days=1)
    after = fold(SM2(), [log.answer(grade, early, Asked.EARLY)], state).schedule
    assert after == (schedule if grade.passed else SM2().next(schedule, grade, early))
