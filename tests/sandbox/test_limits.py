"""Rate limits, planned faults and what `Traffic` tells of them."""

import asyncio
import time

import aiohttp
import discord
import pytest

from sandbox import Limits
from tests.sandbox.town import Town, a_town


async def test_the_sixth_message_within_five_seconds_is_refused_and_told_when_to_come_back() -> None:
    async with a_town(Limits()) as town:
        replies = [await town.say({"content": str(n)}) for n in range(6)]
        assert [reply.status for reply in replies] == [200] * 5 + [429]
        refused = replies[-1]
        assert refused.body["global"] is False
        assert 0 < refused.body["retry_after"] <= 5
        assert refused.headers["X-RateLimit-Limit"] == "5"
        assert refused.headers["X-RateLimit-Remaining"] == "0"
        assert refused.headers["X-RateLimit-Scope"] == "user"
        assert [reply.headers["X-RateLimit-Remaining"] for reply in replies[:5]] == list("43210")
        assert len({reply.headers["X-RateLimit-Bucket"] for reply in replies}) == 1
        assert town.sandbox.traffic.too_many == 1
        other = town.guild.add_text_channel("south")
        assert (await town.say({"content": "elsewhere"}, other)).status == 200


async def test_more_than_fifty_a_second_are_refused_for_the_whole_bot() -> None:
    async with a_town(Limits(channel_messages=10_000, global_per_second=50)) as town:
        channels = [town.guild.add_text_channel(f"c{n}") for n in range(60)]
        replies = await asyncio.gather(*(town.say({"content": "x"}, channel) for channel in channels))
        refused = [reply for reply in replies if reply.status == 429]
        assert len(refused) == 10
        assert all(reply.body["global"] for reply in refused)
        assert refused[0].headers["X-RateLimit-Global"] == "true"
        assert refused[0].headers["X-RateLimit-Scope"] == "global"
        assert float(refused[0].headers["Retry-After"]) > 0


async def test_answers_to_interactions_stand_outside_the_global_limit() -> None:
    async with a_town(Limits(global_per_second=3)) as town:
        replies = [
            await town.ask("POST", f"/interactions/{1234567 + n}/none/callback", {"type": 6})
            for n in range(9)
        ]
        assert {reply.status for reply in replies} == {404}


async def test_one_interaction_s_edits_have_a_bucket_of_their_own_and_count_for_nothing_else() -> None:
    async with a_town(Limits(global_per_second=3, webhook=5)) as town:
        edit = f"/webhooks/{town.application.id}/{{}}/messages/@original"
        replies = [await town.ask("PATCH", edit.format("one"), {"content": "x"}) for _ in range(6)]
        assert [reply.status for reply in replies] == [404] * 5 + [429]
        assert replies[-1].body["global"] is False
        assert (await town.ask("PATCH", edit.format("two"), {"content": "x"})).status == 404


async def test_the_real_client_waits_out_a_bucket_and_loses_nothing() -> None:
    async with a_town(Limits(channel_messages=5)) as town, town.bot() as bot:
        channel = bot.get_channel(int(town.channel.id))
        assert isinstance(channel, discord.TextChannel)
        began = time.monotonic()
        await asyncio.gather(*(channel.send(str(n)) for n in range(7)))
        assert time.monotonic() - began > 3
        assert len(town.sandbox.world.messages(town.channel)) == 7


async def test_a_planned_failure_meets_the_next_request_only(town: Town) -> None:
    town.sandbox.faults.fail_next("POST", r"/messages$", status=503)
    assert (await town.say({"content": "lost"})).status == 503
    assert (await town.say({"content": "kept"})).status == 200
    assert [each.content for each in town.sandbox.world.messages(town.channel)] == ["kept"]


async def test_a_failure_after_the_write_leaves_the_write(town: Town) -> None:
    town.sandbox.faults.fail_next("POST", r"/messages$", status=502, after_applied=True)
    assert (await town.say({"content": "kept"})).status == 502
    assert [each.content for each in town.sandbox.world.messages(town.channel)] == ["kept"]


async def test_a_dropped_connection_leaves_the_write_and_the_nonce_finds_it(town: Town) -> None:
    body = {"content": "kept", "nonce": "7", "enforce_nonce": True}
    town.sandbox.faults.drop_next("POST", r"/messages$", after_applied=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await town.say(body)
    again = await town.say(body)
    (only,) = town.sandbox.world.messages(town.channel)
    assert again.body["id"] == only.id


async def test_a_slow_route_is_slow_until_told_otherwise(town: Town) -> None:
    town.sandbox.faults.slow("GET", r"/users/@me$", 0.3)
    began = time.monotonic()
    asking = asyncio.create_task(town.ask("GET", "/users/@me"))
    await asyncio.sleep(0.15)
    assert town.sandbox.traffic.in_hand == 1
    await asking
    assert time.monotonic() - began >= 0.3
    assert town.sandbox.traffic.in_hand == 0
    town.sandbox.faults.slow("GET", r"/users/@me$", 0)
    began = time.monotonic()
    await town.ask("GET", "/users/@me")
    assert time.monotonic() - began < 0.3


async def test_five_hundred_posts_take_less_than_eleven_seconds() -> None:
    async with a_town(Limits(global_per_second=10_000, channel_messages=10_000)) as wide:
        began = time.monotonic()
        for _ in range(10):
            await asyncio.gather(*(wide.say({"content": "x" * 500}) for _ in range(50)))
        assert time.monotonic() - began < 11
        assert len(wide.sandbox.world.messages(wide.channel)) == 500


async def test_a_planned_storm_is_refused_as_discord_words_it_and_ends() -> None:
    async with a_town() as town:
        storm = town.sandbox.faults.storm("POST", r"/messages$", times=2, wait=0.4)
        own = [await town.say({"content": "x"}) for _ in range(3)]
        assert [reply.status for reply in own] == [429, 429, 200]
        assert own[0].body == {
            "message": "You are being rate limited.", "code": 0, "retry_after": 0.4, "global": False,
        }  # fmt: skip
        assert own[0].headers["X-RateLimit-Scope"] == "user"
        assert "Via" in own[0].headers  # without it discord.py takes a 429 for Cloudflare's ban
        assert storm.met == 2
        town.sandbox.faults.storm("POST", ".", everything=True)
        everywhere = await town.say({"content": "x"})
        assert everywhere.body["global"] is True
        assert everywhere.headers["X-RateLimit-Global"] == "true"
        town.sandbox.faults.clear()
        assert (await town.say({"content": "x"})).status == 200


async def test_watchers_hear_of_a_request_when_it_comes_and_when_it_is_applied() -> None:
    async with a_town() as town:
        heard: list[tuple[str, str, int]] = []
        standing = town.channel.messages

        def watch(moment: str, method: str, path: str) -> None:
            heard.append((moment, method, len(standing)))

        town.sandbox.traffic.watchers.append(watch)
        await town.say({"content": "x"})
        await town.say({"content": ""})  # refused: nothing is applied
        assert heard == [("arrived", "POST", 0), ("applied", "POST", 1), ("arrived", "POST", 1)]


async def test_a_nonce_that_is_forgotten_makes_a_second_message() -> None:
    async with a_town() as town:
        body = {"content": "x", "nonce": "n", "enforce_nonce": True}
        first, same = await town.say(body), await town.say(body)
        town.sandbox.sender.forget_nonces()
        assert first.body["id"] == same.body["id"] != (await town.say(body)).body["id"]
