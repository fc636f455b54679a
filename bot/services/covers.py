"""A facilitator suggests to a message's author to post it again with a topic line and covered words.

The author is asked in private: by direct message where they said yes to those, else the facilitator gets a
draft to send themself. Nothing is deleted, and no word of the message is read or kept.
Export: the letter stands among the member's letters. Forgetting: it goes with their key.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, Sharing
from bot.domain.ids import CircleId
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Recipient
from bot.services._audit import noted
from bot.services.access import facilitated, membership
from storage import Storage
from storage.transaction import Reading

KIND = "cover-suggested"  # of the letter
STALE = timedelta(days=1)  # after which a suggestion that has not left is of no use


class Way(StrEnum):
    """How the author can be asked."""

    LETTER = "letter"  # by direct message from us
    DRAFT = "draft"  # by the facilitator, with our words
    DONE = "done"  # they were asked about this message already


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What can be done, or was."""

    circle: Circle
    way: Way
    shares: bool  # members may offer words in this circle
    author: Account = field(repr=False)


class Covers:
    """For a circle's facilitators."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def of_author(self, actor: Actor, circle_id: CircleId) -> Circle:
        """The circle, for a member who reads what was suggested. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            await membership(tx, actor, circle_id)
            return await tx.circles.get(circle_id)

    async def look(self, actor: Actor, circle_id: CircleId, author: Account, message: str) -> Cover:
        """How the author of a message can be asked. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return await _cover(tx, circle, author, message)

    async def suggest(self, actor: Actor, circle_id: CircleId, author: Account, message: str) -> Cover:
        """Writes the letter, where there is a way for one, once. Raises NoCircle, NotFacilitator."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            member = await tx.members.find(circle_id, author)
            if member is not None:
                await tx.members.hold(member.id)  # pressed twice at once it is one letter
            cover = await _cover(tx, circle, author, message)
            if cover.way is not Way.LETTER or member is None:
                return cover
            until = int((now + STALE).timestamp())
            facts: dict[str, str | int | bool | None] = {"message": message, "until": until}
            await tx.outbox.add(circle_id, Recipient.MEMBER, KIND, facts, now, member=member.id)
            await noted(tx, actor, circle_id, Deed.COVER_SUGGESTED, now)
            await tx.commit()
        return cover


async def _cover(tx: Reading, circle: Circle, author: Account, message: str) -> Cover:
    member = await tx.members.find(circle.id, author)
    shares = circle.settings.sharing is not Sharing.OFF
    way = await _way(tx, member, message)
    return Cover(circle=circle, way=way, shares=shares and member is not None, author=author)


async def _way(tx: Reading, member: Member | None, message: str) -> Way:
    if member is None or not consented(member, Scope.REMINDERS):
        return Way.DRAFT
    letters = [letter for letter in await tx.outbox.of(member.id) if letter.kind == KIND]
    asked = any(letter.facts.get("message") == message for letter in letters)
    return Way.DONE if asked else Way.LETTER
