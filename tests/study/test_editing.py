from dataclasses import replace
from pathlib import Path

import pytest

from offhand.domain.card import CardKind
from offhand.domain.event import Grade
from offhand.errors import NotFound, OffhandError
from offhand.formats.fault import Faulty
from offhand.store import reading
from offhand.study.answering import record_answer
from offhand.study.desk import Desk
from offhand.study.editing import ChangedMeanwhile, add_card, open_card, save_card
from offhand.study.entry_edits import undo_edits
from offhand.study.many_entries import delete_cards, move_cards, tag_cards
from offhand.study.typed_card import Field, TypedCard
from offhand.study.typed_lines import tags_of
from support import Home, shipping

SIGNALS = """\
deck: Signals   # mine
sections:
  Everyday:
    SIGTERM: Asks a process to end.
    SIGKILL: Ends it.

  Job control:
    - term: SIGSTOP
      definition: Pauses a process.
      see: [SIGKILL]
      questions:
        - question: Can it be caught?
          answer: It cannot.
    - cloze: "SIGKILL is {{9}}, SIGTERM is {{15}}."
"""


def standing(desk: Desk) -> dict[str, int]:
    """The cards that no file lost, each with the number of its answers."""
    found = {}
    for ident in reading.all_states(desk.db):
        kept = reading.kept_card(desk.db, ident)
        assert kept is not None
        if not kept.gone:
            found[kept.card.key] = kept.state.reviews
    return found


def learned(home: Home) -> Desk:
    """A desk on which every card was answered once."""
    desk = home.open({"signals.yaml": SIGNALS}, siblings_apart=False)
    for ident in list(reading.all_states(desk.db)):
        record_answer(desk, ident, Grade.GOOD)
    return desk


def signals(home: Home) -> str:
    return (home.paths.decks / "signals.yaml").read_text()


def text_changed(desk: Desk, card: str, **texts: object) -> None:
    opened = open_card(desk, card)
    assert save_card(desk, opened, replace(opened.typed, **texts)) is not None


def test_a_card_is_opened_with_its_own_texts(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    seen = {}
    for key in standing(desk):
        opened = open_card(desk, key)
        seen[key.removeprefix("signals/")] = (
            opened.typed.kind,
            opened.typed.prompt,
            opened.typed.answer,
        )
    sentence = "SIGKILL is {{9}}, SIGTERM is {{15}}."
    assert seen == {
        "sigterm/term": (CardKind.TERM, "SIGTERM", "Asks a process to end."),
        "sigkill/term": (CardKind.TERM, "SIGKILL", "Ends it."),
        "sigstop/term": (CardKind.TERM, "SIGSTOP", "Pauses a process."),
        "sigstop/question-can-it-be-caught": (
            CardKind.QUESTION,
            "Can it be caught?",
            "It cannot.",
        ),
        "sigkill-is-9-sigterm-is-15/cloze-9": (CardKind.CLOZE, sentence, ""),
        "sigkill-is-9-sigterm-is-15/cloze-15": (CardKind.CLOZE, sentence, ""),
    }


def test_an_edit_changes_the_file_there_alone_and_the_card_at_once(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    text_changed(desk, "signals/sigkill/term", answer="Ends a process: at once.")
    assert signals(home) == SIGNALS.replace("Ends it.", '"Ends a process: at once."')
    kept = reading.kept_card(desk.db, "signals/sigkill/term")
    assert kept is not None
    assert kept.card.answer == "Ends a process: at once."


def test_history_follows_when_everything_about_a_card_is_changed(home: Home) -> None:
    desk = learned(home)
    text_changed(desk, "signals/sigterm/term", prompt="The polite one", answer="Number 15.")
    text_changed(
        desk, "signals/sigstop/question-can-it-be-caught", prompt="Caught?", answer="Never."
    )
    text_changed(
        desk,
        "signals/sigkill-is-9-sigterm-is-15/cloze-9",
        prompt="The numbers: {{nine}} and {{fifteen}}",
    )
    assert standing(desk) == {
        "signals/the-polite-one/term": 1,
        "signals/sigkill/term": 1,
        "signals/sigstop/term": 1,
        "signals/sigstop/question-caught": 1,
        "signals/the-numbers-nine-and-fifteen/cloze-nine": 1,
        "signals/the-numbers-nine-and-fifteen/cloze-fifteen": 1,
    }
    assert desk.take_notices() == []


def test_history_stays_apart_from_that_of_a_deleted_card_of_the_same_name(home: Home) -> None:
    desk = learned(home)
    delete_cards(desk, ["signals/sigterm/term"])
    text_changed(desk, "signals/sigkill/term", prompt="SIGTERM")
    assert "id: sigkill" in signals(home)
    assert standing(desk)["signals/sigkill/term"] == 1


def test_those_that_see_a_renamed_or_deleted_entry_follow(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    text_changed(desk, "signals/sigkill/term", prompt="kill -9")
    assert "see: [kill -9]" in signals(home)
    delete_cards(desk, ["signals/sigkill/term"])
    assert "see:" not in signals(home)


def test_a_save_of_what_is_there_writes_nothing(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    opened = open_card(desk, "signals/sigkill/term")
    assert save_card(desk, opened, opened.typed, "Everyday") is None
    assert signals(home) == SIGNALS


def test_an_edit_is_undone_to_the_byte_and_to_the_history(home: Home) -> None:
    desk = learned(home)
    before = standing(desk)
    opened = open_card(desk, "signals/sigterm/term")
    done = save_card(desk, opened, replace(opened.typed, prompt="15", tags=("a",)), "Job control")
    assert done is not None
    assert standing(desk).keys() != before.keys()
    undo_edits(desk, done)
    assert (signals(home), standing(desk)) == (SIGNALS, before)


def test_an_undo_refuses_what_was_changed_since(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    done = delete_cards(desk, ["signals/sigterm/term"])
    home.write("signals.yaml", "deck: Mine\nentries: {a: b}\n")
    with pytest.raises(OffhandError, match="changed meanwhile"):
        undo_edits(desk, done)


def test_what_was_edited_elsewhere_meanwhile_is_not_written_over(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    opened = open_card(desk, "signals/sigkill/term")
    elsewhere = SIGNALS.replace("Ends it.", "Kills it.")
    home.write("signals.yaml", elsewhere)
    with pytest.raises(ChangedMeanwhile, match="changed in its file meanwhile") as refused:
        save_card(desk, opened, replace(opened.typed, answer="Stops it."))
    assert signals(home) == elsewhere
    assert refused.value.fields == [Field.ANSWER]
    save_card(desk, refused.value.opened, refused.value.typed)
    assert signals(home) == SIGNALS.replace("Ends it.", "Stops it.")


def test_what_was_edited_elsewhere_in_another_field_is_kept_and_said(home: Home) -> None:
    desk = learned(home)
    opened = open_card(desk, "signals/sigterm/term")
    home.write("signals.yaml", SIGNALS.replace("    SIGTERM: Asks", "    SIGTERM, 15: Asks"))
    done = save_card(desk, opened, replace(opened.typed, answer="Ends it."))
    assert done is not None
    assert done.made == ("It had changed in its file meanwhile; that is kept too.",)
    assert "    SIGTERM, 15: Ends it.\n" in signals(home)
    assert standing(desk)["signals/sigterm-15/term"] == 1


def test_cards_that_come_and_go_with_an_edit_are_told(home: Home) -> None:
    desk = learned(home)
    for reverse, told in (
        (True, "It has 1 card more now."),
        (False, "It has 1 card less now; what was learned of it is kept."),
    ):
        opened = open_card(desk, "signals/sigkill/term")
        done = save_card(desk, opened, replace(opened.typed, reverse=reverse))
        assert done is not None
        assert done.made == (told,)


def test_a_card_that_moved_to_another_file_meanwhile_is_saved_there(home: Home) -> None:
    files = {
        "net/deck.yaml": "deck: Net\n",
        "net/1.yaml": "section: One\nentries:\n  a: first\n  b: second\n",
        "net/2.yaml": "section: Two\nentries:\n  c: third\n",
    }
    desk = home.open(files)
    opened = open_card(desk, "net/a/term")
    home.write("net/1.yaml", files["net/1.yaml"].replace("  a: first\n", ""))
    home.write("net/2.yaml", files["net/2.yaml"] + "  a: first\n")
    assert save_card(desk, opened, replace(opened.typed, answer="1st")) is not None
    assert (home.paths.decks / "net/2.yaml").read_text().endswith("  a: 1st\n")


def test_an_undo_that_would_leave_a_fault_is_refused_whole(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    done = delete_cards(desk, ["signals/sigterm/term"])
    mine = signals(home) + "    - SIGTERM: Mine.\n"
    home.write("signals.yaml", mine)
    with pytest.raises(OffhandError, match="would have a fault"):
        undo_edits(desk, done)
    assert signals(home) == mine


def test_all_cards_of_an_entry_that_is_added_are_named(home: Home) -> None:
    desk = home.open({"both.yaml": "deck: Both\nreverse: true\nentries:\n  a: b\n"})
    done = add_card(desk, TypedCard(prompt="c", answer="d"), "both")
    assert done.cards == ("both/c/term", "both/c/reverse")


def test_an_edit_above_the_card_does_not_keep_it_from_being_saved(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    opened = open_card(desk, "signals/sigkill/term")
    elsewhere = SIGNALS.replace("sections:", "# two lines\n# more\nsections:")
    home.write("signals.yaml", elsewhere)
    save_card(desk, opened, replace(opened.typed, answer="Stops it."))
    assert signals(home) == elsewhere.replace("Ends it.", "Stops it.")


def test_a_deck_with_a_fault_is_not_edited(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    home.write("signals.yaml", SIGNALS + "oops: 1\n")
    with pytest.raises(Faulty):
        delete_cards(desk, ["signals/sigterm/term"])
    with pytest.raises(Faulty):
        open_card(desk, "signals/sigterm/term")
    assert signals(home) == SIGNALS + "oops: 1\n"


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"prompt": " "}, "Term: there is nothing yet."),
        ({"answer": "\n"}, "Definition: there is nothing yet."),
        ({"prompt": "SIGTERM"}, "There is `SIGTERM` already"),
    ],
)
def test_what_cannot_be_a_card_is_told(home: Home, texts: dict[str, str], told: str) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    opened = open_card(desk, "signals/sigkill/term")
    with pytest.raises(OffhandError, match=told):
        save_card(desk, opened, replace(opened.typed, **texts))
    assert signals(home) == SIGNALS


def test_a_card_is_added_to_a_section(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    done = add_card(desk, TypedCard(prompt="SIGINT", answer="Ctrl+C."), "Signals", "Everyday")
    assert done.made == ()
    assert signals(home) == SIGNALS.replace("Ends it.\n", "Ends it.\n    SIGINT: Ctrl+C.\n")
    assert list(done.cards) == [key for key in standing(desk) if "sigint" in key]


def test_a_deck_and_a_section_are_made_and_said(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    card = TypedCard(CardKind.QUESTION, "Why?", "So.")
    path = home.paths.decks / "new-things.yaml"
    assert add_card(desk, card, "New things").made == (f"A new deck, {path}.",)
    assert path.read_text() == "deck: New things\nentries:\n  - question: Why?\n    answer: So.\n"
    assert add_card(desk, TypedCard(prompt="a", answer="b"), "signals", "More").made == (
        "A new section of Signals: More.",
    )
    assert signals(home).endswith("\n\n  More:\n    a: b\n")
    assert {"new-things/why/question", "signals/a/term"} <= standing(desk).keys()


def test_a_section_must_be_named_where_there_are_several(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS, "one.yaml": "deck: One\nentries: {a: b}\n"})
    with pytest.raises(OffhandError, match="several sections"):
        add_card(desk, TypedCard(prompt="x", answer="y"), "signals")
    add_card(desk, TypedCard(prompt="x", answer="y"), "one")
    assert "one/x/term" in standing(desk)


def test_a_term_that_is_there_is_told_with_its_line(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    with pytest.raises(OffhandError, match="There is `SIGKILL` already on line 5 of"):
        add_card(desk, TypedCard(prompt="sigkill", answer="y"), "signals", "everyday")
    assert signals(home) == SIGNALS


def test_an_added_card_is_taken_back_with_the_deck_that_was_made_for_it(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS})
    done = add_card(desk, TypedCard(prompt="a", answer="b"), "Other")
    undo_edits(desk, done)
    assert [path.name for path in home.paths.decks.iterdir()] == ["signals.yaml"]
    assert "other/a/term" not in standing(desk)


def test_many_are_tagged_moved_and_deleted_as_one(home: Home) -> None:
    desk = learned(home)
    before = standing(desk)
    cards = [
        "signals/sigterm/term",
        "signals/sigstop/term",
        "signals/sigstop/question-can-it-be-caught",
    ]
    tagged = tag_cards(desk, cards, add=tags_of("linux, posix"))
    assert tagged.entries == 2
    assert tag_cards(desk, cards, add=["linux"]).entries == 0
    assert tag_cards(desk, cards, remove=["linux"]).entries == 2
    assert signals(home).count("tags: [posix]") == 2
    moved = move_cards(desk, cards[:1], "Job control")
    deleted = delete_cards(desk, cards)
    assert standing(desk).keys() == before.keys() - set(cards)
    undo_edits(desk, deleted)
    undo_edits(desk, moved)
    assert standing(desk) == before
    assert signals(home).count("tags: [posix]") == 2


def test_cards_of_two_decks_are_deleted_in_both_or_in_none(home: Home) -> None:
    desk = home.open({"signals.yaml": SIGNALS, "z.yaml": "deck: Z\nentries: {a: b}\n"})
    with pytest.raises(OffhandError, match="without cards"):
        delete_cards(desk, ["signals/sigterm/term", "z/a/term"])
    assert signals(home) == SIGNALS


def test_a_shipped_deck_is_copied_before_it_is_edited(home: Home, tmp_path: Path) -> None:
    text = "deck: Numbers\nentries:\n  one: The first.\n  two: The second.\n"
    (tmp_path / "shipped").mkdir()
    shipped = tmp_path / "shipped" / "numbers.yaml"
    shipped.write_text(text)
    with shipping(tmp_path / "shipped"):
        desk = home.open()
        record_answer(desk, "numbers/one/term", Grade.GOOD)
        done = tag_cards(desk, ["numbers/one/term"], add=["n"])
        own = home.paths.decks / "numbers.yaml"
        assert (shipped.read_text(), "tags: [n]" in own.read_text()) == (text, True)
        undo_edits(desk, done)
        assert (own.read_text(), standing(desk)["numbers/one/term"]) == (text, 1)


def test_a_card_that_is_gone_cannot_be_edited(home: Home) -> None:
    desk = learned(home)
    delete_cards(desk, ["signals/sigterm/term"])
    with pytest.raises(NotFound):
        open_card(desk, "signals/sigterm/term")
