"""Interviews and their scorecards as plain lines and as JSON."""

from collections.abc import Sequence

from offhand.cli.printing import short, table
from offhand.domain.interview import Interview, Progress
from offhand.domain.scorecard import QuestionScore, Score, Scorecard, scorecard
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


def list_lines(past: Sequence[Interview]) -> list[str]:
    """A line for each interview, the newest last."""
    if not past:
        return ["No interview yet. `offhand interview` begins the first."]
    rows = []
    for number, each in enumerate(past, 1):
        score = scorecard(each).score
        rows.append(
            (
                str(number),
                each.day.isoformat(),
                f"{each.minutes} min",
                each.level or "any",
                counted(len(each.places(Progress.DONE)), "question"),
                _share(score) if each.ending else "not finished",
            )
        )
    return table(rows, "rlrlrr")


def list_json(past: Sequence[Interview]) -> list[dict[str, object]]:
    """The interviews, oldest first."""
    return [_head(number, each) for number, each in enumerate(past, 1)]


def _head(number: int | None, interview: Interview) -> dict[str, object]:
    score = scorecard(interview).score
    head: dict[str, object] = {} if number is None else {"number": number}
    return head | {
        "interview": interview.id,
        "at": interview.at.isoformat(timespec="milliseconds"),
        "day": interview.day.isoformat(),
        "minutes": interview.minutes,
        "level": interview.level or None,
        "seed": interview.seed,
        "ending": interview.ending.value if interview.ending else None,
        "used_ms": interview.used_ms,
        **_score(score),
    }


def card_lines(card: Scorecard) -> list[str]:
    """A scorecard: the score, what to study, the sections, the points, every question."""
    lines = [score_sentence(card)]
    lines.append(f"{ending_sentence(card.interview)} {beside_sentence(card)}".strip())
    lines += [tonight_sentence(card)]
    if card.sections:
        rows = [("Section", "said", "share", "change", "time")]
        rows += [
            (
                short(each.title, 40),
                f"{each.score.said} of {each.score.points}",
                _share(each.score),
                change_text(each.score, each.before),
                duration_text(each.took_ms),
            )
            for each in card.sections
        ]
        lines += ["", *table(rows, "lrrrr")]
    for number, each in enumerate(card.questions, 1):
        lines += ["", *_question(number, each)]
    if card.unasked:
        lines += ["", f"{counted(card.unasked, 'question')} not reached."]
    if card.unsaid:
        lines += ["", "Never said so far:"]
        for unsaid in card.unsaid:
            note = f", {unsaid_note(unsaid.times)}" if unsaid.times > 1 else ""
            lines.append(f"- {short(unsaid.point, 90)} ({short(unsaid.question.title)}{note})")
    return lines


def _question(number: int, each: QuestionScore) -> list[str]:
    score = f"{each.score.said} of {each.score.points}" if each.score.points else ""
    facts = filter(None, (progress_word(each), score, duration_text(each.took_ms)))
    lines = [f"{number}. {short(each.question.prompt, 100)}", f"   {', '.join(facts)}"]
    if each.progress in (Progress.DONE, Progress.REVEALED):
        for said, point in zip(each.said, each.question.points, strict=True):
            lines.append(f"   {'said    ' if said else 'not said'}  {short(point, 90)}")
    return lines


def card_json(card: Scorecard) -> dict[str, object]:
    """A scorecard with all that it holds."""
    return {
        **_head(None, card.interview),
        "each_ms": card.each_ms,
        "before": _score(card.before) | {"interviews": card.beside, "each_ms": card.before_each_ms},
        "unasked": card.unasked,
        "tonight": [[each.deck, each.section] for each in card.weakest],
        "missed": list(card.missed),
        "sections": [
            {
                "deck": each.deck,
                "section": each.section,
                "title": each.title,
                "questions": each.questions,
                "took_ms": each.took_ms,
                **_score(each.score),
                "share_before": each.before.share if each.before else None,
            }
            for each in card.sections
        ],
        "questions": [_question_json(each) for each in card.questions],
        "unsaid": [
            {"card": each.question.card, "point": each.point, "times": each.times}
            for each in card.unsaid
        ],
    }


def _question_json(each: QuestionScore) -> dict[str, object]:
    return {
        "card": each.question.card,
        "deck": each.question.deck,
        "section": each.question.section,
        "prompt": each.question.prompt,
        "answer": each.question.answer,
        "level": each.question.level or None,
        "progress": each.progress.value,
        "took_ms": each.took_ms,
        "typed": each.typed,
        **_score(each.score),
        "share_before": each.before.share if each.before else None,
        "key_points": [
            {"text": text, "said": said}
            for text, said in zip(each.question.points, each.said, strict=True)
        ],
    }


def _score(score: Score) -> dict[str, object]:
    return {"said": score.said, "points": score.points, "share": score.share}


def _share(score: Score) -> str:
    return "–" if score.share is None else percent(score.share)
