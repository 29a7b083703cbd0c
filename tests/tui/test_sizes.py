"""Every screen at every size: nothing that matters is cut, in both themes, with and without colour."""

import re

import pytest
from rich.cells import cell_len
from rich.color import Color

from learner import answer_all, with_a_weak_section
from offhand.domain.event import Grade
from on_screen import Front, opened
from support import Home, deck_of

SIZES = [(60, 20), (80, 24), (120, 40)]
KINDS = """
deck: Kinds of cards
entries:
  - term: Circuit breaker
    definition: |
      A proxy in front of a dependency that counts its failures and, past a threshold, fails calls
      at once instead of waiting for them; after a pause it lets a probe through.
    reverse: true
    questions:
      - question: When would you not put a circuit breaker in front of a call, and what instead?
        answer: |
          When the call has no fallback and its failure is already cheap, a breaker buys nothing.
          With low traffic its window never fills, so it opens late or by chance.
        points: [no fallback nothing gained, low traffic never fills the window, a shared breaker hides a bad shard]
    choices:
      - question: A breaker is half-open. What happens to the next call that comes in?
        right: It goes through as a probe, and its outcome closes or opens the breaker again.
        wrong:
          It fails at once, as all calls did before the pause: That is the open state.
          It is queued until the breaker closes, which a timer does: A breaker never queues.
          It goes through and is not counted by the breaker at all: Then nothing could close it.
"""


def buttons(front: Front) -> list[str]:
    """What stands on the grade bar, word and interval."""
    row = next(n for n, line in enumerate(front.lines) if re.search(r"\b3 (Good|Hard)", line))
    return [re.sub(" +", " ", line.strip()) for line in front.lines[row : row + 2]]


@pytest.mark.parametrize("size", SIZES)
async def test_home_keeps_its_counts_and_the_way_to_begin(
    home: Home, size: tuple[int, int]
) -> None:
    async with opened(with_a_weak_section(home), size=size) as front:
        assert "25 to review · about" in front.lines[2]
        assert "Space  begin" in front.lines[2]
        assert "2 day streak" in front.lines[0]
        assert re.match(r" +Hard ones +weak +25 +·", front.lines[front.row("Hard ones")])
        assert ("Weakest" in front.text) == (size[0] >= 76)
        assert "space begin" in front.footer
        assert "? help" in front.footer


@pytest.mark.parametrize("size", SIZES)
async def test_every_word_of_a_card_can_be_seen(home: Home, size: tuple[int, int]) -> None:
    desk = home.open({"kinds.yaml": KINDS}, siblings_apart=False)
    async with opened(desk, size=size) as front:
        await front.press("space")
        for prompt, answer in (
            ("Circuit breaker", "after a pause it lets a probe through."),
            ("after a pause it lets a probe through.", "Circuit breaker"),
            ("a call, and what instead?", "so it opens late or by chance."),
            ("It goes through and is not counted by the breaker at all", "Then nothing could"),
        ):
            seen = front.words()
            for _ in range(8):
                await front.press("down")
                seen += front.words()
            assert prompt in seen
            await front.press("space")
            seen = front.words()
            for _ in range(20):
                await front.press("down")
                seen += front.words()
            assert answer in seen
            if "call" in prompt:
                for point in ("no fallback nothing gained", "a shared breaker hides a bad shard"):
                    assert f"✓ {point}" in seen
            await front.press("3")
        assert front.at == "end"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [4, 6])
async def test_all_grades_and_their_intervals_fit_the_bar(
    home: Home, size: tuple[int, int], count: int
) -> None:
    desk = home.open({"numbers.yaml": deck_of(1)}, buttons=count)
    for _ in range(6):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=300)
    async with opened(desk, size=size) as front:
        await front.press("space", "space")
        words, days = buttons(front)
        if count == 4:
            assert words == "1 Again 2 Hard 3 Good 4 Easy"
        else:
            assert words == "0 Blank 1 Wrong 2 Nearly 3 Hard 4 Good 5 Perfect"
        # Hard, Good, Easy of a card whose interval is 238 days, at ease 2.5: 595 days.
        narrow = size[0] // count < 15
        told = re.findall(r"(?:↻ )?[\d.]+ [a-z]+", days)
        year, day = ("1.6 y", "1 d") if narrow else ("1.6 years", "1 day")
        failed = 1 if count == 4 else 3
        assert told == [f"↻ {day}"] * failed + [f"↻ {year}", year, year]


@pytest.mark.parametrize("size", SIZES)
async def test_the_end_of_a_sitting_fits(home: Home, size: tuple[int, int]) -> None:
    async with opened(with_a_weak_section(home), size=size) as front:
        await front.press("down", "space", "space", "1", "space", "3", "q")
        words = front.words()
        assert re.search(
            r"2 cards · \d+ s · 1 kept, 1 missed \(50 %; the last month \d+ %\)", words
        )
        for text in ("Missed H", "Hard ones is weak:", "Streak 3 days.", "24 still wait today."):
            assert text in words


@pytest.mark.parametrize("size", SIZES)
async def test_weak_sections_fit(home: Home, size: tuple[int, int]) -> None:
    async with opened(with_a_weak_section(home), size=size) as front:
        await front.press("w")
        assert re.search(r"▓ +100 % of 25 reviews weak", front.lines[front.row("Hard ones")])
        assert "0 % of 25 reviews" in front.lines[front.row("Easy ones")]
        assert "█▓ share missed   ▓─ what the evidence allows (95 %)" in front.text
        assert sum("1x  H" in line for line in front.lines) == 5


@pytest.mark.parametrize("keys", [["i"], ["question_mark"]])
async def test_sheets_fit_a_small_terminal(home: Home, keys: list[str]) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)}), size=(60, 20)) as front:
        await front.press("space", *keys)
        framed = [line for line in front.lines if "│" in line or "╭" in line or "╰" in line]
        assert len({cell_len(line) for line in framed}) == 1
        assert cell_len(framed[0]) <= 60


async def test_a_card_stays_as_it_is_when_the_terminal_gets_another_size(home: Home) -> None:
    long = "deck: L\nentries:\n  - term: T\n    definition: |\n" + "      a word or two\n" * 60
    async with opened(home.open({"long.yaml": long}), size=(120, 40)) as front:
        await front.press("space", "space", "j", "j")
        for width, height in ((60, 20), (80, 24), (200, 60), (80, 24)):
            await front.resize(width, height)
            assert len(front.lines) == height
            assert "T" in front.words()
            assert "a word or two" in front.text
            assert "1 Again" in front.text
            assert "space good" in front.footer
            assert all(cell_len(line) <= width for line in front.lines)
        before = front.lines
        await front.resize(120, 40)
        await front.resize(80, 24)
        assert front.lines == before


async def test_the_panel_comes_and_goes_with_the_width(home: Home) -> None:
    async with opened(home.open({"numbers.yaml": deck_of(1)})) as front:
        assert "Weakest" in front.text
        await front.resize(70, 24)
        assert "Weakest" not in front.text
        assert front.lines[front.row("Numbers")].split() == ["Numbers", "·", "1"]
        await front.resize(90, 24)
        assert "Weakest" in front.text


def contrasts(front: Front) -> dict[str, float]:
    """How each text stands out from its ground, as WCAG measures it (1 to 21); below a sheet none."""
    found = {}
    sheets = front.app.screen.query(".sheet")
    area = sheets.first().region if sheets else front.app.screen.region
    for row, strip in enumerate(front.strips):
        column = 0
        for part in strip:
            inside = area.contains(column, row)
            column += part.cell_length
            style = part.style
            if not inside or not re.search(r"\w", part.text) or style is None:
                continue
            ink, ground = (_luminance(color) for color in (style.color, style.bgcolor))
            found[part.text] = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
    return found


def _luminance(color: Color | None) -> float:
    assert color is not None
    assert color.triplet is not None
    shares = [part / 255 for part in color.triplet]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("theme", "colour"), [("dark", True), ("light", True), ("light", False)])
async def test_every_text_can_be_read_in_both_themes_with_and_without_colour(
    home: Home, monkeypatch: pytest.MonkeyPatch, theme: str, colour: bool
) -> None:
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    with_a_weak_section(home)
    desk = home.open(new_per_day=99, theme=theme)
    async with opened(desk) as front:
        for key in (
            "",
            "w",
            "q",
            "space",
            "space",
            "i",
            "escape",
            "question_mark",
            "escape",
            "1",
            "q",
        ):
            if key:
                await front.press(key)
            # 4.5 is what WCAG asks of text.
            faint = {text: c for text, c in contrasts(front).items() if c < 4.5}
            assert faint == {}, front.at
        assert front.at == "end"


async def test_without_colour_everything_is_a_shade_of_grey(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(with_a_weak_section(home)) as front:
        for key in ("", "w", "q", "space", "space", "question_mark"):
            if key:
                await front.press(key)
            colours = {
                tuple(colour.triplet)
                for strip in front.strips
                for part in strip
                if part.style
                for colour in (part.style.color, part.style.bgcolor)
                if colour and colour.triplet
            }
            assert len(colours) > 2
            assert all(max(colour) == min(colour) for colour in colours), front.at
