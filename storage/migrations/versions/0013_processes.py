"""Several processes share the work: who lives, and what each of them holds."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HELD = ("occurrences", "outbox", "pairs", "meetings")


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("pace", sa.Integer(), nullable=False),
        sa.Column("identified_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
    for table in HELD:
        op.add_column(table, sa.Column("held_by", ROW_ID, nullable=True))


def downgrade() -> None:
    for table in HELD:
        op.drop_column(table, "held_by")
    op.drop_table("processes")
