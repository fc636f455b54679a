"""How our values stand in columns: instants as whole microseconds of UTC, row ids never used twice."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# SQLite numbers rows by itself only where the column is INTEGER; PostgreSQL's integer would end at 2 billion.
RowId = BigInteger().with_variant(Integer(), "sqlite")


def said(word: StrEnum) -> ColumnElement[str]:
    """One of our own words, written into the statement instead of bound to it.

    SQLite plans a statement anew each time a value is bound on which it depends whether a partial index fits.
    """
    return literal_column(f"'{word}'")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 UTC; a naive one is refused (ValueError)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must know its offset from UTC")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else EPOCH + value * MICROSECOND
