"""Packages of every version are read alike: notes, decks, tags, images."""

import sqlite3
from pathlib import Path

import pytest

from anki_packages import BASIC, CLOZE, REVERSED, ACard, ANote, Kind, collection, package
from offhand.domain.card import Place
from offhand.errors import OffhandError
from offhand.formats.anki.reading import read
from offhand.formats.draft import (
    Draft,
    DraftEntry,
    DraftQuestion,
    DraftSection,
    Limits,
    Past,
    ReadOptions,
)

VERSIONS = pytest.mark.parametrize("version", [1, 2, 3])


def entries(path: Path, **options: object) -> list[DraftEntry]:
    """The entries of a package with one deck."""
    (draft,) = read(path, ReadOptions(**options))  # type: ignore[arg-type]
    return list(draft.entries)


def told(draft: Draft) -> list[str]:
    return [each.what for each in draft.left_out]


@VERSIONS
def test_a_package_of_every_version_is_the_same_deck(tmp_path: Path, version: int) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote(["SIGTERM", "Asks to <b>end</b>"], guid="aB1!", tags=" unix  linux::kill "),
            ANote(["Term", "Meaning"], REVERSED, "Signals::More::Deep", cards=[ACard(), ACard(1)]),
            ANote(["{{c1::n}} is {{c2::m::hint}}", "See <i>x</i>"], CLOZE, "Signals::More"),
        ],
        version=version,
    )
    place = Place(path)

    (draft,) = read(path, ReadOptions())

    assert draft.title == "Signals"
    assert draft.origin == "anki:1"
    assert draft.sections == (
        DraftSection(
            "Signals",
            (
                DraftEntry(
                    place,
                    id="aB1_21",
                    questions=(DraftQuestion("SIGTERM", "Asks to **end**"),),
                    tags=("unix", "linux::kill"),
                ),
            ),
        ),
        DraftSection(
            "More",
            (
                DraftEntry(
                    place,
                    id="guid102",
                    cloze=("{{c1::n}} is {{c2::m::hint}}",),
                    extra="See *x*",
                ),
            ),
        ),
        DraftSection(
            "More / Deep",
            (DraftEntry(place, id="guid101", term="Term", definition="Meaning", reverse=True),),
        ),
    )
    assert draft.faults == ()
    assert draft.taken == (
        "Note type “Basic”: 1 note taken as questions with their answers.",
        "Note type “Reversed”: 1 note taken as terms with their definitions, asked both ways where Anki does.",
        "Note type “Cloze”: 1 note taken as sentences with holes.",
    )


@VERSIONS
def test_images_of_the_texts_are_read_from_the_package_when_asked_for(
    tmp_path: Path, version: int
) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote(['<img src="my%20pic%20(1).png">', 'x <img alt="a [dot]" src="dot.png">']),
            ANote(['<img src="gone.png">', '<img src="https://example.org/x.png">']),
        ],
        version=version,
        media={"my pic (1).png": b"one", "dot.png": b"two", "unused.png": b"three"},
    )

    (draft,) = read(path, ReadOptions())

    assert [each.questions[0] for each in draft.entries] == [
        DraftQuestion("![](my-pic-1.png)", "x ![a dot](dot.png)"),
        DraftQuestion("![](gone.png)", "![](https://example.org/x.png)"),
    ]
    assert {name: data() for name, data in draft.media.items()} == {
        "my-pic-1.png": b"one",
        "dot.png": b"two",
    }
    assert told(draft) == ["1 image not in the package: `gone.png`."]


def test_two_images_whose_names_fit_alike_stay_two(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [ANote(['<img src="a b.png">', '<img src="A-b.png">'])],
        media={"a b.png": b"one", "A-b.png": b"two"},
    )

    (draft,) = read(path, ReadOptions())

    assert len({name.casefold() for name in draft.media}) == 2
    assert sorted(data() for data in draft.media.values()) == [b"one", b"two"]
    (asked,) = draft.entries[0].questions
    names = (asked.question[4:-1], asked.answer[4:-1])
    assert [draft.media[name]() for name in names] == [b"one", b"two"]


def test_an_image_within_the_text_becomes_a_file(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg", [ANote(["q", '<img src="data:image/png;base64,aGVsbG8=">'])]
    )

    (draft,) = read(path, ReadOptions())

    ((name, data),) = draft.media.items()
    assert draft.entries[0].questions[0].answer == f"![]({name})"
    assert (name[-4:], data()) == (".png", b"hello")


def test_each_deck_at_the_top_is_a_deck_of_its_own(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.colpkg",
        [
            ANote(["a", "1"], deck="Zoo::Birds"),
            ANote(["b", "2"], deck="Art"),
            ANote(["c", "3"], deck="Zoo"),
            ANote(["d", "4"], deck="Zoo::birds 2"),
        ],
    )

    drafts = read(path, ReadOptions())

    assert [(draft.title, draft.origin) for draft in drafts] == [
        ("Art", "anki:3"),
        ("Zoo", "anki:1"),
    ]
    assert [section.title for section in drafts[1].sections] == ["Zoo", "Birds", "birds 2"]


def test_sections_whose_titles_make_one_id_get_two(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [ANote(["a", "1"], deck="Code::C"), ANote(["b", "2"], deck="Code::C++")],
    )

    (draft,) = read(path, ReadOptions())

    assert [section.title for section in draft.sections] == ["C", "C++"]
    assert draft.sections[0].id == ""
    assert draft.sections[1].id.startswith("c-")


def test_a_card_in_a_filtered_deck_is_where_it_belongs(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote(["a", "1"], deck="Home"),
            ANote(["b", "2"], deck="Cram", cards=[ACard(home_deck=1)]),
        ],
    )

    (draft,) = read(path, ReadOptions())

    assert (draft.title, len(draft.entries)) == ("Home", 2)


def test_new_cards_come_in_ankis_order(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote([word, "x"], cards=[ACard(due=due)])
            for word, due in [("b", 2), ("c", 3), ("a", 1)]
        ],
    )

    assert [each.questions[0].question for each in entries(path)] == ["a", "b", "c"]


def test_a_deck_that_was_begun_keeps_the_order_of_its_notes(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote(["b", "x"], cards=[ACard(due=9)]),
            ANote(["a", "x"], cards=[ACard(type=2, queue=2, due=1, interval=3)]),
        ],
    )

    assert [each.questions[0].question for each in entries(path)] == ["b", "a"]


def test_flags_and_suspension_come_also_without_the_history(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote(["a", "1"], cards=[ACard(queue=-1)]),
            ANote(["b", "2"], REVERSED, cards=[ACard(flags=3), ACard(1)]),
            ANote(["c", "3"], cards=[ACard(type=2, queue=2, interval=30, flags=8)]),
        ],
    )

    assert [each.pasts for each in entries(path)] == [
        {"question": Past(suspended=True)},
        {"term": Past(flagged=True)},
        {},
    ]


def test_guids_that_differ_make_ids_that_differ(tmp_path: Path) -> None:
    guids = ["a!", "a_21", "-a", "_2da", "é", "x" * 300, "x" * 301, "A", "a", "a.b", "a b"]
    path = package(tmp_path / "deck.apkg", [ANote(["q", "a"], guid=guid) for guid in guids])

    ids = [each.id for each in entries(path)]

    assert len(set(ids)) == len(guids)
    assert ids[:4] == ["a_21", "a_5f21", "_2da", "_5f2da"]


def test_the_collection_in_ankis_own_folder_is_read_with_its_images(tmp_path: Path) -> None:
    path = collection(
        tmp_path / "collection.anki2", [ANote(["a", '<img src="b c.png">'])], version=3
    )
    (tmp_path / "collection.media").mkdir()
    (tmp_path / "collection.media/b c.png").write_bytes(b"image")

    (draft,) = read(path, ReadOptions())

    assert draft.entries[0].questions == (DraftQuestion("a", "![](b-c.png)"),)
    assert draft.media["b-c.png"]() == b"image"


def test_what_anki_has_only_written_to_its_log_so_far_is_read_too(tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.anki2", [ANote(["old", "x"])])
    anki = sqlite3.connect(path)
    anki.execute("PRAGMA journal_mode = WAL")
    anki.execute("UPDATE notes SET flds = 'new' || char(31) || 'x'")
    anki.commit()

    found = entries(path)
    anki.close()

    assert found[0].questions == (DraftQuestion("new", "x"),)


def test_progress_is_told_up_to_the_end_and_may_cancel(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", [ANote([f"q{n}", "a"]) for n in range(2_500)])
    seen: list[tuple[int, int]] = []

    read(path, ReadOptions(progress=lambda done, total: seen.append((done, total))))

    assert seen == [(0, 2500), (1000, 2500), (2000, 2500), (2500, 2500)]

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(path, ReadOptions(progress=cancel))


def test_a_note_that_cannot_be_read_is_a_fault_and_the_others_are_there(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            ANote(["good", "one"]),
            ANote(["caf\xe9".encode("latin-1"), "x"]),
            ANote(["too long", "x" * 2_000]),
            ANote(["no type", "x"], Kind("Lost", ("F", "B"), BASIC.sides)),
        ],
        statements=["UPDATE notes SET mid = 77 WHERE id = 103"],
    )

    (draft,) = read(path, ReadOptions(limits=Limits(text_size=1_000)))

    assert [fault.what for fault in draft.faults] == [
        "The note “caf�” is not UTF-8.",
        "A field of the note “too long” is longer than 1,000 letters.",
        "The note “no type” has a type that is not there.",
    ]
    assert [each.questions[0].question for each in draft.entries] == ["good"]


def test_numbers_that_are_none_do_no_harm(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [ANote(["a", "b"], cards=[ACard(type=2, queue=2)])],
        statements=["UPDATE cards SET due = 'soon', ivl = NULL, factor = 9e99, lapses = x'00'"],
    )

    (entry,) = entries(path, history=True)

    assert entry.pasts["question"].schedule is not None


def test_a_package_without_any_card_says_so(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", [])

    with pytest.raises(OffhandError, match="No cards were found in"):
        read(path, ReadOptions())


def test_a_package_of_cards_that_cannot_be_shown_says_why(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", [ANote(["front", ""])])

    with pytest.raises(OffhandError, match="1 card has an empty back: “front”"):
        read(path, ReadOptions())
