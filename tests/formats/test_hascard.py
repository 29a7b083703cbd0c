"""formats/trainers/hascard.py: the five kinds of cards of hascard."""

from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.formats.draft import Draft, DraftChoice, DraftQuestion
from offhand.formats.trainers import hascard
from sources import places, read_one, shown, written


def draft_of(folder: Path, text: str) -> Draft:
    return read_one(hascard.read, written(folder / "cards.txt", text))


KINDS = {
    "a definition": (
        "# Retina\nPart of the eye.\n\nOf many cells.\n",
        {"term": "Retina", "definition": "Part of the eye.\n\nOf many cells."},
    ),
    "a question": (
        "# What sees?\nThe eye.\n",
        {"questions": (DraftQuestion("What sees?", "The eye."),)},
    ),
    "a choice, options over several lines": (
        "# Which one?\n- First\n* Second\nof two lines\n- Third\n",
        {
            "choices": (
                DraftChoice("Which one?", "Second\nof two lines", (("First", ""), ("Third", ""))),
            )
        },
    ),
    "several answers": (
        "# Which are even?\n[*] 2\n[ ] 3\n[x] 4\n",
        {"questions": (DraftQuestion("Which are even?\n\n- 2\n- 3\n- 4", "- 2\n- 4"),)},
    ),
    "gaps with other answers, but not in code or behind a backslash": (
        "# Fill in\nThe € is the _Euro_ of the _EU|European Union_, not f\\_x or `a_b_c`.\n",
        {
            "cloze": ("Fill in\n\nThe € is the {{Euro}} of the {{EU}}, not f\\_x or `a_b_c`.",),
            "aliases": ("European Union",),
        },
    ),
    "an order": (
        "# In order\n4. u\n1. l\n2. p\n3. s\n",
        {"questions": (DraftQuestion("In order\n\n- u\n- l\n- p\n- s", "1. l\n2. p\n3. s\n4. u"),)},
    ),
    "numbers that are no order": (
        "# Years\n1. of 1815\n3. of 1914\n",
        {"term": "Years", "definition": "1. of 1815\n3. of 1914"},
    ),
    "a formula alone": (
        "# The space\n```\n$l^p$\n```\n",
        {"term": "The space", "definition": "```\n$l^p$\n```"},
    ),
    "a choice of one": ("# Sure?\n* Yes\n", {"questions": (DraftQuestion("Sure?", "Yes"),)}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_read_of_the_kind(kind: str, tmp_path: Path) -> None:
    text, expected = KINDS[kind]
    other = "# Other\nOne.\n"

    for whole in (
        f"{text}---\n{other}",
        f"{text}\n---\n\n{other}\n---\n",
        f"{text}---   \n{other}",
    ):
        assert [shown(entry) for entry in draft_of(tmp_path, whole).entries] == [
            expected,
            {"term": "Other", "definition": "One."},
        ]


def test_an_image_comes_along_and_stands_in_the_question(tmp_path: Path) -> None:
    written(tmp_path / "pear.png", b"P")
    draft = draft_of(
        tmp_path, "# Which?\n![](pear.png)\n- Apple\n* Pear\n---\n# Or?\n![](no.png)\nX\n"
    )

    assert [shown(entry) for entry in draft.entries] == [
        {"choices": (DraftChoice("Which?\n\n![](pear.png)", "Pear", (("Apple", ""),)),)},
        {"questions": (DraftQuestion("Or?\n\n[no.png]", "X"),)},
    ]
    assert draft.media["pear.png"]() == b"P"
    assert places(draft.left_out) == [(6, "The image `no.png` is not there.")]


def test_what_turned_into_a_question_is_told(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "# a\n[*] b\n[ ] c\n---\n# d\n1. e\n2. f\n")

    assert draft.taken == (
        "2 multiple-answer and reordering cards are questions, answered with the list.",
    )


@pytest.mark.parametrize(
    ("card", "what"),
    [
        ("# Both?\n* a\n* b\n- c\n", "The choice `Both?` has 2 right answers."),
        ("# Same?\n* a\n- a\n", "The right option is also wrong."),
        ("# Empty?\n* a\n- \n", "An option is empty."),
    ],
)
def test_a_choice_that_cannot_be_asked_is_a_fault(card: str, what: str, tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"# A\nB\n---\n{card}")

    assert places(draft.faults) == [(4, what)]


def test_a_card_without_a_body_or_a_title_is_left_out(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "# div (curl F) = 0\n\n---\n# A\nB\n---\nno title\n---\n")

    assert [entry.term for entry in draft.entries] == ["A"]
    assert places(draft.left_out) == [
        (1, "`div (curl F) = 0` has nothing below it to be asked for."),
        (7, "`no title` is no card."),
    ]


def test_dashes_within_code_part_nothing(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "# A\nB\n```\n---\n# no\n```\n---\n# C\nD\n")

    assert [entry.term for entry in draft.entries] == ["A", "C"]


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="No cards were found"):
        draft_of(tmp_path, "---\n")
