"""`offhand answer` and `offhand undo`: answers from outside of a sitting."""

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import card_argument, grade_argument, json_option
from offhand.cli.printing import say, say_json
from offhand.cli.schedules import next_text, schedule_json
from offhand.domain.event import Asked, Grade
from offhand.study.present import grade_word


@click.command("answer")
@card_argument
@grade_argument
@click.option("--practice", is_flag=True, help="Leave the schedule alone.")
@json_option
@pass_opening
def answer_command(
    opening: Opening, card: str, grade: Grade, practice: bool, as_json: bool
) -> None:
    """Answer CARD with GRADE: 0 to 5, or again, hard, good, easy."""
    from offhand.study.answering import answer_card

    with opening.desk() as desk:
        recorded = answer_card(desk, card, grade, practice)
        event, state = recorded.event, recorded.state
        if as_json:
            say_json(
                {
                    "card": event.card,
                    "grade": int(event.grade),
                    **schedule_json(state.schedule),
                    "event": event.id,
                    "asked": event.asked.value,
                    "again_today": state.again_on == event.day,
                }
            )
            return
        done = f"{event.card}: {grade_word(event.grade, desk.settings.buttons)}"
        if event.asked is Asked.PRACTICE:
            say(f"{done}, as practice; the schedule stays as it was.")
            return
        assert state.schedule is not None
        say(f"{done}, {next_text(state.schedule)}.")
        if state.again_on == event.day:
            say("It comes round again today.")


@click.command("undo")
@json_option
@pass_opening
def undo_command(opening: Opening, as_json: bool) -> None:
    """Take back the newest answer."""
    from offhand.study.answering import find_card, undo_last

    with opening.desk() as desk:
        event = undo_last(desk)
        if as_json:
            schedule = find_card(desk, event.card).state.schedule
            say_json(
                {
                    "card": event.card,
                    "grade": int(event.grade),
                    "event": event.id,
                    **schedule_json(schedule),
                }
            )
        else:
            word = grade_word(event.grade, desk.settings.buttons)
            say(f"Taken back: {event.card}, {word}.")
