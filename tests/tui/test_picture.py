"""Pictures on a card: drawn where the terminal can, described where it cannot, opened with a key."""

from pathlib import Path

import pytest
from PIL import Image
from textual.content import Content

from offhand.tui.markdown import shown
from offhand.tui.picture import HIGHEST, WIDEST, picture_file
from on_screen import opened
from support import Home, write

DECK = """\
deck: D
entries:
  - question: "Which state is it? ![three states](d.media/half.png)"
    answer: Half-open.
  - question: Which one has no picture?
    answer: This one.
"""


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")


def _draw(path: Path, width: int, height: int, above: str = "red", below: str = "blue") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", (width, height), above)
    image.paste(below, (0, height // 2, width, height))
    image.save(path)
    return path


def _colours(line: Content) -> set[tuple[str, str]]:
    """The upper and lower colours of a line's cells."""
    return {
        (span.style.foreground.hex, span.style.background.hex)  # type: ignore[union-attr]
        for span in line.spans
    }


def test_each_cell_shows_two_points(tmp_path: Path, colours: None) -> None:
    _draw(tmp_path / "a.png", 6, 4)
    lines = shown("![flag](a.png)", 40, tmp_path).split("\n")
    assert [line.plain for line in lines] == ["▀" * 6, "▀" * 6]
    assert [_colours(line) for line in lines] == [
        {("#FF0000", "#FF0000")},
        {("#0000FF", "#0000FF")},
    ]


def test_a_large_picture_is_scaled_to_the_width_and_keeps_its_shape(
    tmp_path: Path, colours: None
) -> None:
    _draw(tmp_path / "wide.png", 400, 100)
    _draw(tmp_path / "tall.png", 100, 400)
    wide = shown("![](wide.png)", 40, tmp_path).split("\n")
    assert (len(wide), wide[0].cell_length) == (5, 40)
    tall = shown("![](tall.png)", 200, tmp_path).split("\n")
    assert (len(tall), tall[0].cell_length) == (HIGHEST, 6)
    widest = shown("![](wide.png)", 200, tmp_path).split("\n")
    assert widest[0].cell_length == WIDEST


def test_text_beside_a_picture_stands_above_and_below_it(tmp_path: Path, colours: None) -> None:
    _draw(tmp_path / "a.png", 3, 2)
    told = shown("Look:\n![x](a.png) and\nthen **act**.", 40, tmp_path).plain
    assert [line.rstrip() for line in told.split("\n")] == ["Look:", "▀▀▀", "and then act."]


@pytest.mark.parametrize(
    "source",
    [
        "none.png",
        "../secret.png",
        "/etc/hostname",
        "https://example.org/x.png",
        "text.png",
        "%00.png",
    ],
)
def test_what_cannot_be_drawn_is_described(tmp_path: Path, colours: None, source: str) -> None:
    _draw(tmp_path / "secret.png", 3, 2)
    folder = tmp_path / "decks"
    write(folder / "text.png", "no picture")
    assert shown(f"![three states]({source})", 40, folder).plain == "[image: three states]"


def test_half_a_file_is_described(tmp_path: Path, colours: None) -> None:
    whole = _draw(tmp_path / "a.png", 300, 300).read_bytes()
    (tmp_path / "half.png").write_bytes(whole[: len(whole) // 2])
    assert shown("![half](half.png)", 40, tmp_path).plain == "[image: half]"


def test_without_colours_a_picture_is_described(
    tmp_path: Path, colours: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _draw(tmp_path / "a.png", 3, 2)
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown("![flag](a.png)", 40, tmp_path).plain == "[image: flag]"


def test_a_picture_drawn_anew_is_shown_anew(tmp_path: Path, colours: None) -> None:
    path = _draw(tmp_path / "a.png", 3, 2)
    shown("![](a.png)", 40, tmp_path)
    _draw(path, 3, 2, above="lime")
    path.touch()
    assert _colours(shown("![](a.png)", 40, tmp_path)) == {("#00FF00", "#0000FF")}


def test_only_files_beside_the_deck_or_below_it_are_meant(tmp_path: Path) -> None:
    inside = _draw(tmp_path / "decks" / "d.media" / "a b.png", 2, 2)
    (tmp_path / "decks" / "link.png").symlink_to(_draw(tmp_path / "outside.png", 2, 2))
    folder = tmp_path / "decks"
    assert picture_file("d.media/a%20b.png", folder) == inside
    assert picture_file("link.png", folder) is None
    assert picture_file("file:///etc/passwd", folder) is None


async def test_a_key_opens_the_pictures_of_a_card_that_has_some(
    home: Home, colours: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _draw(home.paths.decks / "d.media" / "half.png", 30, 20)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with opened(home.open({"d.yaml": DECK})) as front:
        await front.press("space")
        assert "▀▀▀▀" in front.text
        assert "o picture" in front.footer
        await front.press("o")
        assert path.as_uri() in front.toasts[-1].replace("\n", "")
        await front.press("space", "3")
        assert "Which one has no picture?" in front.text
        assert "o picture" not in front.footer
