"""SuperMemo's question-and-answer text: `Q:` and `A:` lines, a blank line after each item.

Every line has its prefix, and several of one kind make several lines; `A1:`, `A2:` … are wrong
answers; `I:` and `O:` are what SuperMemo 7 knows of the item. As described in SuperMemo's help
("File: Import: Q&A text") and its wiki ("Data formats and exchange").
"""

import html
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from offhand.domain.card import Place
from offhand.formats.draft import (
    Draft,
    DraftChoice,
    DraftEntry,
    Past,
    PastSchedule,
    ReadOptions,
)
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.found_cards import question, with_pasts
from offhand.formats.source_text import read_source

_TAGGED = re.compile(r"([QAqa])(\d{0,2}):[ \t]?(.*)|([IO]):[ \t]*(.*)")
_LEARNED = re.compile(
    r"REP=(\d+)\s+LAP=(\d+)\s+EF=(\d+(?:\.\d+)?)\s+UF=\S+\s+INT=(\d+)\s+"
    r"LAST=(?:0|(\d\d)\.(\d\d)\.(\d\d(?:\d\d)?))"
)
_BREAK = re.compile(r"<br\s*/?>\n?|\x02", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
_MEND = "An item is a line `Q: question` and a line `A: answer`, with a blank line after it."


@dataclass(slots=True)
class _Item:
    line: int
    asked: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    learned: str = ""


def looks_like(text: str) -> bool:
    """Whether this is such a text: all its lines have a prefix, and some as only SuperMemo writes."""
    lines = [line for line in text.split("\n") if line.strip()]
    found = [match for match in map(_TAGGED.match, lines) if match]
    kinds = [match[4] or match[1] + match[2] for match in found]
    if len(kinds) < 2 or len(kinds) < len(lines):
        return False
    own = any(kind in "qaIO" or len(kind) > 1 for kind in kinds)
    repeated = any(a == b for a, b in pairwise(kinds))
    return own or repeated


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The items of such a text as a deck of one section."""
    source = read_source(path, options)
    found = DraftBuilder(path, options)
    found.taken += source.taken
    items = list(_items(source.text, found))
    for item in items:
        _add(item, found, options.history)
    if any(item.learned for item in items) and not options.history:
        found.taken.append("What SuperMemo knew of the items stays there; --history brings it.")
    return [found.draft(_MEND)]


def _items(text: str, found: DraftBuilder) -> list[_Item]:
    items: list[_Item] = []
    open_part: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        match = _TAGGED.match(line)
        if not line.strip():
            open_part = None
        elif match is None:
            if open_part is None:
                found.leave_out(
                    Place(found.path, number), f"`{line.strip()[:60]}` is no `Q:` or `A:`."
                )
            else:
                open_part.append(line.rstrip())
        elif match[4]:
            if items and match[4] == "I":
                items[-1].learned = match[5]
        elif match[1] in "Qq":
            if (
                not items
                or items[-1].answers
                or items[-1].wrong
                or open_part is not items[-1].asked
            ):
                items.append(_Item(number))
            open_part = items[-1].asked
            open_part.append(match[3].strip())
        elif not items:
            found.fault(
                Place(found.path, number), "An answer without a question.", "Write `Q:` above it."
            )
        else:
            item = items[-1]
            open_part = item.wrong.setdefault(match[2], []) if match[2] else item.answers
            open_part.append(match[3].strip())
    return items


def _add(item: _Item, found: DraftBuilder, history: bool) -> None:
    place = Place(found.path, item.line)
    asked, answer = _said(item.asked), _said(item.answers)
    wrong = tuple(said for part in item.wrong.values() if (said := _said(part)))
    if not asked or not answer:
        what = "The question is empty." if not asked else "The question has no answer."
        found.fault(place, what, "Write `Q: question` and `A: answer` below it.")
        return
    made = question(place, asked, answer)
    if wrong:
        choice = DraftChoice(asked, answer, tuple((text, "") for text in wrong))
        made = DraftEntry(place, choices=(choice,))
    past = _past(item.learned) if history else None
    found.add("", with_pasts(made, [past]))


def _said(lines: list[str]) -> str:
    text = _BREAK.sub("\n", "\n".join(lines)).replace("\x03", "ú")
    return (
        _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
    ).strip()


def _past(learned: str) -> Past | None:
    match = _LEARNED.match(learned)
    if match is None or match[5] is None:
        return None
    year = int(match[7])
    if year < 100:
        year += 1900 if year >= 80 else 2000
    try:
        last = date(year, int(match[6]), int(match[5]))
        interval = int(match[4])
        due = last + timedelta(days=interval)
    except (ValueError, OverflowError):
        return None
    return Past(
        schedule=PastSchedule(
            due, interval, round(float(match[3]) * 100), int(match[1]), int(match[2])
        )
    )
