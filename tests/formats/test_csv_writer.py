"""Decks as a table: safe in a spreadsheet, taken back by the table reader, and by Anki."""

import csv
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from anki_oracle import Anki
from offhand.domain.card import Level, Place
from offhand.formats.csv_writer import write_csv
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
    ReadOptions,
)
from offhand.formats.tables import reading as table
from offhand.formats.tables.spreadsheet_cells import guarded, unguarded
from takeouts import nobody, taken

HERE = Place(Path("deck.yaml"))


def draft(*entries: DraftEntry, title: str = "Signals") -> Draft:
    return Draft(title, (DraftSection("Everyday", entries),), id=title.lower())


def written(folder: Path, *drafts: Draft) -> Path:
    path = folder / "deck.csv"
    write_csv(taken(*drafts), path, nobody)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_card_is_a_row(tmp_path: Path) -> None:
    entry = DraftEntry(
        HERE,
        term="SIGTERM",
        definition="Asks a process\nto end.",
        reverse="Which one asks?",
        questions=(DraftQuestion("Why not SIGKILL?", "No clean-up.", ("files", "locks")),),
        choices=(DraftChoice("Its number?", "15", (("9", "That is SIGKILL."), ("2", ""))),),
        cloze=("{{15}} is SIGTERM, {{9::a number}} is SIGKILL.",),
        contrast=(DraftContrast("SIGKILL", "Only SIGTERM can be caught."),),
        aliases=("terminate", "TERM"),
        level=Level.MID,
        tags=("unix", "job control"),
        extra="See `man 7 signal`.",
    )
    common = {
        "section": "Everyday",
        "tags": "unix job_control",
        "level": "mid",
        "aliases": "",
        "reverse": "",
        "points": "",
        "extra": "See `man 7 signal`.",
    }
    assert rows(written(tmp_path, draft(entry))) == [
        {"term": term, "definition": definition, "id": ident, "kind": kind, **common, **more}
        for term, definition, ident, kind, more in (
            (
                "SIGTERM",
                "Asks a process\nto end.",
                "sigterm",
                "term",
                {"aliases": "terminate; TERM"},
            ),
            ("Which one asks?", "SIGTERM", "sigterm.reverse", "reverse", {}),
            (
                "Why not SIGKILL?",
                "'- files\n- locks\n\nNo clean-up.",
                "sigterm.question-why-not-sigkill",
                "question",
                {"points": "2"},
            ),
            (
                "Its number?\n\n- 15\n- 2\n- 9",
                "**15**\n\n- 9\n\n  That is SIGKILL.",
                "sigterm.choice-its-number",
                "choice",
                {},
            ),
            (
                "{{c1::15}} is SIGTERM, {{c2::9::a number}} is SIGKILL.",
                "",
                "sigterm.cloze-15",
                "cloze",
                {},
            ),
            (
                "What tells **SIGTERM** from **SIGKILL**?",
                "Only SIGTERM can be caught.",
                "sigterm.contrast-sigkill",
                "contrast",
                {},
            ),
        )
    ]


def test_a_deck_comes_back_from_its_table(tmp_path: Path) -> None:
    entries = (
        DraftEntry(
            HERE,
            id="term",
            term="=1+1",
            definition="-2, in\n\na `cell`",
            reverse=True,
            aliases=("two", "-2"),
            level=Level.SENIOR,
            tags=("math",),
            extra="@x",
        ),
        DraftEntry(
            HERE,
            id="sigterm",
            term="SIGTERM",
            definition="Asks.",
            reverse="Which one asks?",
            level=Level.MID,
            questions=(
                DraftQuestion("Why?", "- no list\n\nof points", level=Level.SENIOR),
                DraftQuestion(
                    "And then?", "- a\n\nb", ("files\n\n- open\n- shut", "locks"), id="x"
                ),
            ),
            choices=(
                DraftChoice("Its\n\n- number?", "15", (("9", "SIGKILL\n\n- so"), ("2", "")), "old"),
            ),
            cloze=("{{15}} is SIGTERM, {{9::a number}} is SIGKILL.", "{{c2::a}} {{c2::b}}"),
            contrast=(DraftContrast("SIGKILL", "It can be caught.", id="kill"),),
        ),
        DraftEntry(HERE, id="q", questions=(DraftQuestion("Why?", "+1"),)),
        DraftEntry(
            HERE, id="g", questions=(DraftQuestion("a", "b", id="1"), DraftQuestion("c", "d"))
        ),
        DraftEntry(
            HERE, id="ch", choices=(DraftChoice("p", "r", (("a", "1"), ("w", "2"), ("b", "3"))),)
        ),
        DraftEntry(HERE, id="c", cloze=("{{c1::one}} and {{c2::two::hint}}",)),
        DraftEntry(HERE, id="w", cloze=("{{one}} and {{two::hint}}", "{{three}}")),
        DraftEntry(HERE, id="it", term="'=not a formula", definition="'t is"),
    )
    (found,) = table.read(written(tmp_path, draft(*entries)), ReadOptions())

    assert [(each.title, each.id) for each in found.sections] == [("Everyday", "")]
    assert [_without_place(entry) for entry in found.entries] == [*map(_without_place, entries)]


def test_a_deck_that_asks_all_terms_both_ways_says_so_itself(tmp_path: Path) -> None:
    entries = (
        DraftEntry(HERE, id="a", term="A", definition="b"),
        DraftEntry(HERE, id="q", questions=(DraftQuestion("Why?", "So."),)),
    )
    (found,) = table.read(written(tmp_path, replace(draft(*entries), reverse=True)), ReadOptions())

    assert found.reverse
    assert [_without_place(entry) for entry in found.entries] == [*map(_without_place, entries)]


def test_rows_of_a_table_of_ours_may_be_sorted_deleted_and_added(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        draft(
            DraftEntry(
                HERE,
                term="TTL",
                definition="An age.",
                reverse="What age?",
                questions=(DraftQuestion("Why?", "So."),),
                contrast=(DraftContrast("LRU", "Time, not use."),),
            ),
            DraftEntry(HERE, term="LRU", definition="Oldest."),
        ),
    )
    head, ttl, reverse, question, contrast, lru = path.read_text("utf-8-sig").splitlines()

    def read_again(*lines: str) -> list[DraftEntry]:
        path.write_text("\n".join([head, *lines]), "utf-8")
        (found,) = table.read(path, ReadOptions())
        return list(found.entries)

    (whole,) = read_again(contrast, question, ttl, reverse)
    assert (whole.term, whole.reverse, len(whole.questions)) == ("TTL", "What age?", 1)
    assert [each.other for each in whole.contrast] == ["LRU"]
    without_term = read_again(lru, question, reverse, contrast)
    assert [(entry.term, [q.question for q in entry.questions]) for entry in without_term] == [
        ("LRU", []),
        ("", ["What age?", "Why?"]),
        ("", ["What tells **TTL** from **LRU**?"]),
    ]
    assert [entry.term for entry in read_again(lru, "new,one", lru)] == ["LRU", "LRU", "new"]


def _without_place(entry: DraftEntry) -> dict[str, object]:
    return {n: getattr(entry, n) for n in DraftEntry.__dataclass_fields__ if n != "place"}


def test_more_than_one_deck_has_its_title_in_a_column(tmp_path: Path) -> None:
    entry = DraftEntry(HERE, term="x", definition="y")
    path = written(tmp_path, draft(entry), draft(entry, title="Other"))
    assert [row["of deck"] for row in rows(path)] == ["Signals", "Other"]


def test_the_real_anki_takes_prompt_and_answer_for_front_and_back(
    anki: Anki, tmp_path: Path
) -> None:
    entry = DraftEntry(HERE, term="Größe", definition='Two\nlines, "quoted"; and more')
    found = anki.text(written(tmp_path, draft(entry)), comma=True)
    assert list(found["notes"][-1]["fields"].values())[:2] == [
        "Größe",
        "Two<br>lines, &quot;quoted&quot;; and more",
    ]


@given(st.text("'=+-@\t\r\n＝＋－＠a ", max_size=6))
def test_no_cell_can_be_run_and_every_cell_comes_back(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert unguarded(cell) == text
