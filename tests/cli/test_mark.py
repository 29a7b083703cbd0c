from command_line import CommandLine


def test_a_suspended_card_is_not_asked_until_it_is_resumed(signals: CommandLine) -> None:
    card = "signals/sigterm/term"
    assert signals("mark", card, "suspend").code == 0
    assert signals("due", "--json").json["new"] == 2
    assert signals("answer", card, "good").code == 1
    assert signals("mark", card, "resume").out == f"{card}: resumed.\n"
    assert signals("due", "--json").json["new"] == 3


def test_a_mark_tells_scripts_its_event(signals: CommandLine) -> None:
    told = signals("mark", "signals/sigterm/term", "flag", "--json").json
    events = signals("history", "signals/sigterm/term", "--json").json["events"]
    assert told == {"card": "signals/sigterm/term", "mark": "flag", "event": events[0]["event"]}


def test_marked_cards_are_listed_with_their_marks(signals: CommandLine) -> None:
    signals("mark", "signals/sigstop/term", "flag")
    signals("mark", "signals/sigterm/term", "suspend")
    signals("mark", "signals/sigterm/term", "bury")
    assert signals("mark", "--json").json == [
        {"card": "signals/sigterm/term", "suspended": True, "buried": True, "flagged": False},
        {"card": "signals/sigstop/term", "suspended": False, "buried": False, "flagged": True},
    ]
    assert signals("mark").lines == [
        "signals/sigterm/term: suspended, buried",
        "signals/sigstop/term: flagged",
    ]


def test_a_reset_card_is_new_again_and_keeps_its_history(signals: CommandLine) -> None:
    card = "signals/sigterm/term"
    signals("answer", card, "good")
    signals("mark", card, "reset")
    told = signals("history", card, "--json").json
    assert (told["state"]["standing"], told["state"]["due"]) == ("new", None)
    assert [event["kind"] for event in told["events"]] == ["answer", "reset"]


def test_no_marks_are_said_to_be_none(signals: CommandLine) -> None:
    assert signals("mark").out == "No card is suspended, buried or flagged.\n"


def test_a_card_that_is_not_there_is_refused(signals: CommandLine) -> None:
    done = signals("mark", "signals/sigter/term", "flag")
    assert (done.code, done.out) == (1, "")
    assert "There is no card 'signals/sigter/term'." in done.err


def test_a_card_without_a_mark_is_a_question_of_usage(signals: CommandLine) -> None:
    done = signals("mark", "signals/sigterm/term")
    assert done.code == 2
    assert "suspend, resume, bury, flag, unflag, reset" in done.err
