"""formats/recognise.py: which reader takes a text that two of them could read."""

from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.formats import recognise
from offhand.formats.notes.lines import DECK_MARK
from sources import NO_OPTIONS, written

TEXTS = {
    "a question of hashcards": ("a.md", "Q: a?\nA: b\n", "markdown"),
    "a question in a plain file": ("a.txt", "Q: a?\nA: b\n", "qa"),
    "answers over several lines": ("a.txt", "Q: a?\nA: b\nand c\n\nQ: d?\nA: e\n", "markdown"),
    "hashcards with a cloze": ("a.txt", "Q: a?\nA: b\n\nC: [c] d\n", "markdown"),
    "SuperMemo's small letters": ("a.md", "q: a?\na: b\n\nq: c\na: d\n", "qa"),
    "SuperMemo's doubled lines": ("a.md", "Q: a\nQ: b\nA: c\nA: d\n", "qa"),
    "SuperMemo's wrong answers": ("a.txt", "Q: a\nA: b\nA1: c\n", "qa"),
    "Obsidian's lines": ("a.md", "# T\n\na :: b\nc ::: d\n", "markdown"),
    "Obsidian's line between sides": ("a.md", "front\n?\nback\n", "markdown"),
    "Obsidian's highlights": ("a.md", "The ==bow== is in front.\n", "markdown"),
    "headings alone": ("a.md", "# T\n\n## A\n\nB.\n\n## C\n\nD.\n", "outline"),
    "a README": ("a.md", "# T\n\nText.\n\n## A\n\n- **x**: y\n- **z**: w\n", "outline"),
    "a README that shows cards in code": (
        "a.md",
        "# T\n\n## A\n\n```\nQ: a\nA: b\n```\n",
        "outline",
    ),
    "numbered terms": ("a.txt", "Part\n\n1. A\n\nB, c and d.\n\n2. E\n\nF, g and h.\n", "outline"),
    "a glossary": ("a.txt", "TCP: A stream.\n\nUDP: Datagrams.\n", "outline"),
    "hascard": ("a.md", "# A\nB\n---\n# C\n- d\n* e\n", "hascard"),
    "hascard in a plain file": ("a.txt", "# A\nB\n\n---\n\n# C\n_D_ e\n\n---\n", "hascard"),
    "headings with rules between": ("a.md", "# T\n\n## A\n\nB\n\n---\n\n## C\n\nD\n", "outline"),
    "tabs": ("a.txt", "dog\tHund\ncat\tKatze, die\n", "csv"),
    "tabs, in cards of several lines": (
        "a.txt",
        "dog\tHund\n- der\n- die\n- das\n\ncat\tK\n",
        "csv",
    ),
    "tabs and semicolons": ("a.txt", "dog\tHund;cat\tKatze\n", "csv"),
    "commas, with cells of many lines": (
        "a.csv",
        'term,definition\nstd::map,"- a\n- b\n\n## x\n\nq :: r"\nd,"e\n\n?\nf"\n',
        "csv",
    ),
    "a page of ours": (
        "a.md",
        f"# D\n\n{DECK_MARK}\n\n### a :: b\n\nc ==d==\n\n### Q: e\n\nA: f :: g\n",
        "outline",
    ),
    "commas, with holes": ("a.csv", "Text,Extra\na {{c1::b}},c\nd {{c1::e}},f\n", "csv"),
    "questions with numbers": ("a.txt", "Q1. a?\nA1. b\n\nQ2: c\nA2: d\n", "markdown"),
    "questions in bold": (
        "a.md",
        "**Q: a?**\n\nA: b\n\n**Question 2:** c\n**Answer:** d\n",
        "markdown",
    ),
    "commas": ("a.csv", "dog,Hund\ncat,Katze\n", "csv"),
    "Anki's header": ("a.txt", "#separator:Tab\n#html:true\na\tb\n", "csv"),
    "a deck of ours": ("a.txt", "deck: A\nentries:\n  a: b\n", "yaml"),
    "reStructuredText": ("a.txt", "T\n=\n\n.. image:: x\n\nA\n-\n\nB::\n\n  c\n", "outline"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_one_reader_takes(kind: str, tmp_path: Path) -> None:
    name, text, expected = TEXTS[kind]
    path = written(tmp_path / name, text)

    assert recognise.recognised(path) == expected
    try:
        drafts = recognise.read(path, NO_OPTIONS)
    except OffhandError as error:
        pytest.fail(f"the {expected} reader refuses it: {error}")
    assert sum(len(draft.entries) for draft in drafts) > 0
    assert [fault for draft in drafts for fault in draft.faults] == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_encoding_and_line_ends_change_nothing(encoding: str, end: str, tmp_path: Path) -> None:
    for name, text, expected in TEXTS.values():
        path = written(tmp_path / name, text.replace("\n", end).encode(encoding))

        assert (text, recognise.recognised(path)) == (text, expected)
