from command_line import CommandLine

TERM = "signals/sigterm/term"


def test_history_tells_scripts_every_event_and_the_state(signals: CommandLine) -> None:
    signals("answer", TERM, "1")
    signals("answer", TERM, "4")
    found = signals("history", TERM, "--json").json
    first, second = found.pop("events")
    assert found == {
        "card": TERM,
        "key": TERM,
        "deck": "signals",
        "section": "everyday",
        "kind": "term",
        "prompt": "SIGTERM",
        "answer": "Asks a process to end.",
        "path": str(signals.paths.decks / "signals.yaml"),
        "line": 5,
        "gone": False,
        "state": {
            "standing": "later",
            "interval_days": 1,
            "ease": 2.5,
            "due": "2026-03-03",
            "repetitions": 0,
            "lapses": 0,
            "reviews": 1,
            "answered_on": "2026-03-02",
            "again_on": None,
            "buried_on": None,
            "suspended": False,
            "flagged": False,
        },
    }
    assert first["event"] < second["event"]
    assert first["at"].endswith("+00:00")
    assert first["device"] == second["device"]
    for event in (first, second):
        del event["event"], event["at"], event["device"]
    assert first == {
        "day": "2026-03-02",
        "kind": "answer",
        "grade": 1,
        "took_ms": 0,
        "interval_days": 1,
        "ease": 2.5,
        "due": "2026-03-03",
        "undone": False,
    }
    assert second == first | {"kind": "repeat", "grade": 4}


def test_a_card_never_answered_has_no_schedule_and_no_events(signals: CommandLine) -> None:
    found = signals("history", TERM, "--json").json
    assert (found["state"]["standing"], found["state"]["due"], found["events"]) == ("new", None, [])


def test_what_was_taken_back_is_shown_as_undone(signals: CommandLine) -> None:
    signals("answer", TERM, "4")
    signals("undo")
    (event,) = signals("history", TERM, "--json").json["events"]
    assert (event["undone"], event["due"]) == (True, None)
    assert "answer, undone" in signals("history", TERM).out


def test_history_is_a_page_for_people(signals: CommandLine) -> None:
    signals("answer", TERM, "4")
    signals.now = "2026-03-05T09:00"
    signals("answer", TERM, "hard")
    assert signals("history", TERM).lines == [
        f"{TERM}, Everyday",
        "SIGTERM",
        "",
        "It was answered below Good today, and comes round until it gets a Good.",
        "Ease 2.36, 2 reviews, 0 lapses.",
        "",
        "Mon 02 Mar 2026  answer  good   1 day  ease 2.50",
        "Thu 05 Mar 2026  answer  hard  6 days  ease 2.36",
    ]


def test_a_card_that_left_its_deck_keeps_its_history(signals: CommandLine) -> None:
    signals("answer", TERM, "4")
    signals.write("signals.yaml", "deck: Signals\nentries: {SIGKILL: Ends a process at once.}\n")
    found = signals("history", TERM, "--json").json
    assert (found["gone"], len(found["events"])) == (True, 1)


def test_an_unknown_card_is_refused(signals: CommandLine) -> None:
    refused = signals("history", "nosuch", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[0] == "offhand: There is no card 'nosuch'."
