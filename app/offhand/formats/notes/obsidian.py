"""What Obsidian and its spaced-repetition plugin write into notes: tags and schedules.

Schedules stand in comments after a card, one part for each of its cards:
`<!--SR:!2024-08-16,51,230!2024-08-20,4,270-->` is due date, interval in days and ease in hundredths;
a part `fsrs,due,interval,stability,difficulty,state,reps,lapses,…` is that of its other scheduler.
"""

import re
from datetime import date

from offhand.formats.draft import Past, PastSchedule

SCHEDULE = re.compile(r"[ \t]*<!--SR:(.*?)-->[ \t]*")
"""The comment after a card."""

_TAG = re.compile(
    r"(?<!\S)#([^\s#,;.!?()\[\]{}'\"`]*[^\s#,;.!?()\[\]{}'\"`\d/-][^\s#,;.!?()\[\]{}'\"`]*)"
)
_TAGS_ONLY = re.compile(rf"(?:{_TAG.pattern}\s*)+")
_TAGS_FIRST = re.compile(rf"(?:{_TAG.pattern}\s+)+(?=\S)")
_DECK = "flashcards"
_NEW = date(2000, 1, 1)
"""The due date that the plugin gives to a card not yet asked whose sibling was."""
_EASIEST, _HARDEST = 370, 130


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of a line that consists of them, without their `#`; none of any other line."""
    return tuple(_tags(line)) if _TAGS_ONLY.fullmatch(line.strip()) else ()


def tags_before(text: str) -> tuple[tuple[str, ...], str]:
    """The tags that a text begins with, and the rest of it."""
    match = _TAGS_FIRST.match(text)
    return (tuple(_tags(match[0])), text[match.end() :]) if match else ((), text)


def _tags(text: str) -> list[str]:
    return [match[1] for match in _TAG.finditer(text)]


def is_deck(tag: str) -> bool:
    """Whether a tag marks flashcards."""
    first = tag.partition("/")[0].casefold()
    return first in (_DECK, "flashcard")


def deck_of(tags: tuple[str, ...]) -> str | None:
    """The deck that tags name, `math / algebra`, empty for one without a name; None without any."""
    decks = [tag for tag in tags if is_deck(tag)]
    return " / ".join(decks[0].strip("/").split("/")[1:]) if decks else None


def pasts_in(comment: str) -> list[Past | None]:
    """The pasts of a card's cards, in their order, None for one not yet asked."""
    return [_past(part.strip()) for part in comment.strip("!").split("!")]


def _past(part: str) -> Past | None:
    fields = [field.strip() for field in part.split(",")]
    try:
        if fields[0] == "fsrs":
            schedule = _of_fsrs(fields)
        else:
            due, interval, ease = date.fromisoformat(fields[0]), _days(fields[1]), int(fields[2])
            schedule = None if due == _NEW else _schedule(due, interval, ease, 0, 0)
    except (ValueError, IndexError, OverflowError):
        return None
    return Past(schedule=schedule) if schedule else None


def _of_fsrs(fields: list[str]) -> PastSchedule | None:
    due, interval = date.fromisoformat(fields[1][:10]), _days(fields[2])
    difficulty, state = float(fields[4]), int(fields[5])
    ease = round(_EASIEST - (difficulty - 1) / 9 * (_EASIEST - _HARDEST))
    return _schedule(due, interval, ease, int(fields[6]), int(fields[7])) if state else None


def _schedule(due: date, interval: int, ease: int, repetitions: int, lapses: int) -> PastSchedule:
    least = 1 if interval <= 1 else 2
    return PastSchedule(due, interval, max(ease, _HARDEST), max(repetitions, least), lapses)


def _days(text: str) -> int:
    return max(1, round(float(text)))
