"""What an import would do, compared and counted; nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offhand.formats.draft import Draft
from offhand.formats.draft_media import Media, with_media_in
from offhand.formats.entry_cards import entry_id
from offhand.formats.fault import Fault
from offhand.study.desk import Desk
from offhand.study.imports.memory import Item, Left, recall
from offhand.study.imports.past import FLAGGED, SUSPENDED
from offhand.study.imports.plan import Plan, What, compared
from offhand.study.imports.source import (
    Asked,
    Progress,
    Source,
    fingerprint,
    limits_of,
    nobody,
    read_sources,
)
from offhand.study.imports.target import Target, find_target
from offhand.study.refresh import refresh


@dataclass(frozen=True, slots=True)
class DeckPreview:
    """What an import would do to one deck.

    `answers` counts those of its cards' pasts, `schedules` the cards with one, `marks` the cards to be suspended, resumed or
    flagged. `work` is what there is to do, None when the same import was made before.
    """

    deck: str
    title: str
    path: Path
    is_new: bool
    counts: dict[What, int]
    answers: int = 0
    schedules: int = 0
    marks: int = 0
    media: int = 0
    left: tuple[Item, ...] = ()
    work: "Work | None" = None

    def items(self, what: What) -> Iterator[Item]:
        """The entries of one kind. Those unchanged are not told of an import made before."""
        if self.work is None:
            yield from (item for item in self.left if item.what is what)
            return
        for change in self.work.plan.changes:
            if change.what is what:
                yield Item(what, change.id, change.name, change.section, change.settled)

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done."""
        return self.work is None or not (
            self.work.plan.writes
            or self.answers
            or self.schedules
            or self.marks
            or self.media
            or any(
                change.back or (change.what is What.GONE and not change.settled)
                for change in self.work.plan.changes
            )
        )


@dataclass(frozen=True, slots=True)
class Work:
    """All that is needed to import one deck."""

    target: Target
    draft: Draft
    media: Media
    plan: Plan


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    `taken` says what was taken for what, `left_out` what was not taken; `faults` are the cards that
    cannot be read, which refuse the whole unless bad ones may be skipped.
    """

    asked: Asked
    fingerprint: str
    decks: tuple[DeckPreview, ...]
    formats: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    left_out: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it cannot be carried out as it was asked for."""
        return bool(self.faults) and not self.asked.skip_bad

    @property
    def has_conflicts(self) -> bool:
        """Whether the source and the learner disagree somewhere."""
        return any(deck.counts[What.CONFLICT] for deck in self.decks)

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done."""
        return all(deck.idle for deck in self.decks)


def preview(desk: Desk, asked: Asked, progress: Progress = nobody, anew: bool = False) -> Preview:
    """What an import would do; nothing is written.

    The same import as before is told from memory, unless it is to be compared `anew`. Raises
    OffhandError for a source that cannot be read at all, and for a deck file with faults.
    """
    refresh(desk)
    seen = fingerprint(asked)
    if not anew and (left := recall(desk, seen)) is not None:
        return Preview(asked, seen, tuple(map(_as_before, left)))
    return preview_of(desk, asked, read_sources(asked, limits_of(desk.settings), progress), seen)


def preview_of(desk: Desk, asked: Asked, sources: Sequence[Source], seen: str = "") -> Preview:
    """What an import of sources that were read would do; nothing is written.

    `seen` is the fingerprint under which it is remembered, empty where it is not to be.
    """
    decks: list[DeckPreview] = []
    left_out: list[Fault] = []
    faults: list[Fault] = []
    for source in sources:
        for draft in source.drafts:
            target = find_target(desk, draft, asked.deck, {deck.deck for deck in decks})
            media_known = target.base.media if target.base else {}
            names = {name: safe for name, (safe, _) in media_known.items()}
            draft, media = with_media_in(draft, target.media_folder, names)
            left_out += draft.left_out
            faults += draft.faults
            if draft.entries:
                decks.append(_compared(asked, draft, media, target))
    return Preview(
        asked,
        seen,
        tuple(decks),
        tuple(dict.fromkeys(source.format for source in sources)),
        tuple(line for source in sources for draft in source.drafts for line in draft.taken),
        tuple(left_out),
        tuple(faults),
    )


def _as_before(left: Left) -> DeckPreview:
    counts = {what: left.counts.get(what.value, 0) for what in What}
    return DeckPreview(left.deck, left.title, Path(left.path), False, counts, left=left.items)


def _compared(asked: Asked, draft: Draft, media: Media, target: Target) -> DeckPreview:
    if target.draft is not None and draft.reverse != target.draft.reverse:
        draft = _with_own_reverse(draft)
    plan = compared(draft, target.own, target.base, asked.take, target.renamed)
    answers = schedules = marks = 0
    for entry in draft.entries:
        if not entry.pasts:
            continue
        before = plan.base[entry_id(entry)].marks
        for way, past in entry.pasts.items():
            answers += asked.history and len(past.answers)
            schedules += asked.history and past.schedule is not None
            now = SUSPENDED * past.suspended + FLAGGED * past.flagged
            marks += now != before.get(way, "")
    title = target.draft.title if target.draft is not None else draft.title
    return DeckPreview(
        target.deck,
        title,
        target.path,
        target.is_new,
        plan.counts,
        answers,
        schedules,
        marks,
        len(media.files),
        work=Work(target, draft, media, plan),
    )


def _with_own_reverse(draft: Draft) -> Draft:
    """The draft for a deck that asks its terms otherwise: every term says by itself how it is asked."""
    sections = tuple(
        replace(
            section,
            entries=tuple(
                replace(entry, reverse=draft.reverse)
                if entry.term and entry.reverse is None
                else entry
                for entry in section.entries
            ),
        )
        for section in draft.sections
    )
    return replace(draft, sections=sections)
