import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from command_line import SIGNALS, CommandLine
from support import write


def test_every_setting_is_listed_with_its_default(offhand: CommandLine) -> None:
    assert offhand("settings", "--json").json == {
        "new_per_day": 10,
        "reviews_per_day": 200,
        "new_order": "mixed",
        "new_sections": "in order",
        "backlog_order": "oldest",
        "siblings_apart": True,
        "buttons": 4,
        "leech_lapses": 8,
        "interval_cap": 0,
        "fuzz": False,
        "rollover": 4,
        "theme": "dark",
        "import_megabytes": 1000,
        "import_megabytes_unpacked": 2000,
        "import_ratio": 200,
        "import_files": 200_000,
        "deck_folders": [],
    }
    assert [line.split()[0] for line in offhand("settings").lines] == list(
        offhand("settings", "--json").json
    )


def test_a_setting_is_shown_with_its_meaning(offhand: CommandLine) -> None:
    assert offhand("settings", "new_per_day").lines == ["new_per_day  10  new cards begun each day"]


def test_a_setting_that_was_set_holds_for_every_command(signals: CommandLine) -> None:
    assert signals("settings", "new_per_day", "2").lines == [
        "new_per_day  2  new cards begun each day (default 10)"
    ]
    assert signals("settings", "new_per_day", "--json").json == {"new_per_day": 2}
    assert signals("due", "--json").json["new"] == 2


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("fuzz", "true", True), ("theme", "light", "light"), ("backlog_order", "random", "random")],
)
def test_a_setting_is_kept_in_its_own_type(
    offhand: CommandLine, name: str, value: str, kept: object
) -> None:
    offhand("settings", name, value)
    assert offhand("settings", name, "--json").json == {name: kept}


@pytest.mark.parametrize(
    ("name", "value"),
    [("buttons", "5"), ("rollover", "24"), ("fuzz", "maybe"), ("theme", ""), ("new_per_day", "x")],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(
    offhand: CommandLine, name: str, value: str
) -> None:
    refused = offhand("settings", name, value)
    assert (refused.code, refused.out) == (1, "")
    assert name in refused.err
    assert not offhand.paths.settings.exists()


def test_an_unknown_setting_is_refused_with_the_nearest(offhand: CommandLine) -> None:
    for arguments in (("new_per_dya",), ("new_per_dya", "3")):
        refused = offhand("settings", *arguments)
        assert (refused.code, refused.out) == (1, "")
        assert "Did you mean new_per_day?" in refused.err


def test_a_further_deck_folder_is_kept_as_a_path_from_anywhere(
    offhand: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "notes" / "signals.yaml", SIGNALS)
    monkeypatch.chdir(tmp_path)
    assert offhand("settings", "deck_folders", "notes").code == 0
    monkeypatch.chdir("/")
    assert [deck["id"] for deck in offhand("decks", "--json").json] == ["signals"]
    refused = offhand("settings", "deck_folders", "/nosuch")
    assert (refused.code, refused.err.splitlines()[0]) == (
        1,
        "offhand: deck_folders: /nosuch is no folder.",
    )
    assert offhand("settings", "deck_folders", "").code == 0
    assert offhand("settings", "deck_folders", "--json").json == {"deck_folders": []}


def test_where_names_every_place(offhand: CommandLine) -> None:
    home = offhand.home
    assert offhand("where", "--json").json == {
        "database": str(home / "offhand.db"),
        "settings": str(home / "settings.toml"),
        "decks": str(home / "decks"),
        "backups": str(home / "backups"),
    }
    assert offhand("where").lines[0] == f"database  {home / 'offhand.db'}"
    assert not home.exists()


def test_a_home_named_before_or_after_the_command_wins_over_the_environment(
    offhand: CommandLine, tmp_path: Path
) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    for arguments in (("--home", elsewhere, "where"), ("where", "--home", elsewhere)):
        found = offhand(*arguments, "--json")
        assert found.json["decks"] == str(tmp_path / "elsewhere" / "decks")


def test_rebuild_mends_states_that_differ_from_the_log(signals: CommandLine) -> None:
    card = "signals/sigterm/term"
    signals("answer", card, "4")
    right = signals("history", card, "--json").json["state"]
    assert signals("rebuild").lines == ["Every card agrees with the log."]
    with closing(sqlite3.connect(signals.paths.database)) as database, database:
        database.execute(
            "UPDATE states SET due = '2030-01-01', interval = 9 WHERE card = ?", [card]
        )
    assert signals("history", card, "--json").json["state"] != right
    assert signals("rebuild", "--json").json == {"differed": 1, "cards": [card]}
    assert signals("history", card, "--json").json["state"] == right


def test_a_deck_with_a_fault_is_told_of_on_stderr_only(signals: CommandLine) -> None:
    signals.write("broken.yaml", "deck: Broken\nentries: {a: [}\n")
    found = signals("due", "--json")
    assert (found.code, found.json["new"]) == (0, 3)
    assert "broken.yaml:2:" in found.err
