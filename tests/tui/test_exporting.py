"""Exporting on screen: a file, a format, and that nothing is written over unasked."""

from asyncio import sleep, timeout
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from offhand.domain.event import Grade
from offhand.formats.anki.reading import read
from offhand.formats.draft import ReadOptions
from offhand.formats.yaml.draft import read_draft
from offhand.study.answering import record_answer
from on_screen import Front, opened
from support import Home, deck_of


async def until(what: Callable[[], bool]) -> None:
    """Wait for work in the background."""
    async with timeout(20):
        while not what():
            await sleep(0.01)


def line(front: Front) -> Input:
    return front.app.screen.query_one("#path", Input)


async def to_file(front: Front, path: Path) -> None:
    """Open the export of what the cursor stands on, to a file."""
    await front.press("x")
    assert front.at == "export"
    line(front).value = str(path)
    await front.pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_a_deck_is_written_and_said(
    home: Home, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "numbers.yaml"
    async with opened(home.open({"numbers.yaml": deck_of(3)}), size=size) as front:
        await to_file(front, path)
        assert "▸ YAML" in front.text
        await front.press("enter")
        await until(lambda: front.at == "home" and bool(front.toasts))
        assert front.toasts == [f"{path}: 3 entries, 3 cards."]
    assert [entry.term for entry in read_draft(path).entries] == ["term 1", "term 2", "term 3"]


async def test_up_and_down_choose_the_format_and_give_the_file_its_ending(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await front.press("x")
        assert line(front).value == "~/numbers.apkg"
        seen = []
        for _ in range(6):
            await front.press("down")
            seen.append((line(front).value, front.lines[front.row("▸")].split("  ")[1]))
        assert seen == [
            ("~/numbers.apkg", "▸ Anki, with history"),
            ("~/numbers.yaml", "▸ YAML"),
            ("~/numbers.csv", "▸ Table"),
            ("~/numbers.md", "▸ Markdown"),
            ("~/numbers.json", "▸ JSON"),
            ("~/numbers.apkg", "▸ Anki"),
        ]


async def test_history_goes_along_where_it_is_chosen(home: Home, tmp_path: Path) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)})
    record_answer(desk, "numbers/term-1/term", Grade.GOOD)
    async with opened(desk) as front:
        await to_file(front, tmp_path / "a.apkg")
        await front.press("down", "enter")
        await until(lambda: front.at == "home")
    (draft,) = read(tmp_path / "a.apkg", ReadOptions(history=True))
    assert [len(past.answers) for past in draft.entries[0].pasts.values()] == [1]


async def test_a_file_that_is_there_is_written_over_only_when_one_is_sure(
    home: Home, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine", "utf-8")
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await to_file(front, path)
        await front.press("enter")
        assert (front.at, "is there already" in front.words()) == ("sure", True)
        await front.press("n")
        assert (front.at, path.read_text("utf-8")) == ("export", "mine")
        await front.press("enter", "y")
        await until(lambda: front.at == "home")
    assert "term 1" in path.read_text("utf-8-sig")


async def test_what_cannot_be_written_is_told_and_the_line_stays(
    home: Home, tmp_path: Path
) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        await to_file(front, tmp_path / "gone" / "a.csv")
        await front.press("enter")
        await until(lambda: bool(front.toasts))
        assert front.toasts[0].startswith(f"There is no folder {tmp_path / 'gone'}.")
        assert (front.at, line(front).disabled) == ("export", False)
        await front.press("escape")
        assert front.at == "home"


async def test_everything_goes_into_one_file(home: Home, tmp_path: Path) -> None:
    desk = home.open({"numbers.yaml": deck_of(1), "more.yaml": deck_of(2, title="More")})
    async with opened(desk) as front:
        await to_file(front, tmp_path / "all.apkg")
        assert front.lines[0].strip().endswith("Everything")
        await front.press("enter")
        await until(lambda: front.at == "home")
    assert {draft.id for draft in read(tmp_path / "all.apkg", ReadOptions())} == {"numbers", "more"}
