"""`offhand export`: decks to a file that other programs read."""

from pathlib import Path

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import complete_deck, complete_section, json_option
from offhand.cli.printing import say, say_json, tell
from offhand.cli.progress import ProgressLine

_ALL = "all"
_FORMATS = ("apkg", "yaml", "csv", "markdown", "json")


@click.command("export")
@click.argument("deck", metavar="DECK|all", shell_complete=complete_deck)
@click.option(
    "--to",
    "path",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to; its ending tells the format.",
)
@click.option("--format", "name", type=click.Choice(_FORMATS), help="Write this format.")
@click.option("--history", is_flag=True, help="Take schedule and review log along (apkg, json).")
@click.option("--section", metavar="ID", help="Only this section.", shell_complete=complete_section)
@click.option("--tag", metavar="TAG", default="", help="Only entries that bear this tag.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@json_option
@pass_opening
def export_command(
    opening: Opening,
    deck: str,
    path: Path,
    name: str | None,
    history: bool,
    section: str | None,
    tag: str,
    force: bool,
    as_json: bool,
) -> None:
    """Export a deck, or all of them.

    To an Anki package (.apkg), YAML, a table (.csv), Markdown (.md), or JSON with the full history.
    """
    from offhand.study.exporting import Wanted, export, exported_sentence
    from offhand.study.scopes import find_scope

    with opening.desk() as desk:
        scope = find_scope(desk, None if deck == _ALL else deck, section)
        wanted = Wanted(path, scope, tag, name or "", history, force)
        try:
            with ProgressLine() as progress:
                done = export(
                    desk, wanted, lambda written, of: progress(f"Writing {path.name}", written, of)
                )
        except KeyboardInterrupt:
            tell("Interrupted: nothing was exported.")
            raise
    if as_json:
        say_json(
            {
                "path": str(done.path),
                "format": done.format,
                "decks": list(done.decks),
                "entries": done.entries,
                "cards": done.cards,
                "media": done.media,
                "told": list(done.told),
            }
        )
        return
    say(exported_sentence(done), *done.told)
