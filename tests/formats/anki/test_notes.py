"""What becomes of a note is told by the shape of its type, whatever its names are."""

from pathlib import Path

import pytest

from anki_packages import CLOZE, REVERSED, ACard, ANote, Kind, package
from offhand.formats.anki.reading import read
from offhand.formats.draft import Draft, DraftQuestion, Past, ReadOptions

OPTIONAL = Kind(
    "Optional",
    ["F", "B", "Also"],
    [
        ("{{F}}", "{{FrontSide}}<hr id=answer>{{B}}"),
        ("{{#Also}}{{B}}{{/Also}}", "{{FrontSide}}<hr id=answer>{{F}}"),
    ],
)
THREE = Kind(
    "Three",
    ["Word", "Meaning", "Example"],
    [
        ("{{Word}}", "{{FrontSide}}<hr id=answer>{{Meaning}}<br>{{Example}}"),
        ("{{Meaning}}", "{{FrontSide}}<hr id=answer>{{Word}}"),
        ("{{#Example}}{{Example}}{{/Example}}", "{{Word}}"),
    ],
)
OCCLUSION = Kind(
    "Image Occlusion",
    ["Occlusion", "Image"],
    [("{{cloze:Occlusion}}{{Image}}", "{{cloze:Occlusion}}{{Image}}")],
    cloze=True,
    stock=6,
)


def read_one(path: Path, *notes: ANote) -> Draft:
    (draft,) = read(package(path / "deck.apkg", notes), ReadOptions())
    return draft


def left_out(draft: Draft) -> list[str]:
    return [each.what for each in draft.left_out]


def test_a_note_asked_both_ways_is_a_term(tmp_path: Path) -> None:
    both = [ACard(0, flags=1), ACard(1, queue=-1)]
    (found,) = read_one(tmp_path, ANote(["TTL", "<b>time</b>"], REVERSED, cards=both)).entries

    assert (found.term, found.definition, found.reverse) == ("TTL", "**time**", True)
    assert found.pasts == {"term": Past(flagged=True), "reverse": Past(suspended=True)}


@pytest.mark.parametrize("cards", [[ACard()], [ACard(), ACard(1)]])
def test_a_term_is_reversed_only_where_anki_shows_the_other_card(
    tmp_path: Path, cards: list[ACard]
) -> None:
    draft = read_one(tmp_path, ANote(["f", "b", ""], OPTIONAL, cards=cards))

    (found,) = draft.entries
    assert (found.term, found.definition, found.reverse) == ("f", "b", None)
    assert left_out(draft) == ["1 card would be empty: “f”."][: len(cards) - 1]


def test_a_term_of_which_only_the_other_way_is_asked_is_a_question(tmp_path: Path) -> None:
    (found,) = read_one(tmp_path, ANote(["f", "b"], REVERSED, cards=[ACard(1, flags=1)])).entries

    assert found.questions == (DraftQuestion("b", "f"),)
    assert found.pasts == {"question": Past(flagged=True)}


def test_other_types_become_groups_of_questions_with_lasting_names(tmp_path: Path) -> None:
    cards = [ACard(), ACard(1, flags=2), ACard(2)]
    whole, part = read_one(
        tmp_path,
        ANote(["w", "m", "e"], THREE, cards=cards),
        ANote(["w", "m", ""], THREE, cards=cards[1:2]),
    ).entries

    assert whole.questions == (
        DraftQuestion("w", "m\\\ne", id="1"),
        DraftQuestion("m", "w", id="2"),
        DraftQuestion("e", "w", id="3"),
    )
    assert whole.pasts == {"question-2": Past(flagged=True)}
    assert part.questions == (DraftQuestion("m", "w", id="2"),)


def test_a_cloze_keeps_its_holes_and_what_stands_below(tmp_path: Path) -> None:
    (found,) = read_one(
        tmp_path,
        ANote(
            ["<b>{{c1::502}}</b> is {{c2::Bad Gateway::two words}}", "See <i>x</i>"],
            CLOZE,
            cards=[ACard(), ACard(1, flags=1)],
        ),
    ).entries

    assert found.cloze == ("**{{c1::502}}** is {{c2::Bad Gateway::two words}}",)
    assert found.extra == "See *x*"
    assert found.pasts == {"cloze-2": Past(flagged=True)}


def test_what_stands_around_a_cloze_on_both_sides_is_in_it_once(tmp_path: Path) -> None:
    side = "{{#Head}}<b>{{Head}}</b><br>{{/Head}}{{cloze:Text}}"
    kind = Kind("Headed", ["Head", "Text", "More"], [(side, side + "<hr>{{More}}")], cloze=True)

    (found,) = read_one(tmp_path, ANote(["h", "{{c1::a}} b", "m"], kind)).entries

    assert (found.cloze, found.extra) == (("**h**\\\n{{c1::a}} b",), "m")


def test_a_cloze_whose_answer_is_typed_shows_its_sentence_once(tmp_path: Path) -> None:
    back = "{{cloze:Text}}<br>{{type:cloze:Text}}<br>{{More}}"
    both = Kind(
        "Typed", ["Text", "More"], [("{{cloze:Text}}<br>{{type:cloze:Text}}", back)], cloze=True
    )
    only = Kind("Only typed", ["Text"], [("{{type:cloze:Text}}", "{{cloze:Text}}")], cloze=True)

    found = read_one(
        tmp_path, ANote(["{{c1::a}} b", "m"], both), ANote(["{{c1::c}} d"], only)
    ).entries

    assert [(entry.cloze, entry.extra) for entry in found] == [
        (("{{c1::a}} b",), "m"),
        (("{{c1::c}} d",), ""),
    ]


def test_a_cloze_that_shows_more_on_one_card_is_a_sentence_for_each(tmp_path: Path) -> None:
    side = "{{cloze:Text}}{{#c1}} one{{/c1}}"
    kind = Kind("By number", ["Text"], [(side, side)], cloze=True)

    (found,) = read_one(
        tmp_path, ANote(["{{c1::a}} {{c2::b}}"], kind, cards=[ACard(), ACard(1)])
    ).entries

    assert found.cloze == ("{{c1::a}} b one", "a {{c2::b}}")


def test_what_a_text_cannot_show_is_counted_and_named(tmp_path: Path) -> None:
    draft = read_one(
        tmp_path,
        ANote(["q", "a"]),
        ANote(["{{c1::image-occlusion:rect:left=.1}}", "<img src=x.png>"], OCCLUSION),
        ANote(["[sound:a.mp3]", "heard"]),
        ANote(["[sound:b.mp3]", "heard"]),
        ANote(["blank", "<br>"]),
        ANote(["", "no front"]),
        ANote(["{{c1::}} and [sound:x.mp3]", ""], CLOZE),
        ANote(["lonely", "x"], cards=[]),
    )

    assert len(draft.entries) == 1
    assert left_out(draft) == [
        "2 cards ask with nothing that a text can show: “[sound:a.mp3]”, “[sound:b.mp3]”.",
        "1 card hides parts of an image, which a text cannot: “{{c1::image-occlusion:rect:left=.1}}”.",
        "1 card has an empty back: “blank”.",
        "1 card would be empty: “”.",
        "1 card has no hole that holds a text: “{{c1::}} and [sound:x.mp3]”.",
        "1 card has no cards: “lonely”.",
        "3 sounds in the texts.",
    ]


def test_a_type_whose_template_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    broken = Kind("Broken", ["F"], [("{{#F}}{{F}}", "{{F}}")])

    draft = read_one(tmp_path, ANote(["q", "a"]), ANote(["f"], broken))

    assert left_out(draft) == ["1 card has a template that cannot be read: “f”."]
