"""Planning an interview: what could be asked, how much of it fits the time, and drawing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from offhand.domain.card import EVERYTHING, CardKind, Level, Scope
from offhand.domain.drawing import (
    WEAK_WEIGHT,
    Candidate,
    Where,
    draw,
    how_many_fit,
    pace_ms,
)
from offhand.errors import OffhandError
from offhand.store import interviews
from offhand.store.interviews import Askable
from offhand.study.desk import Desk
from offhand.study.interviews.listing import answered_ms, past_interviews
from offhand.study.report import weak_sections

SHORTEST, LONGEST = 1, 240
"""Minutes that an interview may have."""
USUAL = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to be asked. No level stands for all; no seed for chance."""

    minutes: int = USUAL
    scopes: tuple[Scope, ...] = (EVERYTHING,)
    level: Level | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class SectionOffer:
    """What a section has to ask: its questions, or its terms where it has none."""

    deck: str
    section: str
    questions: int
    recent: int
    are_terms: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to ask. `fit` is how many questions the time holds at `each_ms` a question."""

    sections: tuple[SectionOffer, ...]
    fit: int
    each_ms: int

    @property
    def questions(self) -> int:
        """How many there are in all."""
        return sum(each.questions for each in self.sections)

    @property
    def recent(self) -> int:
        """How many of them were asked within the last two weeks."""
        return sum(each.recent for each in self.sections)

    @property
    def aloud(self) -> tuple[SectionOffer, ...]:
        """The sections without interview questions, of which the terms are asked aloud."""
        return tuple(each for each in self.sections if each.are_terms)

    @property
    def count(self) -> int:
        """How many questions the interview will have."""
        return min(self.fit, self.questions)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The cards of an interview, and some to go on with."""

    cards: tuple[str, ...]
    spare: tuple[str, ...]


def check_minutes(minutes: int) -> None:
    """Raise OffhandError for a time that no interview has."""
    if not SHORTEST <= minutes <= LONGEST:
        raise OffhandError(
            f"An interview cannot last {minutes} minutes.",
            mend=f"Give {SHORTEST} to {LONGEST} minutes; {USUAL} are usual.",
        )


def offer(desk: Desk, wish: Wish) -> Offer:
    """What there is to ask of a wish. Raises OffhandError for a time that cannot be."""
    check_minutes(wish.minutes)
    return _offer(desk, wish, _candidates(desk, wish))


def draw_questions(desk: Desk, wish: Wish, seed: int) -> Drawn:
    """Draw the questions of an interview. Raises OffhandError when there is nothing to ask."""
    check_minutes(wish.minutes)
    candidates = _candidates(desk, wish)
    offered = _offer(desk, wish, candidates)
    if not candidates:
        raise _nothing(desk, wish)
    weights = {(each.deck, each.section): WEAK_WEIGHT for each in offered.sections if each.weak}
    found = [candidate for candidate, _ in candidates]
    drawn = draw(found, 2 * offered.fit, weights, desk.today, seed)
    return Drawn(drawn[: offered.fit], drawn[offered.fit :])


def _candidates(desk: Desk, wish: Wish) -> list[tuple[Candidate, CardKind]]:
    asked_on = interviews.last_asked(desk.db)
    found = _to_ask(interviews.askable_cards(desk.db, wish.scopes))
    return [
        (Candidate(c.card, c.entry, c.deck, c.section, c.level, asked_on.get(c.card)), c.kind)
        for c in found
        # What names no level is for everybody.
        if wish.level is None or c.level in (None, wish.level)
    ]


def _to_ask(cards: Sequence[Askable]) -> list[Askable]:
    """The questions; of a section without any, its terms."""
    with_questions = {(c.deck, c.section) for c in cards if c.kind is CardKind.QUESTION}
    return [
        c for c in cards if c.kind is CardKind.QUESTION or (c.deck, c.section) not in with_questions
    ]


def _offer(desk: Desk, wish: Wish, candidates: Sequence[tuple[Candidate, CardKind]]) -> Offer:
    weak = {(each.deck, each.section) for each in weak_sections(desk) if each.weakness.weak}
    by_section: dict[Where, list[tuple[Candidate, CardKind]]] = {}
    for candidate, kind in candidates:
        by_section.setdefault(candidate.where, []).append((candidate, kind))
    sections = tuple(
        SectionOffer(
            *where,
            questions=len(found),
            recent=sum(each.is_recent(desk.today) for each, _ in found),
            are_terms=found[0][1] is CardKind.TERM,
            weak=where in weak,
        )
        for where, found in by_section.items()
    )
    each_ms = pace_ms(answered_ms(past_interviews(desk)))
    return Offer(sections, how_many_fit(wish.minutes, each_ms), each_ms)


def _nothing(desk: Desk, wish: Wish) -> OffhandError:
    if wish.level is not None:
        without = Wish(wish.minutes, wish.scopes)
        if others := len(_candidates(desk, without)):
            return OffhandError(
                f"There is no {wish.level} question here.",
                f"There are {others} of other levels.",
                "Leave the level out, or take more sections.",
            )
    return OffhandError(
        "There is nothing here to ask in an interview.",
        "It asks interview questions, or terms to be explained aloud; there are neither.",
        "Give an entry `questions:` with `points:`; `offhand help deck-format` shows how.",
    )
