from pathlib import Path

import pytest

from command_line import SIGNALS, CommandLine
from support import write, write_decks

FAULTY = "deck: Faulty\nentries:\n  - term: A\n    definition: a\n    colour: red\n  - term: A\n    definition: b\n"
IN_A_FOLDER = {
    "queues/deck.yaml": "deck: Queues\n",
    "queues/01-first.yaml": "section: First\nentries: {Queue: The first comes out first.}\n",
    "queues/02-last.yaml": "section: Last\nentries: {Stack: The last comes out first.}\n",
}


def test_a_deck_without_a_fault_is_counted(offhand: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "signals.yaml", SIGNALS)
    found = offhand("check", str(path))
    assert (found.code, found.err) == (0, "")
    assert found.lines == [f"{path}: 2 sections, 3 entries, 3 cards, no fault."]
    assert offhand("check", str(path), "--json").json == [
        {
            "path": str(path),
            "id": "signals",
            "title": "Signals",
            "sections": 2,
            "entries": 3,
            "cards": 3,
            "faults": [],
            "style": [],
        }
    ]


def test_every_fault_is_named_with_its_place_and_its_mend(
    offhand: CommandLine, tmp_path: Path
) -> None:
    path = write(tmp_path / "faulty.yaml", FAULTY)
    found = offhand("check", str(path))
    assert (found.code, found.err) == (1, "")
    first, first_mend, second, second_mend, total = found.lines
    assert first.startswith(f"{path}:5:5: ")
    assert "colour" in first
    assert second.startswith(f"{path}:6:5: ")
    assert "`a`" in second
    assert all(mend.startswith("    ") and mend.strip() for mend in (first_mend, second_mend))
    assert total == f"{path}: 2 faults."


def test_faults_come_as_json_too(offhand: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "faulty.yaml", FAULTY)
    found = offhand("check", str(path), "--json")
    (deck,) = found.json
    assert found.code == 1
    assert [(f["path"], f["line"], f["column"]) for f in deck["faults"]] == [
        (str(path), 5, 5),
        (str(path), 6, 5),
    ]
    assert all(fault["what"] and fault["mend"] for fault in deck["faults"])


def test_a_path_without_a_deck_is_a_fault(offhand: CommandLine, tmp_path: Path) -> None:
    found = offhand("check", str(tmp_path / "nosuch.yaml"))
    assert (found.code, found.err) == (1, "")
    assert found.lines[0].startswith(f"{tmp_path / 'nosuch.yaml'}:1:1: There is no deck here")


def test_one_file_of_a_folder_stands_for_its_deck(offhand: CommandLine, tmp_path: Path) -> None:
    write_decks(tmp_path, IN_A_FOLDER)
    one = offhand("check", str(tmp_path / "queues" / "02-last.yaml"), "--json").json
    whole = offhand("check", str(tmp_path / "queues"), "--json").json
    all_files = [str(tmp_path / name) for name in IN_A_FOLDER]
    assert one == whole == offhand("check", *all_files, "--json").json
    assert (len(whole), whole[0]["id"], whole[0]["sections"]) == (1, "queues", 2)


def test_a_folder_of_decks_stands_for_all_of_them(offhand: CommandLine, tmp_path: Path) -> None:
    write_decks(tmp_path, IN_A_FOLDER | {"faulty.yaml": FAULTY})
    found = offhand("check", str(tmp_path), "--json")
    assert found.code == 1
    assert [(deck["id"], len(deck["faults"])) for deck in found.json] == [
        ("faulty", 2),
        ("queues", 0),
    ]


def test_style_is_looked_at_only_when_asked_for(offhand: CommandLine, tmp_path: Path) -> None:
    twice = "deck: Twice\nentries:\n" + "".join(
        f"  - {{question: What is it called?, id: q{n}, answer: '{n} of them'}}\n" for n in (1, 2)
    )
    path = write(tmp_path / "twice.yaml", twice)
    assert offhand("check", str(path)).code == 0
    styled = offhand("check", str(path), "--style", "--json")
    assert styled.code == 1
    assert styled.json[0]["faults"] == []
    assert [fault["line"] for fault in styled.json[0]["style"]] == [4]
    assert offhand("check", str(path), "--style").lines[-1].endswith("1 thing to write better.")


def test_checking_writes_nothing(offhand: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "signals.yaml", SIGNALS)
    offhand("check", str(path), "--style")
    assert not offhand.home.exists()


def test_control_characters_of_a_path_are_not_obeyed(offhand: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "red\x1b[31m.yaml"
    found = offhand("check", str(path))
    assert found.code == 1
    assert "\x1b" not in found.out
    named = offhand("check", str(path), "--json")
    assert "\x1b" not in named.out
    assert named.json[0]["path"] == str(path)


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--style",)])
def test_check_without_a_file_is_a_usage_error(
    offhand: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert offhand("check", *arguments).code == 2
