"""`offhand find`: the cards that a query asks for."""

from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import json_option
from offhand.cli.printing import say, say_json, short, table, tell
from offhand.cli.schedules import ease_text, schedule_json
from offhand.domain.listing import Sort
from offhand.study.present import short_interval_text
from offhand.study.sentences import counted

if TYPE_CHECKING:
    from datetime import date

    from offhand.domain.listing import CardLine


@click.command("find")
@click.argument("query", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    help="What comes first: the most relevant, or the first in the deck, the earliest due, the"
    " lowest ease, the most lapses, the shortest interval.",
)
@click.option("--reverse", is_flag=True, help="Turn the order round.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=50,
    metavar="N",
    help="N cards at most; 0 for all.",
)
@json_option
@pass_opening
def find_command(
    opening: Opening, query: tuple[str, ...], sort: str, reverse: bool, limit: int, as_json: bool
) -> None:
    """Find cards by words and conditions, as is:due or ease<2.

    `offhand help cli` tells all that may be asked. Put -- before a QUERY that begins with a minus.
    """
    with opening.desk() as desk:
        from offhand.study.browsing import lines
        from offhand.study.finding import find_cards

        found = find_cards(desk, " ".join(query), Sort(sort), reverse)
        for hint in found.hints:
            tell(hint)
        numbers = found.numbers[: limit or None]
        listed = lines(desk, numbers)
        shown = [listed[number] for number in numbers if number in listed]
        if as_json:
            cards = [_line_json(line, desk.today) for line in shown]
            say_json({"found": len(found.numbers), "total": found.total, "cards": cards})
            return
        if shown:
            say(*table([_HEADING, *(_row(line, desk.today) for line in shown)], "lrrrrl"))
        if not found.numbers:
            say(f"None of {counted(found.total, 'card')} has all of this.")
        elif len(shown) < len(found.numbers):
            say("", f"{len(shown)} of {counted(len(found.numbers), 'card')}; --limit 0 lists all.")


_PROMPT = 40
_HEADING = ("Prompt", "due", "every", "ease", "lapses", "card")


def _row(line: "CardLine", today: "date") -> tuple[str, ...]:
    standing, schedule = line.state.on(today).value, line.state.schedule
    if schedule is None:
        return short(line.prompt, _PROMPT), standing, "", "", "", line.id
    due = schedule.due.isoformat() if standing in ("due", "later") else standing
    interval, ease = short_interval_text(schedule.interval), ease_text(schedule)
    return short(line.prompt, _PROMPT), due, interval, ease, str(schedule.lapses), line.id


def _line_json(line: "CardLine", today: "date") -> dict[str, object]:
    schedule = line.state.schedule
    return {
        "card": line.id,
        "deck": line.deck,
        "section": line.section,
        "prompt": line.prompt,
        "standing": line.state.on(today).value,
        **schedule_json(schedule),
        "lapses": schedule.lapses if schedule else 0,
        "suspended": line.state.suspended,
        "flagged": line.state.flagged,
    }
