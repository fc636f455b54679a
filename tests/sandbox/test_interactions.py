"""Interactions: acted by a person, answered by the real client, seen by whom they are meant for."""

import asyncio
import io
from typing import Any

import discord

from sandbox import Limits
from tests.sandbox.town import Town, a_town, until

ABOUT = {"name": "about"}


async def test_a_command_is_answered_for_all_to_see(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = lambda interaction: interaction.response.send_message("A bot.")
        outcome = await maya.command("about", town.channel)
    assert outcome.state == "answered"
    assert outcome.message.content == "A bot."
    assert [each.id for each in tom.messages(town.channel)] == [outcome.message.id]
    assert outcome.message.json()["interaction_metadata"]["user"]["id"] == maya.user.id


async def test_an_ephemeral_answer_is_seen_by_its_owner_alone(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("For you", ephemeral=True)
        await interaction.followup.send("And this", ephemeral=True)

    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = answer
        outcome = await maya.command("about", town.channel)
        await until(lambda: outcome.followups)
    assert [each.content for each in maya.messages(town.channel)] == ["For you", "And this"]
    assert all(each.ephemeral for each in maya.messages(town.channel))
    assert tom.messages(town.channel) == []
    listed = await town.ask("GET", f"/channels/{town.channel.id}/messages")
    assert listed.body == []


async def test_options_arrive_as_what_they_are(town: Town) -> None:
    role = town.guild.add_role("Facilitator")
    maya = town.member("Maya")
    seen: dict[str, Any] = {}

    async def answer(interaction: Any) -> None:
        group = interaction.data["options"][0]
        seen.update({each["name"]: each["value"] for each in group["options"]})
        seen["resolved"] = interaction.data["resolved"]
        await interaction.response.send_message("Set up")

    options = [
        {"type": 7, "name": "channel", "description": "Where", "required": True},
        {"type": 8, "name": "role", "description": "Whose", "required": True},
        {"type": 3, "name": "timezone", "description": "When", "required": True},
        {"type": 4, "name": "weeks", "description": "How long"},
        {"type": 5, "name": "discreet", "description": "Quietly"},
    ]
    setup = {"type": 1, "name": "setup", "description": "Makes one", "options": options}
    async with town.bot() as bot:
        await bot.register({"name": "circle", "options": [setup]})
        bot.answer = answer
        await maya.command(
            "circle setup", town.channel, channel=town.channel, role=role, timezone="Asia/Tokyo", weeks=4
        )
    resolved = seen.pop("resolved")
    assert seen == {"channel": town.channel.id, "role": role.id, "timezone": "Asia/Tokyo", "weeks": 4}
    assert resolved["channels"][town.channel.id]["name"] == "north"
    assert resolved["roles"][role.id]["name"] == "Facilitator"


async def test_choices_are_offered_while_typing(town: Town) -> None:
    async def answer(interaction: Any) -> None:
        typed = interaction.data["options"][0]["value"]
        choices = [discord.app_commands.Choice(name=f"{typed}in", value="Europe/Berlin")]
        await interaction.response.autocomplete(choices)

    option = {"type": 3, "name": "zone", "description": "Where", "autocomplete": True, "required": True}
    async with town.bot() as bot:
        await bot.register({**ABOUT, "options": [option]})
        bot.answer = answer
        maya = town.member("Maya")
        choices = await maya.autocomplete("about", town.channel, focused="zone", zone="Berl")
    assert choices == [{"name": "Berlin", "value": "Europe/Berlin"}]


async def test_a_deferred_answer_settles_when_it_is_edited(town: Town) -> None:
    maya = town.member("Maya")

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.sleep(0.1)
        await interaction.edit_original_response(content="Here it is")
        assert (await interaction.original_response()).content == "Here it is"

    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = answer
        outcome = await maya.command("about", town.channel)
        assert outcome.state == "thinking"
        await outcome.settled(3)
        assert outcome.message.content == "Here it is"
        assert outcome.message.ephemeral
        await until(lambda: town.sandbox.traffic.count(method="GET", path="/messages/@original"))


async def test_a_press_and_a_select_change_the_message_they_stand_on(town: Town) -> None:
    maya = town.member("Maya")
    view = discord.ui.View(timeout=None)
    button: Any = discord.ui.Button(label="Join", custom_id="join")
    select: Any = discord.ui.Select(
        placeholder="Weather", options=[discord.SelectOption(label="Storm", value="storm")]
    )

    async def joined(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="Joined")

    async def chosen(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"It is {select.values[0]}")

    button.callback, select.callback = joined, chosen
    view.add_item(button).add_item(select)
    async with town.bot() as bot:
        channel = bot.get_channel(int(town.channel.id))
        assert isinstance(channel, discord.TextChannel)
        sent = await channel.send("Welcome", view=view)
        message = maya.messages(town.channel)[-1]
        outcome = await maya.press(message, label="Join")
        assert outcome.state == "updated"
        assert maya.messages(town.channel)[-1].content == "Joined"
        outcome = await maya.select(message, values=["storm"], placeholder="Weather")
        await until(lambda: maya.messages(town.channel)[-1].content == "It is storm")
    assert int(message.id) == sent.id
    assert len(maya.messages(town.channel)) == 1


async def test_a_message_command_brings_the_message(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")

    async def answer(interaction: Any) -> None:
        target = interaction.data["target_id"]
        content = interaction.data["resolved"]["messages"][target]["content"]
        await interaction.response.send_message(f"Told: {content}", ephemeral=True)

    async with town.bot() as bot:
        await bot.register({"type": 3, "name": "Tell a facilitator", "description": ""})
        bot.answer = answer
        said = await tom.send(town.channel, "Hard words")
        outcome = await maya.message_command("Tell a facilitator", said)
    assert outcome.message.content == "Told: Hard words"
    assert outcome.message.json()["interaction_metadata"]["target_message_id"] == said.id


async def test_an_answer_after_three_seconds_finds_no_interaction() -> None:
    async with a_town(Limits(answer=0.2)) as hasty:
        maya = hasty.member("Maya")
        late: list[Any] = []

        async def answer(interaction: discord.Interaction) -> None:
            await asyncio.sleep(0.4)
            try:
                await interaction.response.send_message("Too late")
            except discord.HTTPException as error:
                late.append(error)

        async with hasty.bot() as bot:
            await bot.register(ABOUT)
            bot.answer = answer
            outcome = await maya.command("about", hasty.channel)
            assert outcome.state == "failed"
            await until(lambda: late)
    assert (late[0].status, late[0].code) == (404, 10062)


async def test_a_second_answer_is_refused_with_40060(town: Town) -> None:
    refused: list[Any] = []

    async def answer(interaction: discord.Interaction) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await interaction.response.send_message("First")
        refused.append(await town.ask("POST", path, {"type": 4, "data": {"content": "Second"}}))

    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = answer
        await town.member("Maya").command("about", town.channel)
        await until(lambda: refused)
    assert (refused[0].status, refused[0].body["code"]) == (400, 40060)


async def test_an_unknown_interaction_is_refused_with_10062(town: Town) -> None:
    reply = await town.ask("POST", "/interactions/1234567/nothing/callback", {"type": 6})
    assert (reply.status, reply.body["code"]) == (404, 10062)


async def test_a_token_is_good_for_its_time_only() -> None:
    async with a_town(Limits(token=0.3)) as town:
        refused: list[Any] = []

        async def answer(interaction: discord.Interaction) -> None:
            await interaction.response.defer(thinking=True)
            await asyncio.sleep(0.5)
            try:
                await interaction.followup.send("After hours")
            except discord.HTTPException as error:
                refused.append(error)

        async with town.bot() as bot:
            await bot.register(ABOUT)
            bot.answer = answer
            await town.member("Maya").command("about", town.channel)
            await until(lambda: refused)
    assert (refused[0].status, refused[0].code) == (401, 50027)


async def test_an_answer_is_taken_back(town: Town) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("For a moment", ephemeral=True)
        await interaction.delete_original_response()

    maya = town.member("Maya")
    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = answer
        await maya.command("about", town.channel)
        await until(lambda: maya.messages(town.channel) == [])


async def test_a_follow_up_after_the_answer_was_deferred_takes_its_place(town: Town) -> None:
    """Discord: the first follow-up to a deferred answer edits it, and keeps its privacy."""
    maya, tom = town.member("Maya"), town.member("Tom")

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Between us")

    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = answer
        outcome = await maya.command("about", town.channel)
        await outcome.settled(3)
    assert [each.content for each in maya.messages(town.channel)] == ["Between us"]
    assert tom.messages(town.channel) == []


async def test_a_file_comes_with_an_answer(town: Town) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        export = discord.File(io.BytesIO(b"all that is kept"), "export.txt")
        await interaction.response.send_message("Yours", file=export, ephemeral=True)

    async with town.bot() as bot:
        await bot.register(ABOUT)
        bot.answer = answer
        outcome = await town.member("Maya").command("about", town.channel)
    (attachment,) = outcome.message.attachments
    assert attachment["filename"] == "export.txt"
    async with town.session.get(attachment["url"]) as served:
        assert await served.read() == b"all that is kept"
