"""Parts of SQL that several queries share."""

from offhand.domain.card import Scope

STANDS = "NOT EXISTS (SELECT 1 FROM events u WHERE u.target = e.id)"
"""An event `e` that was not taken back."""
ANSWERS = "('answer', 'early', 'repeat', 'practice')"
"""The kinds of events that are answers; those of a quiz count on their own."""


def within(scope: Scope) -> tuple[str, list[str]]:
    """A condition on cards `c` that keeps to a scope, and its values."""
    clause, values = "", list[str]()
    if scope.deck is not None:
        clause, values = clause + " AND c.deck = ?", [*values, scope.deck]
    if scope.section is not None:
        clause, values = clause + " AND c.section = ?", [*values, scope.section]
    return clause, values
