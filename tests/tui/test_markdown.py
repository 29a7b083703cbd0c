"""Markdown as lines: nothing of a text is lost, nothing is wider than its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import HUGE, TEXTS, quoted
from offhand.domain.text import visible
from offhand.tui.markdown import shown


@pytest.mark.parametrize("depth", [1, 8, 9, 10, 18, 19, 20, 21, 100])
def test_nothing_of_a_deeply_nested_text_is_left_out(depth: int) -> None:
    lists = "\n".join("  " * level + f"- item{level}x" for level in range(depth))
    quotes = "> " * depth + "quoted"
    drawn = shown(f"{lists}\n\n{quotes}", 70).plain
    assert [level for level in range(depth) if f"item{level}x" not in drawn.replace("\n", "")] == []
    assert "quoted" in drawn


@pytest.mark.parametrize("name", [*TEXTS, *HUGE])
def test_no_line_is_wider_than_its_column(name: str) -> None:
    text, width = (TEXTS[name].source, 20) if name in TEXTS else (HUGE[name], 75)
    lines = shown(visible(text), width).split("\n", allow_blank=True)
    assert {line.plain: line.cell_length for line in lines if line.cell_length > width} == {}


@given(st.text(max_size=200), st.integers(8, 40))
def test_any_text_can_be_drawn_in_any_column(text: str, width: int) -> None:
    drawn = shown(visible(text), width)
    assert all(line.cell_length <= width for line in drawn.split("\n", allow_blank=True))


def test_a_table_keeps_its_columns() -> None:
    drawn = shown("| code | name |\n|---|---|\n| 502 | Bad Gateway |\n| 4 | x |", 40)
    assert drawn.plain.split("\n") == [
        "code  name       ",
        "─" * 17,
        "502   Bad Gateway",
        "4     x          ",
    ]


def test_lists_are_indented_and_numbered_as_they_were_begun() -> None:
    assert shown("- a\n- b\n  - c d e f g h i j k", 14).plain.split("\n") == [
        "• a",
        "• b",
        "  • c d e f g",
        "    h i j k",
    ]
    assert shown("9. a\n10. b", 14).plain.split("\n") == [" 9. a", "10. b"]


def test_code_keeps_its_shape_and_says_where_a_line_goes_on() -> None:
    drawn = shown("```\nif x:\n    y = 'a very long line of code'\n```", 24)
    assert drawn.plain.split("\n") == [
        "  if x:",
        "      y = 'a very long",
        "  ↪  line of code'",
    ]


def test_a_link_tells_where_it_leads_and_cannot_be_followed_by_accident() -> None:
    drawn = shown("see [the words](https://example.org/a) and <https://example.org/b>", 80)
    assert drawn.plain == "see the words (https://example.org/a) and https://example.org/b"
    assert "link" not in str(drawn.spans)


def test_a_text_that_nobody_would_read_is_cut_and_says_so() -> None:
    drawn = shown("word " * 200_000, 75).plain
    assert drawn.endswith("… and 980,000 letters more: edit the card to see them.")
    assert len(drawn) < 25_000
    many = shown("line\n\n" * 20_000, 75).plain
    assert "letters more" in many
    assert many.count("line") < 600


def test_quoting_for_a_deck_reads_back_as_it_was() -> None:
    import yaml

    for text in TEXTS.values():
        assert yaml.safe_load(quoted(text.source)) == text.source
