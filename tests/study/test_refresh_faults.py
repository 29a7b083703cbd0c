"""A deck that is faulty, gone or there twice costs nobody a card or an answer."""

from pathlib import Path

import pytest

from offhand.domain.event import Grade
from offhand.errors import NotFound
from offhand.store import deck_reading
from offhand.study.answering import find_card, record_answer
from offhand.study.desk import Desk
from offhand.study.library import decks
from offhand.study.report import past_of
from offhand.study.review import Review
from support import Home, deck_of, write_decks

_FOLDER = {
    "net/deck.yaml": "deck: Networks\n",
    "net/01-links.yaml": "section: Links\nentries:\n  MTU: The largest frame that a link takes.\n",
    "net/02-paths.yaml": "section: Paths\nentries:\n  TTL: How many hops a packet may still make.\n",
    "net/03-ends.yaml": "section: Ends\nentries:\n  MSS: The largest segment that an end takes.\n",
}


def _contents(desk: Desk) -> dict[str, list[tuple[str, str, int, int]]]:
    return {d.id: [(s.id, s.title, s.entries, s.cards) for s in d.sections] for d in decks(desk)}


def _queue(desk: Desk) -> tuple[str, ...]:
    return Review.today(desk).session.waiting


def test_a_faulty_deck_keeps_its_last_good_copy_and_tells(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2), "other.yaml": deck_of(1)})
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    path = home.write("numbers.yaml", deck_of(3) + "  term 3: Once more.\n")
    home.write("other.yaml", deck_of(4))
    for _ in range(2):
        desk = home.open()
        assert len(desk.notices) == 1
        assert desk.notices[0].startswith(f"{path}:7:3: ")
        assert desk.notices[0].endswith(" The deck stays as it was.")
        assert _contents(desk) == {
            "numbers": [("numbers", "Numbers", 2, 2)],
            "other": [("other", "Numbers", 4, 4)],
        }
        assert find_card(desk, "numbers/term-1/term").state.reviews == 1
    home.write("numbers.yaml", deck_of(3))
    desk = home.open()
    assert desk.notices == []
    assert _contents(desk)["numbers"] == [("numbers", "Numbers", 3, 3)]
    assert find_card(desk, "numbers/term-1/term").state.reviews == 1


def test_a_deck_that_was_faulty_from_the_start_is_told_and_left_out(home: Home) -> None:
    desk = home.open({"numbers.yaml": "deck: Numbers\nentries:\n  - [\n"})
    assert decks(desk) == []
    assert len(desk.notices) == 1
    assert desk.notices[0].startswith(f"{home.paths.decks / 'numbers.yaml'}:")
    assert desk.notices[0].endswith(" The deck is left out.")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("net/deck.yaml", "deck: Networks\nid: net\ncolour: red\n"),
        ("net/deck.yaml", "deck: [\n"),
        ("net/02-paths.yaml", "section: Paths\nentries: []\n"),
        ("net/02-paths.yaml", _FOLDER["net/01-links.yaml"]),
        ("net/04-new.yaml", "entries:\n  a: b\n"),
    ],
    ids=["header", "broken header", "section", "a section twice", "a new section"],
)
def test_one_fault_in_a_folder_keeps_all_of_the_deck_as_it_was(
    home: Home, name: str, text: str
) -> None:
    before = _contents(home.open(_FOLDER))
    home.write(name, text)
    home.write("net/03-ends.yaml", _FOLDER["net/03-ends.yaml"] + "  ACK: It came.\n")
    desk = home.open()
    assert len(desk.notices) == 1
    assert desk.notices[0].endswith(" The deck stays as it was.")
    assert _contents(desk) == before
    write_decks(home.paths.decks, _FOLDER)
    if name not in _FOLDER:
        (home.paths.decks / name).unlink()
    assert _contents(home.open()) == before


def test_several_faults_are_counted(home: Home) -> None:
    desk = home.open({"d.yaml": "deck: D\ncolour: red\nentries:\n  - {a: b, c: d}\n  - []\n"})
    assert len(desk.notices) == 1
    assert " (and 2 more) " in desk.notices[0]


def test_a_deck_that_is_gone_waits_with_its_history_and_comes_back_with_it(
    home: Home, tmp_path: Path
) -> None:
    desk = home.open({"numbers.yaml": deck_of(3), "other.yaml": deck_of(1)})
    state = record_answer(desk, "numbers/term-2/term", Grade.GOOD).state
    (home.paths.decks / "numbers.yaml").rename(tmp_path / "numbers.yaml")
    desk = home.open()
    assert list(_contents(desk)) == ["other"]
    assert _queue(desk) == ("other/term-1/term",)
    assert past_of(desk, "numbers/term-2/term").why == (
        "Its deck file does not hold it any more; its history is kept."
    )
    with pytest.raises(NotFound):
        find_card(desk, "numbers/term-1/term")
    home.clock.move(days=1)
    (tmp_path / "numbers.yaml").rename(home.paths.decks / "numbers.yaml")
    desk = home.open()
    assert desk.notices == []
    kept = find_card(desk, "numbers/term-2/term")
    assert (kept.gone, kept.state) == (False, state)
    assert "numbers/term-2/term" in _queue(desk)


def test_a_deck_that_comes_back_faulty_stays_away(home: Home) -> None:
    home.open({"numbers.yaml": deck_of(3)})
    (home.paths.decks / "numbers.yaml").unlink()
    home.open()
    desk = home.open({"numbers.yaml": "deck: ["})
    assert decks(desk) == []
    assert len(desk.notices) == 1
    assert desk.notices[0].endswith(" The deck is left out.")


def test_files_that_are_there_no_more_are_forgotten(home: Home) -> None:
    home.open({**_FOLDER, "numbers.yaml": deck_of(3)})
    (home.paths.decks / "numbers.yaml").unlink()
    (home.paths.decks / "net/02-paths.yaml").unlink()
    known = sorted(Path(file.path).name for file in deck_reading.known_files(home.open().db))
    assert known == ["01-links.yaml", "03-ends.yaml", "deck.yaml"]


def test_an_entry_that_is_gone_comes_back_with_its_history(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    state = record_answer(desk, "numbers/term-3/term", Grade.GOOD).state
    home.write("numbers.yaml", deck_of(2))
    assert find_card(home.open(), "numbers/term-3/term").gone
    home.write("numbers.yaml", deck_of(3))
    kept = find_card(home.open(), "numbers/term-3/term")
    assert (kept.gone, kept.state) == (False, state)


def test_a_section_that_is_gone_is_not_listed(home: Home) -> None:
    home.open(_FOLDER)
    (home.paths.decks / "net/02-paths.yaml").unlink()
    desk = home.open()
    assert [section[0] for section in _contents(desk)["net"]] == ["links", "ends"]


def test_a_second_deck_of_the_same_id_is_left_out_and_told(home: Home) -> None:
    folder = home.paths.decks
    desk = home.open({"a.yaml": "deck: A\nid: same\nentries: {x: y}\n"})
    home.write("b.yaml", "deck: B\nid: same\nentries: {x: z, v: w}\n")
    desk = home.open()
    told = f"{folder / 'b.yaml'} is left out: {folder / 'a.yaml'} is the deck 'same' already. "
    assert desk.notices == [told + "Give one of them another `id:`."]
    assert _contents(desk) == {"same": [("same", "A", 1, 1)]}
    record_answer(desk, "same/x/term", Grade.GOOD)
    (folder / "a.yaml").unlink()
    desk = home.open()
    assert desk.notices == []
    assert _contents(desk) == {"same": [("same", "B", 2, 2)]}
    assert find_card(desk, "same/x/term").state.reviews == 1
