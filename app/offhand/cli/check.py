"""`offhand check`: every fault of deck files, with its place and how to mend it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from offhand.cli.options import json_option
from offhand.cli.printing import say, say_json
from offhand.study.sentences import counted

if TYPE_CHECKING:
    from offhand.formats.fault import Fault
    from offhand.study.check import Checked


@click.command("check")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--style", is_flag=True, help="Also say what could be written better.")
@json_option
def check_command(files: tuple[Path, ...], style: bool, as_json: bool) -> int:
    """Check deck files.

    Names every fault with its line and how to mend it, and exits 1 when there is one. FILE is a
    deck's file or folder, one file of such a folder, or a folder of decks.
    """
    from offhand.study.check import check_files

    checked = check_files(files, style)
    if as_json:
        say_json([_checked_json(each) for each in checked])
    else:
        say(*_checked_lines(checked))
    return 1 if any(each.faults or each.style for each in checked) else 0


def _checked_json(each: "Checked") -> dict[str, object]:
    return {
        "path": str(each.path),
        "id": each.id,
        "title": each.title,
        "sections": len(each.sections),
        "entries": each.entries,
        "cards": each.cards,
        "faults": [_fault_json(fault) for fault in each.faults],
        "style": [_fault_json(fault) for fault in each.style],
    }


def _fault_json(fault: "Fault") -> dict[str, object]:
    return {
        "path": str(fault.place.path),
        "line": fault.place.line,
        "column": fault.place.column,
        "what": fault.what,
        "mend": fault.mend,
    }


def _checked_lines(checked: list["Checked"]) -> list[str]:
    lines = []
    for each in checked:
        for fault in (*each.faults, *each.style):
            lines += [f"{fault.place}: {fault.what}", f"    {fault.mend}"]
        told = [counted(len(each.faults), "fault")] if each.faults else []
        if each.style:
            told.append(f"{counted(len(each.style), 'thing')} to write better")
        if not each.faults:
            held = (
                counted(len(each.sections), "section"),
                counted(each.entries, "entry", "entries"),
                counted(each.cards, "card"),
            )
            told = [*held, *(told or ["no fault"])]
        lines.append(f"{each.path}: {', '.join(told)}.")
    return lines
