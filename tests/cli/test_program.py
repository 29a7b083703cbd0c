"""The program as people start it: a process with its own streams, signals and exit code."""

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import SIGNALS, CommandLine

FRAMEWORKS = ("textual", "alembic", "sqlalchemy", "yaml", "rich", "platformdirs", "tomlkit")


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A learner with the shipped deck and two others, all read already; for tests that only look."""
    reader = CommandLine(tmp_path_factory.mktemp("reader") / "home")
    reader.write("signals.yaml", SIGNALS)
    reader.write("zz.yaml", "deck: Ü\nentries: {ü: ß}\n")
    assert reader.program("due").code == 0
    return reader


@pytest.fixture
def learner(reader: CommandLine, tmp_path: Path) -> CommandLine:
    """The same learner with files of their own, for tests that answer or write."""
    shutil.copytree(reader.home, tmp_path / "home")
    return CommandLine(tmp_path / "home")


def loaded(learner: CommandLine, *arguments: str) -> set[str]:
    """The modules that a command leaves imported in a fresh interpreter."""
    script = (
        "import sys; from offhand.cli.main import run; code = run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=learner.environment(),
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    return set(done.stderr.split())


@pytest.mark.parametrize("command", ["due", "next", "decks", "stats", "weak"])
def test_a_report_loads_no_framework_that_it_does_not_use(
    reader: CommandLine, command: str
) -> None:
    modules = loaded(reader, command, "--json")
    assert "offhand.study.desk" in modules
    packages = {module.partition(".")[0] for module in modules}
    assert packages & set(FRAMEWORKS) == set()


def test_a_command_loads_no_other_command(reader: CommandLine) -> None:
    modules = loaded(reader, "due", "--json")
    commands = {"today", "grading", "report", "history", "check", "setup", "pages", "plain"}
    assert {name for name in commands if f"offhand.cli.{name}" in modules} == {"today"}


def test_the_version_loads_neither_decks_nor_database(reader: CommandLine) -> None:
    modules = loaded(reader, "--version")
    assert not {"sqlite3", "offhand.study.desk", "offhand.store", *FRAMEWORKS} & modules


def test_the_shipped_deck_is_there_on_the_first_start(tmp_path: Path) -> None:
    learner = CommandLine(tmp_path / "home")
    found = learner.program("decks", "--json")
    assert (found.code, found.err) == (0, "")
    assert [(deck["id"], len(deck["sections"])) for deck in found.json] == [("backend", 8)]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("due",), 0),
        (("nosuch",), 2),
        (("due", "--nosuch"), 2),
        (("answer", "signals/sigterm/term"), 2),
        (("review", "--limit", "0"), 2),
        (("history", "nosuch"), 1),
        (("due", "--deck", "nosuch"), 1),
        (("check", "nosuch.yaml"), 1),
        (("undo",), 1),
        (("review",), 1),
        ((), 1),
    ],
)
def test_exit_codes_tell_done_from_refused_from_usage(
    reader: CommandLine, arguments: tuple[str, ...], code: int
) -> None:
    done = reader.program(*arguments)
    assert done.code == code
    assert "Traceback" not in done.err
    if code and arguments[:1] != ("check",):
        assert done.out == ""
        first, *rest = done.err.splitlines()
        assert first.startswith("offhand: ")
        assert all(line.startswith("  ") and line.strip() for line in rest)


def test_a_mistyped_command_names_the_nearest(reader: CommandLine) -> None:
    assert reader.program("duee").err.splitlines()[0] == (
        "offhand: There is no command 'duee'. Did you mean due?"
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("settings.toml", "new_per_day = [", "settings.toml is not TOML"),
        ("settings.toml", "new_per_dya = 3", "Did you mean new_per_day?"),
        ("offhand.db", "not a database at all, but long enough to be looked at", "damaged"),
        ("decks", "a file where the folder belongs", ""),
    ],
)
def test_broken_files_are_told_of_without_a_trace(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    learner = CommandLine(tmp_path / "home")
    learner.home.mkdir()
    (learner.home / name).write_text(content, "utf-8")
    done = learner.program("due", "--json")
    assert "Traceback" not in done.err
    assert done.code == (1 if told else 0)
    assert told in done.err


@pytest.mark.parametrize("now", ["soon", "0001-01-01", "9999-12-31T23:59", "2026-13-01"])
def test_a_moment_that_cannot_be_is_refused(reader: CommandLine, now: str) -> None:
    done = reader.program("stats", OFFHAND_NOW=now)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[0] == f"offhand: OFFHAND_NOW is not a moment: {now!r}."


def test_a_home_that_is_a_file_is_refused(reader: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    named = reader.program("--home", str(tmp_path / "file"), "due")
    assert (named.code, named.out, "Traceback" in named.err) == (2, "", False)
    given = reader.program("due", OFFHAND_HOME=str(tmp_path / "file"))
    assert (given.code, given.out, "Traceback" in given.err) == (1, "", False)


@pytest.mark.parametrize(
    "arguments", [("help", "deck-format"), ("history", "signals/sigterm/term")]
)
def test_a_reader_that_has_seen_enough_is_no_error(
    reader: CommandLine, arguments: tuple[str, ...]
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as nobody:
        done = subprocess.run(
            reader.command(*arguments),
            stdout=nobody,
            stderr=subprocess.PIPE,
            env=reader.environment(),
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [("due",), ("--help",), ("help", "deck-format")])
def test_output_that_cannot_be_written_is_told_of(
    reader: CommandLine, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            reader.command(*arguments),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=reader.environment(),
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "offhand: The output cannot be written: the disk is full."
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr


def test_an_interrupt_leaves_without_a_trace_and_keeps_the_answers(learner: CommandLine) -> None:
    with subprocess.Popen(
        learner.command("review", "--plain", "--deck", "signals"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=learner.environment(),
    ) as sitting:
        assert sitting.stdin is not None
        assert sitting.stdout is not None
        assert sitting.stderr is not None
        sitting.stdin.write("\n3\n")
        sitting.stdin.flush()
        while (line := sitting.stdout.readline()) and not line.startswith("Everyday, card 2"):
            pass
        sitting.send_signal(signal.SIGINT)
        rest = sitting.stderr.read()
    assert (sitting.returncode, rest) == (130, "")
    assert learner.program("stats", "--json").json["reviews_total"] == 1


def test_a_killed_sitting_keeps_the_answers(learner: CommandLine) -> None:
    with subprocess.Popen(
        learner.command("review", "--plain", "--deck", "signals"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=learner.environment(),
    ) as sitting:
        assert sitting.stdin is not None
        assert sitting.stdout is not None
        sitting.stdin.write("\n3\n")
        sitting.stdin.flush()
        while (line := sitting.stdout.readline()) and not line.startswith("Everyday, card 2"):
            pass
        sitting.kill()
    assert learner.program("stats", "--json").json["reviews_total"] == 1


def test_output_without_a_letter_for_it_shows_a_sign_in_its_place(reader: CommandLine) -> None:
    done = reader.program("due", "--deck", "zz", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.code, done.err) == (0, "")
    assert r"\xdc" in done.out
    listed = reader.program("decks", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Ü" in [deck["title"] for deck in listed.json]


def test_input_that_is_no_text_is_no_error(learner: CommandLine) -> None:
    done = subprocess.run(
        learner.command("review", "--plain", "--deck", "zz"),
        input=b"\xff\xfe\n\n3\n",
        capture_output=True,
        env=learner.environment(PYTHONIOENCODING="utf-8"),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert learner.program("stats", "--json").json["reviews_total"] == 1


def test_the_app_is_refused_where_there_is_no_terminal(reader: CommandLine) -> None:
    for arguments in ((), ("review",)):
        done = reader.program(*arguments)
        assert (done.code, done.out) == (1, "")
        assert "`offhand review --plain`" in done.err


@pytest.mark.parametrize(
    ("arguments", "shown"), [((), b"Signals"), (("review", "--deck", "signals"), b"SIGTERM")]
)
def test_the_app_opens_in_a_terminal_and_leaves_on_its_key(
    reader: CommandLine, arguments: tuple[str, ...], shown: bytes
) -> None:
    app, terminal = pty.openpty()
    with subprocess.Popen(
        reader.command(*arguments),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=reader.environment(TERM="xterm-256color", COLUMNS="80", LINES="24"),
        start_new_session=True,
    ) as process:
        os.close(terminal)
        seen = b""
        while shown not in seen and select.select([app], [], [], 30)[0]:
            seen += os.read(app, 65536)
        assert shown in seen
        os.write(app, b"\x11")
        while select.select([app], [], [], 30)[0]:
            try:
                if not os.read(app, 65536):
                    break
            except OSError:
                break
        assert process.wait(30) == 0
    os.close(app)


@pytest.mark.parametrize(
    ("words", "at", "completed"),
    [
        ("offhand d", 1, ["due", "decks"]),
        ("offhand review --pr", 2, ["--practice"]),
        ("offhand due --deck s", 3, ["signals"]),
        ("offhand due --section job", 3, ["job-control"]),
        ("offhand answer signals/", 2, ["signals/sigterm/term", "signals/sigkill/term"]),
        ("offhand answer x ha", 3, ["hard"]),
        ("offhand settings new_", 2, ["new_per_day", "new_order", "new_sections"]),
        ("offhand help de", 2, ["deck-format", "decks"]),
        ("offhand completion ", 2, ["bash", "zsh", "fish"]),
    ],
)
def test_the_shell_completes(
    reader: CommandLine, words: str, at: int, completed: list[str]
) -> None:
    done = reader.program(_OFFHAND_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(at))
    assert (done.code, done.err) == (0, "")
    found = [line.removeprefix("plain,") for line in done.out.splitlines()]
    assert [each for each in found if each in completed] == completed
    if at != 2 or "signals/" not in words:
        assert sorted(found) == sorted(completed)


def test_completion_of_a_home_that_cannot_be_opened_is_empty(learner: CommandLine) -> None:
    learner.paths.settings.write_text("[", "utf-8")
    done = learner.program(
        _OFFHAND_COMPLETE="bash_complete", COMP_WORDS="offhand due --deck ", COMP_CWORD="3"
    )
    assert (done.out.strip(), done.err) == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_what_the_shell_reads(reader: CommandLine, shell: str) -> None:
    done = reader.program("completion", shell)
    assert done.code == 0
    assert f"_OFFHAND_COMPLETE={shell}_complete" in done.out


def test_completion_works_in_a_real_bash(reader: CommandLine, tmp_path: Path) -> None:
    script = reader.program("completion", "bash").out
    (tmp_path / "offhand").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m offhand "$@"\n', "utf-8"
    )
    (tmp_path / "offhand").chmod(0o755)
    ask = 'COMP_WORDS=(offhand due --deck si); COMP_CWORD=3; _offhand_completion offhand; echo "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n{ask}"],
        capture_output=True,
        encoding="utf-8",
        env=reader.environment(PATH=f"{tmp_path}:{os.environ['PATH']}"),
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "signals"
