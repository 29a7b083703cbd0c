"""`offhand help`, `offhand schema` and `offhand completion`: pages that ship with the program."""

import click

from offhand.cli.printing import say
from offhand.errors import NotFound
from offhand.resources import shipped

_PAGES = {
    "deck-format": "docs/deck-format.md",
    "import-formats": "docs/import-formats.md",
    "export-format": "docs/export-format.md",
    "cli": "docs/cli.md",
}
_SHELLS = ("bash", "zsh", "fish")


def _complete_topic(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in (*_PAGES, *_commands(context)) if name.startswith(incomplete)]


def _commands(context: click.Context) -> list[str]:
    group = context.find_root().command
    return group.list_commands(context) if isinstance(group, click.Group) else []


@click.command("help")
@click.argument("topic", required=False, shell_complete=_complete_topic)
@click.pass_context
def help_command(context: click.Context, topic: str | None) -> None:
    """Show help on a command or a page.

    The pages are deck-format, import-formats, export-format and cli.
    """
    root = context.find_root()
    if topic is None:
        say(root.get_help())
    elif topic in _PAGES:
        say(shipped(_PAGES[topic]).read_text("utf-8").rstrip("\n"))
    elif topic in _commands(context):
        group = root.command
        assert isinstance(group, click.Group)
        command = group.get_command(root, topic)
        assert command is not None
        with click.Context(command, parent=root, info_name=topic) as of_command:
            say(command.get_help(of_command))
    else:
        raise NotFound(
            f"There is no help on {topic!r}.",
            mend=f"There are {', '.join(_PAGES)}, and every command.",
        )


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of deck files, for editors."""
    say(shipped("decks/deck.schema.json").read_text("utf-8").rstrip("\n"))


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    r"""Print what lets your shell complete.

    Commands, options, decks, sections, today's cards and settings are completed.

    \b
    bash:  offhand completion bash >> ~/.bashrc
    zsh:   offhand completion zsh >> ~/.zshrc
    fish:  offhand completion fish > ~/.config/fish/completions/offhand.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    command = context.find_root().command
    say(found(command, {}, "offhand", "_OFFHAND_COMPLETE").source().rstrip("\n"))
