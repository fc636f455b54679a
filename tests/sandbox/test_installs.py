"""An app that a person has as their own: its commands go along to servers and messages without the bot."""

from typing import Any

import pytest

from sandbox.refusals import Refused
from tests.sandbox.town import Town

HELP = {"name": "help", "integration_types": [0, 1], "contexts": [0, 1, 2]}
ABOUT = {"name": "about", "contexts": [0, 1]}


async def elsewhere(town: Town) -> tuple[Any, list[Any]]:
    """Maya, a channel of a server where the bot is not, and her messages with Tom."""
    maya, tom = town.member("Maya"), town.member("Tom")
    guild = town.sandbox.world.add_guild("Elsewhere", owner=maya.user)
    return maya, [guild.add_text_channel("talk"), town.sandbox.world.dm(maya.user, tom.user)]


async def test_a_persons_own_app_answers_where_the_bot_is_not_and_tells_where_that_is(town: Town) -> None:
    maya, places = await elsewhere(town)
    town.sandbox.world.install(town.application, maya.user)
    heard: list[tuple[Any, Any, Any]] = []

    async def answer(interaction: Any) -> None:
        owners = (interaction.is_guild_integration(), interaction.is_user_integration())
        heard.append((interaction.guild_id, interaction.context.private_channel, owners))
        await interaction.response.send_message("Here", ephemeral=True)

    async with town.bot() as bot:
        await bot.register(HELP)
        bot.answer = answer
        for channel in (*places, town.channel):
            outcome = await maya.command("help", channel)
            assert outcome.message.content == "Here"
    server = int(places[0].guild.id)
    assert heard == [
        (server, False, (False, True)),
        (None, True, (False, True)),
        (int(town.guild.id), False, (True, True)),
    ]


async def test_without_it_the_bot_is_reached_only_where_it_is(town: Town) -> None:
    maya, places = await elsewhere(town)
    async with town.bot() as bot:
        await bot.register(HELP, ABOUT)
        for channel in places:
            with pytest.raises(Refused):
                await maya.command("help", channel)
        town.sandbox.world.install(town.application, maya.user)
        for channel in places:
            with pytest.raises(Refused):
                await maya.command("about", channel)


@pytest.mark.parametrize(
    ("field", "given"),
    [("contexts", []), ("contexts", [3]), ("contexts", [0, 0]), ("integration_types", [2])],
)
async def test_a_place_that_discord_does_not_know_is_refused(town: Town, field: str, given: Any) -> None:
    body = {"name": "help", "description": "x", field: given}
    reply = await town.ask("POST", f"/applications/{town.application.id}/commands", body)
    assert (reply.status, reply.body["code"]) == (400, 50035)
    assert field in reply.body["errors"]


async def test_a_bot_may_write_to_who_has_it_as_their_own_app_and_to_no_other_stranger(town: Town) -> None:
    world = town.sandbox.world
    maya, tom = world.add_user("Maya"), world.add_user("Tom")  # on no server of the bot's
    world.install(town.application, maya)
    for user, status in ((maya, 200), (tom, 403)):
        channel = await town.ask("POST", "/users/@me/channels", {"recipient_id": user.id})
        reply = await town.ask("POST", f"/channels/{channel.body['id']}/messages", {"content": "Hello"})
        assert reply.status == status
