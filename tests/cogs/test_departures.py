"""Leaving the server, as Discord says it; and all that Discord says while it only seems so."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, DeliveryError, Unreachable
from bot.services.departures import Departures
from cogs.actors import account_of
from cogs.messenger import DiscordMessenger
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.town import actor_of, joined

MEMBERS = r"/members/"


async def a_day(house: House, service: Departures) -> None:
    house.clock.step(timedelta(days=1))
    await service.tick()


async def active(house: House, who: Any) -> bool:
    [(_, member)] = await house.services.members.memberships(actor_of(house, who))
    return member.active


async def failure(messenger: DiscordMessenger, circle: Circle, who: Any) -> type[DeliveryError]:
    with pytest.raises(DeliveryError) as failed:
        await messenger.present(circle, account_of(int(who.id)))
    return type(failed.value)


async def test_who_leaves_the_server_is_leaving_and_who_comes_back_finds_it_all(house: House) -> None:
    circle = await house.circle()
    ada, ben = await joined(house, circle), await joined(house, circle, "Ben")
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    service = Departures(house.trellis.storage, house.clock, messenger)
    await service.tick()
    house.guild.remove_member(ada.user)
    await a_day(house, service)
    assert not await active(house, ada)
    assert await active(house, ben)
    shown = text_of((await ben.command("privacy", house.channel)).message)
    assert "You have left" not in shown
    house.guild.add_member(ada.user)
    await a_day(house, service)
    assert await active(house, ada)


async def test_an_outage_a_refusal_or_our_own_removal_says_nothing_about_anybody(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle)
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    service = Departures(house.trellis.storage, house.clock, messenger)
    await service.tick()
    house.guild.remove_member(ada.user)
    faults, world = house.sandbox.faults, house.sandbox.world
    for status in (503, 403, 429):
        faults.fail_next(
            "GET", MEMBERS, status=status, times=5 if status == 429 else 1
        )  # waited out so often
        assert issubclass(await failure(messenger, circle, ada), DeliveryError)
    faults.drop_next("GET", MEMBERS, times=2)  # aiohttp asks a second time by itself
    assert await failure(messenger, circle, ada) is Unreachable
    faults.fail_next("GET", rf"{MEMBERS}{house.application.bot.id}$", status=503)
    assert await failure(messenger, circle, ada) is Unreachable, "seen to be gone, by who sees nobody"
    world.tell(house.guild, "GUILD_DELETE", {"id": house.guild.id, "unavailable": True})
    await house.facilitator.command("about", house.channel)
    assert await failure(messenger, circle, ada) is Unreachable
    house.guild.remove_member(house.application.bot)
    await a_day(house, service)
    assert await active(house, ada)


async def test_after_we_were_removed_from_a_server_nobody_there_has_left(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle)
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    house.guild.remove_member(ada.user)
    house.guild.remove_member(house.application.bot)
    assert await failure(messenger, circle, ada) is ChannelGone
    assert await active(house, ada)
