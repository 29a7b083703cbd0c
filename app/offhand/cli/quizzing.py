"""`offhand quiz`: an examination, on the screen or in plain lines; the schedule stays as it is."""

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening, tell_notices
from offhand.cli.options import sections_options

if TYPE_CHECKING:
    from offhand.domain.card import Scope
    from offhand.study.desk import Desk

_WAYS = ("choice", "typed", "cloze", "card")


@click.command("quiz")
@sections_options
@click.option("--weak", is_flag=True, help="Only the weak sections.")
@click.option(
    "--count",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    metavar="N",
    help="N questions at most.",
)
@click.option(
    "--ways",
    default=",".join(_WAYS),
    show_default=True,
    metavar="LIST",
    help="How to ask, with commas between.",
)
@click.option("--seed", type=int, metavar="N", help="Draw the same questions again.")
@click.option("--plain", is_flag=True, help="Plain lines in place of the screen.")
@pass_opening
def quiz_command(
    opening: Opening,
    deck: str | None,
    sections: str | None,
    weak: bool,
    count: int,
    ways: str,
    seed: int | None,
    plain: bool,
) -> int:
    """Examine yourself; the schedule stays as it is.

    Without sections, ways or a seed, the screen lets you choose.
    """
    from offhand.domain.quiz import Way

    asked = [way.strip() for way in ways.split(",") if way.strip()]
    if unknown := [way for way in asked if way not in _WAYS]:
        raise click.BadParameter(
            f"{unknown[0]!r} is none of {', '.join(_WAYS)}.", param_hint="--ways"
        )
    if not asked:
        raise click.BadParameter(f"name some of {', '.join(_WAYS)}.", param_hint="--ways")
    if weak and (deck or sections):
        raise click.UsageError("--weak chooses the sections: leave --deck and --sections out.")
    if not plain:
        from offhand.cli.app_command import open_app, refuse_without_terminal

        refuse_without_terminal()
    context = click.get_current_context()
    chosen = any(
        context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        for name in ("deck", "sections", "weak", "count", "ways", "seed")
    )
    with opening.desk(telling=plain) as desk:
        from offhand.study.quiz import Quiz

        if not plain and not chosen:
            from offhand.tui.screens.quiz_setup import QuizSetupScreen

            return open_app(desk, first=lambda: QuizSetupScreen(desk))
        quiz = Quiz.begin(
            desk, _scopes(desk, deck, sections, weak), count, list(map(Way, asked)), seed
        )
        if plain:
            from offhand.cli.plain_quiz import quiz_plainly

            gc.enable()
            quiz_plainly(desk, quiz)
            return 0
        tell_notices(desk)
        from offhand.tui.screens.quiz import QuizScreen

        return open_app(desk, first=lambda: QuizScreen(desk, quiz))


def _scopes(desk: "Desk", deck: str | None, sections: str | None, weak: bool) -> Sequence["Scope"]:
    from offhand.study.quiz import weak_scopes
    from offhand.study.scopes import find_scopes

    return weak_scopes(desk) if weak else find_scopes(desk, deck, sections)
