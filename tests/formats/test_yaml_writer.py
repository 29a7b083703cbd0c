from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from deck_files import write_deck
from drafts import NOWHERE, drafts, without_places
from offhand.formats.draft import (
    Draft,
)
from offhand.formats.entry_cards import entry_of
from offhand.formats.yaml_deck import read_deck
from offhand.formats.yaml_draft import read_draft
from offhand.formats.yaml_writer import deck_files, deck_text

in_one_folder = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
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
