"""The programs that are compared, as commands, and what shows that one is ready."""

import sys
from pathlib import Path

PROMPT = rb"K\d{6}"
"""A prompt of the generated decks, and the one line of the bare app."""
ANSWER = rb"A\d{6}"

BARE = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
"""A Textual app that shows one line."""
EMPTY = [sys.executable, "-c", "pass"]
TEXTUAL = [sys.executable, "-c", "import textual.app"]


def offhand(home: Path, *arguments: str) -> list[str]:
    """Offhand at a home."""
    script = Path(sys.executable).with_name("offhand")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "offhand"]
    return [*program, "--home", str(home), *arguments]
