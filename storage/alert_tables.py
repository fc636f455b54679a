"""The tables of alerts and of duty; whom they are about, what was said and who has them stand sealed."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, UniqueConstraint, false, true

from storage.columns import Instant, RowId
from storage.tables import metadata, of, own_id, partial

alerts = Table(
    "alerts",
    metadata,
    own_id(),
    of("circles"),
    of("members", nullable=True, index=True),  # whom it is about, where they have joined
    Column("lookup", LargeBinary, index=True),  # else their account in this circle, or the message
    Column("sealed", LargeBinary, nullable=False),  # all it says; with the member's key, or the house's
    Column("raised_at", Instant, nullable=False),
    Column("next_at", Instant),  # NULL: nobody is asked again by itself
    Column("closed_at", Instant),
    Column("holder_lookup", LargeBinary, index=True),  # to forget a facilitator by
    Column("holder_sealed", LargeBinary),
    partial("ix_alerts_next", "next_at", "id", where="next_at IS NOT NULL"),
    partial("ix_alerts_open", "circle_id", "id", where="closed_at IS NULL"),
    partial("ix_alerts_over", "closed_at", where="closed_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

alert_letters = Table(  # which letters tell of which alerts; one of a burst tells of many
    "alert_letters",
    metadata,
    of("alerts", primary_key=True, autoincrement=False),
    of("outbox", name="letter_id", primary_key=True, autoincrement=False, index=True),
    of("members", nullable=True, index=True),  # whom the alert is about; by which a restore knows whose it is
    Column("step", Integer, nullable=False),  # who is asked by it
    Column("at", Instant, nullable=False, index=True),  # when it was written
    Column("revising", Boolean, nullable=False, server_default=false()),  # a change of it is on its way
)

alert_reports = Table(  # who told a facilitator about a message
    "alert_reports",
    metadata,
    own_id(),
    of("alerts", index=True),
    of("members", nullable=True, index=True),  # who told it, where they have joined
    Column("lookup", LargeBinary, nullable=False, index=True),  # their account in this circle
    Column("sealed", LargeBinary, nullable=False),  # why, in which words, named or not; as in alerts
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

duties = Table(  # a facilitator's turn: the one that runs, or the last
    "duties",
    metadata,
    own_id(),
    of("circles"),
    Column("lookup", LargeBinary, nullable=False),  # the account in this circle
    Column("anywhere", LargeBinary, nullable=False, index=True),  # the account, to forget it by
    Column("sealed", LargeBinary, nullable=False),  # the account; with the house's key
    Column("since", Instant),  # NULL: not switched on
    Column("until", Instant),
    Column("last_at", Instant),
    UniqueConstraint("circle_id", "lookup"),
    sqlite_autoincrement=True,
)

watches = Table(  # what a circle that uses duty has been told of it
    "watches",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("covered", Boolean, nullable=False, server_default=true()),
    Column("bare_since", Instant),  # NULL: somebody is on duty
    Column("since", Instant),
    Column("told_at", Instant),
    Column("note_id", RowId),  # the letter; its row may have gone
    Column("warned", Instant),
    Column("next_at", Instant, index=True),  # NULL: nothing is to be looked at
)
