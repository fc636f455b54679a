"""The real client connects, stays, comes back, and is told what Discord would tell it."""

import asyncio
from dataclasses import replace
from typing import Any

import aiohttp
import discord
import pytest

from tests.sandbox.town import Town, a_town, until


async def test_the_real_client_connects_and_sees_its_server(town: Town) -> None:
    async with town.bot() as bot:
        assert bot.user
        assert bot.user.id == int(town.application.id)
        guild = bot.get_guild(int(town.guild.id))
        assert guild
        assert guild.name == "North Star"
        assert [channel.name for channel in guild.text_channels] == ["north"]
        assert guild.me.guild_permissions.manage_messages
        assert (await bot.application_info()).name == "Ivy"
        assert bot.latency < 5


async def test_a_closed_gateway_is_resumed_and_what_was_said_meanwhile_arrives(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot(discord.Intents(guilds=True, guild_messages=True)) as bot:
        ready = bot.ws.session_id
        await town.sandbox.faults.close_gateways(4000)
        await maya.send(town.channel, "While you were away")
        await until(bot.resumed.is_set, 15)
        await until(lambda: bot.heard)
        assert len(bot.heard) == 1
        assert bot.ws.session_id == ready


async def test_a_bot_that_is_asked_to_reconnect_resumes_its_session(town: Town) -> None:
    async with town.bot() as bot:
        session_id = bot.ws.session_id
        town.sandbox.faults.ask_to_reconnect()
        await until(bot.resumed.is_set, 15)
        assert bot.ws.session_id == session_id


async def test_each_shard_is_told_of_its_own_servers(town: Town) -> None:
    owner = town.sandbox.world.add_user("Sol")
    for number in range(3):
        await asyncio.sleep(0.002)  # the shard is taken from the time in the id
        town.sandbox.world.add_guild(f"Circle {number}", owner=owner).invite(town.application, permissions=0)
    told = [await servers_of_shard(town, number) for number in range(2)]
    assert sorted(told[0] + told[1]) == sorted(town.sandbox.world.guilds)
    for number, ids in enumerate(told):
        assert all((int(id_) >> 22) % 2 == number for id_ in ids)


async def test_a_second_shard_that_introduces_itself_too_early_is_refused_and_may_again(town: Town) -> None:
    town.sandbox.limits = town.sandbox.gateway._limits = replace(town.sandbox.limits, identify=0.4)
    assert (await introduced(town, 0))["op"] == 0
    assert await introduced(town, 1) == {"op": 9, "d": False, "s": None, "t": None}
    assert town.sandbox.gateway.too_early == 1
    await asyncio.sleep(0.45)
    assert (await introduced(town, 1))["op"] == 0


async def introduced(town: Town, shard: int) -> Any:
    """What comes first after a shard has identified."""
    async with town.session.ws_connect(f"{town.sandbox.gateway_url}?v=10&encoding=json") as socket:
        await socket.receive_json()
        given = {"token": town.application.token, "intents": 1, "properties": {}, "shard": [shard, 2]}
        await socket.send_json({"op": 2, "d": given})
        return await socket.receive_json()


async def servers_of_shard(town: Town, number: int) -> list[str]:
    async with town.session.ws_connect(f"{town.sandbox.gateway_url}?v=10&encoding=json") as socket:
        await socket.receive_json()
        given = {"token": town.application.token, "intents": 1, "properties": {}, "shard": [number, 2]}
        await socket.send_json({"op": 2, "d": given})
        ready = await socket.receive_json()
        return [guild["id"] for guild in ready["d"]["guilds"]]


async def test_what_is_no_json_closes_the_connection_with_4002(town: Town) -> None:
    async with town.session.ws_connect(f"{town.sandbox.gateway_url}?v=10&encoding=json") as socket:
        await socket.receive_json()
        await socket.send_str("{")
        await socket.receive()
        assert socket.close_code == 4002


async def test_nothing_is_heard_from_a_channel_that_the_bot_cannot_see(town: Town) -> None:
    maya = town.member("Maya")
    hidden = town.guild.add_text_channel("backroom", private_to=[maya.user])
    async with town.bot(discord.Intents(guilds=True, guild_messages=True)) as bot:
        await maya.send(hidden, "private")
        await maya.send(town.channel, "public")
        await until(lambda: bot.heard)
        assert [message.channel.id for message in bot.heard] == [int(town.channel.id)]


async def test_an_unknown_session_is_refused_and_the_client_identifies_anew(town: Town) -> None:
    async with aiohttp.ClientSession() as session:
        address = f"{town.sandbox.gateway_url}?v=10&encoding=json"
        async with session.ws_connect(address) as socket:
            assert (await socket.receive_json())["op"] == 10
            resume = {"token": town.application.token, "session_id": "never-given", "seq": 5}
            await socket.send_json({"op": 6, "d": resume})
            refused = await socket.receive_json()
            assert (refused["op"], refused["d"]) == (9, False)


async def test_a_heartbeat_is_acknowledged(town: Town) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{town.sandbox.gateway_url}?v=10&encoding=json") as socket,
    ):
        hello = await socket.receive_json()
        assert hello["d"]["heartbeat_interval"] > 0
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11


@pytest.mark.parametrize(("token", "code"), [("not-a-token", 4004), (None, 4014)])
async def test_the_gateway_names_its_reason_when_it_closes(town: Town, token: str | None, code: int) -> None:
    privileged = 1 << 15 if token is None else 0  # message content, which nobody switched on
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{town.sandbox.gateway_url}?v=10&encoding=json") as socket,
    ):
        await socket.receive_json()
        identify = {"token": token or town.application.token, "intents": privileged, "properties": {}}
        await socket.send_json({"op": 2, "d": identify})
        assert (await socket.receive()).type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}
        assert socket.close_code == code


async def test_a_privileged_intent_that_was_not_switched_on_ends_the_client(town: Town) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with town.bot(discord.Intents(guilds=True, members=True)):
            pass


async def test_a_wrong_token_is_refused_with_401(town: Town) -> None:
    reply = await town.ask("GET", "/users/@me", token="wrong")
    assert (reply.status, reply.body["message"]) == (401, "401: Unauthorized")


async def test_without_the_messages_intent_no_message_of_a_server_arrives(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot(discord.Intents(guilds=True, dm_messages=True)) as bot:
        await maya.send(town.channel, "Not for bots")
        await maya.dm(town.application, "ground me")
        await until(lambda: bot.heard)
        assert [message.content for message in bot.heard] == ["ground me"]


async def test_content_is_read_only_where_the_bot_is_spoken_to(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot(discord.Intents(guilds=True, guild_messages=True)) as bot:
        await maya.send(town.channel, "Among ourselves")
        await maya.send(town.channel, f"<@{town.application.id}> hello")
        channel = bot.get_channel(int(town.channel.id))
        assert isinstance(channel, discord.TextChannel)
        await channel.send("My own")
        await until(lambda: len(bot.heard) == 3)
        assert [message.content for message in bot.heard] == [
            "",
            f"<@{town.application.id}> hello",
            "My own",
        ]


async def test_content_is_read_by_a_bot_that_may() -> None:
    async with a_town() as town:
        town.application.privileged = 1 << 15
        maya = town.member("Maya")
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        async with town.bot(intents) as bot:
            await maya.send(town.channel, "Read this")
            await until(lambda: bot.heard)
            assert bot.heard[0].content == "Read this"


async def test_new_channels_roles_and_servers_are_told_to_the_client(town: Town) -> None:
    async with town.bot() as bot:
        guild = bot.get_guild(int(town.guild.id))
        assert guild
        town.guild.add_text_channel("south")
        town.guild.add_role("Facilitator")
        other = town.sandbox.world.add_guild("Other", owner=town.sandbox.world.add_user("Sol"))
        other.invite(town.application, permissions=0)
        await until(lambda: len(bot.guilds) == 2)
        assert {channel.name for channel in guild.text_channels} == {"north", "south"}
        assert "Facilitator" in {role.name for role in guild.roles}
        other.remove_member(town.application.bot)
        await until(lambda: len(bot.guilds) == 1)
