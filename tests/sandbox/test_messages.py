"""Messages: posted, found, changed and taken away as Discord does it."""

import asyncio
import io

import aiohttp
import discord

from sandbox import Limits
from sandbox.permissions import Permission
from tests.sandbox.town import Town, a_town, until


def place(bot: discord.Client, town: Town) -> discord.TextChannel:
    channel = bot.get_channel(int(town.channel.id))
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_forty_posts_at_once_all_stand_once_and_in_order(town: Town) -> None:
    async with town.bot() as bot:
        sent = await asyncio.gather(*(place(bot, town).send(f"post {n}") for n in range(40)))
        found = [message async for message in place(bot, town).history(limit=100, oldest_first=True)]
    assert len({message.id for message in sent}) == 40
    assert sorted(message.content for message in found) == sorted(f"post {n}" for n in range(40))
    assert [message.id for message in found] == sorted(message.id for message in sent)


async def test_an_enforced_nonce_gives_the_same_message_again(town: Town) -> None:
    body = {"content": "Once", "nonce": "occurrence-7", "enforce_nonce": True}
    first, again = await town.say(body), await town.say(body)
    assert first.body["id"] == again.body["id"]
    assert first.body["nonce"] == "occurrence-7"
    assert len(town.sandbox.world.messages(town.channel)) == 1


async def test_a_nonce_that_is_not_enforced_is_no_bar(town: Town) -> None:
    body = {"content": "Twice", "nonce": "7"}
    ids = {(await town.say(body)).body["id"], (await town.say(body)).body["id"]}
    ids.add((await town.say({**body, "enforce_nonce": True})).body["id"])
    assert len(ids) == 3


async def test_an_enforced_nonce_is_forgotten_after_its_time() -> None:
    async with a_town(Limits(nonce=0.1)) as town:
        body = {"content": "x", "nonce": "7", "enforce_nonce": True}
        first = await town.say(body)
        await asyncio.sleep(0.15)
        assert (await town.say(body)).body["id"] != first.body["id"]


async def test_a_message_goes_through_its_life(town: Town) -> None:
    async with town.bot() as bot:
        message = await place(bot, town).send("First", silent=True)
        assert message.flags.suppress_notifications
        edited = await message.edit(content="Second")
        assert edited.edited_at
        assert (await place(bot, town).fetch_message(message.id)).content == "Second"
        await message.pin()
        assert [pinned.id async for pinned in place(bot, town).pins()] == [message.id]
        await message.unpin()
        assert [pinned.id async for pinned in place(bot, town).pins()] == []
        await message.delete()
    gone = await town.ask("GET", f"/channels/{town.channel.id}/messages/{message.id}")
    assert (gone.status, gone.body["code"]) == (404, 10008)


async def test_history_is_read_before_after_and_around(town: Town) -> None:
    ids = [(await town.say({"content": str(n)})).body["id"] for n in range(7)]
    path = f"/channels/{town.channel.id}/messages"

    async def listed(query: str) -> list[str]:
        return [each["content"] for each in (await town.ask("GET", f"{path}?{query}")).body]

    assert await listed("limit=2") == ["6", "5"]
    assert await listed(f"before={ids[3]}&limit=2") == ["2", "1"]
    assert await listed(f"after={ids[3]}&limit=2") == ["5", "4"]
    assert await listed(f"around={ids[3]}&limit=3") == ["4", "3", "2"]
    wrong = await town.ask("GET", f"{path}?limit=101")
    assert (wrong.status, wrong.body["code"]) == (400, 50035)


async def test_an_answer_thought_about_stands_where_the_thinking_began(town: Town) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await town.say({"content": "meanwhile"})
        await interaction.edit_original_response(content="thought about")

    maya = town.member("Maya")
    async with town.bot() as bot:
        await bot.register({"name": "about"})
        bot.answer = answer
        await (await maya.command("about", town.channel)).settled()
    assert [each.content for each in maya.messages(town.channel)] == ["thought about", "meanwhile"]


async def test_a_reply_points_at_what_it_answers(town: Town) -> None:
    async with town.bot() as bot:
        first = await place(bot, town).send("A question")
        answer = await first.reply("An answer")
        assert answer.reference
        assert answer.reference.message_id == first.id
        assert answer.type is discord.MessageType.reply


async def test_only_allowed_mentions_ring(town: Town) -> None:
    maya = town.member("Maya")
    text = f"<@{maya.user.id}> and @everyone"
    quiet = await town.say({"content": text, "allowed_mentions": {"parse": []}})
    assert (quiet.body["mentions"], quiet.body["mention_everyone"]) == ([], False)
    told = await town.say({"content": text, "allowed_mentions": {"parse": ["users"]}})
    assert [user["id"] for user in told.body["mentions"]] == [maya.user.id]


async def test_a_role_rings_where_anybody_may_mention_it_or_by_who_may_mention_all(town: Town) -> None:
    deaf, open_ = town.guild.add_role("Deaf"), town.guild.add_role("Open", mentionable=True)
    said = {"content": f"<@&{deaf.id}> <@&{open_.id}> @here"}
    own = town.guild.find_role("Ivy")
    assert own is not None
    for granted in (False, True):
        own.permissions |= Permission.MENTION_EVERYONE if granted else 0
        told = (await town.say(said)).body
        assert set(told["mention_roles"]) == ({deaf.id, open_.id} if granted else {open_.id})
        assert told["mention_everyone"] is granted


async def test_files_are_kept_and_served_byte_for_byte(town: Town) -> None:
    bytes_ = bytes(range(256)) * 20
    async with town.bot() as bot:
        export = discord.File(io.BytesIO(bytes_), "export.bin", description="All that is kept")
        chart = discord.File(io.BytesIO(b"a picture"), "chart.png")
        embed = discord.Embed(title="Weather").set_image(url="attachment://chart.png")
        message = await place(bot, town).send("Here", files=[export, chart], embed=embed)
        (attachment,) = message.attachments  # what an embed shows is not listed once more
        assert (attachment.filename, attachment.size) == ("export.bin", len(bytes_))
        assert attachment.description == "All that is kept"
        assert await attachment.read() == bytes_
        assert message.embeds[0].image.url
        async with town.session.get(message.embeds[0].image.url) as served:
            assert await served.read() == b"a picture"


async def test_components_of_the_second_kind_stand_as_they_were_sent(town: Town) -> None:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("## A step"), discord.ui.Separator()))
    async with town.bot() as bot:
        message = await place(bot, town).send(view=view)
        assert message.flags.components_v2
        again = await place(bot, town).fetch_message(message.id)
        (container,) = again.components
        assert isinstance(container, discord.Container)
        assert [child.type.name for child in container.children] == ["text_display", "separator"]


async def test_a_direct_message_reaches_one_person_and_comes_back(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    async with town.bot(discord.Intents(guilds=True, dm_messages=True)) as bot:
        user = await bot.fetch_user(int(maya.user.id))
        await user.send("A quiet word")
        assert [each.content for each in maya.dms(town.application)] == ["A quiet word"]
        assert tom.dms(town.application) == []
        await maya.dm(town.application, "Thank you")
        await until(lambda: any(each.content == "Thank you" for each in bot.heard))
        assert bot.heard[-1].author.id == user.id


async def test_closed_direct_messages_are_refused_with_50007(town: Town) -> None:
    maya = town.member("Maya")
    town.sandbox.faults.close_dms(maya.user)
    opened = await town.ask("POST", "/users/@me/channels", {"recipient_id": maya.user.id})
    assert opened.status == 200
    refused = await town.ask("POST", f"/channels/{opened.body['id']}/messages", {"content": "Hello"})
    assert (refused.status, refused.body["code"]) == (403, 50007)
    town.sandbox.faults.open_dms(maya.user)
    sent = await town.ask("POST", f"/channels/{opened.body['id']}/messages", {"content": "Hello"})
    assert sent.status == 200


async def test_someone_who_shares_no_server_cannot_be_written_to(town: Town) -> None:
    stranger = town.sandbox.world.add_user("Stranger")
    opened = await town.ask("POST", "/users/@me/channels", {"recipient_id": stranger.id})
    refused = await town.ask("POST", f"/channels/{opened.body['id']}/messages", {"content": "Hello"})
    assert (refused.status, refused.body["code"]) == (403, 50007)


async def test_multipart_without_json_is_a_message_too(town: Town) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", '{"attachments": [{"id": 0, "description": "Kept"}]}')
    form.add_field("files[0]", b"{}", filename="export.json", content_type="application/json")
    reply = await town.ask("POST", f"/channels/{town.channel.id}/messages", form=form)
    assert reply.status == 200
    assert reply.body["attachments"][0]["filename"] == "export.json"
    assert reply.body["content"] == ""


async def test_a_picture_is_known_by_its_name_since_the_real_client_does_not_say_what_it_sends(
    town: Town,
) -> None:
    async with town.bot() as bot:
        files = [discord.File(io.BytesIO(b"a picture"), name) for name in ("weeks.png", "weeks.unheard-of")]
        message = await place(bot, town).send("Here", files=files)
    kinds = [file.content_type for file in message.attachments]
    assert kinds == ["image/png", "application/octet-stream"]
