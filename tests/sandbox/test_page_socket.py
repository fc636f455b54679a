"""The page's socket: a person's own view, their acts, and nothing for a stranger's web site."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest

from tests.sandbox.town import Town


class Line:
    """One page's socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.pushed: list[dict[str, Any]] = []

    async def ask(self, op: str, **data: Any) -> Any:
        """One request; its answer, what is pushed meanwhile kept in `pushed`."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "op": op, "d": data})
        while (frame := await self._socket.receive_json(timeout=5)).get("id") != self._number:
            self.pushed.append(frame)
        if frame["t"] == "ERROR":
            return frame
        return frame["d"]

    async def push(self, kind: str, **with_: Any) -> Any:
        """The next pushed frame of a kind that holds these values."""
        async with asyncio.timeout(5):
            while True:
                frame = self.pushed.pop(0) if self.pushed else await self._socket.receive_json()
                data = frame.get("d") or {}
                if frame["t"] == kind and all(data.get(key) == value for key, value in with_.items()):
                    return data


@asynccontextmanager
async def line(town: Town, person: Any) -> AsyncIterator[Line]:
    address = f"{town.sandbox.url.replace('http', 'ws')}/sandbox/socket?as={person.id}"
    async with town.session.ws_connect(address) as socket:
        yield Line(socket)


async def test_the_people_to_choose_from_are_humans_with_their_roles(town: Town) -> None:
    role = town.guild.add_role("Facilitator")
    maya = town.member("Maya", role)
    async with town.session.get(f"{town.sandbox.url}/sandbox/people") as reply:
        people = {each["name"]: each for each in await reply.json()}
    assert set(people) == {"Robin", "Maya"}
    assert people["Maya"]["id"] == maya.id
    assert people["Maya"]["roles"] == ["Facilitator"]
    assert people["Maya"]["scripted"] is False
    assert people["Maya"]["color"].startswith("#")


async def test_hello_shows_what_this_person_sees_and_no_more(town: Town) -> None:
    role = town.guild.add_role("Facilitator")
    town.guild.add_text_channel("backroom", private_to=[role])
    maya, tom = town.member("Maya", role), town.member("Tom")
    async with town.bot() as bot, line(town, maya) as hers, line(town, tom) as his:
        await bot.register({"name": "about"}, {"name": "circle", "default_member_permissions": "32"})
        seen, less = await hers.ask("hello"), await his.ask("hello")
        assert [channel["name"] for channel in seen["guilds"][0]["channels"]] == ["north", "backroom"]
        assert [channel["name"] for channel in less["guilds"][0]["channels"]] == ["north"]
        assert seen["guilds"][0]["channels"][1]["private"] is True
        assert seen["me"]["id"] == maya.id
        assert [command["name"] for command in less["commands"]] == ["about"]
        assert less["commands"][0]["application"]["name"] == "Ivy"
        assert [user["id"] for user in less["bots"]] == [town.application.id]


async def test_a_message_reaches_those_who_see_the_channel(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    hidden = town.guild.add_text_channel("backroom", private_to=[maya.user])
    async with line(town, maya) as hers, line(town, tom) as his:
        await hers.ask("send", channel_id=hidden.id, content="private")
        sent = await hers.ask("send", channel_id=town.channel.id, content="hello")
        assert (await his.push("MESSAGE_CREATE"))["id"] == sent["message"]["id"]
        refused = await his.ask("messages", channel_id=hidden.id)
        assert refused["t"] == "ERROR"
        assert refused["d"]["code"] == 50001
        await hers.ask("delete", channel_id=town.channel.id, message_id=sent["message"]["id"])
        assert (await his.push("MESSAGE_DELETE"))["id"] == sent["message"]["id"]
        listed = await his.ask("messages", channel_id=town.channel.id)
        assert listed["messages"] == []


async def test_nobody_deletes_anothers_message(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    message = await maya.send(town.channel, "Mine")
    async with line(town, tom) as his:
        refused = await his.ask("delete", channel_id=town.channel.id, message_id=message.id)
        assert refused["t"] == "ERROR"
        assert refused["d"]["code"] == 50013


async def test_a_command_answers_only_its_person_and_the_answer_is_dismissed(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    async with town.bot() as bot, line(town, maya) as hers, line(town, tom) as his:
        await bot.register({"name": "about"})
        bot.answer = lambda interaction: interaction.response.send_message("For you", ephemeral=True)
        (command,) = (await hers.ask("hello"))["commands"]
        begun = await hers.ask("command", channel_id=town.channel.id, command_id=command["id"], options=[])
        told = await hers.push("INTERACTION", interaction_id=begun["interaction_id"])
        assert told["state"] == "answered"
        listed = await hers.ask("messages", channel_id=town.channel.id)
        assert [each["id"] for each in listed["messages"]] == [told["message_id"]]
        assert (await his.ask("messages", channel_id=town.channel.id))["messages"] == []
        assert not any(frame["t"].startswith("MESSAGE") for frame in his.pushed)
        await hers.ask("dismiss", message_id=told["message_id"])
        assert (await hers.ask("messages", channel_id=town.channel.id))["messages"] == []


async def test_a_form_is_opened_and_sent(town: Town) -> None:
    class Form(discord.ui.Modal, title="A note"):
        note: Any = discord.ui.TextInput(label="Note", custom_id="note")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"Kept {self.note.value}")

    maya = town.member("Maya")
    button = {"type": 2, "style": 1, "label": "Form", "custom_id": "form"}
    sent = await town.say({"content": "x", "components": [{"type": 1, "components": [button]}]})
    async with town.bot() as bot, line(town, maya) as hers:
        bot.answer = lambda interaction: interaction.response.send_modal(Form())
        place = {"channel_id": town.channel.id, "message_id": sent.body["id"]}
        pressed = await hers.ask("component", **place, custom_id="form", component_type=2)
        modal = (await hers.push("INTERACTION", state="modal"))["modal"]
        assert modal["title"] == "A note"
        field = {"type": 4, "custom_id": "note", "value": "a calm day"}
        await hers.ask(
            "modal_submit",
            interaction_id=pressed["interaction_id"],
            custom_id=modal["custom_id"],
            components=[{"type": 1, "components": [field]}],
        )
        answer = await hers.push("MESSAGE_CREATE")
        assert answer["content"] == "Kept a calm day"


async def test_what_makes_no_sense_is_answered_and_the_line_holds(town: Town) -> None:
    maya = town.member("Maya")
    async with line(town, maya) as hers:
        for op, data in [
            ("no-such-op", {}),
            ("send", {}),
            ("send", {"channel_id": "1234567", "content": "x"}),
            ("send", {"channel_id": [], "content": 5}),
            ("messages", {"channel_id": None}),
            ("command", {"channel_id": town.channel.id, "command_id": "1234567", "options": []}),
            ("modal_submit", {"interaction_id": "1", "custom_id": "x", "components": []}),
        ]:
            assert (await hers.ask(op, **data))["t"] == "ERROR", op
        assert (await hers.ask("hello"))["me"]["id"] == maya.id


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}],
    ids=["origin", "host", "null-origin"],
)
async def test_a_foreign_web_site_cannot_drive_the_page(town: Town, headers: dict[str, str]) -> None:
    maya = town.member("Maya")
    address = f"{town.sandbox.url}/sandbox/socket?as={maya.id}"
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await town.session.ws_connect(address, headers=headers)
    assert refused.value.status == 403


async def test_nobody_can_be_a_bot_or_a_stranger(town: Town) -> None:
    for id_ in (town.application.id, "1234567", ""):
        address = f"{town.sandbox.url}/sandbox/socket?as={id_}"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await town.session.ws_connect(address)
