"""Instants: every aware one comes back the same, in UTC, to the microsecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.columns import Instant

DIALECT = sqlite.dialect()  # type: ignore[no-untyped-call]
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(timezones=OFFSETS).filter(lambda instant: 1 < instant.year < 9999)


@given(INSTANTS)
def test_an_instant_comes_back_to_the_microsecond(instant: datetime) -> None:
    kept = Instant().process_bind_param(instant, DIALECT)
    read = Instant().process_result_value(kept, DIALECT)
    assert read == instant
    assert read is not None
    assert read.tzinfo is UTC


@given(INSTANTS, INSTANTS)
def test_instants_are_kept_in_their_order(one: datetime, other: datetime) -> None:
    first, second = (Instant().process_bind_param(instant, DIALECT) for instant in (one, other))
    assert first is not None
    assert second is not None
    assert (first < second) == (one < other)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        Instant().process_bind_param(datetime(2026, 1, 1), DIALECT)  # noqa: DTZ001 - on purpose
    assert Instant().process_bind_param(None, DIALECT) is None
