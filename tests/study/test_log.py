"""The log is the truth: whatever a learner does, every state is the fold of the card's events."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from offhand.domain.event import Answer, Asked, Grade, Mark, Marked
from offhand.domain.fold import CardState, Standing, fold
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import answer_card, mark, record_answer, undo, undo_last
from offhand.study.desk import Desk, refold
from offhand.study.review import Review
from offhand.study.scopes import find_scope
from support import Home, deck_of

_TERMS = 4
_CARDS = [f"numbers/term-{n}/{way}" for n in range(1, _TERMS + 1) for way in ("term", "reverse")]
_cards = st.sampled_from(_CARDS)
_grades = st.sampled_from(Grade)
_Events = Answer | Marked | MultipleResults[Answer | Marked]


@cache
def _template() -> Path:
    """A home with a read deck, to be copied: making a database is what takes time."""
    folder = Path(mkdtemp())
    home = Home(folder / "home")
    home.open({"numbers.yaml": deck_of(_TERMS, reverse=True)}, new_per_day=3)
    home.close()
    return folder


@pytest.fixture(scope="module", autouse=True)
def _template_is_removed() -> Iterator[None]:
    yield
    shutil.rmtree(_template())
    _template.cache_clear()


class Learner(RuleBasedStateMachine):
    """Somebody who does anything at any time, on a desk that is opened again and again."""

    events: Bundle[Answer | Marked] = Bundle("events")

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        shutil.copytree(_template(), self.folder.name, dirs_exist_ok=True)
        self.home = Home(Path(self.folder.name) / "home")
        self.desk = self._opened()
        self.log: list[tuple[object, ...]] = []

    def teardown(self) -> None:
        self.home.close()
        self.folder.cleanup()

    def _opened(self, **settings: object) -> Desk:
        return self.home.open(**settings)

    def _states(self) -> dict[str, CardState]:
        return reading.all_states(self.desk.db)

    @rule(target=events, grade=_grades, took_ms=st.integers(0, 200_000))
    def answer_what_is_shown(self, grade: Grade, took_ms: int) -> _Events:
        review = Review.today(self.desk)
        if review.shown is None:
            return multiple()
        before, shown = self._states(), review.shown
        recorded = review.answer(grade, took_ms)
        assert recorded.event.asked == shown.asked
        assert recorded.state.schedule == shown.outcomes[grade]
        assert self._states() == before | {shown.kept.id: recorded.state}
        return recorded.event

    @rule(grades=st.lists(_grades, min_size=1, max_size=6))
    def sit_and_take_it_all_back(self, grades: list[Grade]) -> None:
        review = Review.today(self.desk)
        states, seen = self._states(), [(review.session, review.shown)]
        for grade in grades:
            if review.shown is None:
                break
            review.answer(grade, 1000)
            seen.append((review.session, review.shown))
        while seen:
            assert (review.session, review.shown) == seen.pop()
            assert (review.undo() is None) == (not seen)
        assert self._states() == states

    @rule(target=events, card=_cards, grade=_grades, practice=st.booleans())
    def answer_any_card(self, card: str, grade: Grade, practice: bool) -> Answer:
        before = self._states()
        recorded = record_answer(self.desk, card, grade, 1000, practice)
        if practice:
            assert self._states() == before
        if recorded.event.asked is not Asked.SCHEDULED:
            assert recorded.state.schedule == before[card].schedule
        return recorded.event

    @rule(target=events, card=_cards, grade=_grades)
    def answer_from_outside(self, card: str, grade: Grade) -> _Events:
        before = self._states()
        waiting = before[card].on(self.desk.today)
        try:
            recorded = answer_card(self.desk, card, grade)
        except OffhandError:
            assert waiting in (Standing.LATER, Standing.BURIED, Standing.SUSPENDED)
            assert self._states() == before
            return multiple()
        assert waiting in (Standing.NEW, Standing.DUE, Standing.AGAIN)
        return recorded.event

    @rule(target=events, card=_cards, how=st.sampled_from(Mark))
    def mark_a_card(self, card: str, how: Mark) -> Marked:
        return mark(self.desk, card, how)

    @rule(event=events)
    def take_back_anything(self, event: Answer | Marked) -> None:
        assert undo(self.desk, event) == self._states()[event.card]

    @rule()
    def take_back_the_last_answer(self) -> None:
        last = reading.last_answer(self.desk.db)
        try:
            assert undo_last(self.desk) == last
        except NotFound:
            assert last is None

    @rule(days=st.integers(0, 60), hours=st.integers(0, 30))
    def go_on(self, days: int, hours: int) -> None:
        self.home.clock.move(days, hours)

    @rule(zone=st.sampled_from(["Pacific/Auckland", "Europe/Berlin", "Pacific/Honolulu"]))
    def travel(self, zone: str) -> None:
        self.home.clock.travel(zone)

    @rule(cap=st.sampled_from([0, 1, 5, 30]), fuzz=st.booleans())
    def choose_another_scheduler(self, cap: int, fuzz: bool) -> None:
        self.desk = self._opened(new_per_day=3, interval_cap=cap, fuzz=fuzz)

    @precondition(lambda self: self.desk.today.year < 2100)
    @rule(text=st.sampled_from(["What stands", "What is written", "What is said"]))
    def edit_the_deck(self, text: str) -> None:
        self.home.write("numbers.yaml", deck_of(_TERMS, reverse=True).replace("What stands", text))
        before = self._states()
        self.desk = self._opened()
        assert self._states() == before

    @invariant()
    def every_state_is_the_fold_of_its_events(self) -> None:
        states = self._states()
        assert states == {
            card: fold(self.desk.scheduler, reading.card_events(self.desk.db, card))
            for card in _CARDS
        }

    @invariant()
    def the_log_only_grows(self) -> None:
        before, self.log = self.log, self.desk.db.rows("SELECT * FROM events ORDER BY id")
        assert self.log[: len(before)] == before

    @invariant()
    def what_is_asked_is_waiting_and_has_no_sibling_today(self) -> None:
        today = self.desk.today
        queue = Review.today(self.desk, find_scope(self.desk, "numbers", None)).session
        states = self._states()
        for card in (*queue.waiting, *queue.again):
            assert states[card].on(today) in (Standing.NEW, Standing.DUE, Standing.AGAIN)
        entries = [card.rpartition("/")[0] for card in queue.waiting]
        assert len(entries) == len(set(entries))


TestLearner = Learner.TestCase
TestLearner.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_folding_the_whole_log_anew_changes_nothing(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(12, reverse=True)})
    for day in range(30):
        review = Review.today(desk)
        while review.shown is not None:
            review.answer(Grade((day + len(review.session.turns)) % 6), 1000)
            if len(review.session.turns) % 5 == 0:
                review.undo()
                review.answer(Grade.GOOD, 1000)
        home.clock.move(days=1)
    before = reading.all_states(desk.db)
    assert refold(desk) == []
    desk.db.rows(
        "UPDATE states SET due = '2020-01-01', interval = 3, ease = 200, suspended = 1, reviews = 0"
        " WHERE reviews > 0"
    )
    answered = [card for card, state in before.items() if state.reviews]
    assert sorted(refold(desk)) == sorted(answered)
    assert reading.all_states(desk.db) == before
