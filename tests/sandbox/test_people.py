"""A person's hands: they do what Discord's client lets them do, and refuse the rest by themselves."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from sandbox.refusals import Refused
from tests.sandbox.town import Bot, Town, until

BUTTON = {"type": 2, "style": 1, "label": "Join", "custom_id": "join"}
OPTIONS = [{"label": word, "value": word.lower()} for word in ("Sun", "Rain", "Storm")]
SELECT = {"type": 3, "custom_id": "weather", "placeholder": "Weather", "options": OPTIONS}


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    async with town.bot() as bot:
        bot.answer = lambda interaction: interaction.response.send_message("Yes", ephemeral=True)
        yield bot


async def posted(town: Town, person: Any, *components: dict[str, Any]) -> Any:
    """A message with these components, as the person sees it."""
    rows = [{"type": 1, "components": [component]} for component in components]
    await town.say({"content": "x", "components": rows})
    return person.messages(town.channel)[-1]


async def test_a_disabled_button_cannot_be_pressed(town: Town, bot: Bot) -> None:
    maya = town.member("Maya")
    message = await posted(town, maya, {**BUTTON, "disabled": True})
    with pytest.raises(Refused):
        await maya.press(message, label="Join")


async def test_a_button_that_is_not_there_cannot_be_pressed(town: Town, bot: Bot) -> None:
    maya = town.member("Maya")
    message = await posted(town, maya, BUTTON)
    for named in ({"label": "Leave"}, {"custom_id": "leave"}):
        with pytest.raises(Refused):
            await maya.press(message, **named)


@pytest.mark.parametrize("values", [[], ["Sun", "Rain"], ["hail"]])
async def test_a_select_takes_as_many_as_it_asks_for_and_only_its_own(
    town: Town, bot: Bot, values: list[str]
) -> None:
    maya = town.member("Maya")
    message = await posted(town, maya, SELECT)
    with pytest.raises(Refused):
        await maya.select(message, values=values, placeholder="Weather")
    assert (await maya.select(message, values=["storm"])).message.content == "Yes"


async def test_who_does_not_see_a_channel_does_nothing_there(town: Town, bot: Bot) -> None:
    maya = town.member("Maya")
    hidden = town.guild.add_text_channel("backroom", private_to=[town.application.bot])
    await bot.register({"name": "about"})
    await town.say({"content": "x", "components": [{"type": 1, "components": [BUTTON]}]}, hidden)
    (message,) = town.sandbox.world.messages(hidden)
    assert maya.messages(hidden) == []
    with pytest.raises(Refused):
        await maya.press(message, label="Join")
    with pytest.raises(Refused):
        await maya.command("about", hidden)
    with pytest.raises(Refused):
        await maya.send(hidden, "hello")


async def test_anothers_private_answer_cannot_be_pressed(town: Town, bot: Bot) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Join", custom_id="join"))
    bot.answer = lambda interaction: interaction.response.send_message("Yours", view=view, ephemeral=True)
    await bot.register({"name": "about"})
    maya, tom = town.member("Maya"), town.member("Tom")
    outcome = await maya.command("about", town.channel)
    with pytest.raises(Refused):
        await tom.press(outcome.message, label="Join")


@pytest.mark.parametrize("options", [{}, {"zone": "x", "extra": 1}])
async def test_a_command_needs_its_options_and_knows_no_others(
    town: Town, bot: Bot, options: dict[str, Any]
) -> None:
    zone = {"type": 3, "name": "zone", "description": "Where", "required": True}
    await bot.register({"name": "about", "options": [zone]})
    with pytest.raises(Refused):
        await town.member("Maya").command("about", town.channel, **options)


async def test_a_file_goes_into_a_command(town: Town, bot: Bot) -> None:
    contents: list[bytes] = []

    async def answer(interaction: Any) -> None:
        given = interaction.data["resolved"]["attachments"][interaction.data["options"][0]["value"]]
        async with town.session.get(given["url"]) as served:
            contents.append(await served.read())
        await interaction.response.send_message("Read")

    bot.answer = answer
    plan = {"type": 11, "name": "plan", "description": "A plan", "required": True}
    await bot.register({"name": "import", "options": [plan]})
    maya = town.member("Maya")
    await maya.command("import", town.channel, plan=maya.upload("plan.yaml", b"weeks: []"))
    assert contents == [b"weeks: []"]


async def test_forged_hands_send_what_no_client_would(town: Town, bot: Bot) -> None:
    seen: list[str] = []

    async def answer(interaction: Any) -> None:
        seen.append(interaction.data["custom_id"])
        await interaction.response.send_message("No", ephemeral=True)

    bot.answer = answer
    maya = town.member("Maya")
    message = await posted(town, maya, BUTTON)
    data = {"component_type": 2, "custom_id": "someone-elses"}
    await maya.forge(town.channel, town.application, 3, data, message)
    assert seen == ["someone-elses"]


async def test_a_bot_that_is_not_there_answers_nothing(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot() as bot:
        await bot.register({"name": "about"})
    await until(lambda: not town.sandbox.gateway.online(town.application))
    outcome = await maya.command("about", town.channel)
    assert outcome.state == "failed"
    assert "not connected" in outcome.reason
