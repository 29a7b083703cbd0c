"""Settings: each fault is refused with what it may be, and a file keeps its comments."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.settings import (
    Settings,
    checked,
    load_settings,
    parse_value,
    save_setting,
    write_settings_page,
)

_NAMES = ", ".join(each.name for each in fields(Settings))


def _load(tmp_path: Path, text: str | bytes) -> Settings:
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(path)


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings(
        new_per_day=10,
        reviews_per_day=200,
        new_order="mixed",
        new_sections="in order",
        backlog_order="oldest",
        siblings_apart=True,
        buttons=4,
        leech_lapses=8,
        interval_cap=0,
        fuzz=False,
        rollover=4,
        theme="dark",
        deck_folders=(),
    )
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == _load(tmp_path, "# new_per_day = 3\n") == Settings()


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
        new_per_day = 0
        reviews_per_day = 1
        new_order = "first"
        new_sections = "mixed"
        backlog_order = "shortest"
        siblings_apart = false
        buttons = 6
        leech_lapses = 6
        interval_cap = 365
        fuzz = true
        rollover = 23
        theme = "light"
        import_megabytes = 1
        import_megabytes_unpacked = 2
        import_ratio = 3
        import_files = 4
        deck_folders = ["~/decks", "/srv/decks"]
    """
    found = _load(tmp_path, text)
    assert found == Settings(
        0, 1, "first", "mixed", "shortest", False, 6, 6, 365, True, 23, "light", 1, 2, 3, 4,
        ("~/decks", "/srv/decks"),
    )  # fmt: skip
    assert all(getattr(found, each.name) != each.default for each in fields(Settings))


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert _load(tmp_path, b"\xef\xbb\xbfbuttons = 6\n").buttons == 6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("new_per_day = -1", "new_per_day cannot be -1.\nIt is a whole number from 0 to 9999."),
        ("new_per_day = 10000", "cannot be 10000.\nIt is a whole number from 0 to 9999."),
        ("new_per_day = 1.0", "cannot be 1.0.\nIt is a whole number from 0 to 9999."),
        ("new_per_day = true", "cannot be True.\nIt is a whole number from 0 to 9999."),
        ("new_per_day = '10'", "cannot be '10'.\nIt is a whole number from 0 to 9999."),
        ("new_per_day = 2026-03-02", "\nIt is a whole number from 0 to 9999."),
        ("reviews_per_day = 0", "cannot be 0.\nIt is a whole number from 1 to 99999."),
        ("interval_cap = 36501", "cannot be 36501.\nIt is a whole number from 0 to 36500."),
        ("rollover = 24", "cannot be 24.\nIt is a whole number from 0 to 23."),
        ("buttons = 5", "cannot be 5.\nIt is 4 or 6."),
        ("buttons = 4.0", "cannot be 4.0.\nIt is 4 or 6."),
        ("fuzz = 1", "fuzz cannot be 1.\nIt is true or false."),
        ("siblings_apart = 'no'", "siblings_apart cannot be 'no'.\nIt is true or false."),
        ("theme = 'blue'", "theme cannot be 'blue'.\nIt is dark or light."),
        ("theme = ['dark']", "theme cannot be ['dark'].\nIt is dark or light."),
        ("new_order = 'Mixed'", "cannot be 'Mixed'.\nIt is mixed or first or last."),
        ("new_sections = 'all'", "cannot be 'all'.\nIt is in order or mixed."),
        ("backlog_order = ''", "cannot be ''.\nIt is oldest or shortest or random or recall."),
        (
            "deck_folders = '~/decks'",
            "cannot be '~/decks'.\nIt is a list of folders in quotes, as [\"~/notes/decks\"].",
        ),
        (
            "deck_folders = ['a', 1]",
            "cannot be ['a', 1].\nIt is a list of folders in quotes, as [\"~/notes/decks\"].",
        ),
        ("new_per_days = 3", "there is no setting 'new_per_days'.\nDid you mean new_per_day?"),
        ("colour = 'red'", f"there is no setting 'colour'.\nThere are: {_NAMES}."),
        ("[theme]\ndark = true", "theme cannot be {'dark': True}.\nIt is dark or light."),
        ("[offhand]\ntheme = 'dark'", f"no setting 'offhand'.\nThere are: {_NAMES}."),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_what_it_may_be(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(OffhandError) as refused:
        _load(tmp_path, text)
    assert str(refused.value).startswith(f"{tmp_path / 'settings.toml'}: ")
    assert str(refused.value).endswith(told)


@pytest.mark.parametrize(
    "text",
    [
        b"new_per_day = ",
        b"new_per_day 3",
        b"theme = 'dark'\ntheme = 'light'",
        b"theme = '\xff'",
        b"\0",
        b"new_per_day = " + b"9" * 5000,
        b"deck_folders = " + b"[" * 100_000,
    ],
    ids=["cut", "no sign", "twice", "no text", "zero byte", "a huge number", "deep"],
)
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(OffhandError) as refused:
        _load(tmp_path, text)
    assert refused.value.title.startswith(f"{tmp_path / 'settings.toml'} is not TOML: ")
    assert refused.value.mend == "Mend the line, or delete the file for the defaults."


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OffhandError) as refused:
        load_settings(tmp_path)
    assert str(refused.value) == f"{tmp_path} cannot be read: Is a directory."
    (tmp_path / "file").write_text("")
    with pytest.raises(OffhandError, match="cannot be read: Not a directory"):
        load_settings(tmp_path / "file" / "settings.toml")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("new_per_day", "3", 3),
        ("new_per_day", "0", 0),
        ("fuzz", "true", True),
        ("fuzz", "False", False),
        ("theme", "light", "light"),
        ("new_sections", "in order", "in order"),
        ("deck_folders", "~/a,/b c", ("~/a", "/b c")),
        ("deck_folders", "", ()),
    ],
)
def test_a_value_is_read_as_it_is_typed(name: str, typed: str, value: object) -> None:
    assert parse_value(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("new_per_day", "-1"),
        ("new_per_day", "--5"),
        ("new_per_day", "²"),
        ("new_per_day", "9" * 5000),
        ("new_per_day", ""),
        ("new_per_day", "ten"),
        ("new_per_day", "1.5"),
        ("new_per_day", "1_0"),
        ("fuzz", "maybe"),
        ("buttons", "5"),
        ("theme", ""),
        ("nothing", "1"),
    ],
)
def test_a_value_that_cannot_be_typed_is_refused(name: str, typed: str) -> None:
    with pytest.raises(OffhandError, match=f"settings: .*{name}"):
        parse_value(name, typed)


def test_a_saved_setting_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    save_setting(path, "theme", "light")
    save_setting(path, "deck_folders", ("~/a", "/b"))
    save_setting(path, "new_per_day", 0)
    assert load_settings(path) == Settings(theme="light", deck_folders=("~/a", "/b"), new_per_day=0)


def test_saving_leaves_the_rest_of_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# Mine.\n\nnew_per_day   = 3 # enough\ntheme = 'light'\n")
    save_setting(path, "theme", "dark")
    save_setting(path, "fuzz", True)
    assert path.read_text() == (
        '# Mine.\n\nnew_per_day   = 3 # enough\ntheme = "dark"\nfuzz = true\n'
    )


def test_nothing_is_saved_that_could_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for text in ("theme = 'light'\n", "theme = "):
        path.write_text(text)
        with pytest.raises(OffhandError):
            save_setting(path, "new_per_day", -1)
        assert path.read_text() == text
    with pytest.raises(OffhandError, match="is not TOML"):
        save_setting(path, "new_per_day", 1)
    assert path.read_text() == "theme = "


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(OffhandError, match=r"settings\.toml cannot be"):
        save_setting(tmp_path / "settings.toml", "theme", "light")


def test_the_settings_page_names_every_setting_and_changes_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    write_settings_page(path)
    text = path.read_text()
    assert load_settings(path) == Settings()
    uncommented = "\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line)
    found = tomllib.loads(uncommented)
    assert {name: checked(name, value) for name, value in found.items()} == {
        each.name: each.default for each in fields(Settings)
    }


def test_the_settings_page_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("theme = 'light'\n")
    write_settings_page(path)
    assert path.read_text() == "theme = 'light'\n"


def test_the_settings_page_says_when_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OffhandError, match=r"settings\.toml cannot be written: "):
        write_settings_page(tmp_path / "file" / "settings.toml")


def test_a_linked_settings_file_stays_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "settings.toml"
    kept.parent.mkdir()
    kept.write_text("# mine\nbuttons = 6\n")
    link = tmp_path / "settings.toml"
    link.symlink_to(kept)
    save_setting(link, "theme", "light")
    assert link.is_symlink()
    assert kept.read_text() == '# mine\nbuttons = 6\ntheme = "light"\n'
