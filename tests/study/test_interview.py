"""An interview under way: every step in the log at once, resumed as it was left, apart from the schedule."""

import pytest

from interviews import QUESTIONS, TERMS, Turned, answer_all, cards_asked, hold
from learner import with_a_weak_section
from offhand.domain.card import Level, Scope
from offhand.domain.event import Grade, Mark
from offhand.domain.interview import Ending, Progress
from offhand.domain.scorecard import Score
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import mark
from offhand.study.bringing_forward import bring_forward
from offhand.study.desk import Desk, refold
from offhand.study.interviews.interview import PULSE_MS, InterviewUnderWay
from offhand.study.interviews.listing import (
    find_interview,
    past_interviews,
    scorecard_named,
    scorecard_of,
    unfinished,
)
from offhand.study.interviews.plan import Wish, offer
from offhand.study.report import answers_total, figures, weak_sections
from offhand.study.review import Review
from support import Home, deck_of


@pytest.fixture
def desk(home: Home) -> Desk:
    return home.open({"caching.yaml": QUESTIONS})


def begun(desk: Desk, tick: Turned | None = None, minutes: int = 30) -> InterviewUnderWay:
    return InterviewUnderWay.begin(desk, Wish(minutes, seed=1), tick or Turned())


def test_every_step_is_in_the_log_when_it_was_taken(home: Home, desk: Desk) -> None:
    tick = Turned()
    under_way = begun(desk, tick)
    tick.turn(40)
    under_way.type("One reader")
    under_way.type("One reader rebuilds it.")
    under_way.reveal("One reader rebuilds it.")
    under_way.tick(1)
    tick.turn(20)
    under_way.done()
    under_way.skip()
    other = home.open()
    assert past_interviews(other)[0].askings[0].progress is Progress.DONE
    resumed = InterviewUnderWay.resume(other, under_way.interview.id, Turned())
    assert resumed.interview == under_way.interview
    assert resumed.interview.askings[0].typed == "One reader rebuilds it."
    assert resumed.interview.askings[0].took_ms == 60_000


def test_a_typed_answer_has_the_points_that_it_says_ticked_beforehand(desk: Desk) -> None:
    under_way = begun(desk)
    while under_way.question.card != "caching/stampede/question-how-do-you-stop-a-stampede":
        under_way.skip()
    under_way.reveal("One reader rebuilds it. Nobody else waits.")
    asking = under_way.asking
    assert asking is not None
    assert (asking.said, asking.suggested) == ({0}, {0})
    under_way.tick(0)
    under_way.tick(2)
    under_way.tick(9)
    asking = under_way.asking
    assert asking is not None
    assert (asking.said, asking.suggested) == ({2}, {0})


def test_a_pause_and_the_time_away_do_not_count(desk: Desk) -> None:
    tick = Turned()
    under_way = begun(desk, tick)
    tick.turn(10)
    under_way.pause()
    tick.turn(1000)
    assert under_way.left_ms == 30 * 60_000 - 10_000
    under_way.go_on_after_pause()
    tick.turn(5)
    under_way.pause()
    later = Turned()
    resumed = InterviewUnderWay.resume(desk, under_way.interview.id, later)
    later.turn(2)
    assert resumed.left_ms == 30 * 60_000 - 17_000


def test_killed_it_loses_no_more_time_than_a_pulse(desk: Desk) -> None:
    tick = Turned()
    under_way = begun(desk, tick)
    for _ in range(100):
        tick.turn(1)
        under_way.pulse()
    kept = unfinished(desk)
    assert kept is not None
    assert 100_000 - PULSE_MS < kept.used_ms <= 100_000


def test_a_clock_set_back_changes_no_time_and_loses_nothing(home: Home, desk: Desk) -> None:
    tick = Turned()
    under_way = begun(desk, tick)
    tick.turn(60)
    home.clock.set("2019-01-01T00:00")
    under_way.reveal("slow origin")
    tick.turn(60)
    under_way.done()
    home.clock.set("2031-01-01T00:00")
    under_way.skip()
    home.clock.set("2020-01-01T00:00")
    resumed = InterviewUnderWay.resume(desk, under_way.interview.id, Turned())
    assert resumed.interview == under_way.interview
    assert resumed.interview.used_ms == 120_000
    resumed.end()
    (past,) = past_interviews(desk)
    assert past.ending is Ending.EARLY
    assert scorecard_of(desk, past).each_ms == 120_000


def test_the_time_over_it_ends_after_the_question_that_is_open(desk: Desk) -> None:
    tick = Turned()
    under_way = begun(desk, tick)
    tick.turn(31 * 60)
    assert under_way.left_ms == -60_000
    under_way.reveal()
    under_way.done()
    assert (under_way.interview.ending, under_way.asking) == (Ending.TIME, None)
    assert scorecard_of(desk, under_way.interview).unasked == 3


def test_with_time_left_there_is_one_more(home: Home) -> None:
    desk = home.open({"caching.yaml": QUESTIONS})
    under_way = begun(desk, minutes=8)
    answer_all(under_way, 0)
    assert (len(under_way.interview.askings), under_way.interview.ending) == (2, None)
    under_way.one_more()
    under_way.one_more()
    assert len(cards_asked(under_way)) == 3
    answer_all(under_way)
    under_way.one_more()
    answer_all(under_way)
    assert len(set(cards_asked(under_way))) == 4
    assert under_way.interview.ending is Ending.DONE


def test_skipped_questions_come_back_by_themselves_and_when_asked_for(desk: Desk) -> None:
    under_way = begun(desk)
    first = under_way.question.card
    under_way.skip()
    second = under_way.question.card
    under_way.type("half an answer")
    under_way.come_back()
    assert under_way.question.card == first
    under_way.skip()
    assert under_way.question.card == second
    assert under_way.asking is not None
    assert under_way.asking.typed == "half an answer"
    answer_all(under_way)
    assert under_way.interview.ending is Ending.DONE
    assert under_way.interview.places(Progress.SKIPPED) == (0,)


def test_nothing_of_it_enters_the_schedule_or_any_figure(home: Home, desk: Desk) -> None:
    review = Review.today(desk)
    while review.shown is not None:
        review.answer(Grade.GOOD, 1000)
    before = (reading.all_states(desk.db), answers_total(desk), figures(desk), weak_sections(desk))
    hold(desk, 0)
    after = (reading.all_states(desk.db), answers_total(desk), figures(desk), weak_sections(desk))
    assert after == before
    assert refold(desk) == []
    assert home.open().take_notices() == []


def test_a_level_asks_for_its_own_questions_and_those_without_one(desk: Desk) -> None:
    senior = offer(desk, Wish(level=Level.SENIOR))
    assert {each.section: each.questions for each in senior.sections} == {"basics": 2}
    under_way = hold(desk, wish=Wish(level=Level.SENIOR, seed=1))
    assert {each.question.level for each in under_way.interview.askings if each.question} == {
        "senior"
    }
    with pytest.raises(OffhandError) as error:
        InterviewUnderWay.begin(desk, Wish(level=Level.JUNIOR))
    assert error.value.title == "There is no junior question here."
    assert error.value.message == "There are 4 of other levels."


def test_a_section_without_questions_has_its_terms_explained(home: Home) -> None:
    desk = home.open({"caching.yaml": QUESTIONS, "signals.yaml": TERMS})
    offered = offer(desk, Wish())
    assert [(each.deck, each.questions, each.are_terms) for each in offered.sections] == [
        ("caching", 3, False),
        ("caching", 1, False),
        ("signals", 2, True),
    ]
    under_way = InterviewUnderWay.begin(desk, Wish(scopes=(Scope("signals"),), seed=1), Turned())
    asked = under_way.question
    assert asked.prompt in ("Explain: SIGTERM", "Explain: SIGKILL")
    if asked.prompt.endswith("SIGKILL"):
        assert asked.points == ("Ends a process at once.", "It cannot be caught.")
    under_way.reveal("It ends a process at once, and cannot be caught.")
    assert under_way.is_revealed


def test_where_there_is_neither_it_says_what_to_write(home: Home) -> None:
    desk = home.open({"gaps.yaml": 'deck: G\nentries:\n  - cloze: "A {{b}} c."\n'})
    with pytest.raises(OffhandError) as error:
        InterviewUnderWay.begin(desk, Wish())
    assert error.value.title == "There is nothing here to ask in an interview."
    assert "questions:" in error.value.mend


@pytest.mark.parametrize("minutes", [0, -5, 241, 10**9])
def test_a_time_that_cannot_be_is_refused_before_anything_is_written(
    desk: Desk, minutes: int
) -> None:
    with pytest.raises(OffhandError, match=f"cannot last {minutes} minutes"):
        InterviewUnderWay.begin(desk, Wish(minutes))
    assert past_interviews(desk) == []


def test_nothing_comes_twice_within_two_weeks_while_others_wait(home: Home, desk: Desk) -> None:
    wish = Wish(minutes=8)
    first = set(cards_asked(hold(desk, wish=wish)))
    home.clock.move(days=13)
    second = set(cards_asked(hold(desk, wish=wish)))
    assert len(first) == len(second) == 2
    assert first & second == set()
    home.clock.move(days=1)
    third = hold(desk, wish=Wish(minutes=8, seed=9))
    assert set(cards_asked(third)) == first


def test_what_was_drawn_and_never_put_is_not_taken_for_asked(desk: Desk) -> None:
    under_way = begun(desk)
    put = under_way.question.card
    under_way.end()
    assert offer(desk, Wish()).recent == 1
    again = begun(desk)
    assert again.question.card != put


def test_weak_sections_are_asked_more_often(home: Home) -> None:
    desk = with_a_weak_section(home)
    told = {each.section: each.weak for each in offer(desk, Wish()).sections}
    assert told == {"hard-ones": True, "easy-ones": False}
    under_way = InterviewUnderWay.begin(desk, Wish(minutes=48, seed=3), Turned())
    asked = [each.card.split("/")[1][0] for each in under_way.interview.askings]
    assert (asked.count("h"), asked.count("e")) == (8, 4)


def test_the_pace_of_earlier_interviews_tells_how_much_fits(home: Home, desk: Desk) -> None:
    assert offer(desk, Wish()).fit == 8
    for _ in range(2):
        hold(desk, 0, seconds=120)
        home.clock.move(days=1)
    offered = offer(desk, Wish())
    assert (offered.each_ms, offered.fit, offered.count) == (120_000, 15, 4)


def test_a_card_that_leaves_its_deck_in_the_middle_is_passed_over(home: Home, desk: Desk) -> None:
    under_way = begun(desk)
    home.write("caching.yaml", QUESTIONS.split("  Faults:")[0])
    desk = home.open()
    resumed = InterviewUnderWay.resume(desk, under_way.interview.id, Turned())
    answer_all(resumed)
    assert resumed.interview.ending is Ending.DONE
    put = [each for each in resumed.interview.askings if each.progress is Progress.DONE]
    gone = [each.card for each in resumed.interview.askings if each.progress is Progress.GONE]
    assert len(put) + len(gone) == 4
    # A question that was put already is kept as it was.
    assert all("stampede" in card for card in gone)


def test_an_edited_question_is_kept_as_it_was_put(home: Home, desk: Desk) -> None:
    under_way = hold(desk, 0)
    home.write("caching.yaml", QUESTIONS.replace("slow origin", "origin far away"))
    card = scorecard_of(home.open(), under_way.interview)
    assert "slow origin" in {point for each in card.questions for point in each.question.points}


def test_suspended_cards_are_not_asked(desk: Desk) -> None:
    mark(desk, "caching/stampede/question-how-do-you-stop-a-stampede", Mark.SUSPEND)
    assert [each.are_terms for each in offer(desk, Wish()).sections] == [False, True]


def test_interviews_are_found_by_number_id_and_last(home: Home, desk: Desk) -> None:
    first = hold(desk, 0).interview
    home.clock.move(days=1)
    second = begun(desk).interview
    assert find_interview(desk, "1").id == find_interview(desk, first.id.lower()).id == first.id
    assert find_interview(desk, "last").id == find_interview(desk, "2").id == second.id
    for name in ("0", "3", "", "x", "-1", "²", first.id[:5], second.id[:4] + "9999999"):
        with pytest.raises(NotFound, match="There is no interview"):
            find_interview(desk, name)
    assert unfinished(desk) is not None
    with pytest.raises(OffhandError, match="not finished"):
        scorecard_named(desk, "last")


def test_one_that_has_ended_is_not_resumed(desk: Desk) -> None:
    ended = hold(desk).interview
    assert unfinished(desk) is None
    with pytest.raises(NotFound, match="has ended already"):
        InterviewUnderWay.resume(desk, ended.id)


def test_a_scorecard_stands_beside_the_interviews_before_it_only(home: Home, desk: Desk) -> None:
    first = hold(desk, 0).interview
    home.clock.move(days=1)
    second = hold(desk, 0, 1).interview
    assert scorecard_of(desk, first).beside == 0
    card = scorecard_of(desk, second)
    assert (card.beside, card.before, card.score) == (1, Score(4, 10), Score(8, 10))
    assert {(each.point, each.times) for each in card.unsaid} == {
        ("serve stale meanwhile", 2),
        ("jitter on the expiry", 2),
    }


def test_a_typed_megabyte_is_kept_whole(home: Home, desk: Desk) -> None:
    text = "no lock contention " * 55_000
    under_way = begun(desk)
    under_way.type(text)
    under_way.type(text + "and more")
    under_way.reveal(text + "and more")
    resumed = InterviewUnderWay.resume(home.open(), under_way.interview.id, Turned())
    assert resumed.asking is not None
    assert resumed.asking.typed == text + "and more"
    # The second step holds what was added, and not the megabyte again.
    ((size,),) = desk.db.rows("SELECT sum(length(data)) FROM events WHERE kind = 'interview'")
    assert size < 1.1 * len(text)


def test_cards_are_brought_forward_to_tomorrow_where_they_would_come_later(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(10)}, new_per_day=3)
    for days in (1, 6, 0):
        review = Review.today(desk)
        while review.shown is not None:
            review.answer(Grade.GOOD, 1000)
        home.clock.move(days=days)
    cards = [f"numbers/term-{n}/term" for n in (1, 2, 10, 1)]
    mark(desk, cards[1], Mark.SUSPEND)
    before = reading.all_states(desk.db)
    assert bring_forward(desk, [*cards, "no/such/card"]) == (cards[0],)
    after = reading.all_states(desk.db)
    changed = {card for card in after if after[card] != before[card]}
    assert changed == {cards[0]}
    old, new = before[cards[0]].schedule, after[cards[0]].schedule
    assert old is not None
    assert new is not None
    assert (new.due - desk.today).days == 1
    assert (new.interval, new.ease) == (old.interval, old.ease)
    assert refold(desk) == []
    assert bring_forward(desk, cards) == ()
