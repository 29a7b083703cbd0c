import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.formats.yaml.three_way import both

BASE = b"one\ntwo\nthree\nfour\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        (BASE, b"one\n", b"one\n"),
        (b"one\n2\nthree\nfour\n", b"one\ntwo\nthree\n4\n", b"one\n2\nthree\n4\n"),
        (b"one\nthree\nfour\n", b"one\ntwo\n3\nfour\n", b"one\n3\nfour\n"),
        (b"one\ntwo\nmore\nthree\nfour\n", b"one\ntwo\n3\nfour\n", b"one\ntwo\nmore\n3\nfour\n"),
        (b"one\n2\nthree\nfour\n", b"one\nII\nthree\nfour\n", None),
        (b"one\nx\ntwo\nthree\nfour\n", b"one\ny\ntwo\nthree\nfour\n", None),
        (b"one\nfour\n", b"one\ntwo\n3\nfour\n", None),
        (BASE + b"five", BASE[:-1], None),
        (b"1\r\ntwo\nthree\nfour\n", BASE + b"five", b"1\r\ntwo\nthree\nfour\nfive"),
    ],
)
def test_two_changes_become_one_where_they_are_of_other_lines(
    mine: bytes, theirs: bytes, together: bytes | None
) -> None:
    assert both(BASE, mine, theirs) == together


_lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"\n"]), max_size=12).map(b"".join)


@given(base=_lines, other=_lines)
def test_a_change_beside_none_is_that_change(base: bytes, other: bytes) -> None:
    assert both(base, base, other) == both(base, other, base) == other


@given(above=_lines, below=_lines, mine=_lines, theirs=_lines)
def test_changes_far_from_each_other_are_both_made(
    above: bytes, below: bytes, mine: bytes, theirs: bytes
) -> None:
    middle = b"----\n====\n"
    assert (
        both(above + middle + below, mine + middle + below, above + middle + theirs)
        == mine + middle + theirs
    )
