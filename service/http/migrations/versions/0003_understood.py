"""How much of the prompt of a job was understood."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("jobs", sa.Column("understood", sa.JSON))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("jobs", "understood")
