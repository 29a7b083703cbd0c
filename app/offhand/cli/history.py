"""`offhand history`: all that was ever done to a card, and how it stands."""

from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import card_argument, json_option
from offhand.cli.printing import say, say_json, table
from offhand.cli.schedules import day_text, ease_text, schedule_json
from offhand.domain.event import Answer, Carried, Marked, Moved
from offhand.study.present import duration_text, grade_word, interval_text
from offhand.study.sentences import counted

if TYPE_CHECKING:
    from datetime import date

    from offhand.domain.past import Step
    from offhand.study.desk import Desk
    from offhand.study.report import Past


@click.command("history")
@card_argument
@json_option
@pass_opening
def history_command(opening: Opening, card: str, as_json: bool) -> None:
    """Show every event of CARD and how it stands."""
    from offhand.study.report import past_of

    with opening.desk() as desk:
        past = past_of(desk, card)
        if as_json:
            say_json(_past_json(desk, past))
        else:
            say(*_past_lines(past, desk.settings.buttons))


def _past_json(desk: "Desk", past: "Past") -> dict[str, object]:
    kept, card, state = past.kept, past.kept.card, past.kept.state
    schedule = state.schedule
    return {
        "card": kept.id,
        "key": card.key,
        "deck": kept.deck,
        "section": kept.section,
        "kind": card.kind.value,
        "prompt": card.prompt,
        "answer": card.answer,
        "path": str(card.place.path),
        "line": card.place.line,
        "gone": kept.gone,
        "state": {
            "standing": state.on(desk.today).value,
            **schedule_json(schedule),
            "repetitions": schedule.repetitions if schedule else 0,
            "lapses": schedule.lapses if schedule else 0,
            "reviews": state.reviews,
            "answered_on": _iso(state.answered_on),
            "again_on": _iso(state.again_on),
            "buried_on": _iso(state.buried_on),
            "suspended": state.suspended,
            "flagged": state.flagged,
        },
        "events": [_step_json(step) for step in past.steps],
    }


def _step_json(step: "Step") -> dict[str, object]:
    event = step.event
    answer = event if isinstance(event, Answer) else None
    return {
        "event": event.id,
        "at": event.at.isoformat(timespec="milliseconds"),
        "day": event.day.isoformat(),
        "device": event.device,
        "kind": _kind(step),
        "grade": int(answer.grade) if answer else None,
        "took_ms": answer.took_ms if answer else None,
        **schedule_json(step.state.schedule),
        "undone": step.undone,
    }


def _iso(day: "date | None") -> str | None:
    return None if day is None else day.isoformat()


def _kind(step: "Step") -> str:
    event = step.event
    if isinstance(event, Answer):
        return event.asked.value
    match event:
        case Marked():
            return event.mark.value
        case Moved():
            return "move"
        case Carried():
            return "carry"


def _past_lines(past: "Past", buttons: int) -> list[str]:
    kept, state = past.kept, past.kept.state
    lines = [f"{kept.id}, {kept.section_title}", kept.card.prompt, "", past.why]
    if (schedule := state.schedule) is not None:
        lines.append(
            f"Ease {ease_text(schedule)}, {counted(state.reviews, 'review')}, "
            f"{counted(schedule.lapses, 'lapse')}."
        )
    if state.flagged:
        lines.append("Flagged.")
    if past.steps:
        lines += ["", *table([_step_row(step, buttons) for step in past.steps], "lllrlr")]
    return lines


def _step_row(step: "Step", buttons: int) -> tuple[str, ...]:
    event, schedule = step.event, step.state.schedule
    grade = interval = ease = took = ""
    if isinstance(event, Answer):
        grade = grade_word(event.grade, buttons)
        took = duration_text(event.took_ms) if event.took_ms else ""
        if schedule is not None and not step.undone:
            interval, ease = interval_text(schedule.interval), f"ease {ease_text(schedule)}"
    kind = f"{_kind(step)}, undone" if step.undone else _kind(step)
    return day_text(event.day), kind, grade, interval, ease, took
