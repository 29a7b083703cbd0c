"""The few events that are of no card (rest days, targets, interviews) are found without the log.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_index(
        "events_of_no_card", "events", ["kind", "id"], sqlite_where=sa.text("card IS NULL")
    )
