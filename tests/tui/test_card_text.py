"""The lines of a card, told before they are drawn."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.card import Card, CardKind, Option, Place
from offhand.tui.card_text import answer_content, answer_height
from offhand.tui.markdown import _SIGNS, _parser, shown

DAY = date(2026, 3, 2)
WORDS = " ".join(f"word{n}" for n in range(60))


def card(kind: CardKind = CardKind.TERM, answer: str = WORDS, **rest: object) -> Card:
    return Card("d/e/term", kind, "d/e", "Prompt", answer, Place(Path("d.yaml")), **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "told",
    [
        card(),
        card(answer="One line."),
        card(answer=f"{WORDS}\n\n- one\n- two\n- three"),
        card(answer=f"{WORDS} `code` and **more**."),
        card(sources=("A book",)),
        card(CardKind.QUESTION, points=("first", "second", "third")),
        card(CardKind.REVERSE, "TTL", aliases=("time to live",)),
        card(
            CardKind.CHOICE,
            "",
            options=(
                Option("Yes", True, "Since."),
                Option("No", False, "Not so."),
                Option("N", False),
            ),
        ),
    ],
)
@pytest.mark.parametrize("width", [40, 75])
def test_the_height_of_an_answer_is_known_before_it_is_parsed(told: Card, width: int) -> None:
    drawn = answer_content(told, DAY, width).plain.count("\n") + 1
    assert abs(answer_height(told, width) - drawn) <= 1


@given(st.text(alphabet="ab1 .,-:;!?+#>()={}'\"/é", max_size=30))
def test_a_text_without_signs_reads_the_same_parsed_or_not(text: str) -> None:
    if _SIGNS.search(text) is not None or not text:
        return
    [opened, inline, closed] = _parser().parse(text)
    assert (opened.type, inline.content, closed.type) == ("paragraph_open", text, "paragraph_close")
    assert [child.type for child in inline.children or ()] == ["text"]
    assert shown(text, 75).plain == text
