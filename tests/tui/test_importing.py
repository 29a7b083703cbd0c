"""Importing on screen: a path, what it would do, doing it, and taking it back."""

from asyncio import sleep, timeout
from collections.abc import Callable
from pathlib import Path

import pytest

from offhand.study.library import decks
from offhand.tui.typed_path import completed, continuations, typed_path
from on_screen import Front, opened
from support import Home, deck_of, write

_WORDS = "TTL,How long an entry lives.\nMTU,The largest frame.\n"


async def _until(what: Callable[[], bool]) -> None:
    """Wait for work in the background."""
    async with timeout(20):
        while not what():
            await sleep(0.01)


async def _look_at(front: Front, path: Path) -> None:
    await front.press("m")
    assert front.at == "import"
    front.app.screen.query_one("#path").value = str(path)  # type: ignore[attr-defined]
    await front.press("enter")
    await _until(lambda: front.at == "importpreview")


async def _shown(front: Front, text: str) -> None:
    await _until(lambda: text in front.words())
    await front.pilot.pause()


def _own(home: Home) -> list[str]:
    return sorted(path.name for path in home.paths.decks.iterdir())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_a_file_is_looked_at_imported_and_taken_back(
    home: Home, tmp_path: Path, size: tuple[int, int]
) -> None:
    source = write(tmp_path / "words.csv", _WORDS)
    desk = home.open({"own.yaml": deck_of(1)})
    async with opened(desk, size=size) as front:
        await _look_at(front, source)
        await _shown(front, "2 new")
        assert "words: a new deck, words" in front.text
        assert _own(home) == ["own.yaml"]
        await front.press("enter")
        await _shown(front, "words: 2 new.")
        assert _own(home) == ["own.yaml", "words.yaml"]
        assert [deck.id for deck in decks(desk)] == ["own", "words"]
        await front.press("u")
        await front.pilot.pause()
        assert _own(home) == ["own.yaml"]
        assert front.toasts[-1].startswith("Taken back")
        assert front.at == "home"


async def test_what_the_marked_line_counts_is_listed(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "words.csv", _WORDS)
    async with opened(home.open()) as front:
        await _look_at(front, source)
        await _shown(front, "2 new")
        assert "TTL" not in front.text
        await front.press("j", "j")
        assert front.row("TTL (words)") < front.row("MTU (words)")


async def test_the_same_file_again_cannot_be_imported_and_says_so(
    home: Home, tmp_path: Path
) -> None:
    source = write(tmp_path / "words.csv", _WORDS)
    async with opened(home.open()) as front:
        await _look_at(front, source)
        await _shown(front, "2 new")
        await front.press("enter")
        await _shown(front, "words: 2 new.")
        await front.press("q")
        assert front.at == "home"
        await _look_at(front, source)
        await _shown(front, "Nothing is to be done")
        assert "import" not in front.keys_offered.values()


async def test_bad_cards_are_named_and_can_be_skipped(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "bad.csv", "a,An a.\nb,\n" + _WORDS)
    async with opened(home.open(), size=(120, 40)) as front:
        await _look_at(front, source)
        await _shown(front, "nothing is imported")
        assert "import" not in front.keys_offered.values()
        await front.press("s")
        await _shown(front, "they are skipped")
        await front.press("enter")
        await _shown(front, "bad: 3 new.")


async def test_conflicts_are_settled_with_a_key(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "w.csv", _WORDS)
    async with opened(home.open(), size=(120, 40)) as front:
        await _look_at(front, source)
        await _shown(front, "2 new")
        await front.press("enter")
        await _shown(front, "w: 2 new.")
        await front.press("q")
        path = home.paths.decks / "w.yaml"
        write(path, path.read_text("utf-8").replace("How long an entry lives.", "Mine."))
        write(source, _WORDS.replace("How long an entry lives.", "Theirs."))
        await _look_at(front, source)
        await _shown(front, "1 in conflict")
        assert "settle conflicts" in front.keys_offered.values()
        await front.press("t")
        await _shown(front, "the source's text will stand")
        await front.press("enter")
        await _shown(front, "1 in conflict")
        await _until(lambda: "Theirs." in path.read_text("utf-8"))


async def test_a_long_import_is_stopped_and_leaves_nothing(home: Home, tmp_path: Path) -> None:
    lines = [f"t{n},The definition of number {n}." for n in range(20_000)]
    source = write(tmp_path / "many.csv", "\n".join(lines) + "\n")
    async with opened(home.open({"own.yaml": deck_of(1)})) as front:
        await _look_at(front, source)
        await _shown(front, "20000 new")
        await front.press("enter")
        await _shown(front, "Writing")
        await front.press("escape")
        await _until(lambda: any("nothing was imported" in toast for toast in front.toasts))
        await _shown(front, "20000 new")
        assert _own(home) == ["own.yaml"]


async def test_what_cannot_be_read_is_told_and_the_line_stays(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "[red]half[/].apkg", "PK\x03\x04 and nothing")
    async with opened(home.open()) as front:
        await front.press("m")
        for path, told in ((source, "cannot be opened"), (tmp_path / "no", "There is no file")):
            front.app.screen.query_one("#path").value = str(path)  # type: ignore[attr-defined]
            await front.press("enter")
            await _until(lambda told=told: any(told in toast for toast in front.toasts))  # type: ignore[misc]
            await _until(lambda: front.at == "import")
        await front.press("escape")
        assert front.at == "home"


async def test_hostile_text_reaches_the_screen_as_signs(home: Home, tmp_path: Path) -> None:
    source = write(
        tmp_path / "x.csv",
        "[/]\x1b]52;c;x\x07 list[int],Something long enough to be a text.\nb,B.\n",
    )
    async with opened(home.open()) as front:
        await _look_at(front, source)
        await _shown(front, "2 new")
        await front.press("j", "j")
        assert "[/]␛]52;c;x␇ list[int]" in front.text
        assert "\x1b" not in front.text


async def test_the_path_is_completed(home: Home, tmp_path: Path) -> None:
    write(tmp_path / "folder" / "words.csv", _WORDS)
    async with opened(home.open()) as front:
        await front.press("m")
        line = front.app.screen.query_one("#path")
        line.value = f"{tmp_path}/fo"  # type: ignore[attr-defined]
        await front.press("tab")
        await front.pilot.pause()
        assert line.value == f"{tmp_path}/folder/"  # type: ignore[attr-defined]
        await front.pilot.pause()
        assert "words.csv" in front.text


def test_a_path_is_taken_as_it_is_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    spaced = tmp_path / "my words.csv"
    for text in (
        f" {spaced} ",
        f"'{spaced}'",
        f'"{spaced}"',
        str(spaced).replace(" ", "\\ "),
        spaced.as_uri(),
        "~/my words.csv",
    ):
        assert typed_path(text) == spaced


def test_a_path_goes_on_with_what_lies_there(tmp_path: Path) -> None:
    for name in ("Anki", "another", ".hidden"):
        (tmp_path / name).mkdir()
    write(tmp_path / "ant.txt", "x")
    assert continuations(f"{tmp_path}/an") == ["Anki/", "another/", "ant.txt"]
    assert continuations(f"{tmp_path}/.h") == [".hidden/"]
    assert continuations(f"{tmp_path}/no/") == []
    assert completed(f"{tmp_path}/ano") == f"{tmp_path}/another/"
    assert completed(f"{tmp_path}/x") == f"{tmp_path}/x"
