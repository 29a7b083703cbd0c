"""What the learner is told agrees with what happens, and with the log."""

from datetime import date, timedelta

import pytest

from learner import log_of_card
from offhand.domain.card import Scope
from offhand.domain.event import Carried, Grade, Mark, Moved
from offhand.domain.forecast import FIRST_PACE_MS, LONGEST_ANSWER_MS
from offhand.errors import NotFound
from offhand.study.answering import find_card, mark, record_answer, undo_last
from offhand.study.desk import Desk
from offhand.study.report import answers_total, costly_cards, figures, past_of, weak_sections
from offhand.study.review import Review
from offhand.study.sentences import done_sentence
from offhand.study.today import SectionToday, today
from support import Home, deck_of

_CARD = "numbers/term-1/term"
_TWO_SECTIONS = """\
deck: D
reverse: true
sections:
  Easy: {e1: One., e2: Two., e3: Three., e4: Four., e5: Five.}
  Hard: {h1: One more., h2: Two more., h3: Three more., h4: Four more., h5: Five more.}
"""


def _sections(desk: Desk, scope: Scope) -> list[tuple[str, int, int]]:
    return [(s.id, s.due, s.new) for deck in today(desk, scope).decks for s in deck.sections]


def _assert_counts_are_those_of_a_sitting(desk: Desk, scope: Scope) -> None:
    told, session = today(desk, scope), Review.today(desk, scope).session
    asked = [find_card(desk, card) for card in (*session.waiting, *session.again)]
    assert told.due + told.new == len(asked)
    for deck in told.decks:
        for section in deck.sections:
            here = [kept for kept in asked if (kept.deck, kept.section) == (deck.id, section.id)]
            new = sum(kept.state.schedule is None for kept in here)
            assert (section.due, section.new) == (len(here) - new, new)
        assert deck.due == sum(section.due for section in deck.sections)
        assert deck.new == sum(section.new for section in deck.sections)


def test_today_counts_by_section_what_a_sitting_shows(home: Home) -> None:
    desk = home.open({"d.yaml": _TWO_SECTIONS, "numbers.yaml": deck_of(4)}, new_per_day=5)
    grades = (Grade.GOOD, Grade.WRONG, Grade.PERFECT, Grade.HARD)
    for day in range(15):
        review = Review.today(desk)
        for turn in range(7):
            if turn in (0, 3, 6):
                for scope in (Scope(), Scope("d"), Scope("d", "hard"), Scope("numbers")):
                    _assert_counts_are_those_of_a_sitting(desk, scope)
            if review.shown is not None:
                review.answer(grades[(day + turn) % 4], 1000)
        home.clock.move(days=1)


def test_today_lists_every_section_also_one_that_asks_nothing(home: Home) -> None:
    desk = home.open({"d.yaml": _TWO_SECTIONS}, new_per_day=3)
    told = today(desk)
    assert (told.day, told.due, told.new, told.backlog) == (desk.today, 0, 3, 0)
    assert [deck.sections for deck in told.decks] == [
        (SectionToday("d", "easy", "Easy", 0, 3), SectionToday("d", "hard", "Hard", 0, 0))
    ]
    assert _sections(desk, Scope("d", "hard")) == [("hard", 0, 3)]


def test_figures_of_nobody_yet(home: Home) -> None:
    told = figures(home.open({"numbers.yaml": deck_of(4)}))
    assert (told.retention, told.reviews, told.answers_today, told.new_today) == (None, 0, 0, 0)
    assert (told.heat, [day.due for day in told.ahead]) == ({}, [0] * 7)
    assert told.minutes_for(0) == 0
    assert told.minutes_for(30) == round(30 * FIRST_PACE_MS / 60_000)


def test_retention_is_the_share_of_scheduled_reviews_passed(home: Home) -> None:
    """First answers, repeats, practice and what was undone are no reviews."""
    desk = home.open({"numbers.yaml": deck_of(4)})
    for first, second in ((1, 4), (5, 4)):
        for n in (1, 2, 3, 4):
            record_answer(desk, f"numbers/term-{n}/term", Grade(first if n < 4 else second))
    assert figures(desk).retention is None
    home.clock.move(days=1)
    for n, passed in ((1, 3), (2, 5), (3, 2), (4, 0)):
        record_answer(desk, f"numbers/term-{n}/term", Grade(passed))
    record_answer(desk, "numbers/term-3/term", Grade.GOOD)
    record_answer(desk, "numbers/term-1/term", Grade.WRONG, practice=True)
    told = figures(desk)
    assert (told.reviews, told.retention, told.answers_today) == (4, 0.5, 6)
    for _ in range(3):
        undo_last(desk)
    told = figures(desk)
    assert (told.reviews, told.retention, told.answers_today) == (3, 2 / 3, 3)
    assert answers_total(desk) == 4 + 4 + 4 + 3 - 4
    home.clock.move(days=29)
    assert figures(desk).reviews == 3
    home.clock.move(days=1)
    assert (figures(desk).reviews, figures(desk).retention) == (0, None)


def test_new_cards_of_today_are_counted_and_an_undo_takes_them_off(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    review = Review.today(desk)
    review.answer(Grade.WRONG, 1000)
    review.answer(Grade.GOOD, 1000)
    assert figures(desk).new_today == 2
    review.undo()
    assert figures(desk).new_today == 1
    assert today(desk).new == 3


def test_the_week_ahead_counts_what_is_due_on_each_day(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    home.clock.move(days=1)
    for n in (1, 2, 3):
        record_answer(desk, f"numbers/term-{n}/term", Grade.GOOD)
    mark(desk, "numbers/term-3/term", Mark.SUSPEND)
    assert [(ahead.day, ahead.due) for ahead in figures(desk).ahead] == [
        (desk.today + timedelta(days=1 + n), due) for n, due in enumerate((1, 0, 0, 0, 0, 1, 0))
    ]


def test_minutes_follow_the_learners_own_pace_and_a_pause_does_not_count(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(20)})
    for n in range(1, 11):
        record_answer(desk, f"numbers/term-{n}/term", Grade.GOOD, 30_000 if n < 10 else 10**9)
    pace = (9 * 30_000 + LONGEST_ANSWER_MS) / 10 / 60_000
    assert figures(desk).minutes_per_card == pytest.approx(pace, abs=0.001)
    assert figures(desk).minutes_for(100) == round(100 * pace)
    assert figures(desk).minutes_for(1) == 1
    home.clock.move(days=31)
    assert figures(desk).minutes_per_card == pytest.approx(FIRST_PACE_MS / 60_000, abs=0.001)


def test_a_section_is_weak_only_where_the_evidence_holds(home: Home) -> None:
    desk = home.open({"d.yaml": _TWO_SECTIONS}, new_per_day=99, interval_cap=1)
    assert weak_sections(desk) == []
    seen = []
    for day in range(12):
        for n in range(1, 6):
            record_answer(desk, f"d/e{n}/term", Grade.GOOD)
            record_answer(desk, f"d/h{n}/term", Grade.WRONG if day and n < 3 else Grade.GOOD)
        seen.append([(w.section, w.weakness.weak) for w in weak_sections(desk)])
        home.clock.move(days=1)
    assert seen[0] == []
    assert seen[1] == [("hard", None), ("easy", None)]
    assert seen[-1] == [("hard", True), ("easy", False)]
    hard = weak_sections(desk)[0]
    assert (hard.deck, hard.title) == ("d", "Hard")
    assert (hard.weakness.reviews, hard.weakness.failed) == (55, 22)
    assert hard.weakness.failure_rate == pytest.approx(0.4)


def test_weak_sections_forget_what_was_undone_and_what_is_gone(home: Home) -> None:
    desk = home.open({"d.yaml": _TWO_SECTIONS})
    for _ in range(2):
        for card in ("d/h1/term", "d/e1/term"):
            record_answer(desk, card, Grade.WRONG)
        home.clock.move(days=1)
    undo_last(desk)
    assert [(w.section, w.weakness.reviews) for w in weak_sections(desk)] == [("hard", 1)]
    desk = home.open({"d.yaml": _TWO_SECTIONS.replace("h1: One more., ", "")})
    assert weak_sections(desk) == []


def test_the_cards_that_cost_most_are_those_failed_most(home: Home) -> None:
    desk = home.open({"d.yaml": _TWO_SECTIONS})
    for day in range(4):
        for card, fails in (("h1", 3), ("e1", 2), ("h2", 1), ("e2", 0)):
            record_answer(desk, f"d/{card}/term", Grade.WRONG if day < fails + 1 else Grade.GOOD)
        home.clock.move(days=7)
    everything = [("d/h1/term", "h1", 3), ("d/e1/term", "e1", 2), ("d/h2/term", "h2", 1)]
    assert costly_cards(desk, Scope()) == everything
    assert costly_cards(desk, Scope(), 1) == everything[:1]
    assert costly_cards(desk, Scope("d", "easy")) == everything[1:2]


def test_a_cards_past_tells_each_step_and_what_was_taken_back(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    events, states = [], []
    for grade in (Grade.GOOD, Grade.PERFECT):
        recorded = record_answer(desk, _CARD, grade)
        events.append(recorded.event.id)
        states.append(recorded.state)
        home.clock.move(days=1)
    undo_last(desk)
    events.append(mark(desk, _CARD, Mark.FLAG).id)
    past = past_of(desk, _CARD)
    assert past.kept == find_card(desk, _CARD)
    assert [(step.event.id, step.undone) for step in past.steps] == [
        (events[0], False),
        (events[1], True),
        (events[2], False),
    ]
    assert [step.state for step in past.steps] == [states[0], states[0], past.kept.state]


@pytest.mark.parametrize(
    ("done", "days_later", "why"),
    [
        ([], 0, "It is new: it has not been answered yet."),
        ([Mark.SUSPEND], 0, "It is suspended: it is not asked until it is resumed."),
        ([Mark.BURY], 0, "It is buried: it waits until tomorrow."),
        ([Mark.BURY], 1, "It is new: it has not been answered yet."),
        (
            [Grade.HARD],
            0,
            "It was answered below Good today, and comes round until it gets a Good.",
        ),
        ([Grade.GOOD], 0, "Answered on 02 Mar 2026, interval 1 day: due on 03 Mar 2026."),
        ([Grade.GOOD], 1, "Answered on 02 Mar 2026, interval 1 day: due on 03 Mar 2026, today."),
        (
            [Grade.GOOD],
            2,
            "Answered on 02 Mar 2026, interval 1 day: due on 03 Mar 2026, 1 day ago.",
        ),
        (
            [Grade.WRONG],
            11,
            "Answered on 02 Mar 2026, interval 1 day: due on 03 Mar 2026, 10 days ago.",
        ),
        ([Grade.GOOD, Mark.RESET], 1, "It is new: it has not been answered yet."),
        ([Grade.GOOD, Mark.SUSPEND], 1, "It is suspended: it is not asked until it is resumed."),
        (
            [Grade.GOOD, Mark.SUSPEND, Mark.RESUME, Mark.FLAG],
            1,
            "Answered on 02 Mar 2026, interval 1 day: due on 03 Mar 2026, today.",
        ),
    ],
)
def test_why_a_card_is_due_is_said_in_one_sentence(
    home: Home, done: list[Grade | Mark], days_later: int, why: str
) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    for each in done:
        if isinstance(each, Mark):
            mark(desk, _CARD, each)
        else:
            record_answer(desk, _CARD, each)
    home.clock.move(days=days_later)
    assert past_of(desk, _CARD).why == why


def test_an_interval_of_days_is_said_in_days(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    for _ in range(2):
        record_answer(desk, _CARD, Grade.GOOD)
        home.clock.move(days=1)
    record_answer(desk, _CARD, Grade.WRONG, practice=True)
    assert past_of(desk, _CARD).why == (
        "Answered on 03 Mar 2026, interval 6 days: due on 09 Mar 2026."
    )


def test_a_moved_card_says_so_whatever_was_done_to_it_since(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    record_answer(desk, _CARD, Grade.GOOD)
    log_of_card(desk, Moved, _CARD, due=date(2026, 3, 9))
    mark(desk, _CARD, Mark.FLAG)
    past = past_of(desk, _CARD)
    assert past.why == "Moved by hand on 02 Mar 2026: due on 09 Mar 2026."
    assert [done_sentence(step.event) for step in past.steps[1:]] == [
        "moved to 09 Mar 2026",
        "flag",
    ]


def test_a_schedule_brought_along_says_so(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    schedule = {"due": date(2026, 3, 2), "interval": 20, "ease": 250, "repetitions": 4, "lapses": 0}
    log_of_card(desk, Carried, _CARD, **schedule)
    past = past_of(desk, _CARD)
    assert past.why == "Brought along with an interval of 20 days: due on 02 Mar 2026, today."
    assert [done_sentence(step.event) for step in past.steps] == ["brought along, 20 days"]
    assert today(desk).due == 1
    record_answer(desk, _CARD, Grade.GOOD)
    assert figures(desk).new_today == 0


def test_the_past_of_no_card_is_not_found(home: Home) -> None:
    with pytest.raises(NotFound):
        past_of(home.open(), "nothing")
