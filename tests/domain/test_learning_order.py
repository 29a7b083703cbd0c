"""In which order the entries of a deck are learned."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.domain.card import Entry, Place
from offhand.domain.learning_order import entries_by_name, entries_seen, learning_order

HERE = Place(Path("deck.yaml"))


def entry(ident: str, *see: str, names: tuple[str, ...] = ()) -> Entry:
    return Entry(ident, HERE, names or (ident.upper(),), tuple((name, HERE) for name in see))


def test_without_references_the_order_of_the_file_holds() -> None:
    sections = [[entry("c"), entry("a")], [entry("b")]]
    assert learning_order(sections) == ["c", "a", "b"]


def test_an_empty_deck_has_nothing_to_learn() -> None:
    assert learning_order([]) == learning_order([[], []]) == []


def test_what_an_entry_builds_on_comes_before_it() -> None:
    sections = [[entry("a", "C"), entry("b")], [entry("c", "d"), entry("d")]]
    assert learning_order(sections) == ["d", "c", "a", "b"]


def test_of_several_references_the_first_written_comes_first() -> None:
    assert learning_order([[entry("a", "c", "b"), entry("b"), entry("c")]]) == ["c", "b", "a"]


def test_mixed_takes_one_entry_of_each_section_in_turn() -> None:
    sections = [[entry("a1"), entry("a2"), entry("a3")], [entry("b1")], [entry("c1"), entry("c2")]]
    assert learning_order(sections, mixed=True) == ["a1", "b1", "c1", "a2", "c2", "a3"]


def test_mixed_still_keeps_what_an_entry_builds_on_before_it() -> None:
    sections = [[entry("a1"), entry("a2")], [entry("b1", "a2")]]
    assert learning_order(sections, mixed=True) == ["a1", "a2", "b1"]


def test_a_circle_does_not_hang() -> None:
    order = learning_order([[entry("a", "b"), entry("b", "c"), entry("c", "a"), entry("d", "d")]])
    assert sorted(order) == ["a", "b", "c", "d"]


def test_a_chain_of_ten_thousand_entries_is_ordered() -> None:
    chain = [entry(f"e{n}", f"e{n + 1}") for n in range(10_000)] + [entry("e10000")]
    assert learning_order([chain]) == [f"e{n}" for n in range(10_000, -1, -1)]


def test_a_reference_to_no_entry_is_left_out() -> None:
    assert entries_seen([entry("a", "nowhere", "b"), entry("b")]) == {"a": ("b",), "b": ()}


def test_an_entry_is_found_by_id_term_and_alias_however_it_is_spelt() -> None:
    log = entry("WAL", names=("Write-ahead log", "Redo‑Log"))
    spelt = ["wal", "WAL", "write-ahead  LOG", "Write‑ahead log", "redo-log"]
    assert entries_seen([log, entry("b", *spelt)])["b"] == ("WAL",) * 5


def test_an_id_goes_before_a_term_a_term_before_an_alias_and_the_first_before_the_next() -> None:
    alias = entry("one", names=("One", "breaker", "two"))
    term = entry("four", names=("Breaker",))
    second = entry("five", names=("Breaker", "shared"))
    ident = entry("two", names=("Zwei", "shared"))
    found = entries_by_name([alias, term, second, ident])
    assert {name: found[name].id for name in ("breaker", "two", "shared")} == {
        "breaker": "four",
        "two": "two",
        "shared": "five",
    }


@pytest.mark.parametrize("mixed", [False, True])
@given(st.data())
def test_every_entry_is_learned_once_and_after_all_that_it_builds_on(
    mixed: bool, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, 12))
    shuffled = data.draw(st.permutations(range(count)))
    entries = []
    for number in shuffled:
        # Only references to entries of a lower number, so that there is no circle.
        seen = data.draw(st.lists(st.integers(0, number - 1), max_size=3)) if number else []
        entries.append(entry(f"e{number}", *(f"e{n}" for n in seen)))
    cut = data.draw(st.integers(0, count))
    order = learning_order([entries[:cut], entries[cut:]], mixed)
    assert sorted(order) == sorted(each.id for each in entries)
    for each in entries:
        for name, _ in each.see:
            assert order.index(name) < order.index(each.id)
