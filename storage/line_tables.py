"""The tables of crisis lines: those that a circle's facilitators added, and what they have checked."""

from sqlalchemy import Column, Date, LargeBinary, Table, Text

from storage.columns import Instant
from storage.tables import metadata, of, own_id

local_lines = Table(
    "local_lines",
    metadata,
    own_id(),
    of("circles", index=True),
    Column("sealed", LargeBinary, nullable=False),  # name, numbers, hours; with the house's key
    Column("added_at", Instant, nullable=False),
    sqlite_autoincrement=True,  # an id is never used twice: checks and buttons carry it
)

line_checks = Table(  # "I have checked this line", the newest of each
    "line_checks",
    metadata,
    of("circles", primary_key=True, autoincrement=False),
    Column("line", Text, primary_key=True),  # its id
    Column("checked_on", Date, nullable=False),
    Column("account_lookup", LargeBinary, index=True),  # who; NULL: forgotten
    Column("account_sealed", LargeBinary),  # with the house's key
)
