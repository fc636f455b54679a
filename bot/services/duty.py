"""Facilitators go on duty and off it; whoever asks for a person is told truly whether anybody is."""

from datetime import datetime

from bot.domain import duty as rules
from bot.domain.circles import Circle
from bot.domain.duty import Duty as Turn
from storage.transaction import Reading


async def anyone_on_duty(tx: Reading, circle: Circle, now: datetime) -> bool:
    """Whether a facilitator of the circle is on duty at this instant."""
    return bool(await now_on_duty(tx, circle, now))


async def now_on_duty(tx: Reading, circle: Circle, now: datetime) -> list[Turn]:
    """Who is, the longest first."""
    return rules.on_duty(await tx.duty.of_circle(circle.id), now)
