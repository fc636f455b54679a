"""How often one may have what costs much, held against a bucket that is filled and emptied by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.limits import Allowance, Costly, TooOften, taken

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ALLOWANCES = st.builds(Allowance, st.integers(1, 6), st.integers(1, 90).map(lambda s: timedelta(seconds=s)))


@given(ALLOWANCES, st.lists(st.integers(0, 120), max_size=40))
def test_so_many_are_there_at_once_and_one_more_comes_back_after_each_interval(
    allowance: Allowance, waits: list[int]
) -> None:
    full_at, now = None, NOW
    held = float(allowance.at_once)  # the bucket
    for wait in waits:
        now += timedelta(seconds=wait)
        held = min(allowance.at_once, held + wait / allowance.every.total_seconds())
        if held < 1 - 1e-6:
            with pytest.raises(TooOften) as refused:
                taken(full_at, allowance, now)
            assert now < refused.value.again <= now + allowance.every
        else:
            full_at = taken(full_at, allowance, now)
            held -= 1


@given(ALLOWANCES)
def test_at_the_named_time_it_goes_again_and_a_moment_before_it_does_not(allowance: Allowance) -> None:
    full_at = None
    for _ in range(allowance.at_once):
        full_at = taken(full_at, allowance, NOW)
    with pytest.raises(TooOften) as refused:
        taken(full_at, allowance, NOW)
    again = refused.value.again
    assert taken(full_at, allowance, again)
    with pytest.raises(TooOften):
        taken(full_at, allowance, again - timedelta(microseconds=1))


def test_no_two_of_them_are_one() -> None:
    assert len(Costly.__members__) == len(list(Costly)) == 4
