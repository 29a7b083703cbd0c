"""A quiz: questions one after another, each answer in the log as an examination's, not a review's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offhand.domain.card import EVERYTHING, Card, CardKind, Scope
from offhand.domain.contrast import contrasted
from offhand.domain.event import Answer, Asked, Grade
from offhand.domain.quiz import (
    OPTIONS,
    Drawn,
    Way,
    draw,
    first_sentence,
    options_for,
    without_names,
)
from offhand.domain.text import fold
from offhand.domain.typed_answer import Verdict, judge
from offhand.errors import NotFound, OffhandError
from offhand.store import quizzing, reading
from offhand.store.reading import Kept
from offhand.study.desk import Desk, next_stamp
from offhand.study.present import options_shown

ALL_WAYS = tuple(Way)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a quiz. The card in `kept` is as the quiz asks it, with options of its own.

    `answers` hold for a typed one; `others` are names of other things.
    """

    kept: Kept
    way: Way
    answers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def card(self) -> Card:
        """What is asked, and what is told afterwards."""
        return self.kept.card


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question: right or not, and how a typed answer compares."""

    question: Question
    right: bool
    took_ms: int
    verdict: Verdict | None = None
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class SectionOutcome:
    """How a section went."""

    deck: str
    section: str
    title: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class QuizResult:
    """How a quiz went so far; the weakest section first."""

    outcomes: tuple[Outcome, ...]
    sections: tuple[SectionOutcome, ...]

    @property
    def right(self) -> int:
        """How many were right."""
        return sum(outcome.right for outcome in self.outcomes)

    @property
    def took_ms(self) -> int:
        """The time spent on answers, in ms."""
        return sum(outcome.took_ms for outcome in self.outcomes)

    @property
    def missed(self) -> tuple[Outcome, ...]:
        """Those that were wrong, in the order of asking."""
        return tuple(outcome for outcome in self.outcomes if not outcome.right)


class Quiz:
    """One quiz. Every answer is in the log when its method returns; no schedule is moved."""

    def __init__(self, desk: Desk, questions: Sequence[Question]) -> None:
        self._desk = desk
        self.questions = tuple(questions)
        self.outcomes: tuple[Outcome, ...] = ()

    @classmethod
    def begin(
        cls,
        desk: Desk,
        scopes: Sequence[Scope] = (EVERYTHING,),
        count: int = 20,
        ways: Sequence[Way] = ALL_WAYS,
        seed: int | None = None,
    ) -> "Quiz":
        """A quiz of `count` questions at most, from some scopes, asked in some ways.

        One seed gives one quiz; without one, each is another. Raises NotFound when nothing there
        can be asked in these ways.
        """
        if seed is None:
            seed = int(desk.now.timestamp() * 1000)
        # A card may turn out to be askable no more in its way: then another takes its place.
        drawn = draw(quizzing.askable(desk.db, scopes), count * 2, ways, seed)
        questions: list[Question] = []
        for each in drawn:
            if len(questions) == count:
                break
            if (question := _question(desk, each)) is not None:
                questions.append(question)
        if not questions:
            asked = ", ".join(ways)
            raise NotFound(
                "There is nothing to ask.",
                f"No card there can be asked this way: {asked}." if set(ways) != set(Way) else "",
                "Choose other sections or ways; plain cards can always be asked.",
            )
        return cls(desk, questions)

    @property
    def question(self) -> Question | None:
        """The question asked now; None at the end."""
        at = len(self.outcomes)
        return self.questions[at] if at < len(self.questions) else None

    def choose(self, place: int, took_ms: int) -> Outcome:
        """Answer a choice with the option at a place, in the order that present.options_shown gives."""
        question = self._current()
        option = options_shown(question.card, self._desk.today)[place]
        return self._keep(question, option.right, took_ms, chosen=place)

    def type(self, typed: str, took_ms: int) -> Outcome:
        """Answer with a text."""
        question = self._current()
        verdict = judge(typed, question.answers, question.others)
        return self._keep(question, verdict.right, took_ms, verdict)

    def grade(self, knew: bool, took_ms: int) -> Outcome:
        """Say whether one knew the answer of a plain card."""
        return self._keep(self._current(), knew, took_ms)

    def result(self) -> QuizResult:
        """How it went so far."""
        sections: dict[tuple[str, str], list[Outcome]] = {}
        for outcome in self.outcomes:
            kept = outcome.question.kept
            sections.setdefault((kept.deck, kept.section), []).append(outcome)
        told = [
            SectionOutcome(
                deck,
                section,
                outcomes[0].question.kept.section_title,
                len(outcomes),
                sum(outcome.right for outcome in outcomes),
            )
            for (deck, section), outcomes in sections.items()
        ]
        return QuizResult(self.outcomes, tuple(sorted(told, key=lambda s: s.right / s.asked)))

    def _current(self) -> Question:
        if self.question is None:
            raise ValueError("the quiz has ended")
        return self.question

    def _keep(
        self,
        question: Question,
        right: bool,
        took_ms: int,
        verdict: Verdict | None = None,
        chosen: int | None = None,
    ) -> Outcome:
        from offhand.store import history

        desk, schedule = self._desk, question.kept.state.schedule
        with desk.db.writing() as connection:
            event = Answer(
                **next_stamp(desk, connection),
                card=question.kept.id,
                grade=Grade.GOOD if right else Grade.WRONG,
                asked=Asked.QUIZ,
                took_ms=max(took_ms, 0),
                interval=schedule.interval if schedule else 0,
            )
            history.append(connection, event)
        outcome = Outcome(question, right, took_ms, verdict, chosen)
        self.outcomes = (*self.outcomes, outcome)
        return outcome


def weak_scopes(desk: Desk) -> list[Scope]:
    """The weak sections. Raises OffhandError when none is known to be weak."""
    from offhand.study.report import weak_sections

    scopes = [Scope(w.deck, w.section) for w in weak_sections(desk) if w.weakness.weak]
    if not scopes:
        raise OffhandError(
            "No section is known to be weak.",
            "That takes some reviews first.",
            "Choose sections by name, or all of them.",
        )
    return scopes


def _question(desk: Desk, drawn: Drawn) -> Question | None:
    """The question that a drawn card makes; None where it cannot be asked that way after all."""
    kept = reading.kept_card(desk.db, drawn.card)
    if kept is None or kept.gone:
        return None
    card = kept.card
    match drawn.way:
        case Way.CARD:
            return Question(kept, drawn.way)
        case Way.CLOZE:
            return Question(kept, drawn.way, (card.answer,))
        case Way.CHOICE if card.kind is CardKind.CHOICE:
            return Question(kept, drawn.way)
        case Way.TYPED if card.kind is CardKind.QUESTION:
            return Question(kept, drawn.way, (card.answer,))
    return _term_question(desk, kept, drawn.way)


def _term_question(desk: Desk, kept: Kept, way: Way) -> Question | None:
    """A question for a term, to be typed or picked."""
    card = kept.card
    if card.kind is CardKind.REVERSE:
        term, prompt = card.answer, card.prompt
        found = quizzing.siblings(desk.db, card.entry, [CardKind.TERM])
        definition = found[0][1] if found else ""
    else:
        term, definition = card.prompt, card.answer
        prompt = without_names(definition, (term, *card.aliases))
    told = "" if definition == prompt else definition
    beside = quizzing.terms_beside(desk.db, kept.deck, kept.section, OPTIONS)
    asked = replace(card, kind=CardKind.REVERSE, prompt=prompt, answer=term)
    if way is Way.TYPED:
        asked = replace(asked, extra="\n\n".join(filter(None, [told, card.extra])))
        others = tuple(name for name in beside if name != term)
        return Question(replace(kept, card=asked), way, (term, *card.aliases), others)
    contrasts = {
        other if fold(name) == fold(term) else name: difference
        for asked_as, difference in quizzing.siblings(desk.db, card.entry, [CardKind.CONTRAST])
        for name, other in [contrasted(asked_as) or ("", "")]
        if other
    }
    beside = {name: first_sentence(text) for name, text in beside.items()}
    options = options_for(term, told, card.aliases, contrasts, beside, card.key)
    if not options:
        return None
    asked = replace(asked, kind=CardKind.CHOICE, prompt=f"Which term is this?\n\n{prompt}")
    return Question(replace(kept, card=replace(asked, options=options)), way)
