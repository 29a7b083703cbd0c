from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from deck_files import write_deck
from drafts import NOWHERE, drafts, without_places
from offhand.domain.card import Place
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
)
from offhand.formats.entry_cards import entry_of
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import read_deck
from offhand.formats.yaml.draft import read_draft
from offhand.formats.yaml.writer import deck_files, deck_text
from offhand.resources import shipped

in_one_folder = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100
)


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    for old in folder.glob("*.yaml"):
        old.unlink()
    for name, text in files.items():
        write_deck(folder, text.encode(), name)
    return folder


@in_one_folder
@given(draft=drafts())
def test_a_deck_written_as_one_file_reads_as_it_was(tmp_path: Path, draft: Draft) -> None:
    path = write_deck(tmp_path, deck_text(draft).encode())
    assert without_places(read_draft(path)) == draft


@in_one_folder
@given(draft=drafts())
def test_a_deck_written_as_a_folder_reads_as_it_was(tmp_path: Path, draft: Draft) -> None:
    path = write_folder(tmp_path / "deck", deck_files(draft))
    assert without_places(read_draft(path)) == draft


@in_one_folder
@given(draft=drafts())
def test_the_cards_of_a_written_deck_are_those_of_its_draft(tmp_path: Path, draft: Draft) -> None:
    deck = read_deck(write_deck(tmp_path, deck_text(draft).encode()))
    made = [entry_of(entry, deck.id, draft.reverse) for entry in draft.entries]
    found = [entry for section in deck.sections for entry in section.entries]
    assert [
        (each.id, each.names, [replace(card, place=NOWHERE) for card in each.cards])
        for each in found
    ] == [(each.id, each.names, list(each.cards)) for each in made]


def term(name: str, definition: str, **fields: Any) -> DraftEntry:
    return DraftEntry(NOWHERE, term=name, definition=definition, **fields)


def written(*entries: DraftEntry, title: str = "Things", **deck: Any) -> str:
    return deck_text(Draft("Things", (DraftSection(title, entries),), **deck))


def test_terms_alone_are_lines() -> None:
    assert written(term("TTL", "How long."), term("a: b", "no")) == (
        'deck: Things\nentries:\n  TTL: How long.\n  "a: b": no\n'
    )


def test_an_entry_with_more_has_its_fields_below_each_other() -> None:
    entry = term(
        "Breaker",
        "Fails fast.\n\nThen it probes.",
        id="breaker",
        reverse=False,
        tags=("a", "b, c"),
        choices=(DraftChoice("Which?", "r", (("w", "no: never"), ("x", ""))),),
        contrast=(DraftContrast("Limiter", "# no"),),
    )
    assert (
        written(entry, term("Short", "x"), title="Guards", id="th", origin="anki:1")
        == """\
deck: Things
id: th
origin: anki:1
sections:
  Guards:
    - term: Breaker
      id: breaker
      definition: |
        Fails fast.

        Then it probes.
      reverse: false
      tags: [a, "b, c"]
      choices:
        - question: Which?
          right: r
          wrong:
            w: "no: never"
            x:
      contrast:
        - with: Limiter
          difference: "# no"

    - term: Short
      definition: x
"""
    )


def test_a_list_too_long_for_its_line_has_one_for_each() -> None:
    sources = tuple(f"A source with a title of some length, {n}" for n in range(3))
    lines = [f"      - {source}" for source in sources]
    text = written(term("a", "b", sources=sources))
    assert "\n".join(["    sources:", *lines]) in text


def test_a_folder_has_a_file_for_each_section_in_their_order() -> None:
    sections = [DraftSection(f"Part {n}", (term(f"t{n}", "x"),)) for n in range(1, 12)]
    files = deck_files(Draft("Things", tuple(sections), about="All."))
    assert list(files) == ["deck.yaml", *(f"{n:02}-part-{n}.yaml" for n in range(1, 12))]
    assert files["deck.yaml"] == "deck: Things\nabout: All.\n"
    assert files["11-part-11.yaml"] == "section: Part 11\nentries:\n  t11: x\n"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (term("a", " "), "`a` has no definition."),
        (DraftEntry(NOWHERE), "neither a term, a question, a choice nor a cloze"),
        (DraftEntry(NOWHERE, cloze=("no hole",)), "A cloze has no hole"),
        (DraftEntry(NOWHERE, questions=(DraftQuestion("Q", ""),)), "A question or its answer"),
        (DraftEntry(NOWHERE, choices=(DraftChoice("Q", "r", (("r", ""),)),)), "stands there twice"),
        (
            DraftEntry(NOWHERE, choices=(DraftChoice("Q", "r", ()),)),
            "lacks its question or an option",
        ),
        (term("a", "b", id="no spaces"), "`no spaces` cannot be an id."),
    ],
)
def test_what_a_deck_cannot_hold_is_refused_at_its_place(entry: DraftEntry, told: str) -> None:
    place = Place(Path("source.csv"), 7)
    with pytest.raises(Faulty) as refused:
        written(term("fine", "x"), replace(entry, place=place))
    assert [(fault.place, told in fault.what) for fault in refused.value.faults] == [(place, True)]


def test_texts_are_written_as_they_will_be_read() -> None:
    assert (
        written(term(" a\x00", "b\u2028c\t")) == "deck: Things\nentries:\n  a␀: |\n    b\n    c\n"
    )


def test_a_deck_of_sections_as_titles_and_of_one_with_an_id() -> None:
    draft = Draft(
        "D", (DraftSection("One", (term("a", "b"),)), DraftSection("Two", (term("c", "d"),), "2"))
    )
    assert (
        deck_text(draft)
        == """\
deck: D
sections:
  - section: One
    entries:
      a: b
  - section: Two
    id: 2
    entries:
      c: d
"""
    )


def test_the_shipped_deck_is_written_so_that_it_reads_the_same(tmp_path: Path) -> None:
    draft = without_places(read_draft(shipped("decks") / "backend"))
    path = write_folder(tmp_path / "backend", deck_files(draft))
    assert without_places(read_draft(path)) == draft
