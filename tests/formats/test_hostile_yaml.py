"""Files that mean harm, or are no deck at all: refused at once, with their place and what to do."""

import os
from pathlib import Path

import pytest

from deck_files import faults_in, write_deck
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import check_deck, read_deck

NESTED = "Nested deeper than 20 levels. A deck needs five."
MANY = 400_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("[" * MANY, "1:22", id="opened lists"),
        pytest.param("[" * MANY + "]" * MANY, "1:22", id="lists in lists"),
        pytest.param("{" * MANY, "1:22", id="opened mappings"),
        pytest.param("[{" * MANY, "1:22", id="both in turn"),
        pytest.param("- " * MANY, "1:43", id="dashes"),
        pytest.param("? " * MANY, "1:43", id="question marks"),
        pytest.param("deck: " + "[" * MANY, "1:27", id="below a key"),
        pytest.param(
            "".join(f"{' ' * n}k{n}:\n" for n in range(200)), "21:21", id="a staircase of keys"
        ),
    ],
)
def test_deep_nesting_is_stopped_before_it_has_grown(tmp_path: Path, text: str, place: str) -> None:
    assert faults_in(tmp_path, text) == [f"{place}: {NESTED}"]


def test_twenty_levels_are_not_too_deep(tmp_path: Path) -> None:
    assert faults_in(tmp_path, "[" * 20 + "]" * 20) == [
        "1:1: A deck begins with `deck: Title`. Add it as the first line."
    ]
    assert faults_in(tmp_path, "[" * 22 + "]" * 22) == [f"1:22: {NESTED}"]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            BOMB, "1:4: A YAML anchor (`&a`). Put the text in quotes.", id="a billion laughs"
        ),
        pytest.param(
            "deck: A\nabout: &x text\n",
            "2:8: A YAML anchor (`&x`). Put the text in quotes.",
            id="an anchor",
        ),
        pytest.param(
            "deck: A\nentries:\n  R&D: &D\n",
            "3:8: A YAML anchor (`&D`). Put the text in quotes.",
            id="an anchor without a text",
        ),
        pytest.param(
            "deck: A\nentries:\n  glob: *py\n",
            "3:9: A YAML alias (`*py`). Write the text out.",
            id="an alias",
        ),
        pytest.param(
            "deck: A\n<<: *a\n", "2:5: A YAML alias (`*a`). Write the text out.", id="a merge"
        ),
        pytest.param(
            "deck: !!python/object/apply:os.system [ls]\n",
            "1:7: A YAML tag (`tag:yaml.org,2002:python/object/apply:os.system`)."
            " Put the text in quotes.",
            id="a tag that makes an object",
        ),
        pytest.param(
            "deck: A\nabout: !important\n",
            "2:8: A YAML tag (`!important`). Put the text in quotes.",
            id="a tag",
        ),
        pytest.param(
            "about: !%1b%5b31m%c2%9b x\n",
            "1:8: A YAML tag (`!␛[31m<U+009B>`). Put the text in quotes.",
            id="a tag with escape codes in it",
        ),
        pytest.param(
            "deck: A\nabout: x\n\ndeck: B\nentries: {a: b}\n",
            "4:1: `deck` stands here a second time; first on line 1. Keep one of the two.",
            id="a doubled key",
        ),
        pytest.param(
            "deck: A\nentries:\n  SQL: a\n  TTL: b\n  SQL: c\n",
            "5:3: `SQL` stands here a second time; first on line 3. Keep one of the two.",
            id="a doubled term",
        ),
        pytest.param(
            'deck: A\nentries:\n  "\\e[31m": a\n  "\\e[31m": b\n',
            "4:3: `␛[31m` stands here a second time; first on line 3. Keep one of the two.",
            id="a doubled key with escape codes in it",
        ),
        pytest.param(
            f"deck: A\nentries:\n  {'k' * 100}: a\n  {'k' * 100}: b\n",
            f"4:3: `{'k' * 60}` stands here a second time; first on line 3. Keep one of the two.",
            id="a doubled long key",
        ),
        pytest.param(
            "? [a, b]\n: c\n",
            "1:3: A key is a list or a mapping. Put the key in quotes.",
            id="a list as a key",
        ),
        pytest.param(
            "deck: A\n{{x}}: y\n",
            "2:2: A key is a list or a mapping. Put the key in quotes.",
            id="braces as a key",
        ),
        pytest.param(
            "deck: A\nentries: {a: b}\n---\ndeck: B\n",
            "3:1: A second document begins. Keep one deck to a file.",
            id="a second document",
        ),
        pytest.param(
            "deck: A\n---\n",
            "2:1: A second document begins. Keep one deck to a file.",
            id="a second document without content",
        ),
        pytest.param(
            "---\n---\ndeck: A\n",
            "2:1: A second document begins. Keep one deck to a file.",
            id="a first document without content",
        ),
    ],
)
def test_what_a_deck_does_not_need_of_yaml_is_refused(
    tmp_path: Path, text: str, fault: str
) -> None:
    assert faults_in(tmp_path, text) == [fault]


@pytest.mark.parametrize("text", ["", "\n\n", "   \n", "# only a comment\n", "---\n", "''\n"])
def test_a_file_without_content_is_empty(tmp_path: Path, text: str) -> None:
    assert faults_in(tmp_path, text) == ["1:1: The file is empty. Begin with `deck: Title`."]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        pytest.param("deck: Café\n".encode("latin-1"), "1:10", id="Latin-1"),
        pytest.param(b"deck: A\nabout: \xe6\xaf\x9b\xe5\x88\xba \xff\n", "2:11", id="after CJK"),
        pytest.param(b"\xef\xbb\xbfdeck: \xff\n", "1:7", id="after a byte order mark"),
        pytest.param("deck: A\n".encode("utf-16"), "1:1", id="UTF-16"),
        pytest.param("deck: é\n".encode()[:-2], "1:7", id="cut in the middle of a character"),
        pytest.param(b"deck: \xed\xa0\x80\n", "1:7", id="a surrogate"),
        pytest.param(b"deck: A\r\nabout: \xc0\xaf", "2:8", id="an overlong form"),
        pytest.param(b"\x1f\x8b\x08\x00gzip", "1:2", id="a compressed file"),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused_at_the_first_wrong_byte(
    tmp_path: Path, raw: bytes, place: str
) -> None:
    assert faults_in(tmp_path, raw) == [f"{place}: The file is not UTF-8. Save it as UTF-8."]


@pytest.mark.parametrize(
    "code", [0x00, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x80, 0x9B, 0xFFFE]
)
def test_a_raw_control_character_is_refused_where_it_stands(tmp_path: Path, code: int) -> None:
    text = f"deck: 毛刺\nentries:\n  é: ü{chr(code)}b\n"
    assert faults_in(tmp_path, text.encode()) == [
        (
            f"3:7: A control character (U+{code:04X}). "
            f'Delete it, or write it as "\\x{code:02x}" in double quotes.'
        )
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "deck: A\nentries:\n  CAP: pick: two\n",
            "3:12: A colon followed by a space stands inside a text."
            " Put the text in quotes, or under `|` on lines of its own.",
            id="a colon in a text",
        ),
        pytest.param(
            "deck: A\nentries:\n\tSQL: a\n",
            "3:1: A text begins with a character that YAML keeps for itself (tab, @, ` or %)."
            " Put the text in quotes; indent with spaces.",
            id="a tab as indentation",
        ),
        pytest.param(
            "deck: A\nentries:\n  fsync: `fsync` syncs\n",
            "3:10: A text begins with a character that YAML keeps for itself (tab, @, ` or %)."
            " Put the text in quotes; indent with spaces.",
            id="a text that begins with a backtick",
        ),
        pytest.param(
            "deck: A\nsections:\n  B:\n    c: d\n   e: f\n",
            "5:4: The indentation does not fit, or a quoted text ends too early."
            " Line the keys up with those above; double the quotes inside a quoted text.",
            id="a key not lined up",
        ),
        pytest.param(
            "deck: 'it's'\n",
            "1:11: The indentation does not fit, or a quoted text ends too early."
            " Line the keys up with those above; double the quotes inside a quoted text.",
            id="a quote inside quotes",
        ),
        pytest.param(
            "deck: A\nentries\n",
            "3:1: A line has no `key:`. Indent it as part of the text above, or give it a key.",
            id="a line without a key",
        ),
        pytest.param(
            'deck: "A\nabout: b\n',
            "3:1: A quoted text or a bracket is never closed. Close it, or put the text under `|`.",
            id="a quote never closed",
        ),
        pytest.param(
            "deck: A\nentries:\n  - a: b\n  c: d\n",
            "4:3: A list and something else stand at one indentation."
            " Begin every item with `- `, lined up.",
            id="a key among the items of a list",
        ),
        pytest.param(
            'deck: "\\q"\n',
            "1:8: Not YAML: found unknown escape character."
            " Check the quotes and the indentation here.",
            id="something else",
        ),
    ],
)
def test_what_is_not_yaml_is_explained_to_the_one_who_wrote_it(
    tmp_path: Path, text: str, fault: str
) -> None:
    assert faults_in(tmp_path, text) == [fault]


def test_a_file_that_does_not_exist_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "missing.yaml"
    assert [str(fault) for fault in check_deck(path).faults] == [
        f"{path}:1:1: There is no deck here: No such file or directory. Check the path."
    ]


def test_a_folder_without_a_header_is_told_how_to_become_a_deck(tmp_path: Path) -> None:
    assert [str(fault) for fault in check_deck(tmp_path).faults] == [
        (
            f"{tmp_path}:1:1: There is no deck here: No such file or directory."
            " A folder is a deck when it holds a `deck.yaml`."
        )
    ]


def test_a_header_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").mkdir()
    write_deck(tmp_path, "section: A\nentries: {a: b}\n", "01-a.yaml")
    assert [str(fault) for fault in check_deck(tmp_path).faults] == [
        (
            f"{tmp_path / 'deck.yaml'}:1:1: The file cannot be read: Is a directory."
            " Check its path and rights."
        )
    ]


def test_a_file_over_64_mib_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "deck: A\n")
    os.truncate(path, 64 * 1024 * 1024 + 1)
    assert [str(fault) for fault in check_deck(path).faults] == [
        f"{path}:1:1: The file is over 64 MiB. Split it into a folder."
    ]


def test_nothing_of_a_faulty_deck_is_taken(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "deck: A\nentries:\n  good: one\n  bad: [two]\n")
    with pytest.raises(Faulty) as raised:
        read_deck(path)
    assert str(raised.value) == (
        f"1 fault in {path}.\n"
        f"{path}:4:8: `bad` has a list where its definition belongs."
        " Write one text, or `definition:` with further fields."
    )


def test_escape_codes_in_a_deck_are_shown_as_signs(tmp_path: Path) -> None:
    path = write_deck(
        tmp_path, 'deck: "\\e]0;x\\a"\nentries:\n  "\\e[2J": "\\u202Eabc\\0 \\x9B31m"\n'
    )
    deck = read_deck(path)
    (card,) = deck.sections[0].entries[0].cards
    assert deck.title == "␛]0;x␇"
    assert (card.prompt, card.answer) == ("␛[2J", "<U+202E>abc␀ <U+009B>31m")


def test_a_megabyte_of_text_is_a_text(tmp_path: Path) -> None:
    path = write_deck(tmp_path, f"deck: A\nentries:\n  big: {'word ' * 200_000}\n")
    (card,) = read_deck(path).sections[0].entries[0].cards
    assert card.answer == ("word " * 200_000).strip()
