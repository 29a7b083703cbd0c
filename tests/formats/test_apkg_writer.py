"""What is written as an Anki package: read back by our own reader, and by the real Anki."""

import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings

from anki_oracle import Anki
from card_log import Log
from deck_files import write_deck
from drafts import TRAPS, drafts, without_places
from offhand.domain.card import Level, Place
from offhand.domain.event import Asked, Mark
from offhand.formats.anki.reading import read
from offhand.formats.apkg_writer import write_apkg
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftContrast,
    DraftEntry,
    DraftQuestion,
    DraftSection,
    ReadOptions,
)
from offhand.formats.takeout import Takeout
from offhand.formats.yaml.draft import read_draft
from offhand.formats.yaml.fields import as_read
from offhand.formats.yaml.writer import deck_text
from offhand.resources import shipped
from takeouts import NOW, nobody, taken

HERE = Place(Path("deck.yaml"))
EVERY_KIND = DraftEntry(
    HERE,
    term="SIGTERM",
    definition="Asks a process to end.",
    reverse="Which signal asks a process to end?",
    questions=(DraftQuestion("Why not SIGKILL?", "No clean-up.", ("files", "locks")),),
    choices=(DraftChoice("Its number?", "15", (("9", "That is SIGKILL."), ("2", ""))),),
    cloze=("{{15}} is SIGTERM, {{9::a number}} is SIGKILL.",),
    contrast=(DraftContrast("SIGKILL", "Only SIGTERM can be caught."),),
    aliases=("terminate",),
    level=Level.MID,
    tags=("unix", "job control"),
    sources=("POSIX",),
    extra="See `man 7 signal`.",
)


def draft(*entries: DraftEntry, title: str = "Signals", **fields: Any) -> Draft:
    return Draft(title, (DraftSection("Everyday", entries),), **{"id": "signals", **fields})


def package(path: Path, takeout: Takeout, history: bool = False) -> Path:
    write_apkg(takeout, path, history, nobody)
    return path


def read_back(path: Path) -> Draft:
    """The deck of a package, as it compares with the draft that was written."""
    (found,) = read(path, ReadOptions())
    return replace(without_places(found), taken=(), left_out=(), media={})


def notes_by_kind(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The notes that Anki found by what follows `Offhand` in the names of their types."""
    return {note["notetype"].removeprefix("Offhand "): note for note in found["notes"]}


def text_of(html: str) -> str:
    """What is left of HTML without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(written=drafts())
def test_a_deck_that_was_written_reads_as_it_was(tmp_path: Path, written: Draft) -> None:
    written = replace(written, id="deck")
    assert read_back(package(tmp_path / "deck.apkg", taken(written))) == written


def test_the_shipped_deck_comes_through_the_real_anki_as_it_was(anki: Anki, tmp_path: Path) -> None:
    ours = read_draft(shipped("decks/backend"))
    path, theirs = package(tmp_path / "ours.apkg", taken(ours)), tmp_path / "theirs.apkg"

    found = anki.open(path, render=False, exports=[{"kind": "apkg", "path": str(theirs)}])

    assert found["integrity"] == []
    terms = len(ours.entries)
    assert Counter(note["notetype"] for note in found["notes"]) == {
        "Offhand Term": terms,
        "Offhand Question": sum(len(entry.questions) for entry in ours.entries),
        "Offhand Choice": sum(len(entry.choices) for entry in ours.entries),
        "Offhand Cloze": sum(len(entry.cloze) for entry in ours.entries),
        "Offhand Contrast": sum(len(entry.contrast) for entry in ours.entries),
    }
    assert found["decks"] == sorted(
        ["Default", ours.title, *(f"{ours.title}::{each.title}" for each in ours.sections)]
    )
    assert deck_text(read_back(theirs)) == deck_text(without_places(ours))


def test_texts_that_other_formats_trip_over_come_through_the_real_anki(
    anki: Anki, tmp_path: Path
) -> None:
    ankis_own = ("{{c1::x}}", "[sound:x.mp3]", "[latex]x[/latex]", "[$]x[/$]", r"\(x\)", "<b>&amp;")
    normalised = ("e\u0301", "\u212b", "ﬁ")
    texts = [as_read(text) for text in (*TRAPS, *ankis_own, *normalised)]
    written = draft(
        *(
            DraftEntry(
                HERE,
                id=f"entry-{number}",
                term=text,
                definition=text,
                extra=text,
                aliases=(text,),
                sources=(text,),
                tags=(text,),
                questions=(DraftQuestion(text, text, (text,), id="q"),),
                choices=(DraftChoice(text, text, ((f"{text}!", text),), text, id="c"),),
                cloze=(f"{{{{hole}}}} {text}",) if "{{" not in text else (),
                contrast=(DraftContrast(text, text, id="x"),),
            )
            for number, text in enumerate(texts)
            if text
        )
    )
    path, theirs = package(tmp_path / "ours.apkg", taken(written)), tmp_path / "theirs.apkg"

    found = anki.open(path, exports=[{"kind": "apkg", "path": str(theirs)}])

    assert found["integrity"] == []
    assert read_back(theirs) == without_places(written)
    # No text made a card more.
    assert {len(note["cards"]) for note in found["notes"]} == {1}
    sides = [
        side for note in found["notes"] for c in note["cards"] for side in (c["front"], c["back"])
    ]
    assert not any(sign in side for side in sides for sign in ("[anki:play", "<audio", "latex-"))


def test_each_facet_is_a_note_with_its_cards(anki: Anki, tmp_path: Path) -> None:
    found = anki.open(package(tmp_path / "deck.apkg", taken(draft(EVERY_KIND))))

    notes = notes_by_kind(found)
    assert {
        kind: [(text_of(card["front"]), card["deck"]) for card in note["cards"]]
        for kind, note in notes.items()
    } == {
        kind: [(front, "Signals::Everyday") for front in fronts]
        for kind, fronts in {
            "Term": ["SIGTERM", "Which signal asks a process to end?"],
            "Question": ["Why not SIGKILL?"],
            "Choice": ["Its number? 15 2 9"],
            "Cloze": [
                "[...] is SIGTERM, 9 is SIGKILL.",
                "15 is SIGTERM, [a number] is SIGKILL.",
            ],
            "Contrast": ["What tells SIGTERM from SIGKILL ?"],
        }.items()
    }
    backs = {
        kind: [text_of(card["back"]) for card in note["cards"]] for kind, note in notes.items()
    }
    assert backs["Term"] == [
        "SIGTERM Asks a process to end. See man 7 signal . After POSIX",
        "Which signal asks a process to end? SIGTERM See man 7 signal . Also: terminate",
    ]
    assert backs["Question"] == ["Why not SIGKILL? files locks No clean-up. See man 7 signal ."]
    assert backs["Choice"] == ["Its number? 15 2 9 15 Not so. That is SIGKILL. See man 7 signal ."]
    assert all(note["tags"] == ["job_control", "level::mid", "unix"] for note in found["notes"])


def test_no_template_shows_the_field_that_is_ours(anki: Anki, tmp_path: Path) -> None:
    found = anki.open(package(tmp_path / "deck.apkg", taken(draft(EVERY_KIND))))
    for note in found["notes"]:
        assert note["fields"]["Offhand"].startswith('{"offhand":1,')
        assert all("offhand" not in c["front"] + c["back"] for c in note["cards"])


def test_markdown_is_rendered_and_html_is_text(anki: Anki, tmp_path: Path) -> None:
    text = "**Bold**, `a < b`, $x^2$ and <script>alert(1)</script>\n\n```sh\n# kill\n```"
    entry = DraftEntry(HERE, term="x", definition=text)
    (note,) = anki.open(package(tmp_path / "deck.apkg", taken(draft(entry))))["notes"]
    assert note["fields"]["Definition"] == (
        "<p><strong>Bold</strong>, <code>a &lt; b</code>, \\(x^2\\) and "
        "&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        '<pre><code class="language-sh"># kill\n</code></pre>'
    )


def test_without_history_every_card_is_new_in_the_order_of_the_deck(
    anki: Anki, tmp_path: Path
) -> None:
    past = {"signals/a/term": [Log("signals/a/term").answer(4)]}
    terms = [DraftEntry(HERE, term=name, definition="x", reverse=True) for name in "cab"]
    found = anki.open(package(tmp_path / "deck.apkg", taken(draft(*terms), events=past)))
    cards = [
        (note["fields"]["Term"], card["ord"], card["type"], card["queue"], card["due"], card["log"])
        for note in sorted(found["notes"], key=lambda note: note["cards"][0]["due"])
        for card in note["cards"]
    ]
    places = enumerate("cab", 1)
    assert cards == [(name, side, 0, 0, due, []) for due, name in places for side in (0, 1)]


def test_schedule_flags_and_log_agree_with_ankis(anki: Anki, tmp_path: Path) -> None:
    today = datetime.now().astimezone()
    day = (today - timedelta(hours=4)).date()
    log, bare, put_off = (Log(f"signals/{name}/term") for name in ("a", "b", "c"))
    past = {
        log.card: [
            log.answer(5, day - timedelta(days=30)),
            log.answer(3, day - timedelta(days=29)),
            log.answer(1, day - timedelta(days=20)),
            log.answer(4, day - timedelta(days=20), Asked.REPEAT),
            (lapse := log.answer(0, day - timedelta(days=19))),
            log.undo(lapse.id, day - timedelta(days=19)),
            log.answer(4, day - timedelta(days=3), Asked.QUIZ),
            log.mark(Mark.FLAG),
        ],
        bare.card: [bare.mark(Mark.SUSPEND)],
        put_off.card: [
            put_off.carry(
                day, due=day + timedelta(days=90), interval=99, ease=210, repetitions=5, lapses=8
            ),
            put_off.mark(Mark.SUSPEND),
        ],
    }
    terms = [DraftEntry(HERE, term=name, definition="x") for name in "abcd"]
    takeout = taken(draft(*terms), events=past, now=today)

    found = anki.open(package(tmp_path / "deck.apkg", takeout, history=True), rollover=4)

    assert found["integrity"] == []
    columns = ("type", "queue", "ivl", "factor", "reps", "lapses", "flags", "due_in")
    assert {
        note["fields"]["Term"]: tuple(note["cards"][0].get(column) for column in columns)
        for note in found["notes"]
    } == {
        "a": (2, 2, 1, 2460, 3, 1, 1, -19),
        "b": (0, -1, 0, 0, 0, 0, 0, None),
        "c": (2, -1, 99, 2100, 5, 8, 0, 90),
        "d": (0, 0, 0, 0, 0, 0, 0, None),
    }
    (rows,) = [n["cards"][0]["log"] for n in found["notes"] if n["fields"]["Term"] == "a"]
    assert [
        (row["ease"], row["ivl"], row["lastIvl"], row["factor"], row["time"], row["type"])
        for row in rows
    ] == [
        (4, 1, 0, 2600, 4000, 0),
        (2, 6, 0, 2460, 4000, 1),
        (1, 1, 0, 2460, 4000, 1),
        (3, 1, 0, 2460, 4000, 2),
    ]
    moments = [event.at.timestamp() * 1000 for event in past[log.card][:4]]
    # Two answers at one moment: the second has the next millisecond, as no two rows have one.
    assert [row["id"] for row in rows] == [*moments[:3], moments[3] + 1]


def test_a_card_that_is_new_again_is_new_in_anki_too(anki: Anki, tmp_path: Path) -> None:
    log = Log("signals/a/term")
    past = [log.answer(4, date(2026, 1, 1)), log.mark(Mark.RESET, date(2026, 1, 2))]
    entry = DraftEntry(HERE, term="a", definition="x")
    takeout = taken(draft(entry), events={log.card: past})
    (note,) = anki.open(package(tmp_path / "deck.apkg", takeout, history=True))["notes"]
    card = note["cards"][0]
    assert (card["type"], card["queue"]) == (0, 0)
    assert [(row["ease"], row["type"]) for row in card["log"]] == [(3, 0), (0, 4)]


def test_an_answer_that_moved_nothing_here_moves_nothing_where_it_is_read(tmp_path: Path) -> None:
    log = Log("signals/a/term")
    past = [
        log.answer(4, date(2026, 1, 1)),
        log.answer(4, date(2026, 1, 2), Asked.PRACTICE),
        log.answer(5, date(2026, 1, 3), Asked.EARLY),
        log.answer(1, date(2026, 1, 4), Asked.EARLY),
    ]
    takeout = taken(draft(DraftEntry(HERE, term="a", definition="x")), events={log.card: past})

    (found,) = read(
        package(tmp_path / "deck.apkg", takeout, history=True), ReadOptions(history=True)
    )

    answers = found.entries[0].pasts["term"].answers
    assert [each.scheduled for each in answers] == [True, False, False, True]


def test_days_are_the_learners_wherever_they_live(anki: Anki, tmp_path: Path) -> None:
    log = Log("signals/a/term")
    entry = DraftEntry(HERE, term="a", definition="x")
    here = (datetime.now().astimezone() - timedelta(hours=4)).date()
    due = date(2026, 5, 1)
    for hours in (-11, 0, 13):
        now = NOW.astimezone(timezone(timedelta(hours=hours)))
        past = [
            log.carry(date(2026, 3, 1), due=due, interval=61, ease=250, repetitions=4, lapses=0)
        ]
        takeout = taken(draft(entry), events={log.card: past}, now=now)
        (note,) = anki.open(package(tmp_path / "deck.apkg", takeout, history=True), rollover=4)[
            "notes"
        ]
        # Anki counts its days from its own clock, which may be in another zone than the learner's.
        assert abs(note["cards"][0]["due_in"] - (due - here).days) <= 1
        assert read_back_due(tmp_path / "deck.apkg") == due


def read_back_due(path: Path) -> date:
    """The due date of the first card of a package."""
    (found,) = read(path, ReadOptions(history=True))
    (past,) = found.entries[0].pasts.values()
    assert past.schedule is not None
    return past.schedule.due


def test_a_second_package_updates_what_anki_has_and_doubles_nothing(
    anki: Anki, tmp_path: Path
) -> None:
    text = (
        "deck: Signals\nentries:\n  - {term: SIGTERM, id: term, definition: Old, reverse: true}\n"
    )
    deck = write_deck(tmp_path, text)
    os.utime(deck, (1_760_000_000, 1_760_000_000))
    log = Log("signals/term/term")
    past = {log.card: [log.answer(4)]}
    first = package(
        tmp_path / "1.apkg", taken(replace(read_draft(deck), id="signals"), events=past), True
    )
    write_deck(tmp_path, text.replace("Old", "New").replace("SIGTERM", "TERM"))
    second = package(
        tmp_path / "2.apkg", taken(replace(read_draft(deck), id="signals"), events=past), True
    )

    found = anki.open(first, then=[str(second), str(first)])

    (note,) = found["notes"]
    assert (note["fields"]["Term"], note["fields"]["Definition"]) == ("TERM", "New")
    assert [len(card["log"]) for card in note["cards"]] == [1, 0]
    assert [name for name in found["notetypes"] if "Offhand" in name] == ["Offhand Term"]
    assert found["decks"] == ["Default", "Signals"]


def test_what_was_edited_in_anki_stays_until_the_deck_file_changes(
    anki: Anki, tmp_path: Path
) -> None:
    deck = write_deck(tmp_path, "deck: Signals\nentries: {SIGTERM: Old}\n")
    os.utime(deck, (1_760_000_000, 1_760_000_000))
    path = package(tmp_path / "1.apkg", taken(replace(read_draft(deck), id="signals")))
    guid = anki.open(path)["notes"][0]["guid"]
    edits = [{"guid": guid, "fields": {"Definition": "Mine"}}]
    (note,) = anki.open(path, edits=edits, then=[str(path)])["notes"]
    assert note["fields"]["Definition"] == "Mine"


def test_edits_made_in_anki_win_when_the_deck_comes_back(anki: Anki, tmp_path: Path) -> None:
    path, theirs = package(tmp_path / "1.apkg", taken(draft(EVERY_KIND))), tmp_path / "2.apkg"
    notes = notes_by_kind(anki.open(path))
    edits = [
        {
            "guid": notes["Term"]["guid"],
            "fields": {"Term": "TERM", "Definition": "Asks <b>politely</b>.", "Extra": "New"},
            "tags": ["unix", "level::senior", "more", "marked"],
        },
        {
            "guid": notes["Question"]["guid"],
            "fields": {
                "Question": "Why not <i>9</i>?",
                "Points": "<ul><li>one</li><li>two</li></ul>",
            },
        },
        {
            "guid": notes["Choice"]["guid"],
            "fields": {"Reasons": "<ol><li>So it is.</li><li>SIGKILL</li><li>SIGINT</li></ol>"},
        },
        {"guid": notes["Cloze"]["guid"], "fields": {"Text": "{{c1::15}} asks."}},
        {"guid": notes["Contrast"]["guid"], "delete": True},
    ]

    anki.open(path, edits=edits, exports=[{"kind": "apkg", "path": str(theirs)}])

    (entry,) = read_back(theirs).entries
    assert entry == replace(
        EVERY_KIND,
        place=entry.place,
        id="sigterm",
        term="TERM",
        definition="Asks **politely**.",
        extra="New",
        level=Level.SENIOR,
        tags=("unix", "more", "job control"),
        questions=(
            DraftQuestion("Why not *9*?", "No clean-up.", ("one", "two"), id="why-not-sigkill"),
        ),
        choices=(
            DraftChoice("Its number?", "15", (("9", "SIGINT"), ("2", "SIGKILL")), "So it is."),
        ),
        cloze=("{{c1::15}} asks.",),
        contrast=(),
    )


def test_what_a_deleted_term_leaves_behind_can_be_written_as_a_deck(
    anki: Anki, tmp_path: Path
) -> None:
    path, theirs = package(tmp_path / "1.apkg", taken(draft(EVERY_KIND))), tmp_path / "2.apkg"
    guid = notes_by_kind(anki.open(path))["Term"]["guid"]
    anki.open(
        path,
        edits=[{"guid": guid, "delete": True}],
        exports=[{"kind": "apkg", "path": str(theirs)}],
    )
    left = read_back(theirs)
    again = read_draft(write_deck(tmp_path, deck_text(left)))
    assert without_places(again) == left
    assert [entry.id for entry in left.entries] == ["sigterm", "", "", ""]
    assert left.entries[0].questions == (replace(EVERY_KIND.questions[0], id="why-not-sigkill"),)
    assert left.entries[3].questions == (
        DraftQuestion("What tells **SIGTERM** from **SIGKILL**?", "Only SIGTERM can be caught."),
    )


def test_images_come_along_and_two_of_one_name_do_not_clash(anki: Anki, tmp_path: Path) -> None:
    decks = [
        draft(
            DraftEntry(HERE, term="x", definition="![A plot](deck.media/a%20b.png) ![](gone.png)"),
            id=ident,
            title=ident,
            media={"deck.media/a b.png": lambda ident=ident: ident.encode()},  # type: ignore[misc]
        )
        for ident in ("one", "two")
    ]
    path = package(tmp_path / "deck.apkg", taken(*decks))

    found = anki.open(path)

    assert sorted(found["media"].values()) == [b"one", b"two"]
    shown = {note["fields"]["Definition"] for note in found["notes"]}
    assert shown == {f'<img src="{name}" alt="A plot"> [image]' for name in found["media"]}
    back = {each.id: each for each in read(path, ReadOptions())}
    for ident, each in back.items():
        assert each.media["deck.media/a b.png"]() == ident.encode()
        assert each.entries[0].definition == decks[0].entries[0].definition


def test_titles_that_anki_could_mistake_are_decks_of_their_own(anki: Anki, tmp_path: Path) -> None:
    entry = DraftEntry(HERE, term="x", definition="y")
    decks = [
        Draft(title, (DraftSection(section, (entry,)),), id=ident)
        for ident, title, section in (
            ("a", "Default", "Default"),
            ("b", "C++ std::vector", "x::y"),
            ("c", "Same", "Same"),
            ("d", "same", "same"),
        )
    ]
    found = anki.open(package(tmp_path / "deck.apkg", taken(*decks)))
    assert found["decks"] == [
        "C++ std∷vector",
        "C++ std∷vector::x∷y",
        "Default",
        "Default (a)",
        "Same",
        "same (d)",
    ]
    assert len(found["notes"]) == 4


def test_the_same_decks_make_the_same_package(tmp_path: Path) -> None:
    written = replace(read_draft(write_deck(tmp_path, deck_text(draft(EVERY_KIND)))), id="signals")
    packages = [package(tmp_path / name, taken(written)) for name in ("1.apkg", "2.apkg")]
    first, second = (
        {name: archive.read(name) for name in archive.namelist()}
        for archive in map(ZipFile, packages)
    )
    assert first == second
