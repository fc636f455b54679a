"""A circle that meets, members who want to be reminded of it, and time that passes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.circles import Circle
from bot.domain.members import Scope
from bot.services.arranging import Wanted
from bot.services.circle_settings import Typed
from bot.services.meetings import MeetingShown
from tests.services.house import MARA, House

THURSDAY = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)  # 19:00 in Berlin, before summer time
WEEK = timedelta(weeks=1)
REMINDERS = {Scope.REMINDERS}


async def arrange(house: House, circle: Circle, **wanted: Any) -> MeetingShown:
    return await house.meetings.set_(MARA, circle.id, Wanted(**wanted))


async def standing(house: House) -> tuple[Circle, MeetingShown]:
    circle = await house.circle()
    return circle, await arrange(house, circle, day="thu", time="19:00", where="The mill")


async def reminded(house: House, *who: Any) -> Circle:
    """A circle whose meeting these want to be reminded of."""
    circle, _ = await standing(house)
    for each in who:
        await house.members.join(each, circle.id, REMINDERS)
        await house.meetings.remind(each, circle.id, on=True)
    return circle


def reminders(house: House) -> int:
    return house.face.kinds().count("meeting-reminder")


async def to(house: House, moment: datetime) -> None:
    house.clock.set(moment)
    await house.tick()


async def quiet(house: House, circle: Circle, start: str, end: str) -> None:
    await house.circles.settings(MARA, circle.id, Typed(quiet_from=start, quiet_until=end))
