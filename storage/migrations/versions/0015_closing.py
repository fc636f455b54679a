"""A circle that closes: since when, and when all of it is deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC


def upgrade() -> None:
    op.add_column("circles", sa.Column("closing_at", INSTANT, nullable=True))
    op.add_column("circles", sa.Column("closes_at", INSTANT, nullable=True))
    closing = sa.text("closes_at IS NOT NULL")
    op.create_index(
        "ix_circles_closing", "circles", ["closes_at"], sqlite_where=closing, postgresql_where=closing
    )


def downgrade() -> None:
    op.drop_index("ix_circles_closing", "circles")
    op.drop_column("circles", "closes_at")
    op.drop_column("circles", "closing_at")
