"""Measures what several processes do on one PostgreSQL: posts a second, and how soon a dead one's are sent.

`python -m tests.reliability.sharing` takes about two minutes, with the real spans, and nothing beside it.
"""

import asyncio
import time

from tests.reliability.processes import Fleet, Realm, Spans, realm, server, until

POSTS = r"/channels/\d+/messages"
CIRCLES = 320
REAL = Spans()


async def rate(address: str, processes: int) -> str:
    """All circles due at once."""
    fleet = Fleet()
    try:
        async with realm(address, fleet, processes, circles=CIRCLES // processes, spans=REAL) as town:
            town.sandbox.traffic.clear()
            await town.promise()
            took = await until(town.settled, 60)
            posts = [each.at for each in town.sandbox.traffic.requests if each.method == "POST"]
            each_ = sorted(len(shards) for shards in (await town.senders()).values())
            refused, twice = town.sandbox.traffic.too_many, CIRCLES - len(town.posted())
    finally:
        await fleet.close()
    steady = (len(posts) - 1) / (max(posts) - min(posts))
    return (
        f"{processes} process(es): {CIRCLES} posts in {took:.1f} s, {steady:.1f} a second from the first to"
        f" the last; 429: {refused}; missing or doubled: {twice}; servers served by each: {each_}"
    )


async def after_a_death(address: str) -> str:
    """One of two is killed with posts on their way."""
    fleet = Fleet()
    try:
        async with realm(address, fleet, 2, circles=60, spans=REAL) as town:
            town.sandbox.faults.slow("POST", POSTS, 12)
            await town.promise()
            await until(lambda: _both(town), 20)
            dead, held = (await town.claims()).most_common(1)[0]
            town.bots.pop(dead).kill()
            killed = time.monotonic()
            town.sandbox.faults.slow("POST", POSTS, 0)
            await until(town.settled, 60)
            took = time.monotonic() - killed
    finally:
        await fleet.close()
    return f"1 of 2 killed with {held} claims in hand: all of them sent {took:.1f} s later"


async def _both(town: Realm) -> bool:
    return len(await town.claims()) == 2


def main() -> None:
    """Prints a line each."""
    with server() as address:
        for processes in (1, 2, 4):
            print(asyncio.run(rate(address, processes)), flush=True)
        print(asyncio.run(after_a_death(address)), flush=True)


if __name__ == "__main__":
    main()
