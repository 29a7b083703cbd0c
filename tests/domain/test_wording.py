import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.wording import covered, stem, stems, without_code, word_count, words
from offhand.formats.style.enumeration import longest_list


@pytest.mark.parametrize(
    "family",
    [
        "persist persists persistence persistent",
        "balance balancing balanced balancer",
        "degrade degrading degradation",
        "isolate isolation",
        "crash crashes crashed",
        "retry retries retried retrying",
        "concurrency concurrent concurrently",
        "partition partitioned partitions",
        "availability available",
    ],
)
def test_words_of_one_family_have_one_stem(family: str):
    assert len({stem(word) for word in family.split()}) == 1


def test_words_that_only_look_alike_have_stems_of_their_own():
    apart = "server service status state test text node mode session section".split()  # noqa: SIM905
    assert len({stem(word) for word in apart}) == len(apart)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Little's law: 4,000 times 0.5", ["little", "law", "4000", "times", "05"]),
        ("`re‑read` Ä_b", ["re", "read", "a", "b"]),
        ("用TCP连接", ["用", "tcp", "连", "接"]),
        ("स्थिति की", ["स्थिति", "की"]),
        ("…", []),
    ],
    ids=["numbers", "signs", "Chinese", "Hindi", "none"],
)
def test_words_are_what_a_script_makes_them(text: str, expected: list[str]):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two-three", 3), ("字字字", 2), ("字 字 word", 2), ("x" * 41, 3)],
)
def test_words_are_counted_at_about_english_length(text: str, count: int):
    assert word_count(text) == count


@given(st.text(), st.text())
def test_a_longer_text_has_no_fewer_words(first: str, second: str):
    assert word_count(f"{first} {second}") >= max(word_count(first), word_count(second))


def test_code_is_taken_out_of_a_text():
    text = "Say `a ``b` and ``c ` d``.\n\n```c\nfsync(fd);\n```\nThen `unclosed."
    assert without_code(text) == "Say · and ·.\n\n·\nThen `unclosed."


def test_what_is_covered_is_a_share_of_what_is_wanted():
    there = stems("It isolates the degraded parts")
    assert covered(stems("isolation degrade third fourth"), there) == 0.5
    assert covered([], there) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One thing.", 1),
        ("a, b, c, d and e", 5),
        ("a, b, c, d, e, and f", 6),
        ("`GET`, `HEAD`, `POST`, `PUT`, `DELETE`, `PATCH`", 6),
        ("Er liest, schreibt, rechnet, singt, tanzt und kocht.", 6),
        ("In the end it waits, reads, writes, and syncs.", 4),
        ("1,000, 2,000", 2),
        ("1. a\n2. b\n   - x\n   - y\n   - z\n3. c", 3),
        ("- a\n- b\n\nAnd also:\n\n- c\n- d", 2),
        ("```\n- a\n- b\n```", 1),
    ],
)
def test_the_longest_list_of_a_text_is_counted(text: str, count: int):
    assert longest_list(text) == count
