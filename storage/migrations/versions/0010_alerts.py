"""Alerts, the letters that tell of them, who told a facilitator; who is on duty, and what was said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        _ref("circle_id"),
        _ref("member_id", nullable=True),
        sa.Column("lookup", sa.LargeBinary()),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.Column("holder_lookup", sa.LargeBinary()),
        sa.Column("holder_sealed", sa.LargeBinary()),
        _goes_with("alerts", "circle_id", "circles"),
        _goes_with("alerts", "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sqlite_autoincrement=True,
    )
    _indexed("alerts", "member_id", "lookup", "holder_lookup")
    _partial("ix_alerts_next", ["next_at", "id"], "next_at IS NOT NULL")
    _partial("ix_alerts_open", ["circle_id", "id"], "closed_at IS NULL")
    _partial("ix_alerts_over", ["closed_at"], "closed_at IS NOT NULL")
    op.create_table(
        "alert_letters",
        sa.Column("alert_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("letter_id", ROW_ID, autoincrement=False, nullable=False),
        _ref("member_id", nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("revising", sa.Boolean(), nullable=False, server_default=sa.false()),
        _goes_with("alert_letters", "alert_id", "alerts"),
        _goes_with("alert_letters", "letter_id", "outbox"),
        _goes_with("alert_letters", "member_id", "members"),
        sa.PrimaryKeyConstraint("alert_id", "letter_id", name=op.f("pk_alert_letters")),
    )
    _indexed("alert_letters", "letter_id", "member_id", "at")
    op.create_table(
        "alert_reports",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        _ref("alert_id"),
        _ref("member_id", nullable=True),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _goes_with("alert_reports", "alert_id", "alerts"),
        _goes_with("alert_reports", "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_reports")),
        sqlite_autoincrement=True,
    )
    _indexed("alert_reports", "alert_id", "member_id", "lookup")
    _duty()


def _duty() -> None:
    op.create_table(
        "duties",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        _ref("circle_id"),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("anywhere", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since", INSTANT),
        sa.Column("until", INSTANT),
        sa.Column("last_at", INSTANT),
        _goes_with("duties", "circle_id", "circles"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("circle_id", "lookup", name=op.f("uq_duties_circle_id_lookup")),
        sqlite_autoincrement=True,
    )
    _indexed("duties", "anywhere")
    op.create_table(
        "watches",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("covered", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("bare_since", INSTANT),
        sa.Column("since", INSTANT),
        sa.Column("told_at", INSTANT),
        sa.Column("note_id", ROW_ID),
        sa.Column("warned", INSTANT),
        sa.Column("next_at", INSTANT),
        _goes_with("watches", "circle_id", "circles"),
        sa.PrimaryKeyConstraint("circle_id", name=op.f("pk_watches")),
    )
    _indexed("watches", "next_at")


def _ref(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, ROW_ID, nullable=nullable)


def _goes_with(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "alerts", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name in ("watches", "duties", "alert_reports", "alert_letters", "alerts"):
        op.drop_table(name)
