import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import NOWHERE, entries, texts
from offhand.domain.card import CardKind, Level
from offhand.errors import OffhandError
from offhand.formats.draft import DraftChoice, DraftEntry, DraftQuestion
from offhand.formats.entry_cards import Part, card_ways, part_of
from offhand.study.typed_card import (
    Field,
    TypedCard,
    Unfit,
    changed_entry,
    merged,
    new_entry,
    typed_card,
)
from offhand.study.typed_lines import as_lines, items_of, options_as_lines, options_of, tags_of


@given(items=st.lists(texts, max_size=4).map(tuple))
def test_any_items_are_typed_one_a_line_and_read_as_they_were(items: tuple[str, ...]) -> None:
    assert items_of(as_lines(items)) == items


@given(options=st.lists(st.tuples(texts, st.one_of(st.just(""), texts)), max_size=4).map(tuple))
def test_any_options_with_their_reasons_are_read_as_they_were(
    options: tuple[tuple[str, str], ...],
) -> None:
    assert options_of(options_as_lines(options)) == options


def test_further_lines_of_an_item_are_indented() -> None:
    assert items_of("one\n  more\n\n two \n") == ("one\nmore", "two")
    assert as_lines(("one\nmore", "two")) == "one\n  more\ntwo"


def test_an_option_that_holds_the_mark_of_a_reason_is_told_apart() -> None:
    options = (("std :: move", "moves"), ("a", "b :: c"))
    assert options_as_lines(options).split("\n") == [r"std \:: move :: moves", r"a :: b \:: c"]
    assert options_of(options_as_lines(options)) == options


def test_tags_may_stand_in_one_line_and_those_with_commas_stay() -> None:
    assert tags_of("a, b\nc,d") == ("a", "b", "c", "d")
    assert tags_of("a, b\nc", known=("a, b",)) == ("a, b", "c")


@given(entry=entries, data=st.data())
def test_a_card_that_is_typed_as_it_is_leaves_its_entry_as_it_is(
    entry: DraftEntry, data: st.DataObject
) -> None:
    part = part_of(entry, data.draw(st.sampled_from(card_ways(entry, reverse=True))))
    assert part is not None
    typed = typed_card(entry, part)
    assert changed_entry(entry, part, typed) == entry
    assert merged(typed, typed, typed) == (typed, [])


def test_the_level_of_a_question_is_its_own_in_a_term_and_its_entrys_alone() -> None:
    question = DraftQuestion("Why?", "So.")
    part, senior = (
        Part(CardKind.QUESTION),
        TypedCard(CardKind.QUESTION, "Why?", "So.", level=Level.SENIOR),
    )
    of_term = changed_entry(
        DraftEntry(NOWHERE, term="a", definition="b", questions=(question,)), part, senior
    )
    assert (of_term.level, of_term.questions[0].level) == (None, Level.SENIOR)
    alone = changed_entry(DraftEntry(NOWHERE, questions=(question,)), part, senior)
    assert (alone.level, alone.questions[0].level) == (Level.SENIOR, None)


def test_a_choice_is_made() -> None:
    typed = TypedCard(CardKind.CHOICE, "Which?", "this", wrong=(("that", "no"),), why="Because.")
    assert new_entry(typed).choices == (
        DraftChoice("Which?", "this", (("that", "no"),), "Because."),
    )


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        (TypedCard(), Field.PROMPT, "Term: there is nothing yet."),
        (TypedCard(prompt="a", answer=" \n"), Field.ANSWER, "Definition: there is nothing yet."),
        (TypedCard(prompt="a", answer="b", reverse=" "), Field.REVERSE, "Write the prompt"),
        (TypedCard(prompt="a", answer="b", reverse="Yes"), Field.REVERSE, "Write more than `Yes`"),
        (TypedCard(CardKind.CLOZE, "It is {{}}."), Field.PROMPT, "Put what is asked"),
        (TypedCard(CardKind.CHOICE, "a", "b"), Field.WRONG, "Write an option that is wrong."),
        (
            TypedCard(CardKind.CHOICE, "a", "b", wrong=(("c", ""), ("c", "x"))),
            Field.WRONG,
            "An option stands there twice.",
        ),
    ],
)
def test_what_cannot_be_a_card_is_told_with_its_field(
    typed: TypedCard, field: Field, told: str
) -> None:
    with pytest.raises(OffhandError, match=told) as refused:
        new_entry(typed)
    assert isinstance(refused.value, Unfit)
    assert refused.value.field is field


def test_what_two_changed_in_different_fields_is_one_card() -> None:
    was = TypedCard(prompt="a", answer="b", tags=("t",))
    mine = TypedCard(prompt="a!", answer="b", tags=("t",))
    theirs = TypedCard(prompt="a", answer="b", tags=("t", "u"), level=Level.MID)
    both = TypedCard(prompt="a!", answer="b", tags=("t", "u"), level=Level.MID)
    assert merged(mine, was, theirs) == (both, [])


def test_what_two_changed_in_one_field_is_named_and_stays_as_it_is_typed() -> None:
    was, mine, theirs = (TypedCard(prompt="a", answer=text) for text in ("b", "mine", "theirs"))
    assert merged(mine, was, theirs) == (mine, [Field.ANSWER])
    assert merged(mine, was, mine) == (mine, [])
