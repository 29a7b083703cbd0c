"""formats/trainers/qa_text.py: SuperMemo's question-and-answer text."""

from datetime import date
from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.formats.draft import Draft, DraftChoice, DraftQuestion, Past, PastSchedule, ReadOptions
from offhand.formats.trainers import qa_text
from sources import NO_OPTIONS, places, read_one, shown, written


def draft_of(folder: Path, text: str | bytes, options: ReadOptions = NO_OPTIONS) -> Draft:
    return read_one(qa_text.read, written(folder / "items.txt", text), options)


def entries_of(folder: Path, text: str | bytes) -> list[object]:
    return [shown(entry) for entry in draft_of(folder, text).entries]


def test_items_are_questions_with_answers(tmp_path: Path) -> None:
    assert entries_of(tmp_path, "Q: Capital of Poland?\nA: Warszawa\n\nq: river\na: rivero\n") == [
        {"questions": (DraftQuestion("Capital of Poland?", "Warszawa"),)},
        {"questions": (DraftQuestion("river", "rivero"),)},
    ]


def test_lines_of_one_kind_are_lines_of_one_text(tmp_path: Path) -> None:
    text = "Q: Which countries\nQ: lie in the north?\nA: Uganda (west)\nA: Kenya (east)\nwithout a sign\n"

    assert entries_of(tmp_path, text) == [
        {
            "questions": (
                DraftQuestion(
                    "Which countries\nlie in the north?",
                    "Uganda (west)\nKenya (east)\nwithout a sign",
                ),
            )
        }
    ]


def test_numbered_answers_are_wrong_options(tmp_path: Path) -> None:
    text = "q: Who invented it?\na: Edison\na1: Bell\na2: Franklin\n"

    assert entries_of(tmp_path, text) == [
        {"choices": (DraftChoice("Who invented it?", "Edison", (("Bell", ""), ("Franklin", ""))),)}
    ]


def test_signs_that_supermemo_wrote_become_what_they_stand_for(tmp_path: Path) -> None:
    assert entries_of(tmp_path, "Q: &#33267;, &eacute; more<BR>here\x02there\nA: a < b\n") == [
        {"questions": (DraftQuestion("至, é more\nhere\nthere", "a < b"),)}
    ]


LEARNED = "Q: a\nA: b\nI: REP=8 LAP=1 EF=3.200 UF=2.370 INT=429 LAST=27.01.06\nO: 36\n\nQ: c\nA: d\nI: REP=0 LAP=0 EF=2.5 UF=1 INT=0 LAST=0\nO: 1\n"


def test_what_supermemo_knows_of_an_item_is_read_where_asked(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, LEARNED, ReadOptions(history=True))

    assert [entry.pasts for entry in draft.entries] == [
        {"question": Past(schedule=PastSchedule(date(2007, 4, 1), 429, 320, 8, 1))},
        {},
    ]
    assert [entry.pasts for entry in draft_of(tmp_path, LEARNED).entries] == [{}, {}]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Q: a\n\nQ: b\nA: c\n", [(1, "The question has no answer.")]),
        ("A: a\n\nQ: b\nA: c\n", [(1, "An answer without a question.")]),
        ("Q:\nA: a\n", [(1, "The question is empty.")]),
    ],
)
def test_half_an_item_is_a_fault(text: str, faults: list[tuple[int, str]], tmp_path: Path) -> None:
    assert places(draft_of(tmp_path, text).faults) == faults


def test_what_is_no_item_is_left_out_and_named(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "My items\n\nQ: a\nA: b\n")

    assert places(draft.left_out) == [(1, "`My items` is no `Q:` or `A:`.")]


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="No cards were found"):
        draft_of(tmp_path, "\n\n")


def test_it_is_read_in_the_encoding_of_its_time(tmp_path: Path) -> None:
    text = "Q: Wie heißt die Hauptstadt von Österreich, und wo liegt sie?\r\nA: Wien, an der Donau; früher Vindobona\r\n"

    assert entries_of(tmp_path, text.encode("cp1252")) == entries_of(tmp_path, text)
