"""Text is data on every screen: it shows as it stands, and neither markup nor a terminal obeys it."""

import os
import unicodedata

import pytest

from hostile import (
    CONTROL,
    HUGE,
    MARKDOWN,
    MARKUP,
    SCRIPTS,
    TEXTS,
    Hostile,
    deck_of_terms,
    deck_of_texts,
    quoted,
)
from learner import answer_all
from offhand.domain.event import Grade
from on_screen import Front, in_one_line, opened
from support import Home, deck_of

_BIDI = {
    chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def read(front: Front) -> str:
    """What stands on the screen, in one line; no sign of it is one that a terminal obeys."""
    strips = front.strips
    text = "\n".join("".join(part.text for part in strip) for strip in strips)
    found = {
        f"U+{ord(sign):04X}"
        for sign in set(text) - {"\n"}
        if sign in _BIDI or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
    }
    assert not found, f"{found} on the screen:\n{text}"
    assert not any(part.style.link for strip in strips for part in strip if part.style)
    return in_one_line(text)


@pytest.mark.parametrize(
    "group", [MARKUP, CONTROL, SCRIPTS, MARKDOWN], ids=["markup", "control", "scripts", "markdown"]
)
async def test_every_text_of_a_card_shows_as_it_stands(
    home: Home, group: dict[str, Hostile]
) -> None:
    # Letters and Markdown are drawn in one place only, however the card asks.
    all_ways = group in (MARKUP, CONTROL)
    deck = deck_of_texts(group, all_ways=all_ways)
    desk = home.open({"hostile.yaml": deck}, siblings_apart=False, new_per_day=999)
    assert desk.notices == []
    async with opened(desk, size=(100, 40)) as front:
        home_words = read(front)
        if group in (MARKUP, SCRIPTS):
            assert all(text.seen in home_words for text in group.values())
        await front.press("space")
        while front.at == "review":
            shown = front.app.screen.review.shown  # type: ignore[attr-defined]
            text, kind = group[shown.kept.section.replace("-", " ")], shown.kept.card.kind
            await front.press("space")
            # In the prompt and in the answer; a contrast shows it within a sentence, a hole once.
            times = 1 if kind in ("contrast", "cloze") else 2
            assert read(front).count(text.seen) >= times, kind
            if kind == "term":
                await front.press("i")
                assert "hostile/" in read(front)
                await front.press("escape")
            await front.press("4")
        assert f"{(6 if all_ways else 2) * len(group)} cards" in front.text
        assert front.toasts == []


async def test_no_text_breaks_a_small_screen(home: Home) -> None:
    desk = home.open({"hostile.yaml": deck_of_terms(TEXTS)}, new_per_day=999)
    async with opened(desk, size=(60, 20)) as front:
        read(front)
        await front.press("space")
        for _ in TEXTS:
            assert front.at == "review"
            for key in ("space", "1"):
                read(front)
                # Bottom line, and the way back to it, whatever stands above.
                assert front.footer.startswith(("  space show", "  space good"))
                await front.press(key)
        await front.press("q")
        assert f"and {len(TEXTS) - 12} more" in front.text
        read(front)


async def test_figures_of_hostile_sections_show_their_titles_as_they_stand(home: Home) -> None:
    texts = MARKUP | CONTROL
    desk = home.open({"hostile.yaml": deck_of_terms(texts)}, new_per_day=999)
    for _ in range(2):
        answer_all(desk, Grade.GOOD)
        home.clock.move(days=6)
    answer_all(desk, Grade.WRONG, Grade.WRONG, Grade.GOOD)
    home.clock.move(days=1)
    async with opened(desk, size=(100, 40)) as front:
        beginning = "a [/] b [bold]loud"
        weakest = front.lines[front.row("Weakest") + 1]
        assert weakest[66:].strip().startswith(beginning)
        read(front)
        await front.press("w")
        assert beginning in front.lines[front.row(" of 46 ")]
        costly = [line for line in front.lines if "1x  " in line]
        assert len(costly) == 5
        read(front)
        await front.press("space")
        assert beginning in front.lines[0]
        await front.press("space", "1", "q")
        assert front.at == "end"
        read(front)


async def test_a_renamed_card_is_told_of_as_it_stands(home: Home) -> None:
    desk = home.open({"hostile.yaml": deck_of_terms(MARKUP | CONTROL)}, new_per_day=999)
    answer_all(desk, Grade.GOOD)
    entries = deck_of_terms(MARKUP | CONTROL).replace('term: "', 'term: "new [/] ')
    async with opened(home.open({"hostile.yaml": entries}), size=(120, 120)) as front:
        *renamed, more = front.toasts
        beginnings = ("a [/] b", "[bold]loud[/bold] [b", "list[int], dict[str, list[int]]")
        for told, beginning in zip(renamed, beginnings, strict=True):
            assert f"new [/] {beginning}" in told
        assert more == f"And {len(MARKUP | CONTROL) - 3} more like these."
        assert "new [/] [bold]loud[/bold] [b" in front.words()
        read(front)


@pytest.mark.parametrize(
    "name",
    [
        "[bold]$x[] [@click=app.quit]list[int][",
        "\x1b]52;c;QUJD\x07 \x1b[2J",
        "two\nlines \u202e\x9b2J",
    ],
    ids=repr,
)
async def test_a_faulty_file_is_told_of_whatever_its_name(home: Home, name: str) -> None:
    home.write("numbers.yaml", deck_of(2))
    try:
        home.write(f"{name}.yaml", "deck: [")
    except OSError:
        pytest.skip("this file system has no such names")
    async with opened(home.open(), size=(160, 50)) as front:
        assert "Numbers" in front.text
        (told,) = front.toasts
        assert "Not YAML" in told
        read(front)
        if "$x" in name:
            assert "[bold]$x[] [@click=app.quit]list[int][" in told


async def test_a_deck_whose_name_is_no_text_is_left_out_and_told_of(home: Home) -> None:
    name = os.fsdecode(b"not \xff utf-8.yaml")
    try:
        home.write(name, deck_of(2, title="Unnamed"))
    except OSError:
        pytest.skip("this file system has no such names")
    async with opened(home.open({"numbers.yaml": deck_of(2)}), size=(160, 40)) as front:
        assert "Numbers" in front.text
        assert "Unnamed" not in front.text
        told = f"{home.paths.decks}/not <U+DCFF> utf-8.yaml is left out: a name in it is not UTF-8."
        assert front.toasts == [told]
        read(front)


async def test_a_text_too_long_to_read_shows_its_beginning_and_how_much_is_left(home: Home) -> None:
    code, words = quoted(HUGE["code"]), quoted(HUGE["megabyte"])
    deck = f"deck: Huge\nentries:\n  - question: {code}\n    answer: {words}\n"
    async with opened(home.open({"huge.yaml": deck})) as front:
        await front.press("space")
        assert "x = [1]" in front.text
        assert "more lines ↓" in front.text
        await front.press("space", "i", "escape")
        assert "word word" in front.text
        while "more line" in front.text:
            await front.press("space")
        assert "… and 979,999 letters more: edit the card to see them." in front.text
        read(front)
        await front.press("1", "q")
        assert front.at == "end"


async def test_code_keeps_its_shape_in_prompt_and_answer(home: Home) -> None:
    code = "```python\nif x:\n    return [\n        1,\n    ]\n```"
    deck = f"deck: D\nentries:\n  - question: {quoted(code)}\n    answer: {quoted(code)}\n"
    async with opened(home.open({"code.yaml": deck})) as front:
        await front.press("space", "space")
        shapes = []
        for row, line in enumerate(front.lines):
            if "if x:" in line:
                left = line.index("if x:")
                shapes.append([each[left:] for each in front.lines[row : row + 4]])
        expected = ["if x:", "    return [", "        1,", "    ]"]
        assert shapes == [expected, expected]
