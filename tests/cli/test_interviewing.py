"""`offhand interview --plain` and `offhand interviews`: held, left, resumed, listed and shared in lines."""

import json
import re
from pathlib import Path

import pytest

from command_line import CommandLine
from interviews import QUESTIONS, TERMS

_LENGTHS = re.compile(r"\b(\d+ min )?\d+ s\b")


@pytest.fixture
def caching(offhand: CommandLine) -> CommandLine:
    offhand.write("caching.yaml", QUESTIONS)
    return offhand


def interview(offhand: CommandLine, typed: str, *arguments: str) -> list[str]:
    """What an interview writes when these lines are typed; times as `0 s`."""
    done = offhand("interview", "--plain", "--seed", "1", *arguments, typed=typed)
    assert (done.code, done.err) == (0, "")
    return _LENGTHS.sub("0 s", done.out).splitlines()


def test_a_whole_interview(caching: CommandLine) -> None:
    lines = interview(caching, "one reader rebuilds\n\n2\n\n", "--sections", "faults")
    assert lines == [
        "1 question of 1, about 4 min each; there are no more.",
        "/? tells what can be typed.",
        "",
        "Faults, question 1 of 1, mid. 30:00 left.",
        "",
        "How do you stop a stampede?",
        "",
        "Enter shows the answer; or type yours, and an empty line at its end.",
        "Model answer:",
        "One reader rebuilds, the others wait.",
        "",
        "Key points:",
        "1. said: one reader rebuilds",
        "2. not said: the others wait",
        "3. not said: jitter on the expiry",
        "1 point ticked from what you typed.",
        "Numbers tick what you said or take ticks off; Enter goes on.",
        "1. said: one reader rebuilds",
        "2. said: the others wait",
        "3. not said: jitter on the expiry",
        "",
        "2 of 3 points (67 %) · 1 question in 0 s",
        "The first interview: the next one is held against it.",
        "Nothing stands out: every section was said for the larger part.",
        "",
        "Section    said  share  change  time",
        "Faults   2 of 3   67 %           0 s",
        "",
        "1. How do you stop a stampede?",
        "   2 of 3, 0 s",
        "   said      one reader rebuilds",
        "   said      the others wait",
        "   not said  jitter on the expiry",
        "",
        "Never said so far:",
        "- jitter on the expiry (Faults)",
    ]


def test_the_end_of_the_input_leaves_it_and_resume_goes_on(caching: CommandLine) -> None:
    lines = interview(caching, "\n1\n\nhalf an answer\n")
    assert lines[-1] == "Left. `offhand interview --resume` goes on with it."
    assert caching("interviews").lines == ["1  2026-03-02  30 min  any  1 question  not finished"]
    lines = interview(caching, "and the rest\n\n\n/end\n", "--resume")
    at = lines.index("Typed so far:")
    assert lines[at + 1] == "half an answer"
    assert any("question 2 of 4" in line for line in lines)
    card = caching("interviews", "last", "--json").json
    assert [each["typed"] for each in card["questions"]] == ["", "half an answer\nand the rest", ""]
    assert [each["progress"] for each in card["questions"]] == ["done", "done", "open"]
    assert (card["ending"], card["unasked"]) == ("early", 1)


def test_one_that_was_left_is_offered_at_the_next_start(caching: CommandLine) -> None:
    interview(caching, "/quit\n")
    lines = interview(caching, "what?\nn\n/end\n")
    assert lines[0].startswith("The interview of Mon 2 Mar is not finished: 0 of 4 questions done")
    assert lines.count("Go on with it? y or n") == 2
    assert [each["ending"] for each in caching("interviews", "--json").json] == [None, "early"]


def test_questions_are_skipped_come_back_to_and_paused(caching: CommandLine) -> None:
    typed = "/skip\n/back\n/pause\n\n\n\n/time\n/bogus\n/end\n"
    lines = interview(caching, typed)
    heads = [line for line in lines if ", question " in line]
    assert "Skipped." in lines
    assert heads[0].split(",")[0] == heads[2].split(",")[0]
    assert "Paused with 30:00 left. Enter goes on." in lines
    assert "There is no such command. /? tells what can be typed." in lines
    card = caching("interviews", "1", "--json").json
    assert card["questions"][0]["progress"] == "done"


def test_a_line_that_only_looks_like_a_command_is_part_of_the_answer(caching: CommandLine) -> None:
    interview(caching, "/proc/self/limits tells it\n/2 of them\n\n\n/end\n")
    card = caching("interviews", "1", "--json").json
    assert card["questions"][0]["typed"] == "/proc/self/limits tells it\n/2 of them"


def test_numbers_that_are_no_points_are_asked_again(caching: CommandLine) -> None:
    lines = interview(
        caching, "\n1, 3\n4\nx\n0\n²\n99999999999999999999\n3\n\n", "--sections", "faults"
    )
    assert lines.count("Give numbers from 1 to 3, or Enter.") == 5
    card = caching("interviews", "1", "--json").json
    assert [point["said"] for point in card["questions"][0]["key_points"]] == [True, False, False]


def test_with_time_left_one_more_is_offered(caching: CommandLine) -> None:
    lines = interview(caching, "\n\n\n\ny\n\n\nn\n", "--minutes", "8")
    assert [line for line in lines if line == "One more? y or n"] == ["One more? y or n"] * 2
    assert caching("interviews", "--json").json[0]["ending"] == "done"
    assert len(caching("interviews", "1", "--json").json["questions"]) == 3


def test_terms_are_explained_where_there_are_no_questions(offhand: CommandLine) -> None:
    offhand.write("signals.yaml", TERMS)
    lines = interview(offhand, "\n\n\n\n")
    assert lines[1] == (
        "No interview questions here: 2 terms to explain aloud, each sentence of the definition a point."
    )
    assert "Explain: SIGTERM" in lines


def test_a_megabyte_typed_is_kept_and_dealt_with(caching: CommandLine) -> None:
    text = "no lock contention " * 55_000
    interview(caching, f"{text}\n\n\n/end\n")
    card = caching("interviews", "1", "--json").json
    assert card["questions"][0]["typed"] == text


@pytest.mark.usefixtures("no_shipped_decks")
def test_the_same_seed_draws_the_same_questions(tmp_path: Path) -> None:
    many = "".join(f"  - question: Why {n}?\n    answer: So {n}.\n" for n in range(40))

    def drawn(name: str, seed: str) -> list[str]:
        offhand = CommandLine(tmp_path / name)
        offhand.write("many.yaml", f"deck: M\nentries:\n{many}")
        arguments = ("--minutes", "12", "--seed", seed)
        done = offhand("interview", "--plain", *arguments, typed="\n\n" * 3)
        return re.findall(r"^Why \d+\?", done.out, re.MULTILINE)

    assert len(drawn("one", "7")) == 3
    assert drawn("other", "7") == drawn("one more", "7") != drawn("last", "8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["interview", "--plain", "--minutes", "0"], 2, "0 is not in the range"),
        (["interview", "--plain", "--minutes", "1e9"], 2, "not a valid integer"),
        (["interview", "--plain", "--minutes", "100000"], 2, "not in the range"),
        (["interview", "--plain", "--level", "boss"], 2, "'boss' is not one of"),
        (["interview", "--plain", "--sections", "nope"], 1, "There is no section 'nope'."),
        (["interview", "--plain", "--sections", "basics,nope"], 1, "no section 'nope'"),
        (["interview", "--plain", "--deck", "nope"], 1, "There is no deck 'nope'."),
        (["interview", "--plain", "--level", "junior"], 1, "There is no junior question here."),
        (["interview", "--plain", "--resume"], 1, "No interview was left unfinished."),
        (["interview"], 1, "`offhand interview --plain` asks in plain lines."),
        (["interviews", "3"], 1, "There is no interview '3'."),
        (["interviews", "last"], 1, "`offhand interview` begins the first."),
        (["interviews", "--to", "x.md"], 2, "name it, as `last`"),
    ],
)
def test_what_cannot_be_is_refused_with_a_word_and_nothing_begins(
    caching: CommandLine, arguments: list[str], code: int, told: str
) -> None:
    refused = caching(*arguments)
    assert (refused.code, refused.out) == (code, "")
    assert told in refused.err
    assert caching("interviews").lines == [
        "No interview yet. `offhand interview` begins the first."
    ]


def test_without_decks_it_says_what_to_write(offhand: CommandLine) -> None:
    refused = offhand("interview", "--plain")
    assert (refused.code, refused.out) == (1, "")
    assert "There is nothing here to ask in an interview." in refused.err


def test_scorecards_are_listed_shown_and_written(caching: CommandLine, tmp_path: Path) -> None:
    interview(caching, "\n1\n\n", "--sections", "faults")
    caching.now = "2026-03-20T09:00"
    interview(caching, "\n1 2\n\n", "--sections", "faults", "--level", "mid")
    assert caching("interviews").lines == [
        "1  2026-03-02  30 min  any  1 question  33 %",
        "2  2026-03-20  30 min  mid  1 question  67 %",
    ]
    card = caching("interviews", "2", "--json").json
    assert card["sections"][0]["share_before"] == pytest.approx(1 / 3)
    assert card["before"]["interviews"] == 1
    assert card["unsaid"] == [
        {
            "card": "caching/stampede/question-how-do-you-stop-a-stampede",
            "point": "jitter on the expiry",
            "times": 2,
        }
    ]
    lines = caching("interviews", "2").lines
    assert "The last interview: 33 %." in lines[1]
    assert "Faults   2 of 3   67 %     +34   0 s" in _LENGTHS.sub("0 s", "\n".join(lines))
    for name in ("card.md", "card.html"):
        to = tmp_path / name
        assert caching("interviews", "2", "--to", str(to)).lines == [f"Written to {to}."]
        assert "jitter on the expiry" in to.read_text("utf-8")
    refused = caching("interviews", "2", "--to", str(tmp_path / "card.md"))
    assert (refused.code, refused.out) == (1, "")
    assert "exists already" in refused.err


def test_json_says_what_the_page_on_the_command_line_promises(caching: CommandLine) -> None:
    interview(caching, "\n1\n\n", "--sections", "faults")
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| `interviews` |")]
    (listed,) = caching("interviews", "--json").json
    assert set(listed) == set(re.findall(r"[{, ](\w+)(?=[,}])", row.split("[", 1)[1]))
    (row,) = [line for line in page.splitlines() if line.startswith("| `interviews N` |")]
    card = caching("interviews", "1", "--json").json
    own = set(re.findall(r"[{, ](\w+)(?=[,}])", row.split("and ", 1)[1]))
    assert set(card) == set(listed) - {"number"} | own
    assert json.dumps(card)
