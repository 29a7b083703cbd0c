"""Scorecards to share: written to a file, as Markdown or as a page that needs nothing besides itself."""

from pathlib import Path

from offhand.domain.scorecard import Scorecard
from offhand.errors import OffhandError
from offhand.study.interviews.scorecard_html import html_text
from offhand.study.interviews.scorecard_markdown import markdown_text

_WRITERS = {
    ".md": markdown_text,
    ".markdown": markdown_text,
    ".html": html_text,
    ".htm": html_text,
}


def share(card: Scorecard, path: Path) -> None:
    """Write a scorecard to a file, in the format that its name ends in.

    Raises OffhandError for another ending, for a file that exists, and where it cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise OffhandError(
            f"{path} does not say in which format.", mend="Let its name end in .md or .html."
        )
    text = writer(card)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise OffhandError(
            f"{path} exists already.", mend="Give another name, or remove it."
        ) from None
    except OSError as error:
        raise OffhandError(f"{path} cannot be written: {error.strerror or error}.") from None
