"""The learner's own editor, opened at a line."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from offhand.domain.card import Place
from offhand.errors import OffhandError

_USUAL = ("sensible-editor", "nano", "vim", "vi", "micro", "hx", "notepad")
_COLON = {"hx", "helix", "micro", "subl", "zed"}
_GOTO = {"code", "codium", "code-insiders", "cursor", "windsurf"}
_LINE_OPTION = {"kate", "gedit", "mate"}
_NO_LINE = {"notepad", "open", "xdg-open", "sensible-editor", "ed"}
_WAITS_WITH = {
    "code": "--wait",
    "codium": "--wait",
    "code-insiders": "--wait",
    "cursor": "--wait",
    "windsurf": "--wait",
    "subl": "--wait",
    "zed": "--wait",
    "mate": "--wait",
}


def editor_command(place: Place, environment: dict[str, str] | None = None) -> list[str]:
    """The command that opens a file at a line in $VISUAL, $EDITOR or what the machine has.

    Raises OffhandError when there is no editor.
    """
    environment = dict(os.environ) if environment is None else environment
    chosen = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    if not chosen:
        chosen = next((name for name in _USUAL if shutil.which(name)), "")
    if not chosen:
        raise OffhandError("There is no editor.", mend="Set EDITOR, as in `export EDITOR=vim`.")
    try:
        command = shlex.split(chosen)
    except ValueError:
        raise OffhandError(
            f"The editor {chosen!r} cannot be started: a quote is left open.", mend="Check EDITOR."
        ) from None
    name = Path(command[0]).stem.lower()
    if (waits := _WAITS_WITH.get(name)) and waits not in command and "-w" not in command:
        command.append(waits)
    path = str(place.path)
    if name in _NO_LINE:
        return [*command, path]
    if name in _GOTO:
        return [*command, "--goto", f"{path}:{place.line}:{place.column}"]
    if name in _COLON:
        return [*command, f"{path}:{place.line}:{place.column}"]
    if name in _LINE_OPTION:
        return [*command, "--line", str(place.line), path]
    return [*command, f"+{place.line}", path]


def edit(place: Place) -> None:
    """Open a file in the learner's editor and wait until it is closed.

    Raises OffhandError when the editor cannot be started.
    """
    command = editor_command(place)
    try:
        subprocess.run(command, check=False)
    except OSError as error:
        raise OffhandError(
            f"The editor {command[0]!r} cannot be started: {error.strerror}.", mend="Check EDITOR."
        ) from None
