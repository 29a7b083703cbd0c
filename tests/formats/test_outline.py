"""formats/outlines/reading.py: sections, terms and the paragraphs below them, in many shapes."""

from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.formats.draft import Draft, Limits, ReadOptions
from offhand.formats.outlines import reading as outline
from sources import places, read_one, sections, shown, written

# In the shape of a guide copied from a page: a title, a lead, a byline, terms that begin anew in
# each section, and what stands around all of it.
GUIDE = """\
Words of the Sea: Sailing Terms, Knots, and Weather

This short guide explains what is said on deck—from the parts of a ship, through the knots that hold it together, to the weather, for people who were never at sea.

The Harbour Press
The Harbour Press
Words of the Sea: Sailing Terms, Knots, and Weather

Parts of a Ship

1. Bow / Stern

The bow is the front of a ship. The stern is its back.

2. Rig (Mast and Sails)

All that catches the wind: mast, boom, ropes, sails.

3. Three Directions

On board there are directions that do not turn with the one who asks.

Port : The left side, looking forward.

Starboard : The right side, looking forward.

Knots

1. Bowline

A loop that holds and never jams.

2. Clove Hitch (Webeleine)

Two turns around a post.

Weather

1. Squall

A sudden gust that comes with rain.

2. Half‑Gale

Wind of force 7.

Original Source

Signed-in readers can open the original source through a redirect.

Sign in to view source
Republication Notice

This article has been distilled and republished for learning.

sailingknotsweather
The Harbour Press
Written by

The Harbour Press

Founded in 1911, the press prints books about the sea.

0 followers
Discussion

0 Comments

Thoughtful readers leave notes here."""


def draft_of(folder: Path, text: str | bytes, name: str = "notes.txt") -> Draft:
    return read_one(outline.read, written(folder / name, text))


def test_a_guide_gives_its_sections_and_terms_and_nothing_else(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, GUIDE)

    assert sections(draft) == {
        "Parts of a Ship": [
            ("Bow / Stern", "The bow is the front of a ship. The stern is its back."),
            ("Rig (Mast and Sails)", "All that catches the wind: mast, boom, ropes, sails."),
            (
                "Three Directions",
                (
                    "On board there are directions that do not turn with the one who asks.\n\n"
                    "Port : The left side, looking forward.\n\n"
                    "Starboard : The right side, looking forward."
                ),
            ),
        ],
        "Knots": [
            ("Bowline", "A loop that holds and never jams."),
            ("Clove Hitch (Webeleine)", "Two turns around a post."),
        ],
        "Weather": [
            ("Squall", "A sudden gust that comes with rain."),
            ("Half‑Gale", "Wind of force 7."),
        ],
    }
    assert draft.title == "Words of the Sea: Sailing Terms, Knots, and Weather"
    assert draft.about.startswith("This short guide explains what is said on deck")


def test_what_was_taken_for_what_is_told(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, GUIDE)

    assert draft.taken == (
        "Numbered lines are terms, and what stands below their definitions: 7.",
        "Lines before a number that begins are sections: 3.",
    )
    assert places(draft.left_out) == [
        (1, "Lines 1 to 7 (`Words of the Sea: Sailing Terms, Knots, and Weath…`): not taken."),
        (47, "Lines 47 to 69 (`Original Source`): not taken."),
    ]


def test_each_term_stands_where_its_number_does(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, GUIDE)

    lines = GUIDE.splitlines()
    assert [lines[entry.place.line - 1].partition(". ")[2] for entry in draft.entries] == [
        entry.term for entry in draft.entries
    ]


def test_line_ends_of_any_kind_make_the_same_deck(tmp_path: Path) -> None:
    unix = draft_of(tmp_path, GUIDE)

    assert draft_of(tmp_path, GUIDE.replace("\n", "\r\n").encode()) == unix
    assert draft_of(tmp_path, GUIDE.replace("\n", "\r").encode("utf-8-sig")) == unix


SHAPES = {
    "headings of two levels": (
        (
            "# Caching\n\n## Basics\n\n### 1. TTL\n\nHow long.\n\n### 2. Eviction\n\nWhat goes.\n\n"
            "## Risks\n\n### Stampede\n\nAll at once.\n"
        ),
        {
            "Basics": [("TTL", "How long."), ("Eviction", "What goes.")],
            "Risks": [("Stampede", "All at once.")],
        },
    ),
    "headings of one level": (
        "# Deck\n\n## TCP\n\nA stream.\n\n## UDP\n\nDatagrams.\n",
        {"Deck": [("TCP", "A stream."), ("UDP", "Datagrams.")]},
    ),
    "bold terms in lists": (
        (
            "# T\n\n## Policies\n\n- **LRU**: oldest use.\n- **LFU** - least use.\n* `ttl`: by age.\n"
            "- [FIFO](https://e.org/fifo) – oldest first.\n"
        ),
        {
            "Policies": [
                ("LRU", "oldest use."),
                ("LFU", "least use."),
                ("`ttl`", "by age."),
                ("FIFO", "oldest first."),
            ]
        },
    ),
    "numbers below headings": (
        (
            "## A\n\n1. One\n\n   The first.\n\n2. Two\n\n   The second.\n\n   Still the second.\n\n"
            "## B\n\n1. One more\n\n   A third.\n\n1. And more\n\n   A fourth.\n"
        ),
        {
            "A": [("One", "The first."), ("Two", "The second.\n\nStill the second.")],
            "B": [("One more", "A third."), ("And more", "A fourth.")],
        },
    ),
    "a heading's own text and those below it": (
        "# T\n\n## Usage\n\nCall it.\n\n### Options\n\nMany.\n",
        {"Usage": [("Usage", "Call it."), ("Options", "Many.")]},
    ),
    "headings with lines below them": (
        "Storage\n=======\n\nWAL\n---\n\nLogged first.\n\nLSM\n---\n\nMerged later.\n",
        {"Storage": [("WAL", "Logged first."), ("LSM", "Merged later.")]},
    ),
    "sub-terms within a definition": (
        "## CAP\n\nPick two.\n\n- **C**: same data.\n- **A**: an answer.\n\n## TTL\n\nAn age.\n",
        {
            "notes": [
                ("CAP", "Pick two.\n\n- **C**: same data.\n- **A**: an answer."),
                ("TTL", "An age."),
            ]
        },
    ),
    "a glossary of paragraphs": (
        "GLOSSARY\n\nTCP: A stream between\ntwo hosts.\n\nUDP: Datagrams.\n\nIt is used by DNS.\n",
        {
            "GLOSSARY": [
                ("TCP", "A stream between\ntwo hosts."),
                ("UDP", "Datagrams.\n\nIt is used by DNS."),
            ]
        },
    ),
    "titles above lines": (
        "Networks\n\nTCP\nA stream.\nIt resends.\n\nUDP\nDatagrams.\n\nStorage\n\nWAL\nA log.\n",
        {
            "Networks": [("TCP", "A stream.\nIt resends."), ("UDP", "Datagrams.")],
            "Storage": [("WAL", "A log.")],
        },
    ),
    "numbers within numbers": (
        (
            "1. Design\n\n1.1 Cohesion\nBelonging together.\n1.2 Coupling\nKnowing others.\n\n"
            "2. Networks\n\n2.1 NAT\nMaps addresses.\n"
        ),
        {
            "Design": [("Cohesion", "Belonging together."), ("Coupling", "Knowing others.")],
            "Networks": [("NAT", "Maps addresses.")],
        },
    ),
    "numbered sections of lists": (
        (
            "Structures\n\n1. Lists:\n- Array: in a row.\n- Chain: by pointers.\n\n2. Trees:\n"
            "- Heap: the least on top.\n- Trie: by letters.\n"
        ),
        {
            "Lists": [("Array", "in a row."), ("Chain", "by pointers.")],
            "Trees": [("Heap", "the least on top."), ("Trie", "by letters.")],
        },
    ),
    "numbers that go on over sections, without blank lines": (
        (
            "Terms\n1. High cohesion\nOne thing only.\n2. Low coupling\nFew ties.\nDeployment\n"
            "3. Canary\nA few users first.\n4. Rollback\nBack again.\n"
        ),
        {
            "Terms": [("High cohesion", "One thing only."), ("Low coupling", "Few ties.")],
            "Deployment": [("Canary", "A few users first."), ("Rollback", "Back again.")],
        },
    ),
    "chapters and closing brackets": (
        (
            "Chapter 1: Processes\n\n1) Process\n   A running program.\n2) Thread\n   A path in it.\n\n"
            "   To make one:\n   1. get a stack\n   2. run\n\nChapter 2: Memory\n\n1) Page\n   A unit.\n"
        ),
        {
            "Processes": [
                ("Process", "A running program."),
                ("Thread", "A path in it.\n\nTo make one:\n1. get a stack\n2. run"),
            ],
            "Memory": [("Page", "A unit.")],
        },
    ),
    "a list within a definition": (
        (
            "1. Blue-green\n\nTwo of all.\n\nSteps:\n\n1. build\n2. ship\n3. switch\n\n2. Rolling\n\n"
            "One by one.\n\n3. Canary\n\nA few first.\n"
        ),
        {
            "notes": [
                ("Blue-green", "Two of all.\n\nSteps:\n\n1. build\n2. ship\n3. switch"),
                ("Rolling", "One by one."),
                ("Canary", "A few first."),
            ]
        },
    ),
    "Chinese numbers": (
        (
            "后端指南\n\n一、系统开发\n\n1、高内聚/低耦合\n\n模块只做一件事。\n\n2、过度设计\n\n不必要的复杂。\n\n"
            "二、架构\n\n1.高并发\n\n很多请求。\n\n2.CAP\n\n三者取其二。\n\n一致性：数据相同。\n"
        ),
        {
            "系统开发": [("高内聚/低耦合", "模块只做一件事。"), ("过度设计", "不必要的复杂。")],
            "架构": [("高并发", "很多请求。"), ("CAP", "三者取其二。\n\n一致性：数据相同。")],
        },
    ),
    "Hebrew": (
        "# מילון\n\n## רשת\n\n### שרת\n\nמחשב שמשרת.\n\n### לקוח\n\nמי ששואל.\n",
        {"רשת": [("שרת", "מחשב שמשרת."), ("לקוח", "מי ששואל.")]},
    ),
    "indented definitions": (
        "API\n  How programs talk.\n\nABI\n  How binaries talk.\n\n  And are linked.\n",
        {
            "notes": [
                ("API", "How programs talk."),
                ("ABI", "How binaries talk.\n\nAnd are linked."),
            ]
        },
    ),
    "a term on each line": (
        (
            "Systems\n\nProcess: a program that runs,\n  with its memory.\nThread: a path in it.\n\n"
            "cd: goes elsewhere\n"
        ),
        {
            "Systems": [
                ("Process", "a program that runs,\nwith its memory."),
                ("Thread", "a path in it."),
                ("cd", "goes elsewhere"),
            ]
        },
    ),
    "terms that begin as asides do": (
        "Optional chaining: stops at nothing.\n\nResult type: one of two.\n\nNote: no term.\n",
        {
            "notes": [
                ("Optional chaining", "stops at nothing."),
                ("Result type", "one of two.\n\nNote: no term."),
            ]
        },
    ),
    "bold sentences with numbers": (
        "1. **Why cache?**\n\n   Speed.\n\n2. **Explain TTL.**\n   An age.\n\n3. **LRU**\n\n   Oldest.\n",
        {"notes": [("Why cache?", "Speed."), ("Explain TTL.", "An age."), ("LRU", "Oldest.")]},
    ),
    "tables of two columns": (
        (
            "# Ports\n\n## TCP\n\n| Port | Service |\n|---|:--|\n| 22 | `a \\| b` SSH |\n| 80 | HTTP |\n\n"
            "## Compared\n\nHow they differ:\n\n| x | y |\n|---|---|\n| a | b |\n| c | d |\n"
        ),
        {
            "TCP": [("22", "`a | b` SSH"), ("80", "HTTP")],
            "Ports": [
                ("Compared", "How they differ:\n\n| x | y |\n|---|---|\n| a | b |\n| c | d |")
            ],
        },
    ),
    "words with a dash": (
        "der Hund - the dog\ndie Katze - the cat - or tomcat\n",
        {"notes": [("der Hund", "the dog"), ("die Katze", "the cat - or tomcat")]},
    ),
    "words with another sign": (
        "# Shell\n\nls = lists files\ncd = goes elsewhere\n",
        {"Shell": [("ls", "lists files"), ("cd", "goes elsewhere")]},
    ),
    "a glossary with what each term is for": (
        "# T\n\nTCP: A stream.\nUse: the web.\n\nUDP: Datagrams.\nUse: DNS.\n",
        {"T": [("TCP", "A stream.\nUse: the web."), ("UDP", "Datagrams.\nUse: DNS.")]},
    ),
    "what unfolds, its title a question": (
        (
            "# JS\n\n<details>\n<summary>What is <code>this</code>?</summary>\n\nThe caller.\n\n</details>\n\n"
            "<details><summary><b>A promise</b></summary>\n<p>A value<br>to come.</p>\n</details>\n"
        ),
        {"JS": [("What is `this`?", "The caller."), ("A promise", "A value\\\nto come.")]},
    ),
    "answers that unfold": (
        (
            "# Q\n\n###### 1. What does it print?\n\n```js\nf()\n```\n\n- A: 1\n- B: 2\n\n"
            "<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nIt does.\n\n</p>\n</details>\n\n---\n\n"
            "###### 2. And g?\n\n- A: 3\n- B: 4\n\n<details>\n<summary>Show the answer</summary>\n\nNo.\n\n</details>\n"
        ),
        {
            "Q": [
                (
                    "What does it print?\n\n```js\nf()\n```\n\n- A: 1\n- B: 2",
                    "**Answer: B**\n\nIt does.",
                ),
                ("And g?\n\n- A: 3\n- B: 4", "No."),
            ]
        },
    ),
    "a note with links, callouts and anchors": (
        (
            "# Nets #flashcards/net\n\n## [[TCP|The TCP]]\n\nSee [[IP#Header]]. ^a1\n\n> [!tip]- Mind\n> it `[[x]]`\n\n"
            "## **UDP**\n\n> [!note]\n> Datagrams.\n"
        ),
        {
            "Nets": [
                ("The TCP", "See IP.\n\n> **Mind**\n> it `[[x]]`"),
                ("UDP", "> **Note**\n> Datagrams."),
            ]
        },
    ),
    "HTML within the text": (
        "## `List<int>`\n\nA <b>list</b> of H<sub>2</sub>O<br>x `<b>`<!-- why\nnot -->\n\n`x`<br>y\n\n<p align=center>Mid</p>\n\n## B\n\n| a<br>b | c |\n|-|-|\n",
        {
            "notes": [
                ("`List<int>`", "A **list** of H₂O\\\nx `<b>`\n\n`x`\\\ny\n\nMid"),
                ("B", "| a b | c |\n|-|-|"),
            ]
        },
    ),
    "a definition list": (
        "## Words\n\nTCP\n: A stream.\n\nUDP\n: Datagrams.\n",
        {"Words": [("TCP", "A stream."), ("UDP", "Datagrams.")]},
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_outline_is_understood_in_the_shape_of(shape: str, tmp_path: Path) -> None:
    text, expected = SHAPES[shape]

    assert sections(draft_of(tmp_path, text)) == expected


README = """\
<h1 align="center">frob</h1>

[![Build](https://x/b.svg)](https://x) ![Version](https://x/v.svg)

# frob

Frob frobs things faster than anything else that was ever written.

- [Install](#install)
- [Usage](#usage)

## Table of contents

1. [Install](#install)
2. [Usage](#usage)

## Install

```sh
pip install frob
# not a heading
```

## Usage

Call `frob()`.

### Options

Many.

## Features

- **Fast**: it does not wait.
- **Small**: one file.
- Tested

## Plugins

### Options

None yet.

## Empty

<!-- to be written -->

---

[docs]: https://docs
"""


def test_a_readme_gives_a_deck_without_badges_and_tables_of_contents(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, README, "README.md")

    assert sections(draft) == {
        "frob": [("Install", "```sh\npip install frob\n# not a heading\n```")],
        "Usage": [("Usage", "Call `frob()`."), ("Options (Usage)", "Many.")],
        "Features": [("Fast", "it does not wait."), ("Small", "one file.")],
        "Plugins": [("Options (Plugins)", "None yet.")],
    }
    assert (draft.title, draft.about) == (
        "frob",
        "Frob frobs things faster than anything else that was ever written.",
    )
    assert [line for line, _ in places(draft.left_out)] == [1, 12, 36, 44]


def test_versions_in_headings_are_no_numbers_of_headings(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "# Log\n\n## 1.1.0 (new)\n\nA.\n\n## 1.0.4 (old)\n\nB.\n")

    assert sections(draft) == {"Log": [("1.1.0 (new)", "A."), ("1.0.4 (old)", "B.")]}


def test_front_matter_gives_title_and_tags(tmp_path: Path) -> None:
    text = "---\ntitle: Nets\ntags: [net, basics]\n---\n# X\n\n## TCP\n\nA stream.\n"
    draft = draft_of(tmp_path, text)

    assert draft.title == "Nets"
    assert [(entry.place.line, shown(entry)) for entry in draft.entries] == [
        (7, {"term": "TCP", "definition": "A stream.", "tags": ("net", "basics")})
    ]


def test_the_title_that_is_asked_for_wins(tmp_path: Path) -> None:
    path = written(tmp_path / "x.md", "# T\n\n## A\n\nB.\n")

    assert read_one(outline.read, path, ReadOptions(title="Mine")).title == "Mine"


def test_images_beside_an_outline_come_along(tmp_path: Path) -> None:
    written(tmp_path / "img" / "a b.png", b"PNG")
    text = "# T\n\n## A\n\nSee ![x](<img/a b.png>) and ![y](../out.png).\n"
    draft = draft_of(tmp_path, text, "notes.md")

    assert draft.entries[0].definition == "See ![x](<img/a b.png>) and y."
    assert {name: media() for name, media in draft.media.items()} == {"img/a b.png": b"PNG"}
    assert places(draft.left_out) == [(3, "The image `../out.png` is not there.")]


@pytest.mark.parametrize(
    "text",
    [
        "Just an essay. It has sentences.\n\nAnd a second paragraph of them.\n",
        "To do\n\n1. Open the lid and press the button.\n2. Wait until it is green.\n3. Close it.\n",
        "# Only a title\n",
        "\n \n",
    ],
)
def test_a_text_without_terms_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="No cards were found"):
        draft_of(tmp_path, text)


def test_a_fence_that_is_never_closed_swallows_no_card_above_it(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "# T\n\n## A\n\nB.\n\n## C\n\n```\n## D\n\nE.\n", "x.md")

    assert sections(draft) == {"T": [("A", "B."), ("C", "```\n## D\n\nE.")]}


def test_a_definition_beyond_the_limit_is_a_fault_of_its_term(tmp_path: Path) -> None:
    path = written(tmp_path / "x.md", f"# T\n\n## A\n\nB.\n\n## C\n\n{'x' * 101}\n")
    draft = read_one(outline.read, path, ReadOptions(limits=Limits(text_size=100)))

    assert sections(draft) == {"T": [("A", "B.")]}
    assert places(draft.faults) == [(7, "A text of this card is longer than 100 characters.")]


def test_a_large_outline_takes_no_more_than_its_length(tmp_path: Path) -> None:
    terms = "".join(
        f"{n % 999 or 999}. Term {n}\n\nWhat term {n} means.\n\n" for n in range(1, 3001)
    )
    draft = draft_of(tmp_path, terms.replace("\n\n1. ", "\n\nAnother part\n\n1. "))

    assert len(draft.entries) == 3000


def test_a_comment_that_is_never_closed_says_nothing(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "# T\n\n## A\n\nWhat it is.\n\n## B\n\n<!-- to be\n", "page.md")
    assert sections(draft) == {"T": [("A", "What it is.")]}
