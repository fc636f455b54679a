"""What follows from words: a member's safety map, and what help was shown to them and what rests."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _one_a_member("safety_maps")
    _one_a_member("followings", sa.Column("next_at", INSTANT, nullable=True))
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_followings_next", "followings", ["next_at"], sqlite_where=waiting, postgresql_where=waiting
    )


def _one_a_member(name: str, *columns: sa.Column[int]) -> None:
    op.create_table(
        name,
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f(f"fk_{name}_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    for name in ("followings", "safety_maps"):
        op.drop_table(name)
