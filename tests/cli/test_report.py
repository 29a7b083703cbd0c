from datetime import date, timedelta
from itertools import cycle

from command_line import CommandLine
from offhand.domain.event import Grade
from offhand.study.answering import record_answer
from offhand.study.desk import Desk
from offhand.study.opening import open_desk
from support import FixedClock

MANY = "\n".join(
    [
        "deck: Many",
        "sections:",
        *("  Easy:", *(f"    e{n}: easy" for n in range(10))),
        *("  Hard:", *(f"    h{n}: hard" for n in range(10))),
    ]
)


def review_for_days(offhand: CommandLine, days: int) -> None:
    """Answer the cards of MANY when they are due: those of Easy pass, of Hard every other fails."""
    clock = FixedClock(offhand.now)
    outcomes = cycle((Grade.WRONG, Grade.GOOD))
    desk = open_desk(offhand.paths, clock)
    for _ in range(days):
        for n in range(10):
            _answer_if_due(desk, f"many/e{n}/term", Grade.GOOD)
            _answer_if_due(desk, f"many/h{n}/term", next(outcomes))
        clock.move(days=1)
    desk.close()
    offhand.now = clock.now().strftime("%Y-%m-%dT%H:%M")


def _answer_if_due(desk: Desk, card: str, grade: Grade) -> None:
    due = desk.db.row("SELECT due FROM states WHERE card = ?", [card])
    assert due is not None
    if due[0] is None or due[0] <= desk.today.isoformat():
        record_answer(desk, card, grade, took_ms=3_000)


def test_decks_tell_scripts_what_there_is(signals: CommandLine) -> None:
    assert signals("decks", "--json").json == [
        {
            "id": "signals",
            "title": "Signals",
            "about": "What a service has to handle.",
            "path": str(signals.paths.decks / "signals.yaml"),
            "sections": [
                {"id": "everyday", "title": "Everyday", "entries": 2, "cards": 2},
                {"id": "job-control", "title": "Job control", "entries": 1, "cards": 1},
            ],
        }
    ]


def test_an_entry_asked_both_ways_is_one_entry_and_two_cards(offhand: CommandLine) -> None:
    offhand.write("both.yaml", "deck: Both\nreverse: true\nentries: {a: b, c: d}\n")
    assert offhand("decks", "--json").json[0]["sections"] == [
        {"id": "both", "title": "Both", "entries": 2, "cards": 4}
    ]


def test_decks_are_a_table_for_people(signals: CommandLine) -> None:
    assert signals("decks").lines == [
        "signals        Signals      3 entries  3 cards",
        "  everyday     Everyday     2 entries  2 cards",
        "  job-control  Job control    1 entry   1 card",
    ]


def test_stats_of_a_first_day(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "4")
    signals("answer", "signals/sigkill/term", "1")
    signals("answer", "signals/sigkill/term", "4")
    ahead = [date(2026, 3, 3) + timedelta(days=n) for n in range(7)]
    assert signals("stats", "--json").json == {
        "day": "2026-03-02",
        "reviews_today": 3,
        "reviews_total": 3,
        "streak_days": 1,
        "retention": None,
        "retention_reviews": 0,
        "new_today": 2,
        "streak_today": True,
        "streak_lost": 0,
        "ahead": [{"day": d.isoformat(), "due": 2 if d == ahead[0] else 0} for d in ahead],
    }


def test_stats_count_scheduled_reviews_and_no_first_answers_as_retention(
    signals: CommandLine,
) -> None:
    for card in ("sigterm", "sigkill", "sigstop"):
        signals("answer", f"signals/{card}/term", "4")
    signals.now = "2026-03-03T09:00"
    for card, grade in (("sigterm", "4"), ("sigkill", "1"), ("sigstop", "3")):
        signals("answer", f"signals/{card}/term", grade)
    found = signals("stats", "--json").json
    assert (found["retention"], found["retention_reviews"]) == (2 / 3, 3)
    assert (found["streak_days"], found["reviews_today"], found["reviews_total"]) == (2, 3, 6)
    assert signals("stats").lines == [
        "Today   3 answers, 0 new",
        "Streak  2 days",
        "Kept    67 % of 3 reviews in the last 30 days",
        "Total   6 answers",
        "Ahead   Tomorrow 1, Monday 2 due.",
    ]


def test_a_streak_that_today_may_still_prolong_is_shown_so(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "4")
    signals.now = "2026-03-03T09:00"
    assert signals("stats").lines[1] == "Streak  1 day, today not yet among them"


def test_without_reviews_no_section_is_listed_as_weak(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "0")
    assert signals("weak", "--json").json == []
    assert signals("weak").lines == ["No reviews yet: a card's first answer is not one."]


def test_weak_is_null_where_the_reviews_are_too_few(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "4")
    signals.now = "2026-03-03T09:00"
    signals("answer", "signals/sigterm/term", "1")
    (found,) = signals("weak", "--json").json
    assert 0 < found.pop("lower_bound") < found.pop("upper_bound") == 1
    assert found == {
        "deck": "signals",
        "section": "everyday",
        "title": "Everyday",
        "reviews": 1,
        "failed": 1,
        "failure_rate": 1.0,
        "weak": None,
    }
    assert signals("weak").lines[1].split("  ")[-1] == "not enough reviews yet"


def test_a_section_that_fails_more_than_the_rest_is_weak(offhand: CommandLine) -> None:
    offhand.write("many.yaml", MANY)
    review_for_days(offhand, 24)
    hard, easy = offhand("weak", "--json").json
    assert (hard["section"], hard["weak"], easy["section"], easy["weak"]) == (
        "hard",
        True,
        "easy",
        False,
    )
    assert easy["failed"] == 0 < hard["failed"] < hard["reviews"]
    assert 0 < hard["lower_bound"] < hard["failure_rate"] < hard["upper_bound"] < 1
    head, first, second = (line.split() for line in offhand("weak").lines)
    assert head == ["Section", "missed", "at", "least", "reviews"]
    assert (first[0], first[-1]) == ("Hard", "weak")
    assert (second[0], second[1]) == ("Easy", "0")
