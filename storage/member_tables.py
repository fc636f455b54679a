"""The tables of what is a member's alone: wishes, reminders, who looked; and a circle's frozen counts."""

from sqlalchemy import Column, Date, LargeBinary, Table, Text

from storage.columns import Instant
from storage.tables import metadata, of, own_id, partial

preferences = Table(
    "preferences",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # with the member's key
)

reminders = Table(
    "reminders",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # time, zone, strength; with the member's key
    Column("next_at", Instant),  # NULL: nothing is due
    partial("ix_reminders_next", "next_at", where="next_at IS NOT NULL"),
)

safety_maps = Table(  # signs, what helps, boundaries, people
    "safety_maps",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # with the member's key
)

followings = Table(  # which help was shown to a member, what rests for them; deleted when it is over
    "followings",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # with the member's key
    Column("next_at", Instant),  # NULL: it ends by their own press alone
    partial("ix_followings_next", "next_at", where="next_at IS NOT NULL"),
)

looks = Table(  # who saw what of a member: the access log
    "looks",
    metadata,
    own_id(),
    of("members", index=True),
    Column("viewer_lookup", LargeBinary, index=True),  # to forget the viewer by; NULL: forgotten
    Column("sealed", LargeBinary, nullable=False),  # what was seen; with the member's key
    Column("viewer_sealed", LargeBinary),  # who saw it; with the member's key
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

summaries = Table(  # a week's counts, made once and never again
    "summaries",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("week", Date, primary_key=True),  # its first day
    Column("figures", Text, nullable=False),  # JSON: counts that name nobody; empty under the floor
    Column("made_at", Instant, nullable=False),
)
