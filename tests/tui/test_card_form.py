"""A card in a form: added from home, edited from a sitting, and nothing typed is lost."""

import pytest
from textual.events import Paste
from textual.widgets import TextArea

from hostile import CONTROL, MARKUP, quoted
from offhand.domain.event import Grade
from offhand.formats.yaml.draft import read_draft
from offhand.store import reading
from offhand.study.answering import record_answer
from offhand.study.desk import Desk
from offhand.tui.screens.card_form import CardFormScreen
from offhand.tui.widgets.fields import Row
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


def below(front: Front, label: str) -> str:
    """What stands in the line below a field's, where this is one line high."""
    (row,) = [row for row, line in enumerate(front.lines) if line.split("  ")[1:2] == [label]]
    return front.lines[row + 1].strip()


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
        await front.press("ctrl+s", "ctrl+t", "ctrl+t")
        assert "Definition" not in front.text
        assert "Answer" not in front.text
        await write(front, "It is {{9}}.")
        await front.press("ctrl+s")
    cards = set(reading.all_states(home.open().db))
    assert {"signals/why/question", "signals/it-is-9/cloze-9"} <= cards


async def test_what_is_missing_is_told_at_its_field_and_the_form_stays(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("down", "plus", "ctrl+s")
        assert below(front, "Term") == "Term: there is nothing yet."
        await write(front, "SIGTERM")
        await front.press("ctrl+s")
        assert below(front, "Definition") == "Definition: there is nothing yet."
        assert "Term: there" not in front.text
        await front.press("x", "ctrl+s")
        told = below(front, "Term")
        assert told.startswith("There is `SIGTERM` already on line 4 of")
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


async def test_what_was_typed_and_not_saved_can_wait_for_the_next_time(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("down", "plus")
        await write(front, "half")
        await front.press("escape")
        assert "What you typed is not saved." in front.text
        await front.press("escape")
        assert front.at == "cardform"
        await front.press("escape", "k")
        assert front.at == "home"
        assert front.toasts == ["What you typed is kept: the form has it next time."]
        await front.press("plus")
        assert "half" in front.text
        assert "did not save" in outcome(front)
        await front.press("f8")
        assert "half" not in front.text
        await front.press("escape")
        assert front.at == "home"
    assert not home.paths.unsaved.exists()


async def test_what_was_typed_can_be_saved_or_dropped_on_leaving(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        for key, kept in (("d", SIGNALS), ("s", SIGNALS.replace("to end.", "to end!"))):
            await open_form(front, "signals/sigterm/term")
            await front.press("tab", "end", "backspace", "!", "escape", key)
            assert (front.at, deck(home)) == ("home", kept)
        await front.press("down", "plus")
        await write(front, "INT")
        await front.press("escape", "s")
        assert (front.at, "Definition: there is nothing yet." in front.text) == ("cardform", True)
        await write(front, "Ctrl+C.")
        await front.press("escape", "s")
        assert (front.at, "INT: Ctrl+C." in deck(home)) == ("home", True)
    assert not home.paths.unsaved.exists()


@pytest.mark.parametrize("keys", [["ctrl+q"], ["escape", "k"], ["escape", "ctrl+q"]])
async def test_leaving_offhand_from_a_form_keeps_what_was_typed(
    home: Home, keys: list[str]
) -> None:
    async with opened(desk_of(home)) as front:
        await open_form(front, "signals/sigterm/term")
        await front.press("tab")
        await write(front, " Now")
        await front.press(*keys)
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


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_a_choice_can_be_seen_and_edited(home: Home, size: tuple[int, int]) -> None:
    async with opened(desk_of(home), size=size) as front:
        await open_form(front, "signals/sigstop/choice-which-one-pauses")
        assert "Which one pauses?" in front.text
        await front.press("tab", "tab")
        await write(front, "It does.")
        await front.press("tab", "end")
        assert "SIGTERM :: It ends." in front.text
        await write(front, " Politely")
        await front.press("tab", "right", "right", "right", "tab", "tab")
        assert "stop" in front.text
        await front.press("down")
        await write(front, "\nchoice, mine")
        await front.press("tab")
        await write(front, "more")
        await front.press("ctrl+s")
        assert front.at == "home"
    assert (
        deck(home)
        == SIGNALS.replace("SIGTERM: It ends.\n", "SIGTERM: It ends. Politely\n").replace(
            "[job, stop]\n", "[job, stop, choice, mine]\n      extra: more\n"
        )
        + "          why: It does.\n          level: senior\n"
    )


RICH = """\
deck: Signals
reverse: true
entries:
  - term: SIGSTOP
    # in short
    definition: Pauses it.
    reverse: What pauses?
    aliases: [STOP]
    level: mid
    tags: [job]
    extra: See man.
    sources:
      - "Kerrisk: TLPI"   # the book
      # and
      - man 7 signal
    see: [SIGCONT]
    questions:
      - question: Why?
        answer: So.
        points:
          - first   # of all
          - second
        level: senior
    cloze: It is {{17}}.
    contrast:
      - with: SIGTSTP
        difference: It can be caught.
  - SIGCONT: Goes on.
"""


def form_of(front: Front) -> CardFormScreen:
    screen = front.app.screen
    assert isinstance(screen, CardFormScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("way", "rows"),
    [
        (
            "term",
            ["Term", "Definition", "Both ways", "Asked as", "Level"],
        ),
        ("reverse", ["Term", "Definition", "Both ways", "Asked as", "Level"]),
        ("question-why", ["Question", "Answer", "Key points", "Level"]),
        ("cloze-17", ["Sentence", "Level"]),
        ("contrast-sigtstp", ["Confused with", "The difference", "Level"]),
    ],
)
async def test_all_that_a_card_of_a_kind_has_is_reached_with_tab_and_stays_in_sight(
    home: Home, size: tuple[int, int], way: str, rows: list[str]
) -> None:
    desk = home.open({"signals.yaml": RICH})
    shared = ["Other names", "Tags", "Extra", "Sources", "Builds on"]
    async with opened(desk, size=size) as front:
        await open_form(front, f"signals/sigstop/{way}")
        form = form_of(front)
        seen = []
        for _ in range(20):
            row = form.focused.parent.parent if form.focused and form.focused.parent else None
            assert isinstance(row, Row)
            if row.label in seen:
                break
            seen.append(row.label)
            assert row.label in front.text
            await front.press("tab")
        begin = seen.index("Section") + 1
        assert [*seen[begin:], *seen[: begin - 1]] == [*rows, *shared]
        assert "For all 5 cards of its entry" in front.text or size[1] < 24
        await front.press("ctrl+s")
        assert (front.at, front.toasts) == ("home", [])
    assert (home.paths.decks / "signals.yaml").read_text() == RICH


@pytest.mark.parametrize(
    ("way", "field", "typed", "before", "after"),
    [
        (
            "question-why",
            "points",
            "\nthird: 3",
            "- second\n",
            '- second\n          - "third: 3"\n',
        ),
        ("term", "aliases", "\nPAUSE", "[STOP]", "[STOP, PAUSE]"),
        (
            "contrast-sigtstp",
            "sources",
            "\nPOSIX",
            "- man 7 signal\n",
            "- man 7 signal\n      - POSIX\n",
        ),
        ("reverse", "own-prompt", " And how?", "What pauses?", "What pauses? And how?"),
        ("cloze-17", "prompt", " Or {{19}}.", "It is {{17}}.", "It is {{17}}. Or {{19}}."),
        ("cloze-17", "see", "\n", "see: [SIGCONT]", "see: [SIGCONT]"),
    ],
)
async def test_each_list_is_edited_one_item_a_line_and_its_comments_stay(
    home: Home, way: str, field: str, typed: str, before: str, after: str
) -> None:
    desk = home.open({"signals.yaml": RICH})
    async with opened(desk) as front:
        await open_form(front, f"signals/sigstop/{way}")
        area = form_of(front).query_one(f"#typed-{field}", TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        front.app.post_message(Paste(typed))
        await front.pilot.pause()
        await front.press("ctrl+s")
        assert front.at == "home"
    assert (home.paths.decks / "signals.yaml").read_text() == RICH.replace(before, after)


@pytest.mark.parametrize(
    ("turns", "written"),
    [(1, ""), (2, "    reverse: false\n"), (3, "    reverse: true\n")],
    ids=["as the deck", "no", "yes"],
)
async def test_whether_a_term_is_asked_both_ways_is_chosen(
    home: Home, turns: int, written: str
) -> None:
    desk = home.open({"signals.yaml": RICH})
    async with opened(desk) as front:
        await open_form(front, "signals/sigstop/term")
        await front.press("tab", "tab", *["right"] * turns)
        assert "Asked as" not in front.text
        await front.press("ctrl+s")
    line = "    reverse: What pauses?\n"
    assert (home.paths.decks / "signals.yaml").read_text() == RICH.replace(line, written)


async def test_a_prompt_of_its_own_is_asked_for_and_must_be_one(home: Home) -> None:
    async with opened(home.open({"signals.yaml": RICH})) as front:
        await open_form(front, "signals/sigcont/term")
        await front.press("tab", "tab", "left", "ctrl+s")
        assert "Write the prompt, or choose another way." in front.text
        await write(front, "no")
        await front.press("ctrl+s")
        assert "Write more than `no`" in front.text
        await write(front, ", what goes on?")
        await front.press("ctrl+s")
        assert front.at == "home"
    assert "      reverse: no, what goes on?\n" in (home.paths.decks / "signals.yaml").read_text()


async def test_what_keeps_a_choice_or_a_cloze_from_being_one_is_told_at_its_field(
    home: Home,
) -> None:
    async with opened(desk_of(home)) as front:
        await front.press("down", "plus", "ctrl+t", "ctrl+t")
        await write(front, "Which?")
        await front.press("tab", *"this", "ctrl+s")
        assert "Write an option that is wrong." in front.text
        await write(front, "that\nthis :: because")
        await front.press("ctrl+s")
        assert "The right option stands among the wrong ones." in front.text
        await front.press("ctrl+t", "ctrl+s")
        assert "Put what is asked in {{two braces}}." in front.text


async def test_a_term_that_builds_on_nothing_known_is_told_at_that_field(home: Home) -> None:
    async with opened(home.open({"signals.yaml": RICH})) as front:
        await open_form(front, "signals/sigcont/term")
        await front.press("shift+tab", "shift+tab")
        await write(front, "nonsense")
        await front.press("ctrl+s")
        told = below(front, "Builds on")
        assert told.startswith("`see` names `nonsense`")


async def test_an_edit_elsewhere_meanwhile_is_kept_beside_what_was_typed(home: Home) -> None:
    async with opened(home.open({"signals.yaml": RICH})) as front:
        await open_form(front, "signals/sigstop/term")
        await write(front, "!")
        home.write("signals.yaml", RICH.replace("Pauses it.", "Halts it.").replace("mid", "junior"))
        await front.press("ctrl+s")
        assert front.at == "home"
    kept = (home.paths.decks / "signals.yaml").read_text()
    assert kept == RICH.replace("Pauses it.", "Halts it.").replace("mid", "junior").replace(
        "term: SIGSTOP", "term: SIGSTOP!"
    )


async def test_an_edit_elsewhere_of_the_same_text_is_told_there_before_it_is_replaced(
    home: Home,
) -> None:
    elsewhere = RICH.replace("Pauses it.", "Halts it.").replace("STOP]", "HALT]")
    async with opened(home.open({"signals.yaml": RICH})) as front:
        await open_form(front, "signals/sigstop/term")
        await front.press("tab")
        await write(front, " Now.")
        home.write("signals.yaml", elsewhere)
        await front.press("ctrl+s")
        assert front.at == "cardform"
        assert "It has changed in the file since, too" in below(front, "Definition")
        assert "HALT" in front.text
        await front.press("ctrl+s")
        assert front.at == "home"
    assert (home.paths.decks / "signals.yaml").read_text() == elsewhere.replace(
        "Halts it.", "Pauses it. Now."
    )


async def test_what_waited_is_laid_over_what_the_card_became_since(home: Home) -> None:
    elsewhere = RICH.replace("Pauses it.", "Halts it.").replace("STOP]", "HALT]")
    async with opened(home.open({"signals.yaml": RICH})) as front:
        await open_form(front, "signals/sigstop/term")
        await front.press("tab")
        await write(front, " Now.")
        await front.press("escape", "k")
        home.write("signals.yaml", elsewhere)
        await open_form(front, "signals/sigstop/term")
        assert "Pauses it. Now." in front.text
        assert "HALT" in front.text
        assert "It has changed in the file since, too" in below(front, "Definition")
        await front.press("f8", "ctrl+s")
        assert front.at == "home"
    assert (home.paths.decks / "signals.yaml").read_text() == elsewhere


async def test_a_paste_does_not_bring_signs_that_a_terminal_obeys(home: Home) -> None:
    async with opened(desk_of(home)) as front:
        await open_form(front, "signals/sigterm/term")
        await write(front, "\x1b[2J")
        assert "SIGTERM␛[2J" in front.text
        await front.press("shift+tab")
        await write(front, "\x1b[2J\nmore")
        assert "Everyday␛[2J" in front.text


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
