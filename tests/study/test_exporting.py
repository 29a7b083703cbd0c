"""Exporting: what is taken, what is refused, and that a file is there whole or as it was."""

import csv
import errno
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from learner import answer_all
from offhand.domain.card import Scope
from offhand.domain.event import Grade, Mark
from offhand.errors import NotFound, OffhandError
from offhand.formats.anki.reading import read
from offhand.formats.draft import ReadOptions
from offhand.formats.fault import Faulty
from offhand.formats.yaml.draft import read_draft
from offhand.store import reading
from offhand.study.answering import mark, record_answer, undo_last
from offhand.study.desk import Desk
from offhand.study.exporting import Exported, Wanted, export
from offhand.study.imports.importing import carry_out
from offhand.study.imports.preview import preview
from offhand.study.imports.source import Asked
from support import Home, deck_of

SIGNALS = """\
deck: Signals
sections:
  - section: Everyday
    entries:
      - {term: SIGTERM, definition: Asks., tags: [polite]}
      - {term: SIGKILL, definition: Ends., see: [SIGTERM], tags: [Rude]}
  - section: Job control
    entries:
      - {term: SIGSTOP, definition: Pauses., see: [SIGKILL]}
"""


@pytest.fixture
def signals(home: Home) -> Desk:
    return home.open({"signals.yaml": SIGNALS})


def exported(desk: Desk, path: Path, **wanted: Any) -> Exported:
    return export(desk, Wanted(path, **wanted))


def terms_in(path: Path) -> list[str]:
    return [entry.term for entry in read_draft(path).entries]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_deck_is_written_in_the_format_of_the_files_ending(signals: Desk, tmp_path: Path) -> None:
    scope = Scope("signals")
    for name, form in (
        ("a.apkg", "apkg"),
        ("a.yaml", "yaml"),
        ("a.YML", "yaml"),
        ("a.csv", "csv"),
        ("a.md", "markdown"),
        ("a.json", "json"),
    ):
        done = exported(signals, tmp_path / name, scope=scope)
        assert (done.format, done.decks, done.entries, done.cards) == (form, ("signals",), 3, 3)
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "a.YML").read_bytes()


def test_a_format_may_be_named_whatever_the_file_is_called(signals: Desk, tmp_path: Path) -> None:
    assert exported(signals, tmp_path / "words.txt", format="csv").format == "csv"
    with (tmp_path / "words.txt").open(encoding="utf-8-sig") as file:
        assert [row["term"] for row in csv.DictReader(file)] == ["SIGTERM", "SIGKILL", "SIGSTOP"]


def test_an_ending_that_names_no_format_is_refused(signals: Desk, tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match=r"'words\.txt' does not say in which format"):
        exported(signals, tmp_path / "words.txt")
    assert not (tmp_path / "words.txt").exists()


def test_a_section_leaves_out_references_to_the_others(signals: Desk, tmp_path: Path) -> None:
    done = exported(signals, tmp_path / "a.yaml", scope=Scope("signals", "job-control"))
    (entry,) = read_draft(tmp_path / "a.yaml").entries
    assert (entry.term, entry.see) == ("SIGSTOP", ())
    assert done.told == (
        "1 entry builds on others that are not exported; `see` names them no more.",
    )


def test_a_tag_takes_only_the_entries_that_bear_it(signals: Desk, tmp_path: Path) -> None:
    exported(signals, tmp_path / "a.yaml", tag="rude")
    assert terms_in(tmp_path / "a.yaml") == ["SIGKILL"]


def test_a_tag_that_nothing_bears_is_refused(signals: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="No entry bears the tag 'gentle'"):
        exported(signals, tmp_path / "a.yaml", tag="gentle")
    assert everything_in(tmp_path / "empty") == {}
    assert not (tmp_path / "a.yaml").exists()


def test_without_any_deck_there_is_nothing_to_export(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no deck to export"):
        exported(home.open(), tmp_path / "a.json")


def test_several_decks_go_into_one_file_where_the_format_can_hold_them(
    home: Home, tmp_path: Path
) -> None:
    desk = home.open({"signals.yaml": SIGNALS, "numbers.yaml": deck_of(2)})
    for name in ("all.apkg", "all.csv", "all.md", "all.json"):
        assert exported(desk, tmp_path / name).decks == ("numbers", "signals")
    assert [draft.id for draft in read(tmp_path / "all.apkg", ReadOptions())] == [
        "numbers",
        "signals",
    ]
    with pytest.raises(OffhandError, match="A yaml file holds one deck") as refused:
        exported(desk, tmp_path / "all.yaml")
    assert refused.value.mend == "Name one of them: numbers, signals."


def test_a_deck_that_cannot_be_read_is_refused_with_its_faults(home: Home, tmp_path: Path) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    home.write("signals.yaml", SIGNALS.replace("definition: Asks.", "defnition: Asks."))
    with pytest.raises(Faulty, match="fault"):
        exported(desk, tmp_path / "a.apkg")
    assert not (tmp_path / "a.apkg").exists()


def test_a_file_that_is_there_stays_unless_it_is_forced(signals: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("mine", "utf-8")
    with pytest.raises(OffhandError, match="is there already"):
        exported(signals, path)
    assert path.read_text("utf-8") == "mine"
    exported(signals, path, force=True)
    assert terms_in(path) == ["SIGTERM", "SIGKILL", "SIGSTOP"]


@pytest.mark.parametrize(
    ("name", "told"), [("", "is a folder"), ("gone/a.yaml", "There is no folder")]
)
def test_a_place_where_no_file_can_be_is_refused(
    signals: Desk, tmp_path: Path, name: str, told: str
) -> None:
    with pytest.raises(OffhandError, match=told):
        exported(signals, tmp_path / name, format="yaml")


def test_a_link_is_written_through(signals: Desk, tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("old", "utf-8")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    exported(signals, tmp_path / "link.yaml", force=True)
    assert (tmp_path / "link.yaml").is_symlink()
    assert terms_in(tmp_path / "real.yaml") == ["SIGTERM", "SIGKILL", "SIGSTOP"]


@pytest.mark.parametrize("name", ["a.apkg", "a.csv", "a.md", "a.json"])
def test_an_export_that_is_stopped_leaves_everything_as_it_was(
    signals: Desk, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text("mine", "utf-8")

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(signals, Wanted(folder / name, force=True), stop)
    assert everything_in(folder) == {name: b"mine"}


@pytest.mark.parametrize("name", ["a.apkg", "a.yaml", "a.csv", "a.md", "a.json"])
def test_a_full_disk_is_told_and_leaves_everything_as_it_was(
    signals: Desk, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OffhandError, match="The disk is full: nothing was exported"):
        exported(signals, folder / name)
    assert everything_in(folder) == {}


def test_progress_counts_every_entry(signals: Desk, tmp_path: Path) -> None:
    for name in ("a.apkg", "a.csv", "a.md", "a.json"):
        heard: list[tuple[int, int]] = []
        export(signals, Wanted(tmp_path / name), lambda *told: heard.append(told))  # noqa: B023
        assert heard == [(1, 3), (2, 3), (3, 3)]


IMAGES = """\
deck: Pictures
entries:
  plot: "![A plot](pictures.media/a%20b.png) and ![gone](pictures.media/gone.png)"
  secret: "![](../settings.toml) ![](/etc/hostname) ![](link.png) ![](https://x.org/y.png)"
"""


@pytest.fixture
def pictures(home: Home) -> Desk:
    folder = home.paths.decks
    (folder / "pictures.media").mkdir(parents=True)
    (folder / "pictures.media" / "a b.png").write_bytes(b"plot")
    home.paths.settings.write_text("", "utf-8")
    (folder / "link.png").symlink_to(home.paths.settings)
    return home.open({"pictures.yaml": IMAGES})


def test_images_beside_the_deck_come_along_and_no_other_file_does(
    pictures: Desk, tmp_path: Path
) -> None:
    done = exported(pictures, tmp_path / "a.apkg")
    (draft,) = read(tmp_path / "a.apkg", ReadOptions())
    assert {name: content() for name, content in draft.media.items()} == {
        "pictures.media/a%20b.png": b"plot"
    }
    left = "pictures.media/gone.png, ../settings.toml, /etc/hostname, …"
    assert done.media == 1
    assert done.told == (f"4 images are not beside the deck and left out: {left}.",)


@pytest.mark.parametrize("name", ["a.yaml", "a.md"])
def test_images_are_put_beside_a_text_that_shows_them(
    pictures: Desk, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert exported(pictures, folder / name).media == 1
    assert everything_in(folder).keys() == {name, "pictures.media/a b.png"}
    assert (folder / "pictures.media" / "a b.png").read_bytes() == b"plot"


def test_another_image_that_is_there_is_not_written_over(pictures: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "pictures.media").mkdir(parents=True)
    (folder / "pictures.media" / "a b.png").write_bytes(b"mine")
    with pytest.raises(OffhandError, match="is there already, and is another image"):
        exported(pictures, folder / "a.yaml")
    assert everything_in(folder) == {"pictures.media/a b.png": b"mine"}


def test_a_table_says_that_it_holds_no_images(pictures: Desk, tmp_path: Path) -> None:
    done = exported(pictures, tmp_path / "a.csv")
    assert (done.media, done.told[-1]) == (0, "1 image not taken along: csv holds their names.")


def test_json_holds_every_event_of_every_card_and_those_of_none(home: Home, tmp_path: Path) -> None:
    desk = home.open({"signals.yaml": SIGNALS, "numbers.yaml": deck_of(1)})
    record_answer(desk, "signals/sigterm/term", Grade.GOOD)
    record_answer(desk, "signals/sigkill/term", Grade.WRONG)
    undo_last(desk)
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    mark(desk, "signals/sigterm/term", Mark.FLAG)
    home.clock.move(days=4)
    (home.paths.decks / "numbers.yaml").unlink()
    home.write("signals.yaml", SIGNALS.replace("{term: SIGTERM", "{id: new, term: SIGTERM"))
    desk = home.open()

    exported(desk, tmp_path / "a.json")

    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    events = {
        card["card"]: [event["kind"] for event in card["events"]]
        for deck in told["decks"]
        for card in [
            *(c for s in deck["sections"] for e in s["entries"] for c in e["cards"]),
            *deck["gone"],
        ]
        if card["events"]
    }
    every = list(reading.all_events(desk.db))
    assert sum(map(len, events.values())) + len(told["events"]) == len(every)
    assert events["signals/sigkill/term"] == ["answer", "undo"]
    assert events["numbers/term-1/term"] == ["answer"]
    assert [deck["id"] for deck in told["decks"]] == ["signals", "numbers"]


def test_only_formats_that_hold_a_history_are_asked_for_it(signals: Desk, tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="The format csv holds no history"):
        exported(signals, tmp_path / "a.csv", history=True)


def test_a_package_of_a_renamed_card_updates_the_note_it_had(home: Home, tmp_path: Path) -> None:
    first = home.open({"signals.yaml": SIGNALS})
    exported(first, tmp_path / "1.apkg")
    home.write("signals.yaml", SIGNALS.replace("SIGSTOP", "STOP"))
    exported(home.open(), tmp_path / "2.apkg")
    assert guids_in(tmp_path / "1.apkg") == guids_in(tmp_path / "2.apkg")


def guids_in(path: Path) -> set[str]:
    import sqlite3
    from zipfile import ZipFile

    file = path.with_suffix(".anki2")
    file.write_bytes(ZipFile(path).read("collection.anki2"))
    db = sqlite3.connect(file)
    found = {row[0] for row in db.execute("SELECT guid FROM notes")}
    db.close()
    return found


def test_the_past_goes_to_another_home_in_a_package(home: Home, tmp_path: Path) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    for days in (0, 1, 6, 1, 1):
        home.clock.move(days=days)
        answer_all(desk, 4, 5, 1, took_ms=3000)
    mark(desk, "signals/sigterm/term", Mark.FLAG)
    mark(desk, "signals/sigkill/term", Mark.SUSPEND)
    exported(desk, tmp_path / "a.apkg", history=True)

    there = Home(tmp_path / "there", home.clock)
    try:
        moved = there.open()
        asked = Asked((tmp_path / "a.apkg",), history=True)
        carry_out(moved, preview(moved, asked))

        assert states(moved) == states(desk)
        assert answers(moved) == answers(desk)
        assert carry_out(moved, preview(moved, asked)).id == ""
    finally:
        there.close()


def test_a_package_that_comes_home_adds_nothing_to_the_past(home: Home, tmp_path: Path) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    for days in (0, 1, 6):
        home.clock.move(days=days)
        answer_all(desk, 4, 5, 0, 2, took_ms=3000)
    exported(desk, tmp_path / "a.apkg", history=True)
    before = list(reading.all_events(desk.db))

    carry_out(desk, preview(desk, Asked((tmp_path / "a.apkg",), history=True)))

    assert list(reading.all_events(desk.db)) == before


def states(desk: Desk) -> dict[str, Any]:
    """The states of the cards, without the count of reviews."""
    return {
        card: (state.schedule, state.suspended, state.flagged)
        for card, state in reading.all_states(desk.db).items()
    }


def answers(desk: Desk) -> dict[str, list[tuple[date, bool]]]:
    """The days on which each card was answered, and whether it was known."""
    return {
        card: [
            (event.day, event.grade.passed)
            for event in reading.card_events(desk.db, card)
            if hasattr(event, "grade")
        ]
        for card in reading.all_states(desk.db)
    }
