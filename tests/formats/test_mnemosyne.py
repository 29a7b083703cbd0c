"""formats/trainers/mnemosyne.py: the `.cards` that Mnemosyne exports."""

from datetime import UTC, date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from offhand.errors import OffhandError
from offhand.formats.draft import Draft, DraftQuestion, Limits, Past, PastSchedule, ReadOptions
from offhand.formats.trainers import mnemosyne
from sources import NO_OPTIONS, places, read_one, shown, zipped


def log(kind: int, ident: str, texts: dict[str, str] | None = None, **given: object) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in given.items())
    inner = "".join(f"<{key}>{escape(text)}</{key}>" for key, text in (texts or {}).items())
    return f'<log type="{kind}" o_id="{ident}"{attributes}>{inner}</log>\n'


def fact(ident: str, **texts: str) -> str:
    return log(16, ident, texts)


def card(
    of: str, kind: str, view: str, tags: str = "t0", extra: str = "", **learned: object
) -> str:
    given = {"gr": -1, "e": 2.5, "rt_rp_l": 0, "lps": 0, "l_rp": -1, "n_rp": -1} | learned
    texts = {"extra": extra} if extra else {}
    return log(6, f"{of}-{view}", texts, card_t=kind, fact=of, fact_v=view, tags=tags, **given)


TAGS = (
    log(10, "t0", {"name": "__UNTAGGED__"})
    + log(10, "t1", {"name": "Lang::Spanish"})
    + log(10, "t2", {"name": "Verbs"})
)


def draft_of(
    folder: Path,
    entries: str,
    options: ReadOptions = NO_OPTIONS,
    media: dict[str, str | bytes] | None = None,
    metadata: str = "card_set_name:My cards\nauthor_name:A\nnotes:About<br>words\n",
) -> Draft:
    xml = f'<openSM2sync number_of_entries="9">{entries}</openSM2sync>\n'
    members: dict[str, str | bytes] = {"cards.xml": xml, "METADATA": metadata}
    return read_one(mnemosyne.read, zipped(folder / "x.cards", members | (media or {})), options)


KINDS = {
    "front to back": (
        fact("a", f="dog", b="Hund") + card("a", "1", "1.1"),
        {"id": "a", "term": "dog", "definition": "Hund"},
    ),
    "both ways": (
        fact("a", f="dog", b="Hund") + card("a", "2", "2.1") + card("a", "2", "2.2"),
        {"id": "a", "term": "dog", "definition": "Hund", "reverse": True},
    ),
    "both ways, of which one is left": (
        fact("a", f="dog", b="Hund") + card("a", "2", "2.2"),
        {"id": "a", "questions": (DraftQuestion("Hund", "dog"),)},
    ),
    "vocabulary": (
        fact("a", f="perro", p_1="/pero/", m_1="dog", n="barks")
        + card("a", "3", "3.1")
        + card("a", "3", "3.2"),
        {
            "id": "a",
            "term": "perro",
            "definition": "dog",
            "reverse": True,
            "extra": "/pero/\n\nbarks",
        },
    ),
    "cloze": (
        fact("a", text="[Paris] is in [France:a country].") + card("a", "5", "5.1"),
        {"id": "a", "cloze": ("{{Paris}} is in {{France::a country}}.",)},
    ),
    "sentence": (
        fact("a", f="La [casa:house] es grande", m_1="The house is big")
        + card("a", "6", "6.1")
        + card("a", "6", "6.2"),
        {
            "id": "a",
            "term": "La casa es grande",
            "definition": "The house is big",
            "cloze": ("La {{casa::house}} es grande",),
        },
    ),
    "a kind made from one of these": (
        fact("a", f="dog", b="Hund") + card("a", "1::French", "1::French.1"),
        {"id": "a", "term": "dog", "definition": "Hund"},
    ),
    "HTML, formulas and lines": (
        fact("a", f="<b>dog</b>\n&amp; cat", b="<$>x^2</$> <script>no()</script>")
        + card("a", "1", "1.1"),
        {"id": "a", "term": "**dog**\\\n& cat", "definition": "$x^2$"},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_is_read_of_the_kind(kind: str, tmp_path: Path) -> None:
    entries, expected = KINDS[kind]
    draft = draft_of(tmp_path, TAGS + entries)

    assert [shown(entry) for entry in draft.entries] == [expected]
    assert (draft.title, draft.about) == ("My cards", "About words")


def test_a_map_asks_for_the_name_and_for_the_place(tmp_path: Path) -> None:
    entries = (
        fact("a", loc="Paris", blank='<img src="b.png">', marked='<img src="m 1.png">')
        + card("a", "4", "4.1")
        + card("a", "4", "4.2")
    )
    draft = draft_of(tmp_path, TAGS + entries, media={"b.png": b"B", "m 1.png": b"M"})

    assert [shown(entry) for entry in draft.entries] == [
        {
            "id": "a",
            "questions": (
                DraftQuestion("![](<m 1.png>)", "Paris", id="marked"),
                DraftQuestion("Paris\n\n![](b.png)", "![](<m 1.png>)", id="place"),
            ),
        }
    ]
    assert {name: media() for name, media in draft.media.items()} == {
        "b.png": b"B",
        "m 1.png": b"M",
    }


def test_where_each_card_has_one_tag_the_tags_are_sections(tmp_path: Path) -> None:
    two = fact("a", f="ir", b="go") + card("a", "1", "1.1", "t1")
    draft = draft_of(tmp_path, TAGS + two + fact("b", f="x", b="y") + card("b", "1", "1.1", "t2"))

    assert [(s.title, [e.tags for e in s.entries]) for s in draft.sections] == [
        ("Lang / Spanish", [()]),
        ("Verbs", [()]),
    ]


def test_else_tags_are_tags(tmp_path: Path) -> None:
    two = fact("a", f="ir", b="go") + card("a", "1", "1.1", "t1,t2")
    draft = draft_of(tmp_path, TAGS + two + fact("b", f="x", b="y") + card("b", "1", "1.1"))

    assert [(s.title, [e.tags for e in s.entries]) for s in draft.sections] == [
        ("My cards", [("Lang::Spanish", "Verbs"), ()])
    ]


def stamp(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def test_what_mnemosyne_knows_of_cards_is_read_where_asked(tmp_path: Path) -> None:
    learned = {
        "gr": 4,
        "e": 2.36,
        "rt_rp_l": 3,
        "lps": 1,
        "l_rp": stamp(date(2024, 3, 30)),
        "n_rp": stamp(date(2024, 4, 9)),
    }
    entries = (
        fact("a", text="[Paris] is in [France].")
        + card("a", "5", "5.1", extra="{'cloze': 'France', 'index': 1}", **learned)
        + card("a", "5", "5.1", extra="{'cloze': 'Paris', 'index': 0}", **(learned | {"gr": 1}))
    )
    asked = ReadOptions(history=True)

    assert [entry.pasts for entry in draft_of(tmp_path, TAGS + entries, asked).entries] == [
        {"cloze-france": Past(schedule=PastSchedule(date(2024, 4, 9), 10, 236, 3, 1))}
    ]
    assert [entry.pasts for entry in draft_of(tmp_path, TAGS + entries).entries] == [{}]


def test_what_cannot_be_taken_is_left_out_and_named(tmp_path: Path) -> None:
    entries = (
        fact("a", f="dog", b='<img src="gone.png"> <audio src="x.mp3">Hund')
        + card("a", "1", "1.1")
        + fact("b", Front="x")
        + card("b", "7::mine", "7::mine.1")
        + fact("c", f="alone", b="")
        + card("c", "1", "1.1")
    )
    draft = draft_of(tmp_path, TAGS + entries)

    assert [entry.term for entry in draft.entries] == ["dog"]
    assert [what for _, what in places(draft.left_out)] == [
        "A fact of the card type `7`, which Offhand does not know.",
        "`alone` lacks what its card type asks for.",
        "The image `gone.png` is not in the file.",
        "1 sound in the texts.",
    ]


def test_a_card_without_its_fact_is_a_fault(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, TAGS + card("gone", "1", "1.1"))

    assert places(draft.faults) == [(4, "A card without its fact.")]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE openSM2sync [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    + "]><openSM2sync><log>&a8;</log></openSM2sync>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<openSM2sync><log type='16' o_id='a'><f>&f;</f></log></openSM2sync>"
)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        ("<openSM2sync><log>", "is not XML: no element found"),
        ("<html></html>", "an element `html` where none belongs"),
        ("<openSM2sync>" + "<log>" * 100, "an element `log` where none belongs"),
        ("<openSM2sync><log>&nope;</log></openSM2sync>", "is not XML: undefined entity"),
        (b"\xff\xfe\x00\x01junk", "is not XML"),
    ],
)
def test_xml_that_is_none_of_mnemosynes_is_refused(
    xml: str | bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(OffhandError, match=said):
        mnemosyne.read(zipped(tmp_path / "x.cards", {"cards.xml": xml}), NO_OPTIONS)


def test_a_file_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.cards", {"cards.xml": "x" * 2000})

    with pytest.raises(OffhandError, match="larger than an import may be"):
        mnemosyne.read(path, ReadOptions(limits=Limits(unpacked_size=1000)))


def test_a_file_without_cards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="No cards were found"):
        draft_of(tmp_path, TAGS)
