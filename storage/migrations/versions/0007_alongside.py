"""Practising with another: who walks alongside whom, pairs that listen; and what members look back on."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _one_a_member("partners", sa.Column("named_lookup", sa.LargeBinary(), nullable=False))
    op.create_index(op.f("ix_partners_named_lookup"), "partners", ["named_lookup"])
    _one_a_member("own_stories")
    _one_a_member("pair_wishes", sa.Column("due_at", INSTANT, nullable=False))
    op.create_index(op.f("ix_pair_wishes_due_at"), "pair_wishes", ["due_at"])
    _of_two("kept_apart", "members", sa.Column("other_lookup", sa.LargeBinary(), nullable=False))
    op.create_table(
        "pairs",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_pairs_circle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairs")),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_pairs_next", "pairs", ["next_at", "id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index(op.f("ix_pairs_circle_id"), "pairs", ["circle_id"])
    _of_two("pair_people", "pairs", sa.Column("place", sa.Integer(), nullable=False))
    op.create_index(op.f("ix_pair_people_member_id"), "pair_people", ["member_id"])


def _of_two(name: str, table: str, column: sa.Column[Any]) -> None:
    """A member and one more thing, together the key."""
    columns = [sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False), column]
    keys, foreign = ["member_id", column.name], ["members"]
    if table == "pairs":
        columns.insert(0, sa.Column("pair_id", ROW_ID, autoincrement=False, nullable=False))
        keys, foreign = ["pair_id", "member_id"], ["pairs", "members"]
    op.create_table(
        name,
        *columns,
        *(
            sa.ForeignKeyConstraint(
                [f"{each[:-1]}_id"],
                [f"{each}.id"],
                name=op.f(f"fk_{name}_{each[:-1]}_id"),
                ondelete="CASCADE",
            )
            for each in foreign
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
    )


def _one_a_member(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        *columns,
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f(f"fk_{name}_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    for name in ("pair_people", "pairs", "kept_apart", "pair_wishes", "own_stories", "partners"):
        op.drop_table(name)
