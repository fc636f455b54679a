"""What is a member's alone: wishes, reminders, who looked; shares with their frame; weeks in counts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()  # microseconds since 1970 UTC


def upgrade() -> None:
    for name, *columns in (
        ("preferences", sa.Column("sealed", sa.LargeBinary(), nullable=False)),
        (
            "reminders",
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
            sa.Column("next_at", INSTANT, nullable=True),
        ),
    ):
        op.create_table(
            name,
            sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["member_id"], ["members.id"], name=op.f(f"fk_{name}_member_id"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("member_id", name=op.f(f"pk_{name}")),
        )
    due = sa.text("next_at IS NOT NULL")
    op.create_index("ix_reminders_next", "reminders", ["next_at"], sqlite_where=due, postgresql_where=due)
    _looks()
    _summaries()
    op.add_column("check_ins", sa.Column("noted", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("shares", sa.Column("told", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("shares", sa.Column("waits_since", INSTANT, nullable=True))
    op.execute("UPDATE shares SET waits_since = offered_at WHERE review = 'waiting'")
    waiting = sa.text("waits_since IS NOT NULL")
    op.create_index(
        "ix_shares_waiting",
        "shares",
        ["waits_since", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _looks() -> None:
    op.create_table(
        "looks",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("viewer_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("viewer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_looks_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_looks_member_id"), "looks", ["member_id"])
    op.create_index(op.f("ix_looks_viewer_lookup"), "looks", ["viewer_lookup"])


def _summaries() -> None:
    op.create_table(
        "summaries",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_summaries_circle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_id", "week", name=op.f("pk_summaries")),
    )


def downgrade() -> None:
    op.drop_index("ix_shares_waiting", table_name="shares")
    op.drop_column("shares", "waits_since")
    op.drop_column("shares", "told")
    op.drop_column("check_ins", "noted")
    for table in ("summaries", "looks", "reminders", "preferences"):
        op.drop_table(table)
