"""Whose Discord has which language: chosen by people and servers, kept, and told to the bot each time."""

from pathlib import Path
from typing import Any

import discord
import pytest

from sandbox import Refused
from sandbox.entities import User
from tests.sandbox.test_page_socket import line
from tests.sandbox.town import Bot, Town, a_town, until

BUTTON = {"type": 2, "style": 1, "label": "Join", "custom_id": "join"}


def telling(bot: Bot) -> list[tuple[str, str | None]]:
    """The languages of each interaction, its person's and its server's, as the bot hears them."""
    heard: list[tuple[str, str | None]] = []

    async def answer(interaction: discord.Interaction) -> None:
        guild = interaction.guild_locale
        heard.append((interaction.locale.value, guild.value if guild else None))
        await interaction.response.send_message("Heard", ephemeral=True)

    bot.answer = answer
    return heard


async def test_an_interaction_tells_its_persons_language_and_its_servers(town: Town) -> None:
    maya, ines = town.member("Maya"), town.member("Ines", locale="es-ES")
    async with town.bot() as bot:
        heard = telling(bot)
        await bot.register({"name": "about"})
        await maya.command("about", town.channel)
        await ines.command("about", town.channel)
        await town.say({"content": "x", "components": [{"type": 1, "components": [BUTTON]}]})
        ines.speaks("de")
        await ines.press(ines.messages(town.channel)[-1], custom_id="join")
        await ines.command("about", town.sandbox.world.dm(ines.user, town.application.bot))
    assert heard == [("en-GB", "en-US"), ("es-ES", "en-US"), ("de", "en-US"), ("de", None)]


async def test_a_servers_language_changes_and_its_bots_hear_of_it(town: Town) -> None:
    async with town.bot() as bot:
        guild = bot.get_guild(int(town.guild.id))
        assert guild
        assert guild.preferred_locale is discord.Locale.american_english
        town.guild.prefer("pt-BR")
        await until(lambda: guild.preferred_locale is discord.Locale.brazil_portuguese)
        heard = telling(bot)
        await bot.register({"name": "about"})
        await town.member("Maya").command("about", town.channel)
    assert heard == [("en-GB", "pt-BR")]
    assert (await town.ask("GET", f"/guilds/{town.guild.id}")).body["preferred_locale"] == "pt-BR"


@pytest.mark.parametrize("locale", ["es", "xx", "EN-gb", ""])
async def test_a_language_that_discord_does_not_have_is_refused(town: Town, locale: str) -> None:
    maya = town.member("Maya")
    for attempt in (maya.speaks, town.guild.prefer, lambda given: town.member("Tom", locale=given)):
        with pytest.raises(Refused, match="Discord has no language"):
            attempt(locale)
    assert (maya.user.locale, town.guild.preferred_locale) == ("en-GB", "en-US")
    assert town.sandbox.world.find_user("Tom") is None
    with pytest.raises(Refused):
        User("1", "Nobody", locale=locale)


async def test_languages_are_found_again_after_a_restart(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        town.member("Maya").speaks("es-419")
        town.member("Tom")
        town.guild.prefer("fr")
    async with a_town(data=tmp_path) as again:
        found = {name: again.sandbox.world.find_user(name).locale for name in ("Maya", "Tom")}  # type: ignore[union-attr]
        assert found == {"Maya": "es-419", "Tom": "en-GB"}
        assert again.guild.preferred_locale == "fr"


async def test_a_world_from_before_there_were_languages_is_read(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        town.member("Maya", locale="de")
        store = town.sandbox.world.store
        for kind, field in (("user", "locale"), ("guild", "preferred_locale")):
            for body in list(store.all(kind)):
                del body[field]
                store.put(kind, body["id"], body)
    async with a_town(data=tmp_path) as again:
        assert again.sandbox.person("Maya").user.locale == "en-GB"
        assert again.guild.preferred_locale == "en-US"


async def test_a_language_chosen_on_the_page_is_told_to_every_page(town: Town) -> None:
    maya, tom = town.member("Maya"), town.member("Tom")
    async with line(town, maya) as hers, line(town, tom) as his:
        seen = await hers.ask("hello")
        assert seen["me"]["locale"] == "en-GB"
        assert {"code": "de", "name": "Deutsch"} in seen["languages"]
        assert await hers.ask("speak", locale="es-ES") == {}
        await his.push("WORLD")
        assert (await hers.ask("hello"))["me"]["locale"] == "es-ES"
        assert (await his.ask("hello"))["me"]["locale"] == "en-GB"
        refused = await hers.ask("speak", locale="klingon")
        assert refused["d"]["message"] == 'Discord has no language "klingon".'
        for half in ({}, {"locale": []}, {"locale": None}):
            assert (await hers.ask("speak", **half))["t"] == "ERROR"
        assert (await hers.ask("hello"))["me"]["locale"] == "es-ES"


async def test_the_page_has_commands_in_its_persons_language(town: Town) -> None:
    words: dict[str, Any] = {"description_localizations": {"es-ES": "Qué es esto"}}
    maya, ines = town.member("Maya"), town.member("Ines", locale="es-419")
    async with town.bot() as bot, line(town, maya) as hers, line(town, ines) as theirs:
        await bot.register({"name": "about", "description": "What this is", **words})
        (english,) = (await hers.ask("hello"))["commands"]
        (spanish,) = (await theirs.ask("hello"))["commands"]
    assert "description_localized" not in english
    assert (spanish["description"], spanish["description_localized"]) == ("What this is", "Qué es esto")
    assert not [field for field in spanish if field.endswith("_localizations")]


async def test_offered_choices_come_to_the_page_in_its_persons_language(town: Town) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        choice = {"name": "Sun", "name_localizations": {"es-ES": "Sol"}, "value": "sun"}
        await town.ask("POST", path, {"type": 8, "data": {"choices": [choice]}})

    option = {"type": 3, "name": "sky", "description": "Where", "autocomplete": True}
    ines = town.member("Ines", locale="es-ES")
    async with town.bot() as bot, line(town, ines) as hers:
        await bot.register({"name": "about", "options": [option]})
        bot.answer = answer
        (command,) = (await hers.ask("hello"))["commands"]
        typed = [{"name": "sky", "type": 3, "value": "s", "focused": True}]
        offered = await hers.ask(
            "autocomplete", channel_id=town.channel.id, command_id=command["id"], options=typed
        )
    assert offered["choices"] == [{"name": "Sun", "name_localized": "Sol", "value": "sun"}]
