"""Offhand's own decks as a source: a file or a folder of one deck, or a folder of decks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from offhand.errors import OffhandError
from offhand.formats.deck_folder import HEADER, DeckSource, deck_at, find_decks
from offhand.formats.draft import Draft, ReadOptions
from offhand.formats.draft_media import leads_out, names_in
from offhand.formats.draft_texts import texts_of
from offhand.formats.yaml.draft import read_draft


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The decks at a path. Raises OffhandError, with every fault of a deck that cannot be read."""
    if path.is_dir() and not (path / HEADER).is_file():
        found = find_decks(path)
        if not found:
            raise OffhandError(
                f"{path} holds no deck.", mend=f"A folder is a deck when it holds a `{HEADER}`."
            )
        return [_draft(source, options) for source in found]
    source = deck_at(path)
    return [_draft(source, options)]


def _draft(source: DeckSource, options: ReadOptions) -> Draft:
    _refuse_large(source, options)
    draft = read_draft(source.path)
    return replace(
        draft,
        title=options.title or draft.title,
        id=draft.id or source.name,
        media=_media(draft, source.path.parent),
    )


def _refuse_large(source: DeckSource, options: ReadOptions) -> None:
    limits = options.limits
    if sum(stamp.size for stamp in source.files) > limits.file_size:
        raise OffhandError(
            f"{source.path} is larger than {limits.file_size:,} bytes.",
            "That is the most that an import may read.",
            "Split it, or raise the setting for it.",
        )


def _media(draft: Draft, root: Path) -> dict[str, Callable[[], bytes]]:
    """The files that the texts point to, each from beside its own file, and all below `root`."""
    found: dict[str, Callable[[], bytes]] = {}
    inside = root.resolve()
    for entry in draft.entries:
        for text in texts_of(entry):
            if "](" not in text:
                continue
            for name in names_in(text):
                if name in found or leads_out(name) or "://" in name:
                    continue
                file = entry.place.path.parent / name
                try:
                    within = file.is_file() and file.resolve().is_relative_to(inside)
                except (OSError, ValueError):
                    continue
                if within:
                    found[name] = file.read_bytes
    return found
