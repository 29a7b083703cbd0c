"""`offhand find` finds cards by words and conditions."""

import pytest

from command_line import CommandLine
from hostile import MARK


def test_cards_are_listed_with_how_they_stand(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "good")
    signals("mark", "signals/sigkill/term", "suspend")
    assert signals("find", "process").lines == [
        "Prompt          due  every  ease  lapses  card",
        "SIGTERM  2026-03-03    1 d  2.50       0  signals/sigterm/term",
        "SIGKILL   suspended                       signals/sigkill/term",
        "SIGSTOP         new                       signals/sigstop/term",
    ]


def test_scripts_get_what_is_shown_and_how_many_there_are(signals: CommandLine) -> None:
    signals("answer", "signals/sigterm/term", "easy")
    found = signals("find", "sig", "--json", "--sort", "deck", "--limit", "1").json
    assert found == {
        "found": 3,
        "total": 3,
        "cards": [
            {
                "card": "signals/sigterm/term",
                "deck": "signals",
                "section": "everyday",
                "prompt": "SIGTERM",
                "standing": "later",
                "interval_days": 1,
                "ease": 2.6,
                "due": "2026-03-03",
                "lapses": 0,
                "suspended": False,
                "flagged": False,
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "cards"),
    [
        (["pauses"], ["sigstop"]),
        (["a", "asks", "pro"], ["sigterm"]),
        (['"at once"'], ["sigkill"]),
        (["section:job"], ["sigstop"]),
        (["--", "-is:flagged", "section:every"], ["sigterm"]),
        (["--", "-process"], []),
        ([], ["sigterm", "sigkill", "sigstop"]),
    ],
)
def test_a_query_is_what_all_its_words_ask_for(
    signals: CommandLine, query: list[str], cards: list[str]
) -> None:
    signals("mark", "signals/sigkill/term", "flag")
    found = signals("find", "--json", *query).json["cards"]
    assert [card["card"].split("/")[1] for card in found] == cards


def test_the_order_and_the_number_are_chosen(signals: CommandLine) -> None:
    for card, grade in (("sigterm", "easy"), ("sigkill", "hard"), ("sigstop", "good")):
        signals("answer", f"signals/{card}/term", grade)
    by_ease = signals("find", "--sort", "ease", "--json").json["cards"]
    assert [card["ease"] for card in by_ease] == [2.36, 2.5, 2.6]
    turned = signals("find", "--sort", "ease", "--reverse", "--limit", "2").lines
    assert [line.split()[0] for line in turned[1:3]] == ["SIGTERM", "SIGSTOP"]
    assert turned[-1] == "2 of 3 cards; --limit 0 lists all."
    assert len(signals("find", "--limit", "0").lines) == 4


def test_nothing_found_is_no_failure_and_hints_go_to_stderr(signals: CommandLine) -> None:
    found = signals("find", "nowhere")
    assert (found.code, found.out) == (0, "None of 3 cards has all of this.\n")
    hinted = signals("find", "is:great")
    assert hinted.code == 0
    assert len(hinted.lines) == 4
    assert hinted.err.startswith("is:great is unknown. is: takes due, new,")
    assert signals("find", "--sort", "beauty").code == 2


def test_without_cards_none_is_found(offhand: CommandLine) -> None:
    assert offhand("find").out == "None of 0 cards has all of this.\n"
    assert offhand("find", "x", "--json").json == {"found": 0, "total": 0, "cards": []}


def test_nothing_in_a_card_reaches_the_terminal_raw(offhand: CommandLine) -> None:
    offhand.write("bad.yaml", f'deck: Bad\nentries:\n  "\\e]52;c;{MARK}\\a x": "y"\n')
    told = offhand("find", "x")
    assert "\x1b" not in told.out
    assert f"]52;c;{MARK}" in told.out
    assert offhand("find", "\udcff \x1b[2J").code == 0
