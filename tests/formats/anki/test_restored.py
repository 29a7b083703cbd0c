"""Notes that Offhand wrote become what they were made from, beside those that were added in Anki."""

from pathlib import Path

from anki_packages import BASIC, ACard, ANote, Kind, package
from offhand.domain.card import Place
from offhand.formats.anki.imprint import FIELD, Imprint, ImprintDeck, digests_of, written_imprint
from offhand.formats.anki.reading import read
from offhand.formats.draft import DraftEntry, DraftQuestion, Past, ReadOptions

OURS = Kind(
    "Offhand Term",
    ["Term", "Definition", FIELD],
    [("{{Term}}", "{{Definition}}"), ("{{Definition}}", "{{Term}}")],
)
PLACE = Place(Path("deck.yaml"))
PART = DraftEntry(
    PLACE, id="ttl", term="TTL", definition="![a](a/b.png) time", reverse=True, tags=("net",)
)


def note(term: str = "TTL", tags: str = "net", **card: int) -> ANote:
    """A note as Offhand writes it; its fields may have been edited since."""
    fields = (("Term", "TTL"), ("Definition", '<img src="b-1.png"> time'))
    imprint = Imprint(
        deck=ImprintDeck("net", "Networks", "About it.", True, "anki:7"),
        section="Caching",
        section_id="cache",
        at=(0, 0, 0),
        entry="ttl",
        part=PART,
        ways={0: "term", 1: "reverse"},
        media={"a/b.png": "b-1.png"},
        seen=digests_of(fields),
    )
    return ANote(
        [term, fields[1][1], written_imprint(imprint)],
        OURS,
        "Networks::Caching",
        tags=tags,
        cards=[ACard(0), ACard(1, **card)],
    )


def test_a_note_of_ours_is_the_entry_that_it_was(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", [note(flags=1)], media={"b-1.png": b"image"})

    (draft,) = read(path, ReadOptions())

    assert (draft.id, draft.title, draft.about) == ("net", "Networks", "About it.")
    assert (draft.reverse, draft.origin) == (True, "anki:7")
    (section,) = draft.sections
    assert (section.title, section.id) == ("Caching", "cache")
    (entry,) = section.entries
    assert (entry.id, entry.term, entry.definition) == (PART.id, PART.term, PART.definition)
    assert entry.pasts == {"reverse": Past(flagged=True)}
    assert draft.media["a/b.png"]() == b"image"
    assert draft.taken == ("“Networks”: 1 entry as Offhand wrote them.",)


def test_what_was_edited_in_anki_wins(tmp_path: Path) -> None:
    path = package(tmp_path / "deck.apkg", [note("<b>TTL</b> (time)", "net new")])

    (draft,) = read(path, ReadOptions())

    (entry,) = draft.entries
    assert (entry.term, entry.definition) == ("**TTL** (time)", PART.definition)
    assert entry.tags == ("net", "new")


def test_a_note_added_in_anki_to_a_deck_of_ours_joins_it(tmp_path: Path) -> None:
    path = package(
        tmp_path / "deck.apkg",
        [
            note(),
            ANote(["in a section", "a"], BASIC, "Networks::Caching", guid="one"),
            ANote(["at the top", "b"], BASIC, "Networks", guid="two"),
        ],
    )

    (draft,) = read(path, ReadOptions())

    assert draft.id == "net"
    assert [
        (section.title, [entry.id for entry in section.entries]) for section in draft.sections
    ] == [
        ("Caching", ["ttl", "one"]),
        ("Networks", ["two"]),
    ]
    assert draft.entries[1].questions == (DraftQuestion("in a section", "a"),)


def test_a_field_of_that_name_in_another_type_is_only_a_field(tmp_path: Path) -> None:
    kind = Kind("Mine", ["Q", FIELD], [("{{Q}}", f"{{{{{FIELD}}}}}")])
    path = package(tmp_path / "deck.apkg", [ANote(["q", '{"offhand": 1}'], kind)])

    (draft,) = read(path, ReadOptions())

    assert draft.entries[0].questions == (DraftQuestion("q", '{"offhand": 1}'),)
