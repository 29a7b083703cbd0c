"""`offhand interview` and `offhand interviews`: a mock interview, and how those so far went."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening, tell_notices
from offhand.cli.options import json_option, sections_options
from offhand.cli.printing import say, say_json

if TYPE_CHECKING:
    from textual.screen import Screen

    from offhand.domain.interview import Interview
    from offhand.study.desk import Desk
    from offhand.study.interviews.plan import Wish

_LEVELS = ("junior", "mid", "senior")
_SHORTEST, _USUAL, _LONGEST = 1, 30, 240


@click.command("interview")
@click.option(
    "--minutes",
    type=click.IntRange(_SHORTEST, _LONGEST),
    default=_USUAL,
    show_default=True,
    metavar="N",
    help="How long it lasts.",
)
@click.option("--level", type=click.Choice(_LEVELS), help="Only questions of this level.")
@sections_options
@click.option("--seed", type=int, metavar="N", help="Draw the same questions again.")
@click.option("--resume", is_flag=True, help="Go on with the one that was left.")
@click.option("--plain", is_flag=True, help="Plain lines in place of the screen.")
@pass_opening
def interview_command(
    opening: Opening,
    minutes: int,
    level: str | None,
    deck: str | None,
    sections: str | None,
    seed: int | None,
    resume: bool,
    plain: bool,
) -> int:
    """Hold a mock interview against the clock.

    Its questions are drawn from the sections, weak ones more often. Left in the middle, it waits. The
    schedule stays as it is.
    """
    if not plain:
        from offhand.cli.app_command import open_app, refuse_without_terminal

        refuse_without_terminal("offhand interview --plain")
    with opening.desk(telling=plain) as desk:
        from offhand.domain.card import Level
        from offhand.errors import NotFound
        from offhand.study.interviews.listing import unfinished
        from offhand.study.interviews.plan import Wish
        from offhand.study.scopes import find_scopes

        scopes = tuple(find_scopes(desk, deck, sections))
        wish = Wish(minutes, scopes, Level(level) if level else None, seed)
        left = unfinished(desk)
        if resume and left is None:
            raise NotFound(
                "No interview was left unfinished.", mend="`offhand interview` begins one."
            )
        if plain:
            from offhand.cli.plain_interview import hold_plainly

            gc.enable()
            hold_plainly(desk, wish, left if resume else None)
            return 0
        tell_notices(desk)
        return open_app(desk, first=lambda: _first_screen(desk, wish, left if resume else None))


def _first_screen(desk: "Desk", wish: "Wish", resumed: "Interview | None") -> "Screen[None]":
    from offhand.study.interviews.interview import InterviewUnderWay
    from offhand.tui.screens.interview import InterviewScreen
    from offhand.tui.screens.interview_setup import InterviewSetupScreen

    if resumed is None:
        return InterviewSetupScreen(desk, wish)
    return InterviewScreen(desk, InterviewUnderWay.resume(desk, resumed.id))


@click.command("interviews")
@click.argument("interview", required=False)
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the scorecard to FILE.md or FILE.html.",
)
@json_option
@pass_opening
def interviews_command(
    opening: Opening, interview: str | None, to: Path | None, as_json: bool
) -> None:
    """List the interviews, or show the scorecard of one.

    Name it by its number, or as `last`.
    """
    if to is not None and interview is None:
        raise click.UsageError("--to writes the scorecard of one interview: name it, as `last`.")
    with opening.desk() as desk:
        from offhand.cli import scorecard_lines
        from offhand.study.interviews.listing import past_interviews, scorecard_named
        from offhand.study.interviews.sharing import share

        if interview is None:
            past = past_interviews(desk)
            if as_json:
                say_json(scorecard_lines.list_json(past))
            else:
                say(*scorecard_lines.list_lines(past))
            return
        card = scorecard_named(desk, interview)
        if to is not None:
            share(card, to)
            say(f"Written to {to}.")
        elif as_json:
            say_json(scorecard_lines.card_json(card))
        else:
            say(*scorecard_lines.card_lines(card))
