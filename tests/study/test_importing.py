"""An import compares source, deck file and last import, and takes what only the source changed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from imports import (
    counts,
    draft,
    files,
    imported,
    imported_file,
    named,
    planned,
    sections,
    term,
)
from offhand.domain.card import Place
from offhand.domain.event import Grade
from offhand.domain.fold import Standing
from offhand.errors import NotFound, OffhandError
from offhand.formats.draft import DraftEntry, DraftQuestion
from offhand.study.answering import find_card, record_answer
from offhand.study.finding import Finder
from offhand.study.imports.plan import Take, What
from offhand.study.imports.preview import preview
from offhand.study.imports.source import Asked
from offhand.study.library import decks
from offhand.study.refresh import refresh
from support import Home, write


def _edit(home: Home, old: str, new: str) -> None:
    path = home.paths.decks / "words.yaml"
    text = path.read_text("utf-8")
    assert old in text
    write(path, text.replace(old, new))


def test_a_new_deck_is_a_readable_file_among_the_learners_decks(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", "How long an entry lives."), term("MTU")))
    assert files(home.paths.decks) == {
        "words.yaml": (
            "deck: Words\n"
            "id: words\n"
            "origin: test:1\n"
            "sections:\n"
            "  Basics:\n"
            "    TTL: How long an entry lives.\n"
            "    MTU: What MTU is.\n"
        )
    }
    assert [(d.id, d.title, d.sections[0].cards) for d in decks(desk)] == [("words", "Words", 2)]
    assert find_card(desk, "words/ttl/term").state.on(desk.today) is Standing.NEW


def test_a_preview_writes_nothing(home: Home) -> None:
    desk = home.open()
    before = files(home.path)
    found = planned(desk, draft(term("TTL"), term("MTU")))
    assert counts(found) == {"new": 2}
    assert named(found, What.NEW) == ["TTL", "MTU"]
    assert files(home.path) == before


def test_a_large_deck_becomes_a_folder_with_a_file_a_section(home: Home) -> None:
    found = sections(
        {
            "One": tuple(term(f"a {n}") for n in range(200)),
            "Two": tuple(term(f"b {n}") for n in range(200)),
        }
    )
    desk = home.open()
    imported(desk, found)
    assert list(files(home.paths.decks)) == [
        "words/01-one.yaml",
        "words/02-two.yaml",
        "words/deck.yaml",
    ]
    assert [(s.title, s.cards) for s in decks(desk)[0].sections] == [("One", 200), ("Two", 200)]


def test_what_is_stored_of_a_large_deck_is_what_its_files_say(home: Home) -> None:
    odd: tuple[DraftEntry, ...] = (
        term("see one", see=("a 1",), questions=(DraftQuestion("Why?", "So."),)),
        DraftEntry(Place(Path("source")), cloze=("The {{c1::hole}}, the {{c2::other}}.",)),
        term("both ways", "Of\n\nthree lines.", reverse=True, tags=("x",), aliases=("b w",)),
    )
    plain = tuple(term(f"a {n}") for n in range(400))
    desk = home.open({"zoo.yaml": "deck: Zoo\nentries:\n  a: An a.\n"})
    imported(desk, sections({"Plain": plain, "Odd": odd, "Mixed": (term("x"), term("y", "Why."))}))

    def stored() -> list[object]:
        tables = ("cards", "states", "sections", "decks", "files")
        return [desk.db.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]

    told = stored()
    with desk.db.writing() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE name IN ('decks', 'reader')")
    refresh(desk)
    assert stored() == told


def test_a_large_deck_of_long_texts_is_stored_whole_and_in_order(home: Home) -> None:
    # More letters than are stored at once.
    long = tuple(term(f"a {n}", f"word{n} " + "-" * 9_000) for n in range(500))
    desk = home.open()
    imported(desk, draft(*long))
    rows = desk.db.rows("SELECT id, position, number, length(answer) FROM cards ORDER BY position")
    first = rows[0][2]
    assert rows == [
        (f"words/a-{n}/term", n, first + n, len(long[n].definition)) for n in range(500)
    ]
    assert Finder(desk.db, desk.today).find("word499").numbers == [first + 499]


def test_a_large_deck_that_was_here_before_comes_back_with_its_history(home: Home) -> None:
    source = draft(*(term(f"a {n}") for n in range(400)))
    desk = home.open()
    imported(desk, source)
    record_answer(desk, "words/a-7/term", Grade.GOOD)
    shutil.rmtree(home.paths.decks / "words")
    desk = home.open()
    imported(desk, source)
    assert find_card(desk, "words/a-7/term").state.reviews == 1
    assert decks(desk)[0].sections[0].cards == 400


def test_a_section_too_large_for_one_file_is_parted_and_stays_so(home: Home) -> None:
    many = tuple(term(f"t {n}") for n in range(5_200))
    desk = home.open()
    imported(desk, draft(*many))
    assert [(s.title, s.cards) for s in decks(desk)[0].sections] == [
        ("Basics 1", 2_600),
        ("Basics 2", 2_600),
    ]
    more = draft(term("the first"), *many, term("the last"))
    assert counts(planned(desk, more)) == {"new": 2, "unchanged": 5_200}
    imported(desk, more)
    assert [(s.title, s.cards) for s in decks(desk)[0].sections] == [
        ("Basics 1", 2_600),
        ("Basics 2", 2_602),
    ]


def test_the_same_source_again_changes_nothing(home: Home) -> None:
    desk = home.open()
    source = draft(term("TTL"), term("MTU"))
    imported(desk, source)
    before = files(home.paths.decks)
    found = planned(desk, source)
    assert counts(found) == {"unchanged": 2}
    assert found.idle
    assert imported(desk, source).id == ""
    assert files(home.paths.decks) == before


def test_a_newer_source_updates_the_text_and_keeps_the_history(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", "How lnog an entry lives."), term("MTU")))
    record_answer(desk, "words/ttl/term", Grade.GOOD)
    newer = draft(term("TTL", "How long an entry lives."), term("MTU"), term("RTT"))
    found = planned(desk, newer)
    assert counts(found) == {"new": 1, "changed": 1, "unchanged": 1}
    assert named(found, What.CHANGED) == ["TTL"]
    imported(desk, newer)
    kept = find_card(desk, "words/ttl/term")
    assert (kept.card.answer, kept.state.reviews) == ("How long an entry lives.", 1)


def test_an_update_leaves_the_learners_comments_and_layout(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL"), term("MTU")))
    _edit(home, "    MTU:", "    # the one of Ethernet\n    MTU:")
    imported(desk, draft(term("TTL", "How long an entry lives."), term("MTU")))
    assert (home.paths.decks / "words.yaml").read_text("utf-8") == (
        "deck: Words\nid: words\norigin: test:1\nsections:\n  Basics:\n"
        "    TTL: How long an entry lives.\n"
        "    # the one of Ethernet\n    MTU: What MTU is.\n"
    )


def test_what_only_the_learner_changed_stays_theirs(home: Home) -> None:
    desk = home.open()
    source = draft(term("TTL"), term("MTU"))
    imported(desk, source)
    _edit(home, "What TTL is.", "Time to live.")
    assert counts(planned(desk, source)) == {"unchanged": 2}
    imported(desk, draft(term("TTL"), term("MTU", "The largest frame.")))
    text = (home.paths.decks / "words.yaml").read_text("utf-8")
    assert "TTL: Time to live." in text
    assert "MTU: The largest frame." in text


def test_a_field_changed_on_each_side_is_taken_from_each(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL", id="n1")))
    _edit(home, "definition: What TTL is.", "definition: What TTL is.\n      tags: [mine]")
    newer = draft(term("TTL", "How long an entry lives.", id="n1"))
    assert counts(planned(desk, newer)) == {"changed": 1}
    imported(desk, newer)
    card = find_card(desk, "words/n1/term").card
    assert (card.answer, card.tags) == ("How long an entry lives.", ("mine",))


def _in_conflict(home: Home) -> tuple[Home, DraftEntry]:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    _edit(home, "What TTL is.", "Mine.")
    return home, term("TTL", "Theirs.")


def test_what_both_changed_is_a_conflict_kept_as_the_learners(home: Home) -> None:
    home, newer = _in_conflict(home)
    desk = home.open()
    assert counts(planned(desk, draft(newer))) == {"conflict": 1}
    imported(desk, draft(newer))
    assert find_card(desk, "words/ttl/term").card.answer == "Mine."


def test_a_conflict_remains_until_it_is_settled(home: Home) -> None:
    home, newer = _in_conflict(home)
    desk = home.open()
    imported(desk, draft(newer))
    assert counts(planned(desk, draft(newer))) == {"conflict": 1}
    assert planned(desk, draft(newer)).idle
    imported(desk, draft(newer), take=Take.MINE)
    assert counts(planned(desk, draft(newer))) == {"unchanged": 1}
    assert find_card(desk, "words/ttl/term").card.answer == "Mine."


def test_a_conflict_can_be_settled_for_the_source(home: Home) -> None:
    home, newer = _in_conflict(home)
    desk = home.open()
    imported(desk, draft(newer), take=Take.SOURCE)
    assert find_card(desk, "words/ttl/term").card.answer == "Theirs."
    assert counts(planned(desk, draft(newer))) == {"unchanged": 1}


def test_a_card_gone_from_the_source_is_kept_suspended_and_listed(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL"), term("MTU")))
    record_answer(desk, "words/mtu/term", Grade.GOOD)
    shorter = draft(term("TTL"))
    found = planned(desk, shorter)
    assert (counts(found), named(found, What.GONE)) == ({"unchanged": 1, "gone": 1}, ["MTU"])
    imported(desk, shorter)
    state = find_card(desk, "words/mtu/term").state
    assert (state.suspended, state.reviews) == (True, 1)
    again = planned(desk, shorter)
    assert (counts(again), again.idle) == ({"unchanged": 1, "gone": 1}, True)


def test_a_card_that_comes_back_is_resumed(home: Home) -> None:
    desk = home.open()
    both = draft(term("TTL"), term("MTU"))
    imported(desk, both)
    imported(desk, draft(term("TTL")))
    assert counts(planned(desk, both)) == {"unchanged": 1, "changed": 1}
    imported(desk, both)
    assert not find_card(desk, "words/mtu/term").state.suspended
    assert counts(planned(desk, both)) == {"unchanged": 2}


def test_a_card_that_the_learner_suspended_stays_so_when_it_comes_back(home: Home) -> None:
    from offhand.domain.event import Mark
    from offhand.study.answering import mark

    desk = home.open()
    both = draft(term("TTL"), term("MTU"))
    imported(desk, both)
    mark(desk, "words/mtu/term", Mark.SUSPEND)
    imported(desk, draft(term("TTL")))
    imported(desk, both)
    assert find_card(desk, "words/mtu/term").state.suspended


def test_what_the_learner_deleted_stays_deleted_until_the_source_is_taken(home: Home) -> None:
    desk = home.open()
    both = draft(term("TTL"), term("MTU"))
    imported(desk, both)
    _edit(home, "    MTU: What MTU is.\n", "")
    newer = draft(term("TTL"), term("MTU", "Another text."))
    assert counts(planned(desk, newer)) == {"unchanged": 1, "deleted": 1}
    imported(desk, newer)
    assert "MTU" not in (home.paths.decks / "words.yaml").read_text("utf-8")
    imported(desk, newer, take=Take.SOURCE)
    assert find_card(desk, "words/mtu/term").card.answer == "Another text."


def test_a_term_renamed_in_a_source_without_ids_keeps_its_history(home: Home) -> None:
    desk = home.open()
    text = "How long an entry may be served before it counts as expired."
    imported(desk, draft(term("TTL", text), term("MTU")))
    record_answer(desk, "words/ttl/term", Grade.GOOD)
    renamed = draft(term("Time to live", text), term("MTU"))
    assert counts(planned(desk, renamed)) == {"unchanged": 1, "changed": 1}
    imported(desk, renamed)
    kept = find_card(desk, "words/ttl/term")
    assert (kept.card.prompt, kept.state.reviews) == ("Time to live", 1)
    assert counts(planned(desk, renamed)) == {"unchanged": 2}


def test_a_term_renamed_by_the_learner_is_still_known_to_the_source(home: Home) -> None:
    desk = home.open()
    text = "How long an entry may be served before it counts as expired."
    imported(desk, draft(term("TTL", text)))
    _edit(home, "TTL:", "Time to live:")
    desk = home.open()
    assert counts(planned(desk, draft(term("TTL", text)))) == {"unchanged": 1}


def test_an_entry_that_the_source_puts_into_another_section_moves(home: Home) -> None:
    desk = home.open()
    imported(desk, sections({"One": (term("TTL"), term("MTU")), "Two": (term("RTT"),)}))
    moved = sections({"One": (term("TTL"),), "Two": (term("RTT"), term("MTU"))})
    assert counts(planned(desk, moved)) == {"unchanged": 2, "changed": 1}
    imported(desk, moved)
    assert find_card(desk, "words/mtu/term").section == "two"
    assert planned(desk, moved).idle


def test_new_entries_go_to_a_section_under_the_name_that_the_learner_gave_it(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    _edit(home, "  Basics:", "  My basics:")
    imported(desk, draft(term("TTL"), term("MTU")))
    assert [(s.title, s.cards) for s in decks(desk)[0].sections] == [("My basics", 2)]


def test_a_deck_is_known_by_its_origin_whatever_it_is_called(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    _edit(home, "deck: Words", "deck: My words")
    found = planned(desk, draft(term("TTL"), title="Wörter"))
    assert [(deck.deck, deck.title, deck.is_new) for deck in found.decks] == [
        ("words", "My words", False)
    ]


def test_a_deck_file_from_another_machine_is_known_by_the_origin_written_in_it(
    home: Home,
) -> None:
    desk = home.open(
        {"mine.yaml": "deck: W\nid: w\norigin: test:1\nentries:\n  TTL: What TTL is.\n"}
    )
    found = planned(desk, draft(term("TTL"), term("MTU")))
    assert [deck.deck for deck in found.decks] == ["w"]
    assert counts(found) == {"new": 1, "unchanged": 1}


def test_a_deck_of_another_origin_is_left_alone(home: Home) -> None:
    desk = home.open({"words.yaml": "deck: Words\nentries:\n  TTL: My own.\n"})
    imported(desk, draft(term("TTL")))
    imported(desk, draft(term("TTL"), origin="test:2"))
    assert sorted(deck.id for deck in decks(desk)) == ["words", "words-2", "words-3"]
    assert find_card(desk, "words/ttl/term").card.answer == "My own."


def test_a_named_deck_takes_what_it_does_not_have_and_keeps_what_it_has(home: Home) -> None:
    desk = home.open({"own.yaml": "deck: Own\nentries:\n  TTL: My own.\n  RTT: There and back.\n"})
    found = planned(desk, draft(term("TTL"), term("MTU"), origin=""), deck="own")
    assert counts(found) == {"new": 1, "conflict": 1}
    imported(desk, draft(term("TTL"), term("MTU"), origin=""), deck="own")
    assert (home.paths.decks / "own.yaml").read_text("utf-8") == (
        "deck: Own\nentries:\n  TTL: My own.\n  RTT: There and back.\n  MTU: What MTU is.\n"
    )


def test_an_entry_that_no_deck_file_could_hold_twice_is_told_apart(home: Home) -> None:
    desk = home.open()
    twice = draft(
        term("bank", "Of a river."), term("Bank", "For money."), term("bank", "Of a river.")
    )
    found = planned(desk, twice)
    assert counts(found) == {"new": 2}
    assert [fault.what for fault in found.left_out] == [
        "`bank` stands here again; first at words.apkg:1:1."
    ]
    imported(desk, twice)
    assert find_card(desk, "words/bank-2/term").card.answer == "For money."


def test_media_lie_beside_the_deck_under_safe_names(home: Home) -> None:
    desk = home.open()
    media = {
        "My photo.PNG": lambda: b"one",
        "my-photo.png": lambda: b"two",
        "ünïcode (1).jpg": lambda: b"three",
        "unused.png": lambda: b"four",
    }
    text = "![a](<My photo.PNG>) ![b](my-photo.png) [c](ünïcode (1).jpg) ![d](elsewhere.png)"
    imported(desk, draft(term("Photos", text), media=media))
    folder = home.paths.decks / "words.media"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "My-photo.PNG": b"one",
        "my-photo-2.png": b"two",
        "ünïcode-1-.jpg": b"three",
    }
    assert find_card(desk, "words/photos/term").card.answer == (
        "![a](words.media/My-photo.PNG) ![b](words.media/my-photo-2.png)"
        " [c](words.media/ünïcode-1-.jpg) ![d](elsewhere.png)"
    )
    assert counts(planned(desk, draft(term("Photos", text), media=media))) == {"unchanged": 1}


def test_the_media_of_a_folder_deck_lie_beside_the_files_that_point_to_them(home: Home) -> None:
    desk = home.open()
    many = tuple(term(f"t {n}") for n in range(400))
    imported(desk, draft(term("P", "![x](x.png)"), *many, media={"x.png": lambda: b"x"}))
    card = find_card(desk, "words/p/term").card
    assert card.answer == "![x](words.media/x.png)"
    assert (card.place.path.parent / "words.media" / "x.png").read_bytes() == b"x"


def test_an_own_deck_is_imported_from_elsewhere_with_its_media(home: Home, tmp_path: Path) -> None:
    away = tmp_path / "away"
    write(away / "net" / "deck.yaml", "deck: Net\n")
    write(away / "net" / "01-a.yaml", "section: A\nentries:\n  P: '![x](net.media/x.png)'\n")
    write(away / "net" / "net.media" / "x.png", "x")
    write(tmp_path / "secret.png", "s")
    write(away / "one.yaml", "deck: One\nentries:\n  Q: '![s](../secret.png)'\n")
    desk = home.open()
    imported_file(desk, away)
    assert {name: text for name, text in files(home.paths.decks).items() if "media" in name} == {
        "net.media/x.png": "x"
    }
    assert find_card(desk, "net/p/term").card.answer == "![x](net.media/x.png)"
    assert [deck.id for deck in decks(desk)] == ["net", "one"]


@pytest.mark.parametrize("name", ["../../up.png", "/etc/passwd", "C:\\boot.ini", "a/../../b.png"])
def test_a_media_name_that_leads_out_of_the_folder_is_refused_at_its_card(
    home: Home, name: str
) -> None:
    desk = home.open()
    bad = draft(term("Bad", f"![x](<{name}>)", line=7), term("Good"), media={name: lambda: b"x"})
    found = planned(desk, bad)
    assert [(fault.place.line, found.refused) for fault in found.faults] == [(7, True)]
    imported(desk, bad, skip_bad=True)
    assert files(home.paths.decks) == {
        "words.yaml": (
            "deck: Words\nid: words\norigin: test:1\nsections:\n  Basics:\n"
            "    Good: What Good is.\n"
        )
    }


def test_a_changed_medium_is_written_anew_but_not_over_the_learners_own(home: Home) -> None:
    desk = home.open()

    def version(content: bytes) -> None:
        both = {"a.png": lambda: content, "b.png": lambda: content}
        imported(desk, draft(term("P", "![a](a.png) ![b](b.png)"), media=both))

    version(b"one")
    folder = home.paths.decks / "words.media"
    (folder / "b.png").write_bytes(b"mine")
    version(b"two")
    assert [(folder / name).read_bytes() for name in ("a.png", "b.png")] == [b"two", b"mine"]


def test_several_decks_of_one_source_are_imported_together(home: Home) -> None:
    desk = home.open()
    done = imported(desk, draft(term("TTL")), draft(term("Haus"), title="German", origin="test:2"))
    assert [deck.deck for deck in done.decks] == ["words", "german"]
    assert sorted(files(home.paths.decks)) == ["german.yaml", "words.yaml"]


def test_a_shipped_deck_is_changed_in_a_copy_of_the_learners(home: Home, tmp_path: Path) -> None:
    from support import shipping

    shipped = write(tmp_path / "ship" / "net.yaml", "deck: Net\nentries:\n  MTU: A frame.\n")
    with shipping(tmp_path / "ship"):
        desk = home.open()
        imported(desk, draft(term("MTU", "A frame."), term("TTL"), origin=""), deck="net")
        assert shipped.read_text("utf-8") == "deck: Net\nentries:\n  MTU: A frame.\n"
        assert files(home.paths.decks) == {
            "net.yaml": "deck: Net\nentries:\n  MTU: A frame.\n  TTL: What TTL is.\n"
        }


def test_the_same_file_again_is_not_even_read(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "w.csv", "TTL,How long an entry lives.\nMTU,A frame.\n")
    desk = home.open()
    imported_file(desk, source)
    found = preview(desk, Asked((source,)))
    assert [deck.work for deck in found.decks] == [None]
    assert (counts(found), found.idle) == ({"unchanged": 2}, True)
    write(home.paths.decks / "w.yaml", "deck: w\nentries:\n  TTL: Mine.\n")
    assert counts(preview(desk, Asked((source,)))) == {"unchanged": 1, "deleted": 1}


def test_the_same_file_for_other_options_is_read_again(home: Home, tmp_path: Path) -> None:
    source = write(tmp_path / "w.csv", "TTL,How long an entry lives.\nMTU,A frame.\n")
    desk = home.open()
    imported_file(desk, source)
    found = preview(desk, Asked((source,), deck="other"))
    assert [(deck.deck, deck.is_new) for deck in found.decks] == [("other", True)]


def test_one_name_for_several_decks_is_refused(home: Home, tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", "a,An a\n")
    two = write(tmp_path / "two.csv", "b,A b\n")
    with pytest.raises(OffhandError, match="--deck names one deck, and there are 2"):
        preview(home.open(), Asked((one, two), deck="d"))


def test_a_deck_file_with_a_fault_is_refused_with_its_place(home: Home) -> None:
    desk = home.open()
    imported(desk, draft(term("TTL")))
    _edit(home, "    TTL:", "    TTL: again\n    TTL:")
    with pytest.raises(OffhandError, match=r"words\.yaml") as refused:
        planned(desk, draft(term("TTL"), term("MTU")))
    assert "second time" in str(refused.value)


def test_a_missing_file_is_named(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        preview(home.open(), Asked((tmp_path / "no.csv",)))


def test_a_reference_to_an_entry_that_was_skipped_is_left_out(home: Home) -> None:
    desk = home.open()
    source = draft(
        term("TTL", see=("MTU", "RTT")), term("RTT"), replace(term("MTU"), definition="")
    )
    found = planned(desk, source, skip_bad=True)
    assert [fault.what for fault in found.left_out] == ["`TTL` builds on `MTU`, which is not here."]
    imported(desk, source, skip_bad=True)
    assert "see: [RTT]" in (home.paths.decks / "words.yaml").read_text("utf-8")
