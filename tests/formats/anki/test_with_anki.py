"""What the real Anki exports, in each of its formats, comes in without loss."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from anki_oracle import Anki
from offhand.domain.card import Card
from offhand.domain.event import Grade
from offhand.formats.anki.reading import read
from offhand.formats.draft import Draft, DraftEntry, Past, ReadOptions
from offhand.formats.entry_cards import entry_of

GRADES = {1: Grade.WRONG, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.PERFECT}
FORMATS = [
    {"kind": kind, "legacy": legacy} for kind in ("apkg", "colpkg") for legacy in (False, True)
]
ODD = """<div>a <b>b</b>&nbsp;&lt;c&gt; &amp;amp; {{d}} *e* _f_ [g](h) `i` $j$</div><ul><li>k</li></ul>"""
DAY_MS = 86_400_000
AGO = int((datetime.now(UTC) - timedelta(days=40)).timestamp() * 1000)

THREE = {
    "name": "Three",
    "fields": ["Word", "Meaning", "Example"],
    "templates": [
        {"name": "a", "front": "{{Word}}", "back": "{{FrontSide}}<hr id=answer>{{Meaning}}"},
        {
            "name": "b",
            "front": "<i>What is {{Meaning}}?</i>",
            "back": "{{FrontSide}}<hr id=answer>{{Word}} {{Tags}} {{Deck}} {{Subdeck}} {{Card}}",
        },
        {"name": "c", "front": "{{#Example}}{{Example}}{{/Example}}", "back": "{{text:Meaning}}"},
    ],
}
JAPANESE = {
    "name": "Japanese",
    "fields": ["Expression", "Meaning"],
    "templates": [
        {
            "name": "a",
            "front": "{{kanji:Expression}}",
            "back": "{{furigana:Expression}}<br>{{kana:Expression}}<br>{{Meaning}}",
        }
    ],
}
REVIEWED = {"type": 2, "queue": 2, "reps": 5}
NOTES: list[dict[str, Any]] = [
    {
        "fields": ["SIGTERM", "Asks a process<br>to <b>end</b>"],
        "deck": "Unix",
        "tags": ["a", "b::c"],
    },
    {"fields": ["Odd", ODD], "deck": "Unix", "guid": 'A<"&!~'},
    {
        "notetype": "Basic (and reversed card)",
        "fields": ["TTL", "time to live"],
        "deck": "Unix::Net",
        "cards": [
            {
                **REVIEWED,
                "ord": 0,
                "due_in": 12,
                "ivl": 30,
                "factor": 2350,
                "lapses": 2,
                "flags": 4,
                "log": [
                    {"id": AGO, "ease": 3, "type": 0, "ivl": -600},
                    {"id": AGO + 600_000, "ease": 3, "type": 0, "ivl": 1, "lastIvl": -600},
                    {"id": AGO + DAY_MS, "ease": 1, "ivl": 1, "lastIvl": 1, "time": 12_345},
                    {"id": AGO + 2 * DAY_MS, "ease": 4, "ivl": 30, "lastIvl": 1},
                ],
            },
            {"ord": 1, "queue": -1},
        ],
    },
    {"notetype": "Basic (optional reversed card)", "fields": ["one", "1", ""], "deck": "Unix::Net"},
    {
        "notetype": "Basic (optional reversed card)",
        "fields": ["two", "2", "y"],
        "deck": "Unix::Net",
    },
    {"notetype": "Basic (type in the answer)", "fields": ["typed", "answer"], "deck": "Unix"},
    {
        "notetype": "Cloze",
        "fields": ["{{c1::Canberra}} was {{c2::founded::when}} in {{c1::1913}}", "extra"],
        "deck": "Geo",
        "cards": [{"ord": 1, **REVIEWED, "due_in": -3, "ivl": 1, "factor": 1300}],
    },
    {"notetype": "Cloze", "fields": ["{{c1::in {{c3::the}} middle}} of it", ""], "deck": "Geo"},
    {
        "notetype": "Three",
        "fields": ["w", "m &amp; n", "e"],
        "deck": "Words::Deep::er",
        "tags": ["t"],
    },
    {"notetype": "Three", "fields": ["v", "n", ""], "deck": "Words"},
    {"notetype": "Japanese", "fields": ["漢字[かんじ] を 読[よ]む", "to read"], "deck": "Words"},
    {
        "fields": ["answered", "now"],
        "deck": "Words",
        "cards": [{"ord": 0, "answers": [4, 3]}],
    },
    {
        "fields": ["crammed", "x"],
        "deck": "Words",
        "cards": [{**REVIEWED, "due_in": 20, "ivl": 25, "factor": 2500, "filtered": "Cram"}],
    },
]
MEDIA = {"dot (1).png": b"\x89PNG dot", "ünï.png": b"\x89PNG uni"}
IMAGES = {
    "fields": ['<img src="dot (1).png">', 'see <img src="ünï.png"> and <img src="dot%20(1).png">'],
    "deck": "Words",
}


@pytest.fixture(scope="module")
def exported(anki: Anki, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One collection, exported in every format, with what Anki itself finds in it."""
    folder = tmp_path_factory.mktemp("exported")
    exports = [
        {**each, "path": folder / f"{each['kind']}-{each['legacy']}.{each['kind']}"}
        for each in FORMATS
    ]
    bare = {"kind": "apkg", "path": folder / "bare.apkg", "scheduling": False, "media": False}
    anki.make([*NOTES, IMAGES], *exports, bare, notetypes=[THREE, JAPANESE], media=MEDIA)
    return {
        "paths": [each["path"] for each in exports],
        "bare": bare["path"],
        "anki": anki.open(exports[2]["path"]),
    }


def drafts_of(path: Path, history: bool = True) -> list[Draft]:
    return read(path, ReadOptions(history=history))


def cards_of(drafts: Sequence[Draft]) -> Iterator[tuple[DraftEntry, Card]]:
    for draft in drafts:
        for entry in draft.entries:
            for card in entry_of(entry, "deck").cards:
                yield entry, card


def words(html: str) -> list[str]:
    """The words that HTML shows."""
    html = re.sub(r"\[\[type:.*?\]\]|\[anki:.*?\]|<rt>", " ", html)
    return re.findall(r"\w+", unescape(re.sub(r"<[^>]*>", " ", html)))


def shown(markdown: str) -> list[str]:
    """The words that a Markdown text shows."""
    return words(MarkdownIt("commonmark", {"html": False}).render(markdown))


def without_places(drafts: Sequence[Draft]) -> object:
    return [
        (
            draft.title,
            [
                (
                    section.title,
                    [
                        {name: getattr(entry, name) for name in entry.__slots__[1:]}
                        for entry in section.entries
                    ],
                )
                for section in draft.sections
            ],
            {name: data() for name, data in draft.media.items()},
        )
        for draft in drafts
    ]


def test_every_format_makes_the_same_decks(exported: dict[str, Any]) -> None:
    first, *others = [without_places(drafts_of(path)) for path in exported["paths"]]

    assert others == [first] * 3


@pytest.mark.parametrize("at", range(4), ids=lambda at: str(FORMATS[at]))
def test_every_card_asks_what_anki_asks(exported: dict[str, Any], at: int) -> None:
    drafts = drafts_of(exported["paths"][at])

    ours = sorted(shown(card.prompt) for _, card in cards_of(drafts))

    theirs = [card["front"] for note in exported["anki"]["notes"] for card in note["cards"]]
    assert ours == sorted(map(words, theirs))
    assert [draft.faults for draft in drafts] == [()] * len(drafts)
    assert [fault.what for draft in drafts for fault in draft.left_out] == []


def test_every_answer_is_on_ankis_back(exported: dict[str, Any]) -> None:
    theirs = {
        "".join(words(card["front"])): "".join(words(card["back"]))
        for note in exported["anki"]["notes"]
        for card in note["cards"]
        if "Cloze" not in note["notetype"]
    }

    theirs["typed"] = "typedanswer"  # which Anki shows only beside what was typed
    for entry, card in cards_of(drafts_of(exported["paths"][0])):
        if not entry.cloze:
            prompt, answer = "".join(shown(card.prompt)), "".join(shown(card.answer))
            assert theirs[prompt] in (answer, prompt + answer)


def test_tags_decks_and_flags_are_ankis(exported: dict[str, Any]) -> None:
    drafts = drafts_of(exported["paths"][0])

    found = {
        shown(card.prompt)[0]: (
            draft.title,
            section.title,
            entry.tags,
            entry.pasts.get(card.key.rpartition("/")[2], Past()).flagged,
            entry.pasts.get(card.key.rpartition("/")[2], Past()).suspended,
        )
        for draft in drafts
        for section in draft.sections
        for entry in section.entries
        for card in entry_of(entry, "d").cards
        if shown(card.prompt)
    }

    assert found["SIGTERM"] == ("Unix", "Unix", ("a", "b::c"), False, False)
    assert found["TTL"] == ("Unix", "Net", (), True, False)
    assert found["time"] == ("Unix", "Net", (), False, True)
    assert found["w"] == ("Words", "Deep / er", ("t",), False, False)
    assert found["crammed"] == ("Words", "Words", (), False, False)


@pytest.mark.parametrize("at", range(4), ids=lambda at: str(FORMATS[at]))
def test_schedules_and_logs_are_ankis(exported: dict[str, Any], at: int) -> None:
    anki = exported["anki"]
    day_0 = datetime.fromtimestamp(anki["created"], UTC).astimezone().date()
    theirs = {}
    for note in anki["notes"]:
        for card in note["cards"]:
            log = [(line["id"], GRADES[line["ease"]], line["time"]) for line in card["log"]]
            schedule = None
            if card["type"] == 2:
                due = day_0 + timedelta(days=anki["today"] + card["due_in"])
                schedule = (due, card["ivl"], card["factor"] // 10, card["lapses"])
            theirs[tuple(words(card["front"]))] = (log, schedule)

    ours = {}
    for entry, card in cards_of(drafts_of(exported["paths"][at])):
        past = entry.pasts.get(card.key.rpartition("/")[2], Past())
        log = [(int(a.at.timestamp() * 1000), a.grade, a.took_ms) for a in past.answers]
        stood = past.schedule
        schedule = stood and (stood.due, stood.interval, stood.ease, stood.lapses)
        ours[tuple(shown(card.prompt))] = (log, schedule)

    assert ours == theirs
    assert sum(1 for _, schedule in ours.values() if schedule) == 4
    assert sum(len(log) for log, _ in ours.values()) == 6


def test_of_the_answers_of_a_day_the_first_counts(exported: dict[str, Any]) -> None:
    found = {
        card.prompt: [each.scheduled for each in entry.pasts["term"].answers]
        for entry, card in cards_of(drafts_of(exported["paths"][0]))
        if card.prompt == "TTL"
    }

    assert found == {"TTL": [True, False, True, True]}


def test_media_come_along(exported: dict[str, Any]) -> None:
    for path in exported["paths"]:
        media = {}
        for draft in drafts_of(path):
            media |= {name: data() for name, data in draft.media.items()}

        assert media == {"dot-1.png": b"\x89PNG dot", "ünï.png": b"\x89PNG uni"}


def test_a_deck_that_was_shared_without_its_past_is_new(exported: dict[str, Any]) -> None:
    drafts = drafts_of(exported["bare"])

    assert len(list(cards_of(drafts))) == sum(len(n["cards"]) for n in exported["anki"]["notes"])
    schedules = [past.schedule for entry, _ in cards_of(drafts) for past in entry.pasts.values()]
    assert schedules == []
    assert [fault.what for fault in drafts[0].left_out] == [
        "2 images not in the package: `dot (1).png`, `ünï.png`."
    ]


@pytest.mark.parametrize("rollover", [0, 4, 23])
def test_due_dates_hold_whatever_hour_ankis_day_begins(
    anki: Anki, tmp_path: Path, rollover: int
) -> None:
    days_ago = 100
    created = int((datetime.now().astimezone() - timedelta(days=days_ago)).timestamp())
    note = {"fields": ["q", "a"], "cards": [{**REVIEWED, "due_in": 5, "ivl": 9, "factor": 2500}]}
    path = tmp_path / "all.colpkg"

    told = anki.make([note], {"kind": "colpkg", "path": path}, created=created, rollover=rollover)

    (draft,) = drafts_of(path)
    schedule = draft.entries[0].pasts["question"].schedule
    # Anki's own day: before its hour the day before.
    today = (datetime.now().astimezone() - timedelta(hours=rollover)).date()
    assert schedule is not None
    assert told["today"] in (days_ago - 1, days_ago, days_ago + 1)
    assert schedule.due == today + timedelta(days=5)


def test_image_occlusion_is_told_as_left_out(anki: Anki, tmp_path: Path) -> None:
    marks = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.1:height=.1}}"
    notes = [
        {"notetype": "Image Occlusion", "fields": [marks, '<img src="x.png">', "", "", ""]},
        {"fields": ["q", "a"]},
    ]
    path = tmp_path / "deck.apkg"
    anki.make(notes, {"kind": "apkg", "path": path})

    (draft,) = drafts_of(path)

    assert len(draft.entries) == 1
    assert [fault.what.partition(":")[0] for fault in draft.left_out] == [
        "1 card hides parts of an image, which a text cannot"
    ]
