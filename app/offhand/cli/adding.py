"""`offhand add`: writes a card into a deck file, and leaves all else in it as it is."""

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from offhand.cli.opening import Opening, pass_opening
from offhand.cli.options import complete_deck, complete_section, json_option
from offhand.cli.printing import say, say_json
from offhand.domain.card import CardKind
from offhand.errors import NotFound

if TYPE_CHECKING:
    from offhand.study.desk import Desk

_STDIN = "-"


@click.command("add")
@click.argument("term")
@click.argument("definition", required=False)
@click.option(
    "--deck",
    metavar="DECK",
    required=True,
    help="The deck's id or title; made if missing.",
    shell_complete=complete_deck,
)
@click.option(
    "--section",
    metavar="SECTION",
    default="",
    help="The section's id or title; made if missing.",
    shell_complete=complete_section,
)
@click.option("--question", "is_question", is_flag=True, help="A question and its answer.")
@click.option("--reverse", is_flag=True, help="Ask the term both ways.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Tag it; may be given again.")
@click.option("--extra", metavar="TEXT", default="", help="Shown below the answer.")
@click.option("--id", "ident", metavar="ID", default="", help="The entry's part of the card's id.")
@click.option("--new", "may_make", is_flag=True, help="Make the deck or section in any case.")
@json_option
@pass_opening
def add_command(
    opening: Opening,
    term: str,
    definition: str | None,
    deck: str,
    section: str,
    is_question: bool,
    reverse: bool,
    tags: tuple[str, ...],
    extra: str,
    ident: str,
    may_make: bool,
    as_json: bool,
) -> None:
    """Add a card to a deck file: a TERM and its DEFINITION.

    A TERM alone with {{holes}} is a cloze. - reads a text from stdin; alone, it is the term on the
    first line and the definition below.
    """
    from offhand.study.editing import add_card
    from offhand.study.typed_card import TypedCard, has_holes
    from offhand.study.typed_lines import tags_of

    term, definition = _texts(term, definition)
    kind = CardKind.QUESTION if is_question else CardKind.TERM
    if not definition:
        if not has_holes(term):
            raise click.UsageError("What is the DEFINITION? A TERM alone is a cloze: {{…}}.")
        kind = CardKind.CLOZE
    typed = TypedCard(
        kind,
        term,
        definition,
        reverse=reverse or None,
        tags=tags_of("\n".join(tags)),
        extra=extra,
    )
    with opening.desk() as desk:
        if not may_make:
            _refuse_likely_slips(desk, deck, section)
        done = add_card(desk, typed, deck, section, ident)
        path = str(next(iter(done.edits[-1].after)))
        if as_json:
            say_json({"cards": list(done.cards), "path": path, "made": list(done.made)})
        else:
            say(*done.made, f"{', '.join(done.cards)} added to {path}.")


def _texts(term: str, definition: str | None) -> tuple[str, str]:
    """Both texts, one of them read from stdin where it is asked for."""
    if _STDIN not in (term, definition):
        return term, definition or ""
    if not (typed := sys.stdin.read().strip()):
        raise click.UsageError("There is no text on stdin.")
    if definition == _STDIN:
        return term, typed
    if definition is not None:
        return typed, definition
    first, _, below = typed.partition("\n")
    return first, below


def _refuse_likely_slips(desk: "Desk", deck: str, section: str) -> None:
    """Refuse a name that there is not and that resembles one that there is."""
    from offhand.study.library import decks, find_deck, section_title

    known = find_deck(desk, deck)
    if known is None:
        _refuse_if_near("deck", deck, [each.id for each in decks(desk)])
    elif section and section_title(known, section) == section:
        titles = {each.title for each in known.sections}
        if section not in titles:
            _refuse_if_near("section", section, [each.id for each in known.sections])


def _refuse_if_near(what: str, name: str, known: Iterable[str]) -> None:
    if near := get_close_matches(name.casefold().replace(" ", "-"), known, n=1, cutoff=0.75):
        raise NotFound(
            f"There is no {what} {name!r}.",
            mend=f"Did you mean {near[0]}? Or add --new to make it.",
        )
