"""The channel: a member's own quiet, who is kept apart, a slower pace, the rules in place."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _one_of("mutes", "members", _instant(), sa.Column("sealed", sa.LargeBinary(), nullable=False))
    op.create_index(op.f("ix_mutes_ends_at"), "mutes", ["ends_at"])
    pace: tuple[sa.Column[Any], ...] = (
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        _instant(),
        sa.Column("noted", sa.Boolean(), nullable=False),
    )
    _one_of("slow_modes", "circles", *pace)
    op.create_index(op.f("ix_slow_modes_ends_at"), "slow_modes", ["ends_at"])
    look = sa.Column("next_at", INSTANT, nullable=False)
    _one_of("guards", "circles", look, sa.Column("sealed", sa.LargeBinary(), nullable=False))
    op.create_index(op.f("ix_guards_next_at"), "guards", ["next_at"])
    _held_apart()


def _held_apart() -> None:
    op.create_table(
        "held_apart",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("one_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("other_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("one_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_held_apart_circle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_apart")),
        sa.UniqueConstraint(
            "circle_id",
            "one_lookup",
            "other_lookup",
            name=op.f("uq_held_apart_circle_id_one_lookup_other_lookup"),
        ),
        sqlite_autoincrement=True,
    )
    for name in ("one_lookup", "other_lookup"):
        op.create_index(op.f(f"ix_held_apart_{name}"), "held_apart", [name])


def _instant() -> sa.Column[Any]:
    return sa.Column("ends_at", INSTANT, nullable=False)


def _one_of(name: str, table: str, *columns: sa.Column[Any]) -> None:
    """One row a member, or a circle, at most."""
    key = f"{table[:-1]}_id"
    op.create_table(
        name,
        sa.Column(key, ROW_ID, autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint([key], [f"{table}.id"], name=op.f(f"fk_{name}_{key}"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    for name in ("held_apart", "guards", "slow_modes", "mutes"):
        op.drop_table(name)
