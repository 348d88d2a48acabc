"""Batches, edits, and words to search for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_JOBS = sa.table("jobs", sa.column("id"), sa.column("request", sa.JSON), sa.column("task"))


def upgrade() -> None:
    """Add the columns and the table; fill in the prompts of existing jobs."""
    op.add_column("jobs", sa.Column("task", sa.Text, nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("based_on", sa.String(32)))
    op.add_column("jobs", sa.Column("batch", sa.String(32)))
    op.create_index("jobs_by_batch", "jobs", ["batch"])
    connection = op.get_bind()
    for job, request in connection.execute(sa.select(_JOBS.c.id, _JOBS.c.request)).all():
        words = sa.update(_JOBS).where(_JOBS.c.id == job).values(task=request["prompt"])
        connection.execute(words)
    op.create_table(
        "batches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("idempotency_key", sa.String(200)),
        sa.Column("requests", sa.String(64), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("batches_by_idempotency_key", "batches", ["owner", "idempotency_key"], unique=True)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("batches")
    op.drop_index("jobs_by_batch", "jobs")
    for column in ("batch", "based_on", "task"):
        op.drop_column("jobs", column)
