"""Where a person's one safety map is kept: with a membership of theirs, and handed on when that one ends."""

from collections.abc import Sequence

from bot.domain.accounts import Account
from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.safety_maps import SafetyMap, keeper
from storage.transaction import Reading, Transaction


async def held(tx: Reading, members: Sequence[Member]) -> tuple[MemberId | None, SafetyMap | None]:
    """The membership that holds it, and the map."""
    for member in members:
        found = await tx.safety_maps.of(member.id)
        if found is not None:
            return member.id, found
    return None, None


async def handed_on(tx: Transaction, leaving: Member, account: Account) -> None:
    """Gives the map of a membership that ends to another of the same person; it stays where there is none."""
    found = await tx.safety_maps.of(leaving.id)
    if found is None:
        return
    others = [each for each in await tx.members.of(account) if each.id != leaving.id]
    to = keeper(others, None)
    if to is not None:
        if await tx.safety_maps.of(to) is None:
            await tx.safety_maps.put(to, found)
        await tx.safety_maps.remove(leaving.id)
