"""An edit of some files: all of them or none, and put back to the byte when it is undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from offhand.errors import CannotUndo, OffhandError
from offhand.formats.yaml.three_way import both
from offhand.whole_file import draft_beside


@dataclass(frozen=True, slots=True)
class Edit:
    """Files as they were and as an edit left them; None where there is no file."""

    before: Mapping[Path, bytes | None]
    after: Mapping[Path, bytes | None]


def undo_edit(edit: Edit) -> Edit:
    """Put the files back as they were, and leave in them what was changed elsewhere since.

    Returns what this changed. Raises CannotUndo when the same lines were changed since.
    """
    now = {path: _read(path) for path in edit.after}
    back = {path: _back(path, edit, there) for path, there in now.items()}
    replace_files(now, back)
    return Edit(now, back)


def _back(path: Path, edit: Edit, now: bytes | None) -> bytes | None:
    """A file without an edit."""
    before, after = edit.before[path], edit.after[path]
    if now == after:
        return before
    if before is not None and after is not None and now is not None:
        found = both(after, before, now)
        if found is not None:
            return found
    raise CannotUndo(
        f"{path} has changed meanwhile.",
        "The same lines were changed since, so this cannot be taken back.",
        "Change it in an editor; the file was left as it is.",
    )


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise unwritten(path, error) from None


def replace_files(
    before: Mapping[Path, bytes | None],
    after: Mapping[Path, bytes | None],
    is_right: Callable[[Mapping[Path, Path | None]], bool] = lambda _: True,
) -> bool:
    """Write files, all of them drafted and found right first. Returns False when they are not.

    Raises OffhandError when one is not as it was before, or cannot be written.
    """
    drafts: dict[Path, Path | None] = {}
    try:
        for path, content in after.items():
            drafts[path] = None if content is None else draft_beside(path, content)
        if not is_right(drafts):
            return False
        for path, content in before.items():
            if _read(path) != content:
                raise OffhandError(
                    f"{path} has changed meanwhile.", "It was left as it is.", "Try again."
                )
        for path, draft in drafts.items():
            if draft is not None:
                draft.replace(path.resolve())
        for path, draft in drafts.items():
            if draft is None:
                path.unlink()
    except OSError as error:
        raise unwritten(error.filename or "The deck", error) from None
    finally:
        for draft in drafts.values():
            if draft is not None:
                draft.unlink(missing_ok=True)
    return True


def unwritten(path: object, error: OSError) -> OffhandError:
    """What is told of a file that the system does not let be read or written."""
    return OffhandError(
        f"{path} cannot be changed: {error.strerror or error}.", mend="Check its path and rights."
    )
