"""The tables around the channel: members' own quiet, who is kept apart, a slower pace, rules in place."""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, UniqueConstraint

from storage.columns import Instant
from storage.tables import metadata, of, own_id

mutes = Table(  # until when a member wants to be left alone
    "mutes",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # whether posting rests too; with the member's key
)

held_apart = Table(  # two whom facilitators keep apart; it holds for who left and came back, too
    "held_apart",
    metadata,
    own_id(),
    of("circles"),
    Column("one_lookup", LargeBinary, nullable=False, index=True),  # the account; the smaller of the two
    Column("other_lookup", LargeBinary, nullable=False, index=True),
    Column("one_sealed", LargeBinary),  # with the house's key; NULL: a member, or someone forgotten
    Column("other_sealed", LargeBinary),
    UniqueConstraint("circle_id", "one_lookup", "other_lookup"),
    sqlite_autoincrement=True,
)

slow_modes = Table(  # a slower pace that ends by itself
    "slow_modes",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("seconds", Integer, nullable=False),
    Column("before", Integer, nullable=False),  # the pace to which it goes back
    Column("ends_at", Instant, nullable=False, index=True),
    Column("noted", Boolean, nullable=False),  # the channel was told of it
)

guards = Table(  # circles for which rules stand on the platform
    "guards",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("next_at", Instant, nullable=False, index=True),  # when they are looked at next
    Column("sealed", LargeBinary, nullable=False),  # policy, places, the rules' ids; with the house's key
)
