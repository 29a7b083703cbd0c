"""How a sitting went, as plain lines."""

from offhand.cli.printing import short
from offhand.cli.sentences import ahead_text, counted, percent, streak_text
from offhand.study.present import duration_text
from offhand.study.sitting import Summary


def summary_lines(summary: Summary) -> list[str]:
    """What the end of a sitting shows: passed and failed, time, what was missed, streak, tomorrow."""
    lines = ["No card was answered."]
    if summary.asked:
        time = duration_text(summary.took_ms)
        share = percent(summary.kept / summary.asked)
        passed, failed = summary.kept, len(summary.missed)
        asked = counted(summary.asked, "card")
        lines = [f"{asked} in {time}: {passed} passed, {failed} failed ({share})."]
    if summary.missed:
        lines.append("Missed:")
        lines += [f"  {short(kept.card.prompt)}, {kept.section_title}" for kept in summary.missed]
    for weak in summary.weak:
        weakness = weak.weakness
        lines.append(
            f"Weak: {weak.title}, {percent(weakness.failure_rate)} "
            f"of {counted(weakness.reviews, 'review')} missed."
        )
    lines.append(f"{streak_text(summary.streak)} {ahead_text(summary.figures.ahead[:1])}")
    return lines
