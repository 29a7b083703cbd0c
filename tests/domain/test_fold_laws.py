"""What must hold of the fold for every log that a learner could write."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from card_log import DAY, Log
from offhand.domain.event import Answer, Asked, CardEvent, Grade, Mark, Marked, Undo
from offhand.domain.fold import NEW, CardState, fold
from offhand.domain.schedule.protocol import Schedule, preview
from offhand.domain.schedule.sm2 import SM2

grades = st.sampled_from(Grade)
schedulers = st.builds(SM2, cap=st.sampled_from([0, 30]), fuzz=st.booleans())


@st.composite
def logs(draw: st.DrawFn, undos: bool = True, card: str = "deck/entry/term") -> list[CardEvent]:
    """A card's events, the days never going back; an undo takes back any event before it."""
    log, day = Log(card), DAY
    events: list[CardEvent] = []
    for _ in range(draw(st.integers(0, 15))):
        day += timedelta(days=draw(st.integers(0, 20)))
        targets = [event.id for event in events if not isinstance(event, Undo)]
        kind = draw(st.sampled_from(["answer", "answer", "mark", "undo"]))
        if kind == "undo" and undos and targets:
            events.append(log.undo(draw(st.sampled_from(targets)), day))
        elif kind == "mark":
            events.append(log.mark(draw(st.sampled_from(Mark)), day))
        else:
            events.append(log.answer(draw(grades), day, draw(st.sampled_from(Asked))))
    return events


def after(events: list[CardEvent]) -> Log:
    """A log that goes on after some events: its ids are not among theirs."""
    log = Log()
    for _ in events:
        log.mark(Mark.FLAG)
    return log


@given(schedulers, logs(), grades, st.sampled_from(Asked), st.integers(0, 100))
def test_undo_of_the_last_answer_equals_never_having_answered(
    scheduler: SM2, events: list[CardEvent], grade: Grade, asked: Asked, later: int
) -> None:
    log = after(events)
    answer = log.answer(grade, DAY + timedelta(days=400 + later), asked)
    undone = [*events, answer, log.undo(answer.id, answer.day)]
    assert fold(scheduler, undone) == fold(scheduler, events)


@given(schedulers, logs(), st.data())
def test_undo_of_any_event_equals_a_log_without_it(
    scheduler: SM2, events: list[CardEvent], data: st.DataObject
) -> None:
    targets = [event for event in events if not isinstance(event, Undo)]
    assume(targets)
    target = data.draw(st.sampled_from(targets))
    without = [
        event
        for event in events
        if event is not target and not (isinstance(event, Undo) and event.target == target.id)
    ]
    assert fold(scheduler, [*events, after(events).undo(target.id)]) == fold(scheduler, without)


@given(schedulers, logs(undos=False))
def test_one_event_at_a_time_gives_the_state_of_the_whole_log(
    scheduler: SM2, events: list[CardEvent]
) -> None:
    state = NEW
    for event in events:
        state = fold(scheduler, [event], state)
    assert state == fold(scheduler, events)


@given(schedulers, logs())
def test_folding_twice_gives_the_same_state(scheduler: SM2, events: list[CardEvent]) -> None:
    assert fold(scheduler, events) == fold(scheduler, tuple(events))


@given(schedulers, logs(), st.sampled_from([Asked.REPEAT, Asked.PRACTICE, Asked.QUIZ]), grades)
def test_repeats_and_practice_change_neither_schedule_nor_day_nor_count(
    scheduler: SM2, events: list[CardEvent], asked: Asked, grade: Grade
) -> None:
    before = fold(scheduler, events)
    extra = after(events).answer(grade, DAY + timedelta(days=400), asked)
    told = fold(scheduler, [*events, extra])
    assert replace(told, again_on=before.again_on) == before
    if asked is not Asked.REPEAT:
        assert told == before


@given(schedulers, logs(), grades)
def test_an_early_answer_moves_the_schedule_only_when_it_fails(
    scheduler: SM2, events: list[CardEvent], grade: Grade
) -> None:
    before = fold(scheduler, events)
    day = DAY + timedelta(days=400)
    early = fold(scheduler, [*events, after(events).answer(grade, day, Asked.EARLY)])
    if grade.passed:
        assert replace(early, again_on=before.again_on) == before
    else:
        assert early == fold(scheduler, [*events, after(events).answer(grade, day)])


@given(schedulers, logs())
def test_a_moved_card_comes_on_its_new_day_and_keeps_interval_and_ease(
    scheduler: SM2, events: list[CardEvent]
) -> None:
    before = fold(scheduler, events)
    day = DAY + timedelta(days=400)
    told = fold(scheduler, [*events, after(events).move(day)])
    moved = before.schedule and replace(before.schedule, due=day)
    assert told == replace(before, schedule=moved)


def test_a_schedule_brought_along_goes_on_from_where_it_stood() -> None:
    log = Log()
    carried = log.carry(due=DAY, interval=20, ease=230, repetitions=5, lapses=1)
    told = fold(SM2(), [log.answer(Grade.WRONG, DAY - timedelta(days=40)), carried])
    assert told.schedule == Schedule(DAY, 20, 230, 5, 1)
    after_it = fold(SM2(), [log.answer(Grade.GOOD)], told)
    assert after_it.schedule == Schedule(DAY + timedelta(days=46), 46, 230, 6, 1)


@given(schedulers, logs())
def test_a_log_without_what_was_only_asked_besides_gives_the_same_schedule(
    scheduler: SM2, events: list[CardEvent]
) -> None:
    scheduled = [
        event
        for event in events
        if not isinstance(event, Answer)
        or event.asked is Asked.SCHEDULED
        or (event.asked is Asked.EARLY and not event.grade.passed)
    ]
    told, plain = fold(scheduler, events), fold(scheduler, scheduled)
    assert (told.schedule, told.answered_on, told.reviews) == (
        plain.schedule,
        plain.answered_on,
        plain.reviews,
    )


@given(schedulers, logs())
def test_marks_but_a_reset_leave_the_schedule_alone(
    scheduler: SM2, events: list[CardEvent]
) -> None:
    answers = [
        event
        for event in events
        if not (isinstance(event, Marked) and event.mark is not Mark.RESET)
    ]
    assert fold(scheduler, events).schedule == fold(scheduler, answers).schedule


@given(schedulers, logs(), grades)
def test_what_the_preview_told_is_what_the_next_answer_makes_of_the_card(
    scheduler: SM2, events: list[CardEvent], grade: Grade
) -> None:
    answer = after(events).answer(grade, DAY + timedelta(days=400))
    before = fold(scheduler, events).schedule
    told = preview(scheduler, before, answer.day, answer.card)
    assert fold(scheduler, [*events, answer]).schedule == told[grade]


@given(
    schedulers,
    st.tuples(*(logs(undos=False, card=f"deck/entry-{n}/term") for n in range(3))),
    st.randoms(use_true_random=False),
)
def test_the_order_of_answers_to_independent_cards_does_not_matter(
    scheduler: SM2, of_cards: tuple[list[CardEvent], ...], order: Random
) -> None:
    assert _states_after(scheduler, _interleaved(of_cards, order)) == {
        events[0].card: fold(scheduler, events) for events in of_cards if events
    }


def _interleaved(of_cards: tuple[list[CardEvent], ...], order: Random) -> list[CardEvent]:
    """The events of all cards in some order that keeps each card's own."""
    turns = [place for place, events in enumerate(of_cards) for _ in events]
    order.shuffle(turns)
    waiting = [iter(events) for events in of_cards]
    return [next(waiting[place]) for place in turns]


def _states_after(scheduler: SM2, events: list[CardEvent]) -> dict[str, CardState]:
    """The states as the store keeps them: each event changes its own card's."""
    states: dict[str, CardState] = {}
    for event in events:
        states[event.card] = fold(scheduler, [event], states.get(event.card, NEW))
    return states
