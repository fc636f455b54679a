"""What was acknowledged survives the end of the process, however it ends."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.sandbox.town import Town, a_town

ROOT = Path(__file__).parents[2]
RULE = {
    "name": "Quiet",
    "event_type": 1,
    "trigger_type": 1,
    "trigger_metadata": {"keyword_filter": ["storm"]},
    "actions": [{"type": 1}],
    "enabled": True,
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def standing_alone(data: Path, port: int, session: aiohttp.ClientSession) -> AsyncIterator[str]:
    """`python -m sandbox`, killed with SIGKILL at the end of the block."""
    arguments = ("-m", "sandbox", "--port", str(port), "--data", str(data))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        await answering(address, session)
        yield address
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()


async def answering(address: str, session: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                async with session.get(f"{address}/api/v10/gateway"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        token, channel_id, guild_id = town.application.token, town.channel.id, town.guild.id
        application_id = town.application.id
    headers = {"Authorization": f"Bot {token}"}
    port = free_port()
    async with aiohttp.ClientSession(headers=headers) as session:
        async with standing_alone(tmp_path, port, session) as address:
            api = f"{address}/api/v10"
            messages = f"{api}/channels/{channel_id}/messages"
            form = aiohttp.FormData()
            form.add_field("payload_json", '{"content": "with a file"}')
            form.add_field("files[0]", b"kept bytes", filename="kept.txt")
            async with session.post(messages, data=form) as reply:
                posted = await reply.json()
            async with session.post(messages, json={"content": "first"}) as reply:
                edited = await reply.json()
            async with session.patch(f"{messages}/{edited['id']}", json={"content": "second"}) as reply:
                assert reply.status == 200
            async with session.put(
                f"{api}/applications/{application_id}/commands", json=[{"name": "about", "description": "x"}]
            ) as reply:
                commands = await reply.json()
            async with session.post(f"{api}/guilds/{guild_id}/auto-moderation/rules", json=RULE) as reply:
                assert reply.status == 200
        async with standing_alone(tmp_path, port, session):
            async with session.get(messages) as reply:
                found = await reply.json()
            assert [each["content"] for each in found] == ["second", "with a file"]
            assert [each["id"] for each in found] == [edited["id"], posted["id"]]
            async with session.get(found[1]["attachments"][0]["url"]) as reply:
                assert await reply.read() == b"kept bytes"
            whole = f"{api}/applications/{application_id}/commands?with_localizations=true"
            async with session.get(whole) as reply:
                assert await reply.json() == commands
            async with session.get(f"{api}/guilds/{guild_id}/auto-moderation/rules") as reply:
                assert [each["name"] for each in await reply.json()] == ["Quiet"]
            async with session.post(messages, json={"content": "third"}) as reply:
                assert int((await reply.json())["id"]) > int(edited["id"])


async def test_files_follow_the_server_to_another_port(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        form = aiohttp.FormData()
        form.add_field("payload_json", '{"embeds": [{"image": {"url": "attachment://chart.png"}}]}')
        form.add_field("files[0]", b"a picture", filename="chart.png")
        await town.ask("POST", f"/channels/{town.channel.id}/messages", form=form)
        before = town.sandbox.url
    async with a_town(data=tmp_path) as again:
        assert again.sandbox.url != before
        (message,) = again.sandbox.world.messages(again.channel)
        async with again.session.get(message.embeds[0]["image"]["url"]) as reply:
            assert await reply.read() == b"a picture"


async def test_a_world_is_found_again_as_it_was(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        role = town.guild.add_role("Facilitator", permissions=32)
        private = town.guild.add_text_channel("backroom", topic="Quiet", private_to=[role])
        maya = town.member("Maya", role)
        gone = await maya.send(town.channel, "gone")
        await maya.send(private, "kept")
        await town.ask("DELETE", f"/channels/{town.channel.id}/messages/{gone.id}")
        before = (town.application.token, town.guild.id, private.id, role.id)
    async with a_town(data=tmp_path) as again:
        room = again.guild.find_channel("backroom")
        found = again.guild.find_role("Facilitator")
        assert (again.application.token, again.guild.id, room.id, found.id) == before
        assert (room.topic, found.permissions) == ("Quiet", 32)
        person = again.sandbox.person("Maya")
        assert [each.content for each in person.messages(room)] == ["kept"]
        assert person.messages(again.channel) == []
        assert not again.sandbox.world.sees(again.application.bot, room)
        await found_by_the_client(again)


async def found_by_the_client(town: Town) -> None:
    async with town.bot() as bot:
        guild = bot.get_guild(int(town.guild.id))
        assert guild
        assert {channel.name for channel in guild.text_channels} == {"north", "backroom"}
