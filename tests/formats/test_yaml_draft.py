"""A deck file as a draft: what is written, no more, and the ids that its cards get from it."""

from dataclasses import replace
from pathlib import Path

import pytest

from deck_files import cards_of, read, write_deck
from drafts import NOWHERE, without_places
from offhand.domain.card import CardKind, Level, Place
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
)
from offhand.formats.entry_cards import Part, card_ways, entry_id, part_of
from offhand.formats.fault import Faulty
from offhand.formats.yaml.draft import read_draft
from offhand.resources import shipped

EVERYTHING = """\
deck: Things
id: th
about: All of it.
reverse: true
origin: anki:1
sections:
  - section: One
    id: first
    entries:
      - term: Breaker
        id: breaker
        definition: Fails fast.
        reverse: What fails fast?
        aliases: [fuse]
        level: mid
        tags: [a, b]
        extra: More.
        sources: [Book]
        questions:
          - question: Why?
            answer: So.
            points: [p, q]
            level: senior
            id: why
        choices:
          - question: Which?
            right: r
            wrong: {w: no, x: ""}
            why: because
        cloze: A {{hole}}.
        contrast:
          with: Limiter
          difference: Protects the caller.
      - Short: form
  - section: Two
    entries:
      - question: Alone?
        answer: Yes.
        points: [only]
      - question: Choose?
        right: r
        wrong: [w]
      - cloze: ["{{c1::a}} and {{c2::b}}", "{{c}}"]
      - questions:
          - question: First?
            answer: 1
          - question: Second?
            answer: 2
        see: breaker
"""
DRAFT = Draft(
    "Things",
    (
        DraftSection(
            "One",
            (
                DraftEntry(
                    NOWHERE,
                    "breaker",
                    "Breaker",
                    "Fails fast.",
                    "What fails fast?",
                    (DraftQuestion("Why?", "So.", ("p", "q"), Level.SENIOR, "why"),),
                    (DraftChoice("Which?", "r", (("w", "no"), ("x", "")), "because"),),
                    ("A {{hole}}.",),
                    (DraftContrast("Limiter", "Protects the caller."),),
                    ("fuse",),
                    Level.MID,
                    ("a", "b"),
                    ("Book",),
                    (),
                    "More.",
                ),
                DraftEntry(NOWHERE, term="Short", definition="form"),
            ),
            "first",
        ),
        DraftSection(
            "Two",
            (
                DraftEntry(NOWHERE, questions=(DraftQuestion("Alone?", "Yes.", ("only",)),)),
                DraftEntry(NOWHERE, choices=(DraftChoice("Choose?", "r", (("w", ""),)),)),
                DraftEntry(NOWHERE, cloze=("{{c1::a}} and {{c2::b}}", "{{c}}")),
                DraftEntry(
                    NOWHERE,
                    questions=(DraftQuestion("First?", "1"), DraftQuestion("Second?", "2")),
                    see=("breaker",),
                ),
            ),
        ),
    ),
    "All of it.",
    "th",
    True,
    "anki:1",
)


def test_every_entry_is_read_as_it_is_written(tmp_path: Path) -> None:
    assert without_places(read_draft(write_deck(tmp_path, EVERYTHING))) == DRAFT


def test_every_entry_knows_where_it_stands(tmp_path: Path) -> None:
    path = write_deck(tmp_path, EVERYTHING)
    places = [entry.place for entry in read_draft(path).entries]
    begins = (
        "term: Breaker",
        "Short:",
        "question: Alone?",
        "question: Choose?",
        "cloze: [",
        "questions:",
    )
    lines = EVERYTHING.splitlines()
    expected = [
        next(number for number, line in enumerate(lines, 1) if line.startswith(f"      - {begin}"))
        for begin in begins
    ]
    assert places == [Place(path, line, 9) for line in expected]


def test_a_folder_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    write_deck(tmp_path / "d", "deck: D\n", "deck.yaml")
    write_deck(tmp_path / "d", "section: B\nentries: {b: c}\n", "02.yaml")
    write_deck(tmp_path / "d", "section: A\nid: z\nentries: {a: c}\n", "01.yaml")
    draft = read_draft(tmp_path / "d")
    assert [(section.title, section.id) for section in draft.sections] == [("A", "z"), ("B", "")]
    assert draft.id == ""


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("deck: D\nentries: {a: b}\n", ""),
        ("deck: D\nsections: {D: {a: b}}\n", "d"),
        ("deck: D\nsections: [{section: D, id: x, entries: {a: b}}]\n", "x"),
        ("deck: D\nsections: {D: {a: b}, E: {c: d}}\n", ""),
    ],
    ids=["without sections", "one titled as the deck", "one with an id", "two"],
)
def test_a_deck_without_sections_is_told_from_one_that_has_one(
    tmp_path: Path, text: str, ident: str
) -> None:
    section = read_draft(write_deck(tmp_path, text)).sections[0]
    assert (section.title, section.id) == ("D", ident)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("deck: D\nentries: {a: }\n", "3:1: `definition` is empty in `a`."),
        ("deck: D\nentries:\n  a: b\n  A: c\n", "A second entry `a`"),
        ("", "The file is empty."),
    ],
)
def test_a_deck_with_a_fault_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Faulty) as refused:
        read_draft(write_deck(tmp_path, text))
    assert told.split(": ", 1)[-1].split(" in ")[0] in str(refused.value)


def test_where_no_deck_is_that_is_told(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="There is no deck here"):
        read_draft(tmp_path)


def test_an_entry_and_its_cards_are_called_as_the_deck_reader_calls_them(tmp_path: Path) -> None:
    called = [
        f"th/{entry_id(entry)}/{way}" for entry in DRAFT.entries for way in card_ways(entry, True)
    ]
    assert called == list(cards_of(read(tmp_path, EVERYTHING)))
    assert "th/breaker/question-why" in called


def test_a_card_is_found_in_its_entry() -> None:
    ways = {
        way: part_of(entry, way)
        for entry in (DRAFT.entries[0], DRAFT.entries[4])
        for way in card_ways(entry)
    }
    assert ways == {
        "term": Part(CardKind.TERM),
        "reverse": Part(CardKind.REVERSE),
        "question-why": Part(CardKind.QUESTION, 0),
        "choice-which": Part(CardKind.CHOICE, 0),
        "cloze-hole": Part(CardKind.CLOZE, 0),
        "contrast-limiter": Part(CardKind.CONTRAST, 0),
        "cloze-a": Part(CardKind.CLOZE, 0),
        "cloze-b": Part(CardKind.CLOZE, 0),
        "cloze-c": Part(CardKind.CLOZE, 1),
    }
    assert part_of(DRAFT.entries[0], "term-2") is None


def test_a_question_in_a_group_of_its_own_is_a_question(tmp_path: Path) -> None:
    group = "deck: D\nentries:\n- questions: {question: Q, answer: A}\n"
    alone = "deck: D\nentries:\n- question: Q\n  answer: A\n"
    assert without_places(read_draft(write_deck(tmp_path, group))) == without_places(
        read_draft(write_deck(tmp_path, alone))
    )
    assert list(cards_of(read(tmp_path, group))) == ["things/q/question"]


def test_the_shipped_deck_is_a_draft(tmp_path: Path) -> None:
    draft = read_draft(shipped("decks") / "backend")
    assert len(draft.entries) == 68
    assert all(replace(entry, place=NOWHERE).term for entry in draft.entries)
