"""Exercises that go on now, and what members keep of them: favourites, ratings where switched on."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exercise_runs",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_runs")),
        sa.UniqueConstraint("lookup", name=op.f("uq_exercise_runs_lookup")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exercise_runs_next_at"), "exercise_runs", ["next_at"])
    op.create_table(
        "own_exercises",
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_own_exercises_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_own_exercises")),
    )


def downgrade() -> None:
    op.drop_table("own_exercises")
    op.drop_table("exercise_runs")
