"""A scorecard on screen, as blocks of lines."""

from textual.content import Content

from offhand.domain.interview import Interview, Progress
from offhand.domain.scorecard import QuestionScore, Score, Scorecard, SectionScore, Unsaid
from offhand.domain.text import one_line
from offhand.study.interviews.words import (
    beside_sentence,
    change_text,
    ending_sentence,
    progress_word,
    score_sentence,
    tonight_sentence,
    unsaid_note,
)
from offhand.study.present import duration_text
from offhand.study.sentences import counted, percent
from offhand.tui.markdown import shown

_NAME = 28
_BAR = 16
_SHORTEST_BAR = 6
_FIGURES = 33
_MOST_UNSAID = 12
_WIDE_LIST = 60


def head_text(card: Scorecard) -> Content:
    """The score, how it ended, what came before, and what to study tonight."""
    quiet = f"{ending_sentence(card.interview)} {beside_sentence(card)}".strip()
    style = "bold $warning" if card.weakest else "bold"
    return Content("\n").join(
        [
            Content.styled(score_sentence(card), "bold"),
            Content.styled(quiet, "$quiet"),
            Content(),
            Content.styled(tonight_sentence(card), style),
        ]
    )


def sections_text(card: Scorecard, width: int) -> Content:
    """A bar for each section, the weakest first."""
    name = min(_NAME, max(width - _FIGURES - _SHORTEST_BAR, 10))
    bar = max(min(width - name - _FIGURES, _BAR), _SHORTEST_BAR)
    if not card.sections:
        return Content()
    heads = f"{'Section':<{name}}  {'':<{bar}}  {'points':>8} {'share':>6} {'change':>6}"
    lines = [_section(each, name, bar) for each in card.sections]
    return Content("\n").join([Content.styled(heads, "$quiet"), *lines])


def _section(each: SectionScore, room: int, bar: int) -> Content:
    change = change_text(each.score, each.before)
    figures = f"  {each.score.said:>2} of {each.score.points:<2} {_percent(each.score):>6}"
    return Content.assemble(
        _cell(each.title, room),
        "  ",
        _bar(each.score, bar),
        figures,
        (f" {change:>6}", "$accent" if change.startswith("+") else "$quiet"),
        (f"  {duration_text(each.took_ms)}", "$quiet"),
    )


def unsaid_text(card: Scorecard, width: int) -> Content:
    """The points that no interview heard so far."""
    lines = [Content.styled("Never said so far", "bold")]
    if not card.unsaid:
        lines.append(Content.styled("Every point was said at least once.", "$quiet"))
    lines += [_unsaid(each, width) for each in card.unsaid[:_MOST_UNSAID]]
    if more := len(card.unsaid) - _MOST_UNSAID:
        lines += [Content.styled(f"  and {more} more", "$quiet")] if more > 0 else []
    return Content("\n").join(lines)


def _unsaid(each: Unsaid, width: int) -> Content:
    note = unsaid_note(each.times)
    title = one_line(each.question.title)
    room = max(width - len(title) - len(note) - 6, 20)
    point = shown(one_line(each.point), 500).truncate(room, ellipsis=True)
    return Content.assemble(
        ("  ○ ", "$warning"),
        point,
        (f"  {title}", "$quiet"),
        (f"  {note}" if note else "", "$warning"),
    )


def questions_text(card: Scorecard, width: int) -> Content:
    """Every question with its points."""
    lines = [Content.styled("Questions", "bold")]
    for number, each in enumerate(card.questions, 1):
        lines += _question(number, each, width)
    if card.unasked:
        told = f"{counted(card.unasked, 'question')} not reached."
        lines += [Content(), Content.styled(told, "$quiet")]
    return Content("\n").join(lines)


def _question(number: int, each: QuestionScore, width: int) -> list[Content]:
    score = f"{each.score.said} of {each.score.points}" if each.score.points else ""
    facts = "  ".join(filter(None, (progress_word(each), score, duration_text(each.took_ms))))
    change = change_text(each.score, each.before)
    facts += f"  {change}" if change else ""
    room = max(width - len(facts) - 6, 20)
    prompt = shown(one_line(each.question.prompt), 500).truncate(room, ellipsis=True)
    prompt = prompt.pad_right(max(room - prompt.cell_length, 0))
    style = "$warning" if each.score.is_weak else "$quiet"
    lines = [
        Content(),
        Content.assemble((f"{number:>2}  ", "$quiet"), prompt, (f"  {facts}", style)),
    ]
    if each.progress is Progress.SKIPPED:
        return lines
    for said, point in zip(each.said, each.question.points, strict=True):
        sign = ("    ✓ ", "$accent") if said else ("    ○ ", "$warning")
        text = shown(one_line(point), max(width - 6, 20)).split("\n")
        lines.append(Content.assemble(sign, text[0]))
        lines += [Content("      ") + more for more in text[1:]]
    return lines


def interview_line(number: int, interview: Interview, score: Score, width: int) -> Content:
    """An interview in the list of all."""
    day = f"{interview.day:%a} {interview.day.day:>2} {interview.day:%b %Y}"
    done = len(interview.places(Progress.DONE))
    line = Content.assemble((f"{number:>3}  ", "$quiet"), day)
    line += Content.styled(f"  {interview.minutes:>3} min", "$quiet")
    if width >= _WIDE_LIST:
        line += Content.styled(f"  {interview.level or 'any':<6}  {done:>2} answered", "$quiet")
    if interview.ending is None:
        return line + Content.styled("  not finished", "$warning")
    room = min(width - line.cell_length - 9, _BAR)
    bar = _bar(score, room) if room >= _SHORTEST_BAR else Content()
    return Content.assemble(line, "  ", bar, f" {_percent(score):>6}")


def _bar(score: Score, width: int) -> Content:
    filled = round((score.share or 0.0) * width)
    style = "$warning" if score.is_weak else "$accent"
    return Content.assemble(("█" * filled, style), ("░" * (width - filled), "$quiet"))


def _percent(score: Score) -> str:
    return "–" if score.share is None else percent(score.share)


def _cell(text: str, width: int) -> Content:
    content = Content(one_line(text)).truncate(width, ellipsis=True)
    return content.pad_right(max(width - content.cell_length, 0))
