"""An interview as the fold of its steps: nothing typed is lost, and time never runs backwards."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.event import InterviewStep
from offhand.domain.interview import (
    Asking,
    Change,
    Ending,
    Interview,
    Progress,
    Question,
    Step,
    fold_interview,
)

_MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
_DAY = date(2026, 3, 2)
_ids = count(1)


def step(kind: str, **data: Any) -> InterviewStep:
    return InterviewStep(
        id=f"{next(_ids):026}",
        at=_MOMENT,
        day=_DAY,
        device="d",
        interview="one",
        step=kind,
        data=data,
    )


def question(card: str, *points: str) -> Question:
    return Question(card, "d", "s", "Section", f"What of {card}?", "That.", points or ("p1", "p2"))


def begun(*cards: str, spare: tuple[str, ...] = (), minutes: int = 30) -> InterviewStep:
    return step(
        Step.BEGUN,
        minutes=minutes,
        seed=1,
        level="",
        scopes=[["", ""]],
        cards=list(cards),
        spare=list(spare),
    )


def shown(place: int, card: str, used_ms: int = 0) -> InterviewStep:
    return step(Step.SHOWN, place=place, card=card, question=question(card).data, used_ms=used_ms)


def held(*steps: InterviewStep) -> Interview:
    interview = fold_interview(steps)
    assert interview is not None
    return interview


def test_an_answered_question_keeps_what_was_typed_ticked_and_how_long_it_took() -> None:
    interview = held(
        begun("a", "b"),
        shown(0, "a"),
        step(Step.TYPED, keep=0, tail=0, text="becuse it", used_ms=9_000),
        step(Step.TYPED, keep=3, tail=6, text="a", used_ms=12_000),
        step(Step.REVEALED, said=[1], used_ms=60_000),
        step(Step.TICKED, point=0, said=True, used_ms=61_000),
        step(Step.TICKED, point=1, said=False, used_ms=62_000),
        step(Step.DONE, used_ms=70_000),
        shown(1, "b", used_ms=70_000),
        step(Step.PULSE, used_ms=85_000),
    )
    assert interview.askings == (
        Asking(
            "a",
            question("a"),
            Progress.DONE,
            "because it",
            frozenset({0}),
            frozenset({1}),
            took_ms=70_000,
        ),
        Asking("b", question("b"), Progress.OPEN, took_ms=15_000),
    )
    assert (interview.used_ms, interview.left_ms) == (85_000, 30 * 60_000 - 85_000)
    assert interview.asking == interview.askings[1]


def test_a_skipped_question_comes_once_more_after_the_others() -> None:
    interview = held(begun("a", "b"), shown(0, "a"), step(Step.SKIPPED))
    assert (interview.current, interview.next_place) == (None, 1)
    interview = held_on(interview, shown(1, "b"), step(Step.REVEALED, said=[]), step(Step.DONE))
    assert interview.next_place == 0
    interview = held_on(interview, step(Step.SHOWN, place=0, card="a"), step(Step.SKIPPED))
    assert (interview.next_place, interview.skipped_place) == (None, 0)
    assert interview.askings[0] == Asking("a", question("a"), Progress.SKIPPED, skips=2)


def held_on(interview: Interview, *steps: InterviewStep) -> Interview:
    after = fold_interview(steps, interview)
    assert after is not None
    return after


def test_a_question_left_open_for_a_skipped_one_is_the_next() -> None:
    interview = held(
        begun("a", "b", "c"),
        shown(0, "a"),
        step(Step.SKIPPED),
        shown(1, "b"),
        step(Step.TYPED, keep=0, tail=0, text="half"),
        step(Step.SHOWN, place=0, card="a"),
        step(Step.REVEALED, said=[]),
        step(Step.DONE),
    )
    assert interview.next_place == 1
    assert interview.askings[1].typed == "half"


def test_a_card_that_has_left_its_deck_is_passed_over() -> None:
    interview = held(begun("a", "b"), step(Step.GONE, place=0))
    assert (interview.askings[0].progress, interview.current) == (Progress.GONE, None)
    assert interview.next_place == 1


def test_one_more_takes_a_spare_question() -> None:
    interview = held(begun("a", spare=("x", "y")), step(Step.MORE))
    assert [each.card for each in interview.askings] == ["a", "x"]
    assert interview.spare == ("y",)


def test_a_clock_that_goes_back_takes_no_time_away() -> None:
    interview = held(
        begun("a"),
        shown(0, "a"),
        step(Step.PULSE, used_ms=50_000),
        step(Step.PULSE, used_ms=20_000),
        step(Step.PULSE, used_ms=-5),
        step(Step.PULSE, used_ms=60_000),
    )
    assert interview.used_ms == interview.askings[0].took_ms == 60_000


def test_time_between_questions_and_in_a_pause_belongs_to_none() -> None:
    interview = held(
        begun("a"),
        shown(0, "a"),
        step(Step.PAUSED, used_ms=10_000),
        step(Step.RESUMED, used_ms=10_000),
        step(Step.SKIPPED, used_ms=15_000),
        step(Step.PULSE, used_ms=18_000),
    )
    assert interview.askings[0].took_ms == 15_000
    assert (interview.used_ms, interview.paused) == (18_000, False)


def test_after_its_end_nothing_changes_any_more() -> None:
    ended = held(begun("a"), shown(0, "a"), step(Step.ENDED, how="early", used_ms=5))
    assert ended.ending is Ending.EARLY
    late = [step(Step.RESUMED), step(Step.TYPED, keep=0, tail=0, text="late"), step(Step.DONE)]
    assert fold_interview(late, ended) == ended


def test_steps_that_fit_nothing_are_passed_over() -> None:
    interview = held(begun("a"))
    strange = [
        step(Step.TYPED, keep=0, tail=0, text="x"),
        step(Step.DONE),
        step(Step.SHOWN, place=7, card="a"),
        step(Step.GONE, place=-1),
        step(Step.MORE),
        step("sung", loud=True),
    ]
    assert fold_interview(strange, interview) == interview
    assert fold_interview(strange) is None


def test_a_question_survives_its_way_through_json() -> None:
    asked = replace(question("a", "one", "two"), names=("Term", "other name"), level="senior")
    assert Question.of(asked.data) == asked


@given(st.text(), st.text())
def test_a_change_makes_one_text_of_another(before: str, after: str) -> None:
    change = Change.between(before, after)
    assert change.of(before) == after
    assert len(change.text) <= len(after)


def test_a_change_of_a_long_text_is_as_small_as_what_was_typed() -> None:
    text = "word " * 200_000
    change = Change.between(text, text[:500_000] + "typed" + text[500_000:])
    assert len(change.text) == 5


@given(
    st.lists(
        st.sampled_from(
            [
                (Step.SHOWN, {"place": 0, "card": "a", "question": question("a").data}),
                (Step.SHOWN, {"place": 1, "card": "b", "question": question("b").data}),
                (Step.TYPED, {"keep": 1, "tail": 1, "text": "x"}),
                (Step.REVEALED, {"said": [0]}),
                (Step.TICKED, {"point": 1, "said": True}),
                (Step.DONE, {}),
                (Step.SKIPPED, {}),
                (Step.GONE, {"place": 1}),
                (Step.MORE, {}),
                (Step.PAUSED, {}),
                (Step.RESUMED, {}),
                (Step.PULSE, {}),
            ]
        ),
        max_size=20,
    ),
    st.lists(st.integers(-10, 1000), min_size=20, max_size=20),
    st.integers(0, 20),
)
def test_any_steps_fold_alike_at_once_and_one_by_one(
    kinds: list[tuple[Step, dict[str, Any]]], times: list[int], cut: int
) -> None:
    steps = [
        step(kind, **data, used_ms=used) for (kind, data), used in zip(kinds, times, strict=False)
    ]
    whole = held(begun("a", "b", spare=("c",)), *steps)
    begin = held(begun("a", "b", spare=("c",)), *steps[:cut])
    assert held_on(begin, *steps[cut:]) == whole
    assert sum(each.took_ms for each in whole.askings) <= whole.used_ms
    assert whole.used_ms == max(0, *[0, *times[: len(steps)]])
