"""The table of the processes that share this database; a row is gone soon after its process."""

from sqlalchemy import Column, Integer, Table, Text

from storage.columns import Instant, RowId
from storage.tables import metadata

processes = Table(
    "processes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),  # random: nothing is written to have one
    Column("seat", Text, nullable=False),  # its shards
    Column("since", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("pace", Integer, nullable=False),
    Column("identified_at", Instant),  # when it last introduced a shard to the gateway
    info={"passing": True},
)
