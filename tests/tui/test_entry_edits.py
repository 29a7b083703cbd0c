"""Edits of deck files from the library: on one card or on many, each taken back with a key."""

from pathlib import Path

import pytest

from offhand.store import reading
from on_screen import Front, opened
from support import Home, shipping

SIGNALS = """\
deck: Signals   # mine
sections:
  Everyday:
    SIGTERM: Asks a process to end.
    SIGKILL: Ends it.   # at once
    SIGHUP: The line is cut.
  Job control:
    SIGSTOP: Pauses a process.
"""

pytestmark = pytest.mark.usefixtures("no_shipped_decks")


def deck(home: Home) -> str:
    return (home.paths.decks / "signals.yaml").read_text()


async def library(front: Front) -> None:
    """Open the library and go to its cards."""
    await front.press("b")
    await front.settled()
    await front.press("down")


async def test_a_card_is_deleted_from_its_file_and_brought_back(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("down", "delete")
        assert front.toasts == ["1 entry deleted from the file."]
        assert deck(home) == SIGNALS.replace("    SIGKILL: Ends it.   # at once\n", "")
        await front.press("u")
        assert front.toasts == ["Taken back: 1 entry deleted from the file."]
        assert deck(home) == SIGNALS


async def test_many_cards_are_tagged_and_moved(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("space", "down", "space", "t")
        assert "Tags for 2 cards?" in front.text
        await front.press(*"a,", "space", *"-b", "enter")
        assert front.toasts == ["2 entries tagged a and no longer tagged b."]
        assert deck(home).count("tags: [a]") == 2
        await front.press("t", *"-a", "enter")
        assert "tags" not in deck(home)
        await front.press("s", *"job", "right", "enter")
        assert front.toasts == ["2 entries moved to Job control."]
    sections = {
        card: kept.section_title
        for card in ("signals/sigterm/term", "signals/sigkill/term")
        if (kept := reading.kept_card(home.open().db, card))
    }
    assert sections == {"signals/sigterm/term": "Job control", "signals/sigkill/term": "Everyday"}


async def test_a_line_that_is_left_changes_nothing(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("t", "a", "escape", "s", "escape")
        assert front.at == "browse"
    assert deck(home) == SIGNALS


async def test_a_card_is_added_beside_the_one_under_the_cursor_and_taken_back(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("plus", *"INT", "tab", *"stop", "ctrl+s", "escape")
        await front.settled()
        assert "    INT: stop\n  Job control" in deck(home)
        assert "INT" in front.text
        await front.press("u")
        assert deck(home) == SIGNALS


async def test_a_form_opened_in_the_library_shows_its_edit_and_can_be_taken_back(
    home: Home,
) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("f", "end", *"-15", "ctrl+s")
        assert (front.at, "SIGTERM-15" in front.text) == ("browse", True)
        await front.press("u")
        assert deck(home) == SIGNALS


async def test_a_deck_with_a_fault_is_told_and_left_alone(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        home.write("signals.yaml", SIGNALS + "oops: 1\n")
        for keys in (["delete"], ["t", "a", "enter"], ["s", "a", "enter"], ["f"]):
            await front.press(*keys)
            assert "There is no field `oops`" in front.toasts[-1]
            assert front.at == "browse"
    assert deck(home) == SIGNALS + "oops: 1\n"


async def test_the_last_card_of_a_deck_stays(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("a", "delete")
        assert "A deck without cards cannot be read." in front.toasts[-1]
    assert deck(home) == SIGNALS


async def test_the_last_card_that_was_found_is_deleted_and_brought_back_from_the_search_line(
    home: Home,
) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("slash", *"sighup")
        await front.settled()
        await front.press("down", "D")
        await front.settled()
        assert "SIGHUP" not in deck(home)
        assert front.keys_offered["^z"] == "undo"
        await front.press("ctrl+z")
        assert deck(home) == SIGNALS


async def test_a_delete_tells_of_all_the_cards_that_go_with_it(home: Home) -> None:
    text = SIGNALS + "    SIGTSTP:\n      definition: Asks it to pause.\n      reverse: true\n"
    async with opened(home.open({"signals.yaml": text})) as front:
        await library(front)
        await front.press("end", "D")
        assert front.toasts == ["1 entry deleted from the file, 2 cards in all."]


async def test_a_section_that_is_made_by_a_move_is_told(home: Home) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("s", *"Rare", "enter")
        assert front.toasts == ["1 entry moved to Rare. A new section of Signals: Rare."]


async def test_what_was_changed_elsewhere_meanwhile_stays_when_something_is_taken_back(
    home: Home,
) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("down", "D", "up", "t", "a", "enter")
        home.write("signals.yaml", deck(home).replace("Pauses", "Stops"))
        await front.press("u")
        assert front.toasts == [
            "Taken back: 1 entry tagged a. What was changed elsewhere since is kept."
        ]
        await front.press("u")
    assert deck(home) == SIGNALS.replace("Pauses", "Stops")


async def test_what_cannot_be_taken_back_is_told_once_and_what_was_done_before_it_can(
    home: Home,
) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("down", "D", "up", "t", "a", "enter")
        mine = deck(home).replace("tags: [a]", "tags: [a, mine]")
        home.write("signals.yaml", mine)
        await front.press("u")
        assert "so this cannot be taken back." in front.toasts[-1]
        assert deck(home) == mine
        await front.press("u")
    line = "    SIGKILL: Ends it.   # at once\n"
    assert deck(home) == mine.replace("    SIGHUP", f"{line}    SIGHUP")


async def test_a_card_that_another_program_took_out_is_told_and_leaves_the_list(
    home: Home,
) -> None:
    async with opened(home.open({"signals.yaml": SIGNALS})) as front:
        await library(front)
        await front.press("a")
        without = SIGNALS.replace("    SIGHUP: The line is cut.\n", "")
        home.write("signals.yaml", without)
        await front.press("t", "x", "enter")
        assert "No deck file holds 'signals/sighup/term' any more." in front.toasts[-1]
        assert (deck(home), "SIGHUP" in front.text) == (without, False)


async def test_the_first_edit_of_a_shipped_deck_tells_where_it_is_now(
    home: Home, tmp_path: Path
) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "signals.yaml").write_text(SIGNALS)
    with shipping(shipped):
        async with opened(home.open()) as front:
            await library(front)
            await front.press("t", "x", "enter")
            path = home.paths.decks / "signals.yaml"
            assert front.toasts == [
                f"1 entry tagged x. The deck that came with Offhand is yours now, in {path}."
            ]
            await front.press("u")
        assert (deck(home), (shipped / "signals.yaml").read_text()) == (SIGNALS, SIGNALS)
