"""Imports in tests: sources of a few entries, with or without a past, and importing them at once."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from offhand.domain.card import Place
from offhand.domain.event import Grade
from offhand.formats.draft import (
    Draft,
    DraftEntry,
    DraftSection,
    Past,
    PastAnswer,
    PastSchedule,
)
from offhand.formats.draft_fit import fitted
from offhand.study.desk import Desk
from offhand.study.imports.importing import Done, carry_out
from offhand.study.imports.plan import What
from offhand.study.imports.preview import Preview, preview, preview_of
from offhand.study.imports.source import Asked, Source

SOURCE = Path("words.apkg")


def term(name: str, definition: str = "", line: int = 1, **fields: Any) -> DraftEntry:
    """A term of the source."""
    return DraftEntry(
        Place(SOURCE, line), term=name, definition=definition or f"What {name} is.", **fields
    )


def draft(
    *entries: DraftEntry, title: str = "Words", origin: str = "test:1", **fields: Any
) -> Draft:
    """A source's deck of one section, Basics."""
    return Draft(title, (DraftSection("Basics", entries),), origin=origin, **fields)


def sections(found: Mapping[str, tuple[DraftEntry, ...]], **fields: Any) -> Draft:
    """A source's deck with its sections."""
    made = tuple(DraftSection(name, entries) for name, entries in found.items())
    return Draft("Words", made, origin="test:1", **fields)


def two_decks() -> tuple[Draft, Draft]:
    """A source's decks: one that becomes a file, and one that becomes a folder."""
    many = (term(f"a {n}") for n in range(400))
    return draft(term("TTL")), draft(*many, title="Large", origin="test:2")


def planned(desk: Desk, *drafts: Draft, **asked: Any) -> Preview:
    """What an import of drafts would do."""
    source = Source(SOURCE, "a test", tuple(fitted(each) for each in drafts))
    return preview_of(desk, Asked((SOURCE,), **asked), [source])


def imported(desk: Desk, *drafts: Draft, **asked: Any) -> Done:
    """Import drafts."""
    return carry_out(desk, planned(desk, *drafts, **asked))


def imported_file(desk: Desk, *paths: Path, **asked: Any) -> Done:
    """Import files."""
    return carry_out(desk, preview(desk, Asked(paths, **asked)))


def counts(found: Preview) -> dict[str, int]:
    """The numbers of a preview's only deck that are not 0."""
    (deck,) = found.decks
    return {what.value: count for what, count in deck.counts.items() if count}


def named(found: Preview, what: What) -> list[str]:
    """What is called of one kind in a preview's only deck."""
    (deck,) = found.decks
    return [item.name for item in deck.items(what)]


def at(day: str, hour: int = 12) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def answered(*days: str, grade: Grade = Grade.GOOD, interval: int = 0) -> tuple[PastAnswer, ...]:
    """Answers of one grade on some days at noon."""
    return tuple(PastAnswer(at(day), grade, 4000, interval) for day in days)


def past(
    *days: str,
    schedule: PastSchedule | None = None,
    suspended: bool = False,
    flagged: bool = False,
) -> dict[str, Past]:
    """The past of a term's card: passes on some days."""
    return {"term": Past(answered(*days), schedule, suspended, flagged)}


def stopping_at(step: str) -> Callable[[str, int, int], None]:
    """A progress that stops the work when a step of this name begins."""

    def progress(what: str, done: int, of: int) -> None:
        if what.startswith(step):
            raise KeyboardInterrupt

    return progress


def files(folder: Path) -> dict[str, str]:
    """All files below a folder with their texts; binary ones as their size."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            try:
                text = raw.decode()
            except UnicodeDecodeError:
                text = f"{len(raw)} bytes"
            found[path.relative_to(folder).as_posix()] = text
    return found
