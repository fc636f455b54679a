"""The tables of plans and of all that belongs to planning: own texts, imports, meetings, the audit list."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text

from storage.columns import Instant
from storage.tables import held_by, metadata, of, own_id

weeks = Table(  # a circle's plan
    "weeks",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("start", Date, primary_key=True),
    Column("theme", Text, nullable=False),
    Column("version", Integer, nullable=False),  # 0: as it comes with Trellis
    Column("skipped", Boolean, nullable=False),
)

chosen_prompts = Table(  # for single dates
    "chosen_prompts",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("date", Date, primary_key=True),
    Column("prompt", Text, nullable=False),
)

own_texts = Table(  # a circle's own themes and prompts; every version stays, as posts refer to it
    "own_texts",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),  # theme, prompt
    Column("text_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
)

drafts = Table(  # imports that wait for a yes
    "drafts",
    metadata,
    own_id(),
    of("circles", index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

opt_outs = Table(  # themes that a member leaves out
    "opt_outs",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("lookup", LargeBinary, primary_key=True),  # which theme, as this member's own hash
    Column("sealed", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    own_id(),
    of("circles"),
    Column("deed", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # what it was done to
    Column("account_lookup", LargeBinary, index=True),  # NULL once the person is forgotten
    Column("account_sealed", LargeBinary),
    Column("at", Instant, nullable=False),
    Index("ix_audit_latest", "circle_id", "at"),
    sqlite_autoincrement=True,
)

notices = Table(  # what the facilitators have been told once
    "notices",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("notice", Text, primary_key=True),
)

meetings = Table(
    "meetings",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("weekday", Integer, nullable=False),  # ISO
    Column("time", Text, nullable=False),  # local, HH:MM
    Column("minutes", Integer, nullable=False),
    Column("every", Integer, nullable=False),  # weeks
    Column("first", Date, nullable=False),
    Column("skips", Text, nullable=False),  # dates, such as "2026-12-24 2026-12-31"
    Column("sealed", LargeBinary, nullable=False),  # where, its calendars' id, the platform's event
    Column("removed", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("event_for", Date),
    Column("next_at", Instant, index=True),  # when the platform's event is looked after
    Column("tries", Integer, nullable=False),
    Column("remind_at", Instant, index=True),
    Column("reminded_for", Date),
    held_by(),
)

meeting_reminders = Table(  # who asked for one
    "meeting_reminders", metadata, of("members", primary_key=True, autoincrement=False)
)
