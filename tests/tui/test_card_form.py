"""A card in a form: added from home, edited from a sitting, and nothing typed is lost."""

import pytest
from textual.events import Paste

from hostile import CONTROL, MARKUP, quoted
from offhand.domain.event import Grade
from offhand.formats.yaml.draft import read_draft
from offhand.store import reading
from offhand.study.answering import record_answer
from offhand.study.desk import Desk
from offhand.tui.screens.card_form import CardFormScreen
from on_screen import Front, opened
from support import Home

SIGNALS = """\
deck: Signals   # mine
sections:
  Everyday:
    SIGTERM: Asks a process to end.
  Job control:
    - term: SIGSTOP
      definition: |
        Pauses a process.
        It cannot be caught.
      tags: [job, stop]
      choices:
        - question: Which one pauses?
          right: SIGSTOP
          wrong:
            SIGTERM: It ends.
            SIGINT: It ends too.
"""
SIZES = [(80, 24), (120, 40), (60, 20)]

pytestmark = pytest.mark.usefixtures("no_shipped_decks")


def deck(home: Home) -> str:
    return (home.paths.decks / "signals.yaml").read_text()


def desk_of(home: Home, **settings: object) -> Desk:
    return home.open({"signals.yaml": SIGNALS}, **settings)


async def open_form(front: Front, card: str) -> None:
    front.app.push_screen(CardFormScreen(front.app.desk, card))
    await front.pilot.pause()


async def write(front: Front, text: str) -> None:
    """Paste a text at the end of the field that has the focus."""
    await front.press("end")
    front.app.post_message(Paste(text))
    await front.pilot.pause()


def outcome(front: Front) -> str:
    return str(front.app.screen.query_one("#outcome").render())


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_card_is_added_from_home_and_the_next_one_after_it(
    home: Home, size: tuple[int, int]
) -> None:
    async with opened(desk_of(home), size=size) as front:
        await front.press("down", "plus")
        assert front.at == "cardform"
        assert "Section          Everyday" in front.text
        for name, text in (("INT", "Ctrl+C."), ("HUP", "The line\nis cut.")):
            await write(front, name)
            await front.press("tab")
            await write(front, text)
            await front.press("ctrl+s")
            assert f"Added: signals/{name.lower()}/term." in front.words()
        assert deck(home) == SIGNALS.replace(
            "to end.\n", "to end.\n    INT: Ctrl+C.\n    HUP: |\n      The line\n      is cut.\n"
        )
        await front.press("f9")
        assert "HUP" not in deck(home)
        await front.press("escape")
        assert (front.at, front.toasts) == ("home", [])
        assert not home.paths.unsaved.exists()


async def test_a_question_and_a_cloze_are_added_as_such(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("down", "a", "ctrl+t")
        assert "Question" in front.text
        await write(front, "Why?")
        await front.press("tab")
        await write(front, "So.")
        await front.press("ctrl+s", "ctrl+t")
        assert "Definition" not in front.text
        assert "Answer" not in front.text
        await write(front, "It is {{9}}.")
        await front.press("ctrl+s")
    cards = set(reading.all_states(home.open().db))
    assert {"signals/why/question", "signals/it-is-9/cloze-9"} <= cards


async def test_what_is_missing_is_told_and_the_form_stays(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("down", "plus", "ctrl+s")
        assert outcome(front) == "Term: there is nothing yet. Write it."
        await write(front, "SIGTERM")
        await front.press("tab", "x", "ctrl+s")
        assert "There is `SIGTERM` already on line 4 of" in front.words()
        assert front.at == "cardform"
    assert deck(home) == SIGNALS


async def test_a_deck_is_made_where_there_is_none(home: Home) -> None:
    async with opened(home.open()) as front:
        await front.press("plus")
        await write(front, "Things")
        await front.press("tab", "tab", "a", "tab", "b", "ctrl+s")
        assert "A new deck" in front.words()
    path = home.paths.decks / "things.yaml"
    assert path.read_text() == "deck: Things\nentries:\n  a: b\n"


async def test_what_was_typed_and_not_saved_is_there_again(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("down", "plus")
        await write(front, "half")
        await front.press("escape")
        assert front.toasts == ["What you typed is kept: the form has it again next time."]
        await front.press("plus")
        assert "half" in front.text
        assert "did not save" in outcome(front)
        await front.press("f8")
        assert "half" not in front.text
        await front.press("escape")
    assert not home.paths.unsaved.exists()


@pytest.mark.parametrize("key", ["ctrl+q", "escape"])
async def test_leaving_offhand_from_a_form_keeps_what_was_typed(home: Home, key: str) -> None:
    async with opened(desk_of(home)) as front:
        await open_form(front, "signals/sigterm/term")
        await front.press("tab")
        await write(front, " Now")
        await front.press(key)
    async with opened(home.open()) as front:
        await open_form(front, "signals/sigterm/term")
        assert "Asks a process to end. Now" in front.text
        await front.press("ctrl+s")
    assert deck(home) == SIGNALS.replace("to end.", "to end. Now")
    assert not home.paths.unsaved.exists()


async def test_a_form_that_was_not_touched_asks_nothing_and_writes_nothing(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        for key in ("escape", "ctrl+s"):
            await open_form(front, "signals/sigstop/term")
            await front.press(key)
            assert (front.at, front.toasts) == ("home", [])
    assert (deck(home), home.paths.unsaved.exists()) == (SIGNALS, False)


@pytest.mark.parametrize("size", SIZES[1:])
async def test_all_of_a_choice_can_be_seen_and_edited(home: Home, size: tuple[int, int]) -> None:
    async with opened(desk_of(home), size=size) as front:
        await open_form(front, "signals/sigstop/choice-which-one-pauses")
        assert "Which one pauses?" in front.text
        await front.press("tab", "tab", "end")
        assert "SIGTERM :: It ends." in front.text
        await write(front, " Politely")
        await front.press("tab")
        assert "job, stop" in front.text
        await write(front, ", choice")
        await front.press("tab")
        await write(front, "more")
        await front.press("ctrl+s")
        assert front.at == "home"
    assert deck(home) == SIGNALS.replace(
        "SIGTERM: It ends.\n", "SIGTERM: It ends. Politely\n"
    ).replace("[job, stop]\n", "[job, stop, choice]\n      extra: more\n")


async def test_a_card_is_moved_to_another_section(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await open_form(front, "signals/sigterm/term")
        await front.press("shift+tab", *["backspace"] * 8, *"job", "right", "ctrl+s")
        assert front.at == "home"
    kept = reading.kept_card(home.open().db, "signals/sigterm/term")
    assert kept is not None
    assert kept.section_title == "Job control"


async def test_a_card_is_edited_in_the_middle_of_a_sitting(home: Home) -> None:
    desk = desk_of(home, siblings_apart=False)
    async with opened(desk) as front:
        await front.press("space", "space")
        assert front.at == "review"
        await front.press("f", "end", *"-15", "tab", "end", *"!", "ctrl+s")
        assert front.at == "review"
        assert "SIGTERM-15" in front.text
        assert "Asks a process to end.!" in front.text
        await front.press("3")
    kept = reading.kept_card(desk.db, "signals/sigterm/term")
    assert kept is not None
    assert (kept.card.key, kept.state.reviews) == ("signals/sigterm-15/term", 1)


async def test_a_card_that_cannot_be_edited_is_told(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("space")
        home.write("signals.yaml", SIGNALS + "oops: 1\n")
        await front.press("f")
        assert front.at == "review"
        assert "There is no field `oops`" in front.words()


async def test_any_text_is_shown_and_saved_as_it_is(home: Home) -> None:
    text = "\n".join(hostile.source for hostile in (MARKUP | CONTROL).values())
    source = f"deck: Hostile\nentries:\n  - term: t\n    definition: {quoted(text)}\n"
    desk = home.open({"hostile.yaml": source})
    (before,) = read_draft(home.paths.decks / "hostile.yaml").entries
    async with opened(desk, size=(120, 70)) as front:
        await open_form(front, "hostile/t/term")
        assert "[@click=app.quit]press[/]" in front.text
        await front.press("end", "!", "ctrl+s")
        assert front.at == "home"
    (after,) = read_draft(home.paths.decks / "hostile.yaml").entries
    assert (after.term, after.definition) == ("t!", before.definition)


def almost_leech(home: Home, **settings: object) -> Desk:
    """A desk whose first card lapsed seven times and is due."""
    desk = desk_of(home, new_per_day=1, **settings)
    for _ in range(7):
        record_answer(desk, "signals/sigterm/term", Grade.GOOD)
        home.clock.move(days=1)
        record_answer(desk, "signals/sigterm/term", Grade.WRONG)
        home.clock.move(days=1)
    record_answer(desk, "signals/sigterm/term", Grade.GOOD)
    home.clock.move(days=1)
    return desk


async def forget(front: Front) -> None:
    await front.press("space")
    assert "SIGTERM" in front.text
    await front.press("space", "1")


async def test_a_card_that_becomes_a_leech_is_told_once_and_can_be_mended(home: Home) -> None:
    async with opened(almost_leech(home)) as front:
        await forget(front)
        assert "“SIGTERM” was forgotten 8 times." in front.words()
        await front.press("f", "tab", "end", *"!", "ctrl+s")
        assert front.at == "review"
        assert "A leech" not in front.text
        await front.press("space", "1")
        assert "A leech" not in front.text
    assert "Asks a process to end.!" in deck(home)


async def test_a_leech_can_be_suspended_and_that_taken_back(home: Home) -> None:
    desk = almost_leech(home)
    async with opened(desk) as front:
        await forget(front)
        await front.press("exclamation_mark")
        kept = reading.kept_card(desk.db, "signals/sigterm/term")
        assert kept is not None
        assert kept.state.suspended
        await front.press("u")
        kept = reading.kept_card(desk.db, "signals/sigterm/term")
        assert kept is not None
        assert not kept.state.suspended


async def test_the_end_of_a_sitting_names_its_leeches(home: Home) -> None:
    async with opened(almost_leech(home)) as front:
        await forget(front)
        await front.press("space", "q")
        assert front.at == "end"
        assert "1 leech to mend" in front.words()
        assert front.keys_offered["f"] == "mend"
        await front.press("f")
        assert front.at == "cardform"


async def test_no_card_is_a_leech_where_the_setting_says_so(home: Home) -> None:
    async with opened(almost_leech(home, leech_lapses=0)) as front:
        await forget(front)
        assert front.at == "review"
        await front.press("q")
        assert "leech" not in front.text
