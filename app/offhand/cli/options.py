"""Options and arguments that more than one command takes, and what a shell completes for them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from offhand.cli.opening import Opening
from offhand.domain.event import Grade
from offhand.errors import OffhandError

if TYPE_CHECKING:
    from offhand.study.desk import Desk

Command = TypeVar("Command", bound=Callable[..., Any])

_WORDS = {
    "again": Grade.WRONG,
    "hard": Grade.HARD,
    "good": Grade.GOOD,
    "easy": Grade.PERFECT,
}


def _as_grade(context: click.Context, parameter: click.Parameter, value: str) -> Grade:
    word = value.lower()
    if word in _WORDS:
        return _WORDS[word]
    if word in {str(int(grade)) for grade in Grade}:
        return Grade(int(word))
    raise click.BadParameter(
        f"{value!r} is no grade: give 0 to 5, or {', '.join(_WORDS)}.", context, parameter
    )


def _complete_grade(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [word for word in _WORDS if word.startswith(incomplete)]


grade_argument = click.argument("grade", callback=_as_grade, shell_complete=_complete_grade)
"""A grade as 0 to 5 or as a word."""


def completing(
    find: "Callable[[Desk], Iterable[str]]",
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What completes a parameter from the learner's desk; nothing where that cannot be opened."""

    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        try:
            with context.ensure_object(Opening).desk(telling=False) as desk:
                return [found for found in find(desk) if found.startswith(incomplete)]
        except OffhandError:
            return []

    return complete


def _decks(desk: "Desk") -> list[str]:
    from offhand.study.library import decks

    return [deck.id for deck in decks(desk)]


complete_deck = completing(_decks)
"""Completes the id of a deck."""


def _sections(desk: "Desk") -> list[str]:
    from offhand.study.library import decks

    return [section.id for deck in decks(desk) for section in deck.sections]


complete_section = completing(_sections)
"""Completes the id of a section."""


def _cards_of_today(desk: "Desk") -> list[str]:
    from offhand.study.review import plan_today

    planned = plan_today(desk)
    return [waiting.card for waiting in (*planned.again, *planned.queue)]


_deck_option = click.option(
    "--deck", metavar="ID", help="Only this deck.", shell_complete=completing(_decks)
)


def scope_options(command: Command) -> Command:
    """Let a command be asked for one deck or one section only."""
    command = click.option(
        "--section", metavar="ID", help="Only this section.", shell_complete=complete_section
    )(command)
    return _deck_option(command)


def sections_options(command: Command) -> Command:
    """Let a command be asked for one deck, or for some sections, as `--sections a,b`."""
    command = click.option(
        "--sections",
        metavar="IDS",
        help="Only these sections, with commas between.",
        shell_complete=complete_section,
    )(command)
    return _deck_option(command)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON; `offhand help cli` tells its shape."
)
"""Lets a command write JSON in place of lines for people."""

card_argument = click.argument("card", shell_complete=completing(_cards_of_today))
"""A card by its id; a shell completes those of today."""
