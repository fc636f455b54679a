"""Circles, their members and schedules, and the keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
TABLES = (
    "vault_keys",
    "keyrings",
    "circles",
    "members",
    "member_keys",
    "erased",
    "consents",
    "schedules",
    "skips",
)


def upgrade() -> None:
    _vault_keys()
    _keyrings()
    _circles()
    _members()
    _member_keys()
    _erased()
    _consents()
    _schedules()
    _skips()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _vault_keys() -> None:
    op.create_table(
        "vault_keys",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_vault_keys")),
    )


def _keyrings() -> None:
    op.create_table(
        "keyrings",
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_keyrings")),
    )


def _circles() -> None:
    op.create_table(
        "circles",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("home_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("facilitators_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("server_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circles")),
        sa.UniqueConstraint("home_lookup", name=op.f("uq_circles_home_lookup")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circles_facilitators_lookup"), "circles", ["facilitators_lookup"], unique=False)
    op.create_index(op.f("ix_circles_server_lookup"), "circles", ["server_lookup"], unique=False)


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("account_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_ref", sa.Text(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("consent_version", sa.Integer(), nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.Column("delete_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_members_circle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("circle_id", "lookup", name=op.f("uq_members_circle_id_lookup")),
        sa.UniqueConstraint("key_ref", name=op.f("uq_members_key_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_members_account_lookup"), "members", ["account_lookup"], unique=False)
    op.create_index(
        "ix_members_leaving",
        "members",
        ["delete_at"],
        unique=False,
        sqlite_where=sa.text("delete_at IS NOT NULL"),
        postgresql_where=sa.text("delete_at IS NOT NULL"),
    )


def _member_keys() -> None:
    op.create_table(
        "member_keys",
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_member_keys_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_keys")),
    )
    op.create_index(op.f("ix_member_keys_operator"), "member_keys", ["operator"], unique=False)


def _erased() -> None:
    op.create_table(
        "erased",
        sa.Column("key_ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key_ref", name=op.f("pk_erased")),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_consents_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "scope", name=op.f("pk_consents")),
    )


def _schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("next_date", sa.Date(), nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_schedules_circle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_schedules_circle_id"), "schedules", ["circle_id"], unique=False)
    op.create_index(
        "ix_schedules_next",
        "schedules",
        ["next_at", "id"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "uq_schedules_standing",
        "schedules",
        ["circle_id", "kind", "time", "days"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def _skips() -> None:
    op.create_table(
        "skips",
        sa.Column("schedule_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedules.id"], name=op.f("fk_skips_schedule_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("schedule_id", "date", name=op.f("pk_skips")),
    )
