"""Plans, a circle's own texts, imports, themes left out, the audit list; schedules rest on their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()  # microseconds since 1970 UTC
TABLES = ("weeks", "chosen_prompts", "own_texts", "drafts", "opt_outs", "audit", "notices")


def upgrade() -> None:
    op.add_column("circles", sa.Column("care_at", INSTANT, nullable=True))
    op.create_index(op.f("ix_circles_care_at"), "circles", ["care_at"], unique=False)
    op.add_column("schedules", sa.Column("paused_at", INSTANT, nullable=True))
    op.add_column("schedules", sa.Column("paused_until", INSTANT, nullable=True))
    _plans()
    _own_texts()
    _drafts()
    _opt_outs()
    _audit()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("schedules") as schedules:
        schedules.drop_column("paused_until")
        schedules.drop_column("paused_at")
    op.drop_index(op.f("ix_circles_care_at"), table_name="circles")
    with op.batch_alter_table("circles") as circles:
        circles.drop_column("care_at")


def _of_circle(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["circle_id"], ["circles.id"], name=op.f(f"fk_{table}_circle_id"), ondelete="CASCADE"
    )


def _plans() -> None:
    op.create_table(
        "weeks",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        _of_circle("weeks"),
        sa.PrimaryKeyConstraint("circle_id", "start", name=op.f("pk_weeks")),
    )
    op.create_table(
        "chosen_prompts",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        _of_circle("chosen_prompts"),
        sa.PrimaryKeyConstraint("circle_id", "date", name=op.f("pk_chosen_prompts")),
    )
    op.create_table(
        "notices",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        _of_circle("notices"),
        sa.PrimaryKeyConstraint("circle_id", "notice", name=op.f("pk_notices")),
    )


def _own_texts() -> None:
    op.create_table(
        "own_texts",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        _of_circle("own_texts"),
        sa.PrimaryKeyConstraint("circle_id", "kind", "text_id", "version", name=op.f("pk_own_texts")),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        _of_circle("drafts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drafts_circle_id"), "drafts", ["circle_id"], unique=False)


def _opt_outs() -> None:
    op.create_table(
        "opt_outs",
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_opt_outs_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "lookup", name=op.f("pk_opt_outs")),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("circle_id", ROW_ID, nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("account_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        _of_circle("audit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_latest", "audit", ["circle_id", "at"], unique=False)
    op.create_index(op.f("ix_audit_account_lookup"), "audit", ["account_lookup"], unique=False)
