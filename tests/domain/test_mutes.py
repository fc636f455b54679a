"""Until when a quiet lasts, from what was typed: in the circle's zone, over changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.channel_errors import BadEnd
from bot.domain.mutes import LONGEST, SHORTEST, parse_until, read_instant, same_instant

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 27, 17, 30, tzinfo=UTC)  # a Friday, 18:30 in Berlin; summer time begins on Sunday


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("21:30", datetime(2026, 3, 27, 20, 30, tzinfo=UTC)),
        ("9:00", datetime(2026, 3, 28, 8, 0, tzinfo=UTC)),  # gone by today, so tomorrow
        ("18:30", datetime(2026, 3, 28, 17, 30, tzinfo=UTC)),  # this very minute, so tomorrow
        ("2h", NOW + timedelta(hours=2)),
        ("90 min", NOW + timedelta(minutes=90)),
        ("3d", NOW + timedelta(days=3)),
        ("1 week", NOW + timedelta(days=7)),
        ("tomorrow", datetime(2026, 3, 27, 23, 0, tzinfo=UTC)),
        ("Tomorrow 10:00", datetime(2026, 3, 28, 9, 0, tzinfo=UTC)),
        ("2026-03-30", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),  # on summer time by then
        ("2026-03-29 02:30", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # in the gap: its end
        (" 28D ", NOW + LONGEST),
    ],
)
def test_an_end_is_read_as_people_write_it(typed: str, until: datetime) -> None:
    assert parse_until(typed, BERLIN, NOW) == until


NO_END = (
    "", "soon", "25:00", "2026-02-30", "h", "2y", "-2h", "today", "29d", "0h", "2026-03-27", "2027-01-01",
    "99999w", "18:30:00", "tomorrow soon",
)  # fmt: skip


@pytest.mark.parametrize("typed", NO_END)
def test_what_is_no_end_that_fits_is_refused(typed: str) -> None:
    with pytest.raises(BadEnd):
        parse_until(typed, BERLIN, NOW)


def test_the_refusal_says_whether_it_was_read() -> None:
    for typed, read in (("soon", False), ("29d", True), ("2026-03-27", True)):
        with pytest.raises(BadEnd) as refused:
            parse_until(typed, BERLIN, NOW)
        assert refused.value.read is read


@given(
    st.text(max_size=20) | st.from_regex(r"\d{1,3}[mhdw]|\d\d:\d\d", fullmatch=True),
    st.integers(0, 15 * 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Berlin", "Pacific/Apia", "Asia/Kolkata", "America/St_Johns"]),
)
def test_whatever_is_typed_an_end_lies_within_its_bounds(typed: str, now: datetime, zone: str) -> None:
    try:
        until = parse_until(typed, ZoneInfo(zone), now)
    except BadEnd:
        return
    assert SHORTEST <= until - now <= LONGEST
    assert until.microsecond == 0


@given(st.integers(0, 10**12))
def test_a_button_s_number_is_an_instant_or_none(seconds: int) -> None:
    found = read_instant(seconds)
    assert found is None or int(found.timestamp()) == seconds


def test_what_the_platform_holds_is_known_again_to_the_second() -> None:
    assert same_instant(NOW, NOW.replace(microsecond=999_000))
    assert not same_instant(NOW, NOW + timedelta(minutes=1))
    assert not same_instant(None, NOW)
