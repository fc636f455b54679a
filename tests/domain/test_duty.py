"""Who is on duty, who is asked next; and the circle is told the truth, calmly, and once an hour at most."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts import Account, Platform
from bot.domain.alert_errors import BadUntil
from bot.domain.duty import (
    CALLABLE_FOR,
    NOTED_EVERY,
    SETTLED,
    Duty,
    Notice,
    Watch,
    covered_until,
    next_look,
    off,
    on,
    on_duty,
    rota,
    until,
    watched,
)
from bot.domain.ids import CircleId, DutyId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def turn(number: int) -> Duty:
    return Duty(id=DutyId(number), circle=CircleId(1), account=Account(Platform.DISCORD, str(number)))


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("18:00", datetime(2026, 3, 2, 17, tzinfo=UTC)),
        ("9:30", datetime(2026, 3, 3, 8, 30, tzinfo=UTC)),  # over already today
        ("13:00", datetime(2026, 3, 3, 12, tzinfo=UTC)),  # just now
        ("2026-03-05 07:15", datetime(2026, 3, 5, 6, 15, tzinfo=UTC)),
        (" 2026-03-05T07:15 ", datetime(2026, 3, 5, 6, 15, tzinfo=UTC)),
        ("2026-03-29 02:30", datetime(2026, 3, 29, 1, tzinfo=UTC)),  # a time that the clocks leave out
    ],
)
def test_an_end_is_read_as_people_write_it(typed: str, at: datetime) -> None:
    assert until(typed, BERLIN, NOON) == at


@pytest.mark.parametrize(
    "typed",
    ["", "later", "24:00", "18", "2026-03-01 10:00", "2026-06-01 10:00", "2026-02-30 10:00", "tomorrow"],
)
def test_an_end_that_is_none_or_gone_by_or_too_far_ahead_is_refused(typed: str) -> None:
    with pytest.raises(BadUntil):
        until(typed, BERLIN, NOON)


def test_a_turn_ends_by_itself_and_its_facilitator_can_be_asked_for_a_month() -> None:
    duty = on(turn(1), NOON, NOON + HOUR)
    assert duty.on(NOON + HOUR - MINUTE)
    assert not duty.on(NOON + HOUR)
    assert rota([duty], NOON + HOUR + CALLABLE_FOR - MINUTE) == [duty]
    assert rota([duty], NOON + HOUR + CALLABLE_FOR) == []
    assert rota([turn(2)], NOON) == []


def test_going_on_again_keeps_the_beginning_and_going_off_is_remembered() -> None:
    duty = on(on(turn(1), NOON, None), NOON + HOUR, NOON + 2 * HOUR)
    assert (duty.since, duty.until) == (NOON, NOON + 2 * HOUR)
    gone = off(duty, NOON + 90 * MINUTE)
    assert (gone.since, gone.last_at) == (None, NOON + 90 * MINUTE)
    assert off(gone, NOON + 3 * HOUR).last_at == NOON + 90 * MINUTE


TURNS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 600), st.one_of(st.none(), st.integers(1, 300))), max_size=8
)


@settings(max_examples=30, deadline=None)
@given(TURNS, st.integers(0, 60 * 24 * 40))
def test_the_rota_is_who_is_there_then_who_last_was(
    turns: list[tuple[int, int, int | None]], later: int
) -> None:
    duties = {number: turn(number) for number in range(1, 5)}
    minutes: dict[int, set[int]] = {number: set() for number in duties}  # in which each was on duty
    for number, start, length in turns:
        now = NOON + start * MINUTE
        duties[number] = on(replace(turn(number)), now, now + length * MINUTE if length else None)
        minutes[number] = set(range(start, start + length if length else 60 * 24 * 50))
    now = NOON + later * MINUTE
    there = [number for number in duties if later in minutes[number]]
    assert {duty.id for duty in on_duty(duties.values(), now)} == set(there)
    lately = {}
    for number, held in minutes.items():
        before = [minute for minute in held if minute < later]
        if number not in there and before and (later - max(before) - 1) * MINUTE < CALLABLE_FOR:
            lately[number] = max(before)
    order = sorted(lately, key=lambda number: (-lately[number], number))
    assert [duty.id for duty in rota(duties.values(), now)][len(there) :] == order


def test_the_circle_is_told_of_a_gap_and_of_its_end_and_of_nothing_before() -> None:
    watch, duties = Watch(circle=CircleId(1)), [on(turn(1), NOON, NOON + 3 * HOUR)]
    watch, said = watched(watch, duties, NOON)
    assert said == ()
    assert next_look(watch, duties, NOON) == NOON + 2 * HOUR
    watch, said = watched(watch, duties, NOON + 2 * HOUR)
    assert said == (Notice.GAP,)
    assert watched(watch, duties, NOON + 2 * HOUR + MINUTE)[1] == ()
    end = NOON + 3 * HOUR
    watch, said = watched(watch, duties, end)
    assert said == ()
    assert next_look(watch, duties, end) == end + SETTLED
    watch, said = watched(watch, duties, end + SETTLED)
    assert (said, watch.covered, watch.since) == ((Notice.NOTE,), False, end)
    again = [on(duties[0], end + 2 * HOUR, None)]
    watch, said = watched(watch, again, end + 2 * HOUR)
    assert (said, watch.covered, watch.since) == ((Notice.NOTE,), True, end + 2 * HOUR)
    assert next_look(watch, again, end + 2 * HOUR) is None


def test_one_turn_after_another_is_no_gap() -> None:
    watch, first = Watch(circle=CircleId(1)), on(turn(1), NOON, NOON + 3 * HOUR)
    end = NOON + 3 * HOUR
    watch, _ = watched(watch, [first], end)
    both = [first, on(turn(2), end + 3 * MINUTE, None)]
    watch, said = watched(watch, both, end + 3 * MINUTE)
    assert said == ()
    assert watched(watch, both, end + HOUR)[1] == ()


DEEDS = st.lists(
    st.tuples(
        st.integers(1, 90),  # minutes until it
        st.integers(1, 3),  # by whom
        st.one_of(st.just("off"), st.none(), st.integers(1, 200)),  # off; on; on for so many minutes
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_what_the_circle_last_read_is_true_and_new_notes_are_an_hour_apart(
    deeds: list[tuple[int, int, object]],
) -> None:
    """Looked at each minute; and looked at only when it says so, the very same is said."""
    duties = {number: turn(number) for number in range(1, 4)} | {1: on(turn(1), NOON, None)}
    often = seldom = Watch(circle=CircleId(1))
    look_at: datetime | None = NOON
    said: list[tuple[datetime, Notice]] = []
    said_seldom: list[tuple[datetime, Notice]] = []
    changed, now, was = NOON, NOON, True
    due = {}
    at = NOON
    for minutes, who, what in deeds:
        at += minutes * MINUTE
        due[at] = (who, what)
    while now <= at + 4 * HOUR:
        if now in due:
            who, what = due[now]
            duty = duties[who]
            end = now + what * MINUTE if isinstance(what, int) else None
            duties[who] = off(duty, now) if what == "off" else on(duty, now, end)
            look_at = now
        covered = bool(on_duty(duties.values(), now))
        if covered is not was:
            changed, was = now, covered
        often, notices = watched(often, duties.values(), now)
        said += [(now, each) for each in notices]
        if look_at is not None and now >= look_at:
            seldom, notices = watched(seldom, duties.values(), now)
            said_seldom += [(now, each) for each in notices]
            look_at = next_look(seldom, duties.values(), now)
            assert look_at is None or look_at > now
        if now - changed >= SETTLED:
            assert often.covered is covered
        now += MINUTE
    assert said_seldom == said
    notes = [when for when, each in said if each is Notice.NOTE]
    assert all(later - earlier >= NOTED_EVERY for earlier, later in pairwise(notes))


def test_a_coming_gap_is_named_once_and_not_where_one_has_no_end() -> None:
    open_ended = [on(turn(1), NOON, NOON + HOUR), on(turn(2), NOON, None)]
    assert covered_until(open_ended, NOON) is None
    dated = [on(turn(1), NOON, NOON + HOUR), on(turn(2), NOON, NOON + 2 * HOUR)]
    assert covered_until(dated, NOON) == NOON + 2 * HOUR
