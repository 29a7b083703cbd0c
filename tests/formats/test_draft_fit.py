"""A draft is made fit for a deck file: what is written is read back as it is."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from drafts import drafts
from imports import draft, sections, term
from offhand.domain.text import is_id
from offhand.formats.draft import Draft, DraftSection
from offhand.formats.draft_fit import fitted
from offhand.formats.entry_cards import entry_id
from offhand.formats.yaml.draft import read_draft
from offhand.formats.yaml.writer import deck_text
from support import write


def _said(found: Draft) -> list[tuple[str, list[object]]]:
    nowhere = term("x").place
    return [
        (section.title, [replace(entry, place=nowhere, pasts={}) for entry in section.entries])
        for section in found.sections
    ]


@given(drafts())
def test_a_fitted_draft_is_read_back_as_it_is(tmp_path_factory: object, found: Draft) -> None:
    fit = fitted(found)
    assert not fit.faults
    path = Path(tmp_path_factory.getbasetemp()) / "fitted" / "d.yaml"  # type: ignore[attr-defined]
    read = read_draft(write(path, deck_text(fit)))
    assert _said(read) == _said(fit)


@given(drafts())
def test_a_fitted_draft_is_fit(found: Draft) -> None:
    fit = fitted(found)
    assert fitted(fit) == fit


@given(st.lists(st.sampled_from(["bank", "Bank", "BANK ", "b\u200bank", "C", "C++", "!", "?"])))
def test_every_entry_has_an_id_of_its_own(names: list[str]) -> None:
    entries = [term(name, f"Number {index}.") for index, name in enumerate(names)]
    fit = fitted(draft(*entries))
    ids = [entry_id(entry) for entry in fit.entries]
    assert len(ids) == len(set(ids)) == len(names)
    assert all(map(is_id, ids))


def test_an_id_that_cannot_be_one_is_made_one() -> None:
    fit = fitted(draft(term("a", id="x/y z"), term("b", id="x y/z"), term("c", id="-")))
    assert [entry.id for entry in fit.entries][:2] == ["x-y-z", "x-y-z-2"]
    assert all(is_id(entry.id) for entry in fit.entries)


def test_texts_are_as_they_will_be_read_back() -> None:
    (entry,) = fitted(draft(term("  TTL\r\n", "a\x1bb ", tags=("x ", " ")))).entries
    assert (entry.term, entry.definition, entry.tags) == ("TTL", "a␛b", ("x",))


def test_sections_of_one_name_are_one_and_empty_ones_are_none() -> None:
    found = sections({"One": (term("a"),), " one ": (term("b"),), "Empty": ()})
    assert [(s.title, len(s.entries)) for s in fitted(found).sections] == [("One", 2)]


def test_a_section_without_a_title_is_called_like_its_deck() -> None:
    found = Draft("Words", (DraftSection("", (term("a"),)),))
    assert [section.title for section in fitted(found).sections] == ["Words"]


def test_an_entry_that_cannot_be_written_is_a_fault_at_its_place() -> None:
    bad = replace(term("TTL", line=4), definition=" ")
    fit = fitted(draft(bad, term("MTU")))
    assert [str(fault.place) for fault in fit.faults] == ["words.apkg:4:1"]
    assert [entry.term for entry in fit.entries] == ["MTU"]
