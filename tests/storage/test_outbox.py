"""The outbox: a letter stays due until it is delivered, and is seen where it is stuck."""

from bot.domain.circles import Circle
from bot.domain.ids import OutboxId
from bot.domain.members import Member
from bot.domain.outbox import Recipient
from storage import Storage
from tests.storage.samples import NOW, later

FACTS: dict[str, str | int | bool | None] = {"kind": "check-in", "count": 3, "late": True, "reason": None}


async def test_a_letter_is_due_at_once_and_gone_when_delivered(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        about = await tx.outbox.add(circle.id, Recipient.MEMBER, "share-declined", FACTS, NOW, member.id)
        plain = await tx.outbox.add(circle.id, Recipient.FACILITATORS, "missed-post", FACTS, later(seconds=1))
        await tx.commit()
    async with storage.begin() as tx:
        assert await tx.outbox.due(NOW, 10) == [about]
        assert await tx.outbox.due(later(seconds=1), 10) == [about, plain]
        assert await tx.outbox.due(later(seconds=1), 1) == [about]
        assert (about.facts, about.member, plain.member) == (FACTS, member.id, None)
        await tx.outbox.delivered(about.id, later(seconds=2), "970000000000000001")
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.outbox.due(later(days=1), 10) == [plain]
        assert await tx.outbox.next_at() == plain.next_try_at


async def test_a_letter_that_failed_is_tried_again_later(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        letter = await tx.outbox.add(circle.id, Recipient.CIRCLE, "share-posted", FACTS, NOW)
        await tx.outbox.retry(letter.id, later(seconds=4))
        await tx.outbox.retry(letter.id, later(seconds=8))
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.outbox.due(later(seconds=7), 10) == []
        assert [one.tries for one in await tx.outbox.due(later(seconds=8), 10)] == [2]
        assert [one.id for one in await tx.outbox.stuck(circle.id, later(hours=1))] == [letter.id]
        assert await tx.outbox.stuck(circle.id, NOW) == []


async def test_a_letter_about_somebody_deleted_meanwhile_is_no_fault(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        letter = await tx.outbox.add(circle.id, Recipient.MEMBER, "share-declined", {}, NOW, member.id)
        await tx.members.delete(member.id)
        await tx.outbox.delivered(letter.id, NOW, "97")
        await tx.outbox.retry(OutboxId(999), NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.outbox.next_at() is None


async def test_where_letters_stand_is_known_from_when_they_arrived(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        for number in range(3):
            letter = await tx.outbox.add(circle.id, Recipient.CIRCLE, "share-posted", FACTS, NOW)
            if number < 2:
                await tx.outbox.delivered(letter.id, later(seconds=number), f"97{number}")
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.outbox.messages(circle.id, NOW) == {"970", "971"}
        assert await tx.outbox.messages(circle.id, later(seconds=1)) == {"971"}
