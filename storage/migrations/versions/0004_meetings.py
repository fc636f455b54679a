"""Regular meetings, and who asked to be reminded of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()  # microseconds since 1970 UTC


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("circle_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("skips", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("event_for", sa.Date(), nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("remind_at", INSTANT, nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_meetings_circle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_next_at"), "meetings", ["next_at"], unique=False)
    op.create_index(op.f("ix_meetings_remind_at"), "meetings", ["remind_at"], unique=False)
    op.create_table(
        "meeting_reminders",
        sa.Column("member_id", ROW_ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_meeting_reminders_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_meeting_reminders")),
    )


def downgrade() -> None:
    op.drop_table("meeting_reminders")
    op.drop_table("meetings")
