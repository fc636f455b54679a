"""Long absences, changes of clocks and a great many posts at once: each promised date has its one row."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.accounts import Platform
from bot.domain.circles import Home, Settings
from bot.domain.errors import ChannelGone, Unreachable
from bot.domain.occurrences import Reason, State
from bot.domain.schedules import DAILY, Due, Kind
from storage.transaction import Transaction
from tests.services.house import MARA, House
from tests.services.recorder import Fault, Recorder


async def test_every_date_missed_while_away_is_explained_and_todays_goes_out_first(house: House) -> None:
    circle = await house.circle()
    await house.step(days=100, hours=1)
    assert len(house.face.posts) == 1
    found = await house.occurrences(circle.id)
    assert [one.date for one in found] == [date(2026, 3, 2) + timedelta(days=n) for n in range(101)]
    assert [one.state for one in found] == [State.MISSED] * 100 + [State.SENT]
    assert {one.reason for one in found[:100]} == {Reason.LATE}
    assert house.face.kinds() == []  # older than a day is no news; the promise log has it


async def test_a_year_away_is_written_over_several_ticks_while_others_go_on(house: House) -> None:
    circles = [await house.circle(str(10 + n)) for n in range(3)]
    await house.step(days=730, hours=2)  # the clocks may have changed: somewhere within 09:00 to 11:00
    assert len(house.face.posts) == 3
    ticks = 0
    while len(await house.occurrences(circles[0].id)) < 731:
        await house.step(seconds=1)
        ticks += 1
        assert ticks < 10
    assert ticks >= 1
    for circle in circles:
        found = await house.occurrences(circle.id)
        assert len({one.date for one in found}) == len(found) == 731


@pytest.mark.parametrize(
    ("start", "hour", "expected"),
    [
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), "02:30", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
async def test_a_change_of_clocks_neither_doubles_nor_drops_a_post(
    house: House, start: datetime, hour: str, expected: datetime
) -> None:
    house.clock.set(start)
    circle = await house.circle()
    await house.schedules.add(MARA, circle.id, Kind.BOUNDARY, hour, "daily")
    for _ in range(24 * 4):
        await house.step(minutes=15)
    found = [one for one in await house.occurrences(circle.id) if one.kind is Kind.BOUNDARY]
    assert [one.date for one in found] == [expected.date()]
    assert found[0].sent_at == expected


async def test_two_dispatchers_over_one_database_share_the_work(house: House, tmp_path: Path) -> None:
    other = await House.open(tmp_path / "trellis.db", house.clock, house.face)
    for n in range(60):
        await house.circle(str(100 + n))
    house.clock.step(timedelta(hours=1))
    await asyncio.gather(house.tick(), other.tick(), house.tick(), other.tick())
    assert len(house.face.posts) == 60
    assert house.face.calls.count("post") == 60
    await other.storage.close()


async def test_a_lost_answer_reopens_what_another_process_called_missed(house: House, tmp_path: Path) -> None:
    circle = await house.circle()
    refused = Recorder(house.clock, post_faults=[Fault(ChannelGone())])
    other = await House.open(tmp_path / "trellis.db", house.clock, refused)
    house.face.gate = asyncio.Event()
    house.face.post_faults = [Fault(Unreachable(), applied=True)]
    house.clock.step(timedelta(hours=1))
    await house.dispatch.tick()
    house.clock.step(timedelta(seconds=6))
    await other.tick()
    [missed] = await house.occurrences(circle.id)
    assert missed.state is State.MISSED
    house.face.gate.set()
    await house.dispatch.drain()
    await house.step(minutes=5)
    [sent] = await house.occurrences(circle.id)
    assert (sent.state, sent.message, sent.reason) == (State.SENT, house.face.posts[0][0], None)
    assert len(house.face.posts) == 1
    await other.storage.close()


async def test_five_hundred_due_at_once_all_go_out(house: House) -> None:
    async with house.storage.begin() as tx:
        await add_due_circles(tx, 500, house.clock.now())
        await tx.commit()
    await house.tick()
    assert len(house.face.posts) == 500
    assert set(house.face.times().values()) == {1}
    async with house.storage.read() as tx:
        assert await tx.occurrences.unsettled() == []


async def add_due_circles(tx: Transaction, count: int, now: datetime) -> None:
    """Circles whose check-in is due now."""
    zone = ZoneInfo("Europe/Berlin")
    for n in range(count):
        home = Home(platform=Platform.DISCORD, server="900", channel=f"c{n}", facilitators=f"f{n}", role="77")
        circle = await tx.circles.add(home, f"Circle {n}", Settings(zone=zone), now)
        at = now.astimezone(zone).time()
        await tx.schedules.add(circle.id, Kind.CHECK_IN, at, DAILY, now, Due(now.date(), now))
