"""Where decks lie."""

import os
from pathlib import Path

import pytest

from deck_files import write_deck
from offhand.formats.deck_folder import DeckSource, FileStamp, deck_at, find_decks


def stamp(path: Path) -> FileStamp:
    stat = path.stat()
    return FileStamp(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def test_files_and_folders_with_a_header_are_decks_in_the_order_of_their_names(
    tmp_path: Path,
) -> None:
    for name in (
        *("zeta.yaml", "alpha.yml", "notes.txt", ".hidden.yaml", "image.yaml.png"),
        *("backend/deck.yaml", "backend/02-b.yaml", "backend/01-a.yml", "backend/README.md"),
        *("backend/.draft.yaml", "backend/old/03-c.yaml"),
        *("not-a-deck/01-a.yaml", ".git/deck.yaml", "UPPER.YAML"),
    ):
        write_deck(tmp_path, name, name)
    backend = tmp_path / "backend"
    assert find_decks(tmp_path) == [
        DeckSource(tmp_path / "alpha.yml", (stamp(tmp_path / "alpha.yml"),)),
        DeckSource(
            backend,
            (
                stamp(backend / "deck.yaml"),
                stamp(backend / "01-a.yml"),
                stamp(backend / "02-b.yaml"),
            ),
        ),
        DeckSource(tmp_path / "zeta.yaml", (stamp(tmp_path / "zeta.yaml"),)),
    ]


def test_a_folder_that_is_not_there_holds_no_decks(tmp_path: Path) -> None:
    assert find_decks(tmp_path / "missing") == []
    assert find_decks(write_deck(tmp_path, "a: b\n")) == []


def test_a_linked_deck_is_a_deck_and_a_dangling_link_is_none(tmp_path: Path) -> None:
    target = write_deck(tmp_path / "elsewhere", "deck: A\n", "real.yaml")
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "linked.yaml").symlink_to(target)
    (folder / "dangling.yaml").symlink_to(tmp_path / "gone.yaml")
    (folder / "folder.yaml").mkdir()
    assert [source.path for source in find_decks(folder)] == [folder / "linked.yaml"]


def test_a_deck_is_one_file_or_one_folder(tmp_path: Path) -> None:
    alone = write_deck(tmp_path, "deck: A\n", "My Signals.yaml")
    header = write_deck(tmp_path, "deck: B\n", "Back End.d/deck.yaml")
    one, many = deck_at(alone), deck_at(header.parent)
    assert (one.path, one.is_folder, one.name) == (alone, False, "my-signals")
    assert (many.path, many.is_folder, many.name) == (header.parent, True, "back-end-d")
    assert many.files == (stamp(header),)


def test_where_nothing_is_there_is_no_deck(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(FileNotFoundError):
            deck_at(path)


def test_a_written_file_bears_another_stamp(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "deck: A\n")
    before = deck_at(path)
    assert deck_at(path) == before
    stat = path.stat()
    path.write_text("deck: B\n", "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert deck_at(path) != before
