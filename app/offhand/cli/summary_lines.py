"""How a sitting went, as plain lines."""

from offhand.cli.printing import short
from offhand.study.sentences import ahead_sentence, rate, streak_sentence, summary_sentence
from offhand.study.summary import Summary


def summary_lines(summary: Summary) -> list[str]:
    """What the end of a sitting tells: kept and missed, time, the cards missed, streak, tomorrow."""
    lines = [summary_sentence(summary)]
    if summary.missed:
        lines.append("Missed:")
        lines += [
            f"  {short(missed.prompt)} ({missed.section}{', a leech' if missed.leech else ''})"
            for missed in summary.missed
        ]
    lines += [f"{weak.title} is weak: {rate(weak.weakness)} missed." for weak in summary.weak]
    lines.append(f"{streak_sentence(summary.streak)} {ahead_sentence(summary.ahead)}")
    return lines
