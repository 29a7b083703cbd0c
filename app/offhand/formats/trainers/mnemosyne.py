"""Mnemosyne's `.cards`: a zip of `cards.xml`, `METADATA` and media.

Its card types are known by their ids: 1 front to back, 2 both ways, 3 vocabulary, 4 map, 5 cloze,
6 sentence; a type that a person made from one of them has its id and `::` before its own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from offhand.domain.card import Place
from offhand.formats.archive import Archive
from offhand.formats.draft import Draft, Past, PastSchedule, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.trainers.mnemosyne_facts import FactCard, FactReader
from offhand.formats.trainers.mnemosyne_log import LogEntry, LogReader

_CARD, _TAG, _FACT = "6", "10", "16"
_XML, _METADATA = "cards.xml", "METADATA"
_LARGEST_METADATA = 1_000_000
_UNTAGGED = "__UNTAGGED__"
_INDEX = re.compile(r"['\"]index['\"]:\s*(\d+)")
_MEMORISED = 2
"""The grade from which on Mnemosyne schedules a card."""
_LEAST_EASE = 130
_MEND = "In Mnemosyne, File, Export writes them as `.cards`."


@dataclass(slots=True)
class _Fact:
    line: int
    texts: Mapping[str, str]
    kind: str = ""
    tags: tuple[str, ...] = ()
    cards: list[FactCard] = field(default_factory=list)


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The facts of such a file as a deck."""
    archive = Archive(path, options.limits)
    found = DraftBuilder(path, options)
    log = LogReader(Place(path)).entries(archive.read(_XML))
    facts = _facts(log, found, options.history)
    if _METADATA in archive:
        _describe(archive.read(_METADATA, _LARGEST_METADATA).decode("utf-8", "replace"), found)
    by_tag = _are_sections(facts.values())
    reader = FactReader(archive, found)
    for count, (ident, fact) in enumerate(facts.items()):
        if options.progress and count % 200 == 0:
            options.progress(count, len(facts))
        tags = () if by_tag else fact.tags
        section = fact.tags[0].replace("::", " / ") if by_tag else ""
        if fact.cards:
            reader.add(section, fact.kind, ident, fact.line, fact.texts, fact.cards, tags)
    if by_tag:
        found.taken.append("Each card has one tag: the tags are the sections.")
    reader.tell()
    return [found.draft(_MEND)]


def _facts(log: Iterable[LogEntry], found: DraftBuilder, history: bool) -> dict[str, _Fact]:
    """The facts by their ids, each with its cards."""
    facts: dict[str, _Fact] = {}
    tags: dict[str, str] = {}
    for entry in log:
        kind, ident = entry.given.get("type", ""), entry.given.get("o_id", "")
        if kind == _TAG:
            tags[ident] = entry.texts.get("name", "").strip()
        elif kind == _FACT:
            facts[ident] = _Fact(entry.line, entry.texts)
        elif kind == _CARD:
            fact = facts.get(entry.given.get("fact", ""))
            if fact is None:
                place = Place(found.path, entry.line)
                found.fault(place, "A card without its fact.", "Export it from Mnemosyne again.")
                continue
            named = (tags.get(tag, "") for tag in entry.given.get("tags", "").split(","))
            fact.tags = tuple(tag for tag in named if tag and tag != _UNTAGGED)
            fact.kind = entry.given.get("card_t", "").partition("::")[0]
            index = _INDEX.search(entry.texts.get("extra", ""))
            fact.cards.append(
                FactCard(
                    entry.given.get("fact_v", "").rpartition(".")[2],
                    int(index[1]) if index else 0,
                    _past(entry.given) if history else None,
                )
            )
    return facts


def _describe(metadata: str, found: DraftBuilder) -> None:
    said = dict(line.split(":", 1) for line in metadata.splitlines() if ":" in line)
    found.title = said.get("card_set_name", "").strip()
    found.about = " ".join(said.get("notes", "").replace("<br>", " ").split())


def _are_sections(facts: Iterable[_Fact]) -> bool:
    """Whether the tags part the facts: each has one, and there are several."""
    tags = [fact.tags for fact in facts if fact.cards]
    return all(len(each) == 1 for each in tags) and len(set(tags)) > 1


def _past(given: Mapping[str, str]) -> Past | None:
    """What Mnemosyne knows of a card; nothing of one that it does not schedule yet."""
    try:
        last, due = _day(int(given["l_rp"])), _day(int(given["n_rp"]))
        if int(given["gr"]) < _MEMORISED or int(given["l_rp"]) <= 0:
            return None
        interval = max(1, (due - last).days)
        ease = max(round(float(given["e"]) * 100), _LEAST_EASE)
        passed = max(int(given.get("rt_rp_l", "0")), 1 if interval <= 1 else 2)
        lapses = int(given.get("lps", "0"))
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    return Past(schedule=PastSchedule(due, interval, ease, passed, lapses))


def _day(stamp: int) -> date:
    """The day of one of Mnemosyne's stamps, which are midnights in UTC."""
    return datetime.fromtimestamp(stamp, UTC).date()
