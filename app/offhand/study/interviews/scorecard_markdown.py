"""A scorecard as Markdown."""

import re

from offhand.domain.scorecard import QuestionScore, Scorecard
from offhand.domain.text import one_line, visible
from offhand.study.interviews.words import (
    beside_sentence,
    change_text,
    ending_sentence,
    progress_word,
    score_sentence,
    score_text,
    tonight_sentence,
    unsaid_note,
)
from offhand.study.present import duration_text
from offhand.study.sentences import percent

_FENCE = re.compile(r"`{3,}")


def markdown_text(card: Scorecard) -> str:
    """The scorecard, its model answers and what was typed included."""
    day = card.interview.day
    lines = [f"# Mock interview, {day.day} {day:%B %Y}", "", f"**{score_sentence(card)}**", ""]
    lines += [f"{ending_sentence(card.interview)} {beside_sentence(card)}".strip(), ""]
    lines += [tonight_sentence(card), ""]
    if card.sections:
        lines += ["## Sections", "", "| Section | Points | Share | Change | Time |"]
        lines += ["|---|--:|--:|--:|--:|"]
        for each in card.sections:
            points = f"{each.score.said} of {each.score.points}"
            share = "" if each.score.share is None else percent(each.score.share)
            change = change_text(each.score, each.before)
            time = duration_text(each.took_ms)
            lines.append(f"| {_cell(each.title)} | {points} | {share} | {change} | {time} |")
        lines.append("")
    if card.unsaid:
        lines += ["## Never said so far", ""]
        for unsaid in card.unsaid:
            note = f" ({unsaid_note(unsaid.times)})" if unsaid.times > 1 else ""
            lines.append(f"- {_inline(unsaid.point)}{note}: *{_inline(unsaid.question.title)}*")
        lines.append("")
    for number, question in enumerate(card.questions, 1):
        lines += _question(number, question)
    return visible("\n".join(lines).rstrip() + "\n")


def _question(number: int, question: QuestionScore) -> list[str]:
    asked = question.question
    facts = [progress_word(question) or score_text(question.score)]
    facts += [asked.level] if asked.level else []
    facts.append(duration_text(question.took_ms))
    lines = [f"## {number}. {_inline(asked.title)}", "", *_quoted(asked.prompt), ""]
    lines += [" · ".join(facts), ""]
    for said, point in zip(question.said, asked.points, strict=True):
        lines.append(f"- [{'x' if said else ' '}] {_inline(point)}")
    lines += ["", "Model answer:", "", *_quoted(asked.answer), ""]
    if question.typed.strip():
        fence = "`" * (1 + max(map(len, _FENCE.findall(question.typed)), default=2))
        lines += ["Typed:", "", f"{fence}text", question.typed.strip("\n"), fence, ""]
    return lines


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in text.strip().splitlines()]


def _inline(text: str) -> str:
    return one_line(text)


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|")
