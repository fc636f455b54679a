"""Who walks alongside whom by mutual consent, and what members keep to look back on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _one_a_member("partners", sa.Column("named_lookup", sa.LargeBinary(), nullable=False))
    op.create_index(op.f("ix_partners_named_lookup"), "partners", ["named_lookup"])
    _one_a_member("own_stories")


def _one_a_member(name: str, *columns: sa.Column[bytes]) -> None:
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
    for name in ("own_stories", "partners"):
        op.drop_table(name)
