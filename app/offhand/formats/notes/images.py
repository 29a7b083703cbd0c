"""The images of Markdown notes: found beside the note or in its vault, and taken along as media."""

import os
import re
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from offhand.domain.card import Place
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.notes.lines import replaced
from offhand.formats.source_text import read_bytes

_IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\]\\\n!]|!(?!\[)|\\.)*)\]\(\s*(?:<(?P<angled>[^>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|!\[\[(?P<wiki>[^\]\[\n|#]+)(?:#[^\]\n|]*)?(?:\|(?P<label>[^\]\n]*))?\]\]"
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?")
_BREAKS_A_TARGET = re.compile(r"[\s()]")
_NOTES = (".md", ".markdown", ".canvas", ".txt")


class NoteImages:
    """Takes along the images of notes that lie under `root`; what is missing is left out, and said."""

    def __init__(self, root: Path, found: DraftBuilder) -> None:
        self._root = root
        self._real_root = root.resolve()
        self._found = found
        self._by_name: dict[str, Path] | None = None

    def placed(self, text: str, place: Place) -> str:
        """The Markdown text with its images called by their paths under the root, as the media are."""
        if "![" not in text:
            return text
        return replaced(_IMAGE, text, lambda match: self._image(match, place))

    def _image(self, match: re.Match[str], place: Place) -> str:
        if (wiki := match["wiki"]) is not None:
            target, label = wiki.strip(), (match["label"] or "").strip()
            alt = "" if _SIZE.fullmatch(label) else label
            if target.lower().endswith(_NOTES) or "." not in target:
                return alt or target
        else:
            plain = match["angled"] if match["angled"] is not None else match["plain"]
            target, alt = unquote(plain), match["alt"]
            if not target or _ELSEWHERE.match(target) or target.startswith("//"):
                return match[0]
        name = self.named(target, place, wiki is not None)
        return f"![{alt}]({name})" if name else alt or f"[{Path(target).name}]"

    def named(self, target: str, place: Place, anywhere: bool = False) -> str:
        """The target by which a text points to an image; empty where it is not taken along.

        `anywhere` looks for its name in all of the vault.
        """
        file, reason = self._file(target, place.path.parent, anywhere)
        if file is None:
            self._found.leave_out(place, f"The image `{target[:80]}` {reason}.")
            return ""
        name = file.relative_to(self._real_root).as_posix()
        self._found.media[name] = partial(read_bytes, file, self._found.options.limits)
        return image_target(name)

    def _file(self, target: str, folder: Path, anywhere: bool) -> tuple[Path | None, str]:
        """The file of an image, or None and why not."""
        for base in (folder, self._root):
            try:
                file = (base / target).resolve()
                if not file.is_file():
                    continue
            except (OSError, ValueError):
                continue
            if not file.is_relative_to(self._real_root):
                return None, "lies outside the folder that is imported"
            return file, ""
        if anywhere and (somewhere := self._index().get(Path(target).name.casefold())):
            return somewhere, ""
        return None, "is not there"

    def _index(self) -> dict[str, Path]:
        if self._by_name is None:
            self._by_name = {}
            for folder, folders, files in os.walk(self._real_root):
                folders[:] = sorted(each for each in folders if not each.startswith("."))
                for file in sorted(files):
                    self._by_name.setdefault(file.casefold(), Path(folder, file))
                if len(self._by_name) > self._found.options.limits.files:
                    break
        return self._by_name


def image_target(name: str) -> str:
    """A file's name as the target of a Markdown image."""
    return f"<{name}>" if _BREAKS_A_TARGET.search(name) else name
