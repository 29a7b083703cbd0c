"""Decks as they are written: the short form, one file, a folder."""

from pathlib import Path

import pytest

from deck_files import cards_of, read, told, write_deck
from offhand.domain.card import Card, CardKind, Deck, Entry, Place, Section
from offhand.domain.text import digest
from offhand.formats.deck_folder import deck_at
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import check_deck, read_deck, read_header, read_section
from offhand.formats.yaml.written import Header


def term_card(deck: str, entry: str, term: str, definition: str, place: Place) -> Card:
    return Card(
        key=f"{deck}/{entry}/term",
        kind=CardKind.TERM,
        entry=f"{deck}/{entry}",
        prompt=term,
        answer=definition,
        place=place,
        rest=digest(f"term {definition}"),
    )


def test_term_and_definition_are_all_that_a_deck_needs(tmp_path: Path) -> None:
    text = """\
    deck: Linux signals
    sections:
      Everyday:
        SIGTERM: Asks a process to end.
        SIGKILL: Ends a process at once.
      Job control:
        SIGSTOP: Pauses a process.
    """
    path = write_deck(tmp_path, text, "signals.yaml")

    def entry(ident: str, term: str, definition: str, line: int) -> Entry:
        place = Place(path, line, 5)
        card = term_card("signals", ident, term, definition, place)
        return Entry(ident, place, (term,), (), (card,))

    everyday = (
        entry("sigterm", "SIGTERM", "Asks a process to end.", 4),
        entry("sigkill", "SIGKILL", "Ends a process at once.", 5),
    )
    job_control = (entry("sigstop", "SIGSTOP", "Pauses a process.", 7),)
    assert read_deck(path) == Deck(
        id="signals",
        title="Linux signals",
        path=path,
        sections=(
            Section("everyday", "Everyday", Place(path, 3, 3), everyday),
            Section("job-control", "Job control", Place(path, 6, 3), job_control),
        ),
    )


def test_a_deck_without_sections_is_one_section_of_its_own_name(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "deck: My Words\nid: words\nentries:\n  SQL: a language\n")
    (section,) = read_deck(path).sections
    assert (section.id, section.title) == ("words", "My Words")
    assert [entry.id for entry in section.entries] == ["sql"]


def test_sections_may_be_a_list_with_ids_of_their_own(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: Words
        about: A few.
        sections:
          - section: First things
            id: first
            entries:
              - SQL: a language
          - section: Second things
            entries: {TTL: a time}
        """,
    )
    assert (deck.title, deck.about) == ("Words", "A few.")
    assert [(s.id, s.title, [e.id for e in s.entries]) for s in deck.sections] == [
        ("first", "First things", ["sql"]),
        ("second-things", "Second things", ["ttl"]),
    ]


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("signals.yaml", "signals"),
        ("My Signals.yml", "my-signals"),
        ("v1.2.yaml", "v1-2"),
        ("Señales.yaml", "señales"),
    ],
)
def test_a_deck_is_called_after_its_file_unless_it_says_otherwise(
    tmp_path: Path, name: str, ident: str
) -> None:
    path = write_deck(tmp_path, "deck: A\nentries: {b: c}\n", name)
    assert read_deck(path).id == ident
    write_deck(tmp_path, "deck: A\nid: own.id_1\nentries: {b: c}\n", name)
    assert read_deck(path).id == "own.id_1"


def test_values_stay_what_was_typed(tmp_path: Path) -> None:
    deck = read(
        tmp_path, "deck: 2024-01-01\nid: 1e3\nentries:\n  no: yes\n  1.10: null\n  0x1F: ~\n"
    )
    assert (deck.title, deck.id) == ("2024-01-01", "1e3")
    assert [(c.prompt, c.answer) for c in cards_of(deck).values()] == [
        ("no", "yes"),
        ("1.10", "null"),
        ("0x1F", "~"),
    ]


def write_folder(folder: Path) -> Path:
    deck = folder / "backend"
    write_deck(deck, "deck: Backend\nid: be\nabout: All of it.\nreverse: true\n", "deck.yaml")
    write_deck(deck, "section: Queues\nentries: {Lag: a delay}\n", "02-queues.yaml")
    write_deck(deck, "section: Caching\nid: cache\nentries:\n  - TTL: a time\n", "01-caching.yml")
    write_deck(deck, "not: a section", "notes.txt")
    write_deck(deck, "not: a section", ".hidden.yaml")
    write_deck(deck, "not: a section", "drafts/03-later.yaml")
    return deck


def test_a_folder_holds_one_section_a_file_in_the_order_of_their_names(tmp_path: Path) -> None:
    path = write_folder(tmp_path)
    deck = read_deck(path)
    assert (deck.id, deck.title, deck.about, deck.path) == ("be", "Backend", "All of it.", path)
    assert [(s.id, s.title, s.place) for s in deck.sections] == [
        ("cache", "Caching", Place(path / "01-caching.yml", 1, 1)),
        ("queues", "Queues", Place(path / "02-queues.yaml", 1, 1)),
    ]
    assert [(c.key, c.prompt, c.answer) for c in cards_of(deck).values()] == [
        ("be/ttl/term", "TTL", "a time"),
        ("be/ttl/reverse", "a time", "TTL"),
        ("be/lag/term", "Lag", "a delay"),
        ("be/lag/reverse", "a delay", "Lag"),
    ]


def test_header_and_sections_of_a_folder_can_be_read_apart(tmp_path: Path) -> None:
    path = write_folder(tmp_path)
    reading = read_header(deck_at(path))
    assert (reading.header, reading.sections, reading.faults) == (
        Header("be", "Backend", "All of it.", True),
        [],
        [],
    )
    section, faults = read_section(path / "02-queues.yaml", reading.header)
    assert faults == []
    assert section == read_deck(path).sections[1]


def test_a_folder_without_an_id_is_called_after_itself(tmp_path: Path) -> None:
    write_deck(tmp_path, "deck: A\n", "My deck.d/deck.yaml")
    write_deck(tmp_path, "section: B\nentries: {c: d}\n", "My deck.d/b.yaml")
    assert read_deck(tmp_path / "My deck.d").id == "my-deck-d"


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    folder = tmp_path / "backend"
    write_deck(folder, "deck: Backend\nentries: {a: b}\n", "deck.yaml")
    write_deck(folder, "section: One\nentries: {SQL: a}\n", "01.yaml")
    write_deck(folder, "section: Two\nentries:\n  - SQL: b\n  - TTL: [c]\n", "02.yaml")
    write_deck(folder, "section: &x Three\n", "03.yaml")
    write_deck(folder, "section: One\nentries: {NAT: a}\n", "04.yaml")
    assert told(check_deck(folder).faults, folder) == [
        (
            "deck.yaml:2:1: There is no field `entries` in a deck."
            " It has `deck`, `id`, `about`, `reverse`, `origin`."
        ),
        (
            "02.yaml:4:10: `TTL` has a list where its definition belongs."
            " Write one text, or `definition:` with further fields."
        ),
        "03.yaml:1:10: A YAML anchor (`&x`). Put the text in quotes.",
        (
            "02.yaml:3:5: A second entry `sql`;"
            f" the first is at {folder / '01.yaml'}:2:11."
            " Delete one, or give one of them another `id:`."
        ),
        (
            f"04.yaml:1:1: A second section `one`; the first is at {folder / '01.yaml'}:1:1."
            " Give one of them another `id:`."
        ),
    ]
    with pytest.raises(Faulty) as raised:
        read_deck(folder)
    assert raised.value.title == f"5 faults in {folder}."


def test_a_folder_with_a_header_alone_has_no_sections(tmp_path: Path) -> None:
    write_deck(tmp_path, "deck: A\n", "deck.yaml")
    assert told(check_deck(tmp_path).faults, tmp_path) == [
        "deck.yaml:1:1: The deck has no sections. Add a file with `section:` and `entries:`."
    ]


@pytest.mark.parametrize(
    ("whole", "own", "ways"),
    [
        ("true", "", ["term", "reverse"]),
        ("true", "reverse: no", ["term"]),
        ("false", "", ["term"]),
        ("", "reverse: yes", ["term", "reverse"]),
        ("on", "reverse: Off", ["term"]),
        ("no", "reverse: What is it?", ["term", "reverse"]),
        ("yes", "reverse:", ["term"]),
    ],
)
def test_terms_are_asked_both_ways_where_the_deck_or_the_entry_says_so(
    tmp_path: Path, whole: str, own: str, ways: list[str]
) -> None:
    deck = read(
        tmp_path,
        f"deck: A\nreverse: {whole}\nentries:\n  - term: B\n    definition: c\n    {own}\n",
    )
    assert list(cards_of(deck)) == [f"things/b/{way}" for way in ways]


BEFORE = """\
deck: A
sections:
  One:
    - term: Write-ahead log
      definition: Appended before.
      questions:
        - question: Why append?
          answer: It is quick.
    - term: TTL
      definition: A time.
  Two:
    - question: Why?
      answer: Because.
"""


def test_an_edit_of_other_texts_order_or_section_keeps_every_key(tmp_path: Path) -> None:
    after = """\
    deck: Another title
    sections:
      Two, renamed:
        - term: TTL
          definition: How long an entry may be served.
        - question: Why?
          answer: Because of that.
      One:
        - term: Write-ahead log
          definition: Appended and synced before.
          questions:
            - question: Why append?
              answer: No seek.
    """
    assert sorted(cards_of(read(tmp_path, BEFORE))) == sorted(cards_of(read(tmp_path, after)))


def test_a_renamed_entry_has_other_keys_and_is_known_by_the_rest_of_its_cards(
    tmp_path: Path,
) -> None:
    before = cards_of(read(tmp_path, BEFORE))
    after = cards_of(read(tmp_path, BEFORE.replace("Write-ahead log", "Redo log")))
    for way in ("term", "question-why-append"):
        one, other = before[f"things/write-ahead-log/{way}"], after[f"things/redo-log/{way}"]
        assert one.rest == other.rest
    assert len({card.rest for card in before.values()}) == len(before)


def test_an_edited_answer_is_another_rest(tmp_path: Path) -> None:
    before = cards_of(read(tmp_path, BEFORE))
    after = cards_of(read(tmp_path, BEFORE.replace("A time.", "A span.")))
    changed = [key for key in before if before[key].rest != after[key].rest]
    assert changed == ["things/ttl/term"]


def test_an_id_keeps_the_keys_through_a_rename(tmp_path: Path) -> None:
    text = BEFORE.replace("definition: Appended", "id: wal\n      definition: Appended")
    renamed = text.replace("Write-ahead log", "Redo log")
    assert list(cards_of(read(tmp_path, text))) == list(cards_of(read(tmp_path, renamed)))
    assert "things/wal/term" in cards_of(read(tmp_path, text))
