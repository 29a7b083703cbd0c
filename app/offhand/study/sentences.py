"""What the figures say, in words: the same on screen and in plain lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from offhand.domain.event import Carried, Marked, Moved
from offhand.domain.text import one_line
from offhand.study.present import duration_text, interval_text

if TYPE_CHECKING:
    from offhand.domain.forecast import DayAhead
    from offhand.domain.streak import Streak
    from offhand.domain.weakness import Weakness
    from offhand.study.quiz import QuizResult
    from offhand.study.summary import Summary

_LONGEST_PROMPT = 120


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{round(share * 100)} %"


def rate(weakness: "Weakness") -> str:
    """A failure rate with what it rests on."""
    return f"{percent(weakness.failure_rate)} of {counted(weakness.reviews, 'review')}"


def summary_sentence(summary: "Summary") -> str:
    """The first line of a session's end."""
    cards = counted(summary.cards, "card")
    head = f"{cards} · {duration_text(summary.took_ms)}"
    if summary.practice:
        head = f"Practice: {head}"
    if not summary.cards:
        return "Nothing answered."
    missed = len(summary.missed)
    share = percent(summary.kept / summary.cards)
    told = f"{head} · {summary.kept} kept, {missed} missed ({share}"
    if summary.retention is not None and not summary.practice:
        told += f"; the last month {percent(summary.retention)}"
    return told + ")" + (f" · {summary.new} new" if summary.new else "")


def streak_sentence(streak: "Streak") -> str:
    """The streak in a sentence."""
    if streak.days:
        return f"Streak {counted(streak.days, 'day')}."
    if streak.lost > 1:
        return f"The streak of {streak.lost} days has ended; a new one begins today."
    return "No streak yet."


def ahead_sentence(ahead: "Sequence[DayAhead]") -> str:
    """What the next days bring."""
    named = [("Tomorrow" if i == 0 else f"{day.day:%A}", day.due) for i, day in enumerate(ahead)]
    first, *later = named
    shown = [f"{first[0]} {first[1]}", *[f"{name} {due}" for name, due in later if due][:2]]
    return ", ".join(shown) + " due."


def leech_sentence(prompt: str, lapses: int) -> str:
    """What is said of a card that was forgotten too often."""
    shown = one_line(prompt)
    shown = shown if len(shown) <= _LONGEST_PROMPT else f"{shown[: _LONGEST_PROMPT - 1].rstrip()}…"
    return (
        f"“{shown}” was forgotten {lapses} times. Another text helps it more than another review."
    )


def quiz_sentence(result: "QuizResult") -> str:
    """How a quiz went: `14 of 20 right (70 %) · 6 min 10 s`."""
    asked = len(result.outcomes)
    share = f" ({percent(result.right / asked)})" if asked else ""
    return f"{result.right} of {asked} right{share} · {duration_text(result.took_ms)}"


def done_sentence(event: "Marked | Moved | Carried") -> str:
    """What was done to a card besides answering it, in a word or two."""
    match event:
        case Marked():
            return event.mark.value
        case Moved():
            return f"moved to {event.due:%d %b %Y}"
        case Carried():
            return f"brought along, {interval_text(event.interval)}"
