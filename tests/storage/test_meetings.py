"""Regular meetings: kept as they are, found when something is to be done, and wished reminders of."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from sqlalchemy import text

from bot.domain.circles import Circle
from bot.domain.meetings import Meeting, Standing
from bot.domain.members import Member
from storage import Storage
from storage.backends import parsed
from storage.migrate import opened
from tests.storage.samples import BEN, KEY, NOW, TODAY, later, made_circle, made_member
from tests.storage.test_indexes import heard

WHERE, CHANNEL, EVENT = "The mill by the river", "940000000000000001", "980000000000000001"


def standing(circle: Circle) -> Standing:
    meeting = Meeting(
        circle=circle.id,
        day=1,
        time=time(19, 30),
        minutes=75,
        every=2,
        first=TODAY,
        where=WHERE,
        channel=CHANNEL,
        skips=frozenset({date(2026, 3, 16), date(2026, 4, 13)}),
        uid="series-of-the-mill",
        revision=3,
        changed_at=NOW,
    )
    return Standing(
        meeting=meeting,
        event=EVENT,
        event_for=TODAY,
        next_at=later(hours=3),
        tries=2,
        remind_at=later(hours=1),
        reminded_for=TODAY,
    )


async def put(storage: Storage, *given: Standing) -> None:
    async with storage.begin() as tx:
        for each in given:
            await tx.meetings.put(each)
        await tx.commit()


async def test_a_meeting_is_read_as_it_was_put_and_a_second_one_takes_its_place(
    storage: Storage, circle: Circle
) -> None:
    first = standing(circle)
    second = Standing(meeting=replace(first.meeting, where=None, skips=frozenset(), removed=True))
    for each in (first, second):
        await put(storage, each)
        async with storage.read() as tx:
            assert await tx.meetings.get(circle.id) == each


async def test_a_circle_without_one_has_none(storage: Storage, circle: Circle) -> None:
    async with storage.read() as tx:
        assert await tx.meetings.get(circle.id) is None
        assert await tx.meetings.next_due() is None


async def test_what_is_to_be_done_is_found_the_longest_due_first(storage: Storage, circle: Circle) -> None:
    second = await made_circle(storage, 2)
    mine = standing(circle)
    theirs = replace(standing(second), remind_at=None, next_at=later(hours=2))
    await put(storage, mine, theirs)
    async with storage.begin() as tx:
        assert await tx.meetings.next_due() == later(hours=1)
        assert await tx.meetings.to_remind(later(minutes=59), 9) == []
        assert await tx.meetings.to_remind(later(hours=9), 9) == [mine]
        assert await tx.meetings.to_keep(later(hours=2), 9) == [theirs]
        assert await tx.meetings.to_keep(later(hours=9), 9) == [theirs, mine]
        assert await tx.meetings.to_keep(later(hours=9), 1) == [theirs]


async def test_wishes_are_kept_once_and_go_with_the_member(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ben = await made_member(storage, circle, BEN)
    elsewhere = await made_member(storage, await made_circle(storage, 2))
    async with storage.begin() as tx:
        for each in (member.id, member.id, ben.id, elsewhere.id):
            await tx.meetings.wish(each)
        assert await tx.meetings.wishing(circle.id) == [member.id, ben.id]
        await tx.meetings.unwish(ben.id)
        assert not await tx.meetings.wishes(ben.id)
        assert await tx.meetings.wishes(member.id)
        await tx.members.delete(member.id)
        assert await tx.meetings.wishing(circle.id) == []
        await tx.meetings.wish(ben.id)
        await tx.meetings.forget_wishes(circle.id)
        assert await tx.meetings.wishing(circle.id) == []
        assert await tx.meetings.wishes(elsewhere.id)


async def test_a_meeting_goes_with_its_circle(storage: Storage, circle: Circle) -> None:
    await put(storage, standing(circle))
    async with storage.begin() as tx:
        await tx.circles.delete(circle.id)
        assert await tx.meetings.get(circle.id) is None


async def test_place_and_event_stand_sealed(sqlite: Storage, tmp_path: Path) -> None:
    await put(sqlite, standing(await made_circle(sqlite)))
    written = b"".join(path.read_bytes() for path in tmp_path.glob("trellis.db*"))
    assert b"2026-04-13" in written
    for secret in (WHERE, CHANNEL, EVENT):
        assert secret.encode() not in written


async def test_what_is_asked_each_time_is_answered_from_an_index(database_url: str) -> None:
    storage = await Storage.open(database_url, [KEY])
    await put(storage, standing(await made_circle(storage)))
    async with storage.begin() as tx:
        with heard() as statements:
            await tx.meetings.next_due()
            await tx.meetings.to_keep(NOW, 9)
            await tx.meetings.to_remind(NOW, 9)
    await storage.close()
    async with opened(parsed(database_url)) as connection:
        if connection.dialect.name == "postgresql":  # for one row it would read the table
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        plans = [
            "\n".join(
                str(tuple(row)) for row in await connection.exec_driver_sql(f"{explain} {said}", parameters)
            )
            for said, parameters in statements
        ]
    both, keeping, reminding = plans
    assert "ix_meetings_next_at" in both
    assert "ix_meetings_remind_at" in both
    assert "ix_meetings_next_at" in keeping
    assert "ix_meetings_remind_at" in reminding
