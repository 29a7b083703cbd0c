"""`offhand review`: straight to the cards, on the screen or in plain lines."""

import gc

import click

from offhand.cli.opening import Opening, pass_opening, tell_notices
from offhand.cli.options import scope_options


@click.command("review")
@scope_options
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="N cards at most.")
@click.option(
    "--new",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Begin N more new cards than the setting new_per_day.",
)
@click.option("--practice", is_flag=True, help="Drill answered cards; the schedule stays as it is.")
@click.option("--plain", is_flag=True, help="Plain lines in place of the screen.")
@pass_opening
def review_command(
    opening: Opening,
    deck: str | None,
    section: str | None,
    limit: int | None,
    new: int,
    practice: bool,
    plain: bool,
) -> int:
    """Review today's cards."""
    if practice and new:
        raise click.UsageError("--practice asks answered cards only: leave --new out.")
    if not plain:
        from offhand.cli.app_command import open_app, refuse_without_terminal

        refuse_without_terminal()
    with opening.desk(telling=plain) as desk:
        from offhand.study.review import Review
        from offhand.study.scopes import find_scope

        scope = find_scope(desk, deck, section)
        if practice:
            review = Review.practice(desk, scope, limit)
        else:
            review = Review.today(desk, scope, limit, new)
        if review.shown is None:
            from offhand.cli.printing import say
            from offhand.cli.waiting import nothing_to_practise, nothing_waiting

            tell_notices(desk)
            say(*(nothing_to_practise() if practice else nothing_waiting(desk, scope)))
            return 0
        if plain:
            from offhand.cli.plain import review_plainly

            gc.enable()
            review_plainly(desk, review)
            return 0
        return open_app(desk, review)
