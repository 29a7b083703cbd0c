"""What a quiz asks the database: plain SQL in, domain objects out."""

from collections.abc import Iterable, Sequence

from offhand.domain.card import CardKind, Scope
from offhand.domain.quiz import Askable
from offhand.store.clauses import within
from offhand.store.connection import Database


def askable(db: Database, scopes: Sequence[Scope]) -> list[Askable]:
    """Every card of some scopes that a quiz may ask, new ones too; none that are suspended."""
    found: dict[str, Askable] = {}
    for scope in scopes:
        clause, values = within(scope)
        rows = db.each(
            "SELECT c.id, c.entry, c.deck || '/' || c.section, c.kind,"
            " length(CASE c.kind WHEN 'term' THEN c.prompt ELSE c.answer END)"
            " FROM cards c JOIN states s ON s.card = c.id"
            f" WHERE NOT c.gone AND NOT s.suspended{clause} ORDER BY c.deck, c.position",
            values,
        )
        for card, entry, section, kind, letters in rows:
            found.setdefault(card, Askable(card, entry, section, CardKind(kind), letters))
    return list(found.values())


def terms_beside(db: Database, deck: str, section: str, at_least: int) -> dict[str, str]:
    """The terms of a section with their definitions; of the whole deck where these are too few."""
    for scope in (Scope(deck, section), Scope(deck)):
        clause, values = within(scope)
        rows = db.rows(
            f"SELECT c.prompt, c.answer FROM cards c WHERE NOT c.gone AND c.kind = 'term'{clause}"
            " ORDER BY c.position LIMIT 2000",
            values,
        )
        if len(rows) >= at_least:
            break
    return dict(rows)


def siblings(db: Database, entry: str, kinds: Iterable[CardKind]) -> list[tuple[str, str]]:
    """Prompt and answer of the cards of an entry that are of some kinds."""
    wanted = [kind.value for kind in kinds]
    marks = ", ".join("?" * len(wanted))
    rows = db.rows(
        "SELECT prompt, answer FROM cards WHERE NOT gone AND entry = ?"
        f" AND kind IN ({marks}) ORDER BY position",
        [entry, *wanted],
    )
    return [(row[0], row[1]) for row in rows]
