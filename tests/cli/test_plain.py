import re

from command_line import CommandLine

FIRST = "signals/sigterm/term"


def review(offhand: CommandLine, typed: str, *arguments: str) -> list[str]:
    """What a sitting writes when these lines are typed; the time that it took as `0 s`."""
    done = offhand("review", "--plain", *arguments, typed=typed)
    assert (done.code, done.err) == (0, "")
    return re.sub(r"· \d+ s ·", "· 0 s ·", done.out).splitlines()


def grades(offhand: CommandLine, card: str) -> list[tuple[str, int, bool]]:
    events = offhand("history", card, "--json").json["events"]
    return [(event["kind"], event["grade"], event["undone"]) for event in events]


def test_a_whole_sitting(signals: CommandLine) -> None:
    assert review(signals, "\n3\n\n1\n\n3\n", "--limit", "2") == [
        "Everyday, card 1 of 2, new.",
        "",
        "SIGTERM",
        "",
        "Enter shows the answer.",
        "Answer:",
        "Asks a process to end.",
        "",
        "1 again 1 day, 2 hard 1 day, 3 good 1 day, 4 easy 1 day",
        "Good: next in 1 day.",
        "",
        "Everyday, card 2 of 2, new.",
        "",
        "SIGKILL",
        "",
        "Enter shows the answer.",
        "Answer:",
        "Ends a process at once.",
        "",
        "1 again 1 day, 2 hard 1 day, 3 good 1 day, 4 easy 1 day",
        "Again: once more today, then in 1 day.",
        "",
        "Everyday, again, 1 left.",
        "",
        "SIGKILL",
        "",
        "Enter shows the answer.",
        "Answer:",
        "Ends a process at once.",
        "",
        "1 again 1 day, 2 hard 1 day, 3 good 1 day, 4 easy 1 day",
        "Good: next in 1 day.",
        "",
        "2 cards · 0 s · 1 kept, 1 missed (50 %) · 2 new",
        "Missed:",
        "  SIGKILL (Everyday)",
        "Streak 1 day. Tomorrow 2 due.",
    ]
    assert grades(signals, "signals/sigkill/term") == [("answer", 1, False), ("repeat", 4, False)]


def test_the_intervals_offered_are_those_that_the_answers_earn(signals: CommandLine) -> None:
    signals("answer", FIRST, "4")
    signals.now = "2026-03-03T09:00"
    lines = review(signals, "\n4\n", "--section", "everyday", "--limit", "1")
    assert "1 again 1 day, 2 hard 6 days, 3 good 6 days, 4 easy 6 days" in lines
    assert "Easy: next in 6 days." in lines
    assert signals("history", FIRST, "--json").json["state"]["due"] == "2026-03-09"


def test_grades_may_be_given_as_words(signals: CommandLine) -> None:
    review(signals, "\nEasy\n", "--limit", "1")
    assert grades(signals, FIRST) == [("answer", 5, False)]


def test_six_grades_where_the_settings_say_so(signals: CommandLine) -> None:
    signals("settings", "buttons", "6")
    lines = review(signals, "\n2\n", "--limit", "1")
    assert (
        "0 blank 1 day, 1 wrong 1 day, 2 nearly 1 day, 3 hard 1 day, 4 good 1 day, 5 perfect 1 day"
        in lines
    )
    assert grades(signals, FIRST) == [("answer", 2, False)]


def test_nothing_is_graded_before_its_answer_was_shown(signals: CommandLine) -> None:
    lines = review(signals, "3\n4\n")
    assert "Asks a process to end." not in lines
    assert lines.count("Enter shows the answer. ? lists the commands.") == 2
    assert signals("stats", "--json").json["reviews_total"] == 0


def test_what_is_no_grade_is_asked_again(signals: CommandLine) -> None:
    lines = review(signals, "\n7\nbest\n\n3\n", "--limit", "1")
    assert lines.count("1 again 1 day, 2 hard 1 day, 3 good 1 day, 4 easy 1 day") == 4
    assert grades(signals, FIRST) == [("answer", 4, False)]


def test_the_end_of_the_input_loses_no_answer(signals: CommandLine) -> None:
    lines = review(signals, "\n4\n\n")
    assert "Left with 2 cards to go; every answer is saved." in lines
    assert lines[-2] == "1 card · 0 s · 1 kept, 0 missed (100 %) · 1 new"
    assert grades(signals, FIRST) == [("answer", 5, False)]
    assert "SIGKILL" in review(signals, "")


def test_q_leaves_before_and_after_the_answer(signals: CommandLine) -> None:
    for typed in ("q\n\n3\n", "\nq\n3\n", "quit\n3\n"):
        lines = review(signals, typed)
        assert lines[-4:-1] == [
            "Left with 3 cards to go; every answer is saved.",
            "",
            "Nothing answered.",
        ]
    assert signals("stats", "--json").json["reviews_total"] == 0


def test_cards_that_still_come_round_again_count_as_left(signals: CommandLine) -> None:
    lines = review(signals, "\n1\n", "--limit", "1")
    assert "Left with 1 card to go; every answer is saved." in lines


def test_undo_returns_to_the_card_as_if_it_was_never_answered(signals: CommandLine) -> None:
    lines = review(signals, "\n1\nu\n\n4\n", "--limit", "1")
    assert "Taken back: again." in lines
    assert lines.count("Everyday, card 1 of 1, new.") == 2
    assert lines[-2] == "1 card · 0 s · 1 kept, 0 missed (100 %) · 1 new"
    assert grades(signals, FIRST) == [("answer", 1, True), ("answer", 5, False)]


def test_undo_goes_back_to_the_first_card_and_no_further(signals: CommandLine) -> None:
    lines = review(signals, "\n3\n\n3\n\nundo\nu\nu\n")
    assert [line for line in lines if line.startswith(("Taken", "There"))] == [
        "Taken back: good.",
        "Taken back: good.",
        "There is nothing to take back.",
    ]
    assert signals("stats", "--json").json["reviews_total"] == 0


def test_a_buried_card_waits_until_tomorrow(signals: CommandLine) -> None:
    lines = review(signals, "b\nq\n")
    assert "Buried until tomorrow." in lines
    assert "Everyday, card 1 of 2, new." in lines
    assert signals("due", "--json").json["new"] == 2
    signals.now = "2026-03-03T09:00"
    assert signals("due", "--json").json["new"] == 3


def test_a_suspended_card_is_asked_no_more_until_that_is_undone(signals: CommandLine) -> None:
    review(signals, "\ns\nq\n")
    assert signals("history", FIRST, "--json").json["state"]["standing"] == "suspended"
    lines = review(signals, "suspend\nu\nq\n")
    assert "Taken back: suspend." in lines
    assert signals("due", "--json").json["new"] == 2


def test_a_flag_stays_with_the_card_and_comes_off_again(signals: CommandLine) -> None:
    assert "Flagged." in review(signals, "f\n\n3\n", "--limit", "1")
    assert signals("history", FIRST, "--json").json["state"]["flagged"] is True
    signals.now = "2026-03-03T09:00"
    lines = review(signals, "f\n", "--section", "everyday", "--limit", "1")
    assert "Everyday, card 1 of 1, flagged." in lines
    assert "Flag taken off." in lines


def test_help_names_every_command(signals: CommandLine) -> None:
    text = "\n".join(review(signals, "?\n"))
    for word in ("undo", "bury", "suspend", "flag", "quit"):
        assert f"{word[0]} or {word}: " in text


def test_a_choice_shows_its_options_by_letters_and_judges_the_one_picked(
    quiz: CommandLine,
) -> None:
    lines = review(quiz, "", "--limit", "1")
    at = lines.index("Multiple choice, A to C:")
    options = {line[0]: line[3:] for line in lines[at + 1 : at + 4]}
    assert sorted(options.values()) == ["SIGINT", "SIGKILL", "SIGTERM"]
    assert lines[at - 1] == "Which signal cannot be caught?"
    for letter, option in options.items():
        picked = review(quiz, f"{letter.lower()}\n", "--limit", "1")
        assert ("Right." if option == "SIGKILL" else "Wrong.") in picked
        for each, text in options.items():
            at = picked.index(f"{each} is {'right' if text == 'SIGKILL' else 'wrong'}: {text}")
            assert picked[at + 1].strip() in (
                "The kernel ends the process itself.",
                "A handler may run.",
                "A handler may run too.",
            )


def test_on_a_choice_a_letter_picks_and_the_word_commands(quiz: CommandLine) -> None:
    assert "Buried until tomorrow." not in review(quiz, "b\n", "--limit", "1")
    assert "Buried until tomorrow." in review(quiz, "b\nb\n", "--limit", "1")
    quiz("undo")
    assert "Suspended." in review(quiz, "suspend\n", "--limit", "1")


def test_a_question_shows_its_key_points_and_a_cloze_its_gap(quiz: CommandLine) -> None:
    lines = review(quiz, "\n3\n\n3\n\n3\n")
    at = lines.index("Key points:")
    assert lines[at - 1 : at + 4] == [
        "The process cannot clean up.",
        "Key points:",
        "- open files",
        "- child processes",
        "- locks",
    ]
    at = lines.index("What belongs in the gap?")
    assert lines[at + 1] == "SIGKILL is number […]."


def test_practice_asks_answered_cards_and_leaves_the_schedule_alone(signals: CommandLine) -> None:
    signals("answer", FIRST, "4")
    before = signals("history", FIRST, "--json").json["state"]
    lines = review(signals, "\n1\n", "--practice")
    assert "1 again, 2 hard, 3 good, 4 easy" in lines
    assert "Again." in lines
    assert "Practice: 1 card · 0 s · 0 kept, 1 missed (0 %)" in lines
    assert signals("history", FIRST, "--json").json["state"] == before
    assert grades(signals, FIRST) == [("answer", 4, False), ("practice", 1, False)]


def test_practice_without_answered_cards_says_so(signals: CommandLine) -> None:
    assert review(signals, "", "--practice") == [
        "There is nothing to practise: no card here was answered yet."
    ]


def test_more_new_cards_can_be_begun(signals: CommandLine) -> None:
    signals("settings", "new_per_day", "1")
    assert review(signals, "\n3\n")[-2] == "1 card · 0 s · 1 kept, 0 missed (100 %) · 1 new"
    assert review(signals, "", "--new", "2")[0] == "Everyday, card 1 of 2, new."


def test_new_cards_and_practice_exclude_each_other(signals: CommandLine) -> None:
    refused = signals("review", "--plain", "--practice", "--new", "2")
    assert (refused.code, refused.out) == (2, "")


def test_a_sitting_can_be_kept_to_one_section(signals: CommandLine) -> None:
    assert review(signals, "", "--section", "job-control")[0] == "Job control, card 1 of 1, new."


def test_text_of_a_card_is_written_as_it_is(offhand: CommandLine) -> None:
    offhand.write("hostile.yaml", 'deck: H\nentries:\n  "[/] $x list[int]": "\\e]52;c;eA\\a"\n')
    lines = review(offhand, "\n")
    assert "[/] $x list[int]" in lines
    assert "␛]52;c;eA␇" in lines
