"""What is sent to a member is in the language in which they last said what they want."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.accounts import Actor
from bot.domain.ids import CircleId
from bot.domain.languages import Language
from bot.domain.members import Scope
from bot.domain.preferences import Preferences
from tests.services.house import ADA, House

Act = Callable[[House, Actor, CircleId], Awaitable[object]]
ALL = set(Scope)


ACTS: dict[str, Act] = {
    "joining again": lambda house, who, circle: house.members.join(who, circle, ALL),
    "consents": lambda house, who, circle: house.members.consents(who, circle, ALL),
    "a reminder": lambda house, who, circle: house.reminders.set_(who, circle, at="18:00"),
    "preferences": lambda house, who, circle: house.preferences.put(who, circle, Preferences()),
}


@pytest.mark.parametrize("act", [pytest.param(act, id=name) for name, act in ACTS.items()])
async def test_a_member_s_letters_speak_as_their_discord_did_when_they_last_said_what_they_want(
    house: House, act: Act
) -> None:
    circle = await house.circle()
    await house.members.join(replace(ADA, language=Language.ES), circle.id, ALL)
    assert await kept(house, circle.id) is Language.ES
    await act(house, replace(ADA, language=Language.DE), circle.id)
    assert await kept(house, circle.id) is Language.DE


async def kept(house: House, circle: CircleId) -> Language | None:
    """What is known of Ada's language."""
    return (await house.preferences.of(ADA, circle)).wishes.language
