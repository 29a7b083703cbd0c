"""The examples of docs/deck-format.md are decks that can be read."""

import re
from pathlib import Path

import pytest

from deck_files import cards_of, write_deck
from offhand.domain.card import CardKind
from offhand.formats.yaml.deck import check_deck, read_deck
from offhand.resources import shipped

PAGE = shipped("docs/deck-format.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
DECKS = [block for block in BLOCKS if block.startswith("deck:")]
FILES = {found[1]: block for block in BLOCKS if (found := re.match(r"# ([\w-]+\.yaml)\n", block))}
ENTRIES = [block for block in BLOCKS if block.startswith("- ")]
OTHERS = [
    block
    for block in BLOCKS
    if block not in [*DECKS, *FILES.values(), *ENTRIES] and not block.startswith("# yaml-language")
]


def below_entries(block: str) -> str:
    """A deck that holds the entries of a block, and those that they build on."""
    return f"deck: Example\nentries:\n{block}\n- Service degradation: Less, but at once.\n"


def test_the_page_has_examples_of_every_part() -> None:
    assert (len(DECKS), list(FILES), len(ENTRIES)) == (1, ["deck.yaml", "01-caching.yaml"], 5)
    # What is left is a line to be put into the entry above it.
    assert [block.split(":")[0].strip() for block in OTHERS] == ["reverse"]


@pytest.mark.parametrize("block", DECKS)
def test_a_whole_deck_of_the_page_is_read(tmp_path: Path, block: str) -> None:
    deck = read_deck(write_deck(tmp_path, block.encode(), "signals.yaml"))
    assert list(cards_of(deck)) == [
        "signals/sigterm/term",
        "signals/sigkill/term",
        "signals/sigstop/term",
    ]


def test_the_folder_of_the_page_is_read(tmp_path: Path) -> None:
    for name, block in FILES.items():
        write_deck(tmp_path, block.encode(), f"backend/{name}")
    deck = read_deck(tmp_path / "backend")
    assert (deck.title, list(cards_of(deck))) == (
        "Backend development",
        ["backend/ttl/term", "backend/ttl/reverse"],
    )


@pytest.mark.parametrize("block", ENTRIES, ids=lambda block: block.split(":")[0])
def test_the_entries_of_the_page_are_read(tmp_path: Path, block: str) -> None:
    path = write_deck(tmp_path, below_entries(block).encode())
    assert check_deck(path).faults == []


def test_a_line_for_the_entry_above_it_is_read_there(tmp_path: Path) -> None:
    (line,) = OTHERS
    entry = ENTRIES[0].replace("  reverse: true\n", line)
    assert entry != ENTRIES[0]
    cards = cards_of(read_deck(write_deck(tmp_path, below_entries(entry).encode())))
    reverse = cards["things/write-ahead-log/reverse"]
    assert reverse.prompt == line.partition(":")[2].strip()


def test_the_entry_with_everything_makes_a_card_of_every_kind(tmp_path: Path) -> None:
    full = next(block for block in ENTRIES if "contrast:" in block)
    deck = read_deck(write_deck(tmp_path, below_entries(full).encode()))
    kinds = [card.kind for key, card in cards_of(deck).items() if "/circuit-breaker/" in key]
    assert kinds == [
        CardKind.TERM,
        CardKind.REVERSE,
        CardKind.QUESTION,
        CardKind.CHOICE,
        CardKind.CLOZE,
        CardKind.CONTRAST,
    ]
    begin = "things/circuit-breaker/question-when-would-you"
    assert [key.startswith(begin) for key in cards_of(deck)].count(True) == 1
