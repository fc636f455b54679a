"""The tables, alike on both databases; what could name or hurt a person stands sealed or as a keyed hash."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from storage.columns import Instant, RowId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    """A row's own number."""
    return Column("id", RowId, primary_key=True, autoincrement=True)


def of(table: str, *, name: str | None = None, **options: Any) -> Column[int]:
    """A reference that goes with what it points to."""
    options.setdefault("nullable", False)
    return Column(name or f"{table[:-1]}_id", RowId, ForeignKey(f"{table}.id", ondelete="CASCADE"), **options)


def held_by() -> Column[int]:
    """Which process has it in hand; see storage.processes."""
    return Column("held_by", RowId)


def partial(name: str, *columns: Any, where: str, unique: bool = False) -> Index:
    """An index over the rows of which `where` holds."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


vault_keys = Table(  # the house's own keys, wrapped by the operator's
    "vault_keys",
    metadata,
    Column("purpose", Text, primary_key=True),
    Column("operator", Text, nullable=False),  # which operator key wraps it, as a fingerprint
    Column("wrapped", LargeBinary, nullable=False),
)

keyrings = Table(  # where backups keep their members' keys
    "keyrings", metadata, Column("path", Text, primary_key=True)
)

marks = Table(  # named instants of the whole installation (storage.marks)
    "marks", metadata, Column("name", Text, primary_key=True), Column("at", Instant, nullable=False)
)

circles = Table(
    "circles",
    metadata,
    own_id(),
    Column("home_lookup", LargeBinary, nullable=False, unique=True),
    Column("facilitators_lookup", LargeBinary, nullable=False, index=True),
    Column("server_lookup", LargeBinary, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # home, name, welcome
    Column("settings", Text, nullable=False),  # JSON: zone, times, switches
    Column("made_at", Instant, nullable=False),
    Column("paused_at", Instant),
    Column("paused_until", Instant),
    Column("care_at", Instant, index=True),  # when it is looked after next; NULL: at once
    Column("closing_at", Instant),  # since when it closes
    Column("closes_at", Instant),  # when all of it is deleted
    partial("ix_circles_closing", "closes_at", where="closes_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

members = Table(
    "members",
    metadata,
    own_id(),
    of("circles"),
    Column("lookup", LargeBinary, nullable=False),  # the account within this circle
    Column("account_lookup", LargeBinary, nullable=False, index=True),  # the account anywhere
    Column("sealed", LargeBinary, nullable=False),  # the account
    Column("key_ref", Text, nullable=False, unique=True),  # random; names the key in keyrings
    Column("joined_at", Instant, nullable=False),
    Column("consent_version", Integer, nullable=False),
    Column("left_at", Instant),
    Column("delete_at", Instant),
    UniqueConstraint("circle_id", "lookup"),
    partial("ix_members_leaving", "delete_at", where="delete_at IS NOT NULL"),
    sqlite_autoincrement=True,  # an id is never used twice: seals and nonces carry it
)

member_keys = Table(  # the only copy of each member's key; never part of a backup file
    "member_keys",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("operator", Text, nullable=False, index=True),
    Column("wrapped", LargeBinary, nullable=False),
)

erased = Table(  # keys that were destroyed, and circles (storage.closed); what keyrings follow, no more
    "erased", metadata, Column("key_ref", Text, primary_key=True)
)

consents = Table(
    "consents",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("scope", Text, primary_key=True),
)

schedules = Table(
    "schedules",
    metadata,
    own_id(),
    of("circles", index=True),
    Column("kind", Text, nullable=False),
    Column("time", Text, nullable=False),  # local, HH:MM
    Column("days", Text, nullable=False),  # ISO weekdays, such as "135"
    Column("added_at", Instant, nullable=False),
    Column("next_date", Date),
    Column("next_at", Instant),
    Column("removed_at", Instant),  # its occurrences stay: they are the promise log
    Column("paused_at", Instant),
    Column("paused_until", Instant),
    partial("ix_schedules_next", "next_at", "id", where="next_at IS NOT NULL"),
    partial(
        "uq_schedules_standing", "circle_id", "kind", "time", "days", where="removed_at IS NULL", unique=True
    ),
    sqlite_autoincrement=True,
)

skips = Table(
    "skips",
    metadata,
    of("schedules", primary_key=True, autoincrement=False),
    Column("date", Date, primary_key=True),
)

occurrences = Table(
    "occurrences",
    metadata,
    own_id(),
    of("circles"),
    of("schedules", nullable=True),  # NULL: posted by hand
    Column("kind", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("due", Instant, nullable=False),
    Column("prompt", Text),
    Column("state", Text, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("message", LargeBinary),  # sealed
    Column("message_lookup", LargeBinary, index=True),
    Column("reason", Text),
    held_by(),
    UniqueConstraint("schedule_id", "date"),  # once a local date, whatever the clocks do
    Index("ix_occurrences_latest", "circle_id", "kind", "state", "due"),
    Index("ix_occurrences_due", "circle_id", "due"),
    partial("ix_occurrences_unsettled", "id", where="state = 'claimed'"),
    sqlite_autoincrement=True,
)

check_ins = Table(
    "check_ins",
    metadata,
    own_id(),
    of("members"),
    of("occurrences", nullable=True, index=True),  # NULL: to the day itself
    Column("date", Date, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the answer
    Column("answered_at", Instant, nullable=False),
    Column("changed_at", Instant),
    Column("noted", Boolean, nullable=False, server_default=true()),  # a note, kept less long
    UniqueConstraint("member_id", "occurrence_id"),
    partial("uq_check_ins_day", "member_id", "date", where="occurrence_id IS NULL", unique=True),
    sqlite_autoincrement=True,
)

shares = Table(
    "shares",
    metadata,
    own_id(),
    of("circles"),
    of("members", index=True),
    of("occurrences", nullable=True, index=True),
    Column("sealed", LargeBinary, nullable=False),  # text, frame, reason, message
    Column("offered_at", Instant, nullable=False),
    Column("review", Text, nullable=False),
    Column("decided_at", Instant),
    Column("told", Integer, nullable=False, server_default="0"),  # words to the author about the wait
    Column("waits_since", Instant),  # NULL: it does not wait
    Index("ix_shares_queue", "circle_id", "review", "id"),
    partial("ix_shares_waiting", "waits_since", "id", where="waits_since IS NOT NULL"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    own_id(),
    of("circles"),
    Column("recipient", Text, nullable=False),
    of("members", nullable=True, index=True),
    Column("kind", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the facts
    Column("written_at", Instant, nullable=False),
    Column("next_try_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("delivered_at", Instant),
    Column("message", LargeBinary),  # sealed
    held_by(),
    partial("ix_outbox_waiting", "next_try_at", "id", where="delivered_at IS NULL"),
    partial("ix_outbox_stuck", "circle_id", "written_at", where="delivered_at IS NULL"),
    sqlite_autoincrement=True,
)
