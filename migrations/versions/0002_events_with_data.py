"""Events that hold more than an answer: moved and carried schedules, targets, interviews.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("events", sa.Column("data", sa.Text(), nullable=True))
