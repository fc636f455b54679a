"""`/help-now` over the sandbox: anywhere, for anyone, number first, with the database down, at once."""

import time
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.domain.circles import Circle
from bot.domain.lines import LineKind
from bot.services import _known_lines
from cogs.embeds import calm
from cogs.help_now.said import HelpLines
from cogs.items import Panel
from storage.backends import READERS
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import components, custom_ids, joined, labels

BUTTONS = ["Safety at home", "For a child or young person", "Another country"]
SOON = 1.0  # seconds


async def asked(house: House, person: Any, channel: Any = None, **options: Any) -> Any:
    """The answer's message, which comes within a second."""
    began = time.perf_counter()
    outcome = await person.command("help-now", channel or house.channel, **options)
    assert time.perf_counter() - began < SOON
    assert outcome.state == "answered", outcome.reason
    return outcome.message


def dm_of(house: House, person: Any) -> Any:
    return house.sandbox.world.dm(person.user, house.application.bot)


async def britain(house: House) -> Circle:
    return await house.circle(name="North", region="GB")


async def test_the_number_stands_first_and_who_has_not_joined_sees_it_too(house: House) -> None:
    await britain(house)
    cleo = house.member("Cleo")
    message = await asked(house, cleo)
    assert message.ephemeral
    said = text_of(message)
    assert said.startswith("In danger right now, call\n# 999\n-# Not checked here yet; read 23 Nov 2026 at ")
    assert "**Samaritans**: call **116\u00a0123** · 24/7" in said
    assert message.embeds[0]["footer"]["text"] == "Country: Britain (UK), as the circle's settings say."
    assert labels(message) == [*BUTTONS, "I'd like a person"]
    wished = text_of((await cleo.press(message, "I'd like a person")).message)
    assert "nobody was told" in wished
    assert CONTENT.texts["sf-lines-fallback"] not in wished
    assert "Here are people you can reach:\n\n**Samaritans**: call **116\u00a0123**" in wished
    await cleo.press(message, "Safety at home")
    abuse = text_of(message)
    assert "# 999" in abuse
    assert "**Men's Advice Line (Respect)**: call **0808\u00a0801\u00a00327** · for men" in abuse
    assert labels(message)[-1] == "I'd like a person"  # it goes along from card to card
    await cleo.press(message, "For a child or young person")
    assert CONTENT.texts["sf-lines-fallback"] in text_of(message)
    assert labels(message)[-1] == "I'd like a person"
    await cleo.press(message, "People to call or text")
    assert "Samaritans" in text_of(message)
    assert len(cleo.messages(house.channel)) == len(house.messages(cleo)) + 2  # always in its place


async def test_in_a_direct_message_it_is_plain_and_silent_and_knows_the_circle(house: House) -> None:
    circle = await britain(house)
    ada = await joined(house, circle)
    message = await asked(house, ada, dm_of(house, ada))
    assert not message.ephemeral
    assert message.silent
    assert "# 999" in text_of(message)
    await ada.press(message, "Another country")
    menus = ada.dms(house.application)[-1]
    [menu] = [each for each in components(menus) if any(o["value"] == "KE" for o in each["options"])]
    await ada.select(menus, ["KE"], custom_id=menu["custom_id"])
    kenya = ada.dms(house.application)[-1]
    assert "# 999 or 112" in text_of(kenya)
    assert "call **<tel:+254722178177>**" in text_of(kenya)
    assert labels(kenya) == BUTTONS  # a person of the circle is no help in Kenya
    assert len(ada.dms(house.application)) == 3


async def test_no_country_and_an_unknown_one_are_chosen_from_all_that_have_numbers(house: House) -> None:
    await house.circle()
    cleo = house.member("Cleo")
    for options, said in (({}, "I don't know yet"), ({"region": "**Atlantis**"}, r"“\*\*Atlantis\*\*”")):
        message = await asked(house, cleo, **options)
        assert text_of(message).startswith("In danger right now, call\n# your local emergency number")
        assert said in text_of(message)
        menus = [each for each in components(message) if each["type"] == 3]
        listed = [option["value"] for each in menus for option in each["options"]]
        assert listed == [code for code, _ in house.services.lines.regions()]
        assert all(len(each["options"]) <= 25 for each in menus)
    assert "# 111" in text_of(await asked(house, cleo, region="new zealand"))
    offered = await cleo.autocomplete("help-now", house.channel, focused="region", region="zeal")
    assert offered[0] == {"name": "New Zealand (NZ)", "value": "NZ"}
    assert len(await cleo.autocomplete("help-now", house.channel, focused="region", region="")) == 25


async def test_as_a_person_s_own_app_it_goes_where_trellis_is_not(house: House) -> None:
    circle = await britain(house)
    ada = await joined(house, circle)
    house.sandbox.world.install(house.application, ada.user)
    elsewhere = house.sandbox.world.add_guild("Elsewhere", owner=ada.user).add_text_channel("talk")
    with_a_friend = house.sandbox.world.dm(ada.user, house.facilitator.user)
    for channel in (elsewhere, with_a_friend):
        message = await asked(house, ada, channel)
        assert message.ephemeral  # others are there
        assert "# 999" in text_of(message)
        await ada.press(message, "Safety at home")
        assert "Refuge" in text_of(ada.messages(channel)[-1])


async def test_its_buttons_outlive_a_restart(house: House) -> None:
    await britain(house)
    cleo = house.member("Cleo")
    message = await asked(house, cleo)
    await cleo.press(await asked(house, cleo), "Another country")
    menus = cleo.messages(house.channel)[-1]
    await house.restart()
    await cleo.press(message, "Safety at home")
    assert "Refuge" in text_of(cleo.messages(house.channel)[-2])
    await cleo.select(menus, ["AU"], custom_id="help:choose:0")
    assert "# 000" in text_of(cleo.messages(house.channel)[-1])
    assert "help:lines:abuse:AU" in custom_ids(cleo.messages(house.channel)[-1])


async def test_any_card_may_carry_the_button(house: House) -> None:
    await britain(house)
    channel = house.trellis.client.get_channel(int(house.channel.id))
    view = Panel(HelpLines(LineKind.CRISIS, "Help lines"))
    await channel.send(embed=calm(description="A card."), view=view)  # type: ignore[union-attr]
    cleo = house.member("Cleo")
    outcome = await cleo.press(house.messages(cleo)[-1], "Help lines")
    assert outcome.message.ephemeral
    assert "Samaritans" in text_of(outcome.message)


@pytest.mark.parametrize("down", ["broken", "hanging"])
async def test_with_the_database_down_all_of_it_is_there_within_a_second(
    house: House, down: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_known_lines, "FRESH_FOR", _known_lines.PATIENCE * 0)
    circle = await britain(house)
    ada = await joined(house, circle)
    await asked(house, ada)
    async with AsyncExitStack() as held:
        if down == "broken":
            await house.trellis.storage.close()
            for each in house.folder.glob("trellis.db*"):
                each.write_bytes(b"no database any more" * 400)
        else:
            for _ in range(READERS):  # every connection that there is
                await (await held.enter_async_context(house.trellis.storage.read())).circles.all()
        for channel in (house.channel, dm_of(house, ada)):
            message = await asked(house, ada, channel)
            assert "# 999" in text_of(message)
            assert "Samaritans" in text_of(message)
        began = time.perf_counter()
        await ada.press(message, "Safety at home")
        assert time.perf_counter() - began < SOON
        assert "Refuge" in text_of(ada.dms(house.application)[-1])
        assert "# 911" in text_of(await asked(house, ada, region="US"))
    await house.services.lines.close()
