"""A card keeps its history through every edit of its file."""

import pytest

from offhand.domain.event import Grade, Mark, Renamed
from offhand.domain.fold import CardState
from offhand.store import reading
from offhand.store.tables import cards
from offhand.study.answering import find_card, mark, record_answer, undo_last
from offhand.study.desk import Desk
from support import Home

_DECK = """\
deck: Net
id: net
reverse: true
sections:
  Links:
    MTU: The largest frame that a link takes in one piece.
    ARP: Asks a link which hardware address an internet address has.
  Paths:
    TTL: How many hops a packet may still make before it is dropped.
"""


def _learned(desk: Desk) -> dict[str, CardState]:
    """Answer every card in its own way, and return the states."""
    for n, (card,) in enumerate(desk.db.rows("SELECT id FROM cards ORDER BY position")):
        record_answer(desk, card, Grade(5 - n % 4))
        for bit, how in enumerate((Mark.FLAG, Mark.BURY, Mark.SUSPEND)):
            if n >> bit & 1:
                mark(desk, card, how)
    states = reading.all_states(desk.db)
    assert len(set(states.values())) == len(states)
    return states


def _present(desk: Desk) -> dict[str, CardState]:
    """The states of the cards that the files hold, by key."""
    return {
        key: find_card(desk, ident).state
        for ident, key in desk.db.rows("SELECT id, key FROM cards WHERE NOT gone")
    }


def _renames(desk: Desk) -> list[tuple[str, str]]:
    return [(e.card, e.key) for e in reading.all_events(desk.db) if isinstance(e, Renamed)]


def _reordered(deck: str) -> str:
    head, links, paths = deck.partition("  Links:")[0], *deck.split("  Links:")[1].split("  Paths:")
    return f"{head}  Paths:{paths}  Links:{links}"


@pytest.mark.parametrize(
    "after",
    [
        _DECK.replace("in one piece", "at once").replace("hops", "steps"),
        _DECK.replace("  Paths:\n", ""),
        _DECK.replace("  Links:\n", "  Links and more:\n"),
        _reordered(_DECK),
        _DECK.replace("Net", "Networks").replace("reverse: true", "about: All.\nreverse: yes"),
        _DECK.replace("  Paths:", "    ICMP: Tells of what went wrong with a packet.\n  Paths:"),
        _DECK.replace("    ", "      "),
    ],
    ids=["edited", "moved", "section renamed", "reordered", "header", "more", "spaced"],
)
def test_an_edit_keeps_the_history(home: Home, after: str) -> None:
    states = _learned(home.open({"net.yaml": _DECK}))
    desk = home.open({"net.yaml": after})
    assert desk.notices == []
    assert after != _DECK
    assert {key: _present(desk)[key] for key in states} == states
    assert _renames(desk) == []


def test_a_move_to_another_file_of_the_folder_keeps_the_history(home: Home) -> None:
    header, one = "deck: Net\n", "section: One\nentries:\n  a: The first.\n"
    two = "section: Two\nentries:\n  b: The second.\n"
    desk = home.open({"net/deck.yaml": header, "net/1.yaml": one, "net/2.yaml": two})
    state = record_answer(desk, "net/a/term", Grade.PERFECT).state
    desk = home.open({"net/1.yaml": one.replace("a: The first", "c: The third")})
    desk = home.open({"net/2.yaml": two + "  a: The first.\n"})
    kept = find_card(desk, "net/a/term")
    assert (kept.section, kept.gone, kept.state) == ("two", False, state)


def test_a_deck_may_become_a_folder(home: Home) -> None:
    states = _learned(home.open({"net.yaml": _DECK}))
    (home.paths.decks / "net.yaml").unlink()
    _, links, paths = (
        _DECK.replace("    ", "  ").split("  Links:\n")[0],
        *[part.replace("    ", "  ") for part in _DECK.split("  Links:\n")[1].split("  Paths:\n")],
    )
    desk = home.open(
        {
            "net/deck.yaml": "deck: Net\nreverse: true\n",
            "net/1.yaml": f"section: Links\nentries:\n{links}",
            "net/2.yaml": f"section: Paths\nentries:\n{paths}",
        }
    )
    assert _present(desk) == states


def test_a_renamed_term_keeps_its_history_and_is_told_and_logged(home: Home) -> None:
    states = _learned(home.open({"net.yaml": _DECK}))
    desk = home.open({"net.yaml": _DECK.replace("MTU:", "Maximum transmission unit:")})
    told = 'Renamed, with its history: "Maximum transmission unit", before net/mtu.'
    assert desk.notices == [told]
    assert _renames(desk) == [
        (f"net/mtu/{way}", f"net/maximum-transmission-unit/{way}") for way in ("reverse", "term")
    ]
    assert _present(desk) == {
        key.replace("/mtu/", "/maximum-transmission-unit/"): state for key, state in states.items()
    }
    for name in ("net/mtu/term", "net/maximum-transmission-unit/term"):
        kept = find_card(desk, name)
        assert (kept.id, kept.card.prompt) == ("net/mtu/term", "Maximum transmission unit")
    assert home.open().notices == []


def test_a_card_may_be_renamed_and_moved_at_once_in_a_folder(home: Home) -> None:
    one = "section: One\nentries:\n  a: The very first of them all.\n  b: Another one of these.\n"
    two = "section: Two\nentries:\n  c: The third and last of them.\n"
    desk = home.open({"net/deck.yaml": "deck: Net\n", "net/1.yaml": one, "net/2.yaml": two})
    state = record_answer(desk, "net/a/term", Grade.PERFECT).state
    desk = home.open(
        {
            "net/1.yaml": "section: One\nentries:\n  b: Another one of these.\n",
            "net/2.yaml": two + "  alpha: The very first of them all.\n",
        }
    )
    assert find_card(desk, "net/alpha/term").state == state
    assert len(desk.notices) == 1


def test_a_question_asked_in_other_words_keeps_its_history(home: Home) -> None:
    text = (
        "deck: D\nentries:\n"
        "- {question: Why so?, answer: Because the cable was not plugged in.}\n"
        "- {term: A, definition: The first letter of all., questions: "
        "{question: And why this?, answer: Because somebody had to begin.}}\n"
    )
    states = _learned(home.open({"d.yaml": text}))
    desk = home.open({"d.yaml": text.replace("Why so?", "How?").replace("And why", "But why")})
    assert _present(desk) == {
        "d/how/question": states["d/why-so/question"],
        "d/a/term": states["d/a/term"],
        "d/a/question-but-why-this": states["d/a/question-and-why-this"],
    }
    assert len(desk.notices) == 2


def test_an_explicit_id_needs_no_recognition(home: Home) -> None:
    text = "deck: D\nentries:\n- {term: A, id: first, definition: One.}\n"
    states = _learned(home.open({"d.yaml": text}))
    desk = home.open({"d.yaml": text.replace("A", "Alpha").replace("One.", "The first of all.")})
    assert desk.notices == []
    assert _present(desk) == states


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  one: Stands for the same as the other one.\n  two: Stands for the same as the other one.\n",
            "  uno: Stands for the same as the other one.\n  due: Stands for the same as the other one.\n",
        ),
        (
            "  one: Stands for the same as the other one.\n",
            "  uno: Stands for the same as the other one.\n  due: Stands for the same as the other one.\n",
        ),
        ("  HTTP: '80'\n", "  answer to all: '80'\n"),
        ("  one: Stands for something.\n", "  uno: Stands for something else.\n"),
    ],
    ids=["two for two", "one for two", "a short answer", "all is new"],
)
def test_a_rename_that_could_be_another_card_is_none(home: Home, before: str, after: str) -> None:
    head = "deck: D\nentries:\n"
    states = _learned(home.open({"d.yaml": head + before}))
    desk = home.open({"d.yaml": head + after})
    assert desk.notices == []
    assert _renames(desk) == []
    assert set(_present(desk).values()) == {CardState()}
    back = home.open({"d.yaml": head + before})
    assert _present(back) == states


def test_a_short_answer_is_recognised_when_the_prompts_resemble(home: Home) -> None:
    states = _learned(home.open({"d.yaml": "deck: D\nentries: {Port of HTTP: '80'}\n"}))
    desk = home.open({"d.yaml": "deck: D\nentries: {The port of HTTP: '80'}\n"})
    assert list(_present(desk).values()) == list(states.values())
    assert len(desk.notices) == 1


def test_a_name_that_became_free_is_another_cards(home: Home) -> None:
    head = "deck: D\nentries:\n"
    one, two = "The number that comes first.", "Something else altogether here."
    desk = home.open({"d.yaml": f"{head}  a: {one}\n"})
    old = record_answer(desk, "d/a/term", Grade.PERFECT).state
    home.open({"d.yaml": f"{head}  b: {one}\n"})
    desk = home.open({"d.yaml": f"{head}  a: {two}\n  b: {one}\n"})
    assert _present(desk) == {"d/a/term": CardState(), "d/b/term": old}
    new = record_answer(desk, "d/a/term~2", Grade.WRONG).state
    assert _present(desk) == {"d/a/term": new, "d/b/term": old}


def test_a_rename_can_be_taken_back(home: Home) -> None:
    states = _learned(home.open({"net.yaml": _DECK}))
    home.open({"net.yaml": _DECK.replace("MTU:", "Unit:")})
    desk = home.open({"net.yaml": _DECK})
    assert _present(desk) == states
    assert len(desk.notices) == 1


_CHAINS = {
    "edited": [_DECK, _DECK.replace("hops", "steps")],
    "renamed": [_DECK, _DECK.replace("MTU:", "Unit:")],
    "renamed twice": [_DECK, _DECK.replace("MTU:", "Unit:"), _DECK.replace("MTU:", "Size:")],
    "renamed there and back": [_DECK, _DECK.replace("MTU:", "Unit:"), _DECK],
    "the name taken again, before": [
        _DECK,
        _DECK.replace("MTU:", "Unit:"),
        _DECK.replace("MTU:", "MTU: Now quite another thing than before.\n    Unit:"),
    ],
    "the name taken again, after": [
        _DECK,
        _DECK.replace("MTU:", "Unit:"),
        _DECK.replace("MTU:", "Unit:").replace(
            "    ARP:", "    MTU: Now quite another thing than before.\n    ARP:"
        ),
    ],
    "the name taken again, the renamed one gone": [
        _DECK,
        _DECK.replace("MTU:", "Unit:"),
        _DECK.replace("MTU:", "MTU: Now quite another thing than before.\n    Unit:"),
        _DECK.replace("The largest frame that a link takes in one piece", "Now it is another"),
    ],
    "the name taken three times": [
        _DECK,
        _DECK.replace("MTU:", "Unit:"),
        _DECK.replace("MTU:", "MTU: Now quite another thing than before.\n    Unit:"),
        _DECK.replace("MTU:", "More: Now quite another thing than before.\n    Unit:"),
        _DECK.replace(
            "MTU:", "MTU: A third thing.\n    More: Now quite another thing than before.\n    Unit:"
        ),
    ],
}


@pytest.mark.parametrize("chain", _CHAINS.values(), ids=_CHAINS)
def test_cards_and_states_can_be_thrown_away_and_made_again(home: Home, chain: list[str]) -> None:
    for n, text in enumerate(chain):
        desk = home.open({"net.yaml": text})
        for m, (card,) in enumerate(desk.db.rows("SELECT id FROM cards WHERE NOT gone")):
            record_answer(desk, card, Grade((n + m) % 6))
            mark(desk, card, Mark.SUSPEND if (n + m) % 4 == 0 else Mark.FLAG)
        undo_last(desk)
        home.clock.move(days=1)
    desk = home.open()
    # A card's number is its row in the index over the texts, which is made again as well.
    columns = ", ".join(column.name for column in cards.columns if column.name != "number")
    again = f"SELECT {columns}, s.* FROM cards c JOIN states s ON card = id"
    kept = desk.db.rows(f"{again} WHERE NOT gone")
    assert len(kept) >= 6
    log = desk.db.rows("SELECT * FROM events")
    for facts in ("decks", "%"):
        for table in ("states", "cards", "sections", "decks", "files"):
            desk.db.rows(f"DELETE FROM {table}")
        desk.db.rows("DELETE FROM meta WHERE name LIKE ?", [facts])
        desk = home.open()
        assert sorted(desk.db.rows(again)) == sorted(kept)
        assert desk.db.rows("SELECT * FROM events") == log
        assert desk.notices == []
