"""The depth of the shipped deck: what an interviewer asks about each term of the guide, by name."""

from collections import Counter

import pytest

from guide import TERMS
from offhand.domain.card import Card, CardKind, Entry
from offhand.formats.yaml.deck import read_deck
from offhand.resources import shipped

HTTP = "HTTP 5xx Errors"
NAMES = [term for terms in TERMS.values() for term in terms]
SECTIONS = read_deck(shipped("decks") / "backend").sections
ENTRIES: dict[str, Entry] = {e.names[0]: e for section in SECTIONS for e in section.entries}


def cards(term: str, kind: CardKind) -> list[Card]:
    return [card for card in ENTRIES[term].cards if card.kind is kind]


@pytest.mark.parametrize("term", NAMES)
def test_a_term_has_a_definition_and_both_directions(term: str) -> None:
    (there,) = cards(term, CardKind.TERM)
    (back,) = cards(term, CardKind.REVERSE)
    assert (there.prompt, back.answer) == (term, term)
    assert there.answer != back.prompt, "the way back is asked in words of its own"


@pytest.mark.parametrize("term", NAMES)
def test_a_term_has_two_interview_questions_with_key_points(term: str) -> None:
    questions = cards(term, CardKind.QUESTION)
    assert len(questions) >= 2
    assert [card.prompt for card in questions if not 3 <= len(card.points) <= 6] == []
    assert [card.prompt for card in questions if card.level is None] == []


@pytest.mark.parametrize("term", NAMES)
def test_a_term_has_a_choice_with_three_wrong_options_and_their_reasons(term: str) -> None:
    choices = cards(term, CardKind.CHOICE)
    assert choices
    for card in choices:
        wrong = [option for option in card.options if not option.right]
        assert len({option.text for option in wrong}) == 3
        assert [option.text for option in wrong if not option.why] == []


@pytest.mark.parametrize("term", NAMES)
def test_a_term_rests_on_standard_works_and_has_a_level(term: str) -> None:
    definition = ENTRIES[term].cards[0]
    assert definition.sources
    assert definition.level


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("Synchronous / Asynchronous", "Blocking / Non-Blocking"),
        ("Multi-Active (Active-Active) Deployment", "Cold / Hot Standby"),
        ("Rate Limiting", "Circuit Breaker"),
        ("Service Degradation", "Circuit Breaker"),
        ("Rate Limiting", "Overload Protection"),
        ("Smoke Testing", "Regression Testing"),
        ("Benchmark Testing", "Performance Testing"),
        ("Gray-Release", "A/B Testing"),
        ("Gray-Release", "Blue-green deployment"),
        ("BASE Theory", "CAP Theorem"),
        ("Split-Brain", "Network Partition"),
    ],
)
def test_a_term_is_told_from_its_neighbour(term: str, other: str) -> None:
    prompt = f"What tells **{term}** from **{other}**?"
    assert [card.prompt for card in cards(term, CardKind.CONTRAST)].count(prompt) == 1


@pytest.mark.parametrize(
    ("term", "kind", "names"),
    [
        ("Concurrency / Parallelism", CardKind.CLOZE, ("concurrency", "parallelism")),
        ("Flow Control / Congestion Control", CardKind.QUESTION, ("flow", "congestion", "protect")),
        ("Cache Issues", CardKind.QUESTION, ("what tells", "penetration", "breakdown")),
        ("Cache Issues", CardKind.QUESTION, ("what tells", "breakdown", "avalanche")),
        ("Performance Testing", CardKind.CLOZE, ("a load test", "a stress test")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_halves_of_a_term_are_told_apart(
    term: str, kind: CardKind, names: tuple[str, ...]
) -> None:
    asked = [filled(card).casefold() for card in cards(term, kind)]
    assert [text for text in asked if all(name in text for name in names)]


def filled(card: Card) -> str:
    """What a card asks, with the answers of a cloze in its holes."""
    text = card.prompt
    for answer in card.answer.split(", ") if card.kind is CardKind.CLOZE else ():
        text = text.replace("[…]", answer, 1)
    return text


@pytest.mark.parametrize(
    ("term", "answers"),
    [
        ("CAP Theorem", ["consistency", "availability", "partition tolerance"]),
        ("BASE Theory", ["basically available", "soft state", "eventually consistent"]),
        ("Cache Issues", ["penetration", "breakdown", "avalanche"]),
        ("Deadlock", ["mutual exclusion", "hold and wait", "no preemption"]),
        (
            "Unit / Integration / System / Acceptance Testing",
            ["unit, integration, system, acceptance"],
        ),
    ],
)
def test_names_and_orders_that_must_stick_have_holes(term: str, answers: list[str]) -> None:
    asked = Counter(card.answer for card in cards(term, CardKind.CLOZE))
    assert {answer: asked[answer] for answer in answers} == dict.fromkeys(answers, 1)


def test_http_500_to_505_are_asked_each_by_name() -> None:
    asked = {
        card.prompt.partition(" is […]")[0]: card.answer for card in cards(HTTP, CardKind.CLOZE)
    }
    names = {code: asked.get(f"HTTP status {code}") for code in range(500, 506)}
    assert names == {
        500: "Internal Server Error",
        501: "Not Implemented",
        502: "Bad Gateway",
        503: "Service Unavailable",
        504: "Gateway Timeout",
        505: "HTTP Version Not Supported",
    }


def test_the_deck_holds_cards_of_every_kind_in_every_section() -> None:
    without = [
        (section.id, kind)
        for section in SECTIONS
        for kind in set(CardKind) - {card.kind for e in section.entries for card in e.cards}
    ]
    assert without == []
