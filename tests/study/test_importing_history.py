"""The past of imported cards becomes events, so that it counts and the schedule goes on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from imports import answered, at, draft, imported, past, planned, sections, term
from offhand.domain.event import Answer, Asked, Carried, Grade, Mark
from offhand.domain.schedule.protocol import Schedule
from offhand.formats.draft import Past, PastAnswer, PastSchedule
from offhand.store import reading
from offhand.study.answering import find_card, mark, record_answer
from offhand.study.desk import Desk, refold
from offhand.study.imports.undo import last_import
from offhand.study.report import answers_total
from support import FixedClock, Home

_CARD = "words/ttl/term"
_THERE = PastSchedule(date(2026, 4, 1), 40, 230, 3, 1)


def _schedule(desk: Desk, card: str = _CARD) -> Schedule | None:
    return find_card(desk, card).state.schedule


def _log(desk: Desk) -> list[tuple[object, ...]]:
    return desk.db.rows("SELECT * FROM events ORDER BY id")


def test_answers_become_events_of_their_own_days(home: Home) -> None:
    desk = home.open()
    answers = (
        PastAnswer(at("2026-02-01"), Grade.GOOD, 4200),
        PastAnswer(at("2026-02-01", 13), Grade.HARD, 800, scheduled=False),
        PastAnswer(at("2026-02-02", 2), Grade.PERFECT, 3000, 1),
    )
    imported(desk, draft(term("TTL", pasts={"term": Past(answers)})), history=True)
    events = [e for e in reading.card_events(desk.db, _CARD) if isinstance(e, Answer)]
    assert [(e.day, e.at, e.grade, e.asked, e.took_ms, e.interval) for e in events] == [
        (date(2026, 2, 1), at("2026-02-01"), Grade.GOOD, Asked.SCHEDULED, 4200, 0),
        (date(2026, 2, 1), at("2026-02-01", 13), Grade.HARD, Asked.REPEAT, 800, 0),
        # Two in the night still belongs to the day before.
        (date(2026, 2, 1), at("2026-02-02", 2), Grade.PERFECT, Asked.SCHEDULED, 3000, 1),
    ]
    assert find_card(desk, _CARD).state.reviews == 2


def test_a_past_day_is_told_by_the_rules_of_its_own_season(home: Home) -> None:
    home.clock = FixedClock("2026-08-03T09:00", "Europe/Berlin")
    desk = home.open()
    # 02:30 UTC is 04:30 in summer there, and 03:30 in winter: after and before the turn of the day.
    nights = tuple(
        PastAnswer(at(day, 2) + timedelta(minutes=30), Grade.GOOD)
        for day in ("2026-01-10", "2026-07-10")
    )
    imported(desk, draft(term("TTL", pasts={"term": Past(nights)})), history=True)
    days = [event.day for event in reading.card_events(desk.db, _CARD)]
    assert days == [date(2026, 1, 9), date(2026, 7, 10)]


def test_without_history_nothing_of_the_past_is_taken(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", pasts=past("2026-02-01", schedule=_THERE))))
    assert _log(desk) == []
    assert _schedule(desk) is None


def test_a_schedule_goes_on_exactly_as_it_stood(home: Home) -> None:
    desk = home.open()
    source = draft(term("TTL", pasts=past("2026-02-01", "2026-02-20", schedule=_THERE)))
    imported(desk, source, history=True)
    assert _schedule(desk) == Schedule(date(2026, 4, 1), 40, 230, 3, 1)
    assert refold(desk) == []


def test_a_schedule_without_answers_goes_on_too(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", pasts={"term": Past(schedule=_THERE)})), history=True)
    assert _schedule(desk) == Schedule(date(2026, 4, 1), 40, 230, 3, 1)
    assert answers_total(desk) == 0


def test_a_schedule_that_the_answers_give_by_themselves_is_not_carried(home: Home) -> None:
    desk = home.open()
    days = ("2026-02-01", "2026-02-02")
    given = PastSchedule(date(2026, 2, 8), 6, 250, 2, 0)
    imported(desk, draft(term("TTL", pasts=past(*days, schedule=given))), history=True)
    assert [type(event) for event in reading.card_events(desk.db, _CARD)] == [Answer, Answer]
    assert _schedule(desk) == Schedule(date(2026, 2, 8), 6, 250, 2, 0)


def test_a_schedule_out_of_bounds_is_brought_within_them(home: Home) -> None:
    desk = home.open()
    odd = PastSchedule(date(2026, 4, 1), 0, 90, -1, -2)
    imported(desk, draft(term("TTL", pasts={"term": Past(schedule=odd)})), history=True)
    assert _schedule(desk) == Schedule(date(2026, 4, 1), 1, 130, 0, 0)


def test_a_second_import_adds_nothing(home: Home) -> None:
    desk = home.open()
    twice = answered("2026-02-01", "2026-02-01", "2026-02-09")
    source = draft(
        term("TTL", pasts={"term": Past(twice, _THERE, suspended=True, flagged=True)}),
        term("MTU", pasts={"term": Past(schedule=_THERE)}),
    )
    imported(desk, source, history=True)
    before = _log(desk)
    # Three answers, a carried schedule and two marks; and one schedule.
    assert len(before) == 7
    first = last_import(desk)
    assert imported(desk, source, history=True).id == ""
    assert _log(desk) == before
    # There is nothing more to take back than before.
    assert last_import(desk) == first


def test_two_devices_give_an_answer_the_same_id(home: Home, tmp_path: object) -> None:
    from pathlib import Path

    other = Home(Path(str(tmp_path)) / "other", FixedClock("2026-05-04T10:00"))
    source = draft(term("TTL", pasts=past("2026-02-01", "2026-02-09", schedule=_THERE)))
    ids = []
    for each in (home, other):
        desk = each.open()
        imported(desk, source, history=True)
        ids.append([event.id for event in reading.card_events(desk.db, _CARD)])
    other.close()
    assert ids[0] == ids[1]
    assert len(ids[0]) == 3


def test_newer_answers_of_the_source_are_added_and_its_schedule_goes_on(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", pasts=past("2026-02-01", schedule=_THERE))), history=True)
    newer = replace(_THERE, due=date(2026, 6, 1), interval=100)
    source = draft(term("TTL", pasts=past("2026-02-01", "2026-02-28", schedule=newer)))
    imported(desk, source, history=True)
    assert answers_total(desk) == 2
    assert _schedule(desk) == Schedule(date(2026, 6, 1), 100, 230, 3, 1)


def test_an_answer_given_here_is_not_overridden_by_a_later_import(home: Home) -> None:
    desk = home.open()
    source = draft(term("TTL", pasts=past("2026-02-01", schedule=_THERE)))
    imported(desk, source, history=True)
    home.clock.set("2026-04-01T09:00")
    record_answer(desk, _CARD, Grade.GOOD)
    mine = _schedule(desk)
    assert mine == Schedule(date(2026, 7, 2), 92, 230, 4, 1)
    moved = replace(_THERE, due=date(2026, 4, 3), interval=2)
    imported(desk, draft(term("TTL", pasts=past("2026-02-01", schedule=moved))), history=True)
    assert _schedule(desk) == mine


def test_answers_from_the_future_are_left_out_and_told(home: Home) -> None:
    desk = home.open()
    done = imported(desk, draft(term("TTL", pasts=past("2026-02-01", "2031-01-01"))), history=True)
    assert (done.decks[0].brought.answers, done.decks[0].brought.future) == (1, 1)
    assert answers_total(desk) == 1


def test_a_past_of_a_card_that_the_deck_does_not_have_is_told(home: Home) -> None:
    desk = home.open()
    pasts = {"term": Past(), "reverse": Past(answered("2026-02-01"))}
    done = imported(desk, draft(term("TTL", pasts=pasts)), history=True)
    assert (done.decks[0].brought.unknown, _log(desk)) == (1, [])


def test_every_way_of_asking_has_its_own_past(home: Home) -> None:
    desk = home.open()
    pasts = {"term": Past(answered("2026-02-01")), "reverse": Past(schedule=_THERE)}
    imported(desk, draft(term("TTL", reverse=True, pasts=pasts)), history=True)
    assert _schedule(desk) == Schedule(date(2026, 2, 2), 1, 250, 1, 0)
    assert _schedule(desk, "words/ttl/reverse") == Schedule(date(2026, 4, 1), 40, 230, 3, 1)


def test_suspended_and_flagged_cards_are_so_here_with_or_without_history(home: Home) -> None:
    desk = home.open()
    source = draft(
        term("TTL", pasts=past(suspended=True)), term("MTU", pasts=past(flagged=True)), term("RTT")
    )
    imported(desk, source)
    states = [find_card(desk, f"words/{name}/term").state for name in ("ttl", "mtu", "rtt")]
    assert [(s.suspended, s.flagged) for s in states] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_mark_changed_here_stays_until_the_source_changes_it(home: Home) -> None:
    desk = home.open()
    suspended, free = (
        draft(term("TTL", pasts=past(suspended=True))),
        draft(term("TTL", pasts=past())),
    )
    imported(desk, suspended)
    mark(desk, _CARD, Mark.RESUME)
    assert planned(desk, suspended).idle
    imported(desk, suspended)
    assert not find_card(desk, _CARD).state.suspended
    imported(desk, free)
    imported(desk, suspended)
    assert find_card(desk, _CARD).state.suspended
    imported(desk, free)
    assert not find_card(desk, _CARD).state.suspended


def test_a_card_under_the_learners_name_gets_its_past(home: Home) -> None:
    desk = home.open()
    text = "How long an entry may be served before it counts as expired."
    imported(desk, draft(term("TTL", text)))
    path = home.paths.decks / "words.yaml"
    home.write("words.yaml", path.read_text("utf-8").replace("TTL:", "Time to live:"))
    desk = home.open()
    imported(desk, draft(term("TTL", text, pasts=past("2026-02-01"))), history=True)
    assert find_card(desk, "words/time-to-live/term").state.reviews == 1


@pytest.mark.parametrize("cards", [3, 5_100])
def test_pasts_are_written_in_batches_without_losing_one(home: Home, cards: int) -> None:
    desk = home.open()
    entries = tuple(term(f"t{n}", pasts=past("2026-02-01", "2026-02-09")) for n in range(cards))
    done = imported(desk, sections({"All": entries}), history=True)
    assert done.decks[0].brought.answers == 2 * cards
    assert answers_total(desk) == 2 * cards
    assert desk.db.row("SELECT count(*) FROM states WHERE reviews = 2") == (cards,)


def test_a_carried_schedule_stands_behind_its_answers_in_the_log(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", pasts=past("2026-02-01", schedule=_THERE))), history=True)
    answer, carried = reading.card_events(desk.db, _CARD)
    assert isinstance(answer, Answer)
    assert isinstance(carried, Carried)
    assert (carried.at - answer.at, carried.day) == (timedelta(milliseconds=1), date(2026, 2, 1))
