"""The books at the end of a run: what the database holds once nothing is on its way any more."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.alerts import Alert
from bot.domain.check_ins import CheckIn
from bot.domain.commitments import Commitment, Mark
from bot.domain.errors import NotAnswered
from bot.domain.ids import AlertId
from bot.domain.live_runs import LiveRun
from bot.domain.occurrences import Occurrence, State
from bot.domain.outbox import NEVER, Letter
from bot.domain.promises import PromiseLog, promise_log
from bot.domain.shares import Review, Share
from storage.transaction import Reading
from tests.reliability.house import House, events
from tests.reliability.process import Bot

PATIENCE = 40.0  # seconds until all that was begun is at its end
LOOK, LOOKS = 0.3, 3  # seconds between two looks, and how many in a row are to find nothing
LATER = timedelta(minutes=1)  # by which the last start comes later, so that no back-off is waited for


@dataclass
class Books:
    """What the database holds at the end."""

    occurrences: list[Occurrence]
    promises: list[PromiseLog]
    letters: list[Letter]  # not delivered
    arrived: frozenset[str]  # the messages in which the others are said to stand
    check_ins: dict[tuple[str, int], CheckIn]
    shares: list[Share]
    alerts: dict[int, Alert]
    told: dict[int, list[tuple[str, int]]]  # by alert: the messages that tell of it, each with of how many
    commitments: list[Commitment]
    logs: dict[int, dict[Any, Mark]]
    runs: dict[str, LiveRun | None]
    next_post: datetime | None

    def quiet(self, now: datetime) -> bool:
        """Nothing is due, nothing claimed, no letter on its way."""
        claimed = any(one.state is State.CLAIMED for one in self.occurrences)
        waiting = any(letter.next_try_at < NEVER for letter in self.letters)
        return not claimed and not waiting and (self.next_post is None or self.next_post > now)


async def settle(house: House) -> tuple[Books, list[str]]:
    """A last clean start until nothing is on its way, and SIGTERM; the books, and what went wrong with it."""
    house.sandbox.faults.clear()
    house.passing.ahead += LATER
    bot, found = house.start(), []
    await house.connected(bot)
    if await _at_rest(house, bot):
        await house.act(1.0)  # everybody can go on
    if not await _at_rest(house, bot):
        found.append(f"it does not come to rest; the bot is {'gone' if bot.died.is_set() else 'there'}")
    status = await bot.stop()
    if status != 0:
        found.append(f"SIGTERM ended it with {status}")
    return await read(house), found


async def _at_rest(house: House, bot: Bot) -> bool:
    """Waits until nothing is due, claimed or on its way, seen some times; False where it takes too long."""
    ends, quiet = asyncio.get_running_loop().time() + PATIENCE, 0
    while not bot.died.is_set() and asyncio.get_running_loop().time() < ends:
        await asyncio.sleep(LOOK)
        quiet = quiet + 1 if (await read(house)).quiet(house.passing.now()) else 0
        if quiet == LOOKS:
            return True
    return False


async def read(house: House) -> Books:
    """Reads all of it, in one snapshot; once more where our own connection was cut with the bot's."""
    try:
        return await _read(house)
    except NotAnswered:
        return await _read(house)


async def _read(house: House) -> Books:
    now, since = house.passing.now(), house.began - timedelta(days=1)
    async with house.storage.read() as tx:
        occurrences = [one for each in house.circles for one in await tx.occurrences.since(each.id, since)]
        members = house.members.items()
        accounts = {who: await tx.members.account(member.id) for who, member in members}
        commitments = [one for _, member in members for one in await tx.commitments.of(member.id)]
        alerts = [one for _, member in members for one in await tx.alerts.of(member.id)]
        return Books(
            occurrences=occurrences,
            promises=[
                promise_log([one for one in occurrences if one.circle == each.id], since=since, until=now)
                for each in house.circles
            ],
            letters=[
                one
                for each in house.circles
                for one in await tx.outbox.stuck(each.id, now + timedelta(days=1))
            ],
            arrived=frozenset().union(*[await tx.outbox.messages(each.id, since) for each in house.circles]),
            check_ins={
                (who, int(one.occurrence or 0)): one
                for who, member in members
                for one in await tx.check_ins.all_of(member.id)
            },
            shares=[one for _, member in members for one in await tx.shares.of(member.id)],
            alerts={int(one.id): one for one in alerts},
            told={int(one.id): await _told(tx, one.id) for one in alerts},
            commitments=commitments,
            logs={int(one.id): await tx.commitments.log(one) for one in commitments},
            runs={who: await tx.exercise_runs.of(account) for who, account in accounts.items()},
            next_post=await tx.schedules.next_at(),
        )


async def _told(tx: Reading, alert: AlertId) -> list[tuple[str, int]]:
    """The messages in which its letters are said to stand, each with how many alerts it tells of."""
    letters = [await tx.outbox.get(id_) for id_, _ in await tx.alerts.letters(alert)]
    return [
        (one.message, len(await tx.alerts.told_in(one.id)))
        for one in letters
        if one is not None and one.message is not None
    ]


def figures(house: House, books: Books) -> dict[str, int]:
    """What a run amounts to."""
    answered = sum(each.answered for each in house.ledger.attempts)
    return {
        "kills": sum(house.kills.values()),
        "fell in the start": house.fell,
        "acts": len(house.ledger.attempts),
        "answered": answered,
        "acknowledged": house.ledger.acknowledged(),
        "posts": sum(house.town.posted().values()),
        "missed or held": sum(one.state in (State.MISSED, State.HELD) for one in books.occurrences),
        "letters": sum(
            str(m.nonce).startswith("trellis-x")
            for channel in house.sandbox.world.channels.values()
            for m in channel.messages.values()
        ),
        "words posted": sum(share.review is Review.APPROVED for share in books.shares),
        "alerts": len(books.alerts),
        "errors logged": sum(events(house.said, "error").values()),
    }
