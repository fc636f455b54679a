"""A guarded circle, and what is asked of one in tests."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.accounts import Account
from bot.domain.alerts import Alert
from bot.domain.circles import Circle
from bot.domain.guard import Found, Policy
from bot.domain.members import Scope
from bot.services._guarding import Met
from tests.services.house import ADA, MARA, ROLE, House, person

ALL = frozenset(Scope)
NOOR = person("7", ROLE)  # a facilitator who does not manage the server
LABELS = ["care", "pause", "safety"]


async def guarded(house: House, policy: Policy = Policy.HOLD, copies: str | None = None) -> Circle:
    """A circle with Ada in it, and a guard."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    await house.guards.on(MARA, circle.id, policy, copies)
    return circle


def standing(house: House) -> list[str]:
    """The labels of the rules on the platform."""
    return sorted(each.rule.label for each in house.face.rules.values())


def rule(house: House, label: str) -> Found:
    return next(each for each in house.face.rules.values() if each.rule.label == label)


async def heard(
    house: House, label: str, keyword: str | None, who: Account = ADA.account, **more: Any
) -> None:
    """The platform tells of a message that met a phrase."""
    met = Met(channel="10", account=who, rule=rule(house, label).id, keyword=keyword, link="https://x/1")
    await house.guards.heard(replace(met, **more))


async def helped(house: House) -> list[dict[str, Any]]:
    """The letters of help that left."""
    await house.step(seconds=3)
    await house.letters.tick()
    return [letter.facts for letter, _ in house.face.letters if letter.kind == "channel-help"]


async def alerts(house: House, circle: Circle) -> Sequence[Alert]:
    async with house.storage.read() as tx:
        return await tx.alerts.open(circle.id)


SUICIDE, HARM, DANGER = "thinking about suicide*", "planning to kill him", "he won't let me leave the house*"


async def looked(house: House, **by: float) -> list[str]:
    """The rules after the next look, which is in ten minutes unless told otherwise."""
    await house.step(**by or {"minutes": 10})
    await house.guards.tick()
    await house.letters.tick()
    return standing(house)
