"""Pictures of a card, drawn with half blocks: every cell shows two points, one above the other.

That works in any terminal with colours, through ssh and tmux too. Pillow (MIT-CMU) decodes and
scales; it is loaded with the first picture.
"""

import os
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlsplit

from textual.color import Color
from textual.content import Content
from textual.style import Style

WIDEST, HIGHEST = 56, 12
"""Cells and lines of a picture, at most."""
_MOST_POINTS = 50_000_000


def picture_file(target: str, folder: Path) -> Path | None:
    """The file that an image's target means, beside its deck's file or below; None for any other."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or "\0" in target:
        return None
    try:
        path = (folder / unquote(parts.path)).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def can_draw() -> bool:
    """Whether the terminal says that it has colours enough."""
    if os.environ.get("NO_COLOR"):
        return False
    term = os.environ.get("TERM", "")
    return os.environ.get("COLORTERM", "") in ("truecolor", "24bit") or "256color" in term


def picture(path: Path, width: int) -> list[Content]:
    """A picture as lines of at most `width` cells; none when the file is not one that can be drawn."""
    try:
        return list(_drawn(path, path.stat().st_mtime_ns, min(width, WIDEST)))
    except OSError:
        return []


@lru_cache(maxsize=16)
def _drawn(path: Path, _mtime_ns: int, width: int) -> tuple[Content, ...]:
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > _MOST_POINTS:
                return ()
            opened.draft("RGB", (width * 4, HIGHEST * 8))
            image = ImageOps.exif_transpose(opened).convert("RGBA")
    except Exception:  # a damaged file fails in as many ways as there are formats
        return ()
    image.thumbnail((width, HIGHEST * 2), Image.Resampling.LANCZOS)
    # What is transparent stands on white: drawings are mostly black.
    ground = Image.new("RGBA", image.size, "white")
    points = Image.alpha_composite(ground, image).convert("RGB").tobytes()
    rows = [
        [Color(*points[at : at + 3]) for at in range(start, start + image.width * 3, 3)]
        for start in range(0, len(points), image.width * 3)
    ]
    return tuple(
        _line(rows[top], rows[top + 1] if top + 1 < len(rows) else None)
        for top in range(0, len(rows), 2)
    )


def _line(above: list[Color], below: list[Color] | None) -> Content:
    pairs = (
        [(color, None) for color in above]
        if below is None
        else list(zip(above, below, strict=True))
    )
    return Content("").join(
        Content.styled("▀" * len(list(same)), Style(foreground=pair[0], background=pair[1]))
        for pair, same in groupby(pairs)
    )
