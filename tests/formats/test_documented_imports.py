"""The examples of docs/import-formats.md are read as the page says."""

import re
from pathlib import Path

import pytest

from offhand.formats import recognise
from offhand.resources import shipped
from sources import NO_OPTIONS, sections, written

PAGE = shipped("docs/import-formats.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ENDINGS = {"markdown": "md", "text": "txt", "csv": "csv"}

EXPECTED = [
    (
        "outline",
        {
            "Basics": [("TTL", "How long an entry may be served.")],
            "Policies": [
                ("LRU", "drops what was used longest ago."),
                ("LFU", "drops what is used least."),
            ],
        },
    ),
    (
        "outline",
        {
            "System development": [
                ("High cohesion", "A module does one thing."),
                ("Low coupling", "Modules know little of each other."),
            ]
        },
    ),
    (
        "markdown",
        {
            "example": [
                ("What is asked, over one line or more?", "And its answer."),
                ("Each word in {{brackets}} is a hole of a {{cloze}}.", ""),
            ]
        },
    ),
    (
        "markdown",
        {
            "example": [
                ("term", "its definition"),
                ("dog", "Hund, asked both ways"),
                ("What stands on several lines", "and its answer, up to a blank line"),
                ("A {{highlight::hint}} is a hole, and so is {{this}}.", ""),
            ]
        },
    ),
    ("csv", {"Animals": [("dog", "Hund"), ("cat, small", "Katze")]}),
]


def test_all_examples_are_known_here() -> None:
    assert len(EXAMPLES) == len(EXPECTED)


@pytest.mark.parametrize("at", range(len(EXPECTED)))
def test_an_example_is_read_as_the_page_says(at: int, tmp_path: Path) -> None:
    language, text = EXAMPLES[at]
    path = written(tmp_path / f"example.{ENDINGS[language]}", text)

    (draft,) = recognise.read(path, NO_OPTIONS)
    found = sections(draft)
    if draft.title == "System development":
        found = {"System development": found.popitem()[1]}
    assert (recognise.recognised(path), found) == EXPECTED[at]


def test_every_format_and_column_is_named() -> None:
    from offhand.formats.tables.columns import COLUMNS

    assert [name for name in (*recognise.FORMATS, *COLUMNS) if f"`{name}`" not in PAGE] == []
