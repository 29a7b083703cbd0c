"""What a quiz draws, and the distractors that it makes."""

from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.card import CardKind, Option
from offhand.domain.quiz import (
    LONGEST_TYPED,
    OPTIONS,
    Askable,
    Way,
    draw,
    first_sentence,
    options_for,
    without_names,
)

_cards = st.lists(
    st.builds(
        Askable,
        card=st.integers(0, 10**6).map("c{}".format),
        entry=st.integers(0, 12).map("e{}".format),
        section=st.just(""),
        kind=st.sampled_from(CardKind),
        letters=st.integers(1, 2 * LONGEST_TYPED),
    ),
    max_size=40,
    unique_by=lambda card: card.card,
).map(lambda cards: [_in_section(card) for card in cards])
_ways = st.sets(st.sampled_from(Way), min_size=1)


def _in_section(card: Askable) -> Askable:
    """An entry stands in one section."""
    return Askable(card.card, card.entry, f"s{int(card.entry[1:]) % 3}", card.kind, card.letters)


@given(_cards, st.integers(0, 20), _ways, st.integers())
def test_each_entry_is_asked_once_in_a_way_that_was_wanted(
    cards: list[Askable], count: int, ways: set[Way], seed: int
) -> None:
    drawn = draw(cards, count, ways, seed)
    by_id = {card.card: card for card in cards}
    entries = [by_id[each.card].entry for each in drawn]
    assert len(drawn) <= count
    assert len(set(entries)) == len(entries)
    assert {each.way for each in drawn} <= ways
    for each in drawn:
        card = by_id[each.card]
        if each.way in (Way.TYPED, Way.CLOZE) and card.kind is not CardKind.TERM:
            assert card.letters <= LONGEST_TYPED


@given(_cards, st.integers(0, 20), st.integers())
def test_one_seed_gives_one_quiz(cards: list[Askable], count: int, seed: int) -> None:
    assert draw(cards, count, list(Way), seed) == draw(cards, count, set(Way), seed)


def test_the_sections_come_in_turn() -> None:
    cards = [
        Askable(f"{section}{n}", f"{section}{n}", section, CardKind.QUESTION, 100)
        for section, many in (("a", 50), ("b", 50), ("c", 2))
        for n in range(many)
    ]
    drawn = [each.card[0] for each in draw(cards, 12, [Way.CARD], 1)]
    assert {section: drawn.count(section) for section in "abc"} == {"a": 5, "b": 5, "c": 2}


def test_an_entry_with_a_choice_of_its_own_is_not_given_another() -> None:
    cards = [
        Askable("term", "e", "s", CardKind.TERM, 8),
        Askable("choice", "e", "s", CardKind.CHOICE, 8),
    ]
    assert {draw(cards, 1, [Way.CHOICE], seed)[0].card for seed in range(20)} == {"choice"}


def test_distractors_are_what_a_term_is_confused_with_and_then_its_neighbours() -> None:
    beside = {"Latency": "A wait.", "Jitter": "A change.", "Quorum": "A vote.", "Lease": "A time."}
    options = options_for(
        "Quorum", "", ["majority"], {"Consensus": "Agrees.", "Majority": "Itself."}, beside, "seed"
    )
    assert options[:2] == (Option("Quorum", True), Option("Consensus", False, "Agrees."))
    assert len(options) == OPTIONS
    assert {(o.text, o.why) for o in options[2:]} <= set(beside.items()) - {("Quorum", "A vote.")}


def test_a_term_alone_gives_nothing_to_choose_from() -> None:
    assert options_for("Quorum", "", [], {}, {"quorum": "Itself."}, "seed") == ()


def test_a_definition_does_not_give_its_term_away() -> None:
    told = without_names("A quorum (or majority) of nodes; quorums.", ["Quorum", "majority"])
    assert told == "A … (or …) of nodes; quorums."


def test_the_first_sentence_stands_for_a_definition() -> None:
    assert first_sentence("A vote, e.g. of nodes.\nMore follows.") == "A vote, e.g. of nodes."
    assert first_sentence("没有。第二") == "没有。第二"
    assert first_sentence("no end") == "no end"
