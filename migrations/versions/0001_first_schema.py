"""The first schema: the log, the copy of the decks, and the schedule folded from the log.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "decks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.CheckConstraint("grade BETWEEN 0 AND 5", name="grade_is_sm2"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "events_by_card", "events", ["card"], unique=False, sqlite_where=sa.text("card IS NOT NULL")
    )
    op.create_index("events_by_day", "events", ["day", "kind"], unique=False)
    op.create_index(
        "events_by_target",
        "events",
        ["target"],
        unique=False,
        sqlite_where=sa.text("target IS NOT NULL"),
    )
    op.create_table(
        "files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("deck", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mtime_ns", sa.Integer(), nullable=False),
        sa.Column("ctime_ns", sa.Integer(), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sections",
        sa.Column("deck", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deck"],
            ["decks.id"],
        ),
        sa.PrimaryKeyConstraint("deck", "id"),
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("deck", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["deck", "section"],
            ["sections.deck", "sections.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("cards_by_entry", "cards", ["entry"], unique=False)
    op.create_index("cards_by_path", "cards", ["path"], unique=False)
    op.create_index("cards_by_section", "cards", ["deck", "section", "position"], unique=False)
    op.create_table(
        "states",
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("ease", sa.Integer(), nullable=True),
        sa.Column("repetitions", sa.Integer(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=True),
        sa.Column("reviews", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("again_on", sa.Text(), nullable=True),
        sa.Column("buried_on", sa.Text(), nullable=True),
        sa.Column("suspended", sa.Integer(), server_default="0", nullable=False),
        sa.Column("flagged", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "due IS NULL OR (interval >= 1 AND ease >= 130)", name="schedule_is_possible"
        ),
        sa.ForeignKeyConstraint(["card"], ["cards.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("card"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "states_again",
        "states",
        ["again_on"],
        unique=False,
        sqlite_where=sa.text("again_on IS NOT NULL"),
    )
    op.create_index(
        "states_answered",
        "states",
        ["answered_on"],
        unique=False,
        sqlite_where=sa.text("answered_on IS NOT NULL"),
    )
    op.create_index(
        "states_due",
        "states",
        ["due"],
        unique=False,
        sqlite_where=sa.text("due IS NOT NULL AND suspended = 0"),
    )
    op.create_index(
        "states_new",
        "states",
        ["rank"],
        unique=False,
        sqlite_where=sa.text("due IS NULL AND suspended = 0"),
    )
