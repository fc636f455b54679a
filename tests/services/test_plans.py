"""A whole plan over time: what is previewed is posted, on its day, through every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import errors, plan_errors
from bot.domain.circles import Circle
from bot.domain.occurrences import Occurrence, State
from bot.domain.plans import WEEK, Skip
from bot.domain.schedules import Kind
from bot.services.circle_settings import Typed
from tests.clocks import SteppedClock
from tests.services.house import CONTENT, MARA, House
from tests.services.recorder import Recorder

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "UTC",
]
STARTS = st.sampled_from(["2026-03-05", "2026-09-17", "2026-10-08", "2027-01-14", "2027-03-01"])


async def walked(house: House, circle: Circle, days: int) -> list[Occurrence]:
    """Lets the days pass, from one due post to the next."""
    end = house.clock.now() + timedelta(days=days)
    while True:
        async with house.storage.read() as tx:
            following = await tx.schedules.next_at()
        if following is None or following > end:
            house.clock.set(end)
            return await house.occurrences(circle.id)
        house.clock.set(following)
        await house.dispatch.tick()
        await house.dispatch.drain()


@given(
    zone=st.sampled_from(ZONES),
    start=STARTS,
    weekday=st.sampled_from(["mon", "thu", "sun"]),
    changes=st.lists(st.sampled_from(["swap", "stay", "move-up", "move-back", "repeat"]), max_size=3),
)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_is_previewed_is_what_is_posted_on_its_local_day(
    migrated: Path, tmp_path: Path, zone: str, start: str, weekday: str, changes: list[str]
) -> None:
    file = tmp_path / f"{zone.replace('/', '-')}-{start}-{weekday}-{'-'.join(changes)}.db"
    file.unlink(missing_ok=True)
    file.write_bytes(migrated.read_bytes())
    clock = SteppedClock(datetime.combine(date.fromisoformat(start), datetime.min.time(), UTC))
    house = await House.open(file, clock, Recorder(clock))
    try:
        circle = await house.circle(zone=zone)
        await house.circles.settings(MARA, circle.id, Typed(week_starts=weekday))
        today = clock.now().astimezone(ZoneInfo(zone)).date()
        laid = await house.plans.lay(MARA, circle.id, today.isoformat())
        fifth, sixth = laid.after.weeks[4].start, laid.after.weeks[5].start
        for change in changes:
            try:
                if change == "swap":
                    await house.plans.swap(MARA, circle.id, fifth, sixth)
                elif change == "repeat":
                    await house.plans.repeat(MARA, circle.id, fifth)
                else:
                    await house.plans.skip(MARA, circle.id, fifth, Skip(change))
            except plan_errors.NoSuchWeek:
                continue  # an earlier change moved the weeks away from there
        weeks = (await house.themes.calendar(MARA, circle.id)).weeks[:7]
        seen = [
            one for week in weeks for one in (await house.themes.week(MARA, circle.id, week.week.start)).posts
        ]
        foreseen = {(one.schedule.id, one.due.date): one for one in seen}
        last = max(one.due.date for one in seen)
        posted = await walked(house, circle, (last - today).days + 2)
        assert len(foreseen) > 50
        happened = {(one.schedule, one.date): one for one in posted if (one.schedule, one.date) in foreseen}
        assert happened.keys() == foreseen.keys()
        for key, one in happened.items():
            prompt = foreseen[key].prompt
            assert one.prompt == (prompt.id if prompt else None), key
            assert one.reason == foreseen[key].reason
            assert (one.due, one.due.astimezone(ZoneInfo(zone)).date()) == (foreseen[key].due.at, one.date)
        texts = {post.occurrence.id: post.prompt.text for _, post in house.face.posts if post.occurrence}
        for one in happened.values():
            prompt = foreseen[one.schedule, one.date].prompt  # type: ignore[index]
            assert (prompt is None) == (one.state is not State.SENT)
            if prompt is not None:
                assert texts[one.id] == prompt.text
    finally:
        await house.storage.close()


async def test_every_part_of_every_theme_is_posted_in_its_week_once(house: House) -> None:
    circle = await house.circle()
    laid = await house.plans.lay(MARA, circle.id, "2026-03-02")
    posted = await walked(house, circle, 7 * 13)
    sent = [one for one in posted if one.state is State.SENT]
    for week, theme in zip(laid.after.weeks, CONTENT.themes, strict=True):
        mine = [one.prompt for one in sent if week.holds(one.date)]
        for part in (*theme.prompts, CONTENT.prompts[theme.challenge]):
            assert mine.count(part.id) == 1, part.id
        days = [one.date for one in sent if week.holds(one.date) and one.kind is Kind.CHECK_IN]
        assert days == [week.start + timedelta(days=number) for number in range(7)]


async def test_a_skipped_week_holds_its_theme_back_by_choice_and_asks_other_questions(house: House) -> None:
    circle = await house.circle()
    await house.plans.lay(MARA, circle.id, "2026-03-02")
    await house.plans.skip(MARA, circle.id, date(2026, 3, 9), Skip.STAY)
    posted = [
        one for one in await walked(house, circle, 15) if date(2026, 3, 9) <= one.date <= date(2026, 3, 15)
    ]
    by_kind = {kind: {one.state for one in posted if one.kind is kind} for kind in Kind}
    assert by_kind[Kind.THEME] == by_kind[Kind.REFLECTION] == {State.HELD}
    assert by_kind[Kind.CHECK_IN] == {State.SENT}
    ours = {one.id for one in CONTENT.check_ins}
    assert {one.prompt for one in posted if one.kind is Kind.CHECK_IN} <= ours
    assert "missed-post" not in house.face.kinds()


async def test_holidays_change_nothing_unless_the_circle_wants_it(house: House) -> None:
    circle = await house.circle()
    with pytest.raises(plan_errors.NoHolidays):
        await house.circles.settings(MARA, circle.id, Typed(holidays="rest"))
    await house.circles.settings(MARA, circle.id, Typed(region="DE", holidays="rest"))
    house.clock.set(datetime(2026, 12, 23, 12, tzinfo=UTC))
    async with house.storage.begin() as tx:  # as if the months before had been posted
        [schedule] = await tx.schedules.of_circle(circle.id)
        await tx.commit()
    fortnight = await house.schedules.fortnight(MARA, circle.id)
    resting = {one.due.date for one in fortnight.posts if one.reason == "holiday"}
    assert {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)} == {
        day for day in resting if day.month in (12, 1)
    }
    await house.circles.settings(MARA, circle.id, Typed(holidays="gentle"))
    gentle = [
        one.prompt
        for one in (await house.schedules.fortnight(MARA, circle.id)).posts
        if one.due.date in resting
    ]
    assert all(one is not None and "holiday" in one.tags for one in gentle)
    assert schedule.id


async def test_an_edited_time_applies_from_the_next_due_post_and_never_twice_a_day(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    _, after = await house.schedules.edit(MARA, circle.id, schedule.id, "18:00")
    assert after.next is not None
    assert after.next.at == datetime(2026, 3, 2, 17, tzinfo=UTC)
    await house.step(hours=10)
    _, after = await house.schedules.edit(MARA, circle.id, schedule.id, "20:00")
    assert after.next is not None
    assert after.next.date == date(2026, 3, 3)
    other = await house.schedules.add(MARA, circle.id, Kind.CHECK_IN, "07:00", "daily")
    with pytest.raises(errors.ScheduleExists):
        await house.schedules.edit(MARA, circle.id, other.id, "20:00")


async def test_a_post_within_quiet_hours_cannot_be_asked_for_nor_quiet_hours_over_a_post(
    house: House,
) -> None:
    circle = await house.circle()
    with pytest.raises(plan_errors.QuietTime):
        await house.circles.settings(MARA, circle.id, Typed(quiet_from="08:00", quiet_until="10:00"))
    await house.circles.settings(MARA, circle.id, Typed(quiet_from="22:00", quiet_until="07:00"))
    for act in (
        lambda: house.schedules.add(MARA, circle.id, Kind.THEME, "06:30", "mon"),
        lambda: house.circles.settings(MARA, circle.id, Typed(prompt_time="23:00")),
    ):
        with pytest.raises(plan_errors.QuietTime):
            await act()
    assert (await house.circles.as_facilitator(MARA, circle.id)).settings.prompt_time.hour == 9


async def test_a_resting_schedule_holds_back_and_goes_on_by_itself(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    await house.schedules.pause(MARA, circle.id, schedule.id, "2026-03-04")
    states = [one.state for one in await walked(house, circle, 3)]
    assert states == [State.HELD, State.HELD, State.SENT]
    await house.schedules.pause(MARA, circle.id, schedule.id)
    await house.schedules.resume(MARA, circle.id, schedule.id)
    assert (await walked(house, circle, 1))[-1].state is State.SENT


async def test_a_skipped_date_can_be_posted_after_all(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    day = await house.schedules.skip(MARA, circle.id, schedule.id)
    await house.schedules.unskip(MARA, circle.id, schedule.id, day)
    assert [one.state for one in await walked(house, circle, 1)] == [State.SENT]


async def test_weeks_by_the_hundred_are_refused(house: House) -> None:
    circle = await house.circle()
    start = date(2026, 3, 2)
    for _ in range(8):
        await house.plans.lay(MARA, circle.id, start.isoformat())
        start += 12 * WEEK
    with pytest.raises(plan_errors.PlanTooLong):
        await house.plans.lay(MARA, circle.id, start.isoformat())
