"""A quiz from its questions to its result; nothing of it moves a schedule."""

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from learner import answer_all, answers_of, with_a_weak_section
from offhand.domain.card import CardKind, Scope
from offhand.domain.event import Asked, Grade
from offhand.domain.quiz import Way
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import find_card
from offhand.study.bringing_forward import bring_forward
from offhand.study.desk import Desk
from offhand.study.present import options_shown
from offhand.study.quiz import Outcome, Question, Quiz, weak_scopes
from offhand.study.report import costly_cards, figures, past_of, weak_sections
from support import Home, deck_of

DECK = """\
deck: Mix
sections:
  Nodes:
    - term: Quorum
      definition: A quorum is the least number of nodes that must agree.
      aliases: [majority]
      contrast:
        - with: Consensus
          difference: A quorum counts; consensus decides.
    - term: Lease
      definition: A lock that ends by itself. It needs clocks.
      reverse: Which lock ends by itself?
    - Shard: One part of the data.
    - Epoch: A number that grows with each leader.
  Signals:
    - question: Which signal cannot be caught?
      right: SIGKILL
      wrong: {SIGTERM: A handler may run., SIGINT: A handler may run too.}
      why: The kernel ends the process itself.
    - cloze: "SIGKILL is number {{9}}."
      extra: See signal(7).
    - question: Why not begin with SIGKILL?
      answer: The process cannot clean up, and leaves locks, files and children behind it.
"""


def _quiz(desk: Desk, *ways: Way, scope: Scope | None = None, seed: int = 1) -> Quiz:
    return Quiz.begin(desk, [scope or Scope("mix")], 20, ways or list(Way), seed)


def _asked(desk: Desk, name: str, *ways: Way) -> Question:
    """The question that some quiz asks of an entry."""
    for seed in count():
        for question in _quiz(desk, *ways, seed=seed).questions:
            if question.card.entry == f"mix/{name}":
                return question
    raise AssertionError


def test_a_term_is_asked_for_by_its_definition_without_its_name(home: Home) -> None:
    question = _asked(home.open({"mix.yaml": DECK}), "quorum", Way.TYPED)
    assert question.card.kind is CardKind.REVERSE
    assert question.card.prompt == "A … is the least number of nodes that must agree."
    assert question.answers == ("Quorum", "majority")
    assert question.others == ("Lease", "Shard", "Epoch")
    assert question.card.extra == "A quorum is the least number of nodes that must agree."


def test_a_term_with_a_prompt_of_its_own_is_asked_by_it_and_told_its_definition(
    home: Home,
) -> None:
    question = _asked(home.open({"mix.yaml": DECK}), "lease", Way.TYPED)
    assert (question.kept.id, question.card.prompt) == (
        "mix/lease/reverse",
        "Which lock ends by itself?",
    )
    assert question.card.extra == "A lock that ends by itself. It needs clocks."


def test_a_choice_is_the_decks_own_where_it_has_one(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK})
    question = _asked(desk, "which-signal-cannot-be-caught", Way.CHOICE)
    assert {(o.text, o.right) for o in question.card.options} == {
        ("SIGKILL", True),
        ("SIGTERM", False),
        ("SIGINT", False),
    }


def test_a_choice_is_made_from_contrasts_and_neighbours_each_with_its_reason(home: Home) -> None:
    question = _asked(home.open({"mix.yaml": DECK}), "quorum", Way.CHOICE)
    told = {o.text: (o.right, o.why) for o in question.card.options}
    assert len(told) == 4
    assert told["Quorum"] == (True, "A quorum is the least number of nodes that must agree.")
    assert told["Consensus"] == (False, "A quorum counts; consensus decides.")
    neighbours = {
        "Lease": (False, "A lock that ends by itself."),
        "Shard": (False, "One part of the data."),
        "Epoch": (False, "A number that grows with each leader."),
    }
    assert {(k, v) for k, v in told.items() if k not in ("Quorum", "Consensus")} < set(
        neighbours.items()
    )


def _right(desk: Desk, quiz: Quiz, question: Question) -> Outcome:
    match question.way:
        case Way.CHOICE:
            options = options_shown(question.card, desk.today)
            return quiz.choose([o.right for o in options].index(True), 700)
        case Way.CARD:
            return quiz.grade(True, 700)
    return quiz.type(question.answers[0].upper(), 700)


def _wrong(desk: Desk, quiz: Quiz, question: Question) -> Outcome:
    match question.way:
        case Way.CHOICE:
            options = options_shown(question.card, desk.today)
            return quiz.choose([o.right for o in options].index(False), 300)
        case Way.CARD:
            return quiz.grade(False, 300)
    return quiz.type("nothing of the kind", 300)


def _finish(desk: Desk, quiz: Quiz, answer: Callable[[Desk, Quiz, Question], Outcome]) -> None:
    while (question := quiz.question) is not None:
        answer(desk, quiz, question)


def test_every_way_can_be_right_and_wrong_and_the_result_tells_it_by_section(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK})
    quiz = _quiz(desk)
    assert len(quiz.questions) == 7
    while (question := quiz.question) is not None:
        answer = _right if question.kept.section == "nodes" else _wrong
        assert answer(desk, quiz, question).right is (answer is _right)
    result = quiz.result()
    assert [(s.title, s.right, s.asked) for s in result.sections] == [
        ("Signals", 0, 3),
        ("Nodes", 4, 4),
    ]
    assert (result.right, result.took_ms) == (4, 4 * 700 + 3 * 300)
    assert {outcome.question.kept.section for outcome in result.missed} == {"signals"}


def test_a_slip_is_forgiven_and_told(home: Home) -> None:
    desk = home.open({"d.yaml": "deck: D\nentries: {Idempotency: Twice is once.}\n"})
    quiz = Quiz.begin(desk, [Scope("d")], 1, [Way.TYPED])
    outcome = quiz.type("idempotncy", 100)
    assert outcome.right
    assert outcome.verdict is not None
    assert outcome.verdict.slips == 1


def test_a_quiz_leaves_schedule_ease_retention_and_streak_alone(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK}, new_per_day=99)
    answer_all(desk, Grade.GOOD, Grade.WRONG, scope=Scope("mix"))
    home.clock.move(days=1)
    states, told = reading.all_states(desk.db), figures(desk)
    weak, costly = weak_sections(desk), costly_cards(desk, Scope("mix"))
    _finish(desk, _quiz(desk), _wrong)
    assert (reading.all_states(desk.db), figures(desk)) == (states, told)
    assert (weak_sections(desk), costly_cards(desk, Scope("mix"))) == (weak, costly)


def test_each_answer_stands_in_its_cards_history_as_it_is_given(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK})
    quiz = _quiz(desk, Way.CARD)
    first = quiz.questions[0].kept.id
    quiz.grade(False, 1200)
    assert answers_of(desk) == [(first, 1, "quiz")]
    (step,) = past_of(desk, first).steps
    assert (step.event.asked, step.event.took_ms) == (Asked.QUIZ, 1200)  # type: ignore[union-attr]
    assert find_card(desk, first).state.schedule is None


def test_one_seed_asks_the_same_again(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK})
    ids = [[q.kept.id for q in _quiz(desk, seed=seed).questions] for seed in (3, 3, 4)]
    assert ids[0] == ids[1] != ids[2]


def test_weak_ones_are_the_weak_sections(home: Home) -> None:
    assert weak_scopes(with_a_weak_section(home)) == [Scope("two", "hard-ones")]


def test_without_a_weak_section_it_says_what_to_do(home: Home) -> None:
    with pytest.raises(OffhandError, match="No section is known to be weak"):
        weak_scopes(home.open({"mix.yaml": DECK}))


def test_nothing_to_ask_is_refused_with_what_can_be_asked(home: Home) -> None:
    desk = home.open(
        {"mix.yaml": DECK, "q.yaml": "deck: Q\nentries: [{question: A?, answer: B}]\n"}
    )
    with pytest.raises(NotFound) as refused:
        Quiz.begin(desk, [Scope("q")], 5, [Way.CHOICE, Way.CLOZE])
    assert refused.value.message == "No card there can be asked this way: choice, cloze."


def test_suspended_and_lost_cards_are_not_asked(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK})
    quiz = _quiz(desk)
    home.write("mix.yaml", DECK.split("  Signals:")[0])
    desk = home.open()
    assert {q.kept.section for q in _quiz(desk).questions} == {"nodes"}
    assert len(quiz.questions) == 7


def test_missed_cards_are_brought_forward_and_nothing_else_changes(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, new_per_day=99)
    for _ in range(2):
        answer_all(desk, Grade.GOOD, scope=Scope("numbers"))
        home.clock.move(days=1)
    cards = [f"numbers/term-{n}/term" for n in (1, 2, 3)]
    before = find_card(desk, cards[0]).state.schedule
    assert before is not None
    assert bring_forward(desk, [cards[0], cards[0]]) == (cards[0],)
    after = find_card(desk, cards[0]).state.schedule
    assert after is not None
    assert (after.due, after.interval, after.ease) == (date(2026, 3, 5), before.interval, 250)
    assert bring_forward(desk, [cards[0]]) == ()
    assert find_card(desk, cards[1]).state.schedule == before


def test_new_and_suspended_cards_are_not_brought_forward(home: Home) -> None:
    desk = home.open({"mix.yaml": DECK})
    assert bring_forward(desk, ["mix/quorum/term", "mix/nothing/term"]) == ()
