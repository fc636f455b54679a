"""Crisis lines of a circle's own, and which lines its facilitators have checked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "local_lines",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        _of_a_circle("local_lines"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_lines")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_local_lines_circle_id"), "local_lines", ["circle_id"])
    op.create_table(
        "line_checks",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("account_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("account_sealed", sa.LargeBinary(), nullable=True),
        _of_a_circle("line_checks"),
        sa.PrimaryKeyConstraint("circle_id", "line", name=op.f("pk_line_checks")),
    )
    op.create_index(op.f("ix_line_checks_account_lookup"), "line_checks", ["account_lookup"])


def _of_a_circle(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_circle_id")
    return sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("line_checks")
    op.drop_table("local_lines")
