"""The deck that ships with the program: the guide's terms, all of them, asked both ways."""

from collections import Counter

from guide import TERMS
from offhand.domain.card import CardKind, Deck
from offhand.domain.learning_order import entries_seen, learning_order
from offhand.formats.deck_folder import find_decks
from offhand.formats.yaml.deck import read_deck
from offhand.resources import shipped

BACKEND = shipped("decks") / "backend"


def backend() -> Deck:
    return read_deck(BACKEND)


def test_the_shipped_decks_are_read_without_a_fault() -> None:
    decks = [read_deck(source.path) for source in find_decks(shipped("decks"))]
    assert [(deck.id, deck.title) for deck in decks] == [("backend", "Backend development")]


def test_the_backend_deck_holds_the_68_terms_of_the_guide_in_its_sections_and_order() -> None:
    assert sum(map(len, TERMS.values())) == 68
    deck = backend()
    assert [section.title for section in deck.sections] == list(TERMS)
    for section in deck.sections:
        assert [entry.names[0] for entry in section.entries] == TERMS[section.title]


def test_a_section_of_the_backend_deck_is_a_file_in_the_order_of_the_guide() -> None:
    files = [section.place.path.name for section in backend().sections]
    assert files == [
        "01-system-development.yaml",
        "02-architecture-design.yaml",
        "03-network-communication.yaml",
        "04-fault-and-exceptions.yaml",
        "05-monitoring-and-alerts.yaml",
        "06-service-governance.yaml",
        "07-testing-methods.yaml",
        "08-release-and-deployment.yaml",
    ]


def test_every_term_of_the_backend_deck_is_defined_and_asked_both_ways() -> None:
    for section in backend().sections:
        for entry, term in zip(section.entries, TERMS[section.title], strict=True):
            way_there, way_back = entry.cards[:2]
            assert (way_there.kind, way_there.prompt) == (CardKind.TERM, term)
            assert (way_back.kind, way_back.answer) == (CardKind.REVERSE, term)
            assert way_there.entry == way_back.entry == f"backend/{entry.id}"
            assert len(way_there.answer.split()) >= 20
            assert term.casefold() not in way_back.prompt.casefold()


def test_every_term_of_the_backend_deck_keeps_its_history_through_a_rename() -> None:
    for path in sorted(BACKEND.glob("0*.yaml")):
        text = path.read_text("utf-8")
        assert text.count("\n    id: ") == text.count("\n  - term: ")


def test_no_two_cards_of_the_backend_deck_ask_the_same() -> None:
    prompts = Counter(
        card.prompt
        for section in backend().sections
        for entry in section.entries
        for card in entry.cards
    )
    assert [prompt for prompt, count in prompts.items() if count > 1] == []


def test_terms_of_the_backend_deck_are_learned_in_the_order_of_the_guide() -> None:
    sections = [section.entries for section in backend().sections]
    entries = [entry for section in sections for entry in section]
    assert learning_order(sections) == [entry.id for entry in entries]
    assert sum(len(seen) for seen in entries_seen(entries).values()) == sum(
        len(entry.see) for entry in entries
    )
