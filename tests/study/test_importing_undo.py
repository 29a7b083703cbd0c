"""An import is one step that can be taken back, with nothing of the learner's lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import imports
from imports import (
    draft,
    files,
    imported,
    imported_file,
    past,
    planned,
    sections,
    term,
    two_decks,
)
from offhand.domain.event import Grade
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import find_card, record_answer
from offhand.study.imports.preview import preview
from offhand.study.imports.source import Asked
from offhand.study.imports.undo import last_import, undo_import
from offhand.study.library import decks
from offhand.study.report import answers_total
from support import Home, write

_CARD = "words/ttl/term"


def test_a_new_deck_is_gone_again_with_all_that_came_with_it(home: Home) -> None:
    desk = home.open({"own.yaml": "deck: Own\nentries:\n  a: An a.\n"})
    before = files(home.paths.decks)
    large = sections({"One": tuple(term(f"a {n}") for n in range(400))})
    imported(desk, large)
    imported(
        desk, draft(term("P", "![x](x.png)"), origin="test:2", media={"x.png": lambda: b"\xff"})
    )
    undone = undo_import(desk)
    assert undone.journal.decks == ("words-2",)
    undo_import(desk)
    assert files(home.paths.decks) == before
    assert [path.name for path in home.paths.decks.iterdir()] == ["own.yaml"]
    assert [deck.id for deck in decks(desk)] == ["own"]
    with pytest.raises(NotFound, match="no import to take back"):
        undo_import(desk)


@pytest.mark.parametrize("step", ["Writing", "Storing", "Remembering"])
def test_an_import_that_was_killed_can_be_taken_back(home: Home, step: str) -> None:
    own = {"own.yaml": "deck: Own\nentries:\n  a: An a.\n"}
    home.open(own)
    before = files(home.paths.decks)
    killed = subprocess.run(
        [sys.executable, "-c", _IMPORT_UNTIL_KILLED, home.path, step],
        env={**os.environ, "PYTHONPATH": str(Path(imports.__file__).parent)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    desk = home.open()
    if last_import(desk):
        undo_import(desk)
    assert {
        name: text for name, text in files(home.paths.decks).items() if ".importing" not in name
    } == before
    assert [deck.id for deck in decks(desk)] == ["own"]
    # The same import comes to its end now.
    imported(desk, *two_decks())
    assert [deck.id for deck in decks(desk)] == ["large", "own", "words"]


_IMPORT_UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
from imports import planned, two_decks
from offhand.study.imports.importing import carry_out
from support import Home

def progress(what, done, of):
    if what.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

desk = Home(Path(sys.argv[1])).open()
carry_out(desk, planned(desk, *two_decks()), progress)
"""


def test_a_changed_deck_is_as_it_was(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL"), term("MTU")))
    before = files(home.paths.decks)
    imported(desk, draft(term("TTL", "Another text."), term("RTT")))
    assert find_card(desk, "words/mtu/term").state.suspended
    undo_import(desk)
    assert files(home.paths.decks) == before
    assert not find_card(desk, "words/mtu/term").state.suspended
    assert planned(desk, draft(term("TTL"), term("MTU"))).idle


def test_its_events_are_undone_and_none_is_deleted(home: Home) -> None:
    desk = home.open({"words.yaml": "deck: Words\nid: words\norigin: test:1\nentries: {TTL: x}\n"})
    record_answer(desk, _CARD, Grade.GOOD)
    before = find_card(desk, _CARD).state
    imported(desk, draft(term("TTL", "x", pasts=past("2026-01-01", "2026-02-01"))), history=True)
    assert find_card(desk, _CARD).state.reviews == 3
    assert undo_import(desk).events == 2
    assert find_card(desk, _CARD).state == before
    assert answers_total(desk) == 1
    assert len(reading.card_events(desk.db, _CARD)) == 5


def test_importing_again_brings_the_past_back_and_undo_takes_it_again(home: Home) -> None:
    desk = home.open()
    source = draft(term("TTL", pasts=past("2026-01-01", "2026-02-01", flagged=True)))
    states = []
    for _ in range(3):
        imported(desk, source, history=True)
        states.append(find_card(desk, _CARD).state)
        undo_import(desk)
        assert answers_total(desk) == 0
    assert states[0] == states[1] == states[2]
    assert (states[0].reviews, states[0].flagged) == (2, True)


def test_answers_given_since_are_kept_for_the_cards_return(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    record_answer(desk, _CARD, Grade.GOOD)
    undo_import(desk)
    assert decks(desk) == []
    imported(desk, draft(term("TTL")))
    assert find_card(desk, _CARD).state.reviews == 1


def test_it_is_refused_when_a_file_was_edited_since(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    path = home.paths.decks / "words.yaml"
    write(path, path.read_text("utf-8") + "# mine\n")
    before = files(home.path)
    with pytest.raises(OffhandError, match="edited since") as refused:
        undo_import(desk)
    assert str(path) in refused.value.message
    assert files(home.path) == before


def test_forced_it_puts_the_edited_files_aside(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    path = home.paths.decks / "words.yaml"
    write(path, path.read_text("utf-8") + "# mine\n")
    undone = undo_import(desk, force=True)
    assert undone.aside is not None
    assert undone.aside.is_relative_to(home.paths.backups)
    kept = files(undone.aside)
    assert [text.endswith("# mine\n") for text in kept.values()] == [True]
    assert not path.exists()


def test_a_section_file_that_the_learner_added_counts_as_an_edit(home: Home) -> None:
    desk = home.open()
    imported(desk, sections({"One": tuple(term(f"a {n}") for n in range(400))}))
    own = write(home.paths.decks / "words" / "02-own.yaml", "section: Own\nentries:\n  b: A b.\n")
    with pytest.raises(OffhandError, match="edited since") as refused:
        undo_import(desk)
    assert str(own) in refused.value.message
    undo_import(desk, force=True)
    assert own.exists()


def test_a_file_only_touched_is_not_edited(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    path = home.paths.decks / "words.yaml"
    write(path, path.read_text("utf-8"))
    undo_import(desk)
    assert not path.exists()


def test_the_same_file_is_imported_anew_after_its_undo(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "w.csv", "TTL,How long an entry lives.\n")
    desk = home.open()
    imported_file(desk, source)
    undo_import(desk)
    found = preview(desk, Asked((source,)))
    assert [(deck.is_new, deck.idle) for deck in found.decks] == [(True, False)]
    imported_file(desk, source)
    assert [deck.id for deck in decks(desk)] == ["w"]


def test_the_newest_import_is_the_one_that_is_undone(home: Home) -> None:
    desk = home.open()
    assert last_import(desk) is None
    for number in range(25):
        imported(desk, draft(term("TTL"), title=f"D{number}", origin=f"test:{number}"))
    found = last_import(desk)
    assert found is not None
    assert found.decks == ("d24",)
    # Twenty are kept.
    for _ in range(20):
        undo_import(desk)
    assert last_import(desk) is None
    assert [deck.id for deck in decks(desk)] == [f"d{number}" for number in range(5)]
