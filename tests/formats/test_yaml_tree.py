"""YAML as a tree of texts that remember where they stand."""

import gc
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deck_files import write_deck
from offhand.domain.card import Place
from offhand.formats.fault import Faulty
from offhand.formats.yaml.tree import Fields, Items, Node, Text, read_tree


def plain(node: Node) -> object:
    """A tree without its places."""
    match node:
        case Text():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Fields():
            return {key.value: plain(value) for key, value in node.pairs}


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "yes", "on", "off", "true", "False", "null", "~", "y", "N"),
        *("1e3", "0x1F", "012", "1_000", "12:30:45", ".inf", "-.5", "+1", "1.10", "0o17"),
        *("2024-01-01", "2024-01-01T09:00:00Z", "<<", "=", "3.0", "NaN"),
    ],
)
def test_a_value_is_the_text_that_was_typed(tmp_path: Path, typed: str) -> None:
    path = write_deck(tmp_path, f"{typed}: {typed}\n")
    assert plain(read_tree(path)) == {typed: typed}


def test_every_way_of_writing_a_text_is_read(tmp_path: Path) -> None:
    text = r"""
    plain: two words
    single: 'it''s [one]'
    double: "a\tb \u00e9 \x1b[31m"
    block: |
      first

        second
    folded: >
      one
      line
    stripped: |-
      end
    several: on
      two lines
    empty:
    """
    assert plain(read_tree(write_deck(tmp_path, text))) == {
        "plain": "two words",
        "single": "it's [one]",
        "double": "a\tb é \x1b[31m",
        "block": "first\n\n  second\n",
        "folded": "one line\n",
        "stripped": "end",
        "several": "on two lines",
        "empty": "",
    }


def test_everything_remembers_its_line_and_column(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "# a deck\n毛刺: [x, 'y']\nlist:\n  - k: v\n")
    assert read_tree(path) == Fields(
        Place(path, 2, 1),
        [
            (
                Text(Place(path, 2, 1), "毛刺"),
                Items(
                    Place(path, 2, 5), [Text(Place(path, 2, 6), "x"), Text(Place(path, 2, 9), "y")]
                ),
            ),
            (
                Text(Place(path, 3, 1), "list"),
                Items(
                    Place(path, 4, 3),
                    [
                        Fields(
                            Place(path, 4, 5),
                            [(Text(Place(path, 4, 5), "k"), Text(Place(path, 4, 8), "v"))],
                        )
                    ],
                ),
            ),
        ],
    )


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = write_deck(tmp_path, b"\xef\xbb\xbfdeck: A\n")
    assert read_tree(path) == Fields(
        Place(path, 1, 1), [(Text(Place(path, 1, 1), "deck"), Text(Place(path, 1, 7), "A"))]
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(tmp_path: Path, ends: str) -> None:
    path = write_deck(tmp_path, f"a: b{ends}c: |{ends}  d{ends}  e{ends}".encode())
    tree = read_tree(path)
    assert plain(tree) == {"a": "b", "c": "d\ne\n"}
    assert isinstance(tree, Fields)
    assert tree.pairs[1][0].place == Place(path, 2, 1)


@pytest.mark.parametrize("text", ["---\na: b\n", "a: b\n...\n", "%YAML 1.1\n---\na: b\n"])
def test_the_marks_of_one_document_are_read_over(tmp_path: Path, text: str) -> None:
    assert plain(read_tree(write_deck(tmp_path, text))) == {"a": "b"}


def test_the_collector_is_left_as_it_was(tmp_path: Path) -> None:
    good, bad = write_deck(tmp_path, "a: b\n"), write_deck(tmp_path, "a: *b\n", "bad.yaml")
    assert gc.isenabled()
    read_tree(good)
    assert gc.isenabled()
    with pytest.raises(Faulty):
        read_tree(bad)
    assert gc.isenabled()
    gc.disable()
    try:
        read_tree(good)
        assert not gc.isenabled()
    finally:
        gc.enable()


texts = st.text(st.characters(exclude_categories=["Cs"]))
trees = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(texts, trees, min_size=1, max_size=4))
def test_what_a_yaml_writer_writes_is_read_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, object]
) -> None:
    written = yaml.safe_dump(content, sort_keys=False)
    path = write_deck(tmp_path_factory.getbasetemp(), written.encode(), "law.yaml")
    assert plain(read_tree(path)) == content


pieces = st.sampled_from(
    [
        *"{}[]-?:,#&*!|>'\"%@`\n\t \\",
        "- ",
        ": ",
        "---\n",
        "...\n",
        "a",
        "é",
        "\\u",
        "\x00",
        "\ufeff",
    ]
)
noise = st.one_of(
    st.lists(pieces, max_size=40).map("".join).map(str.encode),
    st.binary(max_size=40),
    st.text(string.printable, max_size=60).map(str.encode),
)


@given(noise)
def test_any_file_is_either_read_or_refused_with_a_place_inside_it(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = write_deck(tmp_path_factory.getbasetemp(), raw, "noise.yaml")
    try:
        read_tree(path)
    except Faulty as faulty:
        (fault,) = faulty.faults
        lines = raw.decode("utf-8", "replace").replace("\r", "\n").count("\n") + 1
        assert 1 <= fault.place.line <= lines + 1
        assert fault.place.column >= 1
        assert fault.what.endswith(".")
        assert fault.mend
