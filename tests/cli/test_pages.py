import json
import re

import pytest

from command_line import CommandLine
from offhand.resources import shipped

COMMANDS = (
    *("review", "due", "next", "quiz", "interview", "interviews", "target"),
    *("answer", "undo", "mark", "find", "add"),
    *("decks", "stats", "weak", "history", "import", "export", "check"),
    *("settings", "where", "rebuild", "schema", "help", "completion"),
)


def test_help_lists_every_command_with_a_whole_sentence(offhand: CommandLine) -> None:
    page = offhand("--help")
    told = dict(re.findall(r"^  (\w+) {2,}(.+)$", page.out.partition("Commands:")[2], re.MULTILINE))
    assert tuple(told) == COMMANDS
    assert all(text.endswith(".") and not text.endswith("...") for text in told.values())
    assert offhand("help").out == offhand("-h").out == page.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_on_a_command_is_the_same_both_ways(offhand: CommandLine, command: str) -> None:
    page = offhand("help", command)
    assert (page.code, page.err) == (0, "")
    assert page.lines[0].startswith(f"Usage: offhand {command}")
    assert offhand(command, "--help").out == page.out


@pytest.mark.parametrize("page", ["deck-format", "import-formats", "export-format", "cli"])
def test_help_prints_a_page_of_the_documentation(offhand: CommandLine, page: str) -> None:
    assert offhand("help", page).out == shipped(f"docs/{page}.md").read_text("utf-8")


def test_help_on_nothing_known_is_refused(offhand: CommandLine) -> None:
    refused = offhand("help", "nosuch")
    assert (refused.code, refused.out) == (1, "")
    assert "deck-format" in refused.err


def test_schema_is_the_shipped_schema(offhand: CommandLine) -> None:
    printed = offhand("schema").json
    assert printed == json.loads(shipped("decks/deck.schema.json").read_text("utf-8"))


def test_version(offhand: CommandLine) -> None:
    from offhand import __version__

    assert offhand("--version").lines == [f"offhand {__version__}"]


def test_every_command_and_option_is_documented(offhand: CommandLine) -> None:
    page = shipped("docs/cli.md").read_text("utf-8")
    for command in COMMANDS:
        assert re.search(rf"`{command}\b|, {command}\b|`{command} ", page), command
        for option in re.findall(r"^  (--[a-z]+)", offhand("help", command).out, re.MULTILINE):
            assert option in page, f"{command} {option}"


def test_every_json_field_is_documented(signals: CommandLine) -> None:
    card = "signals/sigterm/term"
    page = shipped("docs/cli.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)`", page, re.MULTILINE))
    printed = {
        "answer": signals("answer", card, "4", "--json"),
        "due": signals("due", "--json"),
        "next": signals("next", "--json"),
        "decks": signals("decks", "--json"),
        "stats": signals("stats", "--json"),
        "history": signals("history", card, "--json"),
        "where": signals("where", "--json"),
        "rebuild": signals("rebuild", "--json"),
        "check": signals("check", str(signals.paths.decks), "--json"),
        "undo": signals("undo", "--json"),
    }
    for command, outcome in printed.items():
        found = outcome.json[0] if isinstance(outcome.json, list) else outcome.json
        named = re.sub(r": \[.*?\](?=[,}])", "", rows[command]).strip("[]{}").split(", ")
        assert named == list(found), command
