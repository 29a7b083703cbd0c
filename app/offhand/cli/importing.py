"""`offhand import`: decks of other programs and of one's own, shown first, taken as one step."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening, tell_notices
from offhand.cli.options import complete_deck, json_option
from offhand.cli.printing import say, say_json, tell
from offhand.cli.progress import ProgressLine
from offhand.errors import OffhandError

if TYPE_CHECKING:
    from offhand.study.imports.preview import Preview

_FORMATS = ("yaml", "anki", "csv", "markdown", "outline", "hascard", "qa", "mnemosyne", "mochi")
_KINDS = ("new", "changed", "unchanged", "gone", "conflict", "deleted")
_FAULTS_SHOWN = 200


@click.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "name", type=click.Choice(_FORMATS), help="Read it as this format.")
@click.option(
    "--deck",
    metavar="ID",
    default="",
    help="The deck that takes it, new or not.",
    shell_complete=complete_deck,
)
@click.option("--title", default="", help="The title of the deck.")
@click.option(
    "--columns",
    metavar="NAMES",
    default="",
    help="What the columns of a table are: term,definition,section,tags.",
)
@click.option("--encoding", default="", help="The encoding of a text; found out without it.")
@click.option("--history", is_flag=True, help="Bring answers and schedules along.")
@click.option("--skip-bad", is_flag=True, help="Leave out the cards that cannot be read.")
@click.option(
    "--take",
    type=click.Choice(["mine", "source"]),
    help="Whose text stands where you and the source changed it; without it mine, for now.",
)
@click.option("--list", "listed", type=click.Choice(_KINDS), help="List the entries of a kind.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--undo", is_flag=True, help="Take the newest import back.")
@click.option("--force", is_flag=True, help="With --undo: even where files were edited since.")
@json_option
@pass_opening
def import_command(
    opening: Opening,
    paths: tuple[Path, ...],
    name: str | None,
    deck: str,
    title: str,
    columns: str,
    encoding: str,
    history: bool,
    skip_bad: bool,
    take: str | None,
    listed: str | None,
    dry_run: bool,
    yes: bool,
    undo: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Import decks.

    PATH is an Anki, Mnemosyne or Mochi package, a table (CSV, TSV), Markdown, an outline, text with
    Q: and A:, or an Offhand deck. What it is, is seen from what is in it. Shows what would be new,
    changed, gone and in conflict, and asks before anything is written; --undo takes it back.
    """
    if undo:
        return _undo(opening, force, as_json)
    if not paths:
        raise click.UsageError("Name what is to be imported, or --undo.")
    if as_json and not (dry_run or yes):
        raise click.UsageError("--json asks nothing: add --yes, or --dry-run.")
    from offhand.cli.import_lines import preview_json, preview_lines
    from offhand.study.imports.importing import carry_out
    from offhand.study.imports.plan import Take, What
    from offhand.study.imports.preview import preview
    from offhand.study.imports.source import Asked
    from offhand.study.imports.words import done_told

    asked = Asked(
        paths,
        name or "",
        deck,
        title,
        tuple(column.strip() for column in columns.split(",") if column.strip()),
        encoding,
        history,
        skip_bad,
        Take(take) if take else None,
    )
    with opening.desk() as desk:
        try:
            with ProgressLine() as progress:
                planned = preview(desk, asked, progress, anew=listed is not None)
            if not as_json:
                say(*preview_lines(planned, What(listed) if listed else None))
            if planned.refused:
                return _refuse(planned, as_json)
            done = None
            if not dry_run and (planned.idle or yes or _is_wanted()):
                with ProgressLine() as progress:
                    done = carry_out(desk, planned, progress)
        except KeyboardInterrupt:
            tell("Interrupted: nothing was imported.")
            raise
        tell_notices(desk)
        if as_json:
            say_json(preview_json(planned, done))
        elif done is not None and done.id:
            say(*done_told(done), "`offhand import --undo` takes it back.")
    return 0


def _is_wanted() -> bool:
    """Ask. Raises OffhandError where nobody can answer."""
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()):
        raise OffhandError(
            "Nothing was imported: there is nobody here to ask.",
            mend="Add --yes to import it, or --dry-run only to look.",
        )
    wanted = click.confirm("Import this?", default=True)
    if not wanted:
        say("Nothing was imported.")
    return wanted


def _refuse(planned: "Preview", as_json: bool) -> int:
    from offhand.cli.import_lines import preview_json
    from offhand.study.imports.words import conclusion

    if as_json:
        say_json(preview_json(planned, None))
        return 1
    faults = planned.faults
    told = [str(fault) for fault in faults[:_FAULTS_SHOWN]]
    if more := len(faults) - len(told):
        told.append(f"… and {more} more")
    raise OffhandError(conclusion(planned), "\n".join(told))


def _undo(opening: Opening, force: bool, as_json: bool) -> int:
    from offhand.study.imports.undo import undo_import
    from offhand.study.imports.words import undone_told

    with opening.desk() as desk:
        undone = undo_import(desk, force)
        tell_notices(desk)
        if as_json:
            say_json(
                {
                    "id": undone.journal.id,
                    "at": undone.journal.at,
                    "sources": list(undone.journal.sources),
                    "decks": list(undone.journal.decks),
                    "events": undone.events,
                    "aside": str(undone.aside) if undone.aside else None,
                }
            )
        else:
            say(*undone_told(undone))
    return 0
