"""An index over the cards' texts, filled at the next start.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("cards", sa.Column("number", sa.Integer(), nullable=True))
    op.create_index("cards_by_number", "cards", ["number"], unique=True)
    op.execute(
        "CREATE VIRTUAL TABLE search USING"
        " fts5(prompt, rest, content='', tokenize='ascii', prefix='1 2')"
    )
