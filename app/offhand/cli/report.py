"""`offhand decks`, `offhand stats` and `offhand weak`: what there is and how it goes."""

from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import json_option
from offhand.cli.printing import say, say_json, short, table
from offhand.study.sentences import ahead_sentence, counted, percent, streak_sentence

if TYPE_CHECKING:
    from offhand.domain.streak import Streak
    from offhand.study.report import Figures, WeakSection


@click.command("decks")
@json_option
@pass_opening
def decks_command(opening: Opening, as_json: bool) -> None:
    """List the decks with their sections."""
    from offhand.study.library import decks

    with opening.desk() as desk:
        found = decks(desk)
        if as_json:
            say_json(
                [
                    {
                        "id": deck.id,
                        "title": deck.title,
                        "about": deck.about,
                        "path": deck.path,
                        "sections": [
                            {"id": s.id, "title": s.title, "entries": s.entries, "cards": s.cards}
                            for s in deck.sections
                        ],
                    }
                    for deck in found
                ]
            )
            return
        if not found:
            from offhand.cli.waiting import no_decks

            say(*no_decks(desk))
            return
        rows = []
        for deck in found:
            entries = sum(s.entries for s in deck.sections)
            cards = sum(s.cards for s in deck.sections)
            rows.append((deck.id, short(deck.title), *_held(entries, cards)))
            rows += [
                (f"  {s.id}", short(s.title), *_held(s.entries, s.cards)) for s in deck.sections
            ]
        say(*table(rows, "llrr"))


def _held(entries: int, cards: int) -> tuple[str, str]:
    return counted(entries, "entry", "entries"), counted(cards, "card")


@click.command("stats")
@json_option
@pass_opening
def stats_command(opening: Opening, as_json: bool) -> None:
    """Show the streak, what was answered, and how much was kept."""
    from offhand.study.report import answers_total, figures

    with opening.desk() as desk:
        found, total = figures(desk), answers_total(desk)
        if as_json:
            say_json(_figures_json(found, total))
        else:
            say(*_figures_lines(found, total))


def _figures_json(found: "Figures", total: int) -> dict[str, object]:
    return {
        "day": found.day.isoformat(),
        "reviews_today": found.answers_today,
        "reviews_total": total,
        "streak_days": found.streak.days,
        "retention": found.retention,
        "retention_reviews": found.reviews,
        "new_today": found.new_today,
        "streak_today": found.streak.today,
        "streak_lost": found.streak.lost,
        "ahead": [{"day": coming.day.isoformat(), "due": coming.due} for coming in found.ahead],
    }


def _figures_lines(found: "Figures", total: int) -> list[str]:
    from offhand.study.report import RETENTION_DAYS

    kept = "no reviews"
    if found.retention is not None:
        kept = f"{percent(found.retention)} of {counted(found.reviews, 'review')}"
    rows = [
        ("Today", f"{counted(found.answers_today, 'answer')}, {found.new_today} new"),
        ("Streak", _streak(found.streak)),
        ("Kept", f"{kept} in the last {RETENTION_DAYS} days"),
        ("Total", counted(total, "answer")),
        ("Ahead", ahead_sentence(found.ahead)),
    ]
    return table(rows, "ll")


def _streak(streak: "Streak") -> str:
    if not streak.days:
        return streak_sentence(streak)
    return counted(streak.days, "day") + ("" if streak.today else ", today not yet among them")


@click.command("weak")
@json_option
@pass_opening
def weak_command(opening: Opening, as_json: bool) -> None:
    """Show the share missed in each section, the weakest first."""
    from offhand.study.report import weak_sections

    with opening.desk() as desk:
        found = weak_sections(desk)
        if as_json:
            say_json([_weak_json(each) for each in found])
        elif found:
            say(*_weak_lines(found))
        else:
            say("No reviews yet: a card's first answer is not one.")


def _weak_json(each: "WeakSection") -> dict[str, object]:
    weakness = each.weakness
    return {
        "deck": each.deck,
        "section": each.section,
        "title": each.title,
        "reviews": weakness.reviews,
        "failed": weakness.failed,
        "failure_rate": weakness.failure_rate,
        "lower_bound": weakness.lower_bound,
        "upper_bound": weakness.upper_bound,
        "weak": weakness.weak,
    }


def _weak_lines(found: list["WeakSection"]) -> list[str]:
    rows = [("Section", "missed", "at least", "reviews", "")]
    for each in found:
        weakness = each.weakness
        if weakness.weak is None:
            rates, verdict = ("", ""), "not enough reviews yet"
        else:
            rates = percent(weakness.failure_rate), percent(weakness.lower_bound)
            verdict = "weak" if weakness.weak else ""
        rows.append((short(each.title), *rates, str(weakness.reviews), verdict))
    return table(rows, "lrrrl")
