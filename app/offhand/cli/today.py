"""`offhand due` and `offhand next`: what today asks."""

from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import json_option, scope_options
from offhand.cli.printing import say, say_json, short, table
from offhand.cli.schedules import day_text
from offhand.study.sentences import counted

if TYPE_CHECKING:
    from offhand.study.desk import Desk
    from offhand.study.review import Shown
    from offhand.study.today import Today


@click.command("due")
@scope_options
@json_option
@pass_opening
def due_command(opening: Opening, deck: str | None, section: str | None, as_json: bool) -> None:
    """Show what today asks, section by section."""
    from offhand.study.scopes import find_scope
    from offhand.study.today import today

    with opening.desk() as desk:
        scope = find_scope(desk, deck, section)
        found = today(desk, scope)
        if as_json:
            say_json(_today_json(found))
        elif found.due or found.new:
            say(*_today_lines(desk, found))
        else:
            from offhand.cli.waiting import nothing_waiting

            say(*nothing_waiting(desk, scope))


def _today_json(found: "Today") -> dict[str, object]:
    return {
        "day": found.day.isoformat(),
        "due": found.due,
        "new": found.new,
        "backlog": found.backlog,
        "sections": [
            {
                "deck": section.deck,
                "id": section.id,
                "title": section.title,
                "due": section.due,
                "new": section.new,
            }
            for deck in found.decks
            for section in deck.sections
        ],
    }


def _today_lines(desk: "Desk", found: "Today") -> list[str]:
    from offhand.study.report import figures

    minutes = figures(desk).minutes_for(found.due + found.new)
    time = f"about {counted(minutes, 'minute')}"
    lines = [f"{day_text(found.day)}: {found.due} due, {found.new} new, {time}.", ""]
    rows = []
    for deck in found.decks:
        if deck.due or deck.new:
            rows.append((short(deck.title), "due", "new"))
            rows += [
                (f"  {short(section.title)}", str(section.due), str(section.new))
                for section in deck.sections
                if section.due or section.new
            ]
    lines += table(rows, "lrr")
    if found.backlog:
        lines += [
            "",
            f"{counted(found.backlog, 'more due card')} past the setting reviews_per_day.",
        ]
    return lines


@click.command("next")
@scope_options
@click.option("--answer", "with_answer", is_flag=True, help="Show the answer too.")
@json_option
@pass_opening
def next_command(
    opening: Opening, deck: str | None, section: str | None, with_answer: bool, as_json: bool
) -> None:
    """Show the card that a review would ask first."""
    from offhand.study.review import next_card
    from offhand.study.scopes import find_scope

    with opening.desk() as desk:
        scope = find_scope(desk, deck, section)
        shown = next_card(desk, scope)
        if as_json:
            say_json(_shown_json(shown))
        elif shown is not None:
            say(*_shown_lines(shown, with_answer))
        else:
            from offhand.cli.waiting import nothing_waiting

            say(*nothing_waiting(desk, scope))


def _shown_json(shown: "Shown | None") -> dict[str, object]:
    if shown is None:
        nothing = ("card", "deck", "section", "prompt", "answer", "kind", "asked", "new")
        return dict.fromkeys(nothing) | {"options": [], "points": []}
    from offhand.study.present import options_shown

    kept, card = shown.kept, shown.kept.card
    return {
        "card": kept.id,
        "deck": kept.deck,
        "section": kept.section,
        "prompt": card.prompt,
        "answer": card.answer,
        "kind": card.kind.value,
        "asked": shown.asked.value,
        "new": shown.is_new,
        "options": [
            {"text": option.text, "right": option.right, "why": option.why}
            for option in options_shown(card, shown.today)
        ],
        "points": list(card.points),
    }


def _shown_lines(shown: "Shown", with_answer: bool) -> list[str]:
    from offhand.cli.card_lines import answer_lines, prompt_lines

    kept = shown.kept
    lines = [f"{kept.id}, {kept.section_title}", "", *prompt_lines(shown), ""]
    if with_answer:
        return [*lines, *answer_lines(shown)]
    return [
        *lines,
        "`offhand next --answer` shows the answer, `offhand answer CARD GRADE` grades it.",
    ]
