import pytest

from command_line import CommandLine

TERM = "signals/sigterm/term"


def test_an_answer_tells_scripts_what_became_of_the_card(signals: CommandLine) -> None:
    done = signals("answer", TERM, "5", "--json")
    event = done.json["event"]
    assert done.json == {
        "card": TERM,
        "grade": 5,
        "interval_days": 1,
        "ease": 2.6,
        "due": "2026-03-03",
        "event": event,
        "asked": "answer",
        "again_today": False,
    }
    assert [e["event"] for e in signals("history", TERM, "--json").json["events"]] == [event]


def test_answers_on_their_due_days_follow_sm2(signals: CommandLine) -> None:
    now, told = "2026-03-02", []
    for grade in "5555255":
        signals.now = f"{now}T09:00"
        done = signals("answer", TERM, grade, "--json").json
        if done["again_today"]:
            signals("answer", TERM, "4")
        told.append((done["interval_days"], done["ease"]))
        now = done["due"]
    assert told == [(1, 2.6), (6, 2.7), (17, 2.8), (48, 2.9), (1, 2.9), (1, 3.0), (6, 3.1)]


@pytest.mark.parametrize(
    ("word", "grade"), [("again", 1), ("hard", 3), ("Good", 4), ("EASY", 5), ("0", 0), ("2", 2)]
)
def test_a_grade_is_a_number_or_a_word(signals: CommandLine, word: str, grade: int) -> None:
    assert signals("answer", TERM, word, "--json").json["grade"] == grade


@pytest.mark.parametrize("grade", ["6", "-1", "²", "best", "", "4.0"])
def test_any_other_grade_is_a_usage_error_and_nothing_is_written(
    signals: CommandLine, grade: str
) -> None:
    refused = signals("answer", TERM, grade, "--json")
    assert (refused.code, refused.out) == (2, "")
    assert signals("stats", "--json").json["reviews_total"] == 0


def test_a_card_that_is_not_due_is_refused(signals: CommandLine) -> None:
    signals("answer", TERM, "4")
    refused = signals("answer", TERM, "4", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"offhand: {TERM} is not due.\n"
        "  It is due on 2026-03-03.\n"
        "  Add --practice to answer it and leave the schedule alone.\n"
    )
    assert signals("stats", "--json").json["reviews_total"] == 1


def test_practice_leaves_the_schedule_alone(signals: CommandLine) -> None:
    signals("answer", TERM, "4")
    before = signals("history", TERM, "--json").json["state"]
    done = signals("answer", TERM, "0", "--practice", "--json").json
    assert (done["asked"], done["interval_days"], done["due"]) == ("practice", 1, "2026-03-03")
    assert signals("history", TERM, "--json").json["state"] == before


def test_practice_of_a_new_card_gives_it_no_schedule(signals: CommandLine) -> None:
    done = signals("answer", TERM, "4", "--practice", "--json").json
    assert (done["interval_days"], done["ease"], done["due"]) == (None, None, None)


def test_a_person_is_told_when_the_card_comes_next(signals: CommandLine) -> None:
    assert signals("answer", TERM, "hard").lines == [
        f"{TERM}: hard, next in 1 day, on Tue 03 Mar 2026.",
        "It comes round again today.",
    ]
    assert signals("answer", TERM, "good").lines == [
        f"{TERM}: good, next in 1 day, on Tue 03 Mar 2026."
    ]
    assert signals("answer", TERM, "1", "--practice").lines == [
        f"{TERM}: again, as practice; the schedule stays as it was."
    ]


def test_an_unknown_card_is_refused_with_those_that_resemble_it(signals: CommandLine) -> None:
    refused = signals("answer", "sigterm", "4")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == f"offhand: There is no card 'sigterm'.\n  Did you mean {TERM}?\n"


def test_undo_makes_the_answer_never_given(signals: CommandLine) -> None:
    untouched = signals("history", TERM, "--json").json["state"]
    event = signals("answer", TERM, "1", "--json").json["event"]
    assert signals("undo", "--json").json == {
        "card": TERM,
        "grade": 1,
        "event": event,
        "interval_days": None,
        "ease": None,
        "due": None,
    }
    assert signals("history", TERM, "--json").json["state"] == untouched
    assert signals("stats", "--json").json["reviews_total"] == 0


def test_undo_goes_back_answer_by_answer(signals: CommandLine) -> None:
    signals("answer", TERM, "4")
    signals("answer", "signals/sigkill/term", "5")
    assert signals("undo").lines == ["Taken back: signals/sigkill/term, easy."]
    assert signals("undo").lines == [f"Taken back: {TERM}, good."]
    refused = signals("undo")
    assert (refused.code, refused.err) == (1, "offhand: There is no answer to take back.\n")


def test_grades_bear_the_names_of_the_six_grade_setting(signals: CommandLine) -> None:
    signals("settings", "buttons", "6")
    assert signals("answer", TERM, "2").lines[0].startswith(f"{TERM}: nearly, ")
