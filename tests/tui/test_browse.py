"""The library on screen: found as one types, seen, marked, changed, and put back."""

import sys
from asyncio import create_task, sleep, timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from threading import Event

import pytest
from textual.content import Content
from textual.widgets import Static

from hostile import TEXTS, deck_of_texts
from learner import answer_all
from offhand.domain.event import Grade, Mark
from offhand.domain.listing import Sort
from offhand.domain.query import parse
from offhand.store.connection import Database
from offhand.study.answering import find_card, mark
from offhand.study.browsing import mark_all, move_all
from offhand.study.desk import Desk
from offhand.tui.screens.browse import BrowseScreen
from offhand.tui.searching import Searcher
from offhand.tui.widgets.cardlist import CardList
from offhand.tui.widgets.preview import pattern_of
from offhand.tui.widgets.preview import standing_out as places_of
from on_screen import Front, opened
from sittings import terms
from support import Home, deck_of

_KEYS = {" ": "space", ":": "colon", "<": "less_than_sign", ">": "greater_than_sign"}
_KEYS |= {'"': "quotation_mark", "-": "minus", "=": "equals_sign", "/": "slash"}


async def typed(front: Front, text: str) -> None:
    """Type into the line that has the focus."""
    await front.press(*(_KEYS.get(letter, letter) for letter in text))
    await front.settled()


async def press(front: Front, *keys: str) -> None:
    """Press keys, each when the list shows what the one before did."""
    for key in keys:
        await front.press(key)
        await front.settled()


@asynccontextmanager
async def library(
    desk: Desk, size: tuple[int, int] = (80, 24), query: str = ""
) -> AsyncIterator[Front]:
    """The library, opened from home, with a query typed."""
    async with opened(desk, size=size) as front:
        await press(front, "b")
        assert front.at == "browse"
        await typed(front, query)
        yield front


def screen(front: Front) -> BrowseScreen:
    assert isinstance(front.app.screen, BrowseScreen)
    return front.app.screen


def listed(front: Front) -> list[str]:
    """The cards in sight, as their lines begin."""
    cards = screen(front).query_one(CardList)
    if not cards.display:
        return []
    top = cards.region.y
    rows = [line[: cards.columns.prompt + 4] for line in front.lines[top : top + cards.size.height]]
    return [row.strip(" ●⚑") for row in rows if row.strip()]


def here(front: Front) -> str | None:
    """The card under the cursor."""
    return screen(front).card_here


async def test_every_letter_lists_what_is_found_and_shows_the_first_of_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(12)})
    async with library(desk) as front:
        assert "12 of 12 cards · by deck" in front.lines[0]
        assert listed(front)[:2] == ["term 1", "term 2"]
        await typed(front, "term 1")
        assert listed(front) == ["term 1", "term 10", "term 11", "term 12"]
        assert "4 of 12 cards · by relevance" in front.lines[0]
        assert "What stands for the number 1 here." in front.text
        await typed(front, "2")
        assert listed(front) == ["term 12"]
        assert "What stands for the number 12 here." in front.text
        await press(front, "backspace", "backspace", "backspace")
        assert len(listed(front)) > 4


async def test_a_word_of_the_answer_a_section_and_a_condition_find_cards(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)}, new_per_day=2)
    answer_all(desk, Grade.WRONG)
    async with library(desk, query='stands -is:new section:"Numbers"') as front:
        assert listed(front) == ["term 1", "term 2"]
        await press(front, "ctrl+u")
        await typed(front, "due<5 term 2")
        assert listed(front) == ["term 2"]


@pytest.mark.parametrize(
    ("query", "standing_out"),
    [
        ("time_w", ["TIME_W", "time w", "time w"]),
        ("ime", ["IME", "ime", "ime"]),
        ("im", []),
        ('c++ "a"', ["a", "C++"]),
        ("缓存", ["缓存"]),
        ("cafe naive", ["Café", "nai\u0308ve"]),
        ("full", ["Ｆｕｌｌ"]),
        ("non-breaking", ["Non\u2011breaking"]),
        ("strasse", ["Straße"]),
        ("stras", ["Straß"]),
        ("resume", ["Re\u0301sume\u0301"]),
        ("-time tag:x is:new", []),
        ("[/]", []),
    ],
)
def test_what_was_typed_stands_out_in_the_card(query: str, standing_out: list[str]) -> None:
    pattern = pattern_of(parse(query, date(2026, 3, 2)))
    text = (
        "TIME_WAIT is a time when C++ overtime waits: 分布式缓存 [/]"
        " Café nai\u0308ve Ｆｕｌｌ Non\u2011breaking Straße Re\u0301sume\u0301"
    )
    spans = places_of(pattern, text) if pattern else []
    assert [text[start:end] for start, end in spans] == standing_out


async def test_nothing_found_says_what_to_try_and_a_hint_what_cannot_be_meant(home: Home) -> None:
    async with library(home.open({"numbers.yaml": deck_of(3)}), query="nowhere") as front:
        assert listed(front) == []
        assert "No card has all of this." in front.words()
        assert "take something away" in front.words()
        assert front.footer.split() == ["esc", "back"]
        await press(front, "down", "enter")
        assert front.at == "browse"
        await press(front, "ctrl+u")
        await typed(front, "is:new is:x")
        assert "is:x is unknown. is: takes due, new, again" in front.words()
        assert len(listed(front)) == 3


async def test_without_any_card_it_says_where_decks_go(home: Home) -> None:
    desk = home.open()
    async with opened(desk) as front:
        await front.app.push_screen(BrowseScreen(desk))
        await front.pilot.pause()
        await front.settled()
        assert "There are no cards yet." in front.text
        assert "0 of 0 cards" in front.lines[0]
        await press(front, "escape")
        assert front.at == "home"


async def test_the_section_under_the_cursor_at_home_is_what_it_opens_with(home: Home) -> None:
    text = "deck: Two\nsections:\n  One: {a: First.}\n  Other: {b: Second.}\n"
    async with opened(home.open({"two.yaml": text})) as front:
        await front.press("down", "down")
        await press(front, "b")
        assert 'section:"Other"' in front.text
        assert listed(front) == ["b"]
        await press(front, "backspace", "ctrl+u")
        assert listed(front) == ["a", "b"]


@pytest.mark.parametrize(
    ("size", "where"), [((120, 40), "beside"), ((80, 24), "below"), ((60, 20), "nowhere")]
)
async def test_the_card_is_shown_where_there_is_room(
    home: Home, size: tuple[int, int], where: str
) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with library(desk, size) as front:
        told = "What stands for the number 1"
        if where == "nowhere":
            assert told not in front.text
        else:
            column, row = front.place(told)
            _, list_row = front.place("term 3")
            assert (column > 60) is (where == "beside")
            assert (row > list_row) is (where == "below")
        assert all(len(line) <= size[0] for line in front.lines)
        await front.resize(120, 40)
        assert front.place(told)[0] > 60


async def test_the_columns_tell_when_and_how_well_each_card_is_known(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(6)}, new_per_day=4)
    answer_all(desk, Grade.GOOD)
    for card, due in zip(terms(1, 2, 3), (-2, 0, 400), strict=True):
        move_all(desk, [card], desk.today + timedelta(days=due))
    mark_all(desk, terms(4), Mark.SUSPEND)
    mark_all(desk, terms(5), Mark.FLAG)
    async with library(desk) as front:
        rows = {
            name: front.lines[front.row(name)].split(name)[1].split()
            for name in ("term 1", "term 2", "term 3", "term 4", "term 5")
        }
        assert rows == {
            "term 1": ["2", "d", "ago", "1", "d", "2.50", "·"],
            "term 2": ["today", "1", "d", "2.50", "·"],
            "term 3": ["in", "1.1", "y", "1", "d", "2.50", "·"],
            "term 4": ["suspended", "1", "d", "2.50", "·"],
            "term 5": ["⚑", "new", "·", "·", "·"],
        }


async def test_the_order_goes_round_and_can_be_turned(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    answer_all(desk, Grade.PERFECT, Grade.HARD, Grade.GOOD)
    move_all(desk, terms(3), desk.today)
    async with library(desk) as front:
        await press(front, "down")
        orders = []
        for _ in Sort:
            await press(front, "o")
            orders.append((screen(front).listing._sort, [int(name[-1]) for name in listed(front)]))
        assert orders == [
            (Sort.DECK, [1, 2, 3]),
            (Sort.DUE, [3, 1, 2]),
            (Sort.EASE, [2, 3, 1]),
            (Sort.LAPSES, [1, 2, 3]),
            (Sort.INTERVAL, [1, 2, 3]),
            (Sort.RELEVANCE, [1, 2, 3]),
        ]
        await press(front, "o", "o", "o", "O")
        assert "↑ease" in front.text
        assert [name[-1] for name in listed(front)] == ["1", "3", "2"]
        await front.resize(60, 20)
        assert "↑ease" in front.text
        assert "lapses" not in front.text


async def test_one_key_acts_on_the_card_and_another_takes_it_back(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)})
    async with library(desk) as front:
        await press(front, "down", "j", "exclamation_mark")
        assert find_card(desk, terms(2)[0]).state.suspended
        assert front.toasts == ["1 card suspended."]
        assert "suspended" in front.lines[front.row("term 2")]
        await press(front, "asterisk")
        assert "⚑" in front.lines[front.row("term 2")]
        await press(front, "minus")
        assert find_card(desk, terms(2)[0]).state.buried_on == desk.today
        await press(front, "u", "u", "u")
        assert front.toasts == ["Taken back: 1 card suspended."]
        assert find_card(desk, terms(2)[0]).state == find_card(desk, terms(1)[0]).state
        assert "u undo" not in front.footer
        await press(front, "u")
        assert here(front) == terms(2)[0]


async def test_marked_cards_are_acted_on_together_and_taken_back_as_one(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with library(desk) as front:
        await press(front, "down", "space", "space", "j", "space")
        assert "3 marked · 5 of 5 cards" in front.lines[0]
        await press(front, "exclamation_mark")
        suspended = [card for card in terms(1, 2, 3, 4, 5) if find_card(desk, card).state.suspended]
        assert suspended == [*terms(1, 2, 4)]
        await press(front, "exclamation_mark", "u", "u")
        assert not any(find_card(desk, card).state.suspended for card in terms(1, 2, 4))
        await press(front, "a", "asterisk")
        assert front.toasts == ["5 cards flagged."]
        await press(front, "a")
        assert "marked" not in front.lines[0]


async def test_marks_do_not_outlive_the_query_that_they_were_made_in(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with library(desk) as front:
        await press(front, "down", "a", "slash")
        await typed(front, "2")
        assert "marked" not in front.lines[0]
        await press(front, "enter", "exclamation_mark")
        assert [n for n in (1, 2, 3) if find_card(desk, terms(n)[0]).state.suspended] == [2]


async def test_a_card_moves_to_the_day_that_is_typed_and_to_no_day_that_is_past(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, new_per_day=2)
    answer_all(desk, Grade.GOOD)
    async with library(desk) as front:
        await press(front, "down", "m")
        assert "Tuesday 3 March 2026." in front.text
        await typed(front, "yesterday")
        await press(front, "enter")
        assert front.at == "move"
        assert "today, tomorrow, fri" in front.text
        await press(front, "ctrl+u")
        await typed(front, "+9")
        assert "Wednesday 11 March 2026." in front.text
        await press(front, "enter")
        assert front.toasts == ["1 card moved to Wed 11 Mar 2026."]
        schedule = find_card(desk, terms(1)[0]).state.schedule
        assert schedule is not None
        assert schedule.due == desk.today + timedelta(days=9)
        await press(front, "a", "m", "enter")
        assert front.toasts == ["1 card moved to Tue 3 Mar 2026. 2 cards left alone."]
        await press(front, "u", "m", "escape")
        assert find_card(desk, terms(1)[0]).state.schedule == schedule


async def test_the_list_keeps_its_place_when_a_card_leaves_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(60)})
    async with library(desk, query="-is:suspended") as front:
        await press(front, "down", "pagedown", "pagedown", "k")
        before = here(front)
        assert before is not None
        number = int(before.split("/")[1].removeprefix("term-"))
        row = front.row(f"term {number} ")
        await press(front, "exclamation_mark")
        assert "59 of 60 cards" in front.lines[0]
        assert here(front) == terms(number + 1)[0]
        assert front.row(f"term {number + 1} ") == row
        await press(front, "u")
        assert "60 of 60" in front.lines[0]
        assert here(front) == terms(number + 1)[0]


async def test_an_edit_in_the_editor_shows_at_once_in_its_place(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)})
    script = home.path / "editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n"
        "path.write_text(path.read_text().replace('the number 25 here', 'quarter of a hundred'))\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    async with library(desk) as front:
        await press(front, "down", "G", "k", "k", "k", "k", "k", "e")
        assert here(front) == terms(25)[0]
        assert "What stands for quarter of a hundred." in front.text
        await press(front, "slash")
        await typed(front, "quarter")
        assert listed(front) == ["term 25"]


async def test_a_deleted_entry_leaves_the_list_and_its_file_and_comes_back(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    path = home.paths.decks / "numbers.yaml"
    before = path.read_text()
    async with library(desk) as front:
        await press(front, "down", "j", "space", "D")
        assert listed(front) == ["term 1", "term 3"]
        assert "marked" not in front.lines[0]
        assert "term 2" not in path.read_text()
        await press(front, "u")
        assert listed(front) == ["term 1", "term 2", "term 3"]
        assert path.read_text() == before


async def test_tags_are_written_and_found_at_once(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with library(desk) as front:
        await press(front, "down", "space", "space", "t")
        await typed(front, "even, low")
        await press(front, "enter", "slash")
        await typed(front, "tag:low")
        assert listed(front) == ["term 1", "term 2"]
        assert "even, low" in front.text


async def test_the_form_and_a_new_card_open_from_here(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with library(desk) as front:
        await press(front, "down", "j", "f")
        assert front.at == "cardform"
        assert "term 2" in front.text
        await press(front, "escape")
        assert here(front) == terms(2)[0]
        await press(front, "plus")
        assert front.at == "cardform"
        await press(front, "escape")
        assert front.at == "browse"


async def test_enter_opens_the_history_and_practice_drills_what_is_listed(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with library(desk, query="term 3") as front:
        await press(front, "enter", "enter")
        assert front.at == "history"
        assert "numbers/term-3/term" in front.text
        await press(front, "escape", "p")
        assert front.at == "review"
        assert "practice" in front.lines[0]
        assert "1 of 1" in front.lines[0]
        await press(front, "q")
        assert listed(front) == ["term 3"]


async def test_a_click_goes_to_a_card_and_a_second_one_opens_it(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with library(desk) as front:
        await front.click("term 4")
        await front.settled()
        assert here(front) == terms(4)[0]
        assert "the number 4 here" in front.text
        widget, region = front.app.screen.get_widget_at(*front.place("term 4"))
        at = (front.place("term 4")[0] - region.x, front.place("term 4")[1] - region.y)
        await front.pilot.click(widget, offset=at, times=2)
        await front.settled()
        assert front.at == "history"


async def test_a_long_list_is_scrolled_to_its_end_and_only_what_is_in_sight_is_read(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home.open({"numbers.yaml": deck_of(3000)})
    read: list[int] = []
    from offhand.study import browsing

    lines = browsing.lines
    monkeypatch.setattr(
        "offhand.tui.screens.browse.lines",
        lambda desk, numbers: read.append(len(numbers)) or lines(desk, numbers),
    )
    async with library(desk) as front:
        await press(front, "down", "end")
        assert here(front) == "numbers/term-3000/term"
        assert listed(front)[-1] == "term 3000"
        await press(front, "pageup", "home", "pagedown")
        assert 0 < max(read) < 40


async def test_a_search_of_many_cards_lists_the_first_and_then_all(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhand.tui.widgets.foundlist.AT_FIRST", 5)
    monkeypatch.setattr("offhand.study.finding._FEW", 1)
    desk = home.open({"numbers.yaml": deck_of(40)})
    async with library(desk, query="t") as front:
        assert "40 of 40 cards" in front.lines[0]
        await press(front, "down", "end")
        assert here(front) == "numbers/term-40/term"


async def test_all_that_are_marked_before_all_are_known_become_all(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhand.tui.widgets.foundlist.AT_FIRST", 5)
    monkeypatch.setattr("offhand.study.finding._FEW", 1)
    async with library(home.open({"numbers.yaml": deck_of(40)})) as front:
        finder, may_go_on = screen(front).listing._searcher._finder, Event()
        assert finder is not None
        find = finder.find

        def slowly(text: str, sort: Sort, reverse: bool, most: int | None, *how: object) -> object:
            if most is None:
                may_go_on.wait(20)
            return find(text, sort, reverse, most, *how)  # type: ignore[arg-type]

        finder.find = slowly  # type: ignore[assignment, method-assign]
        await front.press("t")
        async with timeout(20):
            while "… of 40 cards" not in front.lines[0]:
                await front.pilot.pause()
        await front.press("down", "a")
        assert "5 marked · … of 40 cards" in front.lines[0]
        may_go_on.set()
        await front.settled()
        assert "40 marked · 40 of 40 cards" in front.lines[0]


async def test_the_newest_query_wins_however_long_the_search_takes(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)})
    async with library(desk) as front:
        finder = screen(front).listing._searcher._finder
        assert finder is not None
        find, asked, may_go_on = finder.find, list[str](), Event()

        def slowly(text: str, *how: object) -> object:
            asked.append(text)
            may_go_on.wait(10)
            return find(text, *how)  # type: ignore[arg-type]

        finder.find = slowly  # type: ignore[assignment, method-assign]
        await front.press("t")
        async with timeout(20):
            while not asked:
                await sleep(0.001)
        await front.press(*(_KEYS.get(letter, letter) for letter in "erm 23"))
        assert "term 23" in front.text
        may_go_on.set()
        await front.settled()
        assert listed(front) == ["term 23"]
        # Those that were typed over before their turn came were never looked for.
        assert asked == ["t", "term 23"]


async def test_a_key_typed_ahead_of_the_search_does_nothing_to_the_card_still_listed(
    home: Home,
) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)})
    async with library(desk) as front:
        finder = screen(front).listing._searcher._finder
        assert finder is not None
        find, may_go_on = finder.find, Event()

        def slowly(text: str, *how: object) -> object:
            may_go_on.wait(10)
            return find(text, *how)  # type: ignore[arg-type]

        finder.find = slowly  # type: ignore[assignment, method-assign]
        await front.press(*"23", "down", "asterisk")
        may_go_on.set()
        await front.settled()
        assert listed(front) == ["term 23"]
        assert flagged(desk) == []
        await press(front, "asterisk")
        assert flagged(desk) == ["numbers/term-23/term"]


def flagged(desk: Desk) -> list[str]:
    """The cards that are flagged."""
    return [row[0] for row in desk.db.rows("SELECT card FROM states WHERE flagged")]


async def test_the_cards_are_taken_once_however_much_is_typed_meanwhile(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from offhand.store import listing

    all_figures, taken, may_go_on = listing.all_figures, list[date](), Event()

    def slowly(db: Database, today: date) -> object:
        taken.append(today)
        may_go_on.wait(20)
        return all_figures(db, today)

    monkeypatch.setattr(listing, "all_figures", slowly)
    desk = home.open({"numbers.yaml": deck_of(12)})
    async with opened(desk) as front:
        await front.press("b", *"term")
        may_go_on.set()
        await front.settled()
        assert len(listed(front)) > 1
        assert taken == [desk.today]
        await press(front, "down", "asterisk")
        assert taken == [desk.today] * 2


async def test_a_search_that_goes_on_ends_when_another_is_asked_for(home: Home) -> None:
    searcher = Searcher(home.open({"numbers.yaml": deck_of(3)}))
    await searcher.learn()
    finder, begun = searcher._finder, Event()
    assert finder is not None
    find = finder.find

    def endlessly(text: str, *how: object) -> object:
        go_on = how[-1]
        assert callable(go_on)
        while text == "endless":
            begun.set()
            go_on()
        return find(text, *how)  # type: ignore[arg-type]

    finder.find = endlessly  # type: ignore[assignment, method-assign]
    endless = create_task(searcher.find("endless", Sort.RELEVANCE, False, None))
    async with timeout(20):
        while not begun.is_set():
            await sleep(0.001)
        endless.cancel()
        found = await searcher.find("term", Sort.RELEVANCE, False, None)
    assert len(found.numbers) == 3
    searcher.close()


async def test_cards_with_the_word_inside_follow_and_it_stands_out_in_them(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhand.study.finding._FEW", 1)
    text = (
        "deck: Locks\nentries:\n  Deadlock: None goes on.\n  Block: A piece.\n  Lock: Only one.\n"
    )
    async with library(home.open({"locks.yaml": text}), query="lock") as front:
        assert listed(front) == ["Lock", "Block", "Deadlock"]
        assert "3 of 3 cards" in front.lines[0]
        await press(front, "ctrl+u")
        await typed(front, "eadl")
        assert listed(front) == ["Deadlock"]
        shown = screen(front).query_one("#previewed", Static).visual
        assert isinstance(shown, Content)
        assert [shown.plain[span.start : span.end] for span in shown.spans[-1:]] == ["eadl"]


async def test_what_changed_elsewhere_is_listed_on_return(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(5)})
    async with library(desk, (80, 60), query="is:flagged") as front:
        assert listed(front) == []
        await press(front, "ctrl+u")
        await press(front, "down", "question_mark")
        assert front.at == "help"
        assert "The search line" in front.text
        mark(desk, terms(3)[0], Mark.FLAG)
        await press(front, "escape")
        await press(front, "slash")
        await typed(front, "is:flagged")
        assert listed(front) == ["term 3"]


async def test_hostile_texts_are_listed_and_shown_as_they_are(home: Home) -> None:
    desk = home.open({"hostile.yaml": deck_of_texts(TEXTS, all_ways=False)})
    async with library(desk, (120, 40)) as front:
        cards = screen(front).query_one(CardList)
        for place in range(0, len(cards.numbers), 2):
            cards.cursor = place
            await front.pilot.pause()
            assert not any(ord(sign) < 32 for line in front.lines for sign in line)
        for text in ("[/]", "list[int]", '[bold]"', "$x", "\\", "缓存", "'"):
            screen(front).query_one("#query").value = text  # type: ignore[attr-defined]
            await front.settled()
        assert front.running
        assert front.toasts == []


async def test_a_database_that_is_held_is_told_of_and_the_keys_go_on(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with library(desk) as front:
        other = Database(desk.db.path)
        desk.db.rows("PRAGMA busy_timeout = 1")
        other.rows("BEGIN IMMEDIATE")
        await press(front, "down", "exclamation_mark")
        assert front.toasts[0].startswith("The database is busy")
        other.rows("ROLLBACK")
        other.close()
        await press(front, "exclamation_mark")
        assert find_card(desk, terms(1)[0]).state.suspended
