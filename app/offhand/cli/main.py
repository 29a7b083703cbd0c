"""The program: from arguments to an exit code, with every error that a person can cause told calmly."""

import errno
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from offhand.errors import OffhandError

if TYPE_CHECKING:
    import click

NAME = "offhand"
DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130

_COMPLETE = "_OFFHAND_COMPLETE"


def main() -> None:
    """Run the command of the program's arguments, and leave with its exit code."""
    # A command is over before its garbage would weigh; those that last turn the collector on.
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code: see docs/cli.md."""
    _take_any_text()
    try:
        try:
            return _invoked(arguments)
        except OffhandError as error:
            _tell(error.title, error.message, error.mend)
            return REFUSED
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        # Who read the output has seen enough of it: what was to be done is done.
        _drop_output()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            raise
        _drop_output()
        _tell("The output cannot be written: the disk is full.", "", "Make room.")
        return REFUSED


def _invoked(arguments: Sequence[str]) -> int:
    # In here, so that an interrupt while it loads is told like any other.
    import click
    from click.exceptions import Exit

    from offhand.cli.commands import commands

    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(commands, {}, NAME, _COMPLETE, instruction)
    try:
        with commands.make_context(NAME, list(arguments)) as context:
            code: int | None = commands.invoke(context)
            return code or DONE
    except Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.UsageError as error:
        _tell_usage(error)
        return USAGE


def _tell_usage(error: "click.UsageError") -> None:
    usage = more = ""
    if error.ctx is not None:
        usage = error.ctx.get_usage()
        more = f"{error.ctx.command_path} --help tells more."
    _tell(error.format_message(), usage, more)


def _tell(title: str, message: str, mend: str) -> None:
    from offhand.cli.printing import tell

    rest = [line for part in (message, mend) if part for line in part.splitlines()]
    # Where nobody listens, the exit code says it too.
    with suppress(OSError):
        tell("\n  ".join([f"{NAME}: {title}", *rest]))


def _take_any_text() -> None:
    """Let text that a terminal's encoding lacks be written or read as a sign instead of failing."""
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


def _drop_output() -> None:
    """Send the rest of the output nowhere: Python would fail on it again at its end."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
