"""Commands that Discord's own client would not send are refused kindly: by whom, where and with what."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.app.hostility import said
from tests.cogs.house import House
from tests.cogs.town import joined, opened

COMMAND, DM = 2, "in a direct message"
STRING, BOOLEAN = 3, 5  # option types (Discord)
LONG = "@everyone " * 600

FACILITATORS: list[tuple[str, dict[str, Any]]] = [
    ("circle status", {}),
    ("circle settings", {"prompt_time": "10:00"}),
    ("circle settings", {}),
    ("circle meeting", {}),
    ("circle meeting", {"day": "thu", "time": "19:00"}),
    ("circle pause", {}),
    ("circle resume", {}),
    ("circle close", {}),
    ("schedule add", {"kind": "check-in", "time": "10:00", "days": "daily"}),
    ("schedule list", {}),
    ("schedule remove", {"schedule": "1"}),
    ("schedule skip", {"schedule": "1"}),
    ("schedule preview", {"schedule": "1"}),
    ("schedule post-now", {"kind": "check-in"}),
    ("review", {}),
]
ODD: list[tuple[str, dict[str, Any]]] = [
    ("circle settings", {"sharing": "everywhere"}),
    ("circle settings", {"prompt_time": LONG}),
    ("circle settings", {"quiet_from": "\0", "quiet_until": "-1:-1"}),
    ("circle settings", {"region": LONG}),
    ("circle status", {"circle": "99999999999999999999999"}),
    ("circle status", {"circle": LONG}),
    ("circle meeting", {"day": "mon,tue", "time": "19:00"}),
    ("circle meeting", {"day": LONG, "time": "19:00"}),
    ("circle meeting", {"day": "thu", "time": "19:00", "every": "hourly"}),
    ("circle meeting", {"day": "thu", "time": "19:00", "first": "9999-12-31"}),
    ("circle meeting", {"day": "thu", "time": "19:00", "first": "0001-01-01"}),
    ("circle meeting", {"day": "thu", "time": "19:00", "where": LONG}),
    ("circle pause", {"until": "9999-99-99"}),
    ("circle pause", {"until": "0001-01-01"}),
    ("circle pause", {"until": "9999-12-31"}),
    ("schedule add", {"kind": "sermon", "time": "10:00", "days": "daily"}),
    ("schedule add", {"kind": "check-in", "time": "٠٩:٠٠", "days": "daily"}),
    ("schedule add", {"kind": "check-in", "time": "10:00", "days": LONG}),
    ("schedule remove", {"schedule": "99999999999999999999999"}),
    ("schedule remove", {"schedule": "-1"}),
    ("schedule remove", {"schedule": LONG}),
    ("schedule skip", {"schedule": "1", "date": LONG}),
    ("schedule skip", {"schedule": "1", "date": "9999-12-31"}),
    ("schedule preview", {"schedule": "1", "date": "9999-12-31"}),
    ("schedule preview", {"schedule": "²", "date": "²"}),
    ("schedule post-now", {"kind": ""}),
    ("schedule post-now", {"kind": LONG}),
]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that anybody sends is an error of ours."""
    yield
    assert [each.getMessage() for each in caplog.get_records("call") if each.levelno >= logging.WARNING] == []


async def forged(house: House, person: Any, name: str, options: dict[str, Any], channel: Any = None) -> str:
    """What is answered to a command, whoever may use it and whatever it may take."""
    first, *rest = name.split(" ")
    command = next(each for each in house.sandbox.world.commands.values() if each["name"] == first)
    tree = [
        {"name": key, "type": BOOLEAN if isinstance(value, bool) else STRING, "value": value}
        for key, value in options.items()
    ]
    for part in reversed(rest):
        tree = [{"name": part, "type": 1, "options": tree}]
    data = {"id": command["id"], "name": first, "type": 1, "options": tree}
    return await said(await person.forge(channel or house.channel, house.application, COMMAND, data))


async def test_a_member_runs_no_facilitator_s_command(house: House) -> None:
    circle, ada, _ = await opened(house)
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20 | 0x8))
    before = len(house.messages(ada))
    for name, options in FACILITATORS:
        for person in (ada, manager):
            assert "facilitators" in await forged(house, person, name, options), name
        assert len(house.messages(ada)) == before, name
    assert await joined(house, circle, "Ben")


async def test_options_that_none_would_offer_are_refused_kindly(house: House) -> None:
    await opened(house)
    for name, options in ODD:
        answer = await forged(house, house.facilitator, name, options)
        assert "@everyone @everyone" not in answer, (name, options)


async def test_a_command_of_a_server_is_refused_in_a_direct_message(house: House) -> None:
    await opened(house)
    channel = house.sandbox.world.dm(house.facilitator.user, house.application.bot)
    for name, options in FACILITATORS:
        assert await forged(house, house.facilitator, name, options, channel), name


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31"])
async def test_a_pause_to_the_end_of_time_stops_nothing_else(house: House, until: str) -> None:
    await opened(house)
    await forged(house, house.facilitator, "circle pause", {"until": until})
    for name in ("circle status", "schedule list", "circle settings"):
        await forged(house, house.facilitator, name, {})
    house.clock.step(timedelta(days=1))
    await house.tick()
    assert "Posts begin again" in await forged(house, house.facilitator, "circle resume", {})


async def test_a_skip_at_the_end_of_time_stops_nothing_else(house: House) -> None:
    await opened(house)
    for date in ("0001-01-01", "9999-12-31", "9999-12-30"):
        await forged(house, house.facilitator, "schedule skip", {"schedule": "1", "date": date})
    await forged(house, house.facilitator, "schedule list", {})
    house.clock.step(timedelta(days=1))
    await house.tick()
