"""The pacer never lets more than its limit into any second at the other end, and is fair."""

import asyncio
import random
import time

import aiohttp
from aiohttp import web
from discord.http import Route

from cogs.pacer import PER_SECOND, Pacer, counts


def most_in_a_window(times: list[float], window: float) -> int:
    """The fullest window that begins at any of the times."""
    ordered = sorted(times)
    return max(sum(start <= each < start + window for each in ordered) for start in ordered)


async def test_no_window_holds_more_than_the_limit_whatever_the_network_does() -> None:
    pacer, arrivals, chance = Pacer(limit=12, window=0.2), [], random.Random(7)

    async def request() -> None:
        ticket = await pacer.leave()
        await asyncio.sleep(chance.random() * 0.15)  # on its way: late ones meet early ones
        arrivals.append(time.monotonic())
        await asyncio.sleep(chance.random() * 0.05)
        pacer.land(ticket)

    await asyncio.gather(*(request() for _ in range(100)))
    assert len(arrivals) == 100
    assert most_in_a_window(arrivals, 0.2) <= 12


async def test_it_loses_little_of_what_is_allowed() -> None:
    pacer = Pacer(limit=20, window=0.1)
    began = time.monotonic()
    for ticket in [await pacer.leave() for _ in range(20)]:
        pacer.land(ticket)
    for _ in range(80):
        pacer.land(await pacer.leave())
    assert time.monotonic() - began < 0.4 + 0.3  # four more windows, and a slow machine's share


async def test_who_came_first_goes_first() -> None:
    pacer, gone = Pacer(limit=3, window=0.05), []

    async def request(number: int) -> None:
        ticket = await pacer.leave()
        gone.append(number)
        pacer.land(ticket)

    await asyncio.gather(*(request(number) for number in range(20)))
    assert gone == list(range(20))


async def test_one_who_gives_up_while_waiting_holds_nobody_up() -> None:
    pacer = Pacer(limit=1, window=0.05)
    pacer.land(await pacer.leave())
    waiting = [asyncio.create_task(pacer.leave()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    waiting[1].cancel()
    ticket = await asyncio.wait_for(waiting[2], 1)
    pacer.land(ticket)
    assert all(task.cancelled() for task in waiting[:2])


async def test_one_who_gives_up_at_the_moment_of_the_grant_gives_the_place_back() -> None:
    pacer = Pacer(limit=1, window=0.02)
    pacer.land(await pacer.leave())
    first = asyncio.create_task(pacer.leave())
    await asyncio.sleep(0)
    await asyncio.sleep(0.02)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    if not first.cancelled():
        pacer.land(first.result())
    pacer.land(await asyncio.wait_for(pacer.leave(), 1))


async def test_an_unanswered_request_does_not_hold_its_place_for_ever(monkeypatch) -> None:
    monkeypatch.setattr("cogs.pacer.LONGEST_FLIGHT", 0.05)
    pacer = Pacer(limit=1, window=0.02)
    await pacer.leave()
    await asyncio.wait_for(pacer.leave(), 1)


def test_answers_to_interactions_pass_it_and_all_else_counts(monkeypatch) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1/api/v10")
    assert counts("http://127.0.0.1:1/api/v10/channels/1/messages?limit=5")
    assert counts("http://127.0.0.1:1/api/v10/webhooks/1")
    assert not counts("http://127.0.0.1:1/api/v10/interactions/1/token-x/callback?with_response=1")
    assert not counts("http://127.0.0.1:1/api/v10/webhooks/1/token-x/messages/@original")
    assert not counts("http://127.0.0.1:1/api/v10/webhooks/1/token-x?wait=true")
    assert not counts("http://127.0.0.1:1/gateway")


async def test_real_requests_pass_it_through_the_trace(monkeypatch) -> None:
    arrivals: list[float] = []

    async def arrived(_request: web.Request) -> web.Response:
        arrivals.append(time.monotonic())
        return web.Response(status=500 if len(arrivals) % 7 == 0 else 200)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", arrived)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10"
    monkeypatch.setattr(Route, "BASE", url)
    async with aiohttp.ClientSession(trace_configs=[Pacer().trace()]) as session:

        async def get() -> None:
            async with session.get(f"{url}/channels/1"):
                pass

        await asyncio.gather(*(get() for _ in range(2 * PER_SECOND + 10)))
    await runner.cleanup()
    assert len(arrivals) == 2 * PER_SECOND + 10
    assert most_in_a_window(arrivals, 1.0) <= PER_SECOND
