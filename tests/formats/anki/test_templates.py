"""Templates are rendered as Anki renders them, as far as a text can show it."""

from pathlib import Path

import pytest

from anki_packages import ACard, ANote, Kind, package
from offhand.formats.anki.reading import read
from offhand.formats.anki.templates import (
    Condition,
    Literal,
    Replacement,
    TemplateError,
    has_content,
    parsed,
    rendered,
    shows_anything,
)
from offhand.formats.draft import DraftEntry, DraftQuestion, ReadOptions


def entry(
    tmp_path: Path, kind: Kind, *fields: str, deck: str = "Top::Sub", tags: str = "", **card: int
) -> DraftEntry:
    """What becomes of one note of a type, which has all of its cards."""
    cards = [ACard(at, **card) for at in range(len(kind.sides))]
    path = package(tmp_path / "deck.apkg", [ANote(fields, kind, deck, tags=tags, cards=cards)])
    (draft,) = read(path, ReadOptions())
    (found,) = draft.entries
    return found


def one(tmp_path: Path, front: str, back: str, **values: str) -> tuple[str, str]:
    """The question and the answer of a note of a type with one card."""
    kind = Kind("Any", list(values), [(front, back)])
    (asked,) = entry(tmp_path, kind, *values.values()).questions
    return asked.question, asked.answer


def test_a_template_is_its_literals_fields_and_conditions() -> None:
    assert parsed("a{{B}}{{#C}}d{{^E}}{{text:hint:F}}{{/E}}{{/C}}<!-- {{G}} -->h") == (
        Literal("a"),
        Replacement("B"),
        Condition(
            "C",
            False,
            (Literal("d"), Condition("E", True, (Replacement("F", ("hint", "text")),))),
        ),
        Literal("h"),
    )


@pytest.mark.parametrize("template", ["{{#A}}x", "x{{/A}}", "{{#A}}{{#B}}{{/A}}{{/B}}"])
def test_conditions_that_do_not_end_where_they_should_are_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        parsed(template)


@pytest.mark.parametrize(
    ("html", "has"),
    [
        *(("a", True), ("<div>a</div>", True), ("<img src=x>", True), ("&nbsp;", True)),
        *(("", False), (" \n", False), ("<br>", False), ("<div></div> <BR/>", False)),
    ],
)
def test_white_space_and_line_breaks_are_no_content(html: str, has: bool) -> None:
    assert has_content(html) is has


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{A}}-{{ A }}-{{{A}}", "a-a-a"),
        ("{{#A}}x{{/A}}{{^A}}y{{/A}}", "x"),
        ("{{#Empty}}x{{/Empty}}{{^Empty}}y{{/Empty}}", "y"),
        ("{{#A}}{{#Empty}}x{{/Empty}}{{^Empty}}{{A}}{{/Empty}}{{/A}}", "a"),
        ("{{Unknown}}{{^Unknown}}z{{/Unknown}}", "z"),
        ("{{=<% %>=}}<%A%> {{A}}", "a a"),
    ],
)
def test_fields_and_conditions_are_rendered(template: str, html: str) -> None:
    values = {"A": "a", "Empty": "<br>"}

    assert rendered(parsed(template), values, lambda _, text: text) == html


@pytest.mark.parametrize(
    ("template", "shows"),
    [
        ("{{A}}", True),
        ("words {{Empty}}", False),
        ("words", False),
        ("{{#A}}{{Empty}}{{/A}}", False),
        ("{{^Empty}}{{A}}{{/Empty}}", True),
        ("{{#Empty}}{{A}}{{/Empty}}", False),
    ],
)
def test_a_front_shows_something_when_a_field_of_it_has_a_content(
    template: str, shows: bool
) -> None:
    assert shows_anything(parsed(template), {"A": "a", "Empty": ""}) is shows


@pytest.mark.parametrize(
    ("back", "answer"),
    [
        ("{{FrontSide}}<hr id=answer>{{B}}", "b"),
        ("{{FrontSide}}\n\n<hr id='answer' class=x />\n\n{{B}}", "b"),
        ("{{A}}<hr id=answer>{{B}}", "b"),
        ("<div>{{A}}</div><hr id=answer>{{B}}", "b"),
        ("{{A}}<br>{{B}}", "b"),
        ("{{B}}", "b"),
        ("{{A}}", "a"),
        ("{{FrontSide}}<br>{{A}} {{B}}", "b"),
        ("{{B}} and {{A}}", "b and a"),
        ("Hint: {{C}}<hr id=answer>{{B}}", "Hint: c\n\n---\n\nb"),
        ("{{FrontSide}}<hr>{{B}}<hr>", "b"),
        ("{{FrontSide}}{{#B}}<p>{{B}}</p>{{/B}}{{#Empty}}<p>{{Empty}}</p>{{/Empty}}", "b"),
        ("{{FrontSide}}<hr id=answer>{{type:B}}", "b"),
        ("{{FrontSide}}<hr id=answer><style>b {}</style><script>run()</script>{{B}}", "b"),
        ("{{FrontSide}}<hr id=answer>{{B}}<script>/* {{A}} */</script>", "b"),
    ],
)
def test_the_answer_is_the_back_without_the_front_that_it_repeats(
    tmp_path: Path, back: str, answer: str
) -> None:
    assert one(tmp_path, "<div>{{A}}</div>", back, A="a", B="b", C="c", Empty="") == ("a", answer)


@pytest.mark.parametrize(
    ("front", "question"),
    [
        ("What is {{A}}?", "What is a *x* \\&lt;?"),
        ("{{text:A}}", "a x \\&lt;"),
        ("{{A}}{{type:B}}", "a *x* \\&lt;"),
        ("{{A}}{{hint:B}}", "a *x* \\&lt;"),
        ("{{A}}{{tts en_US voices=Apple:B}}{{tts-voices:}}", "a *x* \\&lt;"),
        ("{{some-addon:A}}", "a *x* \\&lt;"),
        ("{{kanji:F}} {{kana:F}}", "漢字を読む かんじをよむ"),
        ("{{furigana:F}}", "漢字(かんじ)を読(よ)む"),
        ("{{text:kana:F}}", "かんじをよむ"),
        ("<div style='display:none'>{{B}}</div>{{A}}", "a *x* \\&lt;"),
    ],
)
def test_filters_show_what_a_text_can_show(tmp_path: Path, front: str, question: str) -> None:
    values = {"A": "a <i>x</i> &amp;lt;", "B": "b", "F": " 漢字[かんじ]を 読[よ]む"}

    assert one(tmp_path, front, "{{B}}", **values)[0] == question


def test_a_hint_on_the_front_is_shown_below_the_answer(tmp_path: Path) -> None:
    kind = Kind("Hinted", ["A", "B", "C"], [("{{A}}{{hint:C}}", "{{FrontSide}}<hr>{{B}}")])

    found = entry(tmp_path, kind, "a", "b", "c")

    assert found.questions == (DraftQuestion("a", "b"),)
    assert found.extra == "C: c"


@pytest.mark.parametrize("cloze", [False, True])
def test_a_hint_that_the_back_shows_anyway_is_there_once(tmp_path: Path, cloze: bool) -> None:
    field = "{{cloze:A}}" if cloze else "{{A}}"
    sides = (field + "{{hint:C}}", field + "<hr>{{#C}}More: {{C}}{{/C}}")

    found = entry(tmp_path, Kind("Hinted", ["A", "C"], [sides], cloze), "{{c1::a}}", "c")

    assert (
        "\n".join([*(asked.answer for asked in found.questions), found.extra]).strip() == "More: c"
    )


def test_special_fields_are_there_on_a_card(tmp_path: Path) -> None:
    front = "{{A}}: {{Tags}}, {{Deck}}, {{Subdeck}}, {{Card}}, {{Type}}, {{CardFlag}}"
    kind = Kind("Special", ["A"], [(front, "{{A}}")])

    found = entry(tmp_path, kind, "a", tags=" x y ", flags=3)

    assert found.questions[0].question == "a: x y, Top::Sub, Sub, Card 1, Special, flag3"


def test_a_type_in_card_is_as_its_answer_were_not_typed(tmp_path: Path) -> None:
    typed = Kind(
        "Typed", ["Q", "A"], [("{{Q}}\n\n{{type:A}}", "{{Q}}\n\n<hr id=answer>\n\n{{type:A}}")]
    )
    both = Kind(
        "Typed both",
        ["Q", "A"],
        [
            ("{{Q}}{{type:A}}", "{{FrontSide}}<hr id=answer>{{type:A}}"),
            ("{{A}}{{type:Q}}", "{{FrontSide}}<hr id=answer>{{type:Q}}"),
        ],
    )

    assert entry(tmp_path, typed, "q", "a").questions == (DraftQuestion("q", "a"),)
    found = entry(tmp_path, both, "q", "a")
    assert (found.term, found.definition, found.reverse) == ("q", "a", True)
