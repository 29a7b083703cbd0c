"""formats/tables/reading.py: CSV and TSV as spreadsheets, Quizlet and Anki write them."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.card import Level
from offhand.errors import OffhandError
from offhand.formats.anki.guid import id_of
from offhand.formats.draft import Draft, DraftEntry, DraftQuestion, Limits, ReadOptions
from offhand.formats.entry_cards import entry_id
from offhand.formats.tables import reading as table
from offhand.formats.tables.spreadsheet_cells import guarded
from sources import NO_OPTIONS, places, read_one, sections, shown, written


def draft_of(
    folder: Path, text: str | bytes, options: ReadOptions = NO_OPTIONS, name: str = "words.csv"
) -> Draft:
    return read_one(table.read, written(folder / name, text), options)


def columns(*names: str) -> ReadOptions:
    return ReadOptions(columns=names)


ROWS = [("dog", "Hund"), ("cat, small", 'Katze "klein"'), ("two\nlines", "zwei\nZeilen")]


def as_table(rows: list[tuple[str, str]], **form: object) -> str:
    out = io.StringIO()
    csv.writer(out, **form).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_form_of_a_table_is_seen(
    sign: str, quoting: int, encoding: str, tmp_path: Path
) -> None:
    text = as_table(ROWS * 2 + [("x", "y")] * 4, delimiter=sign, quoting=quoting)
    draft = draft_of(tmp_path, text.encode(encoding), name="words.txt")

    assert sections(draft) == {"words": ROWS * 2 + [("x", "y")] * 4}


def test_quizlets_rows_are_taken_as_they_are_with_quotes_that_mean_nothing(tmp_path: Path) -> None:
    text = '"quoted" word\tmeaning\n5" disk\t"old, thing\nplain\tx "y"\n'

    assert sections(draft_of(tmp_path, text, name="quizlet.txt")) == {
        "quizlet": [('"quoted" word', "meaning"), ('5" disk', '"old, thing'), ("plain", 'x "y"')]
    }


HEADERS = {
    "term,definition": {"term": "a", "definition": "b"},
    "Front,Back": {"term": "a", "definition": "b"},
    "WORD,Meaning": {"term": "a", "definition": "b"},
    "question,answer": {"questions": (DraftQuestion("a", "b"),)},
    "answer,question": {"questions": (DraftQuestion("b", "a"),)},
    "Spanish,English": {"term": "a", "definition": "b"},
    "English,Word": {"term": "b", "definition": "a"},
    "Deutsch,Übersetzung": {"term": "a", "definition": "b"},
    "Vorderseite,Rückseite": {"term": "a", "definition": "b"},
    "Pregunta,Respuesta": {"questions": (DraftQuestion("a", "b"),)},
    "Mot,Traduction": {"term": "a", "definition": "b"},
    "Term (EN),Meaning [DE]": {"term": "a", "definition": "b"},
    "Back side,Front side": {"term": "b", "definition": "a"},
    "Side 1,Side 2": {"term": "a", "definition": "b"},
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_names_the_columns_and_is_no_card(header: str, tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"{header}\na,b\n")

    assert [shown(entry) for entry in draft.entries] == [HEADERS[header]]
    assert "The first row names the columns." in draft.taken


def test_one_language_alone_names_no_columns(tmp_path: Path) -> None:
    assert sections(draft_of(tmp_path, "English,from England\ndog,Hund\n")) == {
        "words": [("English", "from England"), ("dog", "Hund")]
    }


def test_quizlets_cards_parted_by_empty_lines_may_have_several_lines(tmp_path: Path) -> None:
    text = "ATP\tenergy\n- made in\n- mitochondria\n\n\nDNA\tthe plan\n\nbad\n\nRNA\ta copy\n"
    draft = draft_of(tmp_path, text, name="quizlet.txt")

    assert sections(draft) == {
        "quizlet": [
            ("ATP", "energy\n- made in\n- mitochondria"),
            ("DNA", "the plan"),
            ("RNA", "a copy"),
        ]
    }
    assert [entry.place.line for entry in draft.entries] == [1, 6, 10]
    assert places(draft.faults) == [(8, "1 column, where there are 2.")]


def test_quizlets_cards_parted_by_semicolons_stand_in_one_line(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "dog\tHund;cat\tKatze, die;\n", name="quizlet.txt")

    assert sections(draft) == {"quizlet": [("dog", "Hund"), ("cat", "Katze, die")]}


def test_excels_line_that_names_the_sign_is_no_row(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "sep=;\nFront;Back\na, b;c\n")

    assert sections(draft) == {"words": [("a, b", "c")]}
    assert draft.entries[0].place.line == 3


def test_a_table_of_sentences_with_holes_needs_no_column_of_definitions(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "Text,Extra\nThe {{c1::sun}},hot\nno hole,x\n")

    assert [shown(entry) for entry in draft.entries] == [
        {"cloze": ("The {{c1::sun}}",), "extra": "hot"}
    ]
    assert places(draft.faults) == [(3, "`no hole` has no back.")]


def test_every_column_is_read_as_what_it_holds(tmp_path: Path) -> None:
    text = (
        "id,Term,Definition,Deck,Tags,Notes,Reverse,Synonyms,Level,Audio\n"
        'dog-1,dog,Hund,Animals,"pets; easy",barks,yes,"hound, pup",Senior,dog.mp3\n'
        ",cat,Katze,Animals,one two,,Miaows. Which?,,,\n"
        "not an id!,ant,Ameise,,,,no,,expert,\n"
    )
    draft = draft_of(tmp_path, text)

    assert [section.title for section in draft.sections] == ["Animals", "words"]
    assert [shown(entry) for entry in draft.entries] == [
        {
            "id": "dog-1",
            "term": "dog",
            "definition": "Hund",
            "reverse": True,
            "aliases": ("hound", "pup"),
            "level": Level.SENIOR,
            "tags": ("pets", "easy"),
            "extra": "barks",
        },
        {
            "term": "cat",
            "definition": "Katze",
            "reverse": "Miaows. Which?",
            "tags": ("one", "two"),
        },
        {"id": draft.entries[2].id, "term": "ant", "definition": "Ameise"},
    ]
    assert places(draft.left_out) == [
        (1, "The column `Audio`."),
        (4, "A level that is not junior, mid or senior, here."),
    ]


def test_a_person_can_name_the_columns(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path, "Hund,x,dog,Animals\n", columns("definition", "-", "term", "section")
    )

    assert sections(draft) == {"Animals": [("dog", "Hund")]}


def test_a_header_below_columns_that_were_named_is_no_card(tmp_path: Path) -> None:
    named = columns("definition", "term")

    assert sections(draft_of(tmp_path, "front,back\na,b\n", named)) == {"words": [("b", "a")]}
    assert sections(draft_of(tmp_path, "definition,term\na,b\n", named)) == {"words": [("b", "a")]}


@pytest.mark.parametrize(
    ("names", "said"),
    [(("term", "colour"), "There is no column `colour`"), (("tags",), "no term and definition")],
)
def test_columns_that_there_are_not_are_refused(
    names: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    with pytest.raises(OffhandError, match=said):
        draft_of(tmp_path, "a,b\n", columns(*names))


def test_without_a_header_a_column_that_repeats_is_the_section(tmp_path: Path) -> None:
    rows = "".join(f"w{n},m{n},{'Verbs' if n < 4 else 'Nouns'},note {n}\n" for n in range(8))
    draft = draft_of(tmp_path, rows)

    assert {s.title: len(s.entries) for s in draft.sections} == {"Verbs": 4, "Nouns": 4}
    assert draft.entries[5].extra == "note 5"
    assert draft.taken[0] == (
        "Columns, with a comma between them: term, definition, section, extra."
    )


def test_a_front_that_asks_is_a_question(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "What is it?,A dog\ndog,Hund\n")

    assert [shown(entry) for entry in draft.entries] == [
        {"questions": (DraftQuestion("What is it?", "A dog"),)},
        {"term": "dog", "definition": "Hund"},
    ]


ANKI = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    "#tags column:6\n"
    "kJ;x\tBasic\tSpanish::Verbs\tir\t<b>to go</b>\tverb easy\n"
    '"#2"\tBasic (and reversed card)\tSpanish\tperro\tdog\t\n'
    "# a comment\n"
    'c3\tCloze\tSpanish::Verbs\t{{c1::Ir}} is {{c2::to go::a verb}}\t"more<br>here"\t\n'
)


def test_what_anki_writes_is_read_as_its_header_says(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, ANKI, name="Notes.txt")

    assert draft.title == "Spanish"
    assert [
        (section.title, [shown(entry) for entry in section.entries]) for section in draft.sections
    ] == [
        (
            "Verbs",
            [
                {
                    "id": id_of(b"kJ;x"),
                    "term": "ir",
                    "definition": "**to go**",
                    "tags": ("verb", "easy"),
                },
                {
                    "id": "c3",
                    "cloze": ("{{c1::Ir}} is {{c2::to go::a verb}}",),
                    "extra": "more\\\nhere",
                },
            ],
        ),
        (
            "Spanish",
            [{"id": id_of(b"#2"), "term": "perro", "definition": "dog", "reverse": True}],
        ),
    ]
    assert [entry.place.line for entry in draft.entries] == [7, 10, 8]


def test_images_beside_a_table_of_html_come_along(tmp_path: Path) -> None:
    written(tmp_path / "dog.png", b"D")
    html = '<img src="dog.png"><img src="cat.png"><img src="https://e.org/x.png">[sound:a.mp3]'
    quoted = html.replace('"', '""')
    text = f'#separator:tab\n#html:true\ndog\t"Hund {quoted}"\ncat\t"{quoted}Katze"\n'
    draft = draft_of(tmp_path, text)

    assert [entry.definition for entry in draft.entries] == [
        "Hund ![](dog.png)![](https://e.org/x.png)",
        "![](dog.png)![](https://e.org/x.png)Katze",
    ]
    assert draft.media["dog.png"]() == b"D"
    assert [what for _, what in places(draft.left_out)] == [
        "The image `cat.png` is not there.",
        "2 sounds in the texts.",
    ]


def test_ankis_header_can_name_columns_tags_and_deck(tmp_path: Path) -> None:
    text = "#separator:Semicolon\n#columns:Back;Front;Hint\n#tags:one two\n#deck:A::B\nHund;dog;barks\n"
    draft = draft_of(tmp_path, text, name="x.txt")

    assert (draft.title, [shown(entry) for entry in draft.entries]) == (
        "A / B",
        [{"term": "dog", "definition": "Hund", "tags": ("one", "two"), "extra": "barks"}],
    )


def test_an_optional_reversed_note_is_asked_back_where_its_field_says_so(tmp_path: Path) -> None:
    text = "#separator:tab\n#notetype:Basic (optional reversed card)\ndog\tHund\ty\ncat\tKatze\t\n"

    assert [entry.reverse for entry in draft_of(tmp_path, text).entries] == [True, None]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-ed", "@home", "'=x", "it's", "'tis"])
def test_the_guard_of_a_formula_is_taken_back(text: str, tmp_path: Path) -> None:
    draft = draft_of(tmp_path, as_table([(guarded(text), "x"), ("y", guarded(text))]))

    assert sections(draft) == {"words": [(text, "x"), ("y", text)]}


RAGGED = {
    "a column too few": ("a,b\nc\nd,e\n", [(2, "1 column, where there are 2.")]),
    "a column too many": ("a,b\nc,d,e\nf,g\n", [(2, "3 columns, where there are 2.")]),
    "an empty back": ("a,b\nc,\nd,e\n", [(2, "`c` has no back.")]),
    "an empty front": ("a,b\n,c\nd,e\n", [(2, "A back without a front.")]),
    "behind a text of two lines": ('"a\nb",c\nd\n', [(3, "1 column, where there are 2.")]),
    "behind a quote": (
        'a,b\n"c"d,e\nf,g\n',
        [(2, "Something stands behind the closing quote of a text.")],
    ),
    "a quote never closed": (
        'a,b\nc,"d\ne,f\n',
        [(2, "A double quote opens here and is never closed.")],
    ),
}


@pytest.mark.parametrize("kind", RAGGED)
def test_a_row_that_cannot_be_meant_is_a_fault_on_its_line(kind: str, tmp_path: Path) -> None:
    text, faults = RAGGED[kind]
    draft = draft_of(tmp_path, text)

    assert places(draft.faults) == faults
    assert draft.entries[0].place.line == 1


def test_empty_rows_and_columns_are_nothing(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a,b,,\n\n,,\nc,d\n")

    assert (sections(draft), draft.faults) == ({"words": [("a", "b"), ("c", "d")]}, ())


def test_a_field_beyond_the_limit_is_a_fault(tmp_path: Path) -> None:
    text = f"a,b\n{'x' * 200},c\nd,e\n"
    draft = draft_of(tmp_path, text, ReadOptions(limits=Limits(text_size=100)))

    assert places(draft.faults) == [(2, "A text is longer than 100 characters.")]
    assert sections(draft) == {"words": [("a", "b"), ("d", "e")]}
    assert csv.field_size_limit() == 131_072


def test_a_long_field_is_taken_whole(tmp_path: Path) -> None:
    long = "x" * 200_000

    assert sections(draft_of(tmp_path, f"a,{long}\nb,c\n")) == {"words": [("a", long), ("b", "c")]}


@pytest.mark.parametrize("text", ["one\ntwo\nthree\n", "term,definition\n", ",\n,\n"])
def test_a_text_that_is_no_table_or_empty_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match=r"is no table|No cards were found"):
        draft_of(tmp_path, text)


def test_right_to_left_and_wide_signs_are_texts_like_others(tmp_path: Path) -> None:
    assert sections(draft_of(tmp_path, "שרת;מחשב שמשרת\n犬;いぬ\n")) == {
        "words": [("שרת", "מחשב שמשרת"), ("犬", "いぬ")]
    }


def test_progress_is_told_and_can_end_the_reading(tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        assert total == 5001
        if done > 2000:
            raise Cancelled

    rows = "".join(f"w{n},m{n}\n" for n in range(5000))
    with pytest.raises(Cancelled):
        draft_of(tmp_path, rows, ReadOptions(progress=cancel))


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1).map(str.strip)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_any_texts_come_back_from_a_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], sign: str
) -> None:
    rows = [(a, b) for a, b in rows if a and b and "{{c" not in a] or [("a", "b")]
    header = [("term", "definition")]
    text = as_table(
        header + [(guarded(a), guarded(b)) for a, b in rows], delimiter=sign, quoting=csv.QUOTE_ALL
    )
    path = written(tmp_path_factory.mktemp("t") / "t.csv", text)

    (draft,) = table.read(path, NO_OPTIONS)
    assert [(entry.term, entry.definition) for entry in draft.entries] == rows


def test_names_that_only_signs_tell_apart_keep_their_ids_in_any_order(tmp_path: Path) -> None:
    rows = ["C,1", "C++,2", "C#,3", ".NET,4", "NET,5", "What is C?,6", "What is C#?,7"]
    there = draft_of(tmp_path, "\n".join(rows))
    back = draft_of(tmp_path, "\n".join(reversed(rows)))

    assert len({entry_id(entry) for entry in there.entries}) == len(rows)
    assert {entry_id(entry): sides_of(entry) for entry in there.entries} == {
        entry_id(entry): sides_of(entry) for entry in back.entries
    }
    assert [entry.id for entry in there.entries if entry.term in ("C", "NET")] == ["", ""]


def sides_of(entry: DraftEntry) -> tuple[str, str]:
    return (
        (entry.term, entry.definition)
        if entry.term
        else (entry.questions[0].question, entry.questions[0].answer)
    )
