"""The part of all cards that a person names."""

from offhand.domain.card import EVERYTHING, Scope
from offhand.errors import NotFound
from offhand.study.desk import Desk


def find_scope(desk: Desk, deck: str | None, section: str | None) -> Scope:
    """The part of all cards that a person names by ids; a section alone is enough when only one has it.

    Raises NotFound, naming what there is.
    """
    if deck is None and section is None:
        return EVERYTHING
    from offhand.store import deck_reading

    known = deck_reading.deck_titles(desk.db)
    if deck is not None and deck not in {each.id for each in known}:
        there = ", ".join(each.id for each in known) or "none"
        raise NotFound(f"There is no deck {deck!r}.", mend=f"There are: {there}.")
    if section is None:
        return Scope(deck)
    sections = [s for each in known if deck in (None, each.id) for s in each.sections]
    found = [each for each in sections if each.id == section]
    if not found:
        there = ", ".join(each.id for each in sections) or "none"
        raise NotFound(f"There is no section {section!r}.", mend=f"There are: {there}.")
    if len(found) > 1:
        there = ", ".join(each.deck for each in found)
        raise NotFound(
            f"More than one deck has a section {section!r}.", mend=f"Add --deck: {there}."
        )
    return Scope(found[0].deck, section)


def find_scopes(desk: Desk, deck: str | None, sections: str | None) -> list[Scope]:
    """The parts of all cards that a person names: sections with commas between, a deck, or neither.

    Raises NotFound for the first that does not exist, naming what there is.
    """
    named = [name.strip() for name in (sections or "").split(",") if name.strip()]
    return [find_scope(desk, deck, name) for name in dict.fromkeys(named) or [None]]
