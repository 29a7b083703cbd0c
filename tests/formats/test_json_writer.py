"""Decks as JSON: everything that is known of them, in the shape that its page tells."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from card_log import Log
from offhand.domain.card import Place
from offhand.domain.event import Mark
from offhand.formats.draft import Draft, DraftChoice, DraftEntry, DraftSection
from offhand.formats.json_writer import write_json
from offhand.formats.takeout import TakenCard, TakenDeck, Takeout
from takeouts import NOW, nobody, taken

HERE = Place(Path("deck.yaml"))


def written(folder: Path, takeout: Takeout) -> Any:
    path = folder / "deck.json"
    write_json(takeout, path, nobody)
    return json.loads(path.read_text("utf-8"))


def test_a_deck_is_told_with_its_entries_cards_states_and_every_event(tmp_path: Path) -> None:
    log = Log("signals/sigterm/term")
    first = log.answer(4, date(2026, 3, 1))
    wrong = log.answer(0)
    past = [first, wrong, log.undo(wrong.id), log.mark(Mark.FLAG)]
    choice = DraftChoice("Its number?", "15", (("9", "That is SIGKILL."),))
    entry = DraftEntry(HERE, term="SIGTERM", definition="Asks.", tags=("unix",), choices=(choice,))
    draft = Draft("Signals", (DraftSection("Everyday", (entry,)),), "About", id="signals")

    told = written(tmp_path, taken(draft, events={log.card: past}))

    new = {"interval_days": None, "ease": None, "due": None}
    kept = {"interval_days": 1, "ease": 2.5, "due": "2026-03-02"}
    counts = {"repetitions": 0, "lapses": 0, "reviews": 0}
    days = {"answered_on": None, "again_on": None, "buried_on": None}
    marks = {"suspended": False, "flagged": False}
    stamp = {"at": "2026-03-02T09:00:00.000+00:00", "day": "2026-03-02", "device": "desk"}
    grade = {"kind": "answer", "took_ms": 4000, "interval_days_before": 0}
    assert told == {
        "offhand": 1,
        "exported_at": "2026-03-02T09:00:00.000+00:00",
        "day": "2026-03-02",
        "decks": [
            {
                "id": "signals",
                "title": "Signals",
                "about": "About",
                "reverse": False,
                "origin": "",
                "media": [],
                "sections": [
                    {
                        "id": "everyday",
                        "title": "Everyday",
                        "entries": [
                            {
                                "entry": "sigterm",
                                "term": "SIGTERM",
                                "definition": "Asks.",
                                "tags": ["unix"],
                                "choices": [
                                    {
                                        "question": "Its number?",
                                        "right": "15",
                                        "wrong": [["9", "That is SIGKILL."]],
                                    }
                                ],
                                "cards": [
                                    {
                                        "card": "signals/sigterm/term",
                                        "key": "signals/sigterm/term",
                                        "kind": "term",
                                        "state": {
                                            **kept,
                                            "repetitions": 1,
                                            "lapses": 0,
                                            "reviews": 1,
                                            **days,
                                            "answered_on": "2026-03-01",
                                            "suspended": False,
                                            "flagged": True,
                                        },
                                        "events": [
                                            {
                                                "event": first.id,
                                                **stamp,
                                                "at": "2026-03-01T09:00:00.000+00:00",
                                                "day": "2026-03-01",
                                                **grade,
                                                "grade": 4,
                                                "undone": False,
                                                **kept,
                                            },
                                            {
                                                "event": wrong.id,
                                                **stamp,
                                                **grade,
                                                "grade": 0,
                                                "undone": True,
                                                **kept,
                                            },
                                            {
                                                "event": past[2].id,
                                                **stamp,
                                                "kind": "undo",
                                                "target": wrong.id,
                                            },
                                            {
                                                "event": past[3].id,
                                                **stamp,
                                                "kind": "flag",
                                                "undone": False,
                                                **kept,
                                            },
                                        ],
                                    },
                                    {
                                        "card": "signals/sigterm/choice-its-number",
                                        "key": "signals/sigterm/choice-its-number",
                                        "kind": "choice",
                                        "state": {**new, **counts, **days, **marks},
                                        "events": [],
                                    },
                                ],
                            }
                        ],
                    }
                ],
                "gone": [],
            }
        ],
        "events": [],
    }


def test_cards_that_a_deck_lost_are_told_with_their_past(tmp_path: Path) -> None:
    log = Log("signals/old/term")
    past = [log.answer(4)]
    takeout = Takeout(
        (
            TakenDeck(
                "signals", Draft("Signals", ()), {}, {"signals/old/term": TakenCard(log.card)}
            ),
        ),
        NOW.date(),
        NOW,
        4,
        taken().scheduler,
        lambda card: past if card == log.card else (),
    )
    (deck,) = written(tmp_path, takeout)["decks"]
    assert deck["sections"] == []
    assert [(card["card"], len(card["events"])) for card in deck["gone"]] == [(log.card, 1)]


def test_no_text_is_too_odd_for_json(tmp_path: Path) -> None:
    text = "\u2028 \x1b[2J \U0001f600 \"'\\ </script>"
    draft = Draft(
        "x", (DraftSection("x", (DraftEntry(HERE, term=text, definition=text),)),), id="x"
    )
    entry = written(tmp_path, taken(draft))["decks"][0]["sections"][0]["entries"][0]
    assert (entry["term"], entry["definition"]) == (text, text)
