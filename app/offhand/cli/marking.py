"""`offhand mark`: suspends, resumes, flags, … a card, and lists the marked ones."""

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import json_option
from offhand.cli.printing import say, say_json
from offhand.domain.event import Mark

_DONE = {
    Mark.SUSPEND: "suspended; `offhand mark CARD resume` brings it back",
    Mark.RESUME: "resumed",
    Mark.BURY: "buried until tomorrow",
    Mark.FLAG: "flagged",
    Mark.UNFLAG: "no longer flagged",
    Mark.RESET: "new again; its history is kept",
}


@click.command("mark")
@click.argument("card", required=False)
@click.argument("what", required=False, type=click.Choice([mark.value for mark in Mark]))
@json_option
@pass_opening
def mark_command(opening: Opening, card: str | None, what: str | None, as_json: bool) -> None:
    """Suspend, resume, bury, flag, unflag or reset CARD.

    Without CARD, list the cards that are suspended, buried or flagged.
    """
    from offhand.study.answering import find_card, mark, marked_cards

    if card is not None and what is None:
        raise click.UsageError(f"What is to be done with {card!r}? {', '.join(Mark)}.")
    with opening.desk() as desk:
        if card is not None and what is not None:
            event = mark(desk, find_card(desk, card).id, Mark(what))
            if as_json:
                say_json({"card": event.card, "mark": event.mark.value, "event": event.id})
            else:
                say(f"{event.card}: {_DONE[event.mark]}.")
            return
        found = [
            (
                kept.id,
                {
                    "suspended": kept.state.suspended,
                    "buried": kept.state.buried_on == desk.today,
                    "flagged": kept.state.flagged,
                },
            )
            for kept in marked_cards(desk)
        ]
        if as_json:
            say_json([{"card": ident, **marks} for ident, marks in found])
            return
        for ident, marks in found:
            say(f"{ident}: {', '.join(name for name, has in marks.items() if has)}")
        if not found:
            say("No card is suspended, buried or flagged.")
