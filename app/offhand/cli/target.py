"""`offhand target`: a date to be ready by, how ready one is, and what lifts that most today."""

from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import completing, json_option, sections_options
from offhand.cli.printing import say, say_json, short, table

if TYPE_CHECKING:
    from datetime import date

    from offhand.domain.target import Target
    from offhand.study.desk import Desk
    from offhand.study.targets.outlook import Outlook
    from offhand.study.targets.target import Added

_CURVE = 40
_SECTIONS = 3


@click.group("target", invoke_without_command=True)
@json_option
@click.pass_context
def target_command(context: click.Context, as_json: bool) -> None:
    """Set a date to be ready by, and see how ready you are.

    Without a command, list the targets with their readiness.
    """
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Opening), as_json)
    elif as_json:
        raise click.UsageError("Write --json behind the command.")


def _list(opening: Opening, as_json: bool) -> None:
    from offhand.study.targets.outlook import outlook
    from offhand.study.targets.target import targets_known

    with opening.desk() as desk:
        found = [outlook(desk, target) for target in targets_known(desk)]
        if as_json:
            say_json([_outlook_json(each, desk.today) for each in found])
            return
        for place, each in enumerate(found):
            say(*[""] * bool(place), *_outlook_lines(each, desk.today))
        if not found:
            say(
                "No target is set.",
                '`offhand target add "Acme on-site" --date 2026-12-10` sets one.',
            )


@target_command.command("add")
@click.argument("name")
@click.option("--date", "on", required=True, metavar="DAY", help="The date, as 2026-12-10.")
@sections_options
@click.option(
    "--minutes-a-day", "minutes", default="", metavar="N", help="What a day has room for."
)
@json_option
@pass_opening
def add_command(
    opening: Opening,
    name: str,
    on: str,
    deck: str | None,
    sections: str | None,
    minutes: str,
    as_json: bool,
) -> None:
    """Set the target NAME, in place of one of that name."""
    from offhand.study.scopes import find_scopes
    from offhand.study.targets.target import read_date, read_minutes, set_target
    from offhand.study.targets.words import added_sentences

    with opening.desk() as desk:
        day = read_date(on, desk.today)
        given = read_minutes(minutes)
        added = set_target(desk, name, day, find_scopes(desk, deck, sections), given)
        if as_json:
            say_json(_added_json(added, desk.today))
        else:
            say(*added_sentences(added, desk.today))


def _names(desk: "Desk") -> list[str]:
    from offhand.study.targets.target import targets_known

    return [target.name for target in targets_known(desk)]


@target_command.command("drop")
@click.argument("name", shell_complete=completing(_names))
@pass_opening
def drop_command(opening: Opening, name: str) -> None:
    """Drop the target NAME; the schedule goes on as if it had never been."""
    from offhand.study.targets.target import drop_target

    with opening.desk() as desk:
        target = drop_target(desk, name)
        say(f"{target.name} is dropped; every card comes when it is due.")


def _target_json(target: "Target", today: "date") -> dict[str, object]:
    return {
        "name": target.name,
        "date": target.on.isoformat(),
        "since": target.since.isoformat(),
        "days_left": (target.on - today).days,
        "minutes_a_day": target.minutes or None,
        "scopes": [{"deck": deck, "section": section or None} for deck, section in target.scopes],
        "pass_from": target.pass_from.isoformat(),
    }


def _added_json(added: "Added", today: "date") -> dict[str, object]:
    fit = added.fit
    return _target_json(added.target, today) | {
        "replaced": added.replaced is not None,
        "cards": fit.cards,
        "new": fit.new,
        "new_a_day": fit.new_a_day,
        "new_until": fit.new_until.isoformat(),
        "busiest_day": {"cards": fit.busiest, "minutes": fit.minutes},
        "expected": fit.recalled,
        "fits": fit.fits,
        "would_fit": {
            "minutes_a_day": fit.enough,
            "date": fit.later.isoformat() if fit.later else None,
            "without": list(fit.without),
        },
    }


def _outlook_json(found: "Outlook", today: "date") -> dict[str, object]:
    ready = found.ready
    return _target_json(ready.target, today) | {
        "readiness": ready.readiness.share,
        "low": ready.readiness.low,
        "high": ready.readiness.high,
        "cards": ready.cards,
        "seen": ready.seen,
        "new_a_day": found.new_a_day,
        "new_until": found.new_until.isoformat(),
        "today": {"cards": found.asked_today, "new": found.new_today},
        "curve": [{"day": day.isoformat(), "readiness": share} for day, share in ready.curve],
        "lifts": {
            "sections": [
                {
                    "deck": each.deck,
                    "section": each.section,
                    "title": each.title,
                    "cards": each.cards,
                    "new": each.new,
                    "gain": each.gain,
                }
                for each in found.sections
            ],
            "cards": [
                {
                    "card": each.card,
                    "prompt": each.prompt,
                    "recall": each.recall,
                    "gain": each.gain,
                }
                for each in found.cards
            ],
        },
    }


def _outlook_lines(found: "Outlook", today: "date") -> list[str]:
    from offhand.study.targets.words import (
        ahead_sentence,
        curve_text,
        lift_text,
        ready_text,
        today_sentence,
        when_text,
    )

    ready = found.ready
    target = ready.target
    passed = not target.is_ahead(today)
    is_ready = "Was ready" if target.on < today else "Ready"
    lines = [
        f"{target.name}, {when_text(target, today)}",
        f"  {is_ready} for {ready_text(ready)}; {ready.seen} of {ready.cards} cards seen.",
    ]
    if len(ready.curve) > 1:
        lines.append(f"  {curve_text(ready, _CURVE)}")
    if passed:
        return lines
    lines.append(f"  {today_sentence(found)} {ahead_sentence(found, today)}")
    if found.sections:
        rows = [
            (f"    {short(each.title)}", lift_text(each), f"+{each.gain * 100:.1f} points")
            for each in found.sections[:_SECTIONS]
        ]
        lines += ["  Reviewed today, this lifts it most:", *table(rows, "llr")]
    return lines
