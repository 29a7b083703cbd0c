"""Every fault that a deck can have: named with its line and column, and how to mend it."""

from pathlib import Path

import pytest

from deck_files import faults_in, write_deck
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import read_deck

HEAD = "deck: A\nentries:\n"
TERM = HEAD + "  - term: B\n    definition: c\n"


def deck_case(name: str, text: str, *faults: str) -> object:
    return pytest.param(text, list(faults), id=name)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        deck_case(
            "a text alone",
            "just a text\n",
            "1:1: A deck begins with `deck: Title`. Add it as the first line.",
        ),
        deck_case(
            "no title",
            "entries: {a: b}\n",
            "1:1: `deck` is missing in a deck. Add `deck:`.",
        ),
        deck_case(
            "an empty title",
            "deck:\nentries: {a: b}\n",
            "1:6: `deck` is empty. Write it, or delete the entry.",
        ),
        deck_case(
            "a title that is a list",
            "deck: [A, B]\nentries: {a: b}\n",
            "1:7: `deck` is not a text. Put it in quotes, or under `|`.",
        ),
        deck_case(
            "a misspelt field",
            "deck: A\nabotu: all of it\nentries: {a: b}\n",
            "2:1: There is no field `abotu` in a deck. Did you mean `about`?",
        ),
        deck_case(
            "a field that is like no other",
            "deck: A\nentries: {a: b}\nx\x20y: z\n",
            "3:1: There is no field `x y` in a deck."
            " It has `deck`, `id`, `about`, `reverse`, `origin`, `sections`, `entries`.",
        ),
        deck_case(
            "a field with escape codes in its name",
            'deck: A\nentries: {a: b}\n"\\e[31m": z\n',
            "3:1: There is no field `␛[31m` in a deck."
            " It has `deck`, `id`, `about`, `reverse`, `origin`, `sections`, `entries`.",
        ),
        deck_case(
            "an id with a slash",
            "deck: A\nid: a/b\nentries: {a: b}\n",
            "2:5: `a/b` cannot be an id. Use letters, digits, `-`, `_` and `.`, up to 100,"
            " beginning with a letter or digit.",
        ),
        deck_case(
            "an id that is too long",
            f"deck: A\nid: {'i' * 101}\nentries: {{a: b}}\n",
            f"2:5: `{'i' * 60}` cannot be an id. Use letters, digits, `-`, `_` and `.`, up to 100,"
            " beginning with a letter or digit.",
        ),
        deck_case(
            "a reverse that means neither",
            "deck: A\nreverse: maybe\nentries: {a: b}\n",
            "2:10: `reverse` of a deck is true or false. Write `true`.",
        ),
        deck_case(
            "no cards",
            "deck: A\n",
            "1:1: The deck has no cards. Add `sections:` or `entries:` with some.",
        ),
        deck_case(
            "entries beside sections",
            "deck: A\nsections:\n  B: {c: d}\nentries:\n  e: f\n",
            "5:3: A deck has `sections` or `entries`, not both. Move these entries into a section.",
        ),
        deck_case(
            "sections without one",
            "deck: A\nsections:\n",
            "2:10: `sections` holds no section. Write `Title:` with its entries below.",
        ),
        deck_case(
            "an empty list of sections",
            "deck: A\nsections: []\n",
            "2:11: `sections` holds no section. Write `Title:` with its entries below.",
        ),
        deck_case(
            "an empty mapping of sections",
            "deck: A\nsections: {}\n",
            "2:11: `sections` holds no section. Write `Title:` with its entries below.",
        ),
        deck_case(
            "a section without a title",
            'deck: A\nsections:\n  "": {b: c}\n',
            "3:3: The section has no title. Write `Title:` before its entries.",
        ),
        deck_case(
            "a listed section that is a text",
            "deck: A\nsections:\n  - Everyday\n",
            "3:5: A section begins with `section: Title`. Add it, and `entries:` below.",
        ),
        deck_case(
            "a listed section without a title",
            "deck: A\nsections:\n  - entries: {b: c}\n",
            "3:5: `section` is missing in a section. Add `section:`.",
        ),
        deck_case(
            "a listed section without entries",
            "deck: A\nsections:\n  - section: B\n  - section: C\n    entries:\n",
            "3:5: The section has no entries. Add `entries:` with some.",
            "4:5: The section has no entries. Add `entries:` with some.",
        ),
        deck_case(
            "a titled section without entries",
            "deck: A\nsections:\n  B:\n  C: {d: e}\n",
            "3:5: There are no entries here. Write `Term: definition` on a line.",
        ),
        deck_case(
            "an empty list of entries",
            "deck: A\nentries: []\n",
            "2:10: There are no entries here. Write `Term: definition` on a line.",
        ),
        deck_case(
            "a section twice",
            "deck: A\nsections:\n  Job control: {b: c}\n  job-control: {d: e}\n",
            "4:3: A second section `job-control`; the first is at {path}:3:3."
            " Give one of them another `id:`.",
        ),
    ],
)
def test_a_fault_of_the_deck_is_named_where_it_stands(
    tmp_path: Path, text: str, faults: list[str]
) -> None:
    path = tmp_path / "things.yaml"
    assert faults_in(tmp_path, text) == [fault.replace("{path}", str(path)) for fault in faults]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        deck_case(
            "a text among the entries",
            HEAD + "  - SQL is a language\n",
            "3:5: This entry is neither a term, a question nor a cloze."
            " Write `- Term: definition`, or `- question:` with an `answer:`.",
        ),
        deck_case(
            "an entry of other fields",
            HEAD + "  - defintion: a\n    tags: [b]\n",
            "3:5: This entry has no `term`, `question` or `cloze`. Begin it with one of them.",
        ),
        deck_case(
            "an entry of no fields",
            HEAD + "  - {}\n",
            "3:5: This entry has no `term`, `question` or `cloze`. Begin it with one of them.",
        ),
        deck_case(
            "a list as a definition",
            HEAD + "  SQL: [a, b]\n",
            "3:8: `SQL` has a list where its definition belongs."
            " Write one text, or `definition:` with further fields.",
        ),
        deck_case(
            "a short form without a term",
            HEAD + '  "": a definition\n  " ": another\n',
            "3:3: The term is empty. Write `Term: definition`.",
            "4:3: The term is empty. Write `Term: definition`.",
        ),
        deck_case(
            "a short form without a definition",
            HEAD + "  SQL:\n",
            "3:7: `definition` is empty. Write it, or delete the entry.",
        ),
        deck_case(
            "an empty term",
            HEAD + '  - term: ""\n    definition: c\n',
            "3:11: `term` is empty. Write it, or delete the entry.",
        ),
        deck_case(
            "no definition",
            HEAD + "  - term: SQL\n    level: mid\n",
            "3:5: `definition` is missing in `SQL`. Add `definition:`.",
        ),
        deck_case(
            "a definition that is a list",
            HEAD + "  - term: SQL\n    definition: [a]\n",
            "4:17: `definition` is not a text. Put it in quotes, or under `|`.",
        ),
        deck_case(
            "a misspelt field of a term",
            TERM + "    alias: x\n",
            "5:5: There is no field `alias` in a term. Did you mean `aliases`?",
        ),
        deck_case(
            "the fields of the short form misspelt",
            HEAD + "  SQL:\n    definition: a\n    tag: b\n",
            "5:5: There is no field `tag` in a term. Did you mean `tags`?",
        ),
        deck_case(
            "an id that is none",
            TERM + "    id: two words\n",
            "5:9: `two words` cannot be an id. Use letters, digits, `-`, `_` and `.`, up to 100,"
            " beginning with a letter or digit.",
        ),
        deck_case(
            "a reverse that is a list",
            TERM + "    reverse: [a]\n",
            "5:14: `reverse` is true, false or a text. Write `true`, or the prompt.",
        ),
        deck_case(
            "a level that does not exist",
            TERM + "    level: expert\n",
            "5:12: There is no such level. Write junior, mid or senior.",
        ),
        deck_case(
            "a tag that is a mapping",
            TERM + "    tags: [a, b: c, '']\n",
            "5:15: `tags` holds something that is not a text."
            " Write `- text`; put a text that holds `: ` in quotes.",
            "5:21: `tags` holds something that is not a text."
            " Write `- text`; put a text that holds `: ` in quotes.",
        ),
        deck_case(
            "questions that are texts",
            TERM + "    questions:\n      - Why?\n",
            "6:9: `questions` is a list of entries with fields."
            " Begin each with `- ` and its first field.",
        ),
        deck_case(
            "a question without an answer",
            TERM + "    questions:\n      - question: Why?\n",
            "6:9: `answer` is missing in a question. Add `answer:`.",
        ),
        deck_case(
            "an answer without a question",
            TERM + "    questions:\n      - answer: So.\n",
            "6:9: `question` is missing in a question. Add `question:`.",
        ),
        deck_case(
            "a question of a term with fields that only an entry has",
            TERM
            + "    questions:\n      - question: Why?\n        answer: So.\n        see: [B]\n",
            "8:9: There is no field `see` in a question of a term."
            " It has `question`, `answer`, `points`, `level`, `id`.",
        ),
        deck_case(
            "a choice of a term with fields that only an entry has",
            TERM + "    choices:\n      - {question: a, right: b, wrong: [c], tags: [d]}\n",
            "6:45: There is no field `tags` in a choice of a term."
            " It has `question`, `right`, `wrong`, `why`, `level`, `id`.",
        ),
        deck_case(
            "a question of its own with two faults, each told once",
            HEAD + "  - question: Why?\n    answer: So.\n    levl: x\n    level: y\n",
            "5:5: There is no field `levl` in a question. Did you mean `level`?",
            "6:12: There is no such level. Write junior, mid or senior.",
        ),
        deck_case(
            "a question of its own without an answer",
            HEAD + "  - question: Why?\n",
            "3:5: `answer` is missing in a question. Add `answer:`.",
        ),
        deck_case(
            "a question of its own that is empty, told once",
            HEAD + '  - question: ""\n    answer: So.\n',
            "3:15: `question` is empty. Write it, or delete the entry.",
        ),
        deck_case(
            "a choice without a question",
            TERM + "    choices:\n      - {right: a, wrong: [b]}\n",
            "6:9: `question` is missing in a choice. Add `question:`.",
        ),
        deck_case(
            "a choice without a right option",
            HEAD + "  - question: Which?\n    wrong: [a]\n",
            "3:5: `right` is missing in a choice. Add `right:`.",
        ),
        deck_case(
            "a choice without wrong options",
            HEAD + "  - question: Which?\n    right: a\n",
            "3:5: The choice has no wrong options. Add `wrong:` with `option: reason` lines.",
        ),
        deck_case(
            "a choice with an empty mapping of wrong options",
            HEAD + "  - question: Which?\n    right: a\n    wrong: {}\n",
            "3:5: The choice has no wrong options. Add `wrong:` with `option: reason` lines.",
        ),
        deck_case(
            "a wrong option without a text",
            HEAD + '  - question: Which?\n    right: a\n    wrong: {b: c, "": d}\n',
            "3:5: A wrong option is empty. Write it, or take it out.",
        ),
        deck_case(
            "a right option among the wrong ones",
            HEAD + "  - question: Which?\n    right: a\n    wrong: [b, a]\n",
            "3:5: The right option is also among the wrong ones. Take one of them out.",
        ),
        deck_case(
            "a cloze without a hole",
            HEAD + "  - cloze: Nothing is asked.\n",
            "3:12: The cloze has no hole. Put what is asked in {{two braces}}.",
        ),
        deck_case(
            "a hole with nothing in it",
            HEAD + '  - cloze: "{{a}} and {{}} and {{ }}"\n',
            "3:12: A hole is empty. Put what is asked between the braces.",
        ),
        deck_case(
            "a cloze without a sentence",
            HEAD + "  - cloze: []\n",
            "3:12: The cloze has no sentence. Write `- sentence`.",
        ),
        deck_case(
            "a cloze with braces that YAML takes for its own",
            HEAD + "  - cloze: {{a}}\n",
            "3:13: A key is a list or a mapping. Put the key in quotes.",
        ),
        deck_case(
            "a contrast without its difference",
            TERM + "    contrast:\n      - with: C\n",
            "6:9: `difference` is missing in a contrast. Add `difference:`.",
        ),
        deck_case(
            "a contrast with nothing",
            TERM + "    contrast:\n      - difference: c\n",
            "6:9: `with` is missing in a contrast. Add `with:`.",
        ),
        deck_case(
            "a term twice",
            "deck: A\nsections:\n  B:\n    SQL: a\n  C:\n    - term: sql\n      definition: b\n",
            "6:7: A second entry `sql`; the first is at line 4."
            " Delete one, or give one of them another `id:`.",
        ),
        deck_case(
            "an id twice",
            HEAD + "  - {term: B, definition: c, id: x}\n  - {term: D, definition: e, id: x}\n",
            "4:5: A second entry `x`; the first is at line 3."
            " Delete one, or give one of them another `id:`.",
        ),
        deck_case(
            "a see that names nothing",
            TERM + '    see: [b, Nowhere, "\\e[31m"]\n  - {term: D, definition: e}\n',
            "5:14: `see` names `Nowhere`, which is no entry of this deck."
            " Write another entry's term or id.",
            "5:23: `see` names `␛[31m`, which is no entry of this deck."
            " Write another entry's term or id.",
            "5:11: `see` runs in a circle: b -> b. Take one of these out.",
        ),
        deck_case(
            "a see that runs in a circle",
            HEAD
            + "  - {term: B, definition: b, see: [C]}\n"
            + "  - {term: C, definition: c, see: [D]}\n"
            + "  - {term: D, definition: d, see: [E, B]}\n"
            + "  - {term: E, definition: e}\n",
            "5:39: `see` runs in a circle: b -> c -> d -> b. Take one of these out.",
        ),
    ],
)
def test_a_fault_of_an_entry_is_named_where_it_stands(
    tmp_path: Path, text: str, faults: list[str]
) -> None:
    assert faults_in(tmp_path, text) == faults


def test_see_may_meet_again_without_running_in_a_circle(tmp_path: Path) -> None:
    text = HEAD + (
        "  - {term: B, definition: b, see: [C, D]}\n"
        "  - {term: C, definition: c, see: [D, E]}\n"
        "  - {term: D, definition: d, see: [E]}\n"
        "  - {term: E, definition: e}\n"
    )
    assert faults_in(tmp_path, text) == []


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = """\
    deck:
    titel: A
    sections:
      B:
        - SQL
        - term: TTL
          level: expert
          see: SQL
          see: NAT
        - question: Why?
          answer: So.
          see: [Nowhere]
      C: []
    """
    path = write_deck(tmp_path, text)
    with pytest.raises(Faulty) as raised:
        read_deck(path)
    places = [(fault.place.line, fault.place.column) for fault in raised.value.faults]
    assert sorted(places) == [
        *((1, 6), (2, 1), (5, 7), (6, 7), (7, 14), (9, 7)),
        *((12, 13), (13, 6)),
    ]
    assert raised.value.title == f"8 faults in {path}."
    assert raised.value.message.splitlines() == [str(fault) for fault in raised.value.faults]
