"""Taps, counted: from whatever stands in the circle's channel, what matters most is one or two away."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.circles import Circle
from bot.domain.schedules import Kind
from tests.cogs.house import House
from tests.cogs.planning import planned
from tests.cogs.test_circles import text_of
from tests.cogs.town import actor_of, joined, labels, opened


class Finger:
    """A person's one finger, and how often it touched: a menu is opened, then one of it is chosen."""

    def __init__(self, person: Any) -> None:
        self._person = person
        self.taps = 0

    async def press(self, message: Any, label: str) -> Any:
        self.taps += 1
        return await self._person.press(message, label)

    async def choose(self, message: Any, value: str) -> Any:
        self.taps += 2
        return await self._person.select(message, [value])


async def posted(house: House, kind: Kind) -> tuple[Circle, Any]:
    """The newest post in the channel, of this kind, under a plan that has begun."""
    circle, _ = await planned(house)
    house.clock.set(datetime(2026, 12, 8, 9, tzinfo=UTC))  # a Tuesday of the first week
    facilitator = actor_of(house, house.facilitator, house.role)
    await house.services.schedules.post_now(facilitator, circle.id, kind)
    await house.tick()
    return circle, house.messages(house.facilitator)[-1]


async def test_a_whole_check_in_is_one_choice_and_a_pass_is_one_tap(house: House) -> None:
    _, ada, post = await opened(house)
    finger = Finger(ada)
    said = (await finger.choose(post, "rain")).message
    assert "Rain" in text_of(said)
    assert finger.taps == 2  # the menu, then the weather
    passed = (await finger.press(post, "Pass for today")).message
    assert "full answer" in text_of(passed)
    assert finger.taps == 3


@pytest.mark.parametrize("kind", [Kind.CHECK_IN, Kind.BOUNDARY, Kind.THEME, Kind.REFLECTION])
async def test_people_to_call_are_one_tap_away_from_every_post(house: House, kind: Kind) -> None:
    circle, post = await posted(house, kind)
    finger = Finger(await joined(house, circle))
    said = (await finger.press(post, "I'd like a person")).message
    assert "I'm a bot and no emergency service" in text_of(said)
    assert "TelefonSeelsorge" in text_of(said)
    assert finger.taps == 1


async def test_an_exercise_is_four_taps_away_from_a_post_and_can_be_stopped_by_one(house: House) -> None:
    _, ada, post = await opened(house)
    finger = Finger(ada)
    shown = (await finger.press(post, "Something to steady me")).message
    for label in ("Safe enough", "Senses", "Begin"):
        assert "Stop" in labels(shown)
        shown = (await finger.press(shown, label)).message or newest(house, ada)
    assert finger.taps == 4
    assert "Begin" not in labels(shown)
    ended = (await finger.press(shown, "Stop")).message or newest(house, ada)
    assert "Stopped. Good call to listen to yourself." in text_of(ended)


def newest(house: House, person: Any) -> Any:
    """The newest that this person has from Trellis, in the channel or in private."""
    return max((*person.messages(house.channel), *person.dms(house.application)), key=lambda one: int(one.id))


async def test_facilitators_take_an_alert_by_one_tap_and_let_words_up_by_two(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.press(post, "I'd like a person")
    await house.tick()
    finger = Finger(house.facilitator)
    [alert] = house.messages(house.facilitator, house.backroom)
    await finger.press(alert, "I have this")
    assert finger.taps == 1
    await house.tick()
    assert f"<@{house.facilitator.id}> has this one." in text_of(alert)
    form = await ada.press(post, "Share in the channel")
    await ada.submit(form.modal, {"words": "I slept with the window open."})
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    card = (await finger.press(note, "Read and decide")).message
    await finger.press(card, "Approve")
    assert finger.taps == 3
    await house.tick()
    assert "I slept with the window open." in text_of(house.messages(ada)[-1])
