"""Decks as Markdown: what a page shows, and what the outline reader makes of it again."""

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from drafts import drafts
from offhand.domain.card import Level, Place
from offhand.domain.text import one_line
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
    ReadOptions,
)
from offhand.formats.markdown_writer import write_markdown
from offhand.formats.notes.lines import in_code
from offhand.formats.outlines import reading as outline
from offhand.formats.plain_cards import plain_cards
from sources import sections
from takeouts import nobody, taken

HERE = Place(Path("deck.yaml"))
ENTRY = DraftEntry(
    HERE,
    term="SIGTERM",
    definition="Asks a process to end.\n\n# Not a heading\n\n```sh\n# a comment\nkill 1\n```",
    reverse="Which one asks?",
    questions=(DraftQuestion("Why not SIGKILL?", "No clean-up.", ("files", "locks")),),
    choices=(DraftChoice("Its number?", "15", (("9", "That is SIGKILL."), ("2", ""))),),
    cloze=("{{15}} is SIGTERM, {{9::a number}} is SIGKILL.",),
    contrast=(DraftContrast("SIGKILL", "Only SIGTERM can be caught."),),
    aliases=("terminate",),
    level=Level.MID,
    tags=("unix", "job control"),
    sources=("POSIX --> 2024",),
)


def draft(*entries: DraftEntry, about: str = "") -> Draft:
    return Draft("Signals", (DraftSection("Everyday", entries),), about, id="signals")


def page(folder: Path, *written: Draft) -> Path:
    path = folder / "deck.md"
    write_markdown(taken(*written), path, nobody)
    return path


def test_a_deck_reads_as_a_page(tmp_path: Path) -> None:
    text = page(tmp_path, draft(ENTRY, about="What a service handles.")).read_text("utf-8")
    assert text.split("\n\n", 2)[2] == (
        """\
What a service handles.

## Everyday

### SIGTERM

<!-- also: terminate | level: mid | tags: unix; job control | sources: POSIX - -&gt; 2024 -->

Asks a process to end.

\\# Not a heading

```sh
# a comment
kill 1
```

### Which one asks?

SIGTERM

### Why not SIGKILL?

- files
- locks

No clean-up.

### Its number?

- 15
- 2
- 9

---

**15**

- 9

  That is SIGKILL.

### […] is SIGTERM, [a number] is SIGKILL.

**15** is SIGTERM, **9** is SIGKILL.

### What tells **SIGTERM** from **SIGKILL**?

Only SIGTERM can be caught.
"""
    )


def test_the_outline_reader_takes_every_heading_for_a_card(tmp_path: Path) -> None:
    (found,) = outline.read(page(tmp_path, draft(ENTRY)), ReadOptions())
    assert found.title == "Signals"
    assert [(section.title, len(section.entries)) for section in found.sections] == [
        ("Everyday", 6)
    ]
    assert sections(found)["Everyday"][:3] == [
        (
            "SIGTERM",
            "Asks a process to end.\n\n\\# Not a heading\n\n```sh\n# a comment\nkill 1\n```",
        ),
        ("Which one asks?", "SIGTERM"),
        ("Why not SIGKILL?", "- files\n- locks\n\nNo clean-up."),
    ]


def test_texts_of_our_own_pages_stay_what_they_are(tmp_path: Path) -> None:
    definition = "Not [[a link]], nor <b>bold</b>."
    written = page(tmp_path, draft(DraftEntry(HERE, term="C++", definition=definition)))

    (found,) = outline.read(written, ReadOptions())

    assert sections(found) == {"Everyday": [("C++", definition)]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(written=drafts())
def test_no_text_of_a_deck_becomes_a_heading_of_its_page(tmp_path: Path, written: Draft) -> None:
    written = replace(written, id="deck")
    text = page(tmp_path, written).read_text("utf-8")
    cards = [card for entry in written.entries for card in plain_cards(entry, written.reverse)]
    several = len(written.sections) > 1 or written.sections[0].title != written.title
    sections = len(written.sections) if several else 0
    lines = [line for line in _outside_code(text) if re.match(r" {0,3}#{1,6}(\s|$)", line)]
    assert len(lines) == 1 + sections + len(cards)
    assert "#" in written.title or lines[0] == f"# {one_line(written.title)}"


def _outside_code(text: str) -> list[str]:
    lines = text.split("\n")
    return [line for line, code in zip(lines, in_code(lines), strict=True) if not code]
