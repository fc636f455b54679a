"""Private threads as the real client, the page and a later run meet them."""

from pathlib import Path
from typing import Any

import discord
import pytest

from sandbox.refusals import Refused
from tests.sandbox.test_page_socket import line
from tests.sandbox.town import Town, a_town, until

HEARING = discord.Intents(guilds=True, guild_messages=True)
BUTTON = {"type": 2, "style": 1, "label": "Here", "custom_id": "here"}
ROW = [{"type": 1, "components": [BUTTON]}]


class Watch:
    """What the client dispatches about threads, in order."""

    def __init__(self, bot: discord.Client) -> None:
        self.seen: list[tuple[str, Any]] = []
        for name in ("thread_create", "thread_join", "thread_update", "thread_delete", "thread_remove"):
            setattr(bot, f"on_{name}", self._hears(name))

    def _hears(self, name: str) -> Any:
        async def hear(*what: Any) -> None:
            self.seen.append((name, what[-1]))

        return hear

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.seen]


def text_channel(bot: discord.Client, town: Town) -> discord.TextChannel:
    channel = bot.get_channel(int(town.channel.id))
    assert isinstance(channel, discord.TextChannel)
    return channel


def town_guild(bot: discord.Client, town: Town) -> discord.Guild:
    guild = bot.get_guild(int(town.guild.id))
    assert guild
    return guild


async def test_the_real_client_opens_a_private_thread_adds_people_and_writes_in_it(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    async with town.bot() as bot:
        channel = text_channel(bot, town)
        made = await channel.create_thread(name="Two of us", invitable=False, reason="They both said yes")
        assert (made.type, made.parent, made.owner_id) == (
            discord.ChannelType.private_thread,
            channel,
            int(town.application.id),
        )
        assert (made.invitable, made.archived, made.me is not None) == (False, False, True)
        await made.add_user(discord.Object(maya.id))
        await made.add_user(discord.Object(maya.id))
        await made.send("Welcome")
        (thread,) = maya.threads(town.channel)
        assert [message.content for message in maya.messages(thread)] == ["Welcome"]
        assert (tom.threads(town.channel), tom.messages(thread)) == ([], [])
        assert [one.id for one in await town_guild(bot, town).active_threads()] == [made.id]
        found = await made.fetch_member(int(maya.id))
        assert found.id == int(maya.id)
        await made.remove_user(discord.Object(maya.id))
        assert maya.threads(town.channel) == []
        with pytest.raises(discord.NotFound):
            await made.fetch_member(int(maya.id))


async def test_a_bot_hears_of_the_threads_that_it_is_in_and_of_no_others(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot(HEARING) as bot:
        watch = Watch(bot)
        await text_channel(bot, town).create_thread(name="Mine")
        hidden = await maya.open_thread(town.channel, "Hidden")
        await maya.send(hidden, "Before you came")
        await maya.open_thread(town.channel, "Never yours")
        await maya.add_to(hidden, town.application.bot)
        await maya.send(hidden, "Now you are here")
        await until(lambda: bot.heard)
        assert [name for name in watch.names if name == "thread_create"] == ["thread_create"]
        assert {thread.name for thread in town_guild(bot, town).threads} == {"Mine", "Hidden"}
        (heard,) = bot.heard
        assert isinstance(heard.channel, discord.Thread)
        assert heard.channel.me is not None
        hidden.change(archived=True)
        await until(lambda: "thread_update" in watch.names)
        await maya.send(hidden, "Awake")
        await until(lambda: town_guild(bot, town).get_thread(int(hidden.id)))
        hidden.remove(town.application.bot)
        await until(lambda: "thread_remove" in watch.names)
        heard_so_far = len(bot.heard)
        await maya.send(hidden, "Gone again")
        town.guild.find_thread("Mine").delete()
        await until(lambda: "thread_delete" in watch.names)
        assert len(bot.heard) == heard_so_far


@pytest.mark.parametrize(("intents", "heard"), [(1, False), (1 | 1 << 1, True)])
async def test_others_come_and_go_unheard_without_the_members_intent(
    town: Town, intents: int, heard: bool
) -> None:
    maya, thread = town.member("Maya"), await town.thread()
    town.application.privileged = 1 << 1
    async with town.session.ws_connect(town.sandbox.gateway_url) as socket:
        await socket.send_json({"op": 2, "d": {"token": town.application.token, "intents": intents}})
        while (await socket.receive_json(timeout=5))["t"] != "GUILD_CREATE":
            pass
        thread.add(maya.user)
        thread.change(name="A sign that it came through")
        told = await socket.receive_json(timeout=5)
        assert (told["t"] == "THREAD_MEMBERS_UPDATE") is heard
        if heard:
            (added,) = told["d"]["added_members"]
            assert (added["user_id"], added["member"]["user"]["id"]) == (maya.id, maya.id)
            assert (told["d"]["member_count"], told["d"]["removed_member_ids"]) == (2, [])


async def test_a_bot_that_connects_finds_the_active_threads_that_it_is_in(town: Town) -> None:
    maya = town.member("Maya")
    await maya.open_thread(town.channel, "Not for the bot")
    mine, done = await town.thread(), await town.thread()
    done.change(archived=True)
    async with town.bot() as bot:
        (thread,) = town_guild(bot, town).threads
        assert (thread.id, thread.me is not None) == (int(mine.id), True)


async def test_a_press_and_a_command_within_a_thread_are_answered_there(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    thread = await town.thread()
    for person in (maya, tom):
        thread.add(person.user)
    asked: list[Any] = []

    async def answer(interaction: Any) -> None:
        asked.append(interaction)
        await interaction.response.send_message("Just you", ephemeral=True)

    async with town.bot() as bot:
        await bot.register({"name": "about"})
        bot.answer = answer
        await town.say({"content": "Are you here?", "components": ROW}, thread)
        (message,) = maya.messages(thread)
        pressed = await maya.press(message, "Here")
        ran = await maya.command("about", thread)
        assert [each.message.channel for each in (pressed, ran)] == [thread, thread]
        assert (len(maya.messages(thread)), len(tom.messages(thread))) == (3, 1)
    for interaction in asked:
        assert (interaction.channel.type, interaction.channel.parent_id) == (
            discord.ChannelType.private_thread,
            int(town.channel.id),
        )
        assert interaction.channel.archived is False
        assert interaction.permissions.send_messages_in_threads
        assert interaction.app_permissions.manage_events  # the parent's, which are the bot's role's


async def test_a_command_in_a_thread_that_the_bot_is_not_in_is_answered_all_the_same(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    thread = await maya.open_thread(town.channel, "Ours")
    allowed: list[bool] = []

    async def answer(interaction: Any) -> None:
        allowed.append(interaction.app_permissions.view_channel)
        await interaction.response.send_message("About me")

    async with town.bot() as bot:
        await bot.register({"name": "about"})
        bot.answer = answer
        outcome = await maya.command("about", thread)
        assert (outcome.message.content, allowed) == ("About me", [True])
        with pytest.raises(Refused):
            await tom.command("about", thread)


async def test_who_leaves_the_server_leaves_its_threads_and_a_channel_takes_its_threads_along(
    town: Town,
) -> None:
    maya, thread = town.member("Maya"), await town.thread()
    thread.add(maya.user)
    town.guild.remove_member(maya.user)
    assert set(thread.members) == {town.application.id}
    town.channel.delete()
    assert (await town.ask("GET", f"/channels/{thread.id}")).body["code"] == 10003
    assert town.guild.threads == {}


@pytest.fixture
async def kept(tmp_path: Path) -> Path:
    """A world with a thread in it, closed."""
    async with a_town(data=tmp_path) as town:
        maya = town.member("Maya")
        thread = await town.thread(invitable=False, auto_archive_duration=60)
        thread.add(maya.user)
        await maya.send(thread, "Still here")
        await town.ask("PATCH", f"/channels/{thread.id}", {"archived": True, "name": "Kept"})
        (await town.thread(name="Gone")).delete()
    return tmp_path


async def test_a_thread_is_found_again_as_it_was(kept: Path) -> None:
    async with a_town(data=kept) as town:
        maya = town.sandbox.person("Maya")
        (thread,) = maya.threads(town.channel, archived=True)
        assert [message.content for message in maya.messages(thread)] == ["Still here"]
        assert (thread.name, thread.owner, thread.sent) == ("Kept", town.application.bot, 1)
        assert (thread.invitable, thread.auto_archive_duration) == (False, 60)
        assert list(town.guild.threads) == [thread.id]
        await maya.send(thread, "Again")
        assert maya.threads(town.channel) == [thread]


async def test_in_a_world_from_before_there_were_threads_everyone_writes_in_them(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        store, everyone = town.sandbox.world.store, town.guild.default_role
        (before,) = store.all("guild")
        before["roles"] = [
            [id_, name, 0x400 if id_ == everyone.id else bits, place]
            for id_, name, bits, place, *_ in before["roles"]
        ]
        del before["threads"]
        store.put("guild", before["id"], before)
    async with a_town(data=tmp_path) as again:
        assert again.guild.default_role.permissions == 0x400 | 1 << 35 | 1 << 36 | 1 << 38


async def test_the_page_shows_a_thread_to_those_who_are_in_it_and_forgets_who_left(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    async with line(town, maya) as hers, line(town, tom) as his:
        thread = await town.thread()
        thread.add(maya.user)
        await hers.push("WORLD")
        (shown,) = (await hers.ask("hello"))["guilds"][0]["threads"]
        assert (shown["id"], shown["type"], shown["parent_id"]) == (thread.id, 12, town.channel.id)
        assert (shown["joined"], shown["archived"], shown["can_send"]) == (True, False, True)
        assert (await his.ask("hello"))["guilds"][0]["threads"] == []
        await hers.ask("send", channel_id=thread.id, content="Just us")
        refused = await his.ask("messages", channel_id=thread.id)
        assert refused["d"]["code"] == 50001
        assert not any(frame["t"].startswith("MESSAGE") for frame in his.pushed)
        await maya.leave(thread)
        assert (await hers.ask("hello"))["guilds"][0]["threads"] == []
