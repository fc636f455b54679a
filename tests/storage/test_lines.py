"""Crisis lines of a circle's own, and who checked which: sealed, and gone with their circle."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.line_errors import NoSuchLine
from bot.domain.lines import Check, LineId, LineKind, NewLine
from bot.domain.members import Member
from storage import Storage
from storage.line_tables import line_checks, local_lines
from tests.storage.samples import ADA, BEN, NOW, made_circle

NEW = NewLine(
    kind=LineKind.ABUSE, name="Quince Lane house", phone="01234 5", chat="https://q.example", hours="24/7"
)
FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
SAMARITANS = LineId("hl-gb-sam")


async def test_a_line_comes_back_as_it_was_added_and_only_in_its_circle(
    storage: Storage, circle: Circle
) -> None:
    other = await made_circle(storage, 2)
    async with storage.begin() as tx:
        line = await tx.lines.add(circle.id, NEW, NOW)
        await tx.commit()
    assert (line.name, line.phone, line.chat, line.hours) == (NEW.name, NEW.phone, NEW.chat, NEW.hours)
    assert (line.kind, line.local, line.region) == (LineKind.ABUSE, True, "")
    async with storage.read() as tx:
        assert await tx.lines.local(circle.id) == [line]
        assert await tx.lines.local(other.id) == []
        assert await tx.lines.all_local() == {circle.id: [line]}
    async with storage.begin() as tx:
        with pytest.raises(NoSuchLine):
            await tx.lines.remove(other.id, line.id)
        await tx.lines.check(circle.id, line.id, FIRST, ADA)
        await tx.lines.remove(circle.id, line.id)
        assert await tx.lines.local(circle.id) == []
        assert await tx.lines.checks(circle.id) == {}
        await tx.commit()


async def test_of_two_checks_the_later_stands_and_a_name_can_be_forgotten(
    storage: Storage, circle: Circle
) -> None:
    async with storage.begin() as tx:
        await tx.lines.check(circle.id, SAMARITANS, FIRST, ADA)
        await tx.lines.check(circle.id, SAMARITANS, SECOND, BEN)
        assert await tx.lines.checks(circle.id) == {SAMARITANS: Check(SECOND, BEN)}
        assert await tx.lines.all_checks() == {circle.id: {SAMARITANS: SECOND}}
        assert await tx.lines.checked_by(ADA) == []
        assert await tx.lines.checked_by(BEN) == [(circle.id, SAMARITANS, SECOND)]
        await tx.lines.forget(BEN)
        assert await tx.lines.checks(circle.id) == {SAMARITANS: Check(SECOND, None)}
        assert await tx.lines.checked_by(BEN) == []
        await tx.lines.uncheck(circle.id, SAMARITANS)
        assert await tx.lines.checks(circle.id) == {}
        await tx.commit()


async def test_what_a_circle_had_goes_with_it(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        await tx.lines.add(circle.id, NEW, NOW)
        await tx.lines.check(circle.id, SAMARITANS, FIRST, ADA)
        await tx.circles.delete(circle.id)
        for table in (local_lines, line_checks):
            assert await tx._session.rows(select(table)) == []
        await tx.commit()


async def test_what_stands_there_names_nobody_and_says_nothing(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        await tx.lines.add(circle.id, NEW, NOW)
        await tx.lines.check(circle.id, SAMARITANS, FIRST, ADA)
        rows = [
            tuple(row)
            for table in (local_lines, line_checks)
            for row in await tx._session.rows(select(table))
        ]
    for secret in (NEW.name, NEW.phone, NEW.chat, ADA.id):
        assert not any(
            secret.encode() in bytes(value) for row in rows for value in row if isinstance(value, bytes)
        )
        assert not any(secret in str(value) for row in rows for value in row)


async def test_where_somebody_is_a_member_is_told_after_the_snapshot_too(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.read() as tx:
        everywhere = await tx.members.everywhere()
    assert everywhere(ADA) == [CircleId(circle.id)]
    assert everywhere(BEN) == []
    assert member.circle == circle.id
