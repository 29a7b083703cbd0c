"""The tables, one row a thing.

`events` is the truth about what was learned: rows are added, never changed. `cards`, `sections`,
`decks` and `files` copy the deck files; `search` is the index over the cards' texts; `states` is the
fold of the events, plus the card's place in the order of learning. All but `events` and `meta` can
be thrown away and made again.
"""

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
    text,
)

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

decks = Table(
    "decks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("gone", Integer, nullable=False, server_default="0"),
)

sections = Table(
    "sections",
    metadata,
    Column("deck", Text, ForeignKey("decks.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

# What each deck file was when it was read last, so that it is read again only when it changed.
files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("deck", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("ctime_ns", Integer, nullable=False),
    Column("outline", Text, nullable=False),
)

# `id` is for good; `key` is what the deck file makes of the card now. `gone` cards have left their
# deck and wait, with their history, for it to bring them back. `number` is the card's row in `search`.
cards = Table(
    "cards",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("deck", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("more", Text, nullable=False),
    Column("rest", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("gone", Integer, nullable=False, server_default="0"),
    Column("number", Integer),
    ForeignKeyConstraint(["deck", "section"], ["sections.deck", "sections.id"]),
    Index("cards_by_section", "deck", "section", "position"),
    Index("cards_by_path", "path"),
    Index("cards_by_entry", "entry"),
    Index("cards_by_number", "number", unique=True),
)

# The pieces of each card's text, joined by spaces (offhand.domain.pieces); the texts themselves are
# not kept twice. One letter and two have an index of their own: every word begins with them, when it
# is typed.
event.listen(
    metadata,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE VIRTUAL TABLE search USING"
        " fts5(prompt, rest, content='', tokenize='ascii', prefix='1 2')"
    ),
)

# Days are ISO dates, intervals days, ease hundredths. A card never answered has no `due`.
states = Table(
    "states",
    metadata,
    Column("card", Text, ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("due", Text),
    Column("interval", Integer),
    Column("ease", Integer),
    Column("repetitions", Integer),
    Column("lapses", Integer),
    Column("reviews", Integer, nullable=False, server_default="0"),
    Column("answered_on", Text),
    Column("again_on", Text),
    Column("buried_on", Text),
    Column("suspended", Integer, nullable=False, server_default="0"),
    Column("flagged", Integer, nullable=False, server_default="0"),
    CheckConstraint("due IS NULL OR (interval >= 1 AND ease >= 130)", name="schedule_is_possible"),
    Index("states_due", "due", sqlite_where=text("due IS NOT NULL AND suspended = 0")),
    Index("states_new", "rank", sqlite_where=text("due IS NULL AND suspended = 0")),
    Index("states_again", "again_on", sqlite_where=text("again_on IS NOT NULL")),
    Index("states_answered", "answered_on", sqlite_where=text("answered_on IS NOT NULL")),
    sqlite_with_rowid=False,
)

# `data` is JSON, for the kinds of events that hold more than the other columns can say.
# No foreign key to cards: the log stands alone, and may know cards that no file holds any more.
events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("card", Text),
    Column("grade", Integer),
    Column("took_ms", Integer),
    Column("interval", Integer),
    Column("target", Text),
    Column("key", Text),
    Column("data", Text),
    CheckConstraint("grade BETWEEN 0 AND 5", name="grade_is_sm2"),
    Index("events_by_card", "card", sqlite_where=text("card IS NOT NULL")),
    Index("events_by_day", "day", "kind"),
    Index("events_by_target", "target", sqlite_where=text("target IS NOT NULL")),
    Index("events_of_no_card", "kind", "id", sqlite_where=text("card IS NULL")),
    sqlite_with_rowid=False,
)
