"""The copy of the decks follows their files, and reads only what changed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from offhand.domain.event import Grade
from offhand.study.answering import find_card, record_answer
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.refresh import refresh
from offhand.study.review import Review
from support import Home, deck_of, shipping, write, write_decks

_FOLDER = {
    "net/deck.yaml": "deck: Networks\n",
    "net/01-links.yaml": "section: Links\nentries:\n  MTU: The largest frame that a link takes.\n",
    "net/02-paths.yaml": "section: Paths\nentries:\n  TTL: How many hops a packet may still make.\n",
    "net/03-ends.yaml": "section: Ends\nentries:\n  MSS: The largest segment that an end takes.\n",
}

_opened: list[str] | None = None


def _note_open(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None and str(arguments[0]).endswith(".yaml"):
        _opened.append(Path(str(arguments[0])).name)


sys.addaudithook(_note_open)


@contextmanager
def _watching() -> Iterator[list[str]]:
    """The names of the deck files that Python opens meanwhile."""
    global _opened
    _opened = []
    yield _opened
    _opened = None


def _contents(desk: Desk) -> dict[str, list[tuple[str, str, int, int]]]:
    return {d.id: [(s.id, s.title, s.entries, s.cards) for s in d.sections] for d in decks(desk)}


def _queue(desk: Desk) -> tuple[str, ...]:
    return Review.today(desk).session.waiting


def test_decks_are_listed_as_their_files_have_them(home: Home) -> None:
    desk = home.open(
        {
            **_FOLDER,
            "more.yaml": (
                "deck: More\nid: further\nreverse: true\nsections:\n"
                "  One: {a: An a., b: A b.}\n  Two:\n    - cloze: '{{x}} and {{y}}'\n"
            ),
        }
    )
    assert desk.notices == []
    assert [(d.id, d.title, Path(d.path).name) for d in decks(desk)] == [
        ("further", "More", "more.yaml"),
        ("net", "Networks", "net"),
    ]
    assert _contents(desk) == {
        "further": [("one", "One", 2, 4), ("two", "Two", 1, 2)],
        "net": [("links", "Links", 1, 1), ("paths", "Paths", 1, 1), ("ends", "Ends", 1, 1)],
    }


def test_unchanged_decks_are_not_read_and_nothing_is_written(home: Home) -> None:
    home.open({**_FOLDER, "numbers.yaml": deck_of(5)})
    before = home.paths.database.read_bytes()
    with _watching() as opened:
        home.open()
    assert opened == []
    assert home.paths.database.read_bytes() == before


def test_only_the_section_that_changed_is_read_again(home: Home) -> None:
    home.open(_FOLDER)
    home.write("net/02-paths.yaml", _FOLDER["net/02-paths.yaml"] + "  RTT: There and back.\n")
    with _watching() as opened:
        desk = home.open()
    assert set(opened) == {"deck.yaml", "02-paths.yaml"}
    assert _contents(desk)["net"] == [
        ("links", "Links", 1, 1),
        ("paths", "Paths", 2, 2),
        ("ends", "Ends", 1, 1),
    ]
    assert _queue(desk) == ("net/mtu/term", "net/ttl/term", "net/rtt/term", "net/mss/term")


def test_only_the_deck_that_changed_is_read_again(home: Home) -> None:
    home.open({"one.yaml": deck_of(2), "two.yaml": deck_of(2)})
    home.write("two.yaml", deck_of(3))
    with _watching() as opened:
        desk = home.open()
    assert set(opened) == {"two.yaml"}
    assert _contents(desk) == {"one": [("one", "Numbers", 2, 2)], "two": [("two", "Numbers", 3, 3)]}


def test_a_running_desk_takes_an_edit_when_it_is_refreshed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    home.write("numbers.yaml", deck_of(2).replace("number 1 here", "number one"))
    refresh(desk)
    assert find_card(desk, "numbers/term-1/term").card.answer == "What stands for the number one."


def test_a_file_that_was_only_touched_changes_nothing(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    record_answer(desk, "numbers/term-2/term", Grade.GOOD)
    before = desk.db.rows("SELECT * FROM cards JOIN states ON card = id")
    write(home.paths.decks / "numbers.yaml", deck_of(3))
    desk = home.open()
    assert desk.db.rows("SELECT * FROM cards JOIN states ON card = id") == before
    assert desk.notices == []


def test_sections_and_decks_are_learned_in_the_order_of_their_files(home: Home) -> None:
    home.open({**_FOLDER, "zebra.yaml": deck_of(1)})
    (home.paths.decks / "net/03-ends.yaml").rename(home.paths.decks / "net/00-ends.yaml")
    home.write("alpha.yaml", deck_of(1))
    desk = home.open()
    assert _queue(desk) == (
        "alpha/term-1/term",
        "net/mss/term",
        "net/mtu/term",
        "net/ttl/term",
        "zebra/term-1/term",
    )
    assert list(_contents(desk)) == ["alpha", "net", "zebra"]
    assert [section[0] for section in _contents(desk)["net"]] == ["ends", "links", "paths"]


def test_sections_are_mixed_when_the_settings_say_so_without_reading_a_file(home: Home) -> None:
    deck = "deck: D\nsections:\n  A: {a1: x, a2: x}\n  B: {b1: x, b2: x}\n"
    assert _queue(home.open({"d.yaml": deck})) == tuple(
        f"d/{n}/term" for n in ["a1", "a2", "b1", "b2"]
    )
    with _watching() as opened:
        desk = home.open(new_sections="mixed")
    assert opened == []
    assert _queue(desk) == tuple(f"d/{n}/term" for n in ["a1", "b1", "a2", "b2"])


def test_what_a_card_builds_on_comes_first_also_across_a_section_that_was_not_read(
    home: Home,
) -> None:
    home.open(_FOLDER)
    home.write(
        "net/01-links.yaml",
        "section: Links\nentries:\n"
        "  - {term: MTU, definition: The largest frame that a link takes., see: MSS}\n",
    )
    assert _queue(home.open()) == ("net/mss/term", "net/mtu/term", "net/ttl/term")


def test_folders_of_the_settings_are_read_after_the_learners_own(
    home: Home, tmp_path: Path
) -> None:
    write_decks(tmp_path / "work", {"w.yaml": deck_of(1), "numbers.yaml": deck_of(7)})
    desk = home.open(
        {"numbers.yaml": deck_of(2)}, deck_folders=[str(tmp_path / "work"), str(tmp_path / "no")]
    )
    assert _contents(desk) == {
        "numbers": [("numbers", "Numbers", 2, 2)],
        "w": [("w", "Numbers", 1, 1)],
    }
    assert len(desk.notices) == 1
    desk = home.open(deck_folders=[])
    assert list(_contents(desk)) == ["numbers"]


def test_a_folder_of_the_settings_may_begin_with_the_persons_home(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write_decks(tmp_path / "notes", {"w.yaml": deck_of(1)})
    assert list(_contents(home.open(deck_folders=["~/notes"]))) == ["w"]


def test_the_shipped_decks_come_last_and_are_not_told_when_left_out(
    home: Home, tmp_path: Path
) -> None:
    write_decks(tmp_path / "ship", {"a.yaml": deck_of(1), "numbers.yaml": deck_of(1)})
    with shipping(tmp_path / "ship"):
        desk = home.open({"numbers.yaml": deck_of(2)})
    assert desk.notices == []
    assert _contents(desk) == {
        "numbers": [("numbers", "Numbers", 2, 2)],
        "a": [("a", "Numbers", 1, 1)],
    }


def test_files_that_are_no_decks_are_passed_over(home: Home) -> None:
    desk = home.open(
        {
            "notes.txt": "deck: [",
            ".hidden.yaml": "deck: [",
            "pictures/readme.yaml": "deck: [",
            "numbers.yml": deck_of(1),
        }
    )
    assert desk.notices == []
    assert list(_contents(desk)) == ["numbers"]


def test_a_link_to_nothing_among_the_decks_is_passed_over(home: Home) -> None:
    home.open({"numbers.yaml": deck_of(1)})
    (home.paths.decks / "lost.yaml").symlink_to("nowhere.yaml")
    desk = home.open()
    assert desk.notices == []
    assert list(_contents(desk)) == ["numbers"]


def test_another_version_of_the_program_reads_every_deck_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may make other cards of the same text."""
    home.open(_FOLDER)
    monkeypatch.setattr("offhand.study.refresh.__version__", "9.9")
    with _watching() as opened:
        home.open()
    assert set(opened) == {"deck.yaml", "01-links.yaml", "02-paths.yaml", "03-ends.yaml"}
    with _watching() as opened:
        home.open()
    assert opened == []
