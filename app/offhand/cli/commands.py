"""The commands, each loaded only when it is called."""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from offhand import __version__
from offhand.cli.opening import Opening

_MODULES = {
    "review": "review_command",
    "due": "today",
    "next": "today",
    "quiz": "quizzing",
    "interview": "interviewing",
    "interviews": "interviewing",
    "target": "target",
    "answer": "grading",
    "undo": "grading",
    "mark": "marking",
    "find": "finding",
    "add": "adding",
    "decks": "report",
    "stats": "report",
    "weak": "report",
    "history": "history",
    "import": "importing",
    "export": "exporting",
    "check": "check",
    "settings": "setup",
    "where": "setup",
    "rebuild": "setup",
    "schema": "pages",
    "help": "pages",
    "completion": "pages",
}


def _keep_home(context: click.Context, _: click.Parameter, home: str | None) -> None:
    opening = context.ensure_object(Opening)
    if home is not None:
        opening.home = home


def _home_option(hidden: bool) -> click.Option:
    return click.Option(
        ["--home"],
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Keep everything under DIR: database, settings, decks, backups.",
        expose_value=False,
        callback=_keep_home,
        hidden=hidden,
    )


class Commands(click.Group):
    """A group whose commands are imported when they are called, and in which each takes --home too."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order of the help."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, imported now."""
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"offhand.cli.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        below = command.commands.values() if isinstance(command, click.Group) else ()
        for each in (command, *below):
            if not any(parameter.name == "home" for parameter in each.params):
                each.params.append(_home_option(hidden=True))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the arguments. Raises UsageError with the nearest name there is."""
        if args[0] not in _MODULES and not ctx.resilient_parsing:
            near = get_close_matches(args[0], _MODULES, n=1)
            mend = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"There is no command {args[0]!r}.{mend}")
        return super().resolve_command(ctx, args)


def _begin(context: click.Context) -> int | None:
    if context.invoked_subcommand is not None:
        return None
    from offhand.cli.app_command import app_command

    return app_command(context.ensure_object(Opening))


commands = Commands(
    name="offhand",
    help="Learn with cards, a few minutes a day. Without a command, the app opens.",
    invoke_without_command=True,
    callback=click.pass_context(_begin),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[
        _home_option(hidden=False),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=lambda context, _, asked: _say_version(context) if asked else None,
            help="Say the version and leave.",
        ),
    ],
)


def _say_version(context: click.Context) -> Any:
    click.echo(f"offhand {__version__}")
    context.exit()
