"""An edit of some files: all of them or none, and put back to the byte when it is undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from offhand.errors import OffhandError
from offhand.whole_file import draft_beside


@dataclass(frozen=True, slots=True)
class Edit:
    """Files as they were and as an edit left them; None where there is no file."""

    before: Mapping[Path, bytes | None]
    after: Mapping[Path, bytes | None]


def undo_edit(edit: Edit) -> None:
    """Put the files back as they were. Raises OffhandError when one changed since the edit."""
    replace_files(edit.after, edit.before)


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
            if (path.read_bytes() if path.exists() else None) != content:
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
