"""Occurrences, and what members answer to them; letters."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
TABLES = ("occurrences", "check_ins", "shares", "outbox")


def upgrade() -> None:
    _occurrences()
    _check_ins()
    _shares()
    _outbox()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("schedule_id", ROW_ID, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("prompt", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("message_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_occurrences_circle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedules.id"], name=op.f("fk_occurrences_schedule_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
        sa.UniqueConstraint("schedule_id", "date", name=op.f("uq_occurrences_schedule_id_date")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_occurrences_due", "occurrences", ["circle_id", "due"], unique=False)
    op.create_index(
        "ix_occurrences_latest", "occurrences", ["circle_id", "kind", "state", "due"], unique=False
    )
    op.create_index(op.f("ix_occurrences_message_lookup"), "occurrences", ["message_lookup"], unique=False)
    op.create_index(
        "ix_occurrences_unsettled",
        "occurrences",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("occurrence_id", ROW_ID, nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_check_ins_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrences.id"], name=op.f("fk_check_ins_occurrence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("member_id", "occurrence_id", name=op.f("uq_check_ins_member_id_occurrence_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_check_ins_occurrence_id"), "check_ins", ["occurrence_id"], unique=False)
    op.create_index(
        "uq_check_ins_day",
        "check_ins",
        ["member_id", "date"],
        unique=True,
        sqlite_where=sa.text("occurrence_id IS NULL"),
        postgresql_where=sa.text("occurrence_id IS NULL"),
    )


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("occurrence_id", ROW_ID, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_shares_circle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_shares_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrences.id"], name=op.f("fk_shares_occurrence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_shares_member_id"), "shares", ["member_id"], unique=False)
    op.create_index(op.f("ix_shares_occurrence_id"), "shares", ["occurrence_id"], unique=False)
    op.create_index("ix_shares_queue", "shares", ["circle_id", "review", "id"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("member_id", ROW_ID, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("delivered_at", INSTANT, nullable=True),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_outbox_circle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_outbox_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_member_id"), "outbox", ["member_id"], unique=False)
    op.create_index(
        "ix_outbox_stuck",
        "outbox",
        ["circle_id", "written_at"],
        unique=False,
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["next_try_at", "id"],
        unique=False,
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
