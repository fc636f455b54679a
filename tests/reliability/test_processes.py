"""Several processes, each with its shard, do one work once, and go on with what a dead one had in hand."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.reliability.processes import QUICK, Fleet, Realm, Spans, realm, sent, server, until

pytestmark = pytest.mark.long

POSTS = r"/channels/\d+/messages"
MOST = 50  # Discord: requests a second for the bot's token, all processes together
SPANS = Spans() if os.environ.get("ENDURE") else QUICK


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as found:
        yield found


@pytest.fixture
async def fleet() -> AsyncIterator[Fleet]:
    started = Fleet()
    yield started
    await started.close()


async def test_four_processes_share_all_that_is_due_and_each_answers_its_own_servers(
    address: str, fleet: Fleet
) -> None:
    async with realm(address, fleet, 4, circles=12, spans=SPANS) as town:
        assert town.sandbox.gateway.too_early == 0
        await town.promise(letters=True)
        took = await until(town.settled, 60)
        await until(lambda: _is(town.told() == 48), 30)
        print(f"4 processes: 48 posts and 48 letters, the posts in {took:.1f} s")
        assert sent(await town.kept())
        assert set(town.posted().values()) == {1}
        assert len(town.posted()) == town.told() == 48
        assert town.sandbox.traffic.too_many == 0
        assert busiest_second(town) <= MOST
        shared = await town.senders()
        assert len(shared) > 1  # each takes two seconds of its pace in hand: half of what is due here
        assert max(len(shards) for shards in shared.values()) == 4  # also for servers that it does not see
        await answered_everywhere(town)


async def answered_everywhere(town: Realm) -> None:
    """A command on each server, and a direct message, which comes over shard 0 alone."""
    ada = town.sandbox.world.add_user("Ada")
    for guild in town.guilds:
        guild.add_member(ada)
        outcome = await town.sandbox.person(ada).command("about", guild.find_channel("circle-0"))
        assert (await outcome.settled()).message is not None
    await town.sandbox.person(ada).dm(town.application, "ground me")
    await until(lambda: _is(len(answers(town, ada)) > 0), 15)
    await asyncio.sleep(0.3)
    assert len(answers(town, ada)) == 1


def answers(town: Realm, person: object) -> list[object]:
    """What the bot wrote to somebody directly."""
    said = town.sandbox.person(person).dms(town.application)  # type: ignore[arg-type]
    return [each for each in said if each.author is town.application.bot]


async def test_what_a_dead_process_had_in_hand_the_other_sends_within_a_minute_and_once(
    address: str, fleet: Fleet
) -> None:
    async with realm(address, fleet, 2, circles=30, spans=SPANS) as town:
        slow = SPANS.gone_after + 4  # so that what the dead one has on the wire arrives after all
        town.sandbox.faults.slow("POST", POSTS, slow)
        await town.promise()
        await until(lambda: _both(town), 30)
        held = await town.claims()
        dead = held.most_common(1)[0][0]
        town.bots.pop(dead).kill()
        killed = time.monotonic()
        await asyncio.sleep(1)
        town.sandbox.faults.slow("POST", POSTS, 0)
        await until(town.settled, 60)
        covered = time.monotonic() - killed
        print(f"1 of 2 killed with {held[dead]} claims in hand: all sent {covered:.1f} s later")
        assert covered < 60
        await asyncio.sleep(max(0.0, slow + 1 - (time.monotonic() - killed)))  # what it had sent arrives now
        assert set(town.posted().values()) == {1}
        assert len(town.posted()) == 60
        assert sent(await town.kept())
        assert set(await town.senders()) == {1 - dead}


async def _both(town: Realm) -> bool:
    """Whether both have claims in hand, all of them together."""
    held = await town.claims()
    return len(held) == 2 and held.total() == 60


async def _is(true: bool) -> bool:
    return true


def busiest_second(town: Realm) -> int:
    """The most requests that arrived within any second, of those that Discord counts."""
    outside = ("/interactions", "/webhooks", "/gateway")
    counted = sorted(each.at for each in town.sandbox.traffic.requests if not each.path.startswith(outside))
    return max(sum(at <= other < at + 1 for other in counted) for at in counted)
