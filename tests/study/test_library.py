"""The parts of a library by name, and where a card may be edited."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from offhand.domain.card import Place, Scope
from offhand.domain.event import Grade
from offhand.errors import NotFound, OffhandError
from offhand.store import reading
from offhand.study.answering import find_card, record_answer
from offhand.study.library import decks, place_to_edit
from offhand.study.review import Review
from offhand.study.scopes import find_scope
from support import Home, deck_of, shipping, write, write_decks

_SHIPPED = {
    "deck.schema.json": "{}",
    "net/deck.yaml": "deck: Networks\nid: networks\n",
    "net/01-links.yaml": "section: Links\nentries:\n  MTU: The largest frame that a link takes.\n",
    "net/02-paths.yaml": "section: Paths\nentries:\n  TTL: How many hops a packet may still make.\n",
    "numbers.yaml": deck_of(3),
}
_TWO_SECTIONS = "deck: {0}\nsections:\n  One: {{a: An a.}}\n  {1}: {{b: A b.}}\n"


@contextmanager
def _shipped(tmp_path: Path) -> Iterator[Path]:
    """The program ships the decks above."""
    folder = tmp_path / "shipped"
    write_decks(folder, _SHIPPED)
    with shipping(folder):
        yield folder


def test_a_part_is_found_by_the_ids_of_deck_and_section(home: Home) -> None:
    desk = home.open({"d.yaml": _TWO_SECTIONS.format("D", "Two")})
    assert find_scope(desk, None, None) == Scope()
    assert find_scope(desk, "d", None) == Scope("d")
    assert find_scope(desk, "d", "two") == Scope("d", "two")
    assert find_scope(desk, None, "two") == Scope("d", "two")


@pytest.mark.parametrize(
    ("deck", "section", "told"),
    [
        ("x", None, "There is no deck 'x'.\nThere are: d, e."),
        ("x", "one", "There is no deck 'x'.\nThere are: d, e."),
        ("d", "more", "There is no section 'more'.\nThere are: one, two."),
        (None, "Two", "There is no section 'Two'.\nThere are: one, two, one, more."),
        (None, "one", "More than one deck has a section 'one'.\nAdd --deck: d, e."),
    ],
)
def test_a_part_that_is_not_found_is_told_with_what_there_is(
    home: Home, deck: str | None, section: str | None, told: str
) -> None:
    desk = home.open(
        {
            "d.yaml": _TWO_SECTIONS.format("D", "Two"),
            "e.yaml": _TWO_SECTIONS.format("E", "More"),
        }
    )
    with pytest.raises(NotFound) as refused:
        find_scope(desk, deck, section)
    assert str(refused.value) == told


def test_without_decks_every_name_is_unknown(home: Home) -> None:
    desk = home.open()
    assert decks(desk) == []
    with pytest.raises(NotFound, match="There are: none"):
        find_scope(desk, "d", None)
    with pytest.raises(NotFound, match="There are: none"):
        find_scope(desk, None, "s")


def test_a_card_of_ones_own_is_edited_where_it_is_written(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    path = home.paths.decks / "numbers.yaml"
    assert place_to_edit(desk, "numbers/term-2/term") == Place(path, 5)
    assert path.read_text().splitlines()[4].startswith("  term 2:")


def test_a_shipped_deck_is_copied_before_it_is_edited(home: Home, tmp_path: Path) -> None:
    with _shipped(tmp_path) as shipped:
        desk = home.open()
        state = record_answer(desk, "networks/ttl/term", Grade.PERFECT).state
        before = _files(shipped)
        place = place_to_edit(desk, "networks/ttl/term")
        copy = home.paths.decks / "net"
        assert place == Place(copy / "02-paths.yaml", 3)
        assert _files(copy) == _files(shipped / "net")
        assert (home.paths.decks / "deck.schema.json").read_text() == "{}"
        assert place_to_edit(desk, "networks/ttl/term") == place
        write(place.path, _SHIPPED["net/02-paths.yaml"].replace("hops", "steps"))
        desk = home.open()
        kept = find_card(desk, "networks/ttl/term")
        assert (kept.state, kept.card.place) == (state, place)
        assert kept.card.answer == "How many steps a packet may still make."
        assert [(deck.id, deck.path) for deck in decks(desk)] == [
            ("networks", str(copy)),
            ("numbers", str(shipped / "numbers.yaml")),
        ]
        assert desk.notices == []
        assert _files(shipped) == before


def test_a_shipped_deck_in_one_file_is_copied_as_one(home: Home, tmp_path: Path) -> None:
    with _shipped(tmp_path):
        desk = home.open()
        place = place_to_edit(desk, "numbers/term-1/term")
        assert place == Place(home.paths.decks / "numbers.yaml", 4)
        assert place.path.read_text() == deck_of(3)
        assert find_card(desk, "numbers/term-1/term").card.place == place


def test_the_copy_may_be_thrown_away_and_the_shipped_deck_is_back(
    home: Home, tmp_path: Path
) -> None:
    with _shipped(tmp_path) as shipped:
        desk = home.open()
        states = {}
        for card in ("networks/mtu/term", "networks/ttl/term"):
            states[card] = record_answer(desk, card, Grade.GOOD).state
        place = place_to_edit(desk, "networks/ttl/term")
        write(place.path, "section: Paths\nentries:\n  RTT: There and back.\n")
        desk = home.open()
        assert find_card(desk, "networks/ttl/term").gone
        for file in place.path.parent.iterdir():
            file.unlink()
        place.path.parent.rmdir()
        desk = home.open()
        for card, state in states.items():
            kept = find_card(desk, card)
            assert (kept.gone, kept.state) == (False, state)
            assert kept.card.place.path.parent == shipped / "net"
        assert decks(desk)[0].path == str(shipped / "net")
        assert [section.cards for section in decks(desk)[0].sections] == [1, 1]


def test_a_sitting_goes_on_while_its_deck_is_copied(home: Home, tmp_path: Path) -> None:
    with _shipped(tmp_path):
        desk = home.open()
        review = Review.today(desk, Scope("networks"))
        review.answer(Grade.WRONG, 1000)
        session = review.session
        place = place_to_edit(desk, "networks/ttl/term")
        review.reload()
        assert review.session == session
        assert review.shown is not None
        assert review.shown.kept.card.place == place


def test_a_copy_never_overwrites_what_is_there(home: Home, tmp_path: Path) -> None:
    with _shipped(tmp_path):
        desk = home.open(
            {"net/notes.txt": "mine", "numbers.yaml": "deck: Mine\nid: mine\nentries: {a: b}\n"}
        )
        before = _files(home.paths.decks)
        for card in ("networks/ttl/term", "numbers/term-1/term"):
            with pytest.raises(OffhandError) as refused:
                place_to_edit(desk, card)
            assert refused.value.title == "The shipped deck could not be copied to your decks."
            assert refused.value.mend == "Move what is there out of the way, and edit again."
        assert _files(home.paths.decks) == before


def test_a_card_that_no_file_holds_cannot_be_edited(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    record_answer(desk, "numbers/term-2/term", Grade.GOOD)
    desk = home.open({"numbers.yaml": deck_of(1)})
    for card in ("numbers/term-2/term", "nothing"):
        with pytest.raises(NotFound, match=f"No deck file holds {card!r}."):
            place_to_edit(desk, card)
    assert reading.kept_card(desk.db, "numbers/term-2/term") is not None


def _files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_copy_of_a_read_only_deck_can_be_written(home: Home, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    section = write(shelf / "numbers" / "1.yaml", "section: One\nentries: {a: b}\n")
    write(shelf / "numbers" / "deck.yaml", "deck: Numbers\n")
    section.chmod(0o444)
    with shipping(shelf):
        desk = home.open()
        place = place_to_edit(desk, "numbers/a/term")
    assert place.path.stat().st_mode & 0o200
