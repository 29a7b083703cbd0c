"""`offhand export`: a deck in a file, told to people and to scripts."""

import json
import re
from pathlib import Path

import pytest

from anki_oracle import Anki
from command_line import CommandLine
from offhand.formats.yaml.draft import read_draft
from offhand.resources import shipped


def test_a_deck_is_written_and_told(signals: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "signals.yaml"
    done = signals("export", "signals", "--to", str(path))
    assert (done.code, done.out, done.err) == (0, f"{path}: 3 entries, 3 cards.\n", "")
    assert [entry.term for entry in read_draft(path).entries] == ["SIGTERM", "SIGKILL", "SIGSTOP"]


def test_scripts_are_told_what_was_written(quiz: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "quiz.md"
    assert quiz("export", "all", "--to", str(path), "--json").json == {
        "path": str(path),
        "format": "markdown",
        "decks": ["quiz"],
        "entries": 3,
        "cards": 3,
        "media": 0,
        "told": [],
    }


def test_a_part_of_a_deck_is_named_by_section_and_tag(signals: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "jobs.yaml"
    assert signals("export", "all", "--section", "job-control", "--to", str(path)).code == 0
    assert [entry.term for entry in read_draft(path).entries] == ["SIGSTOP"]
    refused = signals("export", "all", "--tag", "nosuch", "--to", str(tmp_path / "x.yaml"))
    assert (refused.code, refused.out) == (1, "")
    assert "No entry bears the tag 'nosuch'." in refused.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nosuch", "--to", "x.csv"), 1, "There is no deck 'nosuch'."),
        (("signals", "--section", "nosuch", "--to", "x.csv"), 1, "There is no section 'nosuch'."),
        (("signals", "--to", "x.docx"), 1, "'x.docx' does not say in which format."),
        (("signals", "--to", "x.yaml", "--history"), 1, "The format yaml holds no history."),
        (("signals", "--to", "x.yaml", "--format", "docx"), 2, "'docx' is not one of"),
        (("signals",), 2, "Missing option '--to'"),
        ((), 2, "Missing argument 'DECK|all'"),
    ],
)
def test_what_cannot_be_exported_is_refused_with_a_reason(
    signals: CommandLine, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = signals("export", *arguments)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert not Path("x.csv").exists()


def test_a_file_that_is_there_is_left_alone_without_force(
    signals: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "signals.csv"
    path.write_text("mine", "utf-8")
    refused = signals("export", "signals", "--to", str(path))
    assert (refused.code, path.read_text("utf-8")) == (1, "mine")
    assert "--force" in refused.err
    assert signals("export", "signals", "--to", str(path), "--force").code == 0
    assert "SIGTERM" in path.read_text("utf-8-sig")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_folder_that_cannot_be_written_is_told_of(signals: CommandLine) -> None:
    refused = signals("export", "signals", "--to", "/proc/signals.apkg")
    assert refused.code == 1
    assert refused.err.startswith("offhand: /proc/signals.apkg cannot be written: ")


def test_a_yaml_deck_comes_back_from_a_package_as_it_was(
    signals: CommandLine, tmp_path: Path
) -> None:
    package, before, after = (str(tmp_path / name) for name in ("a.apkg", "1.yaml", "2.yaml"))
    signals("export", "signals", "--to", package)
    signals("export", "signals", "--to", before)

    there = CommandLine(tmp_path / "there")
    assert there("import", package, "--yes").code == 0
    assert there("export", "signals", "--to", after).code == 0

    ours, theirs = (Path(path).read_text("utf-8").splitlines() for path in (before, after))
    # Its id came from its file's name; in a package it has none but the deck's own.
    assert [line for line in theirs if line != "id: signals"] == ours


def test_what_was_learned_in_the_terminal_goes_on_in_anki(
    signals: CommandLine, anki: Anki, tmp_path: Path
) -> None:
    signals("answer", "signals/sigterm/term", "5")
    signals("mark", "signals/sigkill/term", "suspend")
    path = tmp_path / "signals.apkg"
    assert signals("export", "signals", "--to", str(path), "--history").code == 0
    found = anki.open(path)
    assert {
        note["fields"]["Term"]: (card["type"], card["queue"], len(card["log"]))
        for note in found["notes"]
        for card in note["cards"]
    } == {"SIGTERM": (2, 2, 1), "SIGKILL": (0, -1, 0), "SIGSTOP": (0, 0, 0)}


def test_every_field_of_the_json_is_documented(signals: CommandLine, tmp_path: Path) -> None:
    signals("answer", "signals/sigterm/term", "5")
    signals("undo")
    signals("mark", "signals/sigterm/term", "flag")
    path = tmp_path / "all.json"
    signals("export", "all", "--to", str(path))
    page = shipped("docs/export-format.md").read_text("utf-8")
    documented = set(re.findall(r"`(\w+)`", page)) | {"term", "definition"}
    assert _fields(json.loads(path.read_text("utf-8"))) - documented == set()


def _fields(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(name for each in value.values() for name in _fields(each))}
    return {n for each in value for n in _fields(each)} if isinstance(value, list) else set()
