"""A learner with a date to be ready by, the clock moved on day by day."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from learner import answer_all
from offhand.domain.card import Scope
from offhand.domain.event import Answer, Asked, Grade, Mark
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import answer_card, find_card, mark, record_answer, undo_last
from offhand.study.desk import Desk
from offhand.study.report import figures, past_of
from offhand.study.review import Return, Review, next_card, plan_today
from offhand.study.targets.outlook import nearest_ready, outlook, ready_for
from offhand.study.targets.target import drop_target, set_target, targets_known
from offhand.study.today import today
from sittings import answer_through, terms
from support import Home, deck_of, write_settings

TWO = "deck: Two\nsections:\n  A: {a1: One., a2: Two., a3: Three.}\n  B: {b1: 1., b2: 2., b3: 3.}\n"


def on(home: Home, days: int) -> date:
    return home.clock.now().date() + timedelta(days=days)


def events_logged(desk: Desk) -> list[Answer]:
    found = [event for event in reading.all_events(desk.db) if isinstance(event, Answer)]
    return sorted(found, key=lambda event: event.id)


def live(desk: Desk, chance: random.Random) -> int:
    """Answer all that the day asks, most of it rightly. Returns how many cards it asked."""
    review = Review.today(desk)
    while review.shown is not None:
        first_time = bool(review.session.waiting)
        missed = first_time and chance.random() < 0.15
        review.answer(Grade.WRONG if missed else Grade.GOOD, 4000)
    return review.session.done


def test_three_weeks_to_the_date_and_on(home: Home) -> None:
    """Readiness rises; all are seen five days before and once more after that; then SM-2 goes on."""
    desk = home.open({"numbers.yaml": deck_of(40)}, new_per_day=2)
    date_set = on(home, 21)
    target = set_target(desk, "Acme on-site", date_set, minutes=30).target
    chance, shares, counted = random.Random(4), list[float](), list[int]()
    while desk.today < date_set:
        told, planned = today(desk), plan_today(desk)
        assert (told.due, told.new) == (planned.due, planned.new)
        assert live(desk, chance) == planned.due + planned.new
        assert (plan_today(desk).due, plan_today(desk).new) == (0, 0)
        shares.append(ready_for(desk, target).readiness.share)
        counted.append(figures(desk).ahead[0].due)
        if desk.today == target.pass_from:
            assert ready_for(desk, target).seen == 40
        home.clock.move(days=1)
        if desk.today < date_set:
            assert plan_today(desk).due == counted[-1]
    assert shares[0] < 0.1
    assert all(later > earlier for earlier, later in pairwise(shares[:15]))
    assert shares[-1] > 0.9
    by_card: dict[str, list[Answer]] = {}
    for event in events_logged(desk):
        if event.asked is not Asked.REPEAT:
            by_card.setdefault(event.card, []).append(event)
    assert len(by_card) == 40
    for answers in by_card.values():
        days = [event.day for event in answers]
        assert len(set(days)) == len(days)
        assert days[0] <= target.pass_from
        assert any(target.pass_from <= day < date_set for day in days)
        assert all(event.day < date_set for event in answers)
    # The schedule is what SM-2 makes of the answers it asked for and of what was missed early.
    due = {waiting.card for waiting in reading.due_cards(desk.db, desk.today)}
    assert {waiting.card for waiting in plan_today(desk).queue} == due
    assert any(event.asked is Asked.EARLY for event in events_logged(desk))


def test_the_curve_is_that_of_the_days_and_comes_from_the_log_alone(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(12)}, new_per_day=0)
    target = set_target(desk, "exam", on(home, 14)).target
    told = []
    for _ in range(5):
        live(desk, random.Random(1))
        told.append((desk.today, ready_for(desk, target).readiness.share))
        home.clock.move(days=1)
    points = ready_for(desk, target).curve
    assert [day for day, _ in points] == [*[day for day, _ in told], desk.today]
    assert [share for _, share in points[:5]] == pytest.approx([share for _, share in told])
    again = home.open()
    assert ready_for(again, target).curve == points


def test_a_sitting_asks_early_what_the_pass_asks_and_a_pass_leaves_the_schedule(home: Home) -> None:
    desk = _with_early_cards(home, 2)
    before = find_card(desk, terms(1)[0]).state
    review = Review.today(desk)
    shown = review.shown
    assert shown is not None
    assert before.schedule is not None
    assert (shown.asked, shown.is_new) == (Asked.EARLY, False)
    left = (before.schedule.due - desk.today).days
    passed = {grade for grade in Grade if grade.passed}
    assert {shown.returns[grade] for grade in passed} == {Return(left)}
    assert {shown.returns[grade] for grade in set(Grade) - passed} == {Return(1)}
    first, second = (review.answer(grade, 0) for grade in (Grade.GOOD, Grade.WRONG))
    assert first.event.asked is second.event.asked is Asked.EARLY
    assert first.state == before
    assert second.state.schedule is not None
    assert second.state.schedule.interval == 1
    assert review.answer(Grade.GOOD, 0).event.asked is Asked.REPEAT
    assert review.shown is None
    assert Review.today(desk).shown is None
    assert review.undo() is not None
    assert review.undo() is not None
    assert review.undo() is not None
    assert find_card(desk, terms(1)[0]).state == before
    assert review.shown is not None
    assert review.shown.asked is Asked.EARLY


def test_a_hard_pass_before_its_day_comes_round_again_the_same_day(home: Home) -> None:
    desk = _with_early_cards(home)
    review = Review.today(desk)
    assert review.answer(Grade.HARD, 0).state.again_on == desk.today
    resumed = Review.today(home.open())
    assert len(resumed.session.again) == 1
    asked = answer_through(resumed)
    assert len(asked) == len(set(asked)) == 3
    assert [event.asked for event in events_logged(desk)][-1] is Asked.REPEAT


def _with_early_cards(home: Home, count: int = 3) -> Desk:
    """A desk on which the last pass asks some cards that are not due for some days."""
    desk = _with_cards_far_off(home, {"numbers.yaml": deck_of(count)})
    set_target(desk, "soon", on(home, 1))
    return desk


def _with_cards_far_off(home: Home, decks: dict[str, str]) -> Desk:
    """A desk a week after its cards got an interval of two weeks."""
    desk = home.open(decks, new_per_day=99)
    for days in (1, 6, 7):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=days)
    return desk


def test_another_offhand_that_was_quicker_makes_an_early_answer_a_repeat(home: Home) -> None:
    desk = _with_early_cards(home)
    review, card = Review.today(desk), Review.today(desk).session.waiting[0]
    record_answer(home.open(), card, Grade.GOOD, early=True)
    assert record_answer(desk, card, Grade.GOOD, early=True).event.asked is Asked.REPEAT
    review.reload()
    assert review.shown is not None
    assert review.shown.kept.id != card


def test_the_shell_may_answer_what_a_target_asks_and_take_it_back(home: Home) -> None:
    desk = _with_early_cards(home)
    shown = next_card(desk)
    assert shown is not None
    assert answer_card(desk, shown.kept.id, Grade.GOOD).event.asked is Asked.EARLY
    with pytest.raises(OffhandError, match="is not due"):
        answer_card(desk, shown.kept.id, Grade.GOOD)
    assert undo_last(desk).card == shown.kept.id
    again = next_card(desk)
    assert again is not None
    assert again.kept.id == shown.kept.id


def test_why_a_card_is_asked_before_it_is_due_is_told(home: Home) -> None:
    desk = _with_early_cards(home)
    assert past_of(desk, terms(1)[0]).why.endswith("asked before that, as a target is near.")


def test_early_answers_count_towards_the_reviews_of_the_day_and_the_pace(home: Home) -> None:
    desk = _with_early_cards(home, 12)
    answer_all(desk, Grade.GOOD, took_ms=60_000)
    assert reading.entries_answered(desk.db, desk.today)[1:] == (12, 0)
    # Four times twelve cards, twelve of them in a minute each.
    assert figures(desk).minutes_per_card == pytest.approx(0.25)
    assert figures(desk).reviews == 24


def test_a_card_put_aside_waits_for_another_day_of_the_pass(home: Home) -> None:
    desk = _with_cards_far_off(home, {"numbers.yaml": deck_of(1)})
    set_target(desk, "soon", on(home, 2))
    mark(desk, terms(1)[0], Mark.BURY)
    assert plan_today(desk).queue == ()
    home.clock.move(days=1)
    assert [waiting.card for waiting in plan_today(desk).queue] == list(terms(1))


def test_the_grade_bar_promises_no_day_past_the_one_before_the_date(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=1)

    def promised(days: int) -> tuple[Return, Return]:
        set_target(desk, "exam", on(home, days))
        shown = next_card(desk)
        assert shown is not None
        assert shown.outcomes[Grade.GOOD].interval == 6
        return shown.returns[Grade.WRONG], shown.returns[Grade.GOOD]

    assert promised(7) == (Return(1), Return(6))
    assert promised(6) == (Return(1), Return(5, at_latest=True))
    # In the last five days this is its turn, and then it comes when SM-2 has it due.
    assert promised(5) == (Return(1), Return(6))


def test_new_cards_of_a_target_are_spread_and_others_come_beside_them(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(40), "two.yaml": TWO}, new_per_day=5)
    set_target(desk, "exam", on(home, 25), [Scope("numbers")])
    # 40 cards until the 18th day after today.
    planned = plan_today(desk)
    assert [waiting.deck for waiting in planned.queue] == ["numbers"] * 3 + ["two"] * 2
    assert plan_today(desk, Scope("two")).new == 5
    assert plan_today(desk, Scope("numbers")).new == 3
    assert plan_today(desk, more_new=10).new == 15
    write_settings(home.path, new_per_day=0)
    assert plan_today(home.open()).new == 3


def test_a_target_of_a_section_leaves_the_others_alone(home: Home) -> None:
    desk = _with_cards_far_off(home, {"two.yaml": TWO})
    set_target(desk, "soon", on(home, 1), [Scope("two", "b")])
    assert sorted(waiting.card for waiting in plan_today(desk).queue) == [
        "two/b1/term",
        "two/b2/term",
        "two/b3/term",
    ]
    assert plan_today(desk, Scope("two", "a")).queue == ()


def test_a_dropped_target_leaves_everything_as_sm2_has_it(home: Home) -> None:
    desk = _with_early_cards(home)
    assert plan_today(desk).due == 3
    assert drop_target(desk, "SOON").name == "soon"
    assert plan_today(desk).queue == ()
    assert (targets_known(desk), nearest_ready(desk)) == ([], None)


def test_a_target_may_be_set_again_and_says_so(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    first = set_target(desk, "Exam", on(home, 9))
    second = set_target(desk, " exam ", on(home, 20))
    assert first.replaced is None
    assert second.replaced == first.target
    assert targets_known(desk) == [second.target]


def test_of_several_targets_home_tells_the_nearest_ahead(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    set_target(desk, "far", on(home, 40))
    set_target(desk, "near", on(home, 2))
    found = nearest_ready(desk)
    assert found is not None
    assert found.target.name == "near"
    home.clock.move(days=2)
    found = nearest_ready(desk)
    assert found is not None
    assert found.target.name == "far"


def test_a_date_that_has_passed_keeps_the_readiness_of_its_morning(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    target = set_target(desk, "exam", on(home, 2)).target
    answer_all(desk, Grade.GOOD)
    home.clock.move(days=2)
    ready = ready_for(desk, target)
    answer_all(desk, Grade.WRONG)
    home.clock.move(days=9)
    assert ready_for(desk, target) == ready
    assert ready.curve[-1][0] == target.on - timedelta(days=1)
    assert outlook(desk, target).sections == ()


def test_the_outlook_tells_what_a_review_today_would_lift(home: Home) -> None:
    desk = home.open({"two.yaml": TWO})
    for letter in "123":
        record_answer(desk, f"two/a{letter}/term", Grade.GOOD)
    target = set_target(desk, "exam", on(home, 20)).target
    home.clock.move(days=1)
    found = outlook(desk, target)
    best = found.sections[0]
    assert (best.section, best.title, best.cards, best.new) == ("b", "B", 3, 3)
    assert sum(section.gain for section in found.sections) < 1 - found.ready.readiness.share
    new = {f"two/b{n}/term" for n in (1, 2, 3)}
    assert {card.card for card in found.cards[:3]} == new
    before = ready_for(desk, target).readiness.share
    for card in new:
        record_answer(desk, card, Grade.GOOD)
    assert ready_for(desk, target).readiness.share == pytest.approx(before + best.gain)
    assert "two/b1/term" not in {card.card for card in outlook(desk, target).cards}


def test_suspended_cards_are_none_of_the_targets(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    target = set_target(desk, "exam", on(home, 9)).target
    mark(desk, terms(1)[0], Mark.SUSPEND)
    assert ready_for(desk, target).cards == 2
    answer_all(desk, Grade.GOOD)
    mark(desk, terms(2)[0], Mark.RESET)
    assert ready_for(desk, target).seen == ready_for(home.open(), target).seen


def test_minutes_that_hold_a_target_are_enough_and_too_few_are_told_with_what_would_do(
    home: Home,
) -> None:
    sections = "\n".join(
        f"  S{n}: {{{', '.join(f't{n}x{k}: A thing' for k in range(30))}}}" for n in range(4)
    )
    desk = home.open({"many.yaml": f"deck: Many\nsections:\n{sections}\n"})
    enough = set_target(desk, "exam", on(home, 30), minutes=60).fit
    assert (enough.fits, enough.cards, enough.new) == (True, 120, 120)
    assert enough.minutes <= 60
    assert (enough.enough, enough.later, enough.without) == (None, None, ())
    assert 0.85 < enough.recalled < 1
    few = set_target(desk, "exam", on(home, 12), minutes=12).fit
    assert not few.fits
    assert few.enough is not None
    assert few.later is not None
    assert few.without[-1] == "S3"
    mended = [
        set_target(desk, "exam", on(home, 12), minutes=few.enough),
        set_target(desk, "exam", few.later, minutes=12),
        set_target(
            desk,
            "exam",
            on(home, 12),
            [Scope("many", f"s{n}") for n in range(4) if f"S{n}" not in few.without],
            minutes=12,
        ),
    ]
    assert [added.fit.fits for added in mended] == [True] * 3
    assert not set_target(desk, "exam", few.later - timedelta(days=1), minutes=12).fit.fits


def test_a_target_too_near_says_that_five_days_are_not_left(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(9)})
    assert set_target(desk, "exam", on(home, 4)).fit.late
    assert not set_target(desk, "exam", on(home, 5)).fit.late
    answer_all(desk, Grade.GOOD)
    assert not set_target(desk, "exam", on(home, 4)).fit.late


@pytest.mark.parametrize(
    ("name", "days", "minutes", "title"),
    [
        ("exam", 0, 0, "2026-03-02 is today: there is no day left to prepare on."),
        ("exam", -1, 0, "2026-03-01 is past: there is no day left to prepare on."),
        ("exam", 731, 0, "2028-03-02 is more than two years off."),
        ("exam", 9, -1, "-1 minutes a day cannot be."),
        ("exam", 9, 1441, "1441 minutes a day cannot be."),
        (" \n", 9, 0, "A target needs a name."),
        ("x" * 61, 9, 0, "The name has 61 characters."),
    ],
)
def test_a_target_that_cannot_be_is_refused_and_none_is_set(
    home: Home, name: str, days: int, minutes: int, title: str
) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    with pytest.raises(OffhandError) as refused:
        set_target(desk, name, on(home, days), minutes=minutes)
    assert refused.value.title == title
    assert targets_known(desk) == []


def test_a_target_without_cards_is_refused(home: Home) -> None:
    desk = home.open()
    with pytest.raises(OffhandError, match=r"The target has no cards\."):
        set_target(desk, "exam", on(home, 9))
    desk = home.open({"numbers.yaml": deck_of(1)})
    mark(desk, terms(1)[0], Mark.SUSPEND)
    with pytest.raises(OffhandError, match=r"The target has no cards\."):
        set_target(desk, "exam", on(home, 9), [Scope("numbers", "numbers")])


def test_dropping_what_is_not_there_names_what_is(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    set_target(desk, "exam", on(home, 9))
    with pytest.raises(NotFound) as refused:
        drop_target(desk, "Acme")
    assert (refused.value.title, refused.value.mend) == (
        "There is no target 'Acme'.",
        "There are: 'exam'.",
    )


def test_a_backlog_may_come_in_the_order_of_what_a_review_raises_most(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(6)}, new_per_day=2)
    for grade, days in ((Grade.PERFECT, 1), (Grade.GOOD, 1), (Grade.WRONG, 1)):
        answer_all(desk, grade)
        home.clock.move(days=days)
    home.clock.move(days=30)
    write_settings(home.path, new_per_day=0, reviews_per_day=2, backlog_order="recall")
    planned = plan_today(home.open())
    assert (planned.due, planned.backlog) == (2, 4)
    # Those begun last were missed on their second day; those begun first have had two passes more.
    assert {waiting.card for waiting in planned.queue} != set(terms(1, 2))
