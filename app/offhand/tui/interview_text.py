"""What the interview's screens say, as lines of content."""

from textual.content import Content

from offhand.domain.interview import Asking, Interview, Progress
from offhand.domain.text import one_line
from offhand.study.interviews.words import clock_text
from offhand.study.sentences import counted
from offhand.tui.markdown import shown

_SOON_MS = 120_000
_BAR_FULL, _BAR_EMPTY = "━", "─"


def section_text(asking: Asking | None) -> Content:
    """The section that is asked about, and for whom."""
    if asking is None or asking.question is None:
        return Content.styled("Interview", "bold")
    parts = [Content.styled(one_line(asking.question.title), "bold")]
    if asking.question.level:
        parts.append(Content.styled(asking.question.level, "$quiet"))
    if asking.skips:
        parts.append(Content.styled("skipped before", "$warning"))
    return Content("  ").join(parts)


def clock_content(interview: Interview, left_ms: int) -> Content:
    """Which question of how many, and the time left."""
    done = len(interview.places(Progress.DONE))
    now = done + 1 if interview.asking is not None else done
    at = Content.styled(f"{now} of {len(interview.askings)}", "$quiet")
    style = "bold $warning" if left_ms <= _SOON_MS else "bold"
    return Content.assemble(at, "  ", (clock_text(left_ms), style))


def time_bar(interview: Interview, left_ms: int, width: int) -> Content:
    """The time that has gone, as a line."""
    whole = interview.minutes * 60_000
    gone = min(max(round(width * (whole - left_ms) / whole), 0), width)
    style = "$warning" if left_ms <= _SOON_MS else "$accent"
    return Content.assemble((_BAR_FULL * gone, style), (_BAR_EMPTY * (width - gone), "$quiet"))


def points_rule(asking: Asking, width: int) -> Content:
    """The line above the points: how many were said, and where ticks came from."""
    assert asking.question is not None
    said = f"Said {len(asking.said)} of {len(asking.question.points)} "
    note = ""
    if asking.suggested:
        note = f" {counted(len(asking.suggested), 'tick')} from what you typed: correct them "
    line = "─" * max(width - len(said) - len(note), 0)
    return Content.assemble((said, "bold"), (line + note, "$quiet"))


def model_rule(width: int, below: int) -> Content:
    """The line above the model answer, which tells when that goes on below."""
    note = f" {counted(below, 'more line', 'more lines')} ↓ " if below > 0 else ""
    title = "Model answer "
    line = "─" * max(width - len(title) - len(note), 0)
    return Content.assemble((title, "bold"), (line + note, "$quiet"))


def model_text(asking: Asking, width: int) -> Content:
    """The model answer, and below it what was typed."""
    assert asking.question is not None
    parts = [shown(asking.question.answer, width)]
    if asking.typed.strip():
        parts.append(Content.styled("You typed", "bold"))
        parts.append(Content.styled(asking.typed.strip()[:20_000], "$quiet"))
    return Content("\n\n").join(parts)


def all_asked_text(interview: Interview) -> Content:
    """What is said when every question was put and time is left."""
    skipped = len(interview.places(Progress.SKIPPED))
    count = len(interview.askings)
    told = f"All {count} questions were asked." if count > 1 else "The question was asked."
    if skipped:
        told += f" {skipped} skipped."
    lines = [Content.styled(told, "bold"), Content(), Content("There is time for one more.")]
    return Content("\n").join(lines)


def paused_text(left_ms: int) -> Content:
    """What stands in place of the question during a pause."""
    return Content.assemble(("Paused", "bold"), f"\n\n{clock_text(left_ms)}, and it waits.")
