"""`offhand settings`, `offhand where` and `offhand rebuild`: the learner's choices and files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import json_option
from offhand.cli.printing import say, say_json, table
from offhand.errors import OffhandError
from offhand.study.sentences import counted

if TYPE_CHECKING:
    from dataclasses import Field


def _known() -> "dict[str, Field[Any]]":
    from dataclasses import fields

    from offhand.settings import Settings

    return {each.name: each for each in fields(Settings)}


def _complete_name(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in _known() if name.startswith(incomplete)]


@click.command("settings")
@click.argument("name", required=False, shell_complete=_complete_name)
@click.argument("value", required=False)
@json_option
@pass_opening
def settings_command(opening: Opening, name: str | None, value: str | None, as_json: bool) -> None:
    """List, show or set what you may choose.

    Without NAME all settings are listed; with VALUE the one called NAME is set.
    """
    from offhand.settings import load_settings, parse_value, save_setting

    path = opening.paths.settings
    if name is not None and value is not None:
        read = parse_value(name, value)
        if isinstance(read, tuple):
            read = tuple(_folder(part) for part in read)
        save_setting(path, name, read)
    elif name is not None and name not in _known():
        parse_value(name, "")
    chosen = load_settings(path)
    shown = [each for each in _known().values() if name in (None, each.name)]
    if as_json:
        say_json({each.name: _plain(getattr(chosen, each.name)) for each in shown})
        return
    rows = []
    for each in shown:
        current, default = getattr(chosen, each.name), each.default
        note = each.metadata["meaning"]
        if current != default:
            note += f" (default {_typed(default)})"
        rows.append((each.name, _typed(current), note))
    say(*table(rows, "lll"))


def _folder(part: str) -> str:
    """A folder of decks as it is to be kept: a path that means the same from everywhere."""
    folder = Path(part.strip()).expanduser().absolute()
    if not folder.is_dir():
        raise OffhandError(f"deck_folders: {folder} is no folder.", mend="Make it first.")
    return str(folder)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _typed(value: object) -> str:
    """A value as one would type it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) or "none" if isinstance(value, tuple) else str(value)


@click.command("where")
@json_option
@pass_opening
def where_command(opening: Opening, as_json: bool) -> None:
    """Show where your database, settings, decks and backups are."""
    paths = opening.paths
    places = {
        "database": str(paths.database),
        "settings": str(paths.settings),
        "decks": str(paths.decks),
        "backups": str(paths.backups),
    }
    if as_json:
        say_json(places)
    else:
        say(*table(places.items(), "ll"))


@click.command("rebuild")
@json_option
@pass_opening
def rebuild_command(opening: Opening, as_json: bool) -> None:
    """Fold the schedule of every card anew from the log of answers."""
    from offhand.study.desk import refold

    with opening.desk() as desk:
        changed = refold(desk)
        if as_json:
            say_json({"differed": len(changed), "cards": changed})
        elif changed:
            say(f"{counted(len(changed), 'card')} differed from the log and follow it again.")
        else:
            say("Every card agrees with the log.")
