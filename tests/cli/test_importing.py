"""`offhand import`: a preview, a question, one step; for people and for scripts."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_line import CommandLine
from support import write

_WORDS = "TTL,How long an entry lives.\nMTU,The largest frame.\n"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A table of two cards."""
    return write(tmp_path / "words.csv", _WORDS)


def _decks(offhand: CommandLine) -> list[str]:
    folder = offhand.paths.decks
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_preview_is_shown_and_the_deck_written(offhand: CommandLine, words: Path) -> None:
    done = offhand("import", str(words), "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.lines[:4] == [
        f"{words}: a table, CSV or TSV.",
        "",
        "words: a new deck, words",
        "        2  new",
    ]
    assert done.lines[-2:] == ["words: 2 new.", "`offhand import --undo` takes it back."]
    assert _decks(offhand) == ["words.yaml"]


def test_a_dry_run_only_looks(offhand: CommandLine, words: Path) -> None:
    done = offhand("import", str(words), "--dry-run")
    assert (done.code, "2  new" in done.out) == (0, True)
    assert _decks(offhand) == []


def test_without_anybody_to_ask_nothing_is_done(offhand: CommandLine, words: Path) -> None:
    done = offhand("import", str(words))
    assert done.code == 1
    assert "there is nobody here to ask" in done.err
    assert "--yes" in done.err
    assert _decks(offhand) == []


def test_the_same_file_again_says_that_nothing_is_to_be_done(
    offhand: CommandLine, words: Path
) -> None:
    offhand("import", str(words), "--yes")
    done = offhand("import", str(words))
    assert (done.code, done.err) == (0, "")
    assert done.lines == [
        "words: imported before, and not changed since",
        "        2  unchanged",
        "",
        "Nothing is to be done: the decks hold it all.",
    ]


def test_entries_of_a_kind_are_listed(offhand: CommandLine, words: Path) -> None:
    offhand("import", str(words), "--yes")
    write(words, "TTL,How long an entry may live.\nRTT,There and back.\n")
    done = offhand("import", str(words), "--dry-run", "--list", "gone")
    assert "  mtu  MTU  (words)" in done.lines
    done = offhand("import", str(words), "--yes", "--list", "new")
    assert "  rtt  RTT  (words)" in done.lines
    done = offhand("import", str(words), "--dry-run", "--list", "unchanged")
    assert {"  ttl  TTL  (words)", "  rtt  RTT  (words)"} <= set(done.lines)


def test_json_tells_the_preview_and_what_came_of_it(offhand: CommandLine, words: Path) -> None:
    looked = offhand("import", str(words), "--json", "--dry-run").json
    assert looked == {
        "imported": False,
        "id": None,
        "refused": False,
        "formats": ["a table, CSV or TSV"],
        "decks": [
            {
                "deck": "words",
                "title": "words",
                "new_deck": True,
                "counts": {
                    "new": 2,
                    "changed": 0,
                    "unchanged": 0,
                    "gone": 0,
                    "conflict": 0,
                    "deleted": 0,
                },
                "new": [
                    {"id": "ttl", "name": "TTL", "section": "words"},
                    {"id": "mtu", "name": "MTU", "section": "words"},
                ],
                "changed": [],
                "gone": [],
                "conflict": [],
                "deleted": [],
            }
        ],
        "taken": looked["taken"],
        "left_out": [],
        "faults": [],
    }
    done = offhand("import", str(words), "--json", "--yes").json
    assert (done["imported"], len(done["id"])) == (True, 26)


def test_json_never_asks(offhand: CommandLine, words: Path) -> None:
    done = offhand("import", str(words), "--json")
    assert (done.code, "--yes, or --dry-run" in done.err) == (2, True)


def test_an_import_is_taken_back(offhand: CommandLine, words: Path) -> None:
    offhand("import", str(words), "--yes")
    done = offhand("import", "--undo")
    assert done.code == 0
    assert done.out.startswith(f"Taken back: the import of {words} on ")
    assert _decks(offhand) == []
    done = offhand("import", "--undo")
    assert (done.code, done.err) == (1, "offhand: There is no import to take back.\n")


def test_an_undo_over_edited_files_wants_to_be_forced(offhand: CommandLine, words: Path) -> None:
    offhand("import", str(words), "--yes")
    deck = offhand.paths.decks / "words.yaml"
    write(deck, deck.read_text("utf-8") + "# mine\n")
    refused = offhand("import", "--undo")
    assert (refused.code, str(deck) in refused.err, "--force" in refused.err) == (1, True, True)
    forced = offhand("import", "--undo", "--force", "--json").json
    assert (forced["decks"], Path(forced["aside"]).is_dir()) == (["words"], True)


def test_bad_cards_refuse_all_and_are_named(offhand: CommandLine, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.csv", "a,An a.\nb,\n" + _WORDS + "c,,\n")
    done = offhand("import", str(bad), "--yes")
    assert done.code == 1
    assert f"{bad}:2:" in done.err
    assert "--skip-bad takes the other" in done.err
    assert _decks(offhand) == []
    done = offhand("import", str(bad), "--yes", "--skip-bad")
    assert done.code == 0
    assert f"{bad}:2:" in done.out
    assert _decks(offhand) == ["bad.yaml"]


def test_a_deck_a_title_and_columns_can_be_given(offhand: CommandLine, tmp_path: Path) -> None:
    table = write(tmp_path / "x.csv", "How long an entry lives.,TTL,Basics\n")
    arguments = ("--columns", "definition,term,section", "--title", "Net", "--deck", "net")
    offhand("import", str(table), "--yes", *arguments)
    (deck,) = offhand("decks", "--json").json
    assert (deck["id"], deck["title"], [s["title"] for s in deck["sections"]]) == (
        "net",
        "Net",
        ["Basics"],
    )
    assert offhand("history", "net/ttl/term", "--json").json["prompt"] == "TTL"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("no.csv", None, "There is no file"),
        ("empty.txt", b"", "is empty"),
        ("half.apkg", b"PK\x03\x04 and then nothing", "cannot be opened"),
        ("program", b"\x7fELF\x02\x01\x01\x00\x00", "is no file that Offhand can import"),
        ("letter.txt", b"Dear all,\nnothing to learn.\n", "No cards were found"),
    ],
)
def test_what_cannot_be_imported_is_told_in_a_sentence(
    offhand: CommandLine, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = offhand("import", str(path), "--yes")
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert str(path) in done.err


def test_a_folder_without_a_deck_is_told(offhand: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    done = offhand("import", str(tmp_path / "void"), "--yes")
    assert (done.code, "holds no deck" in done.err) == (1, True)


def test_nothing_named_is_a_matter_of_usage(offhand: CommandLine) -> None:
    assert offhand("import").code == 2


def test_a_format_can_be_forced(offhand: CommandLine, tmp_path: Path) -> None:
    text = write(tmp_path / "notes.txt", "TTL,How long\nMTU,Largest frame\n")
    assert offhand("import", str(text), "--dry-run", "--format", "csv").code == 0
    assert offhand("import", str(text), "--dry-run", "--format", "nonsense").code == 2
    assert offhand("import", str(text), "--dry-run", "--format", "anki").code == 1


def test_terminal_controls_of_a_source_are_made_visible(
    offhand: CommandLine, tmp_path: Path
) -> None:
    table = write(
        tmp_path / "x.csv",
        "a\x1b]0;x\x07,An a is the first letter that there is.\nb,A b is the second.\n",
    )
    out = offhand("import", str(table), "--dry-run", "--list", "new").out
    assert "\x1b" not in out
    assert "a␛]0;x␇" in out


class _Terminal:
    """The program with a terminal on all its streams."""

    def __init__(self, offhand: CommandLine, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            offhand.command(*arguments),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=offhand.environment(TERM="xterm"),
            start_new_session=True,
        )
        os.close(slave)
        self.shown = ""

    def read_until(self, text: str) -> None:
        deadline = time.monotonic() + 60
        while text not in self.shown and time.monotonic() < deadline:
            self._read()
        assert text in self.shown, self.shown

    def _read(self) -> bool:
        if not select.select([self.master], [], [], 0.2)[0]:
            return True
        try:
            self.shown += os.read(self.master, 65536).decode("utf-8", "replace")
        except OSError:
            return False
        return True

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        while self._read() and self.process.poll() is None:
            pass
        code = self.process.wait(60)
        os.close(self.master)
        return code


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A table that takes a while."""
    lines = [f"term {n},The definition of number {n} goes on for a while." for n in range(30_000)]
    return write(tmp_path / "many.csv", "\n".join(lines) + "\n")


def test_on_a_terminal_it_asks_first(offhand: CommandLine, words: Path) -> None:
    no = _Terminal(offhand, "import", str(words))
    no.read_until("Import this? [Y/n]")
    no.type("n\n")
    assert (no.end(), _decks(offhand)) == (0, [])
    assert "Nothing was imported." in no.shown
    yes = _Terminal(offhand, "import", str(words))
    yes.read_until("Import this? [Y/n]")
    yes.type("y\n")
    assert (yes.end(), _decks(offhand)) == (0, ["words.yaml"])


def test_a_long_import_shows_how_far_it_is_and_ctrl_c_leaves_nothing_behind(
    offhand: CommandLine, many: Path
) -> None:
    terminal = _Terminal(offhand, "import", str(many), "--yes")
    terminal.read_until("Writing")
    os.kill(terminal.process.pid, signal.SIGINT)
    assert terminal.end() == 130
    assert "nothing was imported" in terminal.shown
    assert _decks(offhand) == []
    assert offhand("decks", "--json").json == []


def test_the_light_commands_load_nothing_of_it(offhand: CommandLine) -> None:
    script = (
        "import sys; from offhand.cli.main import run; run(['due']);"
        "print([m for m in sys.modules if 'import_' in m or 'formats.anki' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=offhand.environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "[]"
