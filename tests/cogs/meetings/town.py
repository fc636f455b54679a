"""A circle that meets on Thursdays, what stands in its server, and time that passes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.domain.circles import Circle
from tests.cogs.house import House

MONDAY = datetime(2030, 3, 4, 9, tzinfo=UTC)
THURSDAY = datetime(2030, 3, 7, 18, tzinfo=UTC)  # 19:00 in Berlin
WEEK = timedelta(weeks=1)
CREATE_EVENTS = 1 << 44


async def meeting(house: House, **options: Any) -> Any:
    """What the facilitator is told."""
    outcome = await house.facilitator.command("circle meeting", house.channel, **options)
    await outcome.settled(3)
    return outcome.message


async def press(person: Any, message: Any, label: str) -> Any:
    outcome = await person.press(message, label)
    await outcome.settled(3)
    return outcome.message


async def arranged(house: House, **options: Any) -> tuple[Circle, Any]:
    """A circle that meets on Thursdays, and the answer to the command."""
    circle = await house.circle(name="North")
    return circle, await meeting(house, **({"day": "thu", "time": "19:00", "where": "The mill"} | options))


async def told(house: House) -> tuple[Circle, Any]:
    """The same, with the card that the circle sees."""
    circle, answer = await arranged(house)
    await press(house.facilitator, answer, "Tell the circle")
    return circle, house.messages(house.facilitator)[-1]


async def pass_to(house: House, moment: datetime) -> None:
    """Time passes, and what the scheduler does is done."""
    house.clock.set(moment)
    await house.services.meetings.tick()
    await house.trellis.letters.tick()


def events(house: House) -> list[tuple[str, datetime]]:
    """Those that stand in the server."""
    standing = house.guild.events.values()
    return [(each["name"], datetime.fromisoformat(each["scheduled_start_time"])) for each in standing]


def grant(house: House, permissions: int) -> None:
    """Sets what the bot's role allows, as a person would in the server's settings."""
    role = house.guild.find_role("Trellis")
    role.permissions = permissions
    house.sandbox.world.tell(
        house.guild, "GUILD_ROLE_UPDATE", {"guild_id": house.guild.id, "role": role.json()}
    )


async def fetched(url: str) -> bytes:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.read()
