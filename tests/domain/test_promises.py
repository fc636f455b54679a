"""What becomes of a due post, pauses, and the log of promises."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Home, Settings, local_date, paused, paused_at, resumed
from bot.domain.ids import CircleId, OccurrenceId, ScheduleId
from bot.domain.occurrences import Occurrence, Reason, State, Verdict, verdict
from bot.domain.pauses import Pause
from bot.domain.promises import promise_log
from bot.domain.schedules import DAILY, MAX_LATENESS, Due, Kind, Schedule

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = Due(date(2026, 3, 1), AT)
CIRCLE = Circle(
    id=CircleId(1),
    home=Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4"),
    name="Evening",
    settings=Settings(zone=ZoneInfo("Pacific/Auckland"), prompt_time=time(9)),
    made_at=AT,
)
SCHEDULE = Schedule(
    id=ScheduleId(1),
    circle=CIRCLE.id,
    kind=Kind.CHECK_IN,
    time=time(9),
    days=DAILY,
    added_at=AT,
    next=DUE,
)
SEND, LATE = Verdict(State.CLAIMED), Verdict(State.MISSED, Reason.LATE)
SKIPPED, PAUSED = Verdict(State.HELD, Reason.SKIPPED), Verdict(State.HELD, Reason.PAUSED)


def resting(since: timedelta, until: timedelta | None = None) -> Circle:
    return replace(CIRCLE, pause=Pause(AT + since, None if until is None else AT + until))


@pytest.mark.parametrize(
    ("circle", "now", "expected"),
    [
        (CIRCLE, AT, SEND),
        (CIRCLE, AT + MAX_LATENESS, SEND),
        (CIRCLE, AT + 3 * HOUR, LATE),
        (resting(-HOUR), AT, PAUSED),
        (resting(-HOUR), AT + 3 * HOUR, PAUSED),
        (resting(-2 * HOUR, -HOUR), AT, SEND),
        (resting(-HOUR, timedelta()), AT, SEND),
        (resting(-HOUR, HOUR), AT + 3 * HOUR, PAUSED),
        (resting(HOUR), AT, SEND),
        (resting(HOUR), AT + HOUR, PAUSED),
        (resting(HOUR), AT + 3 * HOUR, LATE),
    ],
)
def test_a_post_is_sent_unless_somebody_called_it_off_or_it_is_too_late(
    circle: Circle, now: datetime, expected: Verdict
) -> None:
    assert verdict(circle, SCHEDULE, DUE, now) == expected
    assert verdict(circle, SCHEDULE, DUE, now).send == (expected is SEND)
    assert verdict(circle, SCHEDULE, DUE, now, {DUE.date}) == SKIPPED
    assert verdict(circle, SCHEDULE, DUE, now, {date(2026, 3, 2)}) == expected


def test_a_schedule_that_rests_on_its_own_holds_its_posts_back_and_no_others() -> None:
    resting_one = replace(SCHEDULE, pause=Pause(AT - HOUR, AT + HOUR))
    assert verdict(CIRCLE, resting_one, DUE, AT) == PAUSED
    assert verdict(CIRCLE, replace(SCHEDULE, pause=Pause(AT - HOUR, AT)), DUE, AT) == SEND
    assert verdict(CIRCLE, SCHEDULE, DUE, AT) == SEND


def test_a_longer_pause_keeps_its_beginning_and_a_new_one_has_its_own() -> None:
    first = paused(CIRCLE, since=AT, until=AT + HOUR)
    assert paused(first, since=AT + HOUR / 2).pause == Pause(AT, None)
    assert paused(first, since=AT + 2 * HOUR).pause == Pause(AT + 2 * HOUR, None)
    assert paused_at(first, AT)
    assert not paused_at(first, AT + HOUR)
    assert not paused_at(resumed(first), AT)


def test_a_circle_has_its_own_date() -> None:
    assert local_date(CIRCLE, datetime(2026, 3, 1, 12, tzinfo=UTC)) == date(2026, 3, 2)


OCCURRENCES = st.builds(
    lambda number, by_hand, state, hour, after: Occurrence(
        id=OccurrenceId(number),
        circle=CIRCLE.id,
        schedule=None if by_hand else ScheduleId(1),
        kind=Kind.CHECK_IN,
        date=DUE.date,
        due=AT + hour * HOUR,
        prompt=None,
        state=state,
        claimed_at=AT,
        sent_at=AT + hour * HOUR + timedelta(seconds=after) if state is State.SENT else None,
        reason=Reason.LATE if state is State.MISSED else Reason.SKIPPED if state is State.HELD else None,
    ),
    st.integers(1, 99),
    st.booleans(),
    st.sampled_from(State),
    st.integers(-30, 30),
    st.integers(0, 600),
)


@given(st.lists(OCCURRENCES, max_size=12, unique_by=lambda one: one.id))
def test_every_promised_post_of_the_span_is_counted_once_and_explained(occurrences: list[Occurrence]) -> None:
    since, until = AT - 20 * HOUR, AT + 20 * HOUR
    log = promise_log(occurrences, since=since, until=until)
    promised = [one for one in occurrences if one.schedule and since <= one.due <= until]
    count = Counter(one.state for one in promised)
    counted = (log.sent, log.missed, log.held, log.waiting)
    assert counted == tuple(count[one] for one in (State.SENT, State.MISSED, State.HELD, State.CLAIMED))
    assert log.promised == log.sent + log.missed
    assert log.late == sum(
        (one.sent_at - one.due).total_seconds() > 300 for one in promised if one.sent_at is not None
    )
    assert len(log.exceptions) == log.missed + log.held + log.late
    assert [one.due for one in log.exceptions] == sorted(one.due for one in log.exceptions)
    assert log == promise_log(reversed(occurrences), since=since, until=until)
