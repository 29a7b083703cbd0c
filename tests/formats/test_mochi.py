"""formats/trainers/mochi.py: Mochi's packages, in Transit and in EDN."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from offhand.domain.event import Grade
from offhand.errors import OffhandError
from offhand.formats.draft import (
    Draft,
    DraftQuestion,
    Past,
    PastAnswer,
    PastSchedule,
    ReadOptions,
)
from offhand.formats.trainers import mochi
from sources import NO_OPTIONS, places, read_one, shown, zipped

HISTORY = ReadOptions(history=True)


def package(folder: Path, decks: list[dict[str, Any]], **more: Any) -> Path:
    data = {"~:version": 2, "~:decks": decks} | {f"~:{key}": value for key, value in more.items()}
    media: dict[str, str | bytes] = {"x.png": b"P"}
    return zipped(folder / "deck.mochi", {"data.json": json.dumps(data)} | media)


def deck(cards: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    named = {"~:id": "~:deckdeck", "~:name": "Deck", "~:cards": {"~#list": cards}}
    return named | {f"~:{key}": value for key, value in more.items()}


def draft_of(
    folder: Path, cards: list[dict[str, Any]], options: ReadOptions = NO_OPTIONS, **more: Any
) -> Draft:
    return read_one(mochi.read, package(folder, [deck(cards)], **more), options)


CONTENTS = {
    "two sides": ("Front\n---\nBack", {"term": "Front", "definition": "Back"}),
    "a question": ("Why?\n---\nSo.", {"questions": (DraftQuestion("Why?", "So."),)}),
    "more sides": ("A\n---\nB\n\n---\nC", {"term": "A", "definition": "B\n\nC"}),
    "a heading and tags": (
        "# Front\n#one #two\n---\nBack",
        {"term": "Front", "definition": "Back"},
    ),
    "dashes in code": (
        "A\n---\n```\n---\n```",
        {"term": "A", "definition": "```\n---\n```"},
    ),
    "one hole": ("The {{Shiba}} barks", {"cloze": ("The {{Shiba}} barks",)}),
    "holes that are asked together": (
        "The {{Shiba}} is a {{dog}}, `{{x}}`",
        {"questions": (DraftQuestion("The […] is a […], `{{x}}`", "Shiba, dog"),)},
    ),
    "holes in groups": (
        "The {{1::Shiba}} is a {{2::dog}} from {{2::Japan}}\n---\nmore",
        {"cloze": ("The {{c1::Shiba}} is a {{c2::dog}} from {{c2::Japan}}",), "extra": "more"},
    ),
    "links and speech": (
        'See [[Other|otherother]] and [[otherother]] <speech lang="ja">x</speech>\n---\nB',
        {"term": "See Other and The other", "definition": "B"},
    ),
    "an attachment": (
        "![pic](@media/x.png) ![[x.png]]\n---\n![w](https://e.org/w.png)",
        {"term": "![pic](x.png) ![](x.png)", "definition": "![w](https://e.org/w.png)"},
    ),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_card_is_read_with(kind: str, tmp_path: Path) -> None:
    content, expected = CONTENTS[kind]
    other = {"~:id": "~:otherother", "~:name": "The other", "~:content": "x\n---\ny"}
    draft = draft_of(tmp_path, [{"~:id": "~:cardcard", "~:content": content}, other])

    assert shown(draft.entries[0]) == {"id": "cardcard"} | expected
    assert (draft.title, draft.origin) == ("Deck", "mochi:deckdeck")


TEMPLATE = {
    "~:id": "~:template",
    "~:name": "Word",
    "~:content": "<< Word >><<# Hint >> (<< Hint >>)<</ Hint >>\n---\n<< Meaning >><<^ Hint >>!<</ Hint >>",
    "~:fields": {
        "~:name": {"~:id": "~:name", "~:name": "Word"},
        "~:m": {"~:id": "~:m", "~:name": "Meaning"},
        "~:h": {"~:id": "~:h", "~:name": "Hint"},
    },
}


def of_template(ident: str, **values: str) -> dict[str, Any]:
    fields = {f"~:{key}": {"~:id": f"~:{key}", "~:value": value} for key, value in values.items()}
    return {"~:template-id": ident, "~:content": "", "~:fields": fields}


def test_the_fields_of_a_template_make_its_cards(tmp_path: Path) -> None:
    cards = [
        of_template("~:template", name="inu", m="dog", h="barks"),
        of_template("~:template", name="neko", m="cat"),
    ]
    draft = draft_of(tmp_path, cards, templates={"~#list": [TEMPLATE]})

    assert [shown(entry) for entry in draft.entries] == [
        {"term": "inu (barks)", "definition": "dog"},
        {"term": "neko", "definition": "cat!"},
    ]


def test_without_its_template_a_card_is_its_fields(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, [of_template("~:gone", name="inu", m="dog", h="barks")])

    assert [shown(entry) for entry in draft.entries] == [
        {"term": "inu", "definition": "dog\n\nbarks"}
    ]


def test_decks_within_a_deck_are_sections_and_others_are_decks(tmp_path: Path) -> None:
    def named(ident: str, name: str, parent: str = "", **more: Any) -> dict[str, Any]:
        card = {"~:content": f"{name}\n---\nx"}
        made = deck([card], **more) | {"~:id": f"~:{ident}", "~:name": name}
        return made | ({"~:parent-id": f"~:{parent}"} if parent else {})

    path = package(
        tmp_path,
        [
            named("root", "Root"),
            named("sub", "Sub", "root", **{"review-reverse?": True}),
            named("deep", "Deep", "sub"),
            named("gone", "Gone", "root", **{"trashed?": {"~#dt": 1}}),
            named("other", "Other", "not-in-this-file"),
        ],
        cards=[{"~:deck-id": "~:root", "~:content": "alone\n---\nx"}],
    )

    assert [
        (
            d.title,
            d.origin,
            [(s.title, [(e.term, e.reverse) for e in s.entries]) for s in d.sections],
        )
        for d in mochi.read(path, NO_OPTIONS)
    ] == [
        (
            "Root",
            "mochi:root",
            [
                ("Root", [("Root", None), ("alone", None)]),
                ("Sub", [("Sub", True)]),
                ("Sub / Deep", [("Deep", None)]),
            ],
        ),
        ("Other", "mochi:other", [("Other", [("Other", None)])]),
    ]


def moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


FIRST, SECOND, DUE = 1704067200000, 1704153600000, 1704758400000
REVIEWS = [
    {"~:date": f"~t{SECOND}", "~:due": f"~t{DUE}", "~:interval": 6.8, "~:remembered?": True},
    {"~:date": {"~#dt": FIRST}, "~:due": f"~m{SECOND}", "~:remembered?": True, "~:duration": 4000},
]


def test_the_reviews_of_a_card_are_its_past_where_asked(tmp_path: Path) -> None:
    cards = [
        {"~:content": "A\n---\nB", "~:reviews": REVIEWS},
        {"~:content": "C\n---\nD", "~:archived?": True},
        {"~:content": "{{1::E}} {{2::F}}", "~:cloze/reviews": {"2": REVIEWS[:1]}},
    ]
    draft = draft_of(tmp_path, cards, HISTORY)

    assert [entry.pasts for entry in draft.entries] == [
        {
            "term": Past(
                (
                    PastAnswer(moment(FIRST), Grade.GOOD, 4000, 0),
                    PastAnswer(moment(SECOND), Grade.GOOD, 0, 1),
                ),
                PastSchedule(date(2024, 1, 9), 7, 250, 2, 0),
            )
        },
        {"term": Past(suspended=True)},
        {
            "cloze-f": Past(
                (PastAnswer(moment(SECOND), Grade.GOOD, 0, 0),),
                PastSchedule(date(2024, 1, 9), 7, 250, 1, 0),
            )
        },
    ]


def test_reviews_that_are_not_asked_for_are_told(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, [{"~:content": "A\n---\nB", "~:reviews": REVIEWS}])

    assert (draft.entries[0].pasts, draft.taken) == (
        {},
        ("1 card was reviewed in Mochi; --history brings the answers.",),
    )


def test_what_cannot_be_a_card_is_left_out_and_named(tmp_path: Path) -> None:
    cards = [
        {"~:content": "just a note", "~:name": "Note"},
        {"~:content": ""},
        {"~:content": "A ![x](@media/gone.png)\n---\nB"},
        {"~:content": "C\n---\nD", "~:trashed?": {"~#dt": 1}},
    ]
    draft = draft_of(tmp_path, cards)

    assert [(entry.term, entry.definition) for entry in draft.entries] == [("A x", "B")]
    assert [what for _, what in places(draft.left_out)] == [
        "A card has one side only: `Note`.",
        "A card is empty.",
        "The attachment `@media/gone.png` is not in the file.",
    ]


EDN = r"""{:version 2, ; a comment
 :decks ({:id :deckdeck, :name "De\"ck", :sort 1, :cards #_ignored [
   {:content "a\n---\nbé \u00e9", :tags #{"x"}, :archived? false, :pos nil
    :reviews [{:date #inst "2024-01-01T00:00:00.000-00:00", :due #inst "2024-01-02T00:00:00.000-00:00",
               :interval 1, :remembered? true}]}]})}"""


def test_the_older_notation_is_read_too(tmp_path: Path) -> None:
    draft = read_one(mochi.read, zipped(tmp_path / "x.mochi", {"data.edn": EDN}), HISTORY)

    assert (draft.title, [shown(entry) for entry in draft.entries]) == (
        'De"ck',
        [
            {
                "term": "a",
                "definition": "bé é",
                "tags": ("x",),
                "pasts": {
                    "term": Past(
                        (PastAnswer(moment(FIRST), Grade.GOOD),),
                        PastSchedule(date(2024, 1, 2), 1, 250, 1, 0),
                    )
                },
            }
        ],
    )


def test_compact_transit_is_read_with_its_cache(tmp_path: Path) -> None:
    compact = [
        *("^ ", "~:version", 2, "~:decks"),
        [
            [
                *("^ ", "~:name", "D", "~:cards"),
                [
                    "~#list",
                    [
                        ["^ ", "~:content", "a\n---\nb", "^2", "one"],
                        ["^ ", "^5", "~^c\n---\nd", "^2", "two"],
                    ],
                ],
            ]
        ],
    ]
    path = zipped(tmp_path / "x.mochi", {"data.json": json.dumps(compact)})

    assert [(e.term, e.definition) for e in read_one(mochi.read, path).entries] == [
        ("a", "b"),
        ("^c", "d"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("data.json", "{", "cannot be read"),
        ("data.json", "[" * 100_000, "nested too deep"),
        ("data.json", '[["^ ", "^9", 1]]', r"points to `\^9`"),
        ("data.json", b"\xff\xfe", "cannot be read"),
        ("data.json", "[1, 2]", "holds no decks"),
        ("data.edn", "{:a", "ends too early|never closed"),
        ("data.edn", "(" * 100_000, "nested too deep, on line 1"),
        ("data.edn", '{:a\n"b}', "a text is never closed, on line 2"),
        ("data.edn", "{:a 1} 2", "stands behind its end"),
        ("data.edn", "{:a}", "a key without a value"),
        ("other.txt", "", "no Mochi package"),
        ("data.json", '{"~:decks": []}', "No cards were found"),
    ],
)
def test_a_package_that_cannot_be_read_is_refused(
    name: str, data: str | bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(OffhandError, match=said):
        mochi.read(zipped(tmp_path / "x.mochi", {name: data}), NO_OPTIONS)
