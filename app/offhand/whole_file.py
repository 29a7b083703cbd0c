"""Writing files so that each is there whole or as it was, whatever happens meanwhile."""

import os
import shutil
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; a link stays a link, and a file keeps its rights. Raises OSError."""
    draft = draft_beside(path, content)
    try:
        draft.replace(path.resolve())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def draft_beside(path: Path, content: bytes) -> Path:
    """Write what is to become a file, beside it and on disk. Returns its path. Raises OSError."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def on_disk(path: Path) -> None:
    """Wait until a file that was written lies on disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
