"""The tables of practice: challenges taken up, commitments and their log; all of it a member's alone."""

from sqlalchemy import Column, Date, Integer, LargeBinary, Table

from storage.columns import Instant
from storage.tables import held_by, metadata, of, own_id, partial

attempts = Table(  # a member taking up a challenge
    "attempts",
    metadata,
    own_id(),
    of("members", index=True),
    Column("sealed", LargeBinary, nullable=False),  # which challenge, how it ended; with the member's key
    Column("begun_at", Instant, nullable=False),
    Column("ended_at", Instant),  # NULL: it is live
    sqlite_autoincrement=True,
)

commitments = Table(
    "commitments",
    metadata,
    own_id(),
    of("members", index=True),
    Column("sealed", LargeBinary, nullable=False),  # words, cadence, pauses; with the member's key
    Column("made_at", Instant, nullable=False),
    Column("remind_at", Instant),  # NULL: nothing is due
    partial("ix_commitments_remind", "remind_at", "id", where="remind_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

entries = Table(  # a commitment's log, one a day at most
    "entries",
    metadata,
    of("commitments", primary_key=True, autoincrement=False),
    of("members", index=True),  # by which a restore knows whose it is
    Column("date", Date, primary_key=True),  # on the member's own calendar
    Column("sealed", LargeBinary, nullable=False),  # how it went; with the member's key
)

partners = Table(  # whom a member named to walk alongside; it holds where both named each other
    "partners",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("named_lookup", LargeBinary, nullable=False, index=True),  # the other's account in this circle
    Column("sealed", LargeBinary, nullable=False),  # whom, what they see, the last word; the member's key
)

own_stories = Table(  # what a member keeps to look back on
    "own_stories",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # goal, hard days, words; with the member's key
)

pair_wishes = Table(  # who wants to be paired at the next drawing
    "pair_wishes",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # with an ear; how often they were left over; member's key
)

kept_apart = Table(  # with whom a member is never paired; it holds for who left and came back, too
    "kept_apart",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("other_lookup", LargeBinary, primary_key=True),  # the other's account in this circle
)

pairs = Table(  # two who practise listening, in a thread of their own
    "pairs",
    metadata,
    own_id(),
    of("circles", index=True),
    Column("made_at", Instant, nullable=False),
    Column("next_at", Instant),  # NULL: nothing is to be done
    Column("sealed", LargeBinary, nullable=False),  # step, thread, message; with the house's key
    held_by(),
    partial("ix_pairs_next", "next_at", "id", where="next_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

pair_people = Table(
    "pair_people",
    metadata,
    of("pairs", primary_key=True, autoincrement=False),
    of("members", primary_key=True, autoincrement=False, index=True),
    Column("place", Integer, nullable=False),  # 0 speaks first
)
