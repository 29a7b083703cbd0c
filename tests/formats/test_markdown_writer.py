"""Decks as Markdown: what a page shows, and what the outline reader makes of it again."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from drafts import drafts
from offhand.domain.card import Level, Place
from offhand.domain.text import one_line
from offhand.errors import OffhandError
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
    ReadOptions,
)
from offhand.formats.entry_cards import card_ways, entry_of
from offhand.formats.markdown_writer import write_markdown
from offhand.formats.notes.lines import DECK_MARK, in_code
from offhand.formats.outlines import reading as outline
from offhand.formats.plain_cards import plain_cards
from offhand.formats.yaml.source import read as read_yaml
from offhand.resources import shipped
from sources import sections, written
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


def page(folder: Path, *decks: Draft) -> Path:
    path = folder / "deck.md"
    write_markdown(taken(*decks), path, nobody)
    return path


def test_a_deck_reads_as_a_page(tmp_path: Path) -> None:
    text = page(tmp_path, draft(ENTRY, about="What a service handles.")).read_text("utf-8")
    assert text.split("\n\n", 2)[2] == (
        """\
What a service handles.

## Everyday

### SIGTERM

<!-- also: terminate | tags: unix; job control | sources: POSIX -&#45;&gt; 2024 | level: mid -->

Asks a process to end.

\\# Not a heading

```sh
# a comment
kill 1
```

#### Which one asks?

SIGTERM

#### Why not SIGKILL?

<!-- points: 2 -->

- files
- locks

No clean-up.

#### Its number?

- 15
- 2
- 9

---

**15**

- 9

  That is SIGKILL.

#### […] is SIGTERM, [a number] is SIGKILL.

**15** is SIGTERM, **9** is SIGKILL.

#### What tells **SIGTERM** from **SIGKILL**?

Only SIGTERM can be caught.
"""
    )


def test_a_deck_comes_back_from_its_page(tmp_path: Path) -> None:
    entries = (
        ENTRY,
        DraftEntry(
            HERE,
            term="C++ <T> #",
            id="cpp",
            definition="Not [[a link]], nor <b>bold</b>.\n\n---\n\n***\n\n```\n---\n# x\n```",
            reverse=False,
            extra="![two](pic.png)\n\nlines",
            see=("SIGTERM",),
            aliases=("a; b | c", "d & e"),
        ),
        DraftEntry(
            HERE,
            questions=(
                DraftQuestion("Explain it.", "- no\n\npoints", level=Level.JUNIOR, id="1"),
                DraftQuestion("And\n\n```\ncode\n```", "b", id="2"),
            ),
            tags=("x",),
        ),
        DraftEntry(HERE, questions=(DraftQuestion("Explain that.", "So."),), extra="more"),
        DraftEntry(HERE, term="Why?", definition="It asks."),
        DraftEntry(HERE, term="```\nx = 1\n```", definition="A statement."),
        DraftEntry(HERE, term="der Hund\\\n[hʊnt]\n\nm.", definition="dog"),
        DraftEntry(HERE, cloze=("first\\\n{{c1::second}}\\\nthird {{c2::x}}",)),
        DraftEntry(HERE, questions=(DraftQuestion("- a\n- b\n\nWhich?", "a"),)),
        DraftEntry(HERE, choices=(DraftChoice("p", "r", (("a", "1"), ("w", "2\n\n- so")), "y"),)),
        DraftEntry(
            HERE, cloze=("{{c2::x}} list[int] **is** {{c1::two\n\nlines}} {{y::h}}", "{{z}}!")
        ),
    )
    deck = replace(
        draft(*entries, about="What it is.\n\nAnd more."),
        id="sigs",
        reverse=True,
        origin="anki:12",
    )
    written(tmp_path / "pic.png", b"P")

    (found,) = outline.read(page(tmp_path, deck), ReadOptions())

    assert [getattr(found, name) for name in ("title", "about", "id", "reverse", "origin")] == [
        *("Signals", "What it is.\n\nAnd more.", "sigs", True, "anki:12")
    ]
    assert [section.title for section in found.sections] == ["Everyday"]
    assert [replace(entry, place=HERE) for entry in found.entries] == list(entries)
    assert {name: read() for name, read in found.media.items()} == {"pic.png": b"P"}


def test_a_page_that_almost_holds_a_sentence_is_read_in_a_moment(tmp_path: Path) -> None:
    head, below = "[…] " * 30 + "z", "**x** " * 80
    path = written(tmp_path / "deck.md", f"# D\n\n{DECK_MARK}\n\n### {head}\n\n{below}\n")

    (found,) = outline.read(path, ReadOptions())

    assert [entry.term for entry in found.entries] == [head]


def test_every_card_of_the_shipped_deck_keeps_its_name_on_a_page(tmp_path: Path) -> None:
    (deck,) = read_yaml(shipped("decks/backend"), ReadOptions())
    (found,) = outline.read(page(tmp_path, deck), ReadOptions())

    assert [entry_of(entry, "d", True).cards[0].key for entry in found.entries] == [
        entry_of(entry, "d", True).cards[0].key for entry in deck.entries
    ]
    assert [card_ways(entry, True) for entry in found.entries] == [
        card_ways(entry, True) for entry in deck.entries
    ]


def test_a_page_of_several_decks_is_several_decks(tmp_path: Path) -> None:
    more = replace(draft(ENTRY), title="More", id="more")
    path = page(tmp_path, draft(ENTRY), replace(draft(), title="Empty", id="empty"), more)

    assert [each.title for each in outline.read(path, ReadOptions())] == ["Signals", "More"]
    written(path, f"{DECK_MARK}\n\n### TTL\n\nAn age.\n")
    assert [each.title for each in outline.read(path, ReadOptions())] == ["deck"]
    with pytest.raises(OffhandError, match="No cards were found"):
        outline.read(written(path, f"# Only\n\n{DECK_MARK}\n"), ReadOptions())
    with pytest.raises(OffhandError, match="No cards were found"):
        outline.read(written(path, f"{DECK_MARK}\n"), ReadOptions())


def test_what_a_person_writes_onto_a_page_is_taken_too(tmp_path: Path) -> None:
    path = page(tmp_path, draft(DraftEntry(HERE, term="TTL", definition="An age.")))
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "\n#### Why?\n\nSo.\n\n## New\n\n### LRU\n\nOldest.\n\n### Empty\n\n### What now?\n\nThis.\n"
        )

    (found,) = outline.read(path, ReadOptions())

    assert sections(found) == {
        "Everyday": [("TTL", "An age.")],
        "New": [("LRU", "Oldest."), ("What now?", "This.")],
    }
    assert found.entries[0].questions == (DraftQuestion("Why?", "So."),)
    assert [fault.what for fault in found.left_out] == ["`Empty` has nothing below it."]


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
