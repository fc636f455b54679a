"""The tables of exercises: one that goes on now, whoever's it is; and what a member keeps of them."""

from sqlalchemy import Column, LargeBinary, Table

from storage.columns import Instant
from storage.tables import metadata, of, own_id

exercise_runs = Table(  # deleted when it ends; in no backup
    "exercise_runs",
    metadata,
    own_id(),
    Column("lookup", LargeBinary, nullable=False, unique=True),  # the account, anywhere
    Column("sealed", LargeBinary, nullable=False),  # where it is, on which screen; with the house's key
    Column("next_at", Instant, nullable=False, index=True),
    sqlite_autoincrement=True,
    info={"passing": True},
)

own_exercises = Table(  # favourites; and ratings, where their member switched that on
    "own_exercises",
    metadata,
    of("members", primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),  # with the member's key
)
