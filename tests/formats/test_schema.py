import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from offhand.formats.deck_folder import deck_at
from offhand.formats.yaml import entry as yaml_entry
from offhand.formats.yaml import written as yaml_written
from offhand.formats.yaml.deck import check_deck, read_header, read_section
from offhand.formats.yaml.written import Header
from offhand.resources import shipped
from yaml_editor import SCHEMA, marked

HEADER = Header("deck", "Deck", "", False)

FIELDS = {
    "termEntry": yaml_entry._TERM,
    "definitionOfShort": yaml_entry._TERM[1:],
    "questionEntry": yaml_entry._QUESTION,
    "questionOfTerm": yaml_entry._QUESTION_OF_TERM,
    "choiceEntry": yaml_entry._CHOICE,
    "choiceOfTerm": yaml_entry._CHOICE_OF_TERM,
    "clozeEntry": yaml_entry._CLOZE,
    "contrast": yaml_entry._CONTRAST,
    "section": yaml_written._SECTION_FIELDS,
}


def refused(path: Path, text: str) -> list[str]:
    """What Offhand refuses in a deck file, be it one deck, a header or a section."""
    path.write_text(text, "utf-8")
    if text.startswith("section:"):
        return [str(fault) for fault in read_section(path, HEADER)[1]]
    if path.name == "deck.yaml":
        return [str(fault) for fault in read_header(deck_at(path.parent)).faults]
    return [str(fault) for fault in check_deck(path).faults]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(shipped("decks").glob("*/*.yaml")), ids=lambda p: p.name)
def test_the_shipped_deck_conforms_to_it(path: Path):
    assert marked(path.read_text("utf-8")) == []


def test_every_shipped_file_names_it_where_it_lies():
    files = sorted(shipped("decks").glob("*/*.yaml"))
    first_lines = {path.name: path.read_text("utf-8").splitlines()[0] for path in files}
    modeline = "# yaml-language-server: $schema=../deck.schema.json"
    assert first_lines == {path.name: modeline for path in files}
    assert files


def _documented() -> Iterator[str]:
    """The examples of the format's page, each as the whole file that it could stand in."""
    page = shipped("docs/deck-format.md").read_text("utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        if lines[0].startswith("  "):
            lines = ["- term: Log", "  definition: A file.", *lines]
        if lines[0].startswith("- "):
            lines = ["section: Examples", "entries:", *(f"  {line}" for line in lines)]
        yield "\n".join(lines) + "\n"


DOCUMENTED = list(_documented())


@pytest.mark.parametrize("text", DOCUMENTED)
def test_the_documented_examples_are_accepted_by_both(tmp_path: Path, text: str):
    name = "deck.yaml" if "entries:" not in text and "sections:" not in text else "example.yaml"
    assert (refused(tmp_path / name, text), marked(text)) == ([], [])


def test_the_documented_examples_show_every_field():
    shown = "\n".join(DOCUMENTED)
    known = {field for fields in FIELDS.values() for field in fields} | set(
        yaml_written._DECK_FIELDS
    )
    assert {field for field in known if not re.search(rf"\b{field}:", shown)} == set()


@pytest.mark.parametrize("name", FIELDS)
def test_an_object_has_the_fields_that_are_read(name: str):
    found = SCHEMA["$defs"][name]
    assert (set(found["properties"]), found["additionalProperties"]) == (set(FIELDS[name]), False)


def test_a_file_has_the_fields_that_are_read():
    assert set(SCHEMA["properties"]) == {*yaml_written._DECK_FIELDS, *yaml_written._SECTION_FIELDS}
    in_a_section = {field for field, allowed in SCHEMA["then"]["properties"].items() if not allowed}
    assert in_a_section == set(yaml_written._DECK_FIELDS) - set(yaml_written._SECTION_FIELDS)


def test_every_field_has_a_title_and_a_description_to_hover_over():
    without = []
    for name, owner in [("file", SCHEMA), *SCHEMA["$defs"].items()]:
        for field, found in owner.get("properties", {}).items():
            target = SCHEMA["$defs"].get(found.get("$ref", "").rpartition("/")[2], {})
            told = target | found
            if not (told.get("title") and told.get("description")):
                without.append(f"{name}.{field}")
    assert without == []


GOOD = {
    "the short form": "deck: D\nentries:\n  SIGTERM: Asks.\n",
    "a list in the short form": "deck: D\nentries:\n  - SIGTERM: Asks.\n  - SIGKILL: Ends.\n",
    "a short term with fields": "deck: D\nentries:\n  A:\n    definition: b\n    level: mid\n",
    "a term called term": "deck: D\nentries:\n  term: A word with one meaning.\n",
    "sections by title": "deck: D\nsections:\n  S:\n    A: b\n  T:\n    - C: d\n",
    "sections in a list": "deck: D\nsections:\n  - section: S\n    id: s\n    entries: {A: b}\n",
    "a whole header": "deck: D\nid: d\nabout: x\nreverse: off\nentries: {A: b}\n",
    "one text where a list may be": "section: S\nentries:\n  - term: A\n    definition: b\n"
    "    tags: t\n    aliases: a\n    sources: s\n    cloze: '{{x}} is'\n",
    "one question where a list may be": "section: S\nentries:\n  - term: A\n    definition: b\n"
    "    questions: {question: q, answer: a}\n    contrast: {with: B, difference: d}\n"
    "    choices: {question: q, right: r, wrong: w}\n",
    "empty lists": "section: S\nentries:\n  - term: A\n    definition: b\n    tags: []\n"
    "    questions: []\n    cloze: []\n",
    "a lone question": "section: S\nentries:\n  - question: q\n    answer: a\n    see: [B]\n"
    "    points: [one]\n    level: senior\n",
    "a lone choice": "section: S\nentries:\n  - question: q\n    right: r\n"
    "    wrong: {w: because, v: ''}\n    why: y\n",
    "wrong options without reasons": "section: S\nentries:\n  - question: q\n    right: r\n"
    "    wrong: [v, w]\n",
    "a lone cloze": "section: S\nentries:\n  - cloze: ['{{a}} b', 'c {{c1::d::hint}}']\n    id: x\n",
    "a reverse prompt": "section: S\nentries:\n  - term: A\n    definition: b\n    reverse: What?\n",
    "numbers, booleans and dates as text": "deck: 2024\nid: 1.5\nentries:\n  502: 1e3\n"
    "  no: yes\n  null: 2024-01-01\n  true: .inf\n  0x1F: ~x\n",
    "plain values in every field": "section: 1\nentries:\n  - term: 502\n    definition: 1e3\n"
    "    reverse: 42\n    tags: [1, true, null]\n    aliases: 1\n    see: [2]\n    sources: [3.5]\n"
    "    questions: [{question: 1, answer: true, points: [1, 2]}]\n"
    "    choices: [{question: 1, right: true, wrong: {false: null, 3: 4}, why: 5, id: 6}]\n"
    "    contrast: [{with: 1, difference: 2}]\n",
    "an id of another script": "deck: D\nid: слово_1\nentries: {A: b}\n",
}
BAD = {
    "no title": "id: d\nentries: {A: b}\n",
    "an unknown field of a deck": "deck: D\ntitle: x\nentries: {A: b}\n",
    "an unknown field of a section": "section: S\ntitle: x\nentries: {A: b}\n",
    "a section with a deck's field": "section: S\ndeck: D\nentries: {A: b}\n",
    "sections and entries": "deck: D\nsections: {S: {A: b}}\nentries: {A: b}\n",
    "no entry": "deck: D\nentries: []\n",
    "no entry in the short form": "deck: D\nentries: {}\n",
    "a text for entries": "deck: D\nentries: some\n",
    "no section": "deck: D\nsections: []\n",
    "no section in the short form": "deck: D\nsections: {}\n",
    "a section without entries": "section: S\nid: s\n",
    "a section without entries in a deck": "deck: D\nsections:\n  - section: S\n",
    "a section of a deck without a title": "deck: D\nsections:\n  - entries: {A: b}\n",
    "a section that is a text": "deck: D\nsections: [S]\n",
    "a deck that may be reversed": "deck: D\nreverse: maybe\nentries: {A: b}\n",
    "a list for a title": "deck: [D]\nentries: {A: b}\n",
    "an id with a space": "deck: D\nid: a b\nentries: {A: b}\n",
    "an id that begins with a dot": "deck: D\nid: .a\nentries: {A: b}\n",
    "an id with a slash": "deck: D\nid: a/b\nentries: {A: b}\n",
    "an id of 101 letters": f"deck: D\nid: {'a' * 101}\nentries: {{A: b}}\n",
    "a negative id": "deck: D\nid: -1\nentries: {A: b}\n",
    "an entry that is a text": "section: S\nentries: [A]\n",
    "two terms in one item": "section: S\nentries:\n  - A: b\n    C: d\n",
    "an empty item": "section: S\nentries:\n  - {}\n",
    "an empty term": "section: S\nentries:\n  '': b\n",
    "a list for a definition": "section: S\nentries:\n  A: [b]\n",
    "an empty definition": "section: S\nentries:\n  A: ' '\n",
    "a short term without a definition": "section: S\nentries:\n  A: {level: mid}\n",
    "a term without a definition": "section: S\nentries:\n  - term: A\n",
    "a term with an answer": "section: S\nentries:\n  - {term: A, definition: b, answer: c}\n",
    "a term that is a question too": "section: S\nentries:\n  - {term: A, definition: b, question: c}\n",
    "a list for reverse": "section: S\nentries:\n  - {term: A, definition: b, reverse: [c]}\n",
    "an unknown level": "section: S\nentries:\n  - {term: A, definition: b, level: expert}\n",
    "an empty tag": "section: S\nentries:\n  - {term: A, definition: b, tags: ['']}\n",
    "a mapping among tags": "section: S\nentries:\n  - {term: A, definition: b, tags: [{c: d}]}\n",
    "a mapping for sources": "section: S\nentries:\n  - {term: A, definition: b, sources: {RFC: 1}}\n",
    "a text for questions": "section: S\nentries:\n  - {term: A, definition: b, questions: q}\n",
    "a question without an answer": "section: S\nentries:\n  - question: q\n",
    "a question without an answer in a term": "section: S\nentries:\n"
    "  - {term: A, definition: b, questions: [{question: q}]}\n",
    "tags of a question in a term": "section: S\nentries:\n"
    "  - {term: A, definition: b, questions: [{question: q, answer: a, tags: [t]}]}\n",
    "a choice with points": "section: S\nentries:\n  - {question: q, right: r, wrong: w, points: [p]}\n",
    "a choice with an answer": "section: S\nentries:\n  - {question: q, right: r, answer: a}\n",
    "a choice without wrong options": "section: S\nentries:\n  - {question: q, right: r}\n",
    "a choice with no wrong option": "section: S\nentries:\n  - {question: q, right: r, wrong: {}}\n",
    "an empty list of wrong options": "section: S\nentries:\n  - {question: q, right: r, wrong: []}\n",
    "an empty wrong option": "section: S\nentries:\n  - {question: q, right: r, wrong: {'': x}}\n",
    "a list for a reason": "section: S\nentries:\n  - {question: q, right: r, wrong: {w: [x]}}\n",
    "a contrast without a difference": "section: S\nentries:\n"
    "  - {term: A, definition: b, contrast: [{with: B}]}\n",
    "a contrast with a level": "section: S\nentries:\n"
    "  - {term: A, definition: b, contrast: [{with: B, difference: d, level: mid}]}\n",
    "a cloze without a hole": "section: S\nentries:\n  - cloze: nothing\n",
    "a cloze of a term without a hole": "section: S\nentries:\n"
    "  - {term: A, definition: b, cloze: [c]}\n",
    "an empty hole": "section: S\nentries:\n  - cloze: 'a {{b}} and {{ }}'\n",
    "a hole with a hint alone": "section: S\nentries:\n  - cloze: 'a {{c1::::hint}}'\n",
    "a cloze without a sentence": "section: S\nentries:\n  - cloze: []\n",
    "a cloze with an answer": "section: S\nentries:\n  - {cloze: 'a {{b}}', answer: b}\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_offhand_reads_an_editor_accepts(tmp_path: Path, text: str):
    faults = refused(tmp_path / "example.yaml", text)
    assert (faults, marked(text)) == ([], [])


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_offhand_refuses_an_editor_marks(tmp_path: Path, text: str):
    assert refused(tmp_path / "example.yaml", text)
    assert marked(text)


def test_a_header_of_a_folder_needs_no_entries(tmp_path: Path):
    text = "deck: D\nid: d\nabout: x\nreverse: true\n"
    assert refused(tmp_path / "deck.yaml", text) == []
    assert marked(text) == []


TEXT = st.sampled_from(["a", "b c", "no", "42", "right or wrong"])
TEXTS = st.one_of(TEXT, st.lists(TEXT, max_size=2))
HOLES = st.sampled_from(["{{a}} b", "{{c1::a::hint}}, {{b}}", ["{{a}} b", "c {{d}}"]])
NOT_MEANT = st.sampled_from(["", " ", "{{ }}", [], [""], [["a"]], {}, {"a": "b"}, {"": "b"}])
LISTED = ("tags", "aliases", "sources", "see", "points")
MEANT = dict.fromkeys(LISTED, TEXTS) | {
    "level": st.sampled_from(["junior", "mid", "senior"]),
    "id": st.sampled_from(["a", "b-c", "1.5"]),
    "right": st.just("right"),
    "wrong": st.one_of(TEXTS, st.dictionaries(TEXT, TEXT, min_size=1, max_size=2)),
    "cloze": HOLES,
}


def fields_of(
    names: tuple[str, ...], *required: str, **meant: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """A mapping with the fields; now and then a value is not meant so, or a field is too much."""
    of = {name: (MEANT | meant).get(name, TEXT) for name in names}
    loose = {name: st.one_of(values, values, NOT_MEANT) for name, values in of.items()}
    first = {name: of.pop(name) for name in required}
    return st.one_of(
        st.fixed_dictionaries(first, optional=of),
        st.fixed_dictionaries(first, optional={name: loose[name] for name in of}),
        st.fixed_dictionaries({}, optional=loose | {"unknown": TEXT}),
    )


def one_or_more(item: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(item, st.lists(item, max_size=2))


OF_A_TERM = {
    "questions": one_or_more(fields_of(yaml_entry._QUESTION_OF_TERM, "question", "answer")),
    "choices": one_or_more(fields_of(yaml_entry._CHOICE_OF_TERM, "question", "right", "wrong")),
    "contrast": one_or_more(fields_of(yaml_entry._CONTRAST, "with", "difference")),
}
SHORT = st.dictionaries(
    TEXT,
    st.one_of(TEXT, NOT_MEANT, fields_of(yaml_entry._TERM[1:], "definition", **OF_A_TERM)),
    max_size=2,
)
ENTRY = st.one_of(
    fields_of(yaml_entry._TERM, "term", "definition", **OF_A_TERM),
    fields_of(yaml_entry._QUESTION, "question", "answer"),
    fields_of(yaml_entry._CHOICE, "question", "right", "wrong"),
    fields_of(yaml_entry._CLOZE, "cloze"),
    SHORT,
    NOT_MEANT,
)


@given(entries=st.one_of(st.lists(ENTRY, max_size=2), SHORT, NOT_MEANT))
def test_both_agree_on_any_entries(tmp_path_factory: pytest.TempPathFactory, entries: Any):
    text = "section: S\nentries: " + json.dumps(entries) + "\n"
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    faults, marks = refused(path, text), marked(text)
    assert bool(faults) == bool(marks), (faults, marks)
