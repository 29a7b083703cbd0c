"""What goes wrong in an import leaves nothing behind: no file, no card, no event."""

import os
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from imports import draft, files, imported, past, planned, sections, stopping_at, term
from offhand.domain.event import Grade
from offhand.errors import OffhandError
from offhand.formats.draft import Draft
from offhand.formats.fault import Faulty
from offhand.study.answering import find_card, record_answer
from offhand.study.desk import Desk
from offhand.study.imports.importing import carry_out
from offhand.study.imports.preview import preview
from offhand.study.imports.source import Asked
from offhand.study.library import decks
from support import Home, write


def _everything(home: Home, desk: Desk) -> tuple[object, ...]:
    """All that an import may change and a learner may see: files, cards, states, the log."""
    tables = ("events", "cards", "states", "decks WHERE NOT gone")
    rows = [desk.db.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    kept = {name: text for name, text in files(home.path).items() if "offhand.db" not in name}
    folders = sorted(str(path) for path in home.paths.decks.rglob("*"))
    return rows, kept, folders


def _large() -> Draft:
    many = tuple(term(f"t {n}", pasts=past("2026-02-01")) for n in range(400))
    return sections(
        {"One": many, "Two": (term("x", "![x](x.png)"),)}, media={"x.png": lambda: b"x"}
    )


@pytest.mark.parametrize("step", ["Writing Words", "Writing media", "Storing", "Remembering"])
def test_stopped_at_any_step_a_new_deck_leaves_nothing(home: Home, step: str) -> None:
    desk = home.open({"own.yaml": "deck: Own\nentries:\n  a: An a.\n"})
    before = _everything(home, desk)
    found = planned(desk, _large(), history=True)
    with pytest.raises(KeyboardInterrupt):
        carry_out(desk, found, stopping_at(step))
    assert _everything(home, desk) == before
    done = carry_out(desk, found)
    assert done.decks[0].brought.answers == 400


@pytest.mark.parametrize("step", ["Writing Words", "Storing", "Remembering"])
def test_stopped_at_any_step_a_changed_deck_is_as_it_was(home: Home, step: str) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL"), term("MTU")))
    record_answer(desk, "words/mtu/term", Grade.GOOD)
    before = _everything(home, desk)
    newer = draft(term("TTL", "Another.", pasts=past("2026-02-01")), term("RTT"))
    with pytest.raises(KeyboardInterrupt):
        carry_out(desk, planned(desk, newer, history=True), stopping_at(step))
    assert _everything(home, desk) == before


@contextmanager
def _files_end_at(size: int) -> Iterator[None]:
    """As on a full disk, no file can grow past a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [10_000, 200_000])
def test_a_disk_that_fills_leaves_nothing_behind(home: Home, size: int) -> None:
    # The smaller one fills under the deck file, the larger one under the database.
    desk = home.open()
    before = _everything(home, desk)
    many = tuple(term(f"t {n}", "word " * 40, pasts=past("2026-02-01")) for n in range(700))
    found = planned(desk, sections({"One": many}), history=True)
    with _files_end_at(size), pytest.raises(OffhandError, match="disk"):
        carry_out(desk, found)
    desk = home.open()
    assert _everything(home, desk) == before
    carry_out(desk, planned(desk, sections({"One": many}), history=True))
    assert decks(desk)[0].sections[0].cards == 700


def test_a_folder_that_cannot_be_written_is_told_calmly(home: Home) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write anywhere")
    desk = home.open({"own.yaml": "deck: Own\nentries:\n  a: An a.\n"})
    home.paths.decks.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(OffhandError, match="cannot be written"):
            imported(desk, draft(term("TTL")))
    finally:
        home.paths.decks.chmod(stat.S_IRWXU)


def test_decks_that_are_a_file_are_told_calmly(home: Home) -> None:
    desk = home.open()
    home.paths.decks.write_text("not a folder")
    with pytest.raises(OffhandError, match=r"cannot be (read|written)"):
        imported(desk, draft(term("TTL")))


def _with_three_bad() -> Draft:
    entries = [term(f"t {n}", line=n) for n in range(1, 1001)]
    for number in (17, 400, 999):
        entries[number - 1] = replace(entries[number - 1], definition="")
    return draft(*entries)


def test_three_bad_cards_among_a_thousand_refuse_all_and_are_named(home: Home) -> None:
    desk = home.open()
    before = _everything(home, desk)
    with pytest.raises(Faulty) as refused:
        imported(desk, _with_three_bad())
    assert [(fault.place.line, fault.what) for fault in refused.value.faults] == [
        (17, "`t 17` has no definition."),
        (400, "`t 400` has no definition."),
        (999, "`t 999` has no definition."),
    ]
    assert _everything(home, desk) == before


def test_the_bad_ones_can_be_skipped(home: Home) -> None:
    desk = home.open()
    imported(desk, _with_three_bad(), skip_bad=True)
    assert sum(section.cards for section in decks(desk)[0].sections) == 997


def test_a_source_without_cards_is_refused_with_what_was_looked_for(
    home: Home, tmp_path: Path
) -> None:
    source = write(tmp_path / "letter.txt", "Dear all,\nthere is nothing to learn in here.\n")
    with pytest.raises(OffhandError, match="No cards were found") as refused:
        preview(home.open(), Asked((source,)))
    assert refused.value.mend


def test_an_import_killed_in_its_midst_leaves_only_what_no_one_sees_and_the_next_clears(
    home: Home,
) -> None:
    desk = home.open({"own.yaml": "deck: Own\nentries:\n  a: An a.\n"})
    left = home.paths.decks / ".importing-old"
    (left / "0").mkdir(parents=True)
    os.utime(left, (0, 0))
    imported(desk, draft(term("TTL")))
    assert sorted(path.name for path in home.paths.decks.iterdir()) == ["own.yaml", "words.yaml"]
    assert find_card(desk, "words/ttl/term").deck == "words"
