"""What members practise: challenges taken up, commitments and their log."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()  # microseconds since 1970 UTC


def upgrade() -> None:
    _of_members("attempts", "begun_at", "ended_at")
    _of_members("commitments", "made_at", "remind_at")
    waiting = sa.text("remind_at IS NOT NULL")
    op.create_index(
        "ix_commitments_remind",
        "commitments",
        ["remind_at", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "entries",
        sa.Column("commitment_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_entries_commitment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_entries_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("commitment_id", "date", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_member_id"), "entries", ["member_id"])


def _of_members(name: str, begun: str, ended: str) -> None:
    op.create_table(
        name,
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("member_id", ROW_ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column(begun, INSTANT, nullable=False),
        sa.Column(ended, INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f(f"fk_{name}_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{name}_member_id"), name, ["member_id"])


def downgrade() -> None:
    for name in ("entries", "commitments", "attempts"):
        op.drop_table(name)
