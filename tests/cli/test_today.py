from command_line import CommandLine


def test_due_tells_scripts_what_each_section_asks(signals: CommandLine) -> None:
    assert signals("due", "--json").json == {
        "day": "2026-03-02",
        "due": 0,
        "new": 3,
        "backlog": 0,
        "sections": [
            {"deck": "signals", "id": "everyday", "title": "Everyday", "due": 0, "new": 2},
            {"deck": "signals", "id": "job-control", "title": "Job control", "due": 0, "new": 1},
        ],
    }


def test_due_tells_of_a_card_on_the_day_it_comes_back(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "good")
    signals.now = "2026-03-03T09:00"
    found = signals("due", "--json").json
    assert (found["day"], found["due"], found["new"]) == ("2026-03-03", 1, 2)
    assert [(s["id"], s["due"], s["new"]) for s in found["sections"]] == [
        ("everyday", 1, 1),
        ("job-control", 0, 1),
    ]


def test_the_day_turns_over_at_four(signals: CommandLine) -> None:
    signals.now = "2026-03-03T03:59"
    assert signals("due", "--json").json["day"] == "2026-03-02"
    signals.now = "2026-03-03T04:00"
    assert signals("due", "--json").json["day"] == "2026-03-03"


def test_due_can_be_asked_for_one_section(signals: CommandLine) -> None:
    found = signals("due", "--section", "job-control", "--json").json
    assert (found["new"], [s["id"] for s in found["sections"]]) == (1, ["job-control"])


def test_due_counts_what_the_settings_leave_for_later(signals: CommandLine) -> None:
    for card in ("sigterm", "sigkill", "sigstop"):
        signals("answer", f"signals/{card}/term", "4")
    signals("settings", "reviews_per_day", "2")
    signals.now = "2026-03-03T09:00"
    found = signals("due", "--json").json
    assert (found["due"], found["backlog"]) == (2, 1)
    assert signals("due").lines[-1] == "1 more due card past the setting reviews_per_day."


def test_due_is_a_table_for_people(signals: CommandLine) -> None:
    assert signals("due").lines == [
        "Mon 02 Mar 2026: 0 due, 3 new, about 1 minute.",
        "",
        "Signals        due  new",
        "  Everyday       0    2",
        "  Job control    0    1",
    ]


def test_tables_are_aligned_by_cells_and_not_by_letters(offhand: CommandLine) -> None:
    offhand.write("wide.yaml", "deck: W\nsections:\n  信号量: {a: b}\n  é: {c: d}\n")
    assert offhand("due").lines[2:] == [
        "W         due  new",
        "  信号量    0    1",
        "  é         0    1",
    ]


def test_nothing_due_says_what_comes_tomorrow(signals: CommandLine) -> None:
    for card in ("sigterm", "sigkill", "sigstop"):
        signals("answer", f"signals/{card}/term", "4")
    assert signals("due").lines == ["Nothing is due. Tomorrow 3 due."]
    assert signals("review", "--plain").lines == ["Nothing is due. Tomorrow 3 due."]
    assert signals("next").lines == ["Nothing is due. Tomorrow 3 due."]


def test_nothing_due_says_how_to_begin_more_new_cards(signals: CommandLine) -> None:
    signals("settings", "new_per_day", "1")
    signals("answer", "signals/sigterm/term", "4")
    assert signals("due").lines == [
        "Nothing is due. Tomorrow 1 due.",
        "`offhand review --new 2` begins 2 new cards more.",
    ]


def test_a_learner_without_decks_is_told_where_they_go(offhand: CommandLine) -> None:
    assert offhand("due").lines == [
        "There are no decks.",
        f"Put one into {offhand.paths.decks}; `offhand help deck-format` tells how to write it.",
    ]
    assert offhand("due", "--json").json["sections"] == []


def test_next_tells_scripts_the_first_card(signals: CommandLine) -> None:
    assert signals("next", "--json").json == {
        "card": "signals/sigterm/term",
        "deck": "signals",
        "section": "everyday",
        "prompt": "SIGTERM",
        "answer": "Asks a process to end.",
        "kind": "term",
        "asked": "answer",
        "new": True,
        "options": [],
        "points": [],
    }


def test_next_is_null_when_nothing_waits(offhand: CommandLine) -> None:
    found = offhand("next", "--json")
    assert (found.code, found.json["card"], found.json["prompt"]) == (0, None, None)


def test_next_has_the_same_fields_with_and_without_a_card(signals: CommandLine) -> None:
    some = signals("next", "--json").json
    for card in ("sigterm", "sigkill", "sigstop"):
        signals("answer", f"signals/{card}/term", "4")
    none = signals("next", "--json").json
    assert none["card"] is None
    assert none.keys() == some.keys()


def test_next_keeps_the_answer_from_a_person_until_it_is_asked_for(signals: CommandLine) -> None:
    hidden, shown = signals("next"), signals("next", "--answer")
    assert "SIGTERM" in hidden.lines
    assert "Asks a process to end." not in hidden.out
    assert "Asks a process to end." in shown.lines


def test_an_unknown_deck_or_section_is_refused_with_those_there_are(signals: CommandLine) -> None:
    deck = signals("due", "--deck", "nosuch")
    assert (deck.code, deck.out) == (1, "")
    assert deck.err == "offhand: There is no deck 'nosuch'.\n  There are: signals.\n"
    section = signals("next", "--section", "nosuch", "--json")
    assert (section.code, section.out) == (1, "")
    assert "everyday, job-control" in section.err
